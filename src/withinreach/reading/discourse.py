"""What earlier sentences have told: where the weapons stand, and which range is spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from withinreach.reading.masked import MaskedSentence, contains
from withinreach.reading.owners import Owner
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.range_memory import RangeMemory
from withinreach.reading.statements import PlaceMention, RangeStatement

__all__ = ["Discourse", "LastClaim"]

# For so many sentences a text goes on about weapons without a word for one.
_ARMED_MEMORY = 8
# For so many, and for so many paragraphs, they stand where they were said to stand.
_SITE_MEMORY = 8
_PARAGRAPHS = 3
# And for so many "one in X" is one of the factories or bases just spoken of.
_ONE_MEMORY = 2
_MOST_SITES = 6
_FROM_THE_SITE = pattern(
    r"\b(?:stationed|deployed|based|placed|moved|parked|sited)\s+there\b|\bfrom\s+(?:there|here"
    r"|(?P<either>either(?=\s*,|\s*$|\s+of\s+them))"
    r"|(?:the|these|this|that|its|their|either)\s+(?:[a-z-]+\s+){0,2}"
    r"(?P<kind>bases?|sites?|facilit(?:y|ies)|positions?|airfield|airport|airstrip|strip"
    r"|garrison|barracks"
    r"|locations?|places?|area|region|spot|stretch|coast|factory|hills|heights|ridge|square|port"
    r"|harbour|quay|pier|dock|runway|camp|field|lot|yard|depot|plant|station|outpost|post|valley"
    r"|town|village|province|governorate|state|city|island|peninsula|reef|atoll|mainland))\b"
)
_SITES = pattern(
    r"\b"
    + any_of(
        "factor(?:y|ies) plants? depots? warehouses? silos? bases? sites? facilit(?:y|ies)",
        "workshops?",
        "launchers? batter(?:y|ies) regiments? brigades? battalions? units?",
    )
    + r"\b"
)
_OF_NO_PLACE = pattern(
    r"\b(?:none|neither|any|no(?!,)|every|each)\b(?!\s+of\s+(?:them|these|those))"
    r"(?<!neither(?=\s+(?:can|could|would|will|do|does|is|are)\b))"
)
_KIND_OF_PLACE = {
    **dict.fromkeys(("province", "region", "governorate", "state", "area", "peninsula"), "region"),
    **dict.fromkeys(("town", "village", "city"), "town"),
}


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
        self._standing: tuple[PlaceMention, ...] = ()
        self._sites: list[tuple[PlaceMention, ...]] = []
        self._site_age = 0
        self._names: set[str] = set()
        self._age = 0
        self._paragraph_age = 0
        self._armed_age = self._sites_age = _ARMED_MEMORY + 1
        self._last: LastClaim | None = None
        self._last_age = 0
        self._owner = Owner()

    def new_paragraph(self) -> None:
        self._paragraph_age += 1
        self._owner.new_paragraph()

    def next_sentence(self) -> None:
        self._age += 1
        self._last_age += 1
        self._site_age += 1
        self._armed_age += 1
        self._sites_age += 1

    def see(self, sentence: MaskedSentence, *, armed: bool) -> None:
        """Take note of a sentence before it is read."""
        if armed or sentence.weapons:
            self._armed_age = 0
        self._owner.see(sentence)
        self.ranges.see(sentence)
        new_names = set(sentence.weapons.values()) - self._names
        if new_names and self._names and self._paragraph_age:
            # A new paragraph about another weapon is about another place.
            self._standing = ()
        self._names |= new_names
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

    def stand_at(self, places: Sequence[PlaceMention], *, sure: bool = True) -> None:
        """Remember where the weapons that are spoken of stand."""
        if (
            not sure
            and self._standing
            and all(_holds_one_of(place, self._standing) for place in places)
        ):
            # "The brigade is at X. Its missiles ...": still at X.
            self._age = self._paragraph_age = self._site_age = 0
            return
        self._standing, self._age, self._paragraph_age = tuple(places), 0, 0
        self._sites = [self._standing, *self._sites[:_MOST_SITES]]
        self._site_age = 0

    def claim(self, last: LastClaim) -> None:
        """Remember a claim, for the words that lean on it."""
        self._last, self._last_age = last, 0

    @property
    def last_claim(self) -> LastClaim | None:
        """The claim just made, None when it is too long ago."""
        return self._last if self._last_age <= 1 else None

    def origins(self, clause: str) -> tuple[PlaceMention, ...]:
        """Return the places where a reader takes the weapons of a clause to be, none if nowhere."""
        back = _FROM_THE_SITE.search(clause)
        if back is not None and self._site_age <= _SITE_MEMORY:
            if back["either"] and len(self._sites) > 1 and len(self._standing) == 1:
                return (*self._sites[1], *self._sites[0])
            return _of_kind(back["kind"], self._sites)
        if self._age > _SITE_MEMORY or self._paragraph_age > _PARAGRAPHS:
            return ()
        if _OF_NO_PLACE.search(clause):
            return ()
        # Whose weapons they are was told after where the last ones stood.
        newer = self._owner.country(since=self._age - 1)
        return self._standing if newer is None else (newer,)

    @property
    def owner(self) -> tuple[PlaceMention, ...]:
        """Return the country whose weapons are spoken of, none when no country's are."""
        country = self._owner.country()
        return () if country is None else (country,)


def _of_kind(
    noun: str | None, sites: Sequence[tuple[PlaceMention, ...]]
) -> tuple[PlaceMention, ...]:
    """Return the last places that "that province" or "that town" can mean, else the last ones."""
    kind = _KIND_OF_PLACE.get(noun or "")
    fitting = (s for s in sites if kind and all(m.place and m.place.kind == kind for m in s))
    return next(fitting, sites[0] if sites else ())


def _holds_one_of(country: PlaceMention, places: Sequence[PlaceMention]) -> bool:
    is_country = country.place is not None and country.place.kind == "country"
    return is_country and any(contains(country, place) for place in places)
