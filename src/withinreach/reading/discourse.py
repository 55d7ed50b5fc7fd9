"""What earlier sentences have told: that weapons are spoken of, which range, the claim before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from withinreach.reading.masked import MaskedSentence
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.range_memory import RangeMemory
from withinreach.reading.statements import PlaceMention, RangeStatement

__all__ = ["Discourse", "LastClaim"]

# For so many sentences a text goes on about weapons without a word for one.
_ARMED_MEMORY = 8
# And for so many "one in X" is one of the factories or bases just spoken of.
_ONE_MEMORY = 2
# "The city" is one that these sentences named.
_PLACE_MEMORY = 2
_SITES = pattern(
    r"\b"
    + any_of(
        "factor(?:y|ies) plants? depots? warehouses? silos? bases? sites? facilit(?:y|ies)",
        "workshops?",
        "launchers? batter(?:y|ies) regiments? brigades? battalions? units?",
    )
    + r"\b"
)


class LastClaim(NamedTuple):
    """What the claim made last was about."""

    origins: tuple[PlaceMention, ...]
    targets: tuple[PlaceMention, ...]
    stated: RangeStatement | None
    can: bool


class Discourse:
    """The memory of a reader who goes through a text sentence by sentence."""

    def __init__(self, ranges: Sequence[RangeStatement]) -> None:
        self.ranges = RangeMemory(ranges)
        self._armed_age = self._sites_age = _ARMED_MEMORY + 1
        self._last: LastClaim | None = None
        self._last_age = 0
        self._spoken_of: list[list[PlaceMention]] = []

    def next_sentence(self, places: Sequence[PlaceMention] = ()) -> None:
        """Go on; `places` are what the sentence spoke of."""
        self._spoken_of = [*self._spoken_of[1 - _PLACE_MEMORY :], list(places)]
        self._last_age += 1
        self._armed_age += 1
        self._sites_age += 1

    def see(self, sentence: MaskedSentence, *, armed: bool) -> None:
        """Take note of a sentence before it is read."""
        if armed or sentence.weapons:
            self._armed_age = 0
        self.ranges.see(sentence)
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

    @property
    def spoken_of(self) -> list[list[PlaceMention]]:
        """What the last sentences spoke of, in text order."""
        return self._spoken_of

    def claim(self, last: LastClaim) -> None:
        """Remember a claim, for the words that lean on it."""
        self._last, self._last_age = last, 0

    @property
    def last_claim(self) -> LastClaim | None:
        """The claim just made, None when it is too long ago."""
        return self._last if self._last_age <= 1 else None
