"""Circles on the ellipsoid as polygons: any radius, any place, RFC 7946."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from withinreach.geodesy.points import checked_points, checked_radius_km, geod

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["LEAST_RADIUS_KM", "cut_at_antimeridian", "polygon_within", "ring", "rings"]

# Azimuths at which the curvature of the drawn edge is measured first.
_PROBES = 96
# Aim below the tolerance, as the error at the middle of an edge is not quite its greatest.
_AIM = 0.95
# A finer edge would need vertices by the hundred thousand.
_LEAST_TOLERANCE_M = 0.001
# Degrees in float64 are steps of up to 3 nm.
LEAST_RADIUS_KM = 1e-6


def ring(
    lon: float,
    lat: float,
    radius_km: float,
    *,
    hole_km: float | None = None,
    tolerance_m: float = 10,
) -> BaseGeometry:
    """Return all points within `radius_km` of a point, as a Polygon or MultiPolygon in degrees.

    No point of the drawn edge is farther than `tolerance_m` from the true circle; vertices lie on
    it. The polygon is valid, counter-clockwise and cut at ±180°; a circle round a pole is closed
    along the pole, one larger than a hemisphere is the world but for the far side. With `hole_km`
    what is nearer than that is left out. Raises `ValueError` for a point that is none, radii below
    a millimetre or above 19,900 km, a hole that is not smaller, and tolerances below a millimetre.

    >>> ring(44.37, 33.31, 700).geom_type
    'Polygon'
    """
    from shapely.geometry.polygon import orient

    radius = checked_radius_km(radius_km)
    if radius < LEAST_RADIUS_KM:
        raise ValueError(f"radius_km = {radius_km}: a ring needs {LEAST_RADIUS_KM} km or more")
    if not _LEAST_TOLERANCE_M <= tolerance_m < np.inf:
        raise ValueError(f"tolerance_m = {tolerance_m}: give m from {_LEAST_TOLERANCE_M}")
    x, y = checked_points(float(lon), float(lat))
    drawn = _circle(float(x), float(y), radius * 1000, float(tolerance_m))
    if hole_km is not None:
        hole = checked_radius_km(hole_km, "hole_km")
        if hole >= radius:
            raise ValueError(f"hole_km = {hole_km}: give km below the radius, {radius_km}")
        drawn = drawn.difference(_circle(float(x), float(y), hole * 1000, float(tolerance_m)))
        if not drawn.area:
            raise ValueError(f"hole_km = {hole_km}: too near to the radius, {radius_km}, to draw")
    if drawn.geom_type == "Polygon":
        return orient(drawn)
    from shapely import MultiPolygon

    return MultiPolygon([orient(part) for part in drawn.geoms])


def rings(
    lon: ArrayLike, lat: ArrayLike, radius_km: ArrayLike, *, tolerance_m: float = 10
) -> list[BaseGeometry]:
    """Return a ring for each of many centres (degrees) and radii (km); arrays broadcast."""
    x, y, radius = np.broadcast_arrays(*map(np.atleast_1d, (lon, lat, radius_km)))
    return [
        ring(float(a), float(b), float(r), tolerance_m=tolerance_m)
        for a, b, r in zip(x, y, radius, strict=True)
    ]


def _circle(lon: float, lat: float, radius_m: float, tolerance_m: float) -> BaseGeometry:
    x, y = _at(lon, lat, _azimuths(lon, lat, radius_m, tolerance_m), radius_m)
    return polygon_within(x, y, _poles_inside(lon, lat, radius_m, x))


def _poles_inside(lon: float, lat: float, radius_m: float, x: NDArray[Any]) -> list[float]:
    """Return the poles that a circle's line holds; `x` are its unwrapped longitudes.

    A line that passes a pole by no more than rounding may lie to either side of it. So only the
    pole that is farther from the line is asked, and the line tells whether it parts the two.
    """
    off_m = {pole: geod().inv(lon, lat, lon, pole)[2] - radius_m for pole in (90.0, -90.0)}
    clear = max(off_m, key=lambda pole: abs(off_m[pole]))
    parted = abs(x[-1] - x[0]) > 180
    held = {clear: off_m[clear] <= 0, -clear: (off_m[clear] <= 0) != parted}
    return [pole for pole in held if held[pole]]


def _azimuths(lon: float, lat: float, radius_m: float, tolerance_m: float) -> NDArray[Any]:
    """Return the directions of a circle's vertices, in degrees, from 360 down to 0.

    Counter-clockwise, as a polygon wants it. Edges are straight in lon, lat; their error grows with
    the square of the step, so steps follow the inverse root of the error of an even division.
    """
    azimuth = np.linspace(360, 0, _PROBES + 1)
    for turn in range(24):
        x, y = _at(lon, lat, azimuth, radius_m)
        error = _edge_error_m(lon, lat, x, y, radius_m)
        bad = np.flatnonzero(error > tolerance_m * 0.97)
        if turn and not len(bad):
            break
        # Where the curvature turns fast, a second division follows what the first one met.
        if turn < 2:
            azimuth = _divided(azimuth, np.maximum(error, 1e-9 * radius_m) / (tolerance_m * _AIM))
        else:
            azimuth = np.insert(azimuth, bad + 1, (azimuth[bad] + azimuth[bad + 1]) / 2)
    return azimuth


def _divided(azimuth: NDArray[Any], excess: NDArray[Any]) -> NDArray[Any]:
    """Return directions for edges of equal error, from how many times too great each error is."""
    need = np.sqrt(excess)
    # The neighbours' need counts too, so that no peak between them is missed.
    need = np.maximum(need, np.maximum(np.roll(need, 1), np.roll(need, -1)) * 0.7)
    total = np.concatenate([[0], np.cumsum(need)])
    count = max(int(np.ceil(total[-1])), 16)
    return np.asarray(np.interp(np.linspace(0, total[-1], count + 1), total, azimuth))


def _at(
    lon: float, lat: float, azimuth: NDArray[Any], radius_m: float
) -> tuple[NDArray[Any], NDArray[Any]]:
    size = len(azimuth)
    x, y, _ = geod().fwd(np.full(size, lon), np.full(size, lat), azimuth, np.full(size, radius_m))
    x, y = np.asarray(x), np.asarray(y)
    x = np.unwrap(x, period=360)
    # The end is the start, turned whole times, to the bit.
    x[-1] = x[0] + 360 * np.round((x[-1] - x[0]) / 360)
    y[-1] = y[0]
    return x, y


def _edge_error_m(
    lon: float, lat: float, x: NDArray[Any], y: NDArray[Any], radius_m: float
) -> NDArray[Any]:
    """Return the greatest distance of each edge from the circle, from three points on it."""
    size = len(x) - 1
    centre_x, centre_y = np.full(size, lon), np.full(size, lat)
    off = []
    for share in (0.2, 0.5, 0.8):
        mid_x = x[:-1] + (x[1:] - x[:-1]) * share
        mid_y = y[:-1] + (y[1:] - y[:-1]) * share
        reached = geod().inv(centre_x, centre_y, mid_x, mid_y)[2]
        off.append(np.asarray(reached) - radius_m)
    # An edge that is worse at one end has its peak between the points: a cubic through them and the
    # vertices rises by less than a quarter of the difference above the greatest.
    return np.asarray(np.abs(off).max(axis=0) + np.abs(off[0] - off[2]) / 4)


def polygon_within(x: NDArray[Any], y: NDArray[Any], poles_inside: Sequence[float]) -> BaseGeometry:
    """Return the area that a closed, unwrapped line on the sphere bounds, cut at ±180°."""
    from shapely import Polygon, box

    if len(poles_inside) == 1:
        pole = poles_inside[0]
        x, y = _started_at_antimeridian(x, y)
        x, y = np.append(x, [x[-1], x[0]]), np.append(y, [pole, pole])
        return cut_at_antimeridian(_valid(Polygon(np.column_stack([x, y]))))
    area = cut_at_antimeridian(_valid(Polygon(np.column_stack([x, y]))))
    if len(poles_inside) == 2:
        return box(-180, -90, 180, 90).difference(area)
    return area


def _started_at_antimeridian(x: NDArray[Any], y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Turn a line round the Earth so that it starts and ends on ±180°, where it is cut."""
    # A vertex that is on the line but for rounding is on the line.
    line = 180 + 360 * np.round((x - 180) / 360)
    x = np.where(np.abs(x - line) < 1e-12, line, x)
    turn = np.floor((x - 180) / 360)
    i = int(np.flatnonzero(np.diff(turn))[0])
    start = 180 + 360 * max(turn[i], turn[i + 1])
    share = (start - x[i]) / (x[i + 1] - x[i])
    start_y = y[i] + share * (y[i + 1] - y[i])
    round_deg = 360 * np.round((x[-1] - x[0]) / 360)
    turned_x = np.concatenate([[start], x[i + 1 :], x[1 : i + 1] + round_deg, [start + round_deg]])
    return turned_x, np.concatenate([[start_y], y[i + 1 :], y[1 : i + 1], [start_y]])


def _valid(polygon: BaseGeometry) -> BaseGeometry:
    """Mend what rounding does next to a pole, where a degree of longitude is no distance."""
    from shapely import make_valid

    return polygon if polygon.is_valid else make_valid(polygon)


def cut_at_antimeridian(area: BaseGeometry) -> BaseGeometry:
    """Return an area with unwrapped longitudes as parts inside -180..180."""
    from shapely import MultiPolygon, box, get_parts, union_all
    from shapely.affinity import translate

    west, _, east, _ = area.bounds
    if west >= -180 and east <= 180:
        return area
    parts = []
    for turn in range(int(np.floor((west + 180) / 360)), int(np.ceil((east + 180) / 360))):
        frame = box(360 * turn - 180, -90, 360 * turn + 180, 90)
        part = translate(area.intersection(frame), -360 * turn)
        parts += [p for p in get_parts(part) if p.geom_type == "Polygon" and p.area > 0]
    if len(parts) == 1:
        return parts[0]
    joined = union_all(parts)
    return joined if joined.geom_type in ("Polygon", "MultiPolygon") else MultiPolygon(parts)
