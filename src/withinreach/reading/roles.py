"""Which mention is an origin, which a target, which only context."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import msgspec

from withinreach.reading.claims import find_claims
from withinreach.reading.statements import (
    ClaimStatement,
    OriginStatement,
    PlaceMention,
    RangeStatement,
    Role,
    Site,
)
from withinreach.reading.told import FoundSite, what_is_told
from withinreach.reading.weapons import WeaponName, weapon_names

__all__ = ["Roles", "assign_roles"]


class Roles(msgspec.Struct, frozen=True, kw_only=True):
    """Places with their roles, the origins among them, and the claims that name them."""

    places: tuple[PlaceMention, ...]
    origins: tuple[OriginStatement, ...]
    claims: tuple[ClaimStatement, ...]


def assign_roles(
    text: str,
    places: Sequence[PlaceMention],
    ranges: Sequence[RangeStatement],
    weapons: Sequence[WeaponName] | None = None,
) -> Roles:
    """Return the places of a text with their roles, its origins and its claims, in text order.

    A place that the text gives as a site, a launch area or the origin of a claim is an origin; one
    that a claim names, or that was reported hit, is a target; every other is context. A country
    that holds a finer origin of the same text is context unless a claim starts from it. One spot
    somewhere in an area (a factory, a base) is doubt; an area from which missiles are supposed to
    be launched, or all over which they stand, is extent.
    """
    if weapons is None:
        weapons = weapon_names(text, {m.name for m in places})
    told = what_is_told(text, places, ranges, weapons)
    claims = find_claims(told)
    started = {c.origin.start for c in claims if c.origin is not None}
    aimed_at = {m.start for c in claims for m in c.targets}
    sure = [s for s in told.sites if s.phrase.sure and s.mention.start not in aimed_at]
    finer = {p.country for s in sure if (p := s.mention.place) is not None and p.kind != "country"}
    sites = [
        s
        for s in told.sites
        if s.mention.start in started
        or (s.phrase.sure and s.mention.start not in aimed_at and not _is_held(s, finer))
    ]
    roles: dict[int, Role] = {m.start: "target" for m in told.hit}
    roles |= dict.fromkeys(aimed_at, "target")
    roles |= {s.mention.start: "origin" for s in sites}
    roles |= dict.fromkeys(started, "origin")
    with_roles = tuple(
        m if m.start not in roles else msgspec.structs.replace(m, role=roles[m.start])
        for m in places
    )
    by_start = {m.start: m for m in with_roles}
    return Roles(
        places=with_roles,
        origins=_origins(sites, claims, by_start),
        claims=tuple(
            msgspec.structs.replace(
                c,
                origin=None if c.origin is None else by_start[c.origin.start],
                targets=tuple(by_start[m.start] for m in c.targets),
            )
            for c in claims
        ),
    )


def _is_held(site: FoundSite, finer: Collection[str | None]) -> bool:
    """Return whether a site is a country, and one of those that hold a finer site."""
    place = site.mention.place
    return place is not None and place.kind == "country" and place.country in finer


def _origins(
    sites: Sequence[FoundSite],
    claims: Sequence[ClaimStatement],
    by_start: dict[int, PlaceMention],
) -> tuple[OriginStatement, ...]:
    """Return one statement for each place; a site that stands there counts before a supposition."""
    found: dict[object, OriginStatement] = {}
    claimed = {c.origin.start: c for c in claims if c.origin is not None}
    for site in sites:
        mention = by_start[site.mention.start]
        assumed = site.phrase.assumed or (site.phrase.launched and mention.start in claimed)
        statement = _statement(mention, assumed, site.phrase.single, site.start, site.end)
        key = _key(mention)
        if key not in found or (
            found[key].site == "assumed launch area" and statement.site == "named site"
        ):
            found[key] = statement
    for start, claim in claimed.items():
        mention = by_start[start]
        if _key(mention) not in found:
            found[_key(mention)] = _statement(mention, True, False, claim.start, claim.end)
    return tuple(sorted(found.values(), key=lambda o: o.mention.start))


def _statement(
    mention: PlaceMention, assumed: bool, single: bool, start: int, end: int
) -> OriginStatement:
    site: Site = "assumed launch area" if assumed else "named site"
    is_area = mention.place is not None and mention.place.kind in {"region", "country", "water"}
    basis: Literal["extent", "doubt"] = "extent" if is_area and not single else "doubt"
    return OriginStatement(mention=mention, site=site, basis=basis, start=start, end=end)


def _key(mention: PlaceMention) -> object:
    place = mention.name.casefold() if mention.place is None else mention.place.id
    return place, mention.part
