"""Who is said to reach whom: claims with origin, targets, range and what is asserted.

A claim says what weapons can do. A strike that was reported ("the missile hit Riyadh last week")
is no claim of reach: its place is a target, and nothing more is said of it. Questions, threats
("vowed to strike"), needs ("would need 900 km to reach") and what stands after "whether" assert
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from withinreach.reading.attribution import said_by
from withinreach.reading.discourse import Discourse
from withinreach.reading.masked import NAMED, PLACE, RANGE, MaskedSentence, starting_within
from withinreach.reading.predicates import (
    REACH_GATE,
    Predicate,
    find_predicates,
    next_break,
    targets_end,
)
from withinreach.reading.sentences import lowered, sentences
from withinreach.reading.sites import SITE_GATE, SitePhrase, find_sites
from withinreach.reading.statements import ClaimStatement, PlaceMention, RangeStatement
from withinreach.reading.weapons import ARMED, WEAPON, WEAPON_WORD, weapon_names

__all__ = ["FoundSite", "Told", "find_claims"]


class FoundSite(NamedTuple):
    """A mention that a sentence gives as an origin, and how; offsets are those of the text."""

    mention: PlaceMention
    phrase: SitePhrase
    start: int
    end: int


class Told(NamedTuple):
    """What was read of origins, claims and places that were reported hit, in text order."""

    sites: tuple[FoundSite, ...]
    claims: tuple[ClaimStatement, ...]
    hit: tuple[PlaceMention, ...]


def find_claims(
    text: str, places: Sequence[PlaceMention], ranges: Sequence[RangeStatement]
) -> Told:
    """Read the claims of a text whose places and ranges are known, both in text order.

    A claim whose sentence states no range has the one stated last before it for the same weapon,
    or right after it. Linear in the length of the text.
    """
    low = lowered(text)
    if not WEAPON.search(low):
        return Told((), (), ())
    discourse = Discourse(ranges)
    sites: list[FoundSite] = []
    claims: list[ClaimStatement] = []
    hit: list[PlaceMention] = []
    place_starts = [m.start for m in places]
    range_starts = [r.start for r in ranges]
    weapons = weapon_names(text, {m.name for m in places})
    weapon_starts = [w.start for w in weapons]
    previous_end = 0
    for start, end in sentences(text):
        if "\n\n" in text[previous_end:start]:
            discourse.new_paragraph()
        previous_end = end
        here = starting_within(places, place_starts, start, end)
        stated = starting_within(ranges, range_starts, start, end)
        named = starting_within(weapons, weapon_starts, start, end)
        armed = stated or named or ARMED.search(low, start, end)
        if not here and not armed:
            discourse.next_sentence()
            continue
        sentence = MaskedSentence(text, low, start, end, here, stated, named)
        discourse.see(sentence, armed=bool(armed))
        if here:
            read = _Sentence(sentence, discourse)
            standing = read.sites()
            sites += standing
            hit += read.hit()
            found = list(read.claims())
            claims += found
            if found or standing:
                discourse.go_on_about_weapons()
        discourse.next_sentence()
    return Told(tuple(sites), tuple(claims), tuple(hit))


# A list of places that is the subject of what follows it.
_AND = (
    r"\s*(?:(?:all\s+the\s+way\s+|down\s+|up\s+|right\s+)to\b|,\s*(?:and|or|nor|but\s+also|even|perhaps|possibly|as\s+well\s+as)?|/|\b(?:and|or|nor|as\s+well\s+as)\b)\s*"
    r"(?:(?:the|all|most|much|part|parts|whole|rest|entire|of|cities|city|capital|capitals|port|ports|town|towns|even|both|in|also|perhaps)\s+)*"
)
_SUBJECT = re.compile(
    rf"(?P<list>{PLACE}(?:{_AND}{PLACE})*)(?:'s?\s+(?:[a-z]+\s+){{1,3}})?"
    rf"(?:\s*,[^,;{PLACE[0]}]{{1,80}},)?"
    r"(?P<gap>(?:\s+and\s+(?:thus|so|therefore|hence|now|still)\b|\s+(?!(?:and|or|by|from|with|against|near|to|officials?|says?|said|missiles?|rockets?|launchers?)\b)[a-z'-]+|\s*,\s*(?:too|both|however|though|meanwhile|therefore)\s*,?){0,9})\s*,?\s*$"
)
_OF_PLACE = re.compile(
    rf"\s+of\s+(?:either\s+|both\s+)?(?:(?:the|all|most|much|cities|city|capitals?|targets|ports?|towns?|like|such|as|in|of|parts?|places|bases|even|including|at|least)\s+)*(?={PLACE})"
)
_LISTED = re.compile(
    rf"\s*,?\s*(?:(?:is|are|would|will|be|instead|then|also|include|includes|including|such|as|like|among|them|they|were|now|:|,)\s*)+(?:the\s+)?(?:[a-z]+\s+){{0,3}}(?={PLACE})"
)
_NEW_SUBJECT = re.compile(
    r"\s*(?:'s\s+(?:[a-z-]+\s+){1,4})?\s*(?:has|had|have|is|was|were|are|said|says|would|could|can|will|may|might|did|does|do|responded|denied|insists?|warned|called"
    r"|answered|remains?|lies|on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+[a-z]+ed)\b"
)
_PASSING = re.compile(
    r"\b(?:across|over|through|via|past|along|off|bordering|between|against)\s+(?:the\s+)?$"
)
_BUT_NOT = re.compile(
    rf"[\s,]*(?:(?:but|though|although|and|while|yet)\s+)?(?P<not>not|never)\s+(?:to\s+|yet\s+|as\s+far\s+as\s+|even\s+)*(?=(?:the\s+)?{PLACE})"
)
_RESPECTIVELY = re.compile(r"\brespectively\b")
_OTHER_MOVER = re.compile(
    r"\b(?:aid|help|supplies|trucks?|convoys?|troops|soldiers|refugees|ships?|trains?|buses|floods?|flooding|storms?|typhoons?|hurricanes?|cyclones?"
    r"|sanctions?|tariffs?|talks|negotiators|delegations?|virus|ash|smoke|winds?|tsunami|waves?|rain|strike\s+by|prices|tourists|flights|visitors|rescuers|fever|unrest|protests)\b"
)
_ARMED = re.compile(rf"\b{WEAPON_WORD}\b|{NAMED}")
_REPORT_GATE = re.compile(
    r"\bhit\b|struck|attack|target|shelled|bomb|pound|slammed|crash|landed|explo|\bfell|fir(?:ed|ing)|launch|lobbed|aimed|directed|came\s+under"
)
_REPORTED = re.compile(
    rf"\b(?:hit|struck|attacked|targeted|shelled|bombed|pounded|slammed\s+into|crashed\s+(?:into|in|near)|landed\s+(?:in|on|near)|exploded\s+(?:in|near|over)|fell\s+(?:in|on|near)"
    rf"|(?:fired|launched|lobbed|firing|launching|aimed|directed)\s+(?:(?!(?:from|in|near)\b)[a-z'-]+\s+){{0,7}}?(?:at|on|into|toward|towards|against))\s+"
    rf"(?:(?!(?:from|in\s+the|by)\b)[a-z'-]+\s+){{0,4}}?(?P<list>{PLACE}(?:{_AND}{PLACE})*)"
    rf"|(?P<list2>{PLACE}(?:{_AND}{PLACE})*)\s+(?:was|were|has\s+been|have\s+been|came\s+under)\s+(?:[a-z]+\s+){{0,2}}?(?:hit|struck|attacked|targeted|shelled|bombed|missile|rocket|fire)\b"
)
_DO = r"(?:is|are|was|were|would|could|can|will|does|do|did)"
_ELLIPSIS = re.compile(
    rf"(?P<list>{PLACE}(?:{_AND}{PLACE})*)(?:\s*,[^,;{PLACE[0]}]{{1,50}},)?\s+(?:{_DO}\s+not|{_DO[:-1]}|ca|wo)n't|cannot)"
    r"(?:\s+be)?\s*(?=[.,;]|$)"
    rf"|\b(?:nor|neither)\s+{_DO}\s+(?P<nor>{PLACE}(?:{_AND}{PLACE})*)\s*(?=[.,;]|$)"
)
_LEANS = re.compile(r"\bnot\b|n't\b|\bnor\b|\bneither\b|\bcannot\b")
_CONDITION = re.compile(
    r"\b(?:(?P<if>if|unless|provided\s+that|once|should|were|when)\s+(?P<words>[^,;.:]{3,140}))"
)
_MODAL = re.compile(
    r"\s(?=(?:it|they|these|the\s+missiles?|the\s+rockets?)?\s*(?:would|could|can|will|might|may)\b)"
)
_COMPLEMENT = re.compile(r"\s*(?:of|from|for|by)\b")
_NOT = re.compile(r"\bnot\s*$")
_CONTRAST = re.compile(r"\b(?:whereas|while|but|although|though)\b")


class _Sentence:
    """The grammar of one sentence, read in order: predicates, then sites, then targets."""

    def __init__(self, sentence: MaskedSentence, discourse: Discourse) -> None:
        self.sentence = sentence
        self.discourse = discourse
        masked = sentence.masked
        self.asks = masked.endswith("?")
        about = discourse.about_weapons
        self.predicates = (
            find_predicates(masked) if about and not self.asks and REACH_GATE.search(masked) else []
        )
        spans = [(p.end, targets_end(masked, p.end)) for p in self.predicates if p.form == "after"]
        self.phrases = (
            find_sites(sentence, spans, about_weapons=about, about_sites=discourse.about_sites)
            if SITE_GATE.search(masked)
            else []
        )
        for phrase in self.phrases:
            for offset in phrase.places:
                sentence.blank(offset)
        self.masked = sentence.masked
        self.targets = [self._targets(p) for p in self.predicates]

    def sites(self) -> list[FoundSite]:
        found = [
            FoundSite(self.sentence.places[o], phrase, self.sentence.start, self.sentence.end)
            for phrase in self.phrases
            for o in phrase.places
        ]
        stays = [s.mention for s in found if s.phrase.led_by_from is False or s.phrase.assumed]
        if stays:
            self.discourse.stand_at(stays)
        return found

    def hit(self) -> list[PlaceMention]:
        if not (self.discourse.about_weapons and _REPORT_GATE.search(self.masked)):
            return []
        claimed = {o for targets in self.targets for o in targets}
        return [
            self.sentence.places[o]
            for match in _REPORTED.finditer(self.masked)
            for o in self.sentence.places_in(*match.span("list" if match["list"] else "list2"))
            if o not in claimed
        ]

    def claims(self) -> Iterator[ClaimStatement]:
        earlier: tuple[PlaceMention, ...] | None = None
        for number, predicate in enumerate(self.predicates):
            targets = self.targets[number]
            if not targets or self._not_by_weapons(predicate):
                continue
            begin = self._subject_start(number)
            finish = self._clause_end(number)
            origins, denied = self._origins(predicate, begin, finish, targets, earlier)
            stated = self._range(predicate, begin, finish)
            yield from self._statements(predicate.can, predicate, origins, targets, stated, finish)
            if denied:
                yield from self._statements(
                    not predicate.can, predicate, denied, targets, stated, finish
                )
            excepted = self._excepted(predicate)
            if excepted:
                yield from self._statements(
                    not predicate.can, predicate, origins, excepted, stated, finish
                )
            earlier = origins or None
            if origins:
                self.discourse.stand_at(origins)
            self.discourse.claimed(origins, stated, can=predicate.can)
        yield from self._ellipses()

    def _statements(
        self,
        can: bool,
        predicate: Predicate,
        origins: Sequence[PlaceMention],
        targets: Sequence[int],
        stated: RangeStatement | None,
        finish: int,
    ) -> Iterator[ClaimStatement]:
        mentions = tuple(self.sentence.places[o] for o in targets)
        pairs: list[tuple[PlaceMention | None, tuple[PlaceMention, ...]]]
        if 1 < len(origins) == len(mentions) and _RESPECTIVELY.search(
            self.masked, predicate.start, finish
        ):
            pairs = [(o, (t,)) for o, t in zip_longest(origins, mentions)]
        else:
            pairs = [(o, mentions) for o in origins or (None,)]
        for origin, reached in pairs:
            yield ClaimStatement(
                origin=origin,
                targets=reached,
                range=stated,
                asserted="can_reach" if can else "cannot_reach",
                condition=self._condition(),
                said_by=said_by(self.sentence.text, predicate.start, predicate.end),
                start=self.sentence.start,
                end=self.sentence.end,
                text=self.sentence.text,
            )

    def _ellipses(self) -> Iterator[ClaimStatement]:
        """Read what leans on the claim before it: "Stockholm is not.", "nor is Oslo"."""
        leant_on = self.discourse.last_claim
        if leant_on is None or not _LEANS.search(self.masked) or self.asks:
            return
        origins, stated, can = leant_on
        for match in _ELLIPSIS.finditer(self.masked):
            listed = match.span("list" if match["list"] else "nor")
            if any(p.start < match.end() and listed[0] < p.end for p in self.predicates):
                continue
            if match["list"] and not can:
                continue
            at = Predicate(*listed, False, "after")
            yield from self._statements(
                False, at, origins, self.sentence.places_in(*listed), stated, match.end()
            )

    def _targets(self, predicate: Predicate) -> list[int]:
        """Return the offsets of the places that a predicate is about."""
        if predicate.form == "after":
            return self._after(predicate, predicate.end)
        if predicate.form == "put":
            between = self.sentence.places_in(predicate.put_at, predicate.start)
            return between or self._after(predicate, predicate.end)
        before = self._before(predicate)
        if before:
            return before
        link = _OF_PLACE.match(self.masked, predicate.end) or _LISTED.match(
            self.masked, predicate.end
        )
        if link is None:
            return []
        end = targets_end(self.masked, link.end())
        return self._cut(self.sentence.places_in(link.end(), end))

    def _after(self, predicate: Predicate, start: int) -> list[int]:
        following = [p.start for p in self.predicates if p.start > predicate.start]
        end = min([targets_end(self.masked, start), *following])
        return self._cut(self.sentence.places_in(start, end))

    def _cut(self, offsets: list[int]) -> list[int]:
        """Drop places that are passed on the way or begin a clause of their own."""
        kept = []
        for offset in offsets:
            end = offset + len(self.sentence.places[offset].text)
            if kept and _NEW_SUBJECT.match(self.masked, end):
                break
            if not _PASSING.search(self.masked, max(0, offset - 20), offset):
                kept.append(offset)
        return kept

    def _before(self, predicate: Predicate) -> list[int]:
        begin = max((p.end for p in self.predicates if p.end <= predicate.start), default=0)
        match = _SUBJECT.search(self.masked, max(begin, predicate.start - 250), predicate.start)
        return [] if match is None else self.sentence.places_in(*match.span("list"))

    def _excepted(self, predicate: Predicate) -> list[int]:
        """Return the places after "but not"."""
        if predicate.form != "after":
            return []
        end = targets_end(self.masked, predicate.end)
        for start in (end, *(p.end for p in self.phrases if p.start >= end)):
            match = _BUT_NOT.match(self.masked, start)
            if match is not None:
                return self._cut(
                    self.sentence.places_in(match.end(), targets_end(self.masked, match.end()))
                )
        return []

    def _subject_start(self, number: int) -> int:
        if number == 0:
            return 0
        previous = self.predicates[number - 1]
        return min(targets_end(self.masked, previous.end), self.predicates[number].start)

    def _clause_end(self, number: int) -> int:
        predicate = self.predicates[number]
        if number + 1 == len(self.predicates):
            return len(self.masked)
        following = self.predicates[number + 1]
        return next_break(self.masked, predicate.end, following.start)

    def _not_by_weapons(self, predicate: Predicate) -> bool:
        """Return whether something else moves there: a convoy, a storm, help."""
        begin = max(0, predicate.start - 90)
        subject = re.split(r"[,;:—]", self.masked[begin : predicate.start])[-1]
        movers = list(_OTHER_MOVER.finditer(subject))
        return bool(movers) and not _ARMED.search(subject, movers[-1].end())

    def _origins(
        self,
        predicate: Predicate,
        begin: int,
        finish: int,
        targets: list[int],
        earlier: tuple[PlaceMention, ...] | None,
    ) -> tuple[tuple[PlaceMention, ...], tuple[PlaceMention, ...]]:
        """Return the origins of a claim, and those for which its words deny it ("but not from")."""
        after = [p for p in self.phrases if predicate.end <= p.start < finish]
        denied = [p for p in after if _NOT.search(self.masked, max(0, p.start - 8), p.start)]
        after = [p for p in after if p not in denied]
        before = [p for p in self.phrases if begin <= p.start < predicate.start]
        refused = self._mentions(denied)
        if after:
            return self._mentions(after[:1]), refused
        if before:
            return self._mentions(before[-1:]), refused
        if predicate.form == "before" and targets:
            link = _OF_PLACE.match(self.masked, predicate.end)
            if link is not None and min(targets) < predicate.start:
                found = self.sentence.places_in(link.end(), targets_end(self.masked, link.end()))
                return tuple(self.sentence.places[o] for o in found), refused
        contrast = _CONTRAST.search(self.masked, begin, predicate.start)
        if contrast and re.search(NAMED, self.masked[contrast.end() : predicate.start]):
            return (), refused
        if earlier is not None:
            return earlier, refused
        standing = [p for p in self.phrases if p.start < predicate.start]
        if standing:
            return self._mentions(standing[-1:]), refused
        clause = self.masked[begin : predicate.end + 40]
        return self.discourse.origins(clause, bare=self._is_bare(predicate)), refused

    def _is_bare(self, predicate: Predicate) -> bool:
        """Return whether a state is told without saying of what: "Visby is in range."."""
        return predicate.form != "after" and not _COMPLEMENT.match(self.masked, predicate.end)

    def _mentions(self, phrases: Sequence[SitePhrase]) -> tuple[PlaceMention, ...]:
        return tuple(self.sentence.places[o] for p in phrases for o in p.places)

    def _range(self, predicate: Predicate, begin: int, finish: int) -> RangeStatement | None:
        signs = [m.start() for m in re.finditer(RANGE, self.masked)]
        before = [s for s in signs if begin <= s < predicate.end]
        after = [s for s in signs if predicate.end <= s < finish]
        earlier = [s for s in signs if s < begin]
        clause = self.masked[begin:finish]
        names = [name for at, name in self.sentence.weapons.items() if begin <= at < finish]
        for sign in (before[-1:], after[:1]):
            if sign:
                return self.discourse.use(self.sentence.ranges[sign[0]])
        if not names and earlier:
            return self.discourse.use(self.sentence.ranges[earlier[-1]])
        return self.discourse.range_for(names, clause, self.sentence.start)

    def _condition(self) -> str | None:
        match = _CONDITION.search(self.masked)
        if match is None or match["if"] in {"were", "when", "should"} and match.start() > 0:
            return None
        end = match.end()
        modal = _MODAL.search(self.masked, match.start("words"), end)
        if modal is not None:
            end = modal.start()
        return " ".join(self.sentence.text[match.start() : end].split()) or None
