"""The claims of a text, weighed: the grammar proposes, and the signs around every place decide.

For each place the signs say whether the text has it that weapons can or cannot reach it, or
nothing; for each claim, where the weapons stand and which range it rests on. What the grammar
proposed is kept where the likeliest reading agrees with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from withinreach.reading.attribution import said_by
from withinreach.reading.claim_range_signs import Bounds, RangeChoice, bounds
from withinreach.reading.claims import Told
from withinreach.reading.conditions import condition_of
from withinreach.reading.evidence import evidence, likeliest, weight_of
from withinreach.reading.origin_signs import OriginChoice, site_signs
from withinreach.reading.range_sites import RangeSites, StatedRange
from withinreach.reading.spoken import Spoken, SpokenText, name_of
from withinreach.reading.spoken_weapons import SpokenWeapons
from withinreach.reading.statements import (
    Asserted,
    ClaimStatement,
    PlaceMention,
    RangeStatement,
)
from withinreach.reading.target_signs import target_signs

__all__ = ["ClaimReader", "weigh_claims"]

# Of a list of places ("from A or B"), those nearly as likely as the likeliest are origins, too.
_NEARLY = 1.0
# How likely a claim must be against none, as log-odds: one that the grammar proposes, and one that
# it did not see.
_LEAST_PROPOSED, _LEAST_UNSEEN = 0.0, 0.3


# An origin, None where it is left open, and the claim of the grammar that gives it.
_Origin = tuple[PlaceMention | None, ClaimStatement | None]


class _Pair(NamedTuple):
    """One claim on one place, and the grammar's claim that it comes from."""

    origin: PlaceMention | None
    target: PlaceMention
    stated: RangeStatement | None
    asserted: Asserted
    proposed: ClaimStatement | None


def weigh_claims(told: Told) -> tuple[ClaimStatement, ...]:
    """Return the claims of a text, sentence by sentence. Linear in the length of the text."""
    reader = ClaimReader(SpokenText(told))
    proposed: dict[int, list[ClaimStatement]] = defaultdict(list)
    for claim in told.claims:
        proposed[claim.start].append(claim)
    claims: list[ClaimStatement] = []
    for sentence, places in reader.text.by_sentence():
        masked = sentence.read.masked
        pairs = [pair for spoken in places for pair in reader.pairs(spoken)]
        # "Both are out of its reach": the places were named in another sentence.
        for spoken in reader.text.named_before(sentence, proposed[masked.start]):
            pairs += reader.pairs(spoken)
        claims += _together(pairs, sentence.read.masked.text, masked.start, masked.signed)
    return tuple(claims)


