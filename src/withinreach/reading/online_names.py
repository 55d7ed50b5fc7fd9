"""Names that the atlas lacks, asked of the online geocoder that the user named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from withinreach.atlas.names import fold
from withinreach.reading.statements import Candidate, PlaceMention

if TYPE_CHECKING:
    from withinreach.atlas.lookup import Found
    from withinreach.atlas.online import OnlineGeocoder
    from withinreach.atlas.table import PlaceTable

__all__ = ["with_online_names"]


def with_online_names(
    places: Sequence[PlaceMention], table: PlaceTable, online: OnlineGeocoder
) -> tuple[PlaceMention, ...]:
    """Return the mentions of a text, those without a place filled in from the online geocoder.

    A name is asked for once, with the country that the text names most, and an answer elsewhere
    does not count. What is not found either stays without a place and says so.
    """
    country = _country(places, table)
    asked: dict[str, Found | None] = {}
    mentions = []
    for mention in places:
        if mention.place is not None:
            mentions.append(mention)
            continue
        key = fold(mention.name)
        if key not in asked:
            asked[key] = _asked(mention.name, country, table, online)
        mentions.append(_filled(mention, asked[key]))
    return tuple(mentions)


def _country(places: Sequence[PlaceMention], table: PlaceTable) -> str | None:
    codes = Counter(m.place.country for m in places if m.place is not None and m.place.country)
    likeliest = codes.most_common(1)
    return likeliest[0][0] if likeliest and likeliest[0][0] in table.country_rows else None


def _asked(
    name: str, country: str | None, table: PlaceTable, online: OnlineGeocoder
) -> Found | None:
    if country is None:
        return online.find(name)
    found = online.find(f"{name}, {table.name(table.country_rows[country])}")
    return found if found is not None and found.place.country == country else None


def _filled(mention: PlaceMention, found: Found | None) -> PlaceMention:
    if found is None:
        return mention
    one = Candidate(found.place, found.score, found.reasons)
    return msgspec.structs.replace(
        mention,
        place=found.place,
        candidates=(one, *mention.candidates),
        score=found.score,
        reasons=(*mention.reasons, *found.reasons),
    )
