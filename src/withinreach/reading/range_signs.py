"""The signs by which a length is told to be a weapon's range, for the weights of `evidence`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from withinreach.reading.masked import NAMED, RANGE
from withinreach.reading.quantities import Length
from withinreach.reading.range_grammar import LengthTold
from withinreach.reading.signed_words import SignedWords
from withinreach.reading.weapons import WeaponName

__all__ = ["range_signs", "signed_lengths"]

# Words so near to a length, before and after it, say most about it.
_BEFORE, _AFTER = 10, 7


def signed_lengths(
    low: str, start: int, end: int, here: Sequence[Length], weapons: Sequence[WeaponName]
) -> SignedWords:
    """Return the words of a sentence with signs for its lengths and weapons."""
    signs = list(low[start:end].replace("’", "'"))
    for weapon in weapons:
        for i in range(weapon.start - start, min(weapon.end, end) - start):
            signs[i] = NAMED[0]
    for length in here:
        for i in range(length.start - start, min(length.end, end) - start):
            signs[i] = RANGE[0]
    return SignedWords("".join(signs))


def range_signs(
    words: SignedWords, at: int, length: Length, told: LengthTold, *, bare: bool
) -> Iterator[str]:
    """Yield the signs of the length that begins at an offset.

    `told` is what the grammar says, `bare` a figure without a unit.
    """
    i = words.number(at)
    yield f"grammar {told}"
    if bare:
        yield "bare"
        yield f"bare after {words[i - 1]}"
        yield f"bare before {words[i + 1]}"
    yield from words.beside(i, i, 5, 4, "word")
    yield f"two before {words[i - 2]} {words[i - 1]}"
    yield f"two after {words[i + 1]} {words[i + 2]}"
    for word in set(words.between(i - _BEFORE, i)):
        yield f"before {word}"
    for word in set(words.between(i + 1, i + 1 + _AFTER)):
        yield f"after {word}"
    for word in set(words.words):
        yield f"beside {word}"
    yield f"bound {length.bound}"
    yield f"interval {length.low_km is not None}"
    yield f"digits {int(math.log10(max(length.high_km, 1)))}"
    yield f"lengths {min(3, words.words.count('<range>'))}"
