"""Short answers that lean on the claim before them: "Stockholm is not.", "nor could Oslo"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from withinreach.reading.anaphora import NAMED_SO
from withinreach.reading.masked import PLACE
from withinreach.reading.phrases import pattern
from withinreach.reading.targets import LIST

__all__ = ["Ellipsis", "find_ellipses"]

Answer = Literal["yes", "so", "nor", "not"]
_DO = r"(?:is|are|was|were|would|could|can|will|does|do|did)"
_LEANS = pattern(
    r"\bso\b|\b(?:it|they)\s+(?:can|could|does|do|would|will)\s*[.,;]|\bnot\b|n't\b|\bnor\b"
    r"|\bneither\b|\bcannot\b|\bfor\b|,\s+no\b|\bsafe\b"
)
_ELLIPSIS = pattern(
    rf"(?P<subject>{LIST})(?:\s*,[^;{PLACE[0]}]{{1,90}},)?\s+(?:{_DO}\s+not|{_DO}n't|can't"
    rf"|won't|cannot)"
    r"(?:\s+be)?(?:\s+either)?\s*(?=[.,;]|$)"
    rf"|\bneither\s+(?P<neither>{LIST})\s+{_DO}(?:\s+be)?\s*(?=[.,;]|$)"
    rf"|\b(?:nor|neither)\s+{_DO}\s+(?P<inverted>{LIST})\s*(?=[.,;]|$)"
    rf"|(?:^|[,;]\s+"
    rf"|\band\s+)\s*so(?:,[^,;{PLACE[0]}]{{1,50}},)?\s+{_DO}\s+(?:(?:the|its|their|our)\s+(?:[a-z'-]+\s+){{1,3}}?(?:at|of|in|near)\s+)?(?P<so>{LIST})"
    r"\s*(?=[.,;]|$|(?:across|in|on|beyond|over|farther|further)\b)"
    r"|\b(?P<yes>it|they)\s+(?:can|could|does|do|would|will)\s*"
    r"(?=[.;]|$|,\s+(?:but|and|though|he|she|said|says|the|according)\b)"
    rf"|\bfor\s+(?P<for>{LIST})\s*,?\s+(?:it|they|that)\s+(?:{_DO}\s+not"
    rf"|{_DO}\s+too\s+(?:short|little|weak)"
    rf"|{_DO}n't)(?:\s+be)?\s*(?=[.,;]|$)"
    rf"|(?:^|[,;:]\s+|\b(?:but|and)\s+)[\"“‘'(]?(?P<fronted>{LIST})\s*,?\s+(?:it|they|you|we|one)\s+"
    rf"(?:{_DO}\s+not|{_DO}n't|can't|won't|cannot)\s*(?=[.;]|$)"
    rf"|\bnot\s+for\s+(?P<except>{LIST})\s*(?=[.,;]|$)"
    rf"|(?P<no>{LIST})\s*,\s+no\s*(?=[.;:!]|$)"
    rf"|(?P<safe>{LIST})\s+(?:would|will|is|are|was|were)\s+"
    r"(?:(?:be|stay|remain)\s+)?safe(?:\s+(?:anyway|in\s+any\s+(?:case|event)|for\s+now))?"
    r"\s*(?=[.,;]|$)"
    rf"|^\W*(?:and\s+|but\s+)?(?:not|nor)\s+(?P<nor>{LIST})(?:\s+either)?\s*(?=[.,;]|$)"
    rf"|\b(?P<they>it|they|you|we|one|{NAMED_SO})\s+(?:{_DO}\s+not|{_DO}n't|can't|won't"
    rf"|cannot)(?:\s+(?:do\s+so|be))?\s*(?=[.,;]|$)"
)

_ANSWERS: dict[str, Answer] = {
    "yes": "yes",
    "so": "so",
    "inverted": "nor",
    "safe": "nor",
}


class Ellipsis(NamedTuple):
    """A short answer: `start` to `end` are its targets, or the pronoun that stands for them.

    `answer` is "yes", "so" (so does X), "nor" (nor can X) or "not"; `is_pronoun` tells that no
    place is named; `stop` is where the answer ends.
    """

    start: int
    end: int
    answer: Answer
    is_pronoun: bool
    stop: int


def find_ellipses(masked: str) -> Iterator[Ellipsis]:
    """Yield the short answers of a masked sentence in order."""
    if not _LEANS.search(masked):
        return
    for match in _ELLIPSIS.finditer(masked):
        group = match.lastgroup or ""
        answer = _ANSWERS.get(group, "not")
        yield Ellipsis(*match.span(group), answer, group in ("yes", "they"), match.end())
