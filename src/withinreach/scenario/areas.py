"""From an entry of the scenario to its area on the ellipsoid."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from withinreach.errors import ScenarioError
from withinreach.geodesy import disc

if TYPE_CHECKING:
    from withinreach.geodesy import Area
    from withinreach.scenario.model import Located

__all__ = [
    "area_of",
    "bounds_of",
    "centre_of",
    "is_located",
    "is_point",
    "is_told_by_towns",
    "margin_km",
]


def is_located(entry: Located) -> bool:
    """Return whether an entry has an area: a place that could not be fixed has none yet."""
    return entry.lon is not None or entry.outline is not None or entry.polygon is not None


def is_point(entry: Located) -> bool:
    """Return whether an entry is a town's centre, known to its uncertainty."""
    return entry.lon is not None


def area_of(entry: Located) -> Area:
    """Return the area of an entry: a disc, an outline of the atlas or its part, or the polygon."""
    return _area(
        entry.lon, entry.lat, entry.uncertainty_km, entry.outline, entry.part, entry.polygon
    )


@lru_cache(maxsize=256)
def _area(
    lon: float | None,
    lat: float | None,
    uncertainty_km: float,
    outline_id: str | None,
    part: str | None,
    polygon: tuple[tuple[float, float], ...] | None,
) -> Area:
    if lon is not None and lat is not None:
        return disc(lon, lat, uncertainty_km)
    if outline_id is not None:
        from withinreach.atlas.regions import clip_part, outline

        geometry = outline(outline_id).geometry
        return geometry if part is None else clip_part(geometry, part)
    if polygon is not None:
        from withinreach.geodesy.corners import area_of_corners

        return area_of_corners(polygon)
    raise ScenarioError("an entry without lon and lat, outline or polygon has no area")


def centre_of(entry: Located) -> tuple[float, float]:
    """Return lon, lat of the point where an entry's label stands, inside its area."""
    if entry.lon is not None and entry.lat is not None:
        return entry.lon, entry.lat
    area: Any = area_of(entry)
    point = area.representative_point()
    return point.x, point.y


def is_told_by_towns(entry: Located) -> bool:
    """Return whether an entry is a province without an outline, known by its towns alone."""
    return entry.outline is not None and entry.outline.startswith("province:")


def bounds_of(entry: Located) -> tuple[Area | None, Area]:
    """Return what surely and what perhaps belongs to an entry, up to `margin_km`.

    Both are its area, but for a whole province that is told by its towns: see
    `withinreach.atlas.provinces.province_bounds`. None: the atlas knows too few towns.
    """
    if not _has_bounds(entry):
        area = area_of(entry)
        return area, area
    from withinreach.atlas.provinces import province_bounds

    country, _, admin1 = str(entry.outline).removeprefix("province:").partition(":")
    bounds = province_bounds(country, admin1)
    return bounds.surely, bounds.perhaps


def margin_km(entry: Located) -> float:
    """Return by how many km the edges of `bounds_of` may be off.

    A disc holds its uncertainty already; an outline or polygon is known to `uncertainty_km`.
    """
    return 0.0 if is_point(entry) or _has_bounds(entry) else entry.uncertainty_km


def _has_bounds(entry: Located) -> bool:
    return is_told_by_towns(entry) and entry.part is None
