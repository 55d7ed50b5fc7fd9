"""Which range a claim rests on: the one stated beside it, or one stated before and meant again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from withinreach.reading.descriptions import Described, described, same_weapon
from withinreach.reading.masked import MaskedSentence
from withinreach.reading.phrases import pattern
from withinreach.reading.statements import RangeStatement

__all__ = ["RangeMemory"]

# What "they" are was told in this sentence or the one before.
_TOPIC_MEMORY = 2
# "The smaller one" is one of the last ranges.
_POINTED_AT = 3
# Further back than this, a range belongs to another story.
_MOST_KNOWN = 8
_SHORTEST_NAME = 4
# A range that follows the claim still belongs to it so many characters on.
_SOON = 600
# "The former can reach X", "the first of these", "the shorter one"; not "the former base".
_POINTS = pattern(
    r"\bthe\s+(?:(?P<former>former|first(?=\s+of))|(?P<latter>latter|last(?=\s+of)))\b"
    r"(?=\s+of\s+(?:these|them|those|the\s+(?:two|three))\b"
    r"|(?:\s*,[^,;]{1,60},)?\s+(?:can|could|cannot|would|may|might|will|is|has|puts?|brings?)\b)"
    r"|\bthe\s+(?:(?P<shorter>shorter|smaller|lighter|short|small|little)|(?P<longer>longer|larger|bigger"
    r"|heavier|long|big|large))"
    r"(?:[\s-]range)?\s+(?:one|version|variant|missile|rocket|model|type|system|weapon|drone"
    r"|round|shell)s?\b"
)
# Kinds of weapons that do not share a range: what a shell reaches says nothing of a missile.
_KINDS = {
    "missile": (
        r"missiles?|rockets?(?:\s+artillery)?|ballistic|projectiles?|warheads?|icbms?|irbms?"
    ),
    "artillery": r"(?<!rocket\s)artillery|howitzers?|guns?|shells?|mortars?|cannons?",
    "drone": r"drones?|uavs?",
    "aircraft": r"bombers?|warplanes?|fighters?|jets?",
}
_KIND = pattern("|".join(rf"\b(?P<{k}>{words})\b" for k, words in _KINDS.items()))
_CLAUSE = pattern(r"[;:]")
_PART = pattern(r"[,;:.]|\b(?:and|but|while)\b")


class RangeMemory:
    """The ranges of a text as a reader remembers them, sentence by sentence."""

    def __init__(self, ranges: Sequence[RangeStatement]) -> None:
        self._ranges = ranges
        self._starts = [r.start for r in ranges]
        self._of_weapon = {_folded(r.missile): r for r in reversed(ranges) if r.missile}
        self._kind_of: dict[int, str | None] = {}
        self._described: dict[int, Described] = {}
        self._sentence_of: dict[int, int] = {}
        self._masked: list[str] = []
        self._used: RangeStatement | None = None
        # Offsets of the sentences that used a range, and that named a weapon, last.
        self._used_at = self._named_at = -1
        self._named = ""
        self._now = 0

    def see(self, sentence: MaskedSentence) -> None:
        """Take note of a sentence before it is read."""
        self._now = sentence.start
        if sentence.weapons:
            self._named_at, self._named = sentence.start, list(sentence.weapons.values())[-1]
        self._masked.append("" if sentence.ranges else sentence.masked)
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
            topics = (
                topic for words in reversed(self._masked) if (topic := described(words)).nouns
            )
            number = same_weapon(next(topics, claimed), told)
        return None if number is None else self.use(known[number])

    def _known(self, before: int) -> Sequence[RangeStatement]:
        count = bisect_left(self._starts, before)
        return self._ranges[max(0, count - _MOST_KNOWN) : count]

    def range_for(self, names: Sequence[str], clause: str, before: int) -> RangeStatement | None:
        """Return the range of the weapons named in a clause or spoken of last."""
        known = self._known(before)
        kind = _kind(clause)
        pointed = _pointed_at(clause, self._together(known), known[-_POINTED_AT:])
        if pointed is not None:
            return self.use(pointed)
        for name in reversed(names):
            of_name = self._of_name(name)
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
        if following and not known and following[0].start - before < _SOON:
            return self.use(following[0])
        return None

    def _of_topic(self, known: Sequence[RangeStatement]) -> RangeStatement | None:
        """Return the range of the weapon just spoken of: "The X is old. It could reach ..."."""
        if not self._used_at < self._named_at < self._now:
            return None
        if known and known[-1].start > self._named_at:
            return None
        return self._of_name(self._named)

    def _of_name(self, name: str) -> RangeStatement | None:
        """Return the range of a named weapon: of the model too, where only its family is said."""
        folded = _folded(name)
        found = self._of_weapon.get(folded)
        if found is not None or len(folded) < _SHORTEST_NAME:
            return found
        longer = [stated for other, stated in self._of_weapon.items() if other.startswith(folded)]
        return longer[0] if len(longer) == 1 else None

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


def _longest_km(stated: RangeStatement) -> float:
    return max(km for km in (stated.min_km, stated.max_km) if km is not None)


def _kind(words: str) -> str | None:
    found = [m.lastgroup for m in _KIND.finditer(words)]
    return found[-1] if found else None


def _kind_fits(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _folded(name: str) -> str:
    return re.sub(r"[\s'’‑-]", "", name.lower()).removesuffix("s")
