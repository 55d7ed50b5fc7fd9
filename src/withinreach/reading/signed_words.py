"""A sentence as words, with one sign for each place, range and weapon that is known in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from withinreach.reading.masked import NAMED, PLACE, RANGE
from withinreach.reading.phrases import pattern

__all__ = ["SignedWords"]

_SIGN_OF = {PLACE[0]: "<place>", RANGE[0]: "<range>", NAMED[0]: "<weapon>"}
_WORD = pattern(
    rf"{PLACE}|{RANGE}|{NAMED}|[^\W\d_{PLACE[0]}-{NAMED[0]}]+(?:'[a-z]+)?|\d+|[.,;:?!—–()-]"
)
_START, _END = "<start>", "<end>"


class SignedWords:
    """The words of a masked sentence in lower case, and which of them stands at an offset."""

    def __init__(self, masked: str) -> None:
        found = [(m.start(), m[0]) for m in _WORD.finditer(masked)]
        self.words = [_SIGN_OF.get(word[0], word) for _, word in found]
        self._offsets = [offset for offset, _ in found]

    def number(self, offset: int) -> int:
        """Return which word stands at an offset, the one before it where none begins there."""
        return bisect_right(self._offsets, offset) - 1

    def offset(self, number: int) -> int:
        """Return where a word begins in the sentence."""
        return self._offsets[number]

    def __getitem__(self, number: int) -> str:
        """Return a word, or a sign for what lies before the first and after the last."""
        if number < 0:
            return _START
        return self.words[number] if number < len(self.words) else _END

    def between(self, start: int, end: int) -> list[str]:
        """Return the words from one number up to another, as far as the sentence goes."""
        return self.words[max(0, start) : max(0, end)]

    def beside(self, first: int, last: int, before: int, after: int, name: str) -> Iterator[str]:
        """Yield as signs so many words before the first and after the last of some words."""
        for away in range(1, before + 1):
            yield f"{name} -{away} {self[first - away]}"
        for away in range(1, after + 1):
            yield f"{name} +{away} {self[last + away]}"
