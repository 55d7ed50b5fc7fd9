"""Who is said to reach whom: claims with origin, target, range and what is asserted.

For each place the signs around it say whether the text has it that weapons can or cannot reach it,
or nothing; for each claim, where the weapons stand and which range it rests on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from withinreach.reading.attribution import said_by
from withinreach.reading.claim_range_signs import Bounds, RangeChoice, bounds
from withinreach.reading.conditions import condition_of
from withinreach.reading.evidence import evidence, likeliest, weight_of
from withinreach.reading.origin_signs import OriginChoice, site_signs
from withinreach.reading.pointers import pointers
from withinreach.reading.range_sites import RangeSites, stated_ranges
from withinreach.reading.spoken import Spoken, SpokenSentence, SpokenText, name_of
from withinreach.reading.spoken_weapons import SpokenWeapons
from withinreach.reading.statements import (
    Asserted,
    ClaimStatement,
    PlaceMention,
    RangeStatement,
)
from withinreach.reading.target_signs import target_signs
from withinreach.reading.told import Told

__all__ = ["ClaimReader", "find_claims"]

# Of a list of places ("from A or B"), those nearly as likely as the likeliest are origins, too.
_NEARLY = 2.0
# How likely a claim must be against none, as log-odds.
_LEAST = 0.3


class _Pair(NamedTuple):
    """One claim on one place; `origin` None where it is left open; `at` the number of its word."""

    origin: PlaceMention | None
    target: PlaceMention
    stated: RangeStatement | None
    asserted: Asserted
    at: int


def find_claims(told: Told) -> tuple[ClaimStatement, ...]:
    """Return the claims of a text, sentence by sentence. Linear in the length of the text."""
    reader = ClaimReader(SpokenText(told))
    claims: list[ClaimStatement] = []
    for sentence, places in reader.text.by_sentence():
        named = sorted([*places, *reader.pointers[sentence.read.number]], key=_at)
        claims += _together([pair for spoken in named for pair in reader.pairs(spoken)], sentence)
    return tuple(claims)


class ClaimReader:
    """Goes through the places of a text and remembers what the claim before was about."""

    def __init__(self, text: SpokenText) -> None:
        self.text = text
        self._evidence = evidence()
        # How much a place's own sentence speaks for it as an origin, whatever the claim.
        self._own: dict[int, float] = {}
        self._ranges = list(stated_ranges(text.sentences))
        for spoken in text.places:
            signs = list(site_signs(spoken))
            spoken.stands = weight_of(signs, self._evidence.site)
            self._own[spoken.mention.start] = weight_of(signs, self._evidence.origin)
        text.compare_sites()
        self.weapons = SpokenWeapons(text.sentences, text.places)
        self.range_sites = RangeSites(text.places, self._ranges)
        for spoken in text.places:
            spoken.said = self._asserted(spoken) if spoken.may_be_target else None
        self.pointers: dict[int, list[Spoken]] = defaultdict(list)
        for pointer in pointers(text):
            self.pointers[pointer.number].append(pointer)
        times = Counter(p.key for p in text.places if p.said)
        for spoken in text.places:
            spoken.times_target = times[spoken.key]
        self._last_origin: str | None = None
        self._last_bounds: Bounds | None = None
        self._bounds_from: dict[str | None, Bounds | None] = {}
        self._list: tuple[object, ...] = ()
        self._roles: tuple[list[PlaceMention | None], RangeStatement | None] = ([], None)

    def pairs(self, spoken: Spoken) -> Iterator[_Pair]:
        """Yield what the text claims of one place."""
        if spoken.said is None:
            return
        # The places of one list are reached from one place.
        listed = (spoken.said, spoken.number, spoken.first)
        if listed != self._list:
            self._list, self._roles = listed, self._weigh_roles(spoken)
        origins, stated = self._roles
        if len(origins) > 1 and "respectively" in spoken.sentence.words.words:
            origins = self._in_turn(origins, spoken)
        elsewhere = [o for o in origins if o is None or name_of(o) != spoken.name]
        for origin in elsewhere or [None]:
            yield _Pair(origin, spoken.mention, stated, spoken.said, spoken.at)

    def _in_turn(
        self, origins: list[PlaceMention | None], spoken: Spoken
    ) -> list[PlaceMention | None]:
        """Return the one origin that "respectively" gives a place of a list, all where it cannot.

        "From A and B they can reach C and D, respectively."
        """
        targets = [p for p in self.text.places_of(spoken.sentence) if p.first == spoken.first]
        return [origins[targets.index(spoken)]] if len(targets) == len(origins) else origins

    def _weigh_roles(
        self, spoken: Spoken
    ) -> tuple[list[PlaceMention | None], RangeStatement | None]:
        """Return the origins and the range of the claims on a place, and remember them."""
        origins = self._origins(spoken)
        name = None if origins[0] is None else name_of(origins[0])
        stated = self._range(spoken, name, stays=name == self._last_origin)
        self._last_origin = name
        self._last_bounds = None if stated is None else bounds(stated)
        self._bounds_from[name] = self._last_bounds
        return origins, stated

    def _asserted(self, spoken: Spoken) -> Asserted | None:
        signs = list(target_signs(spoken))
        can = weight_of(signs, self._evidence.can_reach)
        cannot = weight_of(signs, self._evidence.cannot_reach)
        if max(can, cannot) < _LEAST:
            return None
        return "can_reach" if can > cannot else "cannot_reach"

    def _origins(self, spoken: Spoken) -> list[PlaceMention | None]:
        """Return the origins of the claims on a place in text order, [None] where it is open."""
        log_odds = self._evidence.origin
        choice = OriginChoice(self.text.places, spoken, self._last_origin, self.weapons)
        weighed = [
            (place, self._own[place.mention.start] + weight_of(choice.signs(place), log_odds))
            for place in choice.places
        ]
        named: list[tuple[str | None, float]] = [(place.name, weight) for place, weight in weighed]
        named.append((None, weight_of(choice.open_signs(), log_odds)))
        best = likeliest(named)
        if best is None:
            return [None]
        place, weight = max((w for w in weighed if w[0].name == best), key=lambda w: w[1])
        return [
            other.mention
            for other, its_weight in weighed
            if other is place
            or (
                other.sentence is place.sentence
                and other.first == place.first
                and (other.site is place.site is not None or its_weight > weight - _NEARLY)
            )
        ]

    def _range(self, spoken: Spoken, origin: str | None, *, stays: bool) -> RangeStatement | None:
        log_odds = self._evidence.claim_range
        choice = RangeChoice(
            self._ranges,
            spoken,
            self._last_bounds,
            origin,
            self._bounds_from.get(origin),
            sites=self.range_sites,
            weapons=self.weapons,
            stays=stays,
        )
        weighed: list[tuple[Bounds | None, float]] = [
            (bounds(one.stated), weight_of(choice.signs(one), log_odds)) for one in choice.ranges
        ]
        weighed.append((None, weight_of(choice.open_signs(), log_odds)))
        best = likeliest(weighed)
        return next((one.stated for one in choice.ranges if bounds(one.stated) == best), None)


def _at(spoken: Spoken) -> int:
    return spoken.at


def _together(pairs: Sequence[_Pair], sentence: SpokenSentence) -> Iterator[ClaimStatement]:
    """Yield the claims of a sentence: pairs that differ only in their target are one."""
    masked = sentence.read.masked
    grouped: dict[object, list[_Pair]] = {}
    for pair in pairs:
        origin = None if pair.origin is None else pair.origin.start
        stated = None if pair.stated is None else pair.stated.start
        grouped.setdefault((origin, stated, pair.asserted), []).append(pair)
    for alike in grouped.values():
        one = alike[0]
        at = sentence.words.offset(one.at)
        yield ClaimStatement(
            origin=one.origin,
            targets=tuple({p.target.start: p.target for p in alike}.values()),
            range=one.stated,
            asserted=one.asserted,
            condition=condition_of(masked.signed, masked.text),
            said_by=said_by(masked.text, at, at + 1),
            start=masked.start,
            end=masked.start + len(masked.text),
            text=masked.text,
        )
