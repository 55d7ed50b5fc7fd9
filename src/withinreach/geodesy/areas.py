"""Areas on the ellipsoid: nearest and farthest distance, the share that is within reach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from withinreach.geodesy.points import (
    checked_points,
    checked_radius_km,
    distance_bounds_m,
    distance_km,
    ecef_m,
    geod,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "Area",
    "Disc",
    "Samples",
    "area_to_area_interval_km",
    "bounding_disc",
    "checked_area",
    "disc",
    "distance_interval_km",
    "origin_share",
    "sampled",
]

# Outline edges are cut along their geodesics to at most this length.
_STEP_M = 5000.0
# Pairs of point and sample that are compared at a time.
_PAIRS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Disc:
    """A point known to `radius_km`: all points within it. A radius of 0 is the point itself."""

    lon: float
    lat: float
    radius_km: float

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        from withinreach.geodesy.rings import ring

        if self.radius_km == 0:
            return {"type": "Point", "coordinates": (self.lon, self.lat)}
        interface: dict[str, Any] = ring(self.lon, self.lat, self.radius_km).__geo_interface__
        return interface


Area: TypeAlias = Disc | BaseGeometry


def disc(lon: float, lat: float, uncertainty_km: float) -> Disc:
    """Return an uncertain point; `uncertainty_km` may be 0, else it is a radius in km."""
    x, y = checked_points(float(lon), float(lat))
    radius = float(uncertainty_km)
    if radius != 0:
        radius = checked_radius_km(radius, "uncertainty_km")
    return Disc(float(x), float(y), radius)


@dataclass(frozen=True, eq=False)
class Samples:
    """An area's outline as points along its geodesic edges, and as a polygon to look inside.

    `lon`, `lat` degrees, `xyz` m; `start` marks samples from which an edge piece of `length_m` and
    `azimuth_deg` leads to the next sample; `corners` are the outline's own vertices.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    xyz: NDArray[np.float64]
    start: NDArray[np.intp]
    length_m: NDArray[np.float64]
    azimuth_deg: NDArray[np.float64]
    corners: NDArray[np.intp]
    surface: BaseGeometry


def sampled(area: BaseGeometry, step_m: float = _STEP_M) -> Samples:
    """Return samples at most `step_m` apart; raises `ValueError` for what is no area."""
    return _sampled(checked_area(area).wkb, step_m)


def checked_area(area: BaseGeometry) -> BaseGeometry:
    """Return a geometry that can be an area, else raise `ValueError`."""
    if not isinstance(area, BaseGeometry):
        raise ValueError(f"area is a {type(area).__name__}: give a shapely geometry or a disc")
    kinds = ("Point", "LineString", "LinearRing", "Polygon", "MultiPolygon", "MultiLineString")
    if area.geom_type not in kinds:
        raise ValueError(f"area is a {area.geom_type}: give one of {', '.join(kinds)}")
    if area.is_empty:
        raise ValueError("area is empty: give at least one point")
    if area.has_z:
        raise ValueError("area has heights: give lon, lat alone (shapely.force_2d)")
    if not area.is_valid:
        raise ValueError(f"area is not valid: {shapely.is_valid_reason(area)}")
    checked_points(*shapely.get_coordinates(area).T)
    return area


@lru_cache(maxsize=64)
def _sampled(wkb: bytes, step_m: float) -> Samples:
    area = shapely.from_wkb(wkb)
    lons, lats, corners, starts = [], [], [], []
    count = 0
    surface = []
    for part in shapely.get_parts(area):
        lines = [part]
        if part.geom_type == "Polygon":
            lines = [part.exterior, *part.interiors]
        dense = []
        for line in lines:
            x, y, own = _dense(shapely.get_coordinates(line), step_m)
            lons.append(x)
            lats.append(y)
            corners.append(own + count)
            starts.append(np.arange(len(x) - 1) + count)
            count += len(x)
            dense.append(np.column_stack([x, y]))
        if part.geom_type == "Polygon":
            surface.append(shapely.Polygon(dense[0], dense[1:]))
    lon, lat = np.concatenate(lons), np.concatenate(lats)
    start = np.concatenate(starts)
    azimuth, _, length = geod().inv(lon[start], lat[start], lon[start + 1], lat[start + 1])
    inside = shapely.MultiPolygon(surface)
    shapely.prepare(inside)
    return Samples(
        lon=lon,
        lat=lat,
        xyz=ecef_m(lon, lat),
        start=start,
        length_m=np.asarray(length),
        azimuth_deg=np.asarray(azimuth),
        corners=np.concatenate(corners),
        surface=inside,
    )


