"""From lines on the Earth to the area that they bound, whatever it holds: poles, ±180°, all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from withinreach.geodesy.points import ecef_m
from withinreach.geodesy.rings import polygon_within

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["Plane", "covered_area"]

_POLES = {90.0: np.array([[0.0, 0.0, 1.0]]), -90.0: np.array([[0.0, 0.0, -1.0]])}
_EARTH_M = 6_371_000.0
# WGS 84: (b/a)², from geodetic to geocentric latitude.
_AXES2 = (1 - 1 / 298.257223563) ** 2


def covered_area(
    start: NDArray[Any],
    end: NDArray[Any],
    is_covered: Callable[[NDArray[Any], NDArray[Any]], NDArray[np.bool_]],
    plane: Plane,
    sliver_m: float,
) -> BaseGeometry:
    """Return the area whose edge is a part of given lines, by asking each face between them.

    `start` and `end` are lon, lat (degrees) of short line segments, shape (n, 2); `is_covered`
    tells which points, lon and lat, belong to the area. Lines end nowhere but inside a face that is
    no edge. Parts and holes narrower than `sliver_m` are left out where they are not all there is.
    The work is done on `plane`, on which lines must be as straight as in lon, lat.
    """
    world = shapely.box(-180, -90, 180, 90)
    a, b = _directions(start), _directions(end)
    away = _lonlat(-plane.axes[2:])
    outside_covered = bool(is_covered(away[:, 0], away[:, 1])[0])
    kept: BaseGeometry = shapely.Polygon()
    if len(start):
        lines = shapely.linestrings(np.stack([plane.flat(a), plane.flat(b)], axis=1))
        faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines))))
        if len(faces):
            inner = shapely.get_coordinates(shapely.point_on_surface(faces))
            at = plane.lonlat(inner)
            wanted = is_covered(at[:, 0], at[:, 1]) != outside_covered
            kept = _without_slivers(shapely.union_all(faces[wanted]), sliver_m)
    on_earth = kept if kept.is_empty else _on_earth(kept, plane)
    drawn: BaseGeometry = world.difference(on_earth) if outside_covered else on_earth
    return drawn


class Plane:
    """A stereographic plane that touches the Earth's sphere of directions at a point.

    Its antipode has no place on it.
    """

    def __init__(self, centre: NDArray[Any]) -> None:
        aside = np.cross(centre, [0.0, 0.0, 1.0] if abs(centre[2]) < 0.9 else [1.0, 0.0, 0.0])
        aside /= np.linalg.norm(aside)
        self.axes = np.stack([aside, np.cross(centre, aside), centre])

    @classmethod
    def for_lines(cls, lon: NDArray[Any], lat: NDArray[Any]) -> Plane:
        """Return a plane on which points (degrees) near some lines have their places."""
        return cls(_far_from(_directions(np.column_stack([lon, lat]))))

    def flat(self, directions: NDArray[Any]) -> NDArray[Any]:
        """Return the places of unit vectors, shape (n, 2)."""
        turned = directions @ self.axes.T
        # The point without a place comes to lie beyond everything.
        height = np.maximum(1 + turned[:, 2:], 1e-30)
        return np.asarray(turned[:, :2] / height + (height == 1e-30) * 1e30)

    def places(self, lon: NDArray[Any], lat: NDArray[Any]) -> NDArray[Any]:
        """Return the places of points in degrees, shape (n, 2)."""
        return self.flat(_directions(np.column_stack([lon, lat])))

    def directions(self, points: NDArray[Any]) -> NDArray[Any]:
        """Return the unit vectors of points of the plane."""
        size2 = (points**2).sum(1)[:, None]
        turned = np.concatenate([2 * points, 1 - size2], axis=1) / (1 + size2)
        return np.asarray(turned @ self.axes)

    def lonlat(self, points: NDArray[Any]) -> NDArray[Any]:
        """Return lon, lat (degrees) of points of the plane, shape (n, 2)."""
        return _lonlat(self.directions(points))


def _lonlat(unit: NDArray[Any]) -> NDArray[Any]:
    rho = np.hypot(unit[:, 0], unit[:, 1])
    lon = np.degrees(np.arctan2(unit[:, 1], unit[:, 0]))
    return np.column_stack([lon, np.degrees(np.arctan2(unit[:, 2], _AXES2 * rho))])


def _directions(points: NDArray[Any]) -> NDArray[Any]:
    xyz = ecef_m(points[:, 0], points[:, 1])
    return np.asarray(xyz / np.linalg.norm(xyz, axis=1)[:, None])


def _far_from(directions: NDArray[Any]) -> NDArray[Any]:
    """Return a direction whose antipode is far from all of these."""
    choices = np.concatenate([np.eye(3), -np.eye(3)])
    mean = directions.mean(axis=0)
    size = np.linalg.norm(mean)
    if size > 1e-6:
        choices = np.concatenate([choices, [mean / size, -mean / size]])
    return np.asarray(choices[np.argmin((-choices @ directions.T).max(axis=1))])


def _without_slivers(drawn: BaseGeometry, width_m: float) -> BaseGeometry:
    parts = []
    for polygon in shapely.get_parts(drawn):
        wide = [hole for hole in polygon.interiors if _width_m(shapely.Polygon(hole)) > width_m]
        parts.append(shapely.Polygon(polygon.exterior, wide))
    if len(parts) > 1:
        widest = max(parts, key=_width_m)
        parts = [part for part in parts if part is widest or _width_m(part) > width_m]
    return shapely.MultiPolygon(parts)


def _width_m(polygon: BaseGeometry) -> float:
    """Return about how wide (m) a polygon of the plane is on the Earth."""
    if polygon.is_empty:
        return 0.0
    x, y = polygon.exterior.coords[0]
    return float(2 * polygon.area / polygon.length * 2 * _EARTH_M / (1 + x * x + y * y))


def _on_earth(drawn: BaseGeometry, plane: Plane) -> BaseGeometry:
    """Return an area of the plane in lon, lat, cut at ±180°."""
    parts = []
    for polygon in shapely.get_parts(drawn):
        whole = _line_on_earth(polygon.exterior, plane)
        holes = [_line_on_earth(hole, plane) for hole in polygon.interiors]
        parts.append(whole.difference(shapely.union_all(holes)) if holes else whole)
    joined: BaseGeometry = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    return joined


def _line_on_earth(line: BaseGeometry, plane: Plane) -> BaseGeometry:
    at = plane.lonlat(shapely.get_coordinates(line))
    x = np.unwrap(at[:, 0], period=360)
    x[-1] = x[0] + 360 * np.round((x[-1] - x[0]) / 360)
    # A line next to a pole may lie to either side of it by rounding: the other pole is asked, and
    # whether the line parts the two.
    towards = at[:, 1].max() + at[:, 1].min()
    clear = -90.0 if towards > 0 else 90.0
    held = bool(shapely.contains_xy(shapely.Polygon(line), plane.flat(_POLES[clear]))[0])
    parted = abs(x[-1] - x[0]) > 180
    holds = {clear: held, -clear: held != parted}
    return polygon_within(x, at[:, 1], [pole for pole in holds if holds[pole]])