class ClaimReader:
    """Goes through the places of a text and remembers what the claim before was about."""

    def __init__(self, text: SpokenText) -> None:
        self.text = text
        self._evidence = evidence()
        self._own: dict[int, float] = {}
        self._ranges = [
            StatedRange(stated, sentence, at)
            for sentence in text.sentences
            for stated, at in sentence.ranges
        ]
        for spoken in text.places:
            spoken.stands = weight_of(site_signs(spoken), self._evidence.site)
        text.compare_sites()
        self.weapons = SpokenWeapons(text.sentences, text.places)
        self.range_sites = RangeSites(text.places, self._ranges)
        for spoken in text.places:
            spoken.said = self._asserted(spoken) if spoken.may_be_target else None
        times = Counter(p.key for p in text.places if p.said)
        for spoken in text.places:
            spoken.times_target = times[spoken.key]
        self._last_origin: str | None = None
        self._last_bounds: Bounds | None = None
        self._bounds_from: dict[str | None, Bounds | None] = {}
        self._together: tuple[object, ...] = ()
        self._roles: tuple[list[_Origin], RangeStatement | None] = ([], None)

    def pairs(self, spoken: Spoken) -> Iterator[_Pair]:
        """Yield what the text claims of one place."""
        said = {claim.asserted for claim in spoken.claims}
        if len(said) > 1:
            for claim in spoken.claims:
                yield from self.as_proposed(claim, [spoken.mention])
            return
        asserted = spoken.said
        if asserted is None:
            return
        # The places of one list, or of one claim of the grammar, are reached from one place.
        together: tuple[object, ...] = (asserted, *map(id, spoken.claims))
        if not spoken.claims:
            together = (asserted, spoken.number, spoken.first)
        if together != self._together:
            self._together, self._roles = together, self._weigh_roles(spoken)
        origins, stated = self._roles
        elsewhere = [o for o in origins if o[0] is None or name_of(o[0]) != spoken.name]
        for origin, proposed in elsewhere or [(None, None)]:
            yield _Pair(origin, spoken.mention, stated, asserted, proposed)

    def _weigh_roles(self, spoken: Spoken) -> tuple[list[_Origin], RangeStatement | None]:
        """Return the origins and the range of the claims on a place, and remember them."""
        origins = self._origins(spoken)
        name = None if origins[0][0] is None else name_of(origins[0][0])
        stated = self._range(spoken, name, stays=name == self._last_origin)
        self._last_origin = name
        self._last_bounds = None if stated is None else bounds(stated)
        self._bounds_from[name] = self._last_bounds
        return origins, stated

    def as_proposed(
        self, claim: ClaimStatement, targets: Sequence[PlaceMention]
    ) -> Iterator[_Pair]:
        """Yield the grammar's claim on some places as it is."""
        for target in targets:
            self._last_origin = None if claim.origin is None else name_of(claim.origin)
            self._last_bounds = None if claim.range is None else bounds(claim.range)
            yield _Pair(claim.origin, target, claim.range, claim.asserted, claim)

    def _asserted(self, spoken: Spoken) -> Asserted | None:
        signs = list(target_signs(spoken))
        can = weight_of(signs, self._evidence.can_reach)
        cannot = weight_of(signs, self._evidence.cannot_reach)
        if max(can, cannot) < (_LEAST_PROPOSED if spoken.claims else _LEAST_UNSEEN):
            return None
        return "can_reach" if can > cannot else "cannot_reach"

    def _origins(self, spoken: Spoken) -> list[_Origin]:
        """Return the origins of the claims on a place, with the grammar's claim where it agrees."""
        log_odds = self._evidence.origin
        choice = OriginChoice(self.text.places, spoken, self._last_origin, self.weapons)
        weights = [
            self._own_weight(place) + weight_of(choice.signs(place), log_odds)
            for place in choice.places
        ]
        named: list[tuple[str | None, float]] = [
            (place.name, weight) for place, weight in zip(choice.places, weights, strict=True)
        ]
        named.append((None, weight_of(choice.open_signs(), log_odds)))
        best = likeliest(named)
        by_grammar = [(claim.origin, claim) for claim in spoken.claims]
        if any((None if origin is None else name_of(origin)) == best for origin, _ in by_grammar):
            return list(by_grammar)
        if best is None:
            return [(None, None)]
        weighed = list(zip(choice.places, weights, strict=True))
        place, weight = max((w for w in weighed if w[0].name == best), key=lambda w: w[1])
        return [
            (other.mention, None)
            for other, its_weight in weighed
            if other is place
            or (
                other.sentence is place.sentence
                and other.first == place.first
                and its_weight > weight - _NEARLY
            )
        ]

    def _own_weight(self, place: Spoken) -> float:
        start = place.mention.start
        if start not in self._own:
            self._own[start] = weight_of(site_signs(place), self._evidence.origin)
        return self._own[start]

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
        if best is None:
            return None
        stated = [claim.range for claim in spoken.claims if claim.range is not None]
        stated += [one.stated for one in choice.ranges]
        return next(one for one in stated if bounds(one) == best)


def _together(
    pairs: Sequence[_Pair], sentence: str, start: int, signed: str
) -> Iterator[ClaimStatement]:
    """Yield the claims of a sentence: pairs that differ only in their target are one."""
    grouped: dict[object, list[_Pair]] = {}
    for pair in pairs:
        origin = None if pair.origin is None else pair.origin.start
        stated = None if pair.stated is None else pair.stated.start
        grouped.setdefault((origin, stated, pair.asserted), []).append(pair)
    for alike in grouped.values():
        one = alike[0]
        at = one.target.start - start
        proposed = next((p.proposed for p in alike if p.proposed is not None), None)
        yield ClaimStatement(
            origin=one.origin,
            targets=tuple({p.target.start: p.target for p in alike}.values()),
            range=one.stated,
            asserted=one.asserted,
            condition=condition_of(signed, sentence) if proposed is None else proposed.condition,
            said_by=said_by(sentence, at, at + 1) if proposed is None else proposed.said_by,
            start=start,
            end=start + len(sentence),
            text=sentence,
        )
