"""What earlier sentences have told: where the weapons stand, and which range is spoken of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from withinreach.reading.descriptions import Described, described, same_weapon
from withinreach.reading.masked import NAMED, MaskedSentence, contains
from withinreach.reading.owners import Owner
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.statements import PlaceMention, RangeStatement

__all__ = ["Discourse", "LastClaim"]

# For so many sentences "there" and "they" may lead back to a place.
_MEMORY = 2
# And for so many a text goes on about weapons without a word for one.
_ARMED_MEMORY = 8
# "From the new base" leads further back.
_SITE_MEMORY = 8
_MOST_SITES = 6
# What "they" are was told in this sentence or the one before.
_TOPIC_MEMORY = 2
# "The smaller one" is one of the last ranges.
_POINTED_AT = 3
_FROM_THE_SITE = pattern(
    r"\bfrom\s+(?:there|here|(?:the|these|this|that|its|their|either)\s+(?:[a-z-]+\s+){0,2}"
    r"(?P<kind>bases?|sites?|facilit(?:y|ies)|positions?|airfield|airport|airstrip|strip|garrison|barracks"
    r"|locations?|places?|area|region|spot|stretch|coast|factory|hills|heights|ridge|square|port|harbour"
    r"|town|village|province|governorate|state|city|island|peninsula|reef|atoll|mainland))\b"
)
_SITES = pattern(
    r"\b"
    + any_of(
        "factor(?:y|ies) plants? depots? warehouses? silos? bases? sites? facilit(?:y|ies)",
        "workshops?",
        "launchers? batter(?:y|ies) regiments? brigades? battalions? units?",
    )
    + r"\b"
)
_LEADS_BACK = pattern(
    r"\b(?:"
    + any_of(
        "from_there from_here that_is this_is which they it these those them its their both all",
        "also such",
    )
    + r"|the\s+(?:[a-z-]+\s+){0,3}"
    + any_of(
        "missiles? rockets? weapons? systems? drones? launchers? guns? batter(?:y|ies)",
        "artillery site",
        "base factory plant range",
    )
    + rf"|the\s+{NAMED})(?=[\s,.;']|$)"
)
# "The former can reach X", "the first of these", "the shorter one"; not "the former base".
_POINTS = pattern(
    r"\bthe\s+(?:(?P<former>former|first(?=\s+of))|(?P<latter>latter|last(?=\s+of)))\b"
    r"(?=\s+of\s+(?:these|them|those|the\s+(?:two|three))\b"
    r"|(?:\s*,[^,;]{1,60},)?\s+(?:can|could|cannot|would|may|might|will|is|has|puts?|brings?)\b)"
    r"|\bthe\s+(?:(?P<shorter>shorter|smaller|lighter)|(?P<longer>longer|larger|bigger|heavier))"
    r"(?:[\s-]range)?\s+(?:one|version|variant|missile|rocket|model|type|system|weapon|drone|round|shell|class)\b"
)
_OF_NO_PLACE = pattern(
    r"\b(?:none|neither|any|no|every|each)\b(?!\s+of\s+(?:them|these|those))"
    r"(?<!neither(?=\s+(?:can|could|would|will|do|does|is|are)\b))"
)
# Kinds of weapons that do not share a range: what a shell reaches says nothing of a missile.
_KINDS = {
    "missile": r"missiles?|rockets?(?:\s+artillery)?|ballistic|projectiles?|warheads?|icbms?|irbms?",
    "artillery": r"(?<!rocket\s)artillery|howitzers?|guns?|shells?|mortars?|cannons?",
    "drone": r"drones?|uavs?",
    "aircraft": r"bombers?|warplanes?|fighters?|jets?",
}
_KIND = pattern("|".join(rf"\b(?P<{k}>{words})\b" for k, words in _KINDS.items()))


_KIND_OF_PLACE = {
    **dict.fromkeys(("province", "region", "governorate", "state", "area", "peninsula"), "region"),
    **dict.fromkeys(("town", "village", "city"), "town"),
}


_CLAUSE = pattern(r"[;:]")
_PART = pattern(r"[,;:.]|\b(?:and|but|while)\b")


class LastClaim(NamedTuple):
    """What the claim made last was about."""

    origins: tuple[PlaceMention, ...]
    targets: tuple[PlaceMention, ...]
    stated: RangeStatement | None
    can: bool


class Discourse:
    """The memory of a reader who goes through a text sentence by sentence."""

    def __init__(self, ranges: Sequence[RangeStatement]) -> None:
        self._ranges = ranges
        self._starts = [r.start for r in ranges]
        self._of_weapon = {_folded(r.missile): r for r in reversed(ranges) if r.missile}
        self._kind_of: dict[int, str | None] = {}
        self._described: dict[int, Described] = {}
        self._masked: list[str] = []
        self._sentence_of: dict[int, int] = {}
        self._standing: tuple[PlaceMention, ...] = ()
        self._sites: list[tuple[PlaceMention, ...]] = []
        self._site_age = 0
        self._names: set[str] = set()
        self._age = 0
        self._paragraph_age = 0
        self._armed_age = self._sites_age = _ARMED_MEMORY + 1
        self._used: RangeStatement | None = None
        # Offsets of the sentences that used a range, and that named a weapon, last.
        self._used_at = self._named_at = -1
        self._named = ""
        self._now = 0
        self._last: LastClaim | None = None
        self._last_age = 0
        self._owner = Owner()

    def new_paragraph(self) -> None:
        self._paragraph_age += 1
        self._owner.new_paragraph()

    def next_sentence(self) -> None:
        self._age += 1
        self._last_age += 1
        self._site_age += 1
        self._armed_age += 1
        self._sites_age += 1

    def see(self, sentence: MaskedSentence, *, armed: bool) -> None:
        """Take note of a sentence before it is read."""
        if armed or sentence.weapons:
            self._armed_age = 0
        self._owner.see(sentence)
        self._now = sentence.start
        if sentence.weapons:
            self._named_at, self._named = sentence.start, list(sentence.weapons.values())[-1]
        new_names = set(sentence.weapons.values()) - self._names
        if new_names and self._names and self._paragraph_age:
            # A new paragraph about another weapon is about another place.
            self._standing = ()
        self._names |= new_names
        if _SITES.search(sentence.masked):
            self._sites_age = 0
        self._masked.append(sentence.masked)
        del self._masked[:-_TOPIC_MEMORY]
        begin = 0
        for offset, stated in sentence.ranges.items():
            told = _CLAUSE.split(sentence.masked[begin:offset])[-1]
            begin = offset + stated.end - stated.start
            behind = _PART.split(sentence.masked[begin : begin + 40])[0]
            self._described[stated.start] = described(f"{told} {behind}")
            self._sentence_of[stated.start] = sentence.start
            self._kind_of[stated.start] = _kind(sentence.masked[:offset]) or _kind(
                sentence.masked[offset:]
            )

    def go_on_about_weapons(self) -> None:
        """Take the sentence as one about weapons though it names none."""
        self._armed_age = 0

    @property
    def about_weapons(self) -> bool:
        return self._armed_age <= _ARMED_MEMORY

    @property
    def about_sites(self) -> bool:
        return self._sites_age <= 1 and self._armed_age <= _MEMORY

    def stand_at(self, places: Sequence[PlaceMention], *, sure: bool = True) -> None:
        """Remember where the weapons that are spoken of stand."""
        if not sure and self._standing and all(_holds_one_of(place, self._standing) for place in places):
            # "The brigade is at Luga. Russia's missiles ...": still at Luga.
            self._age = self._paragraph_age = self._site_age = 0
            return
        self._standing, self._age, self._paragraph_age = tuple(places), 0, 0
        self._sites = [self._standing, *self._sites[:_MOST_SITES]]
        self._site_age = 0

    def claim(self, last: LastClaim) -> None:
        """Remember a claim, for the words that lean on it."""
        self._last, self._last_age = last, 0

    @property
    def last_claim(self) -> LastClaim | None:
        """The claim just made, None when it is too long ago."""
        return self._last if self._last_age <= 1 else None

    def origins(self, clause: str, *, bare: bool) -> tuple[PlaceMention, ...]:
        """Return the places that the words of a clause lead back to, none when they do not.

        `bare` tells that the clause says "in range" and not of what.
        """
        back = _FROM_THE_SITE.search(clause)
        if back is not None and self._site_age <= _SITE_MEMORY:
            return _of_kind(back["kind"], self._sites)
        if self._age > 8 or self._paragraph_age > 3:
            return ()
        if _OF_NO_PLACE.search(clause):
            return ()
        # Whose weapons they are was told after where the last ones stood.
        newer = self._owner.country(since=self._age - 1)
        return self._standing if newer is None else (newer,)

    @property
    def owner(self) -> tuple[PlaceMention, ...]:
        """Return the country whose weapons are spoken of, none when no country's are."""
        country = self._owner.country()
        return () if country is None else (country,)

    def use(self, stated: RangeStatement) -> RangeStatement:
        """Remember a range as the one that is spoken of."""
        self._used, self._used_at = stated, self._now
        return stated

    def described_range(self, clause: str, before: int) -> RangeStatement | None:
        """Return the range of the weapon that a clause describes, None where it describes none."""
        known = self._known(before)
        told = [self._described[r.start] for r in known if r.start in self._described]
        if len(told) < 2:
            return None
        claimed = described(clause)
        number = same_weapon(claimed, told)
        if number is None and not claimed.nouns:
            # "The fighters are another story. From X they can reach Y."
            topics = (topic for words in reversed(self._masked) if (topic := described(words)).nouns)
            number = same_weapon(next(topics, claimed), told)
        return None if number is None else self.use(known[number])

    def _known(self, before: int) -> Sequence[RangeStatement]:
        """Return the ranges stated before an offset; further back they belong to another story."""
        count = bisect_left(self._starts, before)
        return self._ranges[max(0, count - 8) : count]

    def range_for(self, names: Sequence[str], clause: str, before: int) -> RangeStatement | None:
        """Return the range of the weapons named in a clause or spoken of last."""
        known = self._known(before)
        kind = _kind(clause)
        pointed = _pointed_at(clause, self._together(known), known[-_POINTED_AT:])
        if pointed is not None:
            return self.use(pointed)
        for name in reversed(names):
            of_name = self._of_weapon.get(_folded(name))
            if of_name is not None:
                return self.use(of_name)
        of_description = self.described_range(clause, before)
        if of_description is not None:
            return of_description
        of_topic = None if names else self._of_topic(known)
        if of_topic is not None:
            return self.use(of_topic)
        if names and known and not _kind_fits(kind, self._kind_of.get(known[-1].start)):
            return None
        if (
            self._used is not None
            and not names
            and self._later(known)
            and self._fits(self._used, kind)
        ):
            return self._used
        fitting = [r for r in known if self._fits(r, kind) and not (names and r.missile)]
        if fitting:
            # Of several in the last sentence that states any, the longest: a claim rests on it.
            return self.use(max(self._together(fitting), key=_longest_km))
        count = bisect_left(self._starts, before)
        following = self._ranges[count : count + 1]
        if following and not known and following[0].start - before < 600:
            return self.use(following[0])
        return None

    def _of_topic(self, known: Sequence[RangeStatement]) -> RangeStatement | None:
        """Return the range of the weapon just spoken of: "The X is old. It could reach ..."."""
        if not self._used_at < self._named_at < self._now:
            return None
        if known and known[-1].start > self._named_at:
            return None
        return self._of_weapon.get(_folded(self._named))

    def _together(self, known: Sequence[RangeStatement]) -> list[RangeStatement]:
        """Return the ranges of the last sentence that states any."""
        last = self._sentence_of.get(known[-1].start) if known else None
        return [r for r in known if self._sentence_of.get(r.start) == last]

    def _later(self, known: Sequence[RangeStatement]) -> bool:
        """Return whether no range was stated since the one in use was stated or used."""
        return self._used is not None and (
            not known or known[-1].start <= max(self._used.start, self._used_at)
        )

    def _fits(self, stated: RangeStatement, kind: str | None) -> bool:
        return _kind_fits(kind, self._kind_of.get(stated.start))


