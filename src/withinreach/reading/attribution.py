"""Who says it: "according to ...", "officials said", nearest to what is said."""

import re

from withinreach.reading.phrases import pattern

__all__ = ["said_by"]

# Verbs of saying that newspapers hang a statement on. General English.
_SAYS = (
    r"(?:said|says|say|told|claims?|claimed|warned|warns|noted|notes|added|adds|estimates?"
    r"|estimated"
    r"|reported|reports|announced|stated|states|boasted|boasts|argued|argues|believes?|believed"
    r"|confirmed|insists?|insisted|wrote|writes|acknowledged|asserted|asserts|explained)"
)
_TITLE = r"(?:Gen|Lt|Col|Maj|Brig|Capt|Adm|Cmdr|Dr|Mr|Mrs|Ms|Prof|Sen|Rep|Gov|St|U\.S|U\.K|U\.N)\."
_WHO = rf"(?P<who>(?:{_TITLE}|[^,;:.!?\"“”()\n]){{2,90}}?)"
_ATTRIBUTIONS = (
    pattern(rf"\b[Aa]ccording\s+to\s+{_WHO}\s*(?=[,;:.!?()\"“”\n]|$|\bwhich\b|\band\b|\bthat\b)"),
    pattern(
        rf"(?:^|(?<=[,;:—–\"“”]))\s*{_WHO}\s+(?:has\s+|have\s+|had\s+|also\s+)*{_SAYS}\b(?!\s+to\b)"
    ),
    pattern(rf"[,\"”]\s*(?:said|says|warned|wrote)\s+{_WHO}\s*(?=[,;:.!?()\"“”\n]|$)"),
)
_GATE = pattern(rf"ccording\s+to|\b{_SAYS}\b")
# Words that open a clause and do not belong to the speaker; speakers that name nobody.
_LEAD = pattern(
    r"^(?:(?:and|but|while|as|because|however|although|though|that|when|where|if|which|so|meanwhile"
    r"|yesterday|today|earlier|later|last\s+\w+|on\s+\w+day|in\s+\d{4})\s+)+",
    re.IGNORECASE,
)
_NOBODY = pattern(
    r"^(?:it|he|she|they|we|i|you|this|that|which|who|one|some|reports?|has|is|was|the\s+report)$"
    # "an estimated range", "its stated range": no verb, but what a noun is described by.
    r"|\b(?:is|are|was|were|an?|the|its|their|his|her|our|whose|this|that|no|of|with|at|by)$",
    re.IGNORECASE,
)


def said_by(sentence: str, start: int, end: int) -> str | None:
    """Return who says the words between two offsets of a sentence, None when nobody is named.

    >>> said_by("It flies 300 km, according to the ministry.", 0, 15)
    'the ministry'
    """
    if not _GATE.search(sentence):
        return None
    nearest: tuple[int, str] | None = None
    for attribution in _ATTRIBUTIONS:
        for match in attribution.finditer(sentence):
            who = " ".join(_LEAD.sub("", match["who"].strip()).split())
            distance = max(match.start() - end, start - match.end(), 0)
            if (
                len(who) > 1
                and not _NOBODY.search(who)
                and (nearest is None or distance < nearest[0])
            ):
                nearest = (distance, who)
    return None if nearest is None else nearest[1]
