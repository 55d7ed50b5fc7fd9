"""Words that deny reach, and how far back from a verb they are looked for."""

from __future__ import annotations

from withinreach.reading.masked import PLACE
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["NEGATION", "NEITHER_OF", "NOT", "TOO_LITTLE", "negated"]

TOO_LITTLE = r"too\s+(?:short|weak|limited|slow|little|small|low|few)"
NOT = r"(?:\b(?:not|never|nor|no\s+longer)\b|n't\b)"
NEGATION = pattern(
    r"\b"
    + any_of(
        "cannot unable incapable never not(?!_(?:only|just|merely|to_mention)) neither nor none",
        "nothing",
        "no_longer insufficient without lacks? lacked lacking fail(?:s|ed)?_to hardly short_of",
        "out_of beyond nowhere_near far_from den(?:y|ies|ied)",
        rf"no_(?=(?:[a-z-]+_){{0,3}}?(?:{WEAPON_WORD}|fighter|aircraft|jet|plane|way|capability|ability|capacity|means|system))",
    )
    + rf"\b|\b{TOO_LITTLE}\b"
    r"|(?:ca|wo|could|would|do|does|did|is|are|was|were|might|has|have)n't\b"
)
# A denial reaches from its clause's start to the verb; these words start another clause.
_CLAUSE = pattern(
    rf"[;:—]|,\s+(?:but|while|whereas|and|whose|which|who)\s|\b(?:but|while|whereas)\b|{PLACE}\s*,"
)
NEITHER_OF = pattern(r"\b(?:neither|none\s+of|nowhere\s+in)\b[^.;]{0,110}$")


def negated(masked: str, position: int) -> bool:
    """Return whether what stands at an offset of a masked sentence is denied."""
    return bool(NEGATION.search(_CLAUSE.split(masked[max(0, position - 120) : position])[-1]))
