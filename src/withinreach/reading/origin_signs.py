"""The signs by which a place is told to be where the weapons of a claim stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from withinreach.reading.spoken import Spoken
from withinreach.reading.spoken_weapons import SpokenWeapons, relation

__all__ = ["CUES", "OriginChoice", "away", "cues"]

# Words that lean on something told before, join, or leave open; general English.
CUES = frozenset(
    "there here from its their them it they both either those these that this same neither none any"
    " anywhere if moved nor also too not even where one another second first third two other former"
    " latter nothing each all".split()
)
_KIND_OF = {
    **dict.fromkeys(("province", "region", "governorate", "state", "area", "peninsula"), "region"),
    **dict.fromkeys(("town", "village", "city"), "town"),
}
# "At X, south of Y, the army has ..." tells where something stands.
_WHERE = frozenset("at in near from around outside on".split())
_OPENS = 3
# Weapons that are shown somewhere need not stand there.
_SHOWN = frozenset(
    "shown showed show displayed display unveiled paraded parade exhibited exhibition fair".split()
)
_SHOWN_BEFORE = 6
# Places so many sentences back may still be the origin.
_MEMORY = 9
_BEFORE, _AFTER = 14, 12
_RANKS = 4
# Of more places than that, the nearest: a text may be one list of thousands.
_MOST_BEFORE, _MOST_AFTER = 60, 20


class OriginChoice:
    """The places that may be the origin of the claims on one place, and the signs of each.

    `last` is the name of the origin of the claim made before, None where it was open or none was.
    """

    def __init__(
        self,
        places: Sequence[Spoken],
        target: Spoken,
        last: str | None,
        weapons: SpokenWeapons,
    ) -> None:
        self._target, self._last, self._weapons = target, last, weapons
        self._meant, self._meant_where = weapons.meant(target.sentence, target.at)
        first = bisect_left(places, target.number - _MEMORY, key=_number)
        after = bisect_left(places, target.number + 1, key=_number)
        here = bisect_left(places, (target.number, target.at), key=_position)
        first, after = max(first, here - _MOST_BEFORE), min(after, here + _MOST_AFTER)
        self.places = [
            p
            for p in places[first:after]
            if p.key != target.key and not p.is_frame and not _is_listed_with(p, target)
        ]
        self._beside = {p.name for p in self.places if p.said and p.sentence is target.sentence}
        self._rank: dict[str, int] = {}
        for place in reversed(self.places):
            if place.site is not None:
                self._rank.setdefault(place.key, len(self._rank))
        ranks = (self._rank.get(p.key) for p in self.places if p.name == last)
        self._last_rank = min((rank for rank in ranks if rank is not None), default=len(self._rank))
        self._cues = cues(target)
        self._kind = _kind_meant(target)

    def signs(self, place: Spoken) -> Iterator[str]:
        """Yield what speaks for a place as the origin of this claim."""
        target = self._target
        near = "same"
        if place.sentence is target.sentence:
            yield from _within(place, target)
        else:
            back = target.number - place.number
            near = "near" if back < 3 else "far"
            yield f"back {away(back)}"
            yield f"paragraphs {min(3, target.sentence.paragraphs_after(place.sentence))}"
        words = place.sentence.words
        side = near
        if near == "same":
            side = "behind" if place.at > target.at else "ahead"
        yield f"{side} -1 {words[place.at - 1]}"
        yield f"{side} -2 {words[place.at - 2]} {words[place.at - 1]}"
        if place.at == place.sentence.first_place:
            yield f"{side} first place"
        if place.last == place.sentence.last_place:
            yield f"{side} last place"
        if place.site is not None:
            yield f"site {near}"
        if place.said is not None:
            yield f"target {near}"
        if place.name in self._beside:
            yield "target beside"
        rank = self._rank.get(place.key)
        yield f"no site {near}" if rank is None else f"rank {min(_RANKS, rank)}"
        yield f"stands {near} {max(-3, min(3, round(place.stands)))}"
        if place.name == self._last:
            yield f"last {near}"
        yield f"most stands {near} {max(-3, min(3, round(place.most_stands)))}"
        yield f"times target {near} {min(3, place.times_target - bool(place.said))}"
        yield from self._weapon_signs(place, near)
        yield f"named {min(4, place.times_named)} {near}"
        yield f"in lead {place.is_in_lead} {near}"
        if place.country and target.country:
            yield f"abroad {place.country != target.country} {near}"
        history = self._history(place, rank)
        yield f"is {history} {near}"
        if near != "same":
            yield f"is {history} where the sentence opens {target.sentence.words[0]}"
            yield f"is {history} where a range is stated {bool(target.sentence.ranges)}"
            for cue in self._cues:
                yield f"is {history} cue {cue}"
        if self._kind is not None:
            yield f"of the kind meant {place.kind == self._kind}"
        for cue in self._cues:
            yield f"cue {cue} {near}"
        if "there" in self._cues or "here" in self._cues:
            yield f"there {near} {'none' if rank is None else min(_RANKS, rank)}"

    def _weapon_signs(self, place: Spoken, near: str) -> Iterator[str]:
        """Yield how the weapons that a text tells of at a place go with those of the claim."""
        before, after = self._weapons.beside(place.sentence, place.at)
        where = f"{self._meant_where} {near}"
        yield f"weapon before {relation(self._meant, before)} {where}"
        yield f"weapon after {relation(self._meant, after)} {where}"
        told = {relation(self._meant, other) for other in self._weapons.at_place(place.name)}
        for related in told or {"none"}:
            yield f"weapon there {related}"

    def _history(self, place: Spoken, rank: int | None) -> str:
        """Return what a place is to the origin of the claim before: that, or a site named since."""
        if place.name == self._last:
            return "last, others since" if rank else "last"
        if rank is None:
            return "no site"
        if self._last is None:
            return "older site" if rank else "first site"
        return "newer site" if rank < self._last_rank else "older site"

    def open_signs(self) -> Iterator[str]:
        """Yield what speaks for a claim that names no origin."""
        yield "open"
        yield f"open sites {min(3, len(self._rank))}"
        if self._last is None:
            yield "open last"
        for cue in self._cues:
            yield f"open cue {cue}"


def site_signs(place: Spoken) -> Iterator[str]:
    """Yield what a place's own sentence says of it, whatever the claim."""
    words = place.sentence.words
    if place.site is not None:
        yield f"stays {not place.site.launched} assumed {place.site.assumed}"
    if place.hit:
        yield "hit"
    if place.was_site:
        yield "was site"
    if not _SHOWN.isdisjoint(words.between(place.at - _SHOWN_BEFORE, place.at)):
        yield "shown"
    yield f"kind {place.kind}"
    armed = "weapon" if place.sentence.armed else "no weapon"
    yield f"{armed} beside a {place.kind}"
    yield f"range beside {bool(place.sentence.ranges)}"
    if place.at == place.sentence.first_place:
        yield f"first place {armed}"
    if place.at <= _OPENS and words[0] in _WHERE:
        yield f"opens with {words[0]} {armed}"
    yield from words.beside(place.at, place.at, 3, 2, "word")
    yield f"two before {words[place.at - 2]} {words[place.at - 1]}"
    yield f"two after {words[place.at + 1]} {words[place.at + 2]}"
    for word in set(words.between(place.at - 10, place.at)):
        yield f"before {word}"
    for word in set(words.between(place.at + 1, place.at + 11)):
        yield f"after {word}"


