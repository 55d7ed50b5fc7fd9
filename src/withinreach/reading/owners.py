"""Whose weapons a text speaks of: a country that has them is where they are launched from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from withinreach.reading.masked import NAMED, PLACE, RANGE, MaskedSentence
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.weapons import WEAPON_WORD

if TYPE_CHECKING:
    from withinreach.reading.statements import PlaceMention

__all__ = ["Owner"]

# For so many sentences the weapons that are spoken of stay the same country's.
_MEMORY = 3
_WEAPON = rf"(?:{WEAPON_WORD}\b|{NAMED})"
_POSSESSIVE = pattern(rf"(?P<owner>{PLACE})'s?\s+(?:[\w'-]+\s+){{0,4}}?{_WEAPON}")
_HAS = pattern(
    rf"(?P<owner>{PLACE})(?:\s*,[^,;]{{1,60}},)?\s+(?:(?:also|already|now|itself|long)\s+)*"
    r"(?:(?:is|are|was|were)\s+(?:widely\s+)?"
    r"(?:believed|said|thought|known|reported|estimated)\s+to\s+)?"
    + any_of(
        "has have had keeps? kept fields? fielded operates? operated possess(?:es)? owns? owned",
        "holds? maintains? stocks? builds? built develops? developed tests? tested",
        "unveils? unveiled shows? showed buys? bought acquires? acquired produces? produced",
        "deploys? deployed",
    )
    + rf"\s+(?!no\b)[^;]{{0,80}}?{_WEAPON}"
)
_OPENS = pattern(rf"^[\s'\"]*(?P<owner>{PLACE})(?!')\s*[a-z,]")
_ITS = pattern(rf"\b(?:its|their)\s+(?:[\w'-]+\s+){{0,4}}?(?:{_WEAPON}|{RANGE})")


class Owner:
    """The country whose weapons are spoken of, as far as a reader remembers."""

    def __init__(self) -> None:
        self._owner: PlaceMention | None = None
        self._age = 0
        self._subject: PlaceMention | None = None
        self._subject_age = 0

    def new_paragraph(self) -> None:
        self._subject = None

    def see(self, sentence: MaskedSentence) -> None:
        """Take note of a sentence: "Israel's missiles", "Israel has missiles", "its missiles"."""
        self._age += 1
        self._subject_age += 1
        opening = _country(sentence, _OPENS)
        if opening is not None:
            self._subject, self._subject_age = opening, 0
        found = _country(sentence, _POSSESSIVE) or _country(sentence, _HAS)
        if found is None and self._subject_age <= 1 and _ITS.search(sentence.masked):
            found = self._subject
        if found is not None:
            self._owner, self._age = found, 0

    def country(self, since: int = _MEMORY) -> PlaceMention | None:
        """Return the country, None when it was told more than so many sentences ago."""
        return self._owner if self._age <= since else None


def _country(sentence: MaskedSentence, words: re.Pattern[str]) -> PlaceMention | None:
    for match in words.finditer(sentence.masked):
        mention = sentence.places.get(match.start("owner"))
        if mention is not None and mention.place is not None and mention.place.kind == "country":
            return mention
    return None
