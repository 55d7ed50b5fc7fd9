"""One sentence read: its sites, its claims, and the places it reports as hit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from withinreach.reading.anaphora import ALL, meant_by, pointing_word, spoken_of
from withinreach.reading.attribution import said_by
from withinreach.reading.conditions import condition_of
from withinreach.reading.discourse import Discourse, LastClaim
from withinreach.reading.ellipses import Ellipsis, find_ellipses
from withinreach.reading.masked import NAMED, RANGE, MaskedSentence, contains
from withinreach.reading.movers import is_of_others
from withinreach.reading.phrases import pattern
from withinreach.reading.predicates import REACH_GATE, Predicate, find_predicates
from withinreach.reading.reported import reported_hit
from withinreach.reading.sites import SITE_GATE, SitePhrase, find_sites
from withinreach.reading.stands import find_stands
from withinreach.reading.statements import ClaimStatement, PlaceMention, RangeStatement
from withinreach.reading.targets import (
    OF_PLACE,
    clause_end,
    excepted,
    next_targets,
    targets_end,
    targets_of,
)

__all__ = ["SentenceReader"]

_RESPECTIVELY = pattern(r"\brespectively\b")
# What describes the weapon of a short answer stands so many characters before it.
_CLAUSE_BEFORE = 60
_NOT = pattern(r"\bnot\s*$")
_CONTRAST = pattern(r"\b(?:whereas|while|but|although|though)\b")


class SentenceReader:
    """The grammar of one sentence: predicates first, then sites, then targets."""

    def __init__(self, sentence: MaskedSentence, discourse: Discourse) -> None:
        self._sentence, self._discourse = sentence, discourse
        masked = sentence.masked
        about = discourse.about_weapons
        self._asks = masked.endswith("?")
        self.predicates: list[Predicate] = []
        if about and not self._asks and REACH_GATE.search(masked):
            self.predicates = find_predicates(masked)
        self._phrases: list[SitePhrase] = []
        if SITE_GATE.search(masked):
            self._phrases = find_sites(
                sentence,
                [self._target_span(p) for p in self.predicates if p.form != "before"],
                about_weapons=about,
                about_sites=discourse.about_sites,
            )
        for phrase in self._phrases:
            for offset in phrase.places:
                sentence.blank(offset)
        for offset in sentence.anchors:
            sentence.blank(offset)
        self._masked = sentence.masked

    def sites(self) -> list[tuple[PlaceMention, SitePhrase]]:
        """Return the places that the sentence gives as origins."""
        found = [(self._sentence.places[o], p) for p in self._phrases for o in p.places]
        # "sent to its allies in Iraq and hidden near Najaf": the finer place is the one.
        found = [
            (outer, phrase)
            for outer, phrase in found
            if not _is_country(outer)
            or not any(contains(outer, inner) for inner, _ in found if inner is not outer)
        ]
        stands = [(self._sentence.places[o], p) for p in self._stands for o in p.places]
        return [*found, *stands]

    @cached_property
    def _stands(self) -> list[SitePhrase]:
        """Places beside a word for weapons that are neither sites nor targets."""
        taken = {o for targets in self._targets for o in targets}
        about = self._discourse.about_weapons
        return list(
            find_stands(
                self._sentence, taken, about_weapons=about and not self._asks, claims=bool(taken)
            )
        )

    def hit(self) -> list[PlaceMention]:
        """Return the places that were reported hit, which claims nothing."""
        if not self._discourse.about_weapons:
            return []
        claimed = {o for targets in self._targets for o in targets}
        return [self._sentence.places[o] for o in reported_hit(self._sentence) if o not in claimed]

    def claims(self) -> Iterator[ClaimStatement]:
        """Yield a claim for each predicate with targets and each of its origins."""
        earlier: tuple[PlaceMention, ...] = ()
        for number, predicate in enumerate(self.predicates):
            targets = self._targets[number] or self._same_again(number)
            places = tuple(self._sentence.places[o] for o in targets)
            places = places or self._spoken_of(predicate)
            if not places or is_of_others(self._masked, predicate):
                continue
            clause = self._clause(number)
            origins, refused = self._origins(predicate, clause, targets, earlier)
            # No place is within reach of itself: the text means another, and does not say which.
            aimed_at = {m.place for m in places if m.place is not None}
            origins = tuple(m for m in origins if m.place not in aimed_at)
            stated = self._range(predicate, clause)
            respectively = bool(_RESPECTIVELY.search(self._masked, predicate.start, clause[1]))
            at = (predicate.start, predicate.end)
            yield from self._said(predicate.can, at, origins, places, stated, respectively)
            if refused:
                yield from self._said(not predicate.can, at, refused, places, stated)
            others = excepted(self._sentence, predicate, [p.end for p in self._phrases])
            if others:
                except_ = [self._sentence.places[o] for o in others]
                yield from self._said(not predicate.can, at, origins, except_, stated)
            earlier = origins
            self._discourse.claim(LastClaim(origins, places, stated, predicate.can))
        yield from self._ellipses()

    def _said(
        self,
        can: bool,
        at: tuple[int, int],
        origins: Sequence[PlaceMention],
        targets: Sequence[PlaceMention],
        stated: RangeStatement | None,
        respectively: bool = False,
    ) -> Iterator[ClaimStatement]:
        mentions = tuple(targets)
        pairs: list[tuple[PlaceMention | None, tuple[PlaceMention, ...]]]
        if respectively and 1 < len(origins) == len(mentions):
            pairs = [(origin, (target,)) for origin, target in zip(origins, mentions, strict=True)]
        else:
            pairs = [(origin, mentions) for origin in origins or (None,)]
        for origin, reached in pairs:
            yield ClaimStatement(
                origin=origin,
                targets=reached,
                range=stated,
                asserted="can_reach" if can else "cannot_reach",
                condition=self._condition,
                said_by=said_by(self._sentence.text, *at),
                start=self._sentence.start,
                end=self._sentence.end,
                text=self._sentence.text,
            )

    def _same_again(self, number: int) -> list[int]:
        """Return the targets of the predicate before one that says "both" or "them" of them."""
        predicate = self.predicates[number]
        if number > 0 and pointing_word(self._masked, predicate) == ALL:
            return self._targets[number - 1]
        return []

    def _spoken_of(self, predicate: Predicate) -> tuple[PlaceMention, ...]:
        """Return the places named before that "both", "it" or "the city" means."""
        word = pointing_word(self._masked, predicate)
        if word is None:
            return ()
        last = self._discourse.last_claim
        own = spoken_of(self._sentence, predicate.start)
        return meant_by(word, own, self._discourse.spoken_of, () if last is None else last.targets)

    def _ellipses(self) -> Iterator[ClaimStatement]:
        leant_on = self._discourse.last_claim
        if leant_on is None or self._asks:
            return
        origins, targets, stated, can = leant_on
        for said in find_ellipses(self._masked):
            if any(p.start < said.stop and said.start < p.end for p in self.predicates):
                continue
            before = self._mentions([p for p in self._phrases if p.end <= said.start][-1:])
            # "X is not" after a denial would deny a denial, but for another origin.
            turned = not can and bool(before) and said.answer == "not" and said.is_pronoun
            if can == (said.answer == "yes") and said.answer in ("yes", "not") and not turned:
                continue
            places = self._answered(said, targets if before else ())
            own = [o for o in self._sentence.ranges if o < said.start]
            if own:
                stated = self._sentence.ranges[own[-1]]
            else:
                clause = self._masked[max(0, said.start - _CLAUSE_BEFORE) : said.stop]
                of_description = self._discourse.ranges.described_range(
                    clause, self._sentence.start
                )
                stated = of_description or stated
            yield from self._said(
                said.answer == "yes" or turned or (can and said.answer == "so"),
                (said.start, said.end),
                before or origins,
                places or targets,
                stated,
            )

    def _answered(self, said: Ellipsis, last: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
        """Return the places that a short answer names, none where it has but a pronoun.

        "They could hit X, but the capital could not" means another; "from Y the city could not"
        does not: `last` are the targets that it may mean.
        """
        start, end = said.start, said.end
        if self._masked.startswith(("the ", "that "), start):
            own = spoken_of(self._sentence, start) if last else ()
            return meant_by(self._masked[start:end], own, self._discourse.spoken_of, last)
        return tuple(self._sentence.places[o] for o in self._sentence.places_in(start, end))

    @cached_property
    def _targets(self) -> list[list[int]]:
        return [targets_of(self._sentence, self.predicates, i) for i in range(len(self.predicates))]

    def _target_span(self, predicate: Predicate) -> tuple[int, int]:
        if predicate.form == "put" and self._sentence.places_in(predicate.put_at, predicate.start):
            return predicate.put_at, predicate.start
        return predicate.end, targets_end(self._sentence.masked, predicate.end)

    def _clause(self, number: int) -> tuple[int, int]:
        """Return where the clause of a predicate begins and ends."""
        predicate, start = self.predicates[number], 0
        if number > 0:
            before = self.predicates[number - 1]
            start = min(targets_end(self._masked, before.end), predicate.start)
        end = len(self._masked)
        if number + 1 < len(self.predicates):
            end = self.predicates[number + 1].start
        return start, clause_end(self._masked, predicate.end, end)

    def _origins(
        self,
        predicate: Predicate,
        clause: tuple[int, int],
        targets: Sequence[int],
        earlier: tuple[PlaceMention, ...],
    ) -> tuple[tuple[PlaceMention, ...], tuple[PlaceMention, ...]]:
        """Return the origins of a claim, and those that it excepts ("but not from")."""
        begin, finish = clause
        after = [p for p in self._phrases if predicate.end <= p.start < finish]
        denied = [p for p in after if _NOT.search(self._masked, max(0, p.start - 8), p.start)]
        refused = self._mentions(denied)
        after = [p for p in after if p not in denied]
        before = [p for p in self._phrases if begin <= p.start < predicate.end]
        nearest = after[:1] or before[-1:]
        if nearest:
            return self._mentions(nearest), refused
        if predicate.form != "after" and targets and targets[0] < predicate.start:
            link = OF_PLACE.match(self._masked, predicate.end)
            if link is not None:
                found = next_targets(self._sentence, link.end())
                return tuple(self._sentence.places[o] for o in found), refused
        contrast = _CONTRAST.search(self._masked, begin, predicate.start)
        if contrast and NAMED[0] in self._masked[contrast.end() : predicate.start]:
            return (), refused
        beside = [p for p in self._stands if begin <= p.start < finish]
        beside = [p for p in beside if p.launched] or beside
        if beside:
            return self._mentions(beside[-1:]), refused
        standing = [p for p in (*self._phrases, *self._stands) if p.start < predicate.start]
        return earlier or self._mentions(standing[-1:]), refused

    def _mentions(self, phrases: Sequence[SitePhrase]) -> tuple[PlaceMention, ...]:
        return tuple(self._sentence.places[o] for p in phrases for o in p.places)

    def _range(self, predicate: Predicate, clause: tuple[int, int]) -> RangeStatement | None:
        begin, finish = clause
        signs = [m.start() for m in re.finditer(RANGE, self._masked)]
        before = [s for s in signs if begin <= s < predicate.end]
        after = [s for s in signs if predicate.end <= s < finish]
        names = [name for at, name in self._sentence.weapons.items() if begin <= at < finish]
        earlier = [] if names else [s for s in signs if s < begin]
        nearest = before[-1:] or after[:1] or earlier[-1:]
        if nearest:
            return self._discourse.ranges.use(self._sentence.ranges[nearest[0]])
        words = self._masked[begin:finish]
        return self._discourse.ranges.range_for(names, words, self._sentence.start)

    @cached_property
    def _condition(self) -> str | None:
        return condition_of(self._masked, self._sentence.text)


def _is_country(mention: PlaceMention) -> bool:
    return mention.place is not None and mention.place.kind == "country"