def _kind_meant(target: Spoken) -> str | None:
    """Return the kind of place that "that province" or "the same town" near a target means."""
    words = target.sentence.words.between(target.at - _BEFORE, target.at + _AFTER)
    for pointer, noun in pairwise(words):
        if pointer in ("that", "this", "same") and noun in _KIND_OF:
            return _KIND_OF[noun]
    return None


def _is_listed_with(place: Spoken, target: Spoken) -> bool:
    """Return whether a place is a target of the same list: no place is reached from it then."""
    return (
        place.said is not None and place.sentence is target.sentence and place.first == target.first
    )


def _number(place: Spoken) -> int:
    return place.number


def _position(place: Spoken) -> tuple[int, int]:
    return place.number, place.at


def _within(place: Spoken, target: Spoken) -> Iterator[str]:
    side = "behind" if place.at > target.at else "ahead"
    first, last = sorted((place.at, target.at))
    between = target.sentence.words.between(first + 1, last)
    yield f"{side} {min(5, (last - first) // 4)}"
    if place.first == target.first:
        yield f"{side} in one list {'and' in between or 'or' in between}"
    yield f"{side} places {min(3, between.count('<place>'))}"
    for word in set(between):
        yield f"{side} between {word}"


def cues(target: Spoken) -> frozenset[str]:
    """Return the cue words around the target of a claim."""
    words = target.sentence.words
    return CUES.intersection(words.between(target.at - _BEFORE, target.at + _AFTER))


def away(sentences: int) -> str:
    """Return how far two sentences lie apart, more coarsely the farther."""
    if sentences < 4:
        return str(sentences)
    return "4 to 5" if sentences < 6 else "6 to 8" if sentences < 9 else "9"
