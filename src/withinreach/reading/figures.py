"""Figures that belong to a weapon without the word "range": "it flies 300 km", "good for 75 km"."""

from __future__ import annotations

from withinreach.reading.phrases import any_of, last_words, pattern
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["is_figure", "is_flown"]

# How far it goes, what it is good for, what somebody puts it at.
_HOW_FAR = (
    r"(?:(?:can|could|will|would|may|might|should|must|'ll|’ll)\s+)?(?:only\s+|barely\s+|just\s+"
    r"|already\s+)?"
    r"(?:go(?:es)?|do(?:es)?|makes?|manages?|travels?|fl(?:y|ies)|gets?|covers?|reach(?:es)?"
    r"|carr(?:y|ies))"
)
_FIGURE = any_of(
    "figures? numbers? estimates? brochures? makers? manufacturers? ministry books? catalogues?",
    r"captions? handbooks? data_?sheets? specifications? reports? experts? analysts?",
)
_TOLD_BEFORE = pattern(
    rf"\b(?:an?|the|each|every)\s+[\w-]+\s+{_HOW_FAR}\s+$"
    rf"|\b(?:it|they|that|which|those|these|ones?|type|types|version|versions|variant|variants"
    rf"|model|models|{WEAPON_WORD})\s+{_HOW_FAR}\s+$"
    r"|\b(?:good|meant|built|designed|certified|made)\s+(?:for|to|out\s+to)\s+(?:maybe\s+"
    r"|perhaps\s+)?$"
    r"|\b(?:goes|flies|reaches)\s*,[^,;.]{1,45},\s*$|\b(?:believes?|get)\s+$"
    r"|\b(?:fires?|shoots?|throws?|launch(?:es)?|lobs?)\s+(?:[\w-]+\s+){0,5}?(?:out\s+)?to\s+"
    r"(?:(?:a\s+distance|distances)\s+(?:of\s+)?)?$"
    r"|\b(?:works?|controlled|holds?)\s+(?:out\s+)?to\s+$|\b(?:has|have|had|with)\s+one\s+of\s+$"
    r"|\b(?:figure|number|that|it|which)\s+(?:rises|grows|climbs|goes\s+up|drops|falls|shrinks)\s+to\s+$"
    rf"|\b(?:{WEAPON_WORD}|versions?|variants?|animals?|matter|thing|affair|story)\s*:\s+$"
    r"|\b(?:manages?|throws?|fires?|hurls?|sends?|lobs?|flies|fly|goes|go)\s+(?:(?:an?|the|its"
    r"|their)\s+(?:[\w-]+\s+){1,3})?$"
    r"|\b(?:its|their)\s+$|,\s+at\s+$"
    r"|\b(?:credit(?:s|ed)?|rat(?:es|ed)|put(?:s)?|list(?:s|ed)?|quot(?:es|ed)|advertis(?:es|ed)"
    r"|peg(?:s|ged)|assess(?:es|ed)?|estimat(?:es|ed))\s+(?:(?:it|them|this|these"
    r"|the\s+[\w-]+)\s+)?(?:with|at|as)\s+$"
    rf"|\b{_FIGURE}\s+(?:[\w'’-]+\s+){{0,6}}?(?:is|are|was|(?:gives?|gave)(?:\s+(?:it|them))?"
    r"|say|says|said"
    rf"|speaks?\s+of|settles?\s+on|suggests?|mentions?|quotes?|promises?|claims?|puts?\s+it\s+at"
    rf"|range\s+from)\s+$"
    r"|(?:^|[.;:—–-]\s+)(?:\W*)(?:at|with)\s+$"
    r"|\b(?:holds?\s+for|tested\s+(?:to|at|over))\s+$"
    rf"|\b{WEAPON_WORD}\s+with\s+$|\b(?:claim(?:s|ed)?|promis(?:es|ed)|advertis(?:es|ed)"
    rf"|shoots?)\s+$"
    r"|\b(?:stretch|extend|rais|lift|cut|reduc|increas|doubl|boost)\w*\s+(?:that|it|this"
    r"|them)\s+to\s+"
    r"(?:perhaps\s+)?$"
)
_TOLD_AFTER = pattern(
    rf"\s*,?\s*(?:(?:is|was|being)\s+(?:(?:the|its|their|an?|what"
    rf"|at\s+the)\s+)?(?:[\w-]+\s+){{0,2}}?(?:{_FIGURE}|end\b|limit|maximum|most|claim|said)"
    r"|at\s+(?:best|(?:the\s+)?most)\b|on\s+a\s+good\s+day|officially\b|on\s+paper|in\s+(?:them"
    r"|it)\b|or\s+thereabouts|not\s+more\b|and\s+no\s+(?:more|further|farther)"
    r"|(?:of|in)\s+(?:reach|legs)\b)"
)
# "How far does it fly? Officially 500 km."
_OPENS = pattern(
    r"[\s\"“‘'(]*(?:(?:officially|on\s+paper|at\s+(?:most|best)|only|perhaps|no)\b[\s,]*)?"
)
_ENDS = pattern(r"\s*(?:[,.;)!?]|$)")
# What was flown, driven or measured once is none.
_FLOWN = pattern(
    r"\b(?:flew|flown|fell|landed|crashed|travell?ed|drove|driven|walked|distances?(?!\s+(?:of\s+)?$)"
    r"|altitude|height|apogee|away|apart|separat\w+|border|"
    r"road|highway|coast|lies|lie|stands|located|situated|moved|advanced|retreated|withdr\w+"
    r"|within|closest|nearest|miss(?:ed|es)?\s+by)\b[^.;:]{0,40}$"
)


def is_flown(before: str) -> bool:
    """Return whether the words before a length tell of one flight, one way or a border."""
    return _FLOWN.search(_near(before)) is not None


def is_figure(before: str, after: str) -> bool:
    """Return whether a length is how far the weapon that is spoken of goes.

    `before` and `after` are the words of its sentence around it, in lower case.
    """
    alone = _OPENS.fullmatch(before) and _ENDS.match(after)
    return bool(alone or _TOLD_BEFORE.search(_near(before)) or _TOLD_AFTER.match(after))


def _near(before: str) -> str:
    return last_words(before, 160).rstrip("\"“'‘")
