"""Names that are no mention yet and that what stands around them makes places.

Most of them the atlas lacks; some were taken for a person before it was known that the text is
about weapons.

Whether a name is a place is told by signs, weighed by log-odds (`evidence.py`): the words beside
it, its ending, a first name in it; and by what the same name's other mentions say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from withinreach.atlas.names import fold
from withinreach.reading.evidence import evidence, weight_of
from withinreach.reading.phrases import pattern
from withinreach.reading.statements import PlaceMention
from withinreach.reading.words import BODIES, FEATURES, FIRST_WORDS

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable

__all__ = ["UnknownName", "find_unknown", "not_in_atlas", "weighed_names"]

_CAPITAL = (
    r"(?:(?:[Aa]l|[Ee]l|[Aa]sh?|[Aa]n|[Aa]r|[Aa]d|[Aa]z|[Aa]t)[-‐])?"
    r"[A-ZÀ-ÖØ-ÞĀŁŚŠŽİĐČĆḤṢṬḌ][\w’'‐-]+"
)
_NAME = pattern(rf"(?<![\w’'])(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})(?:[’']s)?(?!\w)")
# Small words with a capital because a sentence begins.
_OPENING = pattern(
    r"(?:From|In|At|On|To|The|An?|But|And|Or|Nor|Not|If|When|While|Near|Of|By|With|As|For|Only"
    r"|Even)\s"
)
_NEXT_WORD = pattern(r"\s+([a-z]+)")
_WORD = pattern(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*|[^\w\s]|\n")
# How far around a name words are signs: in characters, and in words before and after.
_REACH, _BEFORE, _AFTER = 70, 7, 6
_PLACE, _OTHER_NAME, _NUMBER = "<place>", "<name>", "<number>"
_LINE, _EDGE = "<line>", "<edge>"
# How much another mention of a name counts beside its own.
_OTHERS = 0.5


class UnknownName(NamedTuple):
    """A name that no mention covers: its span, the name alone, and the signs around it.

    `in_atlas` says whether the table has it all the same: then it was taken for something else.
    """

    start: int
    end: int
    name: str
    signs: Sequence[str]
    in_atlas: bool


def weighed_names(
    text: str, places: Sequence[PlaceMention], table: PlaceTable
) -> Iterator[tuple[UnknownName, float]]:
    """Yield the names that no mention covers, with log-odds of being places, in text order."""
    found = list(find_unknown(text, places, table))
    log_odds = [weight_of(one.signs, evidence().unknown_place) for one in found]
    mentions = Counter(one.name for one in found)
    total: dict[str, float] = defaultdict(float)
    for one, odds in zip(found, log_odds, strict=True):
        total[one.name] += odds
    for one, odds in zip(found, log_odds, strict=True):
        others = mentions[one.name] - 1
        mean = (total[one.name] - odds) / others if others else 0.0
        yield one, odds + _OTHERS * mean


def not_in_atlas(text: str, one: UnknownName) -> PlaceMention:
    """Return the mention of a place that the atlas lacks."""
    return PlaceMention(
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        name=one.name,
        place=None,
        reasons=("not in the atlas",),
    )


def find_unknown(
    text: str, places: Sequence[PlaceMention], table: PlaceTable
) -> Iterator[UnknownName]:
    """Yield the names with a capital letter that no mention covers and that may be places."""
    starts = [mention.start for mention in places]
    ends = {mention.start: mention.end for mention in places}
    found: list[tuple[int, int, str]] = []
    for match in _NAME.finditer(text):
        start, end = match.span("name")
        opening = _OPENING.match(text, start, end)
        start = start if opening is None else opening.end()
        name, key = text[start:end], fold(text[start:end])
        before = bisect_right(starts, end - 1) - 1
        if before >= 0 and ends[starts[before]] > start:
            continue
        if key in table.demonyms or key in FIRST_WORDS:
            continue
        if key.rpartition(" ")[2] in BODIES:
            continue
        following = _NEXT_WORD.match(text, end)
        if following is not None and following[1] in FEATURES:
            end = following.end()
        found.append((start, end, name))
    surnames = {name.split()[-1] for _, _, name in found if " " in name}
    for start, end, name in found:
        in_atlas = fold(name) in table.trie
        signs = [*_own_signs(name, surnames, table), *_signs_around(text, start, end, ends)]
        if in_atlas:
            signs.append("in the atlas")
        yield UnknownName(start, end, name, signs, in_atlas)


def _own_signs(name: str, surnames: set[str], table: PlaceTable) -> Iterator[str]:
    """Yield what a name says of itself."""
    words = name.lower().split()
    yield f"words {len(words)}"
    if name.isupper():
        yield "in capitals"
    if any(letter.isdigit() for letter in name):
        yield "with digits"
    yield f"ends in {words[-1][-3:]}"
    yield f"ends in {words[-1][-2:]}"
    for kind in table.words.get(words[0], ""):
        yield f"also {kind}"
    if len(words) > 1:
        yield f"first word {words[0]}"
        yield f"last word {words[-1]}"
    elif name in surnames:
        yield "part of a longer name"


def _signs_around(text: str, start: int, end: int, places: Mapping[int, int]) -> Iterator[str]:
    """Yield the words beside a name; `places` are the ends of other places by their starts."""
    first = max(0, start - _REACH)
    before = list(_words(text, first, start, places))[-_BEFORE:]
    after = list(_words(text, end, min(len(text), end + _REACH), places))[:_AFTER]
    left = [_EDGE, _EDGE, *before][-2:]
    right = [*after, _EDGE, _EDGE][:2]
    yield f"-1 {left[1]}"
    yield f"-2 {left[0]}"
    yield f"-2 -1 {left[0]} {left[1]}"
    yield f"+1 {right[0]}"
    yield f"+2 {right[1]}"
    yield f"+1 +2 {right[0]} {right[1]}"
    yield f"-1 +1 {left[1]} {right[0]}"
    for word in set(before):
        yield f"before {word}"
    for word in set(after):
        yield f"after {word}"


def _words(text: str, first: int, end: int, places: Mapping[int, int]) -> Iterator[str]:
    """Yield the words of a span in lower case, with one sign for each place, name and number."""
    until = first
    for match in _WORD.finditer(text, first, end):
        at, word = match.start(), match[0]
        if at < until:
            continue
        if at in places:
            until = places[at]
            yield _PLACE
        elif word == "\n":
            yield _LINE
        elif word[0].isdigit():
            yield _NUMBER
        elif word[0].isupper() and word.lower() not in FIRST_WORDS:
            yield _OTHER_NAME
        else:
            yield word.lower()
