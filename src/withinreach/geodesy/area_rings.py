"""Rings around areas: what some point of an area reaches, and what every point of it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from withinreach.geodesy.areas import Area, Disc, Samples, distance_interval_km, sampled
from withinreach.geodesy.points import checked_radius_km
from withinreach.geodesy.rings import circles_alike, cut_at_antimeridian, ring

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["area_ring"]

_HALF_TURN_M = 20_003_931.0


def area_ring(
    area: Area,
    radius_km: float,
    from_: Literal["some", "every"] = "some",
    tolerance_m: float = 10,
) -> BaseGeometry:
    """Return what lies within `radius_km` of some, or of every, point of an area.

    The drawn edge is within `tolerance_m` of the true one. "every" may be empty: then the result is
    an empty Polygon. Lon, lat degrees, valid, counter-clockwise, cut at ±180°. Raises `ValueError`
    for areas and radii that are none.
    """
    if from_ not in ("some", "every"):
        raise ValueError(f'from_ = {from_!r}: give "some" or "every"')
    radius = checked_radius_km(radius_km)
    if isinstance(area, Disc):
        reach = radius + (area.radius_km if from_ == "some" else -area.radius_km)
        if reach <= 0:
            return shapely.Polygon()
        return ring(area.lon, area.lat, checked_radius_km(reach), tolerance_m=tolerance_m)
    drawn = (_outer if from_ == "some" else _inner)(area, radius, float(tolerance_m))
    polygons = [p for p in shapely.get_parts(drawn) if p.geom_type == "Polygon"]
    if not polygons:
        return shapely.Polygon()
    turned = shapely.orient_polygons(np.array(polygons))
    return turned[0] if len(turned) == 1 else shapely.MultiPolygon(list(turned))


def _outer(area: BaseGeometry, radius_km: float, tolerance_m: float) -> BaseGeometry:
    """Join the circles around points of the outline, close enough that scallops stay small.

    Between centres at distance h the joined edge lies h²/8R' inside the true one, R' the radius
    that the circle has at its rim; half of that is given back by a radius that is larger by it.
    """
    rim_m = min(radius_km * 1000, max(_HALF_TURN_M - radius_km * 1000, 50_000.0))
    gap_m = float(np.sqrt(8 * rim_m * tolerance_m * 0.7))
    samples = sampled(area, gap_m / 4)
    centres = _thinned(samples, 0.75 * gap_m, 0.3 * tolerance_m)
    grown = min(radius_km + tolerance_m * 0.35 / 1000, 19_900.0)
    lon, lat = samples.lon[centres], samples.lat[centres]
    circles = circles_alike(lon, lat, grown, tolerance_m=0.3 * tolerance_m)
    return shapely.union_all([*circles, cut_at_antimeridian(samples.surface)])


def _thinned(samples: Samples, gap_m: float, tolerance_m: float) -> NDArray[np.intp]:
    """Return few samples that stand for the outline: its turns, and some between at a gap (m)."""
    ends = np.flatnonzero(~np.isin(np.arange(len(samples.lon)), samples.start))
    first = 0
    kept = []
    for last in ends.tolist():
        line = np.arange(first, last + 1)
        first = last + 1
        if len(line) < 3:
            kept.append(line)
            continue
        points = np.column_stack([samples.lon[line], samples.lat[line]])
        # A degree is at most 111.7 km, so this drops no turn that matters.
        turns = shapely.simplify(shapely.LineString(points), tolerance_m / 111_700)
        at = np.isin(_packed(points), _packed(shapely.get_coordinates(turns)))
        travelled = np.concatenate([[0], np.cumsum(samples.length_m[_piece(samples, line[:-1])])])
        at |= np.diff(travelled // gap_m, prepend=-1) > 0
        kept.append(line[at])
    return np.concatenate(kept)


def _piece(samples: Samples, start: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.searchsorted(samples.start, start)


def _packed(points: NDArray[np.float64]) -> NDArray[np.complex128]:
    return points[:, 0] + 1j * points[:, 1]


def _inner(area: BaseGeometry, radius_km: float, tolerance_m: float) -> BaseGeometry:
    """Intersect the circles around the corners that are farthest from somewhere.

    Below a quarter turn the farthest point of an area is a corner of its convex hull, so that
    the others need no circle.
    """
    samples = sampled(area)
    corners = np.unique(samples.corners)
    lon, lat = samples.lon[corners], samples.lat[corners]
    widest = max(float(distance_interval_km(area, lon[0], lat[0])[1]), 1e-6)
    if widest > 2 * radius_km:
        return shapely.Polygon()
    if radius_km < 9_000:
        outermost = _near_hull(samples.xyz[corners])
        lon, lat = lon[outermost], lat[outermost]
    else:
        lon, lat = samples.lon, samples.lat
    result: BaseGeometry | None = None
    for x, y in zip(lon, lat, strict=True):
        circle = ring(float(x), float(y), radius_km, tolerance_m=0.9 * tolerance_m)
        result = circle if result is None else result.intersection(circle)
        if result.is_empty:
            break
    return shapely.Polygon() if result is None else result


def _near_hull(xyz: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which points (m) lie on, or next to, their convex hull on the surface.

    Seen from the Earth's centre on a plane that touches the middle of the points, geodesics are
    straight but for the flattening, which a margin of a thousandth of the size covers.
    """
    middle = xyz.mean(axis=0)
    up = middle / np.linalg.norm(middle)
    height = xyz @ up
    if height.min() <= 0:
        return np.ones(len(xyz), bool)
    aside = np.cross(up, [0.0, 0.0, 1.0] if abs(up[2]) < 0.9 else [1.0, 0.0, 0.0])
    aside /= np.linalg.norm(aside)
    flat = np.column_stack([xyz @ aside, xyz @ np.cross(up, aside)]) / height[:, None]
    hull = shapely.convex_hull(shapely.MultiPoint(flat))
    margin = 1e-3 * float(np.ptp(flat, axis=0).max())
    away = shapely.distance(hull.boundary if hull.area else hull, shapely.points(flat))
    near: NDArray[np.bool_] = away <= margin
    return near
