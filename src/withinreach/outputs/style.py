"""Colours and symbols that the page, GeoJSON and the notebook card share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = [
    "DIFFERING",
    "OriginStyle",
    "VerdictStyle",
    "origin_style",
    "target_style",
    "verdict_style",
]


class OriginStyle(NamedTuple):
    """The colour of an origin and its rings."""

    colour: str


class VerdictStyle(NamedTuple):
    """A verdict's colour, and a symbol that says the same without colour."""

    colour: str
    symbol: str


# Okabe and Ito (2008): told apart with every common colour blindness; darkened for thin lines.
_ORIGINS = ("#0072b2", "#b8560b", "#00795a", "#8f4a7a", "#7a6a00", "#444c56", "#8a3324")
_VERDICTS = {
    "holds": VerdictStyle("#00795a", "✓"),
    "holds_in_part": VerdictStyle("#8a6100", "◐"),
    "fails": VerdictStyle("#b3261e", "✕"),
    "unclear": VerdictStyle("#5b6470", "?"),
}

# One claim about a target holds and another does not: no single mark would be true.
DIFFERING = VerdictStyle("#2b3440", "≠")


def origin_style(number: int) -> OriginStyle:
    """Return the style of a scenario's origin by its place in the list."""
    return OriginStyle(_ORIGINS[number % len(_ORIGINS)])


def verdict_style(ruling: str | None) -> VerdictStyle:
    """Return the style of a verdict, of a target without one for None."""
    return _VERDICTS.get(ruling or "", VerdictStyle("#2b3440", "●"))


def target_style(rulings: Iterable[str]) -> VerdictStyle:
    """Return the style of a target's pin: that of its verdicts, or `DIFFERING`."""
    distinct = set(rulings)
    return DIFFERING if len(distinct) > 1 else verdict_style(next(iter(distinct), None))
