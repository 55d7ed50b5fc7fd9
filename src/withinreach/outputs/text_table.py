"""Aligned tables of plain text, as wide as the reader's terminal."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Sequence
from typing import Any

from withinreach.wording import printable

__all__ = ["text_table"]

_GAP = "  "
# A wrapped column keeps so many characters, however narrow the terminal is.
_NARROWEST = 12


def text_table(headers: Sequence[str], rows: Sequence[Sequence[Any]], *, wide: int = 1) -> str:
    """Return an aligned text table that fits the terminal; column `wide` gives way and wraps.

    >>> print(text_table(("place", "km"), [("Riyadh", 757), ("Amman", None)]), end="")
    place   km
    ------  ---
    Riyadh  757
    Amman   -
    """
    lines = [
        [["-" if cell is None else printable(str(cell))] for cell in row]
        for row in [headers, *rows]
    ]
    widths = [max(_columns(cell[0]) for cell in column) for column in zip(*lines, strict=True)]
    over = sum(widths) + len(_GAP) * (len(headers) - 1)
    over -= shutil.get_terminal_size((80, 24)).columns
    if over > 0:
        widths[wide] = max(_NARROWEST, widths[wide] - over)
        for line in lines:
            line[wide] = _wrapped(line[wide][0], widths[wide])
    lines.insert(1, [["-" * width] for width in widths])
    return "".join(_row(line, widths) for line in lines)


def _row(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    text = ""
    for i in range(max(map(len, cells))):
        parts = (
            _padded(cell[i] if i < len(cell) else "", w)
            for cell, w in zip(cells, widths, strict=True)
        )
        text += _GAP.join(parts).rstrip() + "\n"
    return text


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _wrapped(text: str, width: int) -> list[str]:
    if _columns(text) <= width:
        return [text]
    # East Asian letters take two columns, so that half as many fit.
    fit = width * len(text) // _columns(text)
    return textwrap.wrap(text, max(1, fit)) or [""]


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
