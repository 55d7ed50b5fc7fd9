"""Which lengths of a text are ranges of weapons, and what each says.

A length is a range when the words around it say so: the noun "range", a verb that reaches ("can
hit targets 300 km away"), "within 435 miles of" in a sentence about weapons. A length that places
something ("40 km north of Mosul"), measures something else (height, debris, a road) or was flown
once in a test ("flew 800 km before splashing down") is none: one flight shows what a missile did
on that day, and tests are cut short or lofted.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from withinreach.reading.attribution import said_by
from withinreach.reading.evidence import evidence, weight_of
from withinreach.reading.phrases import pattern
from withinreach.reading.quantities import Length, bare_lengths, lengths
from withinreach.reading.range_grammar import bounds_km, is_hole, length_told
from withinreach.reading.range_signs import range_signs, signed_lengths
from withinreach.reading.sentences import lowered, sentences
from withinreach.reading.statements import RangeStatement
from withinreach.reading.weapons import (
    WEAPON,
    WeaponName,
    has_weapon_word,
    outside,
    weapon_names,
)

__all__ = ["Figure", "find_figures", "find_ranges"]

# "They credit it with 380 km": the weapon was named within so many characters before.
_CONTEXT = 700
# So many sentences on, a figure without a unit has nothing to do with a length told before.
_BARE_MEMORY = 3


def find_ranges(
    text: str, weapons: Sequence[WeaponName] | None = None
) -> tuple[RangeStatement, ...]:
    """Return the ranges of weapons that a text states, in text order; figures in km.

    "700 km" gives max_km 700; "200 to 700 km" min_km and max_km; "more than 300 km" min_km alone.
    `weapons` are those that the text names, looked up here unless they are known already.
    A text that names no kind of weapon states none. Linear in the length of the text.

    >>> [(r.min_km, r.max_km) for r in find_ranges("rockets with a range of 40 to 70 km")]
    [(40.0, 70.0)]
    """
    low = lowered(text)
    if weapons is None:
        weapons = weapon_names(text)
    if not weapons and not has_weapon_word(text):
        return ()
    found: list[RangeStatement] = []
    holes: list[tuple[int, float]] = []
    by_sentence: dict[tuple[int, int], list[RangeStatement]] = {}
    for figure in find_figures(text, low, weapons):
        length, (start, end) = figure.length, figure.sentence
        before = low[start : length.start]
        if figure.signs is None:
            holes.append((length.start, length.high_km))
        elif weight_of(figure.signs, evidence().is_range) > 0:
            stated = _statement(text, start, end, length, before)
            by_sentence.setdefault(figure.sentence, []).append(stated)
    for (start, end), known in by_sentence.items():
        found += _with_names(known, text, start, end, weapons)
    return tuple(_with_holes(found, holes))


class Figure(NamedTuple):
    """A length in a text about weapons, and the signs that it is a range; None of a dead zone."""

    length: Length
    sentence: tuple[int, int]
    signs: tuple[str, ...] | None


def find_figures(text: str, low: str, weapons: Sequence[WeaponName]) -> Iterator[Figure]:
    """Yield the lengths of a text, whose letters in lower case are `low`, with their signs."""
    for (start, end), told_with_unit, unit_km in _by_sentence(text, low):
        known = False
        first = max(0, start - _CONTEXT)
        about_weapons = WEAPON.search(low, first, end) or _name_end(weapons, first, end) is not None
        named = weapons[
            bisect_left(weapons, start, key=_start) : bisect_left(weapons, end, key=_start)
        ]
        taken: list[WeaponName | Length] = [*told_with_unit, *named]
        taken.sort(key=_start)
        bare = list(outside(taken, bare_lengths(text, start, end, unit_km)))
        without_unit = {length.start for length in bare}
        here = sorted([*told_with_unit, *bare], key=_start)
        words = signed_lengths(low, start, end, here, named)
        for length in here:
            before, after = low[start : length.start], low[length.end : end]
            if is_hole(before, low[length.start : length.end], after):
                yield Figure(length, (start, end), None)
                continue
            told = length_told(
                before,
                after,
                goes_on=known,
                about_weapons=bool(about_weapons),
                name_end=_name_end(weapons, start, length.start),
            )
            known = known or told == "range"
            is_bare = length.start in without_unit
            signs = range_signs(words, length.start - start, length, told, bare=is_bare)
            yield Figure(length, (start, end), tuple(signs))


def _start(one: WeaponName | Length) -> int:
    return one.start


def _name_end(weapons: Sequence[WeaponName], start: int, end: int) -> int | None:
    """Return where the last weapon named between two offsets ends, from the first of them on."""
    last = bisect_left(weapons, end, key=_start) - 1
    return weapons[last].end - start if last >= 0 and weapons[last].start >= start else None


def _by_sentence(text: str, low: str) -> Iterator[tuple[tuple[int, int], list[Length], float]]:
    """Yield the sentences that tell a length or soon follow one, their lengths, the last unit."""
    waiting = list(lengths(text))
    if not waiting:
        return
    waiting.reverse()
    unit_km, since = 1.0, _BARE_MEMORY
    for start, end in sentences(text):
        here = []
        while waiting and waiting[-1].start < end:
            here.append(waiting.pop())
        since = 0 if here else since + 1
        if here:
            unit_km = here[-1].unit_km
        if since < _BARE_MEMORY:
            yield (start, end), here, unit_km
        elif not waiting:
            return


def _statement(text: str, start: int, end: int, length: Length, before: str) -> RangeStatement:
    min_km, max_km = bounds_km(length, before)
    return RangeStatement(
        start=length.start,
        end=length.end,
        text=text[length.start : length.end],
        min_km=min_km,
        max_km=max_km,
        said_by=said_by(text[start:end], length.start - start, length.end - start),
    )


# "It has a range of", "Its range", "With a range of": the weapon is the one named just before.
_LEADS_BACK = pattern(
    r"\W*(?:(?:but|and|though|while|now)\s+)?(?:it|its|they|their|those|these|with\s+a"
    r"|the\s+(?:[a-z-]+\s+){0,3}?"
    r"(?:missiles?|rockets?|weapons?|systems?|drones?|range))\b",
    re.IGNORECASE,
)


def _with_names(
    stated: list[RangeStatement], text: str, start: int, end: int, weapons: Sequence[WeaponName]
) -> list[RangeStatement]:
    """Give each range of a sentence the weapon it belongs to, None when the text names none."""
    first = bisect_left(weapons, start, key=_start)
    here = weapons[first : bisect_left(weapons, end, key=_start)]
    if len(here) == len(stated) > 1 and "respectively" in text[stated[-1].end : end]:
        return [
            msgspec.structs.replace(r, missile=w.name) for r, w in zip(stated, here, strict=True)
        ]
    named = []
    for one in stated:
        before = [w for w in here if w.start < one.start]
        after = [w for w in here if one.end <= w.start < one.end + 60]
        weapon = before[-1] if before else None
        if weapon is None and first and _LEADS_BACK.match(text, start):
            previous = weapons[first - 1]
            # Further back than a long sentence, "it" is something else.
            weapon = previous if start - previous.end < 300 else None
        if weapon is None and after:
            weapon = after[0]
        named.append(one if weapon is None else msgspec.structs.replace(one, missile=weapon.name))
    return named


def _with_holes(
    found: list[RangeStatement], holes: list[tuple[int, float]]
) -> Iterator[RangeStatement]:
    """Give each dead zone to the nearest range; without one it says nothing that can be drawn."""
    hole_of: dict[int, float] = {}
    for at, hole_km in holes:
        near = [r for r in found if abs(r.start - at) < 400]
        if near:
            hole_of[min(near, key=lambda r: abs(r.start - at)).start] = hole_km
    for statement in found:
        hole = hole_of.get(statement.start)
        yield (statement if hole is None else msgspec.structs.replace(statement, hole_km=hole))
