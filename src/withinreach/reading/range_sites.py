"""Which range the weapons at a place have: the signs of a place and a range that a text tells.

"The rockets at A fly 70 km, the missiles at B 280": a claim from B rests on the second figure,
however many claims on the first stand between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from withinreach.reading.spoken import Spoken, SpokenSentence
from withinreach.reading.statements import RangeStatement

__all__ = ["RangeSites", "StatedRange"]

# A place so many sentences from a range has nothing to do with it.
_FAR = 4


class StatedRange(NamedTuple):
    """A range, the sentence that states it, and the number of its word there."""

    stated: RangeStatement
    sentence: SpokenSentence
    at: int


class RangeSites:
    """The places of a text beside its ranges; both in text order."""

    def __init__(self, places: Sequence[Spoken], ranges: Sequence[StatedRange]) -> None:
        self._named: dict[int, list[Spoken]] = defaultdict(list)
        self._stated: dict[int, list[StatedRange]] = defaultdict(list)
        for place in places:
            if not place.is_frame:
                self._named[place.number].append(place)
        for one in ranges:
            self._stated[one.sentence.read.number].append(one)

    def is_with(self, one: StatedRange, name: str | None) -> bool:
        """Return whether a range is stated in a sentence that names a place."""
        return any(place.name == name for place in self._named[one.sentence.read.number])

    def signs(self, one: StatedRange, name: str) -> Iterator[str]:
        """Yield what speaks for a range being that of the weapons at a place."""
        number = one.sentence.read.number
        here = [place for place in self._named[number] if place.name == name]
        if here:
            yield from self._in_sentence(one, min(here, key=lambda p: abs(p.at - one.at)))
            return
        for away in range(1, _FAR):
            for side, there in (("before", number - away), ("after", number + away)):
                if any(place.name == name for place in self._named[there]):
                    between = range(min(number, there), max(number, there) + 1)
                    others = any(
                        place.stands > 0 and place.name != name
                        for n in between
                        for place in self._named[n]
                    )
                    yield f"origin {away} {side}"
                    yield f"origin {side} others {others}"
                    return
        yield "origin nowhere near"

    def _in_sentence(self, one: StatedRange, place: Spoken) -> Iterator[str]:
        number = one.sentence.read.number
        first, last = sorted((one.at, place.at))
        side = "ahead" if place.at < one.at else "behind"
        others = self._stated[number]
        lists = list(dict.fromkeys(p.first for p in self._named[number]))
        between = [p for p in self._named[number] if first < p.at < last and p.first != place.first]
        yield f"with origin {side}"
        yield f"with origin {side} places {min(2, len(between))}"
        yield f"with origin {side} ranges {min(2, sum(first < o.at < last for o in others))}"
        closest = min(others, key=lambda o: abs(o.at - place.at))
        yield f"with origin closest {closest is one} of {min(3, len(others))}"
        if len(lists) == len(others) > 1:
            yield f"with origin in order {lists.index(place.first) == others.index(one)}"
        for word in set(one.sentence.words.between(first + 1, last)[:12]):
            yield f"with origin {side} between {word}"
