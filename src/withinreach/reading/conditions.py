"""The condition under which a sentence says something: "if they were moved to X"."""

from __future__ import annotations

from withinreach.reading.phrases import pattern

__all__ = ["condition_of"]

_CONDITION = pattern(
    r"(?:^\W*(?P<opening>were|should|had|when)|\b(?:if|unless|provided\s+that"
    r"|once))\s+[^,;.:]{3,140}"
)
_CONSEQUENCE = pattern(
    r"\s(?=(?:(?:it|they|these|the\s+(?:missiles?|rockets?))\s+)?(?:would|could|can|will|might"
    r"|may)\b)"
)


def condition_of(masked: str, text: str) -> str | None:
    """Return the words of a sentence's condition, None where it has none."""
    span = _condition(masked)
    return None if span is None else " ".join(text[slice(*span)].split()).lstrip("\"“'‘ ")


def _condition(masked: str) -> tuple[int, int] | None:
    """Return where the condition of a masked sentence begins and ends, None for none."""
    match = _CONDITION.search(masked)
    if match is None:
        return None
    consequence = _CONSEQUENCE.search(masked, match.start() + 6, match.end())
    return match.start(), match.end() if consequence is None else consequence.start()
