"""From an entry of the scenario to its area on the ellipsoid."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from withinreach.errors import ScenarioError
from withinreach.geodesy import disc

if TYPE_CHECKING:
    from withinreach.geodesy import Area
    from withinreach.scenario.model import Located

__all__ = ["area_of", "centre_of", "is_located", "is_point", "margin_km"]


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
        from shapely import Polygon

        return Polygon(polygon)
    raise ScenarioError("an entry without lon and lat, outline or polygon has no area")


def centre_of(entry: Located) -> tuple[float, float]:
    """Return lon, lat of the point where an entry's label stands, inside its area."""
    if entry.lon is not None and entry.lat is not None:
        return entry.lon, entry.lat
    area: Any = area_of(entry)
    point = area.representative_point()
    return point.x, point.y


def margin_km(entry: Located) -> float:
    """Return by how many km the edge of an entry's area may be off.

    A disc holds its uncertainty already; an outline or polygon is known to `uncertainty_km`.
    """
    return 0.0 if is_point(entry) else entry.uncertainty_km
