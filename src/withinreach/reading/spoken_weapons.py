"""Which weapon a text speaks of at a word: "the drones", "the Qadr", "they" of the last named.

An article that tells of rockets in one town and drones in another says later what "the drones"
reach: place and range are those of the weapon that is meant.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from withinreach.reading.signed_words import SignedWords
from withinreach.reading.spoken import Spoken, SpokenSentence

__all__ = ["SpokenWeapon", "SpokenWeapons", "relation"]

_KIND = {
    word: kind
    for kind, words in {
        "missile": "missile missiles",
        "rocket": "rocket rockets",
        "artillery": "artillery howitzer howitzers gun guns shell shells mortar mortars cannon"
        " cannons",
        "drone": "drone drones uav uavs quadcopter quadcopters aircraft planes",
    }.items()
    for word in words.split()
}
_SORTS = frozenset(("cruise", "ballistic"))
# A kind so many words after a name belongs to it: "Fath missiles", "Bora ballistic missile".
_BESIDE_NAME = 3
# Farther from a place, a weapon stands elsewhere.
_BESIDE_PLACE = 14
# So many sentences back, another weapon is spoken of; of one that names many, the last few count.
_CARRIED, _FEW = 4, 8


class SpokenWeapon(NamedTuple):
    """A weapon that a sentence names: the number of its word, its kind and its name, if told."""

    at: int
    kind: str | None
    name: str | None


class SpokenWeapons:
    """The weapons of a text: what each place, range and claim stands beside or speaks of."""

    def __init__(self, sentences: Sequence[SpokenSentence], places: Sequence[Spoken]) -> None:
        self._of: dict[int, list[SpokenWeapon]] = {}
        kinds: dict[str, str] = {}
        for sentence in sentences:
            found = list(_named(sentence))
            for weapon in found:
                if weapon.name is not None and weapon.kind is not None:
                    kinds.setdefault(weapon.name, weapon.kind)
            self._of[sentence.read.number] = found
        for number, found in self._of.items():
            self._of[number] = [
                w if w.kind is not None or w.name is None else w._replace(kind=kinds.get(w.name))
                for w in found
            ]
        self._at_place: dict[str, set[SpokenWeapon]] = defaultdict(set)
        for place in places:
            for beside in self.beside(place.sentence, place.at):
                if beside is not None and abs(beside.at - place.at) <= _BESIDE_PLACE:
                    self._at_place[place.name].add(beside._replace(at=0))

    def beside(
        self, sentence: SpokenSentence, at: int
    ) -> tuple[SpokenWeapon | None, SpokenWeapon | None]:
        """Return the weapons that a sentence names nearest before and after a word."""
        here = self._of[sentence.read.number]
        first, after = bisect_left(here, at, key=_at), bisect_right(here, at, key=_at)
        before = here[first - 1] if first else None
        return before, here[after] if after < len(here) else None

    def meant(self, sentence: SpokenSentence, at: int) -> tuple[SpokenWeapon | None, str]:
        """Return the weapon that is spoken of at a word, and where it was named."""
        before, after = self.beside(sentence, at)
        if before is not None:
            return before, "here"
        for back in range(1, _CARRIED):
            earlier = self._of.get(sentence.read.number - back)
            if earlier:
                last = earlier[-1]
                several = any(relation(last, w).startswith("other") for w in earlier[-_FEW:])
                where = "just before" if back == 1 else "before"
                return last, f"{where}, one of several" if several else where
        return after, "behind"

    def at_place(self, name: str | None) -> Set[SpokenWeapon]:
        """Return the weapons beside any mention of a place; their `at` is 0."""
        return self._at_place.get(name or "", frozenset())


def relation(meant: SpokenWeapon | None, other: SpokenWeapon | None) -> str:
    """Return what one weapon is to another: the same name, the same kind, another, untold."""
    if meant is None or other is None:
        return "untold"
    if meant.name is not None and other.name is not None:
        # "The Ababil" is the Ababil-9.
        shorter, longer = sorted((meant.name, other.name), key=len)
        same = longer.startswith(shorter) and not longer[len(shorter) :][:1].isalnum()
        return "same name" if same else "other name"
    if meant.kind is None or other.kind is None:
        return "untold"
    one, two = meant.kind.split(), other.kind.split()
    if one[-1] != two[-1] or (len(one) == len(two) == 2 and one != two):
        return "other kind"
    return "same kind"


def _named(sentence: SpokenSentence) -> Iterator[SpokenWeapon]:
    words = sentence.words
    names = {
        words.number(offset): name.lower() for offset, name in sentence.read.masked.weapons.items()
    }
    taken = -1
    for at, word in enumerate(words.words):
        if at in names:
            kind = next(
                (n for n in range(at + 1, at + 1 + _BESIDE_NAME) if words[n] in _KIND), None
            )
            if kind is not None:
                taken = kind
            yield SpokenWeapon(at, None if kind is None else _kind(words, kind), names[at])
        elif word in _KIND and at > taken:
            yield SpokenWeapon(at, _kind(words, at), None)


def _at(weapon: SpokenWeapon) -> int:
    return weapon.at


def _kind(words: SignedWords, at: int) -> str:
    kind = _KIND[words[at]]
    return f"{words[at - 1]} {kind}" if words[at - 1] in _SORTS else kind
