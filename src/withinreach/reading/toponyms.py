"""Place mentions in a text: names of the atlas at words that can be one, and what they stand for.

A capital letter starts a candidate; the longest name of the place table wins. What stands around it
and what the rest of the text says are weighed by two logistic regressions, the second with what
the first found in the whole text: persons named in full, lists, the country that it plays in.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from withinreach.reading.candidates import Name, name_at, names_of
from withinreach.reading.signs import Known, known, left_of, right_of, signs
from withinreach.reading.tokens import pieces
from withinreach.reading.words import KINDS_OF_TOWNS, TYPE_WORDS

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable
    from withinreach.reading.statements import PlaceMention

__all__ = ["LEAST_CHANCE", "Candidate", "candidates", "chance", "document_signs", "find_places"]

# A name that is likelier than this to be a place is one: best for precision and recall together.
LEAST_CHANCE = 0.45
# How much the first look at a name counts beside a second one, which has seen the same words.
_FIRST_LOOK = 0.5
_NEVER: Mapping[int, float] = MappingProxyType({})
_PERSON = frozenset({"first", "first?", "full name", "initial", "title"})
_GAPS = {"": "adj", ",": ",", "and": "and", ", and": "and", "or": "and", ", or": "and"}
_LONGEST_GAP = 6
# "X, on the west coast of Y", "X in the south of Y province": words before what holds X.
_LEADING = frozenset(
    """in on the of far north south east west northern southern eastern western central
    northeastern northwestern southeastern southwestern coast part province state island region
    district side tip capital town city port seat main chief largest biggest""".split()
)
_MOST_LEADING = 6
_REGION, _COUNTRY = 2, 3


class Candidate(msgspec.Struct):
    """A name that may be a place: offsets, what the table says, what is around it.

    `inside` are the (country, state) pairs that the text says it lies in, state -1 for any; `holds`
    is set where the name before is said to lie in it. `odds` are log-odds of being a place.
    """

    start: int
    end: int
    key: str
    about: Known
    left: str
    right: str
    signs: list[str]
    inside: frozenset[tuple[int, int]] = frozenset()
    abbreviated: bool = False
    typed: str = ""
    odds: float = 0.0
    chance: float = 0.0


def find_places(
    text: str, table: PlaceTable, *, again: Mapping[int, float] = _NEVER
) -> tuple[PlaceMention, ...]:
    """Return the places that a text names, in text order, with candidates, score and reasons.

    `text` is kept as it is; offsets are string offsets into it. `again` are log-odds of
    being a place that a second look gave the names at some offsets. Linear in the text's length.
    """
    from withinreach.reading.resolve import resolve

    told: Counter[str] = Counter()
    found = list(candidates(text, table, told))
    _weigh(text, found, table)
    for one in found:
        if one.start in again:
            one.chance = chance(again[one.start] + _FIRST_LOOK * one.odds)
    places = [one for one in found if one.chance >= LEAST_CHANCE]
    return resolve(text, places, told, table) if places else ()


def candidates(text: str, table: PlaceTable, told: Counter[str]) -> Iterator[Candidate]:
    """Yield the names of the table at the capital letters of a text, with the signs around them.

    `told` counts the countries that words for people and languages speak of.
    """
    for piece in pieces(text):
        tokens, starts = piece.tokens, piece.starts
        for name in names_of(piece, table, told):
            about = known(name.key, name.abbreviated, table)
            left, right = left_of(tokens, name.first, table), right_of(tokens, name.last, table)
            yield Candidate(
                start=starts[name.first],
                end=starts[name.last],
                key=name.key,
                about=about,
                left=left,
                right=right,
                signs=signs(tokens, name, about, left, right),
                inside=_container(tokens, name, table),
                abbreviated=name.abbreviated,
                typed=_typed(tokens, name),
            )


def _typed(tokens: list[str], name: Name) -> str:
    """Return "region" or "town" where a word beside the name says which it is."""
    beside = tokens[name.last + 1 : name.last + 2]
    if tokens[name.first - 2 : name.first] == ["of", " "]:
        beside += tokens[name.first - 4 : name.first - 3]
    words = {word.lower() for word in beside}
    return "region" if words & TYPE_WORDS else "town" if words & KINDS_OF_TOWNS else ""


def _weigh(text: str, found: Sequence[Candidate], table: PlaceTable) -> None:
    """Set the chance of each candidate to be a place, first alone and then within the text."""
    weight = table.evidence.get
    bias = weight("bias", 0.0)
    for one in found:
        one.odds = bias + sum([weight(sign, 0.0) for sign in one.signs])
        one.chance = chance(one.odds)
    seconds = list(document_signs(text, found, table))
    slope, mean_slope = weight("d:odds", 1.0), weight("d:mean of others", 0.0)
    bias = weight("d:bias", 0.0)
    for one, (seen, mean) in zip(found, seconds, strict=True):
        odds = bias + slope * one.odds + mean_slope * mean
        one.odds = odds + sum([weight(sign, 0.0) for sign in seen])
    for one in found:
        one.chance = chance(one.odds)


def chance(odds: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))


def document_signs(
    text: str, found: Sequence[Candidate], table: PlaceTable
) -> Iterator[tuple[list[str], float]]:
    """Yield, for each candidate, signs from the rest of the text and its namesakes' mean odds."""
    by_key: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        by_key[one.key].append(one)
    best = {key: max(one.chance for one in same) for key, same in by_key.items()}
    countries: Counter[int] = Counter()
    states: Counter[tuple[int, int]] = Counter()
    for key, same in by_key.items():
        if best[key] > 0.6:
            about = same[0].about
            countries[about.pairs[0][0]] += best[key]  # type: ignore[assignment]
            if about.pairs[0][1]:
                states[about.pairs[0]] += best[key]  # type: ignore[assignment]
    total, total_states = sum(countries.values()) or 1.0, sum(states.values()) or 1.0
    places = {
        key: _place_signs(same[0].about, best[key], countries, states, total, total_states)
        for key, same in by_key.items()
    }
    sums = {key: sum(one.odds for one in same) for key, same in by_key.items()}
    persons = {key: sum(one.left in _PERSON for one in same) for key, same in by_key.items()}
    contained = {key: sum(one.right == ", Name" for one in same) for key, same in by_key.items()}
    common = {key: f" {key} " in text for key, same in by_key.items() if key.isalpha()}
    for i, one in enumerate(found):
        key, others = one.key, len(by_key[one.key]) - 1
        seen = list(places[key])
        mean = (sums[key] - one.odds) / others if others else 0.0
        seen.append("d:others" if others else "d:alone")
        told = persons[key] - (one.left in _PERSON)
        if told:
            seen.append("d:person")
            if 2 * told >= others:
                seen.append("d:mostly a person")
        if contained[key] - (one.right == ", Name") > 0:
            seen.append("d:container")
        if common.get(key):
            seen.append("d:common word")
        if i:
            seen += _beside("before", text, found[i - 1], one, found[i - 1])
        if i + 1 < len(found):
            seen += _beside("after", text, one, found[i + 1], found[i + 1])
        yield seen, mean


