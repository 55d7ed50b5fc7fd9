"""Which range the weapons at a place have: the signs of a place and a range that a text tells.

"The rockets at A fly 70 km, the missiles at B 280": a claim from B rests on the second figure,
however many claims on the first stand between.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from withinreach.reading.described_weapons import descriptions, descriptions_around
from withinreach.reading.spoken import Spoken, SpokenSentence
from withinreach.reading.statements import RangeStatement

__all__ = ["RangeSites", "StatedRange", "stated_ranges"]

# A place so many sentences from a range has nothing to do with it.
_FAR = 4
# Of the words between them and of other places, the first few.
_WORDS, _FEW = 12, 20
_NO_WORDS: frozenset[str] = frozenset()


class StatedRange(NamedTuple):
    """A range, the sentence that states it, the number of its word there, and of what weapon.

    `described` are the words that tell the weapon from others ("the short type").
    """

    stated: RangeStatement
    sentence: SpokenSentence
    at: int
    described: frozenset[str]


def stated_ranges(sentences: Iterable[SpokenSentence]) -> Iterator[StatedRange]:
    """Yield the ranges of the sentences of a text, in text order."""
    before, number = _NO_WORDS, -1
    for sentence in sentences:
        if sentence.read.number != number + 1:
            before = _NO_WORDS
        words, number = sentence.words, sentence.read.number
        described = descriptions_around(words, [at for _, at in sentence.ranges])
        for (stated, at), found in zip(sentence.ranges, described, strict=True):
            # "The short type is new. It flies 40 km."
            yield StatedRange(stated, sentence, at, found or before)
        before = descriptions(words, 0, len(words.words))


class _Told(NamedTuple):
    """A sentence's places and ranges, the numbers of their words, and the order of its lists."""

    places: list[Spoken]
    ranges: list[StatedRange]
    place_at: list[int]
    range_at: list[int]
    order: dict[int, int]


class RangeSites:
    """The places of a text beside its ranges; both in text order."""

    def __init__(self, places: Sequence[Spoken], ranges: Sequence[StatedRange]) -> None:
        named: dict[int, list[Spoken]] = defaultdict(list)
        stated: dict[int, list[StatedRange]] = defaultdict(list)
        self._mentions: dict[tuple[int, str], list[Spoken]] = defaultdict(list)
        for place in places:
            if not place.is_frame:
                named[place.number].append(place)
                self._mentions[place.number, place.name].append(place)
        self._of_weapon: dict[str, list[int]] = defaultdict(list)
        for n, one in enumerate(ranges):
            stated[one.sentence.read.number].append(one)
            if one.stated.missile is not None:
                self._of_weapon[one.stated.missile.lower()].append(n)
        self._sites = {
            number: frozenset(place.name for place in here if place.stands > 0)
            for number, here in named.items()
        }
        self._told = {
            number: _Told(
                named[number],
                here,
                [place.at for place in named[number]],
                [one.at for one in here],
                {first: i for i, first in enumerate(dict.fromkeys(p.first for p in named[number]))},
            )
            for number, here in stated.items()
        }

    def of_weapon(self, name: str) -> Sequence[int]:
        """Return the numbers of the ranges of a named weapon, the last few."""
        return self._of_weapon.get(name, [])[-_FEW:]

    def is_with(self, one: StatedRange, name: str | None) -> bool:
        """Return whether a range is stated in a sentence that names a place."""
        return (one.sentence.read.number, name) in self._mentions

    def signs(self, one: StatedRange, name: str) -> Iterator[str]:
        """Yield what speaks for a range being that of the weapons at a place."""
        number = one.sentence.read.number
        if self.is_with(one, name):
            here = self._mentions[number, name]
            yield from self._in_sentence(one, min(here[:_FEW], key=lambda p: abs(p.at - one.at)))
            return
        for away in range(1, _FAR):
            for side, there in (("before", number - away), ("after", number + away)):
                if (there, name) in self._mentions:
                    between = range(min(number, there), max(number, there) + 1)
                    sites = [self._sites.get(n, frozenset()) for n in between]
                    others = any(len(found) > (name in found) for found in sites)
                    yield f"origin {away} {side}"
                    yield f"origin {side} others {others}"
                    return
        yield "origin nowhere near"

    def _in_sentence(self, one: StatedRange, place: Spoken) -> Iterator[str]:
        told = self._told[one.sentence.read.number]
        first, last = sorted((one.at, place.at))
        side = "ahead" if place.at < one.at else "behind"
        begin, end = bisect_right(told.place_at, first), bisect_left(told.place_at, last)
        places = [p for p in told.places[begin:end][:_FEW] if p.first != place.first]
        ranges = bisect_left(told.range_at, last) - bisect_right(told.range_at, first)
        yield f"with origin {side}"
        yield f"with origin {side} places {min(2, len(places))}"
        yield f"with origin {side} ranges {min(2, ranges)}"
        after = bisect_left(told.range_at, place.at)
        closest = min(
            told.ranges[max(0, after - 1) : after + 1], key=lambda o: abs(o.at - place.at)
        )
        yield f"with origin closest {closest is one} of {min(3, len(told.ranges))}"
        if len(told.order) == len(told.ranges) > 1:
            number = bisect_left(told.range_at, one.at)
            yield f"with origin in order {told.order[place.first] == number}"
        for word in set(one.sentence.words.between(first + 1, last)[:_WORDS]):
            yield f"with origin {side} between {word}"
