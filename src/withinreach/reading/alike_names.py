"""Names that the atlas has in another spelling: "Zapolyarny" for Zapolyarnyy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from withinreach.reading.statements import Candidate, PlaceMention

if TYPE_CHECKING:
    from withinreach.atlas.place import Place
    from withinreach.atlas.table import PlaceTable

__all__ = ["with_alike_names"]

# So near to another place of the text, whose country it is in as well.
_NEAR_KM = 300.0
# A guess, told as one: nearly all found so were right, but they were few.
_SCORE = 0.8
# Of namesakes, and of the places of a country that the text names, the first few.
_CONSIDERED = 20


def with_alike_names(places: Sequence[PlaceMention], table: PlaceTable) -> tuple[PlaceMention, ...]:
    """Return the mentions of a text, those that the atlas lacks filled in where one sounds alike.

    Only a place of a country that the text is about, and near one of its places, counts.
    """
    names = {m.name for m in places if m.place is None and not m.candidates}
    if not names:
        return tuple(places)
    known: dict[str | None, dict[str, Place]] = defaultdict(dict)
    for mention in places:
        one = mention.place
        if one is not None and one.kind != "country" and len(known[one.country]) < _CONSIDERED:
            known[one.country][one.id] = one
    found = {name: place for name in names if (place := _alike(name, known, table)) is not None}
    return tuple(
        m if m.place is not None or m.name not in found else _filled(m, found[m.name])
        for m in places
    )


def _alike(
    name: str, known: Mapping[str | None, Mapping[str, Place]], table: PlaceTable
) -> Place | None:
    """Return the nearest place whose name sounds like one, None where none is near.

    `known` are places of the text by country and id.
    """
    heard = [table.place(int(row)) for row in table.rows_by_sound(name)[:_CONSIDERED]]
    beside = [(one, list(known[one.country].values())) for one in heard if one.country in known]
    if not beside:
        return None
    from withinreach.geodesy import distance_km

    nearest_km = {
        one.id: min(distance_km(one.lon, one.lat, other.lon, other.lat) for other in others)
        for one, others in beside
    }
    nearest = min((one for one, _ in beside), key=lambda one: nearest_km[one.id])
    return nearest if nearest_km[nearest.id] < _NEAR_KM else None


def _filled(mention: PlaceMention, place: Place) -> PlaceMention:
    reasons = (f'sounds like "{place.name}"', "near other places of the text")
    return msgspec.structs.replace(
        mention,
        place=place,
        candidates=(Candidate(place, _SCORE, reasons),),
        score=_SCORE,
        reasons=reasons,
    )
