"""What an area is: an uncertain point, a line, polygons; and its outline along geodesics."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from withinreach.geodesy.points import checked_points, checked_radius_km, ecef_m, geod

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "Area",
    "Disc",
    "Outline",
    "checked_area",
    "densified",
    "directed_lines",
    "disc",
    "outline_of",
    "surface_of",
]

# Pieces of an outline: short enough that a straight line in space is off by a few metres only.
_PIECE_M = 20_000.0
# A surface's edges are cut finer, as they are straight in lon, lat there.
_SURFACE_STEP_M = 4000.0


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


@dataclass(frozen=True, eq=False)
class Outline:
    """Points (degrees, `xyz` in m) along the geodesic edges of an area, and the pieces between.

    A piece leads from point `start` for `length_m` in direction `azimuth_deg` to the next point;
    an area that is a single point has none. `corners` are the outline's own vertices.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    xyz: NDArray[np.float64]
    start: NDArray[np.intp]
    length_m: NDArray[np.float64]
    azimuth_deg: NDArray[np.float64]
    corners: NDArray[np.intp]


def outline_of(area: BaseGeometry) -> Outline:
    """Return an area's outline; raises `ValueError` for what is no area."""
    return _outline(checked_area(area).wkb)


def surface_of(area: BaseGeometry) -> BaseGeometry:
    """Return the polygons of an area (maybe none) with edges that follow the geodesics."""
    return _surface(checked_area(area).wkb)


@lru_cache(maxsize=64)
def _outline(wkb: bytes) -> Outline:
    lons, lats, corners, starts = [], [], [], []
    count = 0
    for part in shapely.get_parts(shapely.from_wkb(wkb)):
        for line in _lines_of(part):
            x, y, own = densified(shapely.get_coordinates(line), _PIECE_M)
            lons.append(x)
            lats.append(y)
            corners.append(own + count)
            starts.append(np.arange(len(x) - 1) + count)
            count += len(x)
    lon, lat = np.concatenate(lons), np.concatenate(lats)
    start = np.concatenate(starts)
    azimuth, _, length = geod().inv(lon[start], lat[start], lon[start + 1], lat[start + 1])
    return Outline(
        lon=lon,
        lat=lat,
        xyz=ecef_m(lon, lat),
        start=start,
        length_m=np.asarray(length),
        azimuth_deg=np.asarray(azimuth),
        corners=np.concatenate(corners),
    )


@lru_cache(maxsize=64)
def _surface(wkb: bytes) -> BaseGeometry:
    polygons = []
    for part in shapely.get_parts(shapely.from_wkb(wkb)):
        if part.geom_type == "Polygon":
            rings = [
                np.column_stack(densified(shapely.get_coordinates(line), _SURFACE_STEP_M)[:2])
                for line in _lines_of(part)
            ]
            polygons.append(shapely.Polygon(rings[0], rings[1:]))
    surface = shapely.MultiPolygon(polygons)
    shapely.prepare(surface)
    return surface


def directed_lines(area: BaseGeometry) -> list[NDArray[Any]]:
    """Return the outline as closed lines of lon, lat with the area on their left.

    A line is gone along and back; a point is a line of one point. Which side is left is told by the
    geodesics between the corners, which round a pole differ much from straight lines in degrees.
    """
    lines = []
    for part in shapely.get_parts(area):
        for i, line in enumerate(_lines_of(part)):
            points = shapely.get_coordinates(line)
            if part.geom_type == "Polygon":
                dense = np.column_stack(densified(points, _PIECE_M)[:2])
                wanted = shapely.is_ccw(shapely.linearrings(dense)) == (i == 0)
                lines.append(points if wanted else points[::-1])
            elif len(points) > 1 and (points[0] == points[-1]).all():
                lines += [points, points[::-1]]
            else:
                lines.append(
                    np.concatenate([points, points[-2::-1]]) if len(points) > 1 else points
                )
    return lines


def _lines_of(part: BaseGeometry) -> list[BaseGeometry]:
    return [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]


def densified(
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
