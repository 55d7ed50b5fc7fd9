"""Words that stand for the targets named before: "it", "both", "all of them", "there"."""

from __future__ import annotations

from withinreach.reading.phrases import pattern
from withinreach.reading.predicates import Predicate

__all__ = ["all_of_them", "leads_back"]

_BOTH = pattern(r"\s*(?:of\s+)?(?:both|them|either|all\s+(?:three|of\s+them))\b")
_IT_IS = pattern(
    r"\b(?:it|that|this|the\s+(?:city|capital|town|port|island))\s+(?:[a-z]+\s+){1,4}$"
)
_IT = pattern(r"\s+(?:it|(?:the|that)\s+(?:city|capital|town|port|island|archipelago))\b")


def all_of_them(masked: str, predicate: Predicate) -> bool:
    """Return whether a predicate is followed by "both" or "all of them" in place of places."""
    return _BOTH.match(masked, predicate.end) is not None


def leads_back(masked: str, predicate: Predicate) -> bool:
    """Return whether "it", "the city" or "both" stand in place of a predicate's places."""
    if all_of_them(masked, predicate):
        return True
    if predicate.form == "after":
        there = masked.endswith("there", 0, predicate.end)
        return there or _IT.match(masked, predicate.end) is not None
    before = max(0, predicate.start - 60)
    return predicate.form == "before" and bool(_IT_IS.search(masked, before, predicate.start))
