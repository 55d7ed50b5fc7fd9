"""Which part of an area is within reach of a point."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from withinreach.geodesy.area_distances import distance_interval_km
from withinreach.geodesy.areas import Area, Disc, outline_of, surface_of
from withinreach.geodesy.points import checked_radius_km, distance_km, geod
from withinreach.geodesy.rings import ring

__all__ = ["origin_share"]

# How fine edges are drawn, in parts of the area's size; and samples along a line.
_TOLERANCE = 1e-4
_SAMPLES = 10_000


def origin_share(area: Area, lon: float, lat: float, radius_km: float) -> float:
    """Return the part (0 to 1) of an area from which a point is within `radius_km`.

    Both areas are measured on the ellipsoid (Karney 2013, section 6), so that a share is one of
    true area; good to 0.1 percentage point. A line counts by its length. Raises `ValueError` for
    what is no area, no point, and radii not above 0 or above 19,900 km.
    """
    radius_km = checked_radius_km(radius_km)
    nearest, farthest = distance_interval_km(area, float(lon), float(lat))
    if farthest <= radius_km:
        return 1.0
    if nearest > radius_km:
        return 0.0
    if isinstance(area, Disc):
        tolerance_m = max(area.radius_km * _TOLERANCE * 1000, 0.001)
        area = ring(area.lon, area.lat, area.radius_km, tolerance_m=min(tolerance_m, 10))
    surface = surface_of(area)
    if surface.is_empty:
        return _share_of_line(area, float(lon), float(lat), radius_km)
    whole_m2 = _area_m2(surface)
    tolerance_m = min(max(whole_m2**0.5 * _TOLERANCE, 0.001), 20)
    covered = surface.intersection(ring(lon, lat, radius_km, tolerance_m=tolerance_m))
    return min(max(_area_m2(covered) / whole_m2, 0.0), 1.0)


def _share_of_line(line: BaseGeometry, lon: float, lat: float, radius_km: float) -> float:
    outline = outline_of(line)
    ends = np.cumsum(outline.length_m)
    at = (np.arange(_SAMPLES) + 0.5) / _SAMPLES * ends[-1]
    piece = np.searchsorted(ends, at)
    start = outline.start[piece]
    along = at - ends[piece] + outline.length_m[piece]
    x, y, _ = geod().fwd(outline.lon[start], outline.lat[start], outline.azimuth_deg[piece], along)
    return float((distance_km(lon, lat, x, y) <= radius_km).mean())


def _area_m2(surface: BaseGeometry) -> float:
    polygons = [p for p in shapely.get_parts(surface) if p.geom_type == "Polygon"]
    return sum(abs(geod().geometry_area_perimeter(shapely.orient_polygons(p))[0]) for p in polygons)