def _pointed_at(
    clause: str, together: Sequence[RangeStatement], recent: Sequence[RangeStatement]
) -> RangeStatement | None:
    """Return which of several ranges "the former" or "the longer one" means, None for none."""
    pointed = _POINTS.search(clause)
    if pointed is None:
        return None
    several = together if len(together) > 1 else recent
    if len(several) < 2:
        return None
    if pointed["shorter"]:
        return min(several, key=_longest_km)
    if pointed["longer"]:
        return max(several, key=_longest_km)
    if len(together) < 2:
        return None
    return together[0] if pointed["former"] else together[-1]


def _of_kind(
    noun: str | None, sites: Sequence[tuple[PlaceMention, ...]]
) -> tuple[PlaceMention, ...]:
    """Return the last places that "that province" or "that town" can mean, else the last ones."""
    kind = _KIND_OF_PLACE.get(noun or "")
    fitting = (s for s in sites if kind and all(m.place and m.place.kind == kind for m in s))
    return next(fitting, sites[0] if sites else ())


def _holds_one_of(country: PlaceMention, places: Sequence[PlaceMention]) -> bool:
    is_country = country.place is not None and country.place.kind == "country"
    return is_country and any(contains(country, place) for place in places)


def _longest_km(stated: RangeStatement) -> float:
    return max(km for km in (stated.min_km, stated.max_km) if km is not None)


def _kind(words: str) -> str | None:
    found = [m.lastgroup for m in _KIND.finditer(words)]
    return found[-1] if found else None


def _kind_fits(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _folded(name: str) -> str:
    return re.sub(r"[\s'’‑-]", "", name.lower()).removesuffix("s")
