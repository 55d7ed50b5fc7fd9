"""How weapons are told apart without a name: "the early version", "a 370mm rocket", "the gun"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["Described", "described", "same_weapon"]

# What a description stands before: weapons, and what a text calls one once it is known.
_NOUN = (
    rf"(?:{WEAPON_WORD}|"
    + any_of(
        "versions? variants? models? types? ones? rounds? systems? class famil(?:y|ies)",
        "calib(?:re|er)s?",
        "generation jets? fighters? aircraft planes? tubes? weapons?",
    )
    + ")"
)
_NOUNS = pattern(rf"\b{_NOUN}\b")
_WORDS = pattern(r"(?:[\w-]+\s+){1,3}$")
_LONGEST = 45
# Words that point, count or assess and so describe no weapon. General English.
_EMPTY = frozenset(
    """the a an this that these those its their his her our your my some any all no each every such
    same and or of for with by from to in on at as is are was were be been has have had can could
    would will may might not only own other another more most few many several two three four
    five""".split()
)


class Described(NamedTuple):
    """The words that describe the weapons of some text, and the nouns that they stand before."""

    words: frozenset[str]
    nouns: frozenset[str]


def described(masked: str) -> Described:
    """Return how the weapons of some masked words are described.

    >>> sorted(described("the rocket-assisted shell").words)
    ['assisted', 'rocket']
    """
    words: set[str] = set()
    nouns: set[str] = set()
    for noun in _NOUNS.finditer(masked):
        nouns.add(noun[0].removesuffix("s"))
        before = _WORDS.search(masked, max(0, noun.start() - _LONGEST), noun.start())
        if before is not None:
            words.update(before[0].replace("-", " ").split())
    return Described(frozenset(words - _EMPTY - {""}), frozenset(nouns))


def same_weapon(claimed: Described, ranges: Iterable[Described]) -> int | None:
    """Return the number of the range whose weapon a claim describes, None where it describes none.

    Only words that one of the ranges has and no other tell them apart; the last of two that fit
    equally well is the one.
    """
    listed = list(ranges)
    best, number = 0, None
    for i, one in enumerate(listed):
        others = [other for j, other in enumerate(listed) if j != i]
        own = claimed.words & one.words
        own = frozenset(word for word in own if not any(word in other.words for other in others))
        if own and len(own) >= best:
            best, number = len(own), i
    return number
