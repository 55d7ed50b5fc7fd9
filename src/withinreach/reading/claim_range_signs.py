"""The signs by which a range is told to be the one that a claim rests on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from withinreach.reading.origin_signs import away, cues
from withinreach.reading.spoken import Spoken, SpokenSentence
from withinreach.reading.statements import RangeStatement

__all__ = ["Bounds", "RangeChoice", "StatedRange", "bounds"]

Bounds = tuple[float | None, float | None]

_KINDS = {
    "missile": frozenset(("missile", "missiles", "rocket", "rockets")),
    "artillery": frozenset("artillery howitzer howitzers gun guns shell shells".split()),
    "drone": frozenset(("drone", "drones", "uav", "uavs")),
}
# Words that two sentences share whatever they are about.
_COMMON = frozenset(
    "the a an of and to in with is was that it said could would from on for by as".split()
) | {",", ".", "<place>", "<range>"}
_BEFORE, _AFTER = 14, 12
_RANKS = 5
# A claim rests on one of the last ranges before it, or on one soon after it.
_MOST_BEFORE, _MOST_AFTER = 12, 3


class StatedRange(NamedTuple):
    """A range, the sentence that states it, and the number of its word there."""

    stated: RangeStatement
    sentence: SpokenSentence
    at: int


class RangeChoice:
    """The ranges of a text that the claims on one place may rest on, and the signs of each.

    `ranges` are all of the text, in its order; `last` is what the claim before rests on, `origin`
    the name of this claim's origin, `of_origin` what the claim before from there rests on.
    """

    def __init__(
        self,
        ranges: Sequence[StatedRange],
        target: Spoken,
        last: Bounds | None,
        origin: str | None,
        of_origin: Bounds | None,
    ) -> None:
        here = (target.number, target.at)
        count = bisect_left(ranges, here, key=_position)
        first, end = max(0, count - _MOST_BEFORE), count + _MOST_AFTER
        self._earlier = ranges[first:count]
        proposed = {
            bisect_left(ranges, claim.range.start, key=_start)
            for claim in target.claims
            if claim.range is not None
        }
        far = [ranges[n] for n in sorted(proposed) if not first <= n < end]
        self.ranges = (*far, *ranges[first:end])
        self._target, self._last, self._origin = target, last, origin
        self._of_origin = of_origin
        self._by_grammar = [claim.range for claim in target.claims]
        self._bounds = {bounds(stated) for stated in self._by_grammar if stated is not None}
        self._names = {name.lower() for name in target.sentence.read.masked.weapons.values()}
        self._kinds = _kinds(target.sentence)
        words = target.sentence.words
        self._around = frozenset(words.between(target.at - _BEFORE, target.at + _AFTER)) - _COMMON
        self._cues = cues(target)

    def signs(self, one: StatedRange) -> Iterator[str]:
        """Yield what speaks for a range."""
        target = self._target
        gap = one.sentence.read.number - target.number
        near = "same"
        if gap == 0:
            side = "behind" if one.at > target.at else "ahead"
            first, last = sorted((one.at, target.at))
            between = target.sentence.words.between(first + 1, last)
            yield side
            yield f"{side} places {min(3, between.count('<place>'))}"
            for word in set(between):
                yield f"{side} between {word}"
        elif gap > 0:
            near = "next"
            yield f"next {min(4, gap)}"
            if not self._earlier:
                yield "next first"
        else:
            near = "near" if gap > -3 else "far"
            yield f"back {away(-gap)}"
            yield f"paragraphs {min(4, target.sentence.paragraphs_after(one.sentence))}"
        if one in self._earlier:
            yield f"rank {min(_RANKS, len(self._earlier) - 1 - self._earlier.index(one))}"
        if self._origin in one.sentence.names:
            yield f"origin there {near}"
        if bounds(one.stated) in self._bounds:
            yield "grammar"
            yield f"grammar {near}"
        elif not self._bounds:
            yield f"grammar open {near}" if self._by_grammar else f"no grammar {near}"
        if bounds(one.stated) == self._last:
            yield f"last {near}"
        if one.stated.missile is not None:
            if self._names:
                yield f"named {one.stated.missile.lower() in self._names}"
            else:
                yield f"of a named weapon {near}"
        topic = target.sentence.topic
        if one.stated.missile is not None and topic is not None:
            yield f"topic {one.stated.missile.lower() == topic}"
        if self._of_origin is not None:
            yield f"of the origin {bounds(one.stated) == self._of_origin} {near}"
        kinds = _kinds(one.sentence)
        if kinds and self._kinds:
            yield f"same kind {not kinds.isdisjoint(self._kinds)}"
        yield from _among(one, near)
        yield f"shared words {min(4, len(self._around.intersection(one.sentence.words.words)))}"
        if one.stated.max_km is None:
            yield "open upwards"

    def open_signs(self) -> Iterator[str]:
        """Yield what speaks for a claim that rests on no stated range."""
        yield "open"
        if not self._by_grammar:
            yield "open no grammar"
        else:
            yield "open grammar range" if self._bounds else "open grammar open"
        if self._names:
            yield "open named"
        if self._last is None:
            yield "open last"
        if not self._earlier:
            yield "open none before"
        kinds = frozenset().union(*(_kinds(one.sentence) for one in self._earlier))
        if self._kinds and kinds and kinds.isdisjoint(self._kinds):
            yield "open other kind"
        for cue in self._cues:
            yield f"open cue {cue}"


def _start(one: StatedRange) -> int:
    return one.stated.start


def _position(one: StatedRange) -> tuple[int, int]:
    return one.sentence.read.number, one.at


def bounds(stated: RangeStatement) -> Bounds:
    """Return the lowest and highest figure of a range in km."""
    return stated.min_km, stated.max_km


def _among(one: StatedRange, near: str) -> Iterator[str]:
    """Yield which of several ranges of its sentence it is."""
    lengths_km = [_longest_km(stated) for stated, _ in one.sentence.ranges]
    if len(lengths_km) < 2:
        return
    length_km = _longest_km(one.stated)
    if length_km == max(lengths_km):
        yield "longest"
    elif length_km == min(lengths_km):
        yield "shortest"
    is_first = one.sentence.ranges[0][0] is one.stated
    yield f"{'first' if is_first else 'later'} {near}"


def _longest_km(stated: RangeStatement) -> float:
    return max(km for km in (stated.min_km, stated.max_km) if km is not None)


def _kinds(sentence: SpokenSentence) -> frozenset[str]:
    words = sentence.words.words
    return frozenset(kind for kind, names in _KINDS.items() if not names.isdisjoint(words))
