"""The projection of the static map, in which a ring looks like a ring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely

from withinreach.geodesy import distance_km, ring

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["AzimuthalMap"]

# Nothing is drawn nearer than this to the far side of the Earth, where a map has no sides.
_FARTHEST_KM = 19_800.0
# Straight lines between corners would cut into curves on the map.
_LONGEST_STEP_DEG = 1.0


class AzimuthalMap:
    """An azimuthal equidistant map in km: true distances and directions from its middle.

    `radius_km` is the distance from the middle to the edge of what is drawn.
    """

    def __init__(self, lon: float, lat: float, radius_km: float) -> None:
        from pyproj import Proj

        self._middle = lon, lat
        self.radius_km = min(radius_km, _FARTHEST_KM)
        self.window = ring(lon, lat, self.radius_km, tolerance_m=5000)
        self._project = Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84", units="km")

    @classmethod
    def of(
        cls,
        points: Sequence[tuple[float, float]],
        about: tuple[float, float] | None = None,
        margin: float = 1.12,
    ) -> AzimuthalMap:
        """Return the map that shows all points (lon, lat), about their middle or a given point."""
        lon, lat = np.radians(np.asarray(points, float)).T
        xyz = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        # The middle of the extremes, not of all points: a long list on one side must not pull.
        middle = (xyz.min(axis=0) + xyz.max(axis=0)) / 2
        if np.linalg.norm(middle) < 1e-6:
            middle = xyz[0]
        lon0 = float(np.degrees(np.arctan2(middle[1], middle[0])))
        lat0 = float(np.degrees(np.arctan2(middle[2], np.hypot(middle[0], middle[1]))))
        if about is not None:
            lon0, lat0 = about
        far = float(np.max(distance_km(lon0, lat0, np.degrees(lon), np.degrees(lat))))
        return cls(lon0, lat0, max(far, 50.0) * margin)

    def wider(self, factor: float) -> AzimuthalMap:
        """Return the same map with more around it."""
        return AzimuthalMap(*self._middle, self.radius_km * factor)

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point (degrees) lies on the map, in km east and north of its middle."""
        x, y = self._project(lon, lat)
        return float(x), float(y)

    def holds(self, lon: float, lat: float) -> bool:
        """Return whether a point (degrees) is drawn."""
        return bool(np.hypot(*self.point(lon, lat)) <= self.radius_km)

    def polygons(self, area: BaseGeometry) -> list[list[NDArray[np.float64]]]:
        """Return the rings (km) of the polygons of an area in lon, lat degrees, cut to the map."""
        seen = shapely.make_valid(area).intersection(self.window)
        return [
            [self._projected(line) for line in (part.exterior, *part.interiors)]
            for part in _parts(seen, "Polygon")
        ]

    def lines(self, lines: BaseGeometry) -> list[NDArray[np.float64]]:
        """Return lines (km) cut to the map."""
        seen = lines.intersection(self.window)
        return [self._projected(part) for part in _parts(seen, "LineString")]

    def edge(self, area: BaseGeometry) -> list[NDArray[np.float64]]:
        """Return the outline (km) of an area, without the lines along which ±180° cuts it."""
        cut = shapely.MultiLineString([[(180, -90), (180, 90)], [(-180, -90), (-180, 90)]])
        poles = shapely.MultiLineString([[(-180, 90), (180, 90)], [(-180, -90), (180, -90)]])
        return self.lines(area.boundary.difference(shapely.union(cut, poles).buffer(1e-9)))

    def _projected(self, line: BaseGeometry) -> NDArray[np.float64]:
        fine = shapely.get_coordinates(shapely.segmentize(line, _LONGEST_STEP_DEG))
        x, y = self._project(fine[:, 0], fine[:, 1])
        return np.column_stack([x, y])


def _parts(shape: BaseGeometry, kind: str) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(shape):
        if part.geom_type == kind:
            yield part
        elif part.geom_type.startswith(("Multi", "Geometry")):
            yield from _parts(part, kind)