def _place_signs(
    about: Known,
    own: float,
    countries: Counter[int],
    states: Counter[tuple[int, int]],
    total: float,
    total_states: float,
) -> list[str]:
    """Return how much of the text plays in the country, and in a state, of a name's places."""
    mine = own if own > 0.6 else 0.0
    if total - mine < 0.5:
        return []
    country, state = about.pairs[0]
    found = []
    if country:
        share = (countries[country] - mine) / total
        found.append("d:country " + _level(share, 0.2, 0.6))
    if state:
        votes = [states[about.pairs[0]] - mine]
        votes += [vote for pair, vote in states.items() if pair in about.pairs[1:]]
        level = _level(max(votes) / total_states, 0.15, 0.5)
        found.append(f"d:state {about.size} {level}")
    return found


def _level(share: float, some: float, much: float) -> str:
    return "none" if share < 0.02 else "few" if share < some else "some" if share < much else "most"


def _beside(side: str, text: str, left: Candidate, right: Candidate, other: Candidate) -> list[str]:
    gap = text[left.end : right.start]
    if len(gap) > _LONGEST_GAP:
        return []
    level = "high" if other.chance > 0.7 else "low" if other.chance < 0.3 else "middle"
    return [f"d:{side} {_GAPS.get(gap.strip(), 'x')} {level}"]


def _container(tokens: list[str], name: Name, table: PlaceTable) -> frozenset[tuple[int, int]]:
    """Return the (country, state) pairs that "X, Y", "X (Y" or "X in southern Y" names as Y."""
    at, end = name.last, len(tokens)
    if at + 1 >= end:
        return frozenset()
    if tokens[at] == ",":
        at += 1
    elif tokens[at][0] == " " and tokens[at + 1] in ("(", "in"):
        at += 2
    else:
        return frozenset()
    if at < end and tokens[at][0] in " \n":
        at += 1
    for _ in range(_MOST_LEADING):
        if at + 2 < end and tokens[at] in _LEADING and tokens[at + 1][0] in " \n-":
            at += 2
    if at >= end or not tokens[at][0].isupper():
        return frozenset()
    outer = name_at(tokens, at, table)
    if outer is None:
        return frozenset()
    about = known(outer.key, outer.abbreviated, table)
    pairs = set()
    if int(table.kind[about.rows[0]]) not in (_REGION, _COUNTRY):
        return frozenset()
    for row, (country, state) in zip(about.rows[:6], about.pairs, strict=False):
        kind = int(table.kind[row])
        if kind == _COUNTRY:
            pairs.add((country, -1))
        elif kind == _REGION and state:
            pairs.add((country, state))
    if not pairs:
        # Of some regions, islands for one, the table knows the country alone.
        pairs = {(country, -1) for country, _ in about.pairs[:1] if country}
    return frozenset(pairs)