def _dense(
    points: NDArray[np.float64], step_m: float
) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.intp]]:
    """Return points at most `step_m` apart along the geodesics of a line, and its corners."""
    if len(points) == 1:
        return points[:, 0], points[:, 1], np.array([0])
    x, y = points[:, 0], points[:, 1]
    azimuth, _, length = (np.asarray(a) for a in geod().inv(x[:-1], y[:-1], x[1:], y[1:]))
    pieces = np.maximum(np.ceil(length / step_m).astype(int), 1)
    corner = np.concatenate([[0], np.cumsum(pieces)])
    edge = np.repeat(np.arange(len(pieces)), pieces)
    along = (np.arange(corner[-1]) - corner[edge]) / pieces[edge] * length[edge]
    out_x, out_y, _ = (np.asarray(a) for a in geod().fwd(x[edge], y[edge], azimuth[edge], along))
    # Corners stay to the bit, and a line on ±180° stays on its side.
    out_x = np.append(out_x, x[-1])
    out_y = np.append(out_y, y[-1])
    out_x += 360 * np.round((np.append(x[edge], x[-1]) - out_x) / 360)
    out_x[corner], out_y[corner] = x, y
    return out_x, out_y, corner


def distance_interval_km(
    area: Area, lon: ArrayLike, lat: ArrayLike
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the distances in km to the nearest and the farthest point of an area.

    Arrays in, arrays of the same shape out. Nearest is 0 inside. Outline edges are geodesics. The
    nearest point is found by interception on the edges that bounds leave over (Baselga and
    Martínez-Llario 2018, Karney's correction), the farthest is a corner while it is below 9,985 km,
    and a sample of the edges beyond.
    """
    x, y = checked_points(lon, lat)
    shape = x.shape
    x, y = np.ascontiguousarray(x).ravel(), np.ascontiguousarray(y).ravel()
    if isinstance(area, Disc):
        middle = distance_km(area.lon, area.lat, x, y)
        nearest = np.maximum(middle - area.radius_km, 0)
        farthest = np.minimum(middle + area.radius_km, 20_003.932)
    else:
        samples = sampled(area)
        nearest, farthest = np.empty(len(x)), np.empty(len(x))
        step = max(_PAIRS_AT_ONCE // len(samples.lon), 1)
        for first in range(0, len(x), step):
            part = slice(first, first + step)
            nearest[part], farthest[part] = _interval_m(samples, x[part], y[part])
        nearest, farthest = nearest / 1000, farthest / 1000
    return nearest.reshape(shape), farthest.reshape(shape)


def _interval_m(
    samples: Samples, lon: NDArray[Any], lat: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    xyz = ecef_m(lon, lat)
    chord2 = (xyz**2).sum(1)[:, None] + (samples.xyz**2).sum(1)[None, :] - 2 * xyz @ samples.xyz.T
    least, most = distance_bounds_m(np.sqrt(np.maximum(chord2, 0)))
    # The product above loses digits: a metre covers them at every distance.
    least, most = least - 1, most + 1
    farthest = _farthest_m(samples, lon, lat, least, most)
    inside = shapely.contains_xy(samples.surface, lon, lat)
    nearest = np.zeros(len(lon))
    out = np.flatnonzero(~inside)
    if len(out):
        nearest[out] = _nearest_m(samples, lon[out], lat[out], least[out], most[out])
    return nearest, farthest


def _nearest_m(
    samples: Samples,
    lon: NDArray[Any],
    lat: NDArray[Any],
    least: NDArray[Any],
    most: NDArray[Any],
) -> NDArray[Any]:
    bound = most.min(axis=1)
    if not len(samples.start):
        at = least <= bound[:, None]
        point, sample = np.nonzero(at)
        return _extreme(
            np.minimum, point, _exact(samples, sample, lon[point], lat[point]), len(lon)
        )
    ends = np.minimum(least[:, samples.start], least[:, samples.start + 1])
    point, piece = np.nonzero(ends - samples.length_m[None, :] / 2 <= bound[:, None])
    start = samples.start[piece]
    px, py = lon[point], lat[point]
    length, azimuth = samples.length_m[piece], samples.azimuth_deg[piece]
    foot_x, foot_y = samples.lon[start], samples.lat[start]
    along = np.zeros(len(point))
    direction = azimuth
    radius = 6_371_000.0
    best = np.full(len(point), np.inf)
    for _ in range(3):
        to_point, _, away = (np.asarray(a) for a in geod().inv(foot_x, foot_y, px, py))
        best = np.minimum(best, away)
        angle = np.radians(to_point - direction)
        further = radius * np.arctan2(np.sin(away / radius) * np.cos(angle), np.cos(away / radius))
        along = np.clip(along + further, 0, length)
        moved = geod().fwd(samples.lon[start], samples.lat[start], azimuth, along)
        foot_x, foot_y, back = (np.asarray(a) for a in moved)
        direction = back + 180
    return _extreme(np.minimum, point, best, len(lon))


def _farthest_m(
    samples: Samples,
    lon: NDArray[Any],
    lat: NDArray[Any],
    least: NDArray[Any],
    most: NDArray[Any],
) -> NDArray[Any]:
    point, sample = np.nonzero(most >= least.max(axis=1)[:, None])
    return _extreme(np.maximum, point, _exact(samples, sample, lon[point], lat[point]), len(lon))


def _exact(
    samples: Samples, sample: NDArray[Any], lon: NDArray[Any], lat: NDArray[Any]
) -> NDArray[Any]:
    return np.asarray(geod().inv(samples.lon[sample], samples.lat[sample], lon, lat)[2])


def _extreme(pick: np.ufunc, owner: NDArray[Any], value: NDArray[Any], size: int) -> NDArray[Any]:
    """Return the least or greatest value of every owner; owners come in ascending order."""
    first = np.searchsorted(owner, np.arange(size))
    return np.asarray(pick.reduceat(value, first))


def area_to_area_interval_km(origin: Area, target: Area) -> tuple[float, float]:
    """Return km over all pairs at the nearest, and from the origin's worst point to the target.

    The second figure is the greatest, over the points of `origin`, of the distance to the nearest
    point of `target`: what a range must be so that each point of the origin reaches the target.
    """
    if isinstance(target, Disc):
        nearest, farthest = distance_interval_km(origin, target.lon, target.lat)
        radius = target.radius_km
        return max(float(nearest) - radius, 0.0), max(float(farthest) - radius, 0.0)
    if isinstance(origin, Disc):
        nearest, _ = distance_interval_km(target, origin.lon, origin.lat)
        if nearest > 0:
            radius = origin.radius_km
            return max(float(nearest) - radius, 0.0), float(nearest) + radius
        from withinreach.geodesy.rings import ring

        if origin.radius_km == 0:
            return 0.0, 0.0
        origin = ring(origin.lon, origin.lat, origin.radius_km)
    if origin.intersects(target):
        least = 0.0
    else:
        of_target = sampled(target)
        least = float(distance_interval_km(origin, of_target.lon, of_target.lat)[0].min())
    of_origin = sampled(origin)
    worst = float(distance_interval_km(target, of_origin.lon, of_origin.lat)[0].max())
    return least, worst


def bounding_disc(area: Area) -> Disc:
    """Return a disc that holds the area: not the least one, but sure."""
    if isinstance(area, Disc):
        return area
    samples = sampled(area)
    middle = samples.xyz[samples.corners].mean(axis=0)
    size = float(np.linalg.norm(middle))
    if size < 1000:  # all round the Earth
        return Disc(0.0, 0.0, 20_003.932)
    lon = float(np.degrees(np.arctan2(middle[1], middle[0])))
    lat = float(np.degrees(np.arcsin(np.clip(middle[2] / size, -1, 1))))
    farthest = distance_km(lon, lat, samples.lon, samples.lat).max()
    return Disc(lon, lat, float(farthest) + _STEP_M / 1000)


def origin_share(area: Area, lon: float, lat: float, radius_km: float) -> float:
    """Return the part (0 to 1) of an area from which a point is within `radius_km`.

    Both areas are measured on the ellipsoid (Karney 2013, section 6), so that a share is one of
    true area; good to 0.1 percentage point. A line or a point counts all or nothing.
    """
    from withinreach.geodesy.rings import ring

    nearest, farthest = distance_interval_km(area, float(lon), float(lat))
    if farthest <= radius_km:
        return 1.0
    if nearest > radius_km:
        return 0.0
    if isinstance(area, Disc):
        area = ring(area.lon, area.lat, area.radius_km, tolerance_m=10)
    surface = sampled(area).surface
    if surface.is_empty:
        return 0.5
    covered = surface.intersection(ring(lon, lat, radius_km, tolerance_m=20))
    return min(max(_area_m2(covered) / _area_m2(surface), 0.0), 1.0)


def _area_m2(surface: BaseGeometry) -> float:
    polygons = [p for p in shapely.get_parts(surface) if p.geom_type == "Polygon"]
    return sum(abs(geod().geometry_area_perimeter(shapely.orient_polygons(p))[0]) for p in polygons)
