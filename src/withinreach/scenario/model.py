"""The scenario: origins, ranges, targets and claims, checked, and the form of the scenario file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from withinreach.geodesy import MAX_RADIUS_KM
from withinreach.reading.statements import Asserted, Site

__all__ = [
    "MAX_UNCERTAINTY_KM",
    "Basis",
    "Claim",
    "Located",
    "NamedMissile",
    "Origin",
    "Range",
    "Scenario",
    "Source",
    "Target",
]

# A quarter of the way round the Earth; what is known less well is nowhere.
MAX_UNCERTAINTY_KM = 10_000.0

Basis = Literal["extent", "doubt"]
Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Label = Annotated[str, Meta(min_length=1, max_length=200)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
UncertaintyKm = Annotated[float, Meta(ge=0, le=MAX_UNCERTAINTY_KM)]
RangeKm = Annotated[float, Meta(gt=0, le=MAX_RADIUS_KM)]
CountryCode = Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]


class _Entry(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    pass


class Source(_Entry, frozen=True, kw_only=True):
    """Where the text comes from, as far as known; `text_sha256` tells a changed article."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    file: str | None = None
    text_sha256: str | None = None


class Located(_Entry, frozen=True, kw_only=True):
    """Something with an area, in degrees on WGS 84.

    It is a point known to `uncertainty_km`, or an outline of the atlas or a part of it ("western"),
    or a polygon of [lon, lat] corners.
    """

    id: Id
    label: Label
    lon: Longitude | None = None
    lat: Latitude | None = None
    uncertainty_km: UncertaintyKm = 0.0
    outline: str | None = None
    part: str | None = None
    polygon: tuple[tuple[Longitude, Latitude], ...] | None = None
    country: CountryCode | None = None
    country_label: str | None = None
    note: str | None = None

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        from withinreach.scenario.areas import area_of

        return {
            "type": "Feature",
            "id": self.id,
            "geometry": area_of(self).__geo_interface__,
            "properties": {"label": self.label, "country": self.country},
        }


class Origin(Located, frozen=True, kw_only=True):
    """A place that missiles are said to be launched from, kept or made at: always an area.

    `basis` "extent": the whole area is meant; "doubt": one spot in it that cannot be fixed.
    `ranges` holds the ids of the ranges that apply here; empty means all of the scenario's.
    `described` is a direction that the text adds to a province that lies there anyway ("Iran's
    western Ilam province"): the whole outline is meant, and verdicts tell what the part would give.
    """

    site: Site = "named site"
    described: str | None = None
    basis: Basis
    ranges: tuple[Id, ...] = ()
    quote: str | None = None


class Target(Located, frozen=True, kw_only=True):
    """A place that is said to be in or out of reach."""

    quote: str | None = None


class Range(_Entry, frozen=True, kw_only=True):
    """A stated range in km.

    `min_km` and `max_km` are the lowest and highest reach stated; one figure is `max_km` alone,
    "more than 300 km" is `min_km` alone. `hole_km` is a dead zone around the origin, only when
    someone says so. `taken_from` tells figures of the article from published ones that stand in for
    missing ones, and from those given by hand.
    """

    id: Id
    min_km: RangeKm | None = None
    max_km: RangeKm | None = None
    hole_km: RangeKm | None = None
    missile: str | None = None
    said_by: str | None = None
    taken_from: Literal["article", "published figures", "hand"] = "article"
    quote: str | None = None

    @property
    def radii_km(self) -> tuple[float, ...]:
        """The one or two radii that the range draws, in km, ascending."""
        return tuple(sorted({r for r in (self.min_km, self.max_km) if r is not None}))


class NamedMissile(_Entry, frozen=True, kw_only=True):
    """A missile that the text names, with the range figures published for it.

    `stated` holds the ids of the ranges that the text gives for it. `low_km` and `high_km` are the
    lowest and highest published maximum range, with who claims it and where it was read; both are
    None where there is no such figure, and `note` says why.
    """

    name: Label
    named_as: Label | None = None
    stated: tuple[Id, ...] = ()
    low_km: RangeKm | None = None
    high_km: RangeKm | None = None
    claimed_by: str | None = None
    source: str | None = None
    as_of: str | None = None
    note: str | None = None


class Claim(_Entry, frozen=True, kw_only=True):
    """That an origin can, or cannot, reach targets. `origin` None: the text leaves it open."""

    id: Id
    origin: Id | None = None
    targets: tuple[Id, ...]
    range: Id | None = None
    asserted: Asserted = "can_reach"
    condition: str | None = None
    said_by: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    reviewed_by: str | None = None


class Scenario(_Entry, frozen=True, kw_only=True):
    """All that is needed to draw and to judge; the article itself is not needed any more."""

    schema_version: Literal[1] = 1
    reviewed_by: str | None = None
    source: Source = Source()
    origins: tuple[Origin, ...] = msgspec.field(name="origin", default=())
    ranges: tuple[Range, ...] = msgspec.field(name="range", default=())
    missiles: tuple[NamedMissile, ...] = msgspec.field(name="missile", default=())
    targets: tuple[Target, ...] = msgspec.field(name="target", default=())
    claims: tuple[Claim, ...] = msgspec.field(name="claim", default=())

    def origin(self, origin_id: str) -> Origin:
        return next(o for o in self.origins if o.id == origin_id)

    def target(self, target_id: str) -> Target:
        return next(t for t in self.targets if t.id == target_id)

    def range(self, range_id: str) -> Range:
        return next(r for r in self.ranges if r.id == range_id)

    def ranges_of(self, origin: Origin) -> tuple[Range, ...]:
        """Return the ranges that apply to an origin: its own, else all."""
        if not origin.ranges:
            return self.ranges
        own = frozenset(origin.ranges)
        return tuple(r for r in self.ranges if r.id in own)

    def radii_km(self, origin: Origin) -> tuple[float, ...]:
        """Return the distinct radii to draw around an origin, in km, ascending."""
        return tuple(sorted({km for r in self.ranges_of(origin) for km in r.radii_km}))

    def hole_km(self, origin: Origin, radius_km: float) -> float | None:
        """Return the dead zone around an origin at one radius, where every range of it has one."""
        holes = [r.hole_km for r in self.ranges_of(origin) if radius_km in r.radii_km]
        known = [km for km in holes if km is not None]
        return min(known) if known and len(known) == len(holes) else None

    def save(self, path: str | Path, *, force: bool = False) -> None:
        """Write the scenario as a TOML file; an existing file is replaced only with `force`."""
        from withinreach.files import write_whole
        from withinreach.scenario.file_write import dump_scenario

        write_whole(path, dump_scenario(self), force=force)

    @property
    def title(self) -> str:
        return self.source.title or self.source.file or "Range map"
