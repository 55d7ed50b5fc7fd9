"""What a text has just been about: weapons, and the places where they are made or kept."""

from __future__ import annotations

from withinreach.reading.masked import MaskedSentence
from withinreach.reading.phrases import any_of, pattern

__all__ = ["Discourse"]

# For so many sentences a text goes on about weapons without a word for one.
_ARMED_MEMORY = 8
# And for so many "one in X" is one of the factories or bases just spoken of.
_ONE_MEMORY = 2
_SITES = pattern(
    r"\b"
    + any_of(
        "factor(?:y|ies) plants? depots? warehouses? silos? bases? sites? facilit(?:y|ies)",
        "workshops?",
        "launchers? batter(?:y|ies) regiments? brigades? battalions? units?",
    )
    + r"\b"
)


class Discourse:
    """The memory of a reader who goes through a text sentence by sentence."""

    def __init__(self) -> None:
        self._armed_age = self._sites_age = _ARMED_MEMORY + 1

    def next_sentence(self) -> None:
        """Go on to the next sentence."""
        self._armed_age += 1
        self._sites_age += 1

    def see(self, sentence: MaskedSentence, *, armed: bool) -> None:
        """Take note of a sentence before it is read."""
        if armed:
            self._armed_age = 0
        if _SITES.search(sentence.masked):
            self._sites_age = 0

    def go_on_about_weapons(self) -> None:
        """Take the sentence as one about weapons though it names none."""
        self._armed_age = 0

    @property
    def about_weapons(self) -> bool:
        return self._armed_age <= _ARMED_MEMORY

    @property
    def about_sites(self) -> bool:
        return self._sites_age <= 1 and self._armed_age <= _ONE_MEMORY
