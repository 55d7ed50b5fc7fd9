"""Whether it is weapons that reach a place, or aid, troops, storms and tourists."""

from __future__ import annotations

from withinreach.reading.masked import NAMED
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.predicates import Predicate
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["is_of_others"]

# What else can "reach" or "hit" a town. General English of news pages.
_OTHER_MOVER = pattern(
    r"\b(?:(?P<vehicle>ships?|trucks?|convoys?|trains?|buses)|"
    + any_of(
        "aid help supplies troops soldiers refugees floods? flooding",
        "storms? typhoons? hurricanes? cyclones? sanctions? tariffs? talks negotiators",
        "delegations? virus ash smoke winds? tsunami waves? rain strike_by prices tourists flights",
        "visitors rescuers fever unrest protests",
    )
    + r")\b"
)
# A ship that strikes is armed; one that reaches a port need not be.
_STRIKES = pattern(r"(?:hit|str[iu]k|attack|target|threaten|shell|bomb|destroy)")
_ARMED = pattern(rf"\b{WEAPON_WORD}\b|{NAMED}")
# "sanctions over the missiles" are not missiles.
_TOPIC = pattern(
    r"\b(?:over|on|about|against|for|of|by|despite)\s+(?:(?:the|its|their|his|new)\s+)*"
    rf"(?:[a-z-]+\s+)?(?:{WEAPON_WORD}|{NAMED})"
)
_CLAUSE = pattern(r"[,;:—]")


def is_of_others(masked: str, predicate: Predicate) -> bool:
    """Return whether the subject of a predicate of a masked sentence is something else."""
    end = predicate.start if predicate.form != "put" else predicate.put_at
    subject = _CLAUSE.split(masked[max(0, end - 90) : end])[-1]
    movers = list(_OTHER_MOVER.finditer(subject))
    if not movers or (movers[-1]["vehicle"] and _STRIKES.match(masked, predicate.start)):
        return False
    return not _ARMED.search(_TOPIC.sub("", subject[movers[-1].end() :]))
