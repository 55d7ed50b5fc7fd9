"""Missiles that a text names: their published figures, which stand in where it gives none."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from withinreach.atlas.missiles import LIST_GLUE, missile
from withinreach.errors import AtlasError
from withinreach.reading.sentences import sentences
from withinreach.scenario.model import Claim, NamedMissile, Range

if TYPE_CHECKING:
    from collections.abc import Callable

    from withinreach.atlas.missiles import Missile, MissileMention
    from withinreach.reading.statements import RangeStatement, Reading

__all__ = ["differs", "named_missiles", "with_stand_ins"]


def named_missiles(
    reading: Reading, range_id_of: Callable[[RangeStatement], str | None]
) -> tuple[NamedMissile, ...]:
    """Return the missiles of the atlas that a text names, each with the ranges that it states.

    A range that was read as one missile's own is that missile's, and that of the missiles named in
    one list with it ("Fateh-110 and Zelzal missiles fly 200 to 300 km") unless they have their own.
    One that is no single missile's is that of all missiles of its sentence.
    """
    if not reading.missiles:
        return ()
    bounds = list(sentences(reading.text))
    own: dict[str, list[str]] = {m.missile.name: [] for m in reading.missiles}
    for said in reading.ranges:
        range_id = range_id_of(said)
        for mention in reading.missiles if range_id else ():
            if _is_of(said, mention) or (said.missile is None and _together(said, mention, bounds)):
                own[mention.missile.name].append(range_id or "")
    shared = {name: list(ids) for name, ids in own.items()}
    for one, other in itertools.pairwise(reading.missiles):
        if LIST_GLUE.fullmatch(reading.text, one.end, other.start):
            for name, beside in ((one, other), (other, one)):
                if not own[name.missile.name]:
                    shared[name.missile.name] += own[beside.missile.name]
    first = {m.missile.name: m for m in reversed(reading.missiles)}
    return tuple(
        _named(first[name].missile, first[name].text, tuple(dict.fromkeys(ids)))
        for name, ids in shared.items()
    )


def _is_of(said: RangeStatement, mention: MissileMention) -> bool:
    if said.missile is None:
        return False
    try:
        return missile(said.missile) == mention.missile
    except AtlasError:
        return False


def _together(
    said: RangeStatement, mention: MissileMention, bounds: Sequence[tuple[int, int]]
) -> bool:
    return any(start <= said.start < end and start <= mention.start < end for start, end in bounds)


def _named(entry: Missile, named_as: str, stated: tuple[str, ...]) -> NamedMissile:
    return NamedMissile(
        name=entry.name,
        named_as=None if named_as == entry.name else named_as,
        stated=stated,
        low_km=entry.low_km,
        high_km=entry.high_km,
        claimed_by=entry.claimed_by or None,
        source=entry.source or None,
        as_of=entry.as_of or None,
        note=entry.note or None,
    )


def with_stand_ins(
    claims: Sequence[Claim],
    ranges: Sequence[Range],
    named: Sequence[NamedMissile],
    new_id: Callable[[str], str],
) -> tuple[list[Claim], list[Range]]:
    """Return claims and ranges with published figures where the text gives none.

    In a text without any range the figures of all its missiles stand in; else only those of a
    missile that a claim names without a range, or with one that the text gives for another missile:
    so a missile of the background draws nothing.
    """
    without = [m for m in named if not m.stated and m.low_km is not None]
    by_id = {r.id: r for r in ranges}
    added: dict[str, Range] = {}

    def stand_in(named: NamedMissile) -> Range:
        if named.name not in added:
            added[named.name] = _range_of(named, new_id(f"published-{named.name}"))
        return added[named.name]

    if not ranges:
        for one in without:
            stand_in(one)
    filled = []
    for claim in claims:
        given = None if claim.range is None else by_id[claim.range]
        own = [m for m in without if _names(claim, m.named_as or m.name)]
        if given is not None and (given.missile is None or _names(claim, given.missile)):
            own = []
        if own:
            farthest = max(own, key=lambda m: m.high_km or m.low_km or 0.0)
            claim = msgspec.structs.replace(claim, range=stand_in(farthest).id)
        filled.append(claim)
    return filled, [*ranges, *added.values()]


def _names(claim: Claim, name: str) -> bool:
    return name in (claim.quote or "")


def _range_of(missile: NamedMissile, range_id: str) -> Range:
    several = missile.low_km != missile.high_km
    return Range(
        id=range_id,
        min_km=missile.low_km if several else None,
        max_km=missile.high_km,
        missile=missile.name,
        said_by=missile.claimed_by,
        taken_from="published figures",
    )


def differs(missile: NamedMissile, ranges: Mapping[str, Range]) -> bool:
    """Return whether the text's figures for a missile lie outside the published ones."""
    if missile.low_km is None:
        return False
    figures = [km for range_id in missile.stated for km in ranges[range_id].radii_km]
    # Miles in round figures become km that are no rounder than this.
    low, high = 0.98 * missile.low_km, 1.02 * (missile.high_km or float("inf"))
    return any(not low <= km <= high for km in figures)
