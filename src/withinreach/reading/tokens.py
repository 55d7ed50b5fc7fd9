"""A text as tokens with their offsets, in pieces, so that memory does not grow with the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from withinreach.reading.phrases import pattern

__all__ = ["Piece", "pieces"]

# Enough for any context; a text of one line is cut at the next white space.
_PIECE = 20_000
_END = pattern(r"\n|(?<=\s)")
_TOKEN = pattern(
    r"(?:[^\W\d_]\.){2,}"  # U.S., D.P.R.K.
    r"|[’'][sS]\b"  # a possessive is a word of its own
    r"|\w+(?:(?![’'][sS]\b)['’ʿʾʻ‘`]\w+)*"  # Sana'a, O'Hara
    r"|[^\S\n]+|\n|."
)


class Piece(NamedTuple):
    """Some lines of a text: tokens, white space among them, and where each starts in the text."""

    tokens: list[str]
    starts: list[int]


def pieces(text: str) -> Iterator[Piece]:
    """Yield a text in pieces whose tokens, joined, are the text.

    >>> next(pieces("Aden's U.S. envoy")).tokens
    ['Aden', "'s", ' ', 'U.S.', ' ', 'envoy']
    """
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > _PIECE:
            cut = _END.search(text, start + _PIECE, start + 2 * _PIECE)
            end = cut.end() if cut else min(start + 2 * _PIECE, end)
        tokens = _TOKEN.findall(text[start:end])
        yield Piece(tokens, list(accumulate(map(len, tokens), initial=start)))
        start = end
