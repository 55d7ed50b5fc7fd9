"""Areas told from a place: "north of X", "40 km north of X", "near X", "between A and B"."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from withinreach.atlas.antimeridian import mended
from withinreach.geodesy import azimuth_deg, destination, distance_km, ring

__all__ = ["MAX_DISTANCE_KM", "NEAR_KM", "UNTOLD_REACH_KM", "between", "sector"]

# Newspapers use eight directions at best and often four: "north" is anything nearer to north than
# to east or west.
_HALF_ANGLE_DEG = 45.0
# Told distances are rounded and start at an unnamed edge of the place: a fifth either way, and
# never better than the size of a town.
_DISTANCE_TOLERANCE = 0.2
_LEAST_TOLERANCE_KM = 5.0
# Farther off, another town is the nearer one to tell the place from.
UNTOLD_REACH_KM = 60.0
NEAR_KM = 25.0
# With its tolerance a circle still ends on this side of the antipode.
MAX_DISTANCE_KM = 16_000.0
# The detour over a place "between" two others is at most a tenth of their distance.
_DETOUR = 1.1
_STEP_DEG = 3.0


def sector(
    lon: float, lat: float, bearing_deg: float | None = None, distance_km: float | None = None
) -> BaseGeometry:
    """Return the area that a direction, a distance or both tell from a point.

    "North of X" is the quarter circle of 45° to either side of the direction, out to
    `UNTOLD_REACH_KM`; "40 km north of X" the part of it at that distance, give or take a fifth and
    at least 5 km; "40 km from X" such a band all around; "near X" a disc of `NEAR_KM`. Degrees on
    WGS 84, north is 0; the area is polygons, valid, cut at ±180°. Raises `ValueError` for a
    distance that is not above 0 or above `MAX_DISTANCE_KM`.

        >>> area = sector(44.02, 32.62, bearing_deg=0)
        >>> area.covers(shapely.Point(44.1, 32.9)), area.covers(shapely.Point(44.02, 32.3))
        (True, False)
    """
    if distance_km is not None and not 0 < distance_km <= MAX_DISTANCE_KM:
        raise ValueError(f"distance_km is above 0, at most {MAX_DISTANCE_KM}, not {distance_km}")
    if distance_km is None:
        inner_km, outer_km = 0.0, NEAR_KM if bearing_deg is None else UNTOLD_REACH_KM
    else:
        slack_km = max(distance_km * _DISTANCE_TOLERANCE, _LEAST_TOLERANCE_KM)
        inner_km, outer_km = max(distance_km - slack_km, 0.0), distance_km + slack_km
    if bearing_deg is None:
        return ring(lon, lat, outer_km, hole_km=inner_km or None)
    steps = round(2 * _HALF_ANGLE_DEG / _STEP_DEG) + 1
    bearings_deg = bearing_deg + np.linspace(-_HALF_ANGLE_DEG, _HALF_ANGLE_DEG, steps)
    outer = np.column_stack(destination(lon, lat, bearings_deg, outer_km))
    inner = np.column_stack(destination(lon, lat, bearings_deg[::-1], inner_km))
    return mended(shapely.Polygon(np.vstack([outer, inner if inner_km > 0 else inner[:1]])))


def between(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> BaseGeometry:
    """Return the area between two points: where the way over a place is at most a tenth longer.

    That is an ellipse about the geodesic, 0.46 times as wide as the points are apart. Degrees on
    WGS 84; raises `ValueError` where both points are the same.
    """
    apart_km = distance_km(lon_a, lat_a, lon_b, lat_b).item()
    if apart_km == 0:
        raise ValueError("between needs two different points")
    there_deg = azimuth_deg(lon_a, lat_a, lon_b, lat_b)
    lon, lat = destination(lon_a, lat_a, there_deg, apart_km / 2)
    ahead_deg = azimuth_deg(lon, lat, lon_b, lat_b)
    angles_deg = np.arange(0.0, 360.0, _STEP_DEG)
    half_width_km = apart_km / 2 * np.sqrt(_DETOUR**2 - 1)
    radii_km = half_width_km / np.sqrt(1 - (np.cos(np.radians(angles_deg)) / _DETOUR) ** 2)
    edge = destination(lon, lat, ahead_deg + angles_deg, radii_km)
    return mended(shapely.Polygon(np.column_stack(edge)))
