"""Polygons as files hold them to valid ones that are cut at the antimeridian."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from withinreach.geodesy.rings import cut_at_antimeridian

__all__ = ["mended", "middle", "polygons_of", "turned"]

Points = NDArray[np.float64]


def mended(geometry: BaseGeometry) -> BaseGeometry:
    """Return polygons whose edges may jump over 180° E as valid ones cut there (RFC 7946, 3.1.9).

    An edge longer than 180° of longitude is read as the short way round. A ring that winds round a
    pole is closed over that pole: the one whose latitudes it is nearer to.
    """
    if geometry.is_empty:
        return geometry
    low, _, high, _ = geometry.bounds
    if low >= -180 and high <= 180 and high - low <= 180:
        return polygons_of(shapely.make_valid(geometry))
    return shapely.union_all([_cut(part) for part in shapely.get_parts(polygons_of(geometry))])


def polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons in a geometry without the points and lines that mending may leave."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all([part for part in parts if part.geom_type.endswith("Polygon")])


def middle(geometry: BaseGeometry) -> tuple[float, float]:
    """Return lon, lat of the mean of the parts by area, which is right on both sides of ±180°."""
    parts = shapely.get_parts(geometry)
    centres = shapely.get_coordinates(shapely.centroid(parts))
    weights = shapely.area(parts) * np.cos(np.radians(centres[:, 1]))
    direction = (np.exp(1j * np.radians(centres[:, 0])) * weights).sum()
    lat = (centres[:, 1] * weights).sum() / weights.sum()
    return float(np.degrees(np.angle(direction))), float(np.clip(lat, -80, 80))


def turned(geometry: BaseGeometry, lon0: float) -> BaseGeometry:
    """Return an area that was cut at ±180° in one piece, with longitudes counted from lon0."""
    return shapely.union_all(
        [
            translate(part, 360.0 * round((lon0 - part.centroid.x) / 360) - lon0)
            for part in shapely.get_parts(geometry)
        ]
    )


def _cut(polygon: BaseGeometry) -> BaseGeometry:
    shell = _unwrapped(np.asarray(polygon.exterior.coords))
    holes = [_unwrapped(np.asarray(ring.coords)) for ring in polygon.interiors]
    middle = (shell[:, 0].min() + shell[:, 0].max()) / 2
    for hole in holes:
        hole[:, 0] += 360 * np.round((middle - hole[:, 0].mean()) / 360)
    whole = polygons_of(shapely.make_valid(shapely.Polygon(shell, holes)))
    return cut_at_antimeridian(whole)


def _unwrapped(ring: Points) -> Points:
    steps = np.diff(ring[:, 0])
    ring = ring.copy()
    ring[1:, 0] = ring[0, 0] + np.cumsum(steps - 360 * np.round(steps / 360))
    if abs(ring[-1, 0] - ring[0, 0]) < 180:
        return ring
    pole = 90.0 if ring[:, 1].mean() > 0 else -90.0
    return np.vstack([ring, [ring[-1, 0], pole], [ring[0, 0], pole], ring[:1]])
