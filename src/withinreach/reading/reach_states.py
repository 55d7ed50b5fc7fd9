"""States of being in reach: "within range of", "out of reach", "can be hit", "puts X in range"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from withinreach.reading.masked import NAMED, PLACE, RANGE
from withinreach.reading.negation import NEGATION, NEITHER_OF, NOT
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["ABLE", "ADVERBS", "ASKED", "IS", "Predicate", "find_states", "overlaps"]

# "an argument over how much of the South lies within their range" asserts nothing.
ASKED = pattern(r"\b(?:whether|how\s+(?:much|many|far))\b")
ABLE = r"(?P<modal>can|could|may|might|would|will|cannot|(?:ca|wo|could|would)n't)"
ADVERBS = r"(?:(?:just|well|far|a\s+little|some|about|[a-z]+ly)\s+|" + RANGE + r"\s+)*"
IS = r"(?:is|are|was|were|be|lies?|falls?|stays?|remains?|sits?)"
_WHOSE_RANGE = (
    any_of(
        "the its their easy missile firing striking rocket artillery strike maximum full effective",
        "same our your my his her such those these said outer inner",
        r"comfortable theoretical potential direct immediate weapons? drone a whose this that",
        rf"[a-z-]+'s? {PLACE}'s? {RANGE} {NAMED}(?:'s?)?",
    )
    + r"\s+"
)
_RANGE_NOUN = any_of(
    "ranges? reach radius (?:striking|strike|firing|missile)_distance gunsights crosshairs sights",
    "circles? rings? umbrella envelope footprint perimeter bubble arc grasp compass",
)
_STATE = pattern(
    rf"\b(?:(?P<out>out\s+of|outside(?:\s+of)?|beyond|past)|within|inside|into|under|in)\s+"
    rf"(?:{_WHOSE_RANGE}){{0,5}}?{_RANGE_NOUN}\b|\b(?P<danger>in\s+danger|at\s+risk"
    r"|under\s+(?:[a-z'-]+\s+){0,3}?(?:threat|fire|missiles|rockets|guns?|drones|control)"
    r"|at\s+gunpoint"
    r"|reachable|vulnerable|exposed|covered)\b"
    r"|\b(?:at\s+(?:its|their|our|his)\s+mercy|in(?:to)?\s+play)\b"
    r"|\b(?P<safe>safe\s+from)\b|\b(?:within|inside)\s+(?:it|them|that)\b"
    rf"|\b{IS}\s+{ADVERBS}inside(?=\s*(?:[,.;]|$))"
    r"|\b(?P<beyond>(?:beyond|outside|out\s+of)\s+(?:it|them|that)|out\s+of\s+the\s+question"
    rf"|{IS}\s+{ADVERBS}outside(?=\s*(?:[,.;]|$))"
    r"|too\s+(?:far|distant|remote)(?:\s+away)?"
    rf"|(?:falls?|fell|lies|lie|is|are|sits?)\s+{ADVERBS}short\s+of\s+(?:it|that|them))\b"
)
# "in the range of 300 km" and "in range terms" tell no state; "in range of 300-km missiles" does.
_NO_STATE = pattern(
    rf"\s+of\s+(?:(?:about|some|up\s+to)\s+)*(?:\d|{RANGE}+)(?!\s+(?:[a-z-]+\s+){{0,2}}{WEAPON_WORD})"
    r"|\s+terms"
)
_PUTS = pattern(
    r"\b"
    + any_of(
        "puts? putting brings? bringing brought places? placing leaves? leaving left keeps?",
        "keeping",
        rf"makes? have has with(?=_(?:[a-z'-]+_){{0,3}}{PLACE}) holds? holding",
    )
    # "Put it on X and Y is in range": there it stands.
    + r"\b(?!\s+(?:it|them|these|those|one|an?\s+[a-z-]+|the(?:\s+same)?\s+[a-z-]+)\s+"
    r"(?:[a-z]+\s+){0,2}(?:on|at|in|near|outside|along)\b)"
)
_STRUCK = any_of(
    "hit struck reached targeted attacked threatened shelled bombarded destroyed covered exposed",
    "vulnerable endangered reachable touched",
)
_IN_DANGER = any_of(
    "under_(?:threat|fire|attack) at_risk in_danger in_the_(?:crosshairs|firing_line)"
)
_ALSO = (
    r"(?:(?:(?:just|equally)\s+as|no\s+less|also|even|then|now|all|both|too|already|thus"
    r"|therefore|instead|[a-z]+ly)\s+)*"
)
_PASSIVE = pattern(
    rf"\b(?:{ABLE}\s+(?P<not>(?:not|never|no\s+longer)\s+)?{_ALSO}(?:be\s+{_ALSO}(?:{_STRUCK}"
    rf"|{_IN_DANGER})"
    rf"|come\s+{_ALSO}{_IN_DANGER})"
    rf"|(?:is|are|was|were|(?:has|have|had)\s+been|lies?)\s+(?P<is_not>(?:not|never"
    rf"|no\s+longer)\s+)?{_ALSO}"
    rf"(?:covered|exposed|vulnerable|threatened|endangered|reachable|{_IN_DANGER})"
    rf"|(?:is|are)\s+(?:easily|readily)\s+{_STRUCK})\b"
)
_BREAK = pattern(
    rf"[;:—]|,?\s+(?:but(?!\s+also)|while|whereas|although|though)\s|\.\s|,\s+(?:and|or)\s+"
    rf"(?!(?:(?:the|even|perhaps|also|in)\s+)*{PLACE})|\bwhere\b"
    r"|\bthat\s(?!(?:type|kind|sort|class|range|weapon|missile|rocket|drone|system|size|family)\b)"
)

Form = Literal["after", "before", "put"]


class Predicate(NamedTuple):
    """Words that tell reach: offsets in the masked sentence, and where its targets stand.

    `form` is "after" when targets follow, "before" when they are the subject, "put" when they stand
    between `put_at` and the predicate ("puts X within range") or follow it.
    """

    start: int
    end: int
    can: bool
    form: Form
    put_at: int = -1


def find_states(masked: str) -> list[Predicate]:
    """Return the states of a masked sentence, none of which overlap."""
    found: list[Predicate] = []
    for match in _PASSIVE.finditer(masked):
        denied = match["not"] or match["is_not"] or (match["modal"] or "").endswith(("not", "n't"))
        denied = denied or NEITHER_OF.search(masked, max(0, match.start() - 120), match.start())
        found.append(Predicate(match.start(), match.end(), not denied, "before"))
    for match in _STATE.finditer(masked):
        tells = match["beyond"] or not _NO_STATE.match(masked, match.end())
        state = _state(masked, match) if tells and not overlaps(found, match) else None
        if state is not None:
            found.append(state)
    return found


def overlaps(found: Sequence[Predicate], match: re.Match[str]) -> bool:
    """Return whether a match begins inside a predicate."""
    return any(p.start <= match.start() < p.end for p in found)


def _state(masked: str, match: re.Match[str]) -> Predicate | None:
    window = masked[max(0, match.start() - 60) : match.start()]
    clause = _BREAK.split(window)[-1]
    if ASKED.search(clause):
        return None
    denied = bool(NEGATION.search(clause))
    if match["out"]:
        denied = not re.search(NOT, clause)
    can = denied if match["safe"] else not (denied or match["beyond"])
    last = None
    for put in _PUTS.finditer(masked, max(0, match.start() - 200), match.start()):
        if not _BREAK.search(masked, put.end(), match.start()):
            last = put
    if match["danger"] and last is None:
        return None
    if last is None or match["beyond"] or match["safe"]:
        return Predicate(match.start(), match.end(), can, "before")
    return Predicate(match.start(), match.end(), can, "put", last.end())
