"""The signs by which a range is told to be the one that a claim rests on."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from withinreach.reading.described_weapons import descriptions
from withinreach.reading.origin_signs import away, cues
from withinreach.reading.range_sites import RangeSites, StatedRange
from withinreach.reading.spoken import Spoken
from withinreach.reading.spoken_weapons import SpokenWeapon, SpokenWeapons, relation
from withinreach.reading.statements import RangeStatement

__all__ = ["Bounds", "RangeChoice", "bounds"]

Bounds = tuple[float | None, float | None]

# Words that tell one weapon from another by how far it goes or how old it is; general English.
_COMPARED = frozenset(
    "longer shorter larger smaller bigger heavier lighter newer older new old latest first second"
    " other former latter basic original upgraded improved extended later earlier heaviest longest"
    " shortest biggest long short large small big heavy light".split()
)
# Words that two sentences share whatever they are about.
_COMMON = frozenset(
    "the a an of and to in with is was that it said could would from on for by as".split()
) | {",", ".", "<place>", "<range>"}
_BEFORE, _AFTER = 14, 12
_RANKS = 5
# A claim rests on one of the last ranges before it, or on one soon after it.
_MOST_BEFORE, _MOST_AFTER = 12, 3


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
        *,
        sites: RangeSites,
        weapons: SpokenWeapons,
        stays: bool,
    ) -> None:
        here = (target.number, target.at)
        count = bisect_left(ranges, here, key=_position)
        first, end = max(0, count - _MOST_BEFORE), count + _MOST_AFTER
        self._earlier = ranges[first:count]
        self._names = {name.lower() for name in target.sentence.read.masked.weapons.values()}
        named = [n for name in self._names for n in sites.of_weapon(name) if not first <= n < end]
        self.ranges = (*(ranges[n] for n in named), *ranges[first:end])
        self._target, self._last, self._origin = target, last, origin
        self._of_origin = of_origin
        self._sites, self._stays = sites, stays
        self._weapons, self._at_origin = weapons, weapons.at_place(origin)
        self._meant, self._meant_where = weapons.meant(target.sentence, target.at)
        self._with_origin = sum(
            one.sentence is not target.sentence and sites.is_with(one, origin)
            for one in self.ranges
        )
        lengths_km = [_longest_km(one.stated) for one in self.ranges]
        self._longest_km = max(lengths_km, default=0.0)
        self._shortest_km = min(lengths_km, default=0.0)
        words = target.sentence.words
        around = frozenset(words.between(target.at - _BEFORE, target.at + _AFTER))
        self._compared, self._around = _COMPARED & around, around - _COMMON
        self._described = descriptions(words, target.at - _BEFORE, target.at + _AFTER)
        self._all_described = Counter(word for one in self.ranges for word in one.described)
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
        if self._origin is not None and gap:
            yield from self._sites.signs(one, self._origin)
            beside = self._sites.is_with(one, self._origin)
            yield f"beside origin {beside} of {min(2, self._with_origin)} {near}"
        if bounds(one.stated) == self._last:
            yield f"last {near}"
            yield f"last stays {self._stays}"
        if one.stated.missile is not None and not self._names:
            yield f"of a named weapon {near}"
        if self._of_origin is not None:
            yield f"of the origin {bounds(one.stated) == self._of_origin} {near}"
        before, after = self._weapons.beside(one.sentence, one.at)
        if one.stated.missile is not None:
            kind = None if before is None else before.kind
            before = SpokenWeapon(one.at, kind, one.stated.missile.lower())
        where = f"{self._meant_where} {near}"
        yield f"weapon before {relation(self._meant, before)} {where}"
        if before is None:
            yield f"weapon after {relation(self._meant, after)} {where}"
        related = relation(self._meant, before or after)
        yield f"weapon {related}"
        if gap:
            for other in {relation(w, before or after) for w in self._at_origin} or {"none"}:
                yield f"weapon at origin {other}"
        length_km = _longest_km(one.stated)
        if self._longest_km > self._shortest_km:
            size = "longest" if length_km == self._longest_km else "middle"
            size = "shortest" if length_km == self._shortest_km else size
            for word in self._compared:
                yield f"{word} {size}"
                yield f"{word} number {_number_in_sentence(one)}"
        yield from _among(one, near)
        yield f"shared words {min(4, len(self._around.intersection(one.sentence.words.words)))}"
        if one.stated.max_km is None:
            yield "open upwards"
        yield from self._description_signs(one)

    def _description_signs(self, one: StatedRange) -> Iterator[str]:
        """Yield whether the claim's weapon is described as the range's, or as another's."""
        claimed = {word for word in self._described if self._all_described[word]}
        if claimed:
            here = claimed & one.described
            alone = any(self._all_described[word] == 1 for word in here)
            yield f"described {'alone' if alone else 'so' if here else 'otherwise'}"

    def open_signs(self) -> Iterator[str]:
        """Yield what speaks for a claim that rests on no stated range."""
        yield "open"
        if self._names:
            yield "open named"
        if self._last is None:
            yield "open last"
        if not self._earlier:
            yield "open none before"
        told = {
            relation(self._meant, next(filter(None, self._weapons.beside(o.sentence, o.at)), None))
            for o in self._earlier
        }
        if told and not told.intersection(("same kind", "same name")):
            yield f"open other weapons {'untold' in told}"
        if told == {"other kind"}:
            yield f"open only other kinds {self._meant_where}"
        for cue in self._cues:
            yield f"open cue {cue}"


def _number_in_sentence(one: StatedRange) -> str:
    """Return which of its sentence's ranges one is, "alone" where there is no other."""
    stated = [r for r, _ in one.sentence.ranges]
    return "alone" if len(stated) == 1 else str(min(2, stated.index(one.stated)))


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
