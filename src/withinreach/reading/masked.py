"""A sentence with its places, ranges and weapons replaced by signs, so that one rule serves all.

Every sign is as long as what it stands for: an offset in the masked words is an offset in the
sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from withinreach.reading.phrases import pattern
from withinreach.reading.statements import PlaceMention, RangeStatement
from withinreach.reading.weapons import WeaponName

__all__ = ["NAMED", "PLACE", "RANGE", "MaskedSentence", "contains", "starting_within"]

_T = TypeVar("_T", PlaceMention, RangeStatement, WeaponName)
# Characters of the private use area: a text that holds them itself is cleaned of them first.
_PLACE, _RANGE, _NAMED = "\ue000", "\ue001", "\ue002"
PLACE, RANGE, NAMED = f"{_PLACE}+", f"{_RANGE}+", f"{_NAMED}+"
_PLACES = pattern(PLACE)
_SIGNS = pattern("[\ue000-\ue002]")
_QUOTES = str.maketrans(
    {"“": " ", "”": " ", '"': " ", "«": " ", "»": " ", "’": "'", "‘": " ", "`": "'"}
)
_ASIDE = pattern(r"\([^()]*\)|\[[^\[\]]*\]")

# "Chile's capital, Santiago", "Peru's southern Puno": the first place only holds the second.
_HOLDS = pattern(
    r"'s?\s+(?:(?!(?:missile|rocket|drone|arsenal|weapon|artiller|launcher|could|can|would|may"
    r"|might"
    r"|will|is|are|was|were|has|have|had|and|or|but|while|though|to|from|in|at|on|by|with|that"
    r"|said|says)\b)"
    r"[a-z-]+\s+){0,4}(?:[a-z]+,\s+)?"
)
_HELD = pattern(
    r"\s*,?\s*(?:(?:(?:up|down|over)\s+)?(?:in|on|of)\s+)?(?:the\s+)?(?:(?!(?:and|or|to|nor|from"
    r"|by|with|near|at|against|but|not|than)\b)[a-z'-]+\s+){0,2}"
)
_HELD_PLAIN = pattern(
    r"\s*,\s*(?:(?:in|on)\s+)?(?:the\s+)?|\s+(?:in|on)\s+(?:the\s+)?(?:(?!(?:and|or|to|nor|from"
    r"|by|with|near|at|against|but|not|than)\b)[a-z'-]+\s+){0,3}"
)
# Words before a place that only use it to say where something else is.
_DISTANCE = (
    r"(?:\d[\d,.]*|hundreds?|thousands?|dozens?)(?:\s+of)?\s*"
    r"(?:km|kilomet(?:re|er)s?|miles|nautical\s+miles)"
)
_ANCHOR = pattern(
    rf"(?:(?P<far>{_DISTANCE}\s+(?:away\s+)?(?:(?:north|south|east|west)\w*\s+)?from"
    r"|\b(?:banks?|shores?)\s+of|\b(?:road|way|route|journey|trip)\s+(?:from|to)"
    r"|\b(?:border|frontier|ties|talks|war|peace|treaty|alliance|relations|deal|agreement)\s+"
    r"(?:with|between))"
    rf"|(?:\b(?:about|some|around|only|just|more\s+than|over)\s+)*(?:{_DISTANCE}\s+)?(?<!the\s)"
    r"\b(?:north|south|east|west)(?:[\s-]?(?:east|west))?(?:ern)?(?:\s+(?:side|part))?\s+(?:of"
    r"|from)"
    r")\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?$"
)
# A country by its initials stands before a noun like an adjective, unless the noun is the country.
_ABBREVIATED_OF = pattern(
    r"\s+(?!(?:and|or|nor|to|from|in|on|at|by|with|for|but|as|if|when|while|is|are|was|were|has"
    r"|had|have"
    r"|can|could|would|will|may|might|said|says|mainland|homeland|soil|west|east|cities"
    r"|coast)\b)[a-z]"
)
_COAST = pattern(r"\s+(?:coast|coastline|shores?)\b")
_JUST_AFTER_PLACE = pattern(rf"{PLACE}\s*,?\s*(?:(?:is|lies|which|just|far|and)\s+){{0,3}}$")
_MAY_ANCHOR = pattern(r"\b(?:of|from|with|between|to)\b")
_PLURAL = pattern(r"s(?!\w)")
_INNER_STOP = pattern(r"(?<=[a-z])\.(?=\s*\w)")
# "the Bekaa Valley, around Baalbek": the second tells where in the first.
_FINER = pattern(r"\s*,\s+(?:[a-z]+\s+){0,2}?(?:around|near|at|in|outside)\s+")
_BESIDE = pattern(
    r"\s*,?\s*(?:\(\s*)?(?:near|close\s+to|outside|just\s+outside|not\s+far\s+from)\s+(?:the\s+)?"
)
# "Melitopol, where the army keeps fuel, and Tokmak": what is told of one place of a list.
_RELATIVE = pattern(
    rf"(?<={_PLACE}),\s+(?:where|which|who|whose|home|the|a|an|itself|about|some|just)\b"
    rf"[^,;.{_PLACE}{_RANGE}]{{3,80}}(?=,?\s+(?:and|or|nor)\s+(?:[a-z]+\s+){{0,3}}{_PLACE})"
)
_GOES_ON = pattern(rf"\s*,?\s*(?:and|or)\s+(?:[a-z]+\s+)?{PLACE}")
# "Jordan's neighbours" and "the Jordan border" are not Jordan.
_IS_BORDER = pattern(
    r"(?:'s?)?\s+(?:border|frontier)\b"
    r"|'s?\s+(?:[a-z-]+\s+)?(?:neighbou?rs?|rivals?|enem(?:y|ies)|allies|ally|foes?"
    r"|adversar(?:y|ies))\b"
)


class MaskedSentence:
    """One sentence of a text: `masked` has signs for places, ranges and named weapons.

    `places`, `ranges` and `weapons` map the offset of a sign to what it stands for. `signed` are
    the words before any place was taken out of them, `frames` the offsets of places that were.
    """

    def __init__(
        self,
        text: str,
        low: str,
        start: int,
        end: int,
        places: Sequence[PlaceMention],
        ranges: Sequence[RangeStatement],
        weapons: Sequence[WeaponName] = (),
    ) -> None:
        self.start, self.end = start, end
        self.text = text[start:end]
        self.places: dict[int, PlaceMention] = {}
        self.ranges = {r.start - start: r for r in ranges}
        self.weapons: dict[int, str] = {}
        # "the area south of X": an origin may be told so, a target is not X.
        self.anchors: list[int] = []
        signs = list(_SIGNS.sub(" ", low[start:end]).translate(_QUOTES))
        for weapon in weapons:
            left, right = weapon.start - start, min(weapon.end, end) - start
            if _PLURAL.match(low, weapon.end):
                right += 1
            self.weapons[left] = weapon.name
            signs[left:right] = _NAMED * (right - left)
        last = 0
        for mention in places:
            left, right = mention.start - start, min(mention.end, end) - start
            if left >= last and signs[left] != _NAMED:
                self.places[left] = mention
                signs[left:right] = _PLACE * (right - left)
                last = right
        for stated in ranges:
            left, right = stated.start - start, min(stated.end, end) - start
            signs[left:right] = _RANGE * (right - left)
        # A name that a figure reaches into is none.
        self.places = {o: mention for o, mention in self.places.items() if signs[o] == _PLACE}
        # Sentences are told apart already: a full stop inside one belongs to "U.S.".
        self.masked = _INNER_STOP.sub("'", "".join(signs))
        # All places are still in it, those that only hold or anchor another one too.
        self.signed = self.masked
        if "(" in self.masked or "[" in self.masked:
            self._drop_asides()
        self._drop_frames()
        # Places that only hold another one, or tell where it lies.
        self.frames = {o for o in self.places if self.masked[o] != _PLACE} - set(self.anchors)
        if f"{_PLACE}," in self.masked:
            self._drop_relative_clauses()

    def blank(self, offset: int) -> None:
        """Take a place's sign out of the words, so that no later rule takes it for a target."""
        self._blank(offset, offset + self._length(offset))

    def places_in(self, start: int, end: int) -> list[int]:
        """Return the offsets of the signs of places between two offsets."""
        signs = _PLACES.finditer(self.masked, start, end)
        return [m.start() for m in signs if m.start() in self.places]

    def _is_adjective(self, offset: int, end: int) -> bool:
        """Return whether a place only describes: "U.S. bases", "the Gulf coast"."""
        mention = self.places[offset]
        letters = mention.text.replace(".", "")
        if letters.isupper() and len(letters) <= 3:
            return _ABBREVIATED_OF.match(self.masked, end) is not None
        is_water = mention.place is not None and mention.place.kind == "water"
        return is_water and _COAST.match(self.masked, end) is not None

    def _follows_place(self, offset: int) -> bool:
        return bool(_JUST_AFTER_PLACE.search(self.masked, max(0, offset - 30), offset))

    def _is_listed(self, mention: PlaceMention, offset: int) -> bool:
        """Return whether a county's name goes on a list: "Multan, Bahawalpur and Hyderabad"."""
        is_county = mention.place is not None and mention.place.id.startswith("county:")
        return is_county and _GOES_ON.match(self.masked, offset + self._length(offset)) is not None

    def _length(self, offset: int) -> int:
        mention = self.places[offset]
        return min(mention.end - self.start, len(self.masked)) - offset

    def _blank(self, start: int, end: int) -> None:
        self.masked = self.masked[:start] + " " * (end - start) + self.masked[end:]

    def _drop_asides(self) -> None:
        for aside in list(_ASIDE.finditer(self.masked)):
            words = aside[0][1:].lstrip()
            if not words.startswith(("including", "such as", "like", "for example", "e.g")):
                if _RANGE in aside[0]:
                    # The figure in the aside still counts; what else it says does not.
                    kept = "".join(c if c == _RANGE else " " for c in aside[0])
                    self.masked = self.masked[: aside.start()] + kept + self.masked[aside.end() :]
                else:
                    self._blank(*aside.span())

    def _drop_relative_clauses(self) -> None:
        """Blank what is told of one place in the middle of a list of places."""
        for clause in list(_RELATIVE.finditer(self.masked)):
            self._blank(*clause.span())

    def _drop_frames(self) -> None:
        """Blank the places that only hold or anchor another one."""
        offsets = list(self.places)
        here = offsets[0] if offsets else 0
        for following in offsets[1:]:
            if self.masked[here] != _PLACE or self.masked[following] != _PLACE:
                here = following
                continue
            between = self.masked[here + self._length(here) : following]
            first, second = self.places[here], self.places[following]
            if _HOLDS.fullmatch(between):
                self.blank(here)
            elif _FINER.fullmatch(between) and contains(first, second):
                self._blank(here, following)
            elif (
                contains(second, first)
                and not self._is_listed(second, following)
                and (
                    _HELD_PLAIN.fullmatch(between)
                    or (_same_country(first, second) and _HELD.fullmatch(between))
                )
            ) or _BESIDE.fullmatch(between):
                self.blank(following)
                # "X, the capital of A's B region": B lies beside X, too.
                continue
            here = following
        for offset in offsets:
            if self.masked[offset] != _PLACE:
                continue
            end = offset + self._length(offset)
            if self._is_adjective(offset, end):
                self.blank(offset)
                continue
            anchored = _MAY_ANCHOR.search(self.masked, max(0, offset - 16), offset) and (
                _ANCHOR.search(self.masked, max(0, offset - 60), offset)
            )
            if anchored and (anchored["far"] or self._follows_place(anchored.start())):
                self._blank(anchored.start(), end)
            elif anchored:
                self.anchors.append(offset)
            elif _IS_BORDER.match(self.masked, end):
                self.blank(offset)


def contains(outer: PlaceMention, inner: PlaceMention) -> bool:
    """Return whether one place can hold the other, told from their kinds and countries."""
    order = {"neighbourhood": 0, "town": 1, "other": 1, "region": 2, "country": 3}
    if outer.place is None:
        return False
    rank = order.get(outer.place.kind, 1)
    if rank < 2:
        return False
    if inner.place is None:
        return True
    if order.get(inner.place.kind, 1) >= rank:
        return False
    if outer.place.kind == "region" and outer.place.admin1 and inner.place.admin1:
        return outer.place.admin1 == inner.place.admin1 and _same_country(outer, inner)
    return _same_country(outer, inner)


def _same_country(one: PlaceMention, other: PlaceMention) -> bool:
    if one.place is None or other.place is None:
        return False
    return one.place.country == other.place.country and one.place.country is not None


def starting_within(
    items: Sequence[_T], starts: Sequence[int], start: int, end: int
) -> Sequence[_T]:
    """Return the items that start in a span; `starts` are the items' starts in order."""
    return items[bisect_left(starts, start) : bisect_left(starts, end)]
