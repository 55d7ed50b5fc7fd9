"""Places that a text reports as hit: what happened is no claim of what can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from withinreach.reading.masked import PLACE, MaskedSentence
from withinreach.reading.phrases import any_of, pattern

__all__ = ["reported_hit"]

# One way to match each: a list of many places must not be read in all ways that there are.
_LIST = (
    rf"{PLACE}(?:(?>\s*(?:,\s*(?:and|or|nor)?|\b(?:and|or|nor|as\s+well\s+as)\b)\s*(?:the\s+)?)"
    rf"{PLACE})*"
)
_STRUCK = any_of("hit struck attacked targeted shelled bombed")
_REPORT_GATE = pattern(
    any_of(
        r"\bhit\b struck attack target shelled bomb pound slammed crash landed explo \bfell",
        "fired firing launch lobbed aimed directed came_under",
    )
)
# "Could be hit", "able to hit": said to be possible, not to have happened.
_POSSIBLE = pattern(
    r"(?:\b(?:can|could|would|will|may|might|should|cannot|to|not|never|if|whether|unless)\b|n't\b)"
    r"[^.;,]*$"
)
_BEFORE = 60
_REPORTED = pattern(
    rf"\b(?:{_STRUCK}|pounded|slammed\s+into|crashed\s+(?:into|in|near)|landed\s+(?:in|on|near)"
    r"|exploded\s+(?:in|near|over)|fell\s+(?:in|on|near)"
    r"|(?:fired|launched|lobbed|firing|launching|aimed|directed)\s+"
    r"(?:(?!(?:from|in|near)\b)[a-z'-]+\s+){0,7}?(?:at|on|into|towards?|against))\s+"
    rf"(?:(?!(?:from|in\s+the|by)\b)[a-z'-]+\s+){{0,4}}?(?P<object>{_LIST})"
    rf"|(?P<subject>{_LIST})\s+(?:was|were|has\s+been|have\s+been|came\s+under)\s+"
    rf"(?:[a-z]+\s+){{0,2}}?(?:{_STRUCK}|missile|rocket|fire)\b"
)


def reported_hit(sentence: MaskedSentence) -> Iterator[int]:
    """Yield the offsets of the places that a sentence about weapons reports as hit."""
    masked = sentence.masked
    if _REPORT_GATE.search(masked):
        for match in _REPORTED.finditer(masked):
            if not _POSSIBLE.search(masked, max(0, match.start() - _BEFORE), match.start()):
                yield from sentence.places_in(*match.span(match.lastgroup or 0))
