"""Names that the words around them mark as places, and that the atlas lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from withinreach.atlas.names import fold
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.statements import PlaceMention
from withinreach.reading.words import FIRST_WORDS, TYPE_WORDS

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable

__all__ = ["unknown_names"]

_CAPITAL = (
    r"(?:(?:[Aa]l|[Ee]l|[Aa]sh?|[Aa]n|[Aa]r|[Aa]d|[Aa]z|[Aa]t)[-‐])?"
    r"[A-ZÀ-ÖØ-ÞĀŁŚŠŽİĐČĆḤṢṬḌ][\w’'‐-]+"
)
_NAME = pattern(rf"(?<![\w’'])(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}?)(?:[’']s)?(?!\w)")
_SETTLEMENTS = frozenset(
    "town village city hamlet settlement port suburb neighbourhood neighborhood".split()
)
# "the Sambia peninsula": such a word belongs to the name.
_FEATURES = frozenset(
    """peninsula island islands archipelago atoll reef valley desert plateau hills mountains
    river bay strait gulf cape""".split()
)
# A preposition alone does not make a place ("in Congress"); with one of these before it, it does.
_SITED = frozenset(
    "launched fired deployed stationed based stored positioned placed located".split()
)
_PREPOSITIONS = frozenset("from in at near".split())
_WIND = any_of("north south east west north-?east north-?west south-?east south-?west")
# "X, a town in the hills", "X, 40 km north of Y"
_EXPLAINED = pattern(
    rf",\s+(?:an?\s+(?:[a-z]+\s+){{0,2}}{any_of(*sorted(_SETTLEMENTS))}\b"
    rf"|(?:[\w.,]+\s+(?:km|kilomet(?:er|re)s|miles)\s+)?{_WIND}\s+of\b)"
)
# "in X, near Y": after a preposition only, as persons and firms are told so, too.
_NEARBY = pattern(r",\s+(?:near|outside|close\s+to|between)\s+(?:the\s+)?[A-Z]")
_NEXT_WORD = pattern(r"\s+([a-z]+)")


def unknown_names(
    text: str, places: Sequence[PlaceMention], table: PlaceTable
) -> Iterator[PlaceMention]:
    """Yield names that a text marks as places, that the table lacks and that no mention covers."""
    known = iter([*places, None])
    beside = next(known)
    for found in _NAME.finditer(text):
        start, end = found.span("name")
        while beside is not None and beside.end <= start:
            beside = next(known)
        if beside is not None and beside.start < end:
            continue
        following = _NEXT_WORD.match(text, end)
        if following is not None and following[1] in _FEATURES:
            end = following.end()
        elif not _is_marked(text, start, end):
            continue
        key = fold(found["name"])
        if key in table.trie or key in FIRST_WORDS:
            continue
        yield PlaceMention(
            start=start,
            end=end,
            text=text[start:end],
            name=found["name"],
            place=None,
            reasons=("not in the atlas",),
        )


def _is_marked(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 30) : start].split()
    if len(before) > 1 and text[start - 1].isspace():
        word, last = before[-2].lower(), before[-1].lower()
        if last == "of" and (word in _SETTLEMENTS or word in TYPE_WORDS):
            return True
        if last in _PREPOSITIONS and word in _SITED:
            return True
    if text[end : end + 1] == ",":
        if before and before[-1].lower() in _PREPOSITIONS and _NEARBY.match(text, end):
            return True
        return _EXPLAINED.match(text, end) is not None
    following = _NEXT_WORD.match(text, end)
    return following is not None and following[1] in TYPE_WORDS
