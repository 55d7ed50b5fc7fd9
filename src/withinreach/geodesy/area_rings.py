"""Rings around areas: what some point of an area reaches, and what every point of it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

from withinreach.geodesy.area_distances import farthest_km, nearest_km
from withinreach.geodesy.areas import Area, Disc, checked_area
from withinreach.geodesy.faces import Plane, covered_area
from withinreach.geodesy.offsets import (
    Pieces,
    Shade,
    half_length_m,
    offset_pieces,
    points_of,
    subdivided,
)
from withinreach.geodesy.points import checked_radius_km
from withinreach.geodesy.rings import LEAST_RADIUS_KM, ring

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["area_ring"]

# Shares of the tolerance: how far edges may bend, and how deep a line must lie to be left out.
_BEND = 0.8
_DEPTH = 2.0
_LEAST_TOLERANCE_M = 0.001


def area_ring(
    area: Area,
    radius_km: float,
    from_: Literal["some", "every"] = "some",
    tolerance_m: float = 10,
) -> BaseGeometry:
    """Return what lies within `radius_km` of some, or of every, point of an area.

    The drawn edge is within `tolerance_m` of the true one. "every" may be empty: then the result is
    an empty Polygon. Lon, lat degrees, valid, counter-clockwise, cut at ±180°. Raises `ValueError`
    for areas and radii that are none, and tolerances below a millimetre.
    """
    if from_ not in ("some", "every"):
        raise ValueError(f'from_ = {from_!r}: give "some" or "every"')
    radius = checked_radius_km(radius_km)
    if not _LEAST_TOLERANCE_M <= tolerance_m < np.inf:
        raise ValueError(f"tolerance_m = {tolerance_m}: give m from {_LEAST_TOLERANCE_M}")
    if isinstance(area, Disc):
        reach = radius + (area.radius_km if from_ == "some" else -area.radius_km)
        if reach < LEAST_RADIUS_KM:
            return shapely.Polygon()
        return ring(area.lon, area.lat, checked_radius_km(reach), tolerance_m=tolerance_m)
    drawn = _drawn(checked_area(area), radius, from_ == "every", float(tolerance_m))
    polygons = [p for p in shapely.get_parts(drawn) if p.geom_type == "Polygon"]
    if not polygons:
        return shapely.Polygon()
    turned = shapely.orient_polygons(np.array(polygons))
    return turned[0] if len(turned) == 1 else shapely.MultiPolygon(list(turned))


def _drawn(area: BaseGeometry, radius_km: float, every: bool, tolerance_m: float) -> BaseGeometry:
    """Join the parts of the offset curve that no other point of the outline hides."""
    radius_m = radius_km * 1000
    pieces = offset_pieces(area, radius_m, inward=every)
    shade = Shade(*shapely.get_coordinates(area).T)

    def drop(some: Pieces) -> NDArray[np.bool_]:
        lon, lat = points_of(some, (some.low + some.high) / 2)
        room = half_length_m(some) + _DEPTH * tolerance_m
        return shade.hides(lon, lat, room, radius_m, inward=every)

    plane = Plane.for_lines(*points_of(pieces, (pieces.low + pieces.high) / 2))
    fine = subdivided(pieces, _BEND * tolerance_m, plane, drop)
    start = np.column_stack(points_of(fine, fine.low))
    end = np.column_stack(points_of(fine, fine.high))
    # A piece ends where the next one starts, to the bit.
    last = fine.high == 1
    starts = np.column_stack(points_of(pieces, pieces.low))
    end[last] = starts[pieces.follows[fine.source[last]]]

    def is_covered(lon: NDArray[Any], lat: NDArray[Any]) -> NDArray[np.bool_]:
        away = (farthest_km if every else nearest_km)(area, lon, lat)
        return np.asarray(away <= radius_km + 0.3 * tolerance_m / 1000)

    return covered_area(start, end, is_covered, plane, tolerance_m)
