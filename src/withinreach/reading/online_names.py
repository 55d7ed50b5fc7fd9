"""Names that the atlas lacks, asked of the online geocoder that the user named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from withinreach.atlas.names import fold
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.statements import Candidate, PlaceMention
from withinreach.reading.words import FIRST_WORDS, TYPE_WORDS

if TYPE_CHECKING:
    from withinreach.atlas.lookup import Found
    from withinreach.atlas.online import OnlineGeocoder
    from withinreach.atlas.table import PlaceTable

__all__ = ["with_online_names"]

_CAPITAL = (
    r"(?:(?:[Aa]l|[Ee]l|[Aa]sh?|[Aa]n|[Aa]r|[Aa]d|[Aa]z|[Aa]t)[-‐])?"
    r"[A-ZÀ-ÖØ-ÞĀŁŚŠŽİĐČĆḤṢṬḌ][\w’'‐-]+"
)
_NAME = rf"(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})"
_WIND = any_of("north south east west north-?east north-?west south-?east south-?west")
_SITED = any_of("launched fired deployed stationed based stored positioned placed located")
_SETTLEMENT = any_of("town village city hamlet settlement port suburb neighbourhood neighborhood")
# Words that make an unknown name a place; a preposition alone does not ("in Congress").
_MARKED = (
    rf"\b{_SETTLEMENT}\s+of\s+{_NAME}",
    rf"\b(?i:{any_of(*TYPE_WORDS)})\s+of\s+{_NAME}",
    rf"\b{_NAME}\s+(?:{any_of(*TYPE_WORDS)})\b",
    rf"\b{_NAME},\s+an?\s+(?:[a-z]+\s+){{0,2}}{_SETTLEMENT}\b",
    rf"\b{_NAME},\s+(?:[\w.,]+\s+(?:km|kilomet(?:er|re)s|miles)\s+)?{_WIND}\s+of\b",
    rf"\b{_SITED}\s+(?:from|in|at|near)\s+{_NAME}",
)
_MARKS = tuple(pattern(words) for words in _MARKED)


def with_online_names(
    text: str, places: Sequence[PlaceMention], table: PlaceTable, online: OnlineGeocoder
) -> tuple[PlaceMention, ...]:
    """Return the mentions of a text, those without a place filled in from the online geocoder.

    Names that the table lacks and that the words around them mark as a place are asked for too. A
    name is asked for once, with the country that the text names most, and an answer elsewhere does
    not count. What is not found either stays without a place and says so.
    """
    country = _country(places, table)
    asked: dict[str, Found | None] = {}
    mentions = []
    for mention in sorted([*places, *_unknown(text, places, table)], key=lambda m: m.start):
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


def _unknown(
    text: str, places: Sequence[PlaceMention], table: PlaceTable
) -> Iterator[PlaceMention]:
    """Yield names that a text marks as places and that no mention covers."""
    taken = [(m.start, m.end) for m in places]
    for mark in _MARKS:
        for found in mark.finditer(text):
            start, end = found.span("name")
            name = re.sub(r"[’']s$", "", found["name"])
            end = start + len(name)
            key = fold(name)
            if key in table.trie or key in FIRST_WORDS:
                continue
            if any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            yield PlaceMention(
                start=start,
                end=end,
                text=text[start:end],
                name=name,
                place=None,
                reasons=("not in the atlas",),
            )


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
