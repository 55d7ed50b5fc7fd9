"""Names that the words around them mark as places, and that the atlas lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from withinreach.atlas.names import fold
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.statements import PlaceMention
from withinreach.reading.words import FEATURES, FIRST_WORDS, TYPE_WORDS

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable

__all__ = ["unknown_names"]

_CAPITAL = (
    r"(?:(?:[Aa]l|[Ee]l|[Aa]sh?|[Aa]n|[Aa]r|[Aa]d|[Aa]z|[Aa]t)[-‐])?"
    r"[A-ZÀ-ÖØ-ÞĀŁŚŠŽİĐČĆḤṢṬḌ][\w’'‐-]+"
)
_NAME = pattern(rf"(?<![\w’'])(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})(?:[’']s)?(?!\w)")
_SETTLEMENTS = frozenset(
    "town village city hamlet settlement port suburb neighbourhood neighborhood".split()
)
# A preposition alone does not make a place ("in Congress"); with one of these before it, it does.
_SITED = frozenset(
    """launched fired deployed stationed based stored positioned placed located reached reachable
    hit struck covered touched threatened shelled operating flying flown off garrisoned""".split()
)
_PREPOSITIONS = frozenset("from in at near outside around".split())
# And so do weapons and where they stand: "the launchers at X".
_ARMED = frozenset(
    """missiles rockets launchers drones guns battery batteries brigade regiment base airbase
    airfield airstrip garrison depot silo site warplanes jets fighters""".split()
)
_WIND = any_of("north south east west north-?east north-?west south-?east south-?west")
# "X, a town in the hills", "X, 40 km north of Y"
_EXPLAINED = pattern(
    rf",\s+(?:an?\s+(?:[a-z]+\s+){{0,2}}{any_of(*sorted(_SETTLEMENTS))}\b"
    rf"|(?:[\w.,]+\s+(?:km|kilomet(?:er|re)s|miles)\s+)?{_WIND}\s+of\b)"
)
# "in X, near Y": after a preposition only, as persons and firms are told so, too.
_NEARBY = pattern(r",\s+(?:near|outside|close\s+to|between)\s+(?:the\s+)?[A-Z]")
# Small words with a capital because a sentence begins.
_OPENING = pattern(
    r"(?:From|In|At|On|To|The|An?|But|And|If|When|While|Near|Of|By|With|As|For|Only|Even)\s"
)
_LONGEST_GAP = 12
_NEXT_WORD = pattern(r"\s+([a-z]+)")
# "could hit X", "would fall short of X": what is said to be reached is a place, or a person.
_REACHED = pattern(
    r"\b(?:(?:can|could|cannot|may|might|would|will|able\s+to|capable\s+of|n['’]t|not"
    r"|to)\s+(?:[a-z]+ly\s+|even\s+)?"
    r"(?:reach|hit|strike|target|bomb|shell|threaten|cover|touch|(?:get|fly)\s+(?:to"
    r"|as\s+far\s+as)|hitting|reaching|striking)"
    r"|short\s+of|as\s+far\s+as|(?:in|within|out\s+of|beyond)\s+(?:range"
    r"|reach)\s+of)\s+(?:the\s+)?$"
)
# "could reach A from X"
_REACHED_FROM = pattern(
    r"\b(?:can|could|cannot|may|might|will|would|n['’]t|not)\s+(?:[a-z]+ly\s+|even\s+)?"
    r"(?:be\s+)?(?:reach|hit|struck|strike|touch|cover|threaten|target|fired|make\s+it)\w*\s[^.;]{2,90}\bfrom\s+$"
)
# "could hit A, B and X": the rest of a list of which the first is reached.
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}"
_LIST_BEFORE = pattern(
    rf"(?:{_CAPITALS}(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+)(?:the\s+)?){{1,6}}$"
)
# "From X it could ...": there weapons stand.
_FROM = pattern(r"(?:^|[\s“\"(])[Ff]rom\s+$")
_GOES_ON = pattern(
    r"\s*,?\s+(?:it|they|the|this|these|those|such|you|we|that|a|an)\s|\s+(?:can|could|would|was"
    r"|is)\b"
)
_LISTED = pattern(r"\s*(?:,|,?\s+(?:and|or|nor))\s+(?:the\s+)?")
# Armed groups and alliances, which news lists beside countries.
_NO_PLACES = frozenset(
    """hezbollah hizbollah hizbullah hamas houthi houthis taliban isis isil nato wagner pentagon
    kremlin knesset congress parliament aukus asean opec""".split()
)


def unknown_names(
    text: str, places: Sequence[PlaceMention], table: PlaceTable
) -> Iterator[PlaceMention]:
    """Yield names that a text marks as places, that the table lacks and that no mention covers."""
    known = iter([*places, None])
    beside, last = next(known), None
    for found in _NAME.finditer(text):
        start, end = found.span("name")
        opening = _OPENING.match(text, start, end)
        start = start if opening is None else opening.end()
        name = text[start:end]
        while beside is not None and beside.end <= start:
            beside, last = next(known), beside
        if beside is not None and beside.start < end:
            continue
        following = _NEXT_WORD.match(text, end)
        key = fold(name)
        if key in table.demonyms:
            continue
        if following is not None and following[1] in FEATURES:
            end = following.end()
        elif not _is_marked(text, start, end):
            listed = (
                last is not None
                and beside is not None
                and _is_listed(text, last, (start, end), beside)
            )
            if not listed:
                continue
        if key in table.trie or key in FIRST_WORDS or key in _NO_PLACES:
            continue
        yield PlaceMention(
            start=start,
            end=end,
            text=text[start:end],
            name=name,
            place=None,
            reasons=("not in the atlas",),
        )


def _is_listed(
    text: str, last: PlaceMention, span: tuple[int, int], following: PlaceMention
) -> bool:
    """Return whether a name stands in a list between two places."""
    start, end = span
    near = start - last.end < _LONGEST_GAP and following.start - end < _LONGEST_GAP
    return (
        near
        and _LISTED.fullmatch(text, last.end, start) is not None
        and _LISTED.fullmatch(text, end, following.start) is not None
    )


def _is_marked(text: str, start: int, end: int) -> bool:
    if _REACHED.search(text, max(0, start - 50), start):
        return True
    if _FROM.search(text, max(0, start - 10), start) and (
        _GOES_ON.match(text, end) or _REACHED_FROM.search(text, max(0, start - 140), start)
    ):
        return True
    listed = _LIST_BEFORE.search(text, max(0, start - 100), start)
    if listed is not None:
        first = listed.start()
        if _REACHED.search(text, max(0, first - 50), first):
            return True
    before = text[max(0, start - 30) : start].split()
    if len(before) > 1 and text[start - 1].isspace():
        word, last = before[-2].lower(), before[-1].lower()
        if last == "of" and (word in _SETTLEMENTS or word in TYPE_WORDS):
            return True
        if last in _PREPOSITIONS and (word in _SITED or word in _ARMED):
            return True
    if text[end : end + 1] == ",":
        if before and before[-1].lower() in _PREPOSITIONS and _NEARBY.match(text, end):
            return True
        return _EXPLAINED.match(text, end) is not None
    following = _NEXT_WORD.match(text, end)
    return following is not None and following[1] in TYPE_WORDS
