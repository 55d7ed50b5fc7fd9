"""Points, distances and directions on the WGS 84 ellipsoid, and bounds between chord and arc."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from pyproj import Geod

__all__ = [
    "FARTHEST_KM",
    "MAX_RADIUS_KM",
    "azimuth_deg",
    "checked_points",
    "checked_radius_km",
    "chord_bounds_m",
    "destination",
    "distance_bounds_m",
    "distance_km",
    "ecef_m",
    "geod",
    "squared_chords_m2",
]

# WGS 84 (NIMA TR8350.2): equatorial radius and flattening.
_A_M = 6378137.0
_F = 1 / 298.257223563
_B_M = _A_M * (1 - _F)
_E2 = _F * (2 - _F)
# The extreme radii of normal curvature: along a meridian at the equator, and at the poles.
_R_MIN_M = _B_M**2 / _A_M
_R_MAX_M = _A_M**2 / _B_M
# Rounding of coordinates and of Geod.inv stays below 10 nm; a millimetre is ample.
_MARGIN_M = 1e-3
# A product of matrices stays on one thread up to so many products of numbers.
_PRODUCTS_AT_ONCE = 200_000

MAX_RADIUS_KM = 19_900.0
# Half a meridian: from any point to its antipode, and no two points are farther apart.
FARTHEST_KM = 20_003.931_458_6


@cache
def geod() -> Geod:
    """Return pyproj's WGS 84 geodesics (Karney 2013), the reference of every answer."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def checked_points(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return longitude and latitude as float64 arrays of one shape, longitudes in [-180, 180].

    Any finite longitude is allowed and brought into the interval (540 is -180). Raises `ValueError`
    for NaN, infinity, latitudes beyond ±90, and shapes that do not broadcast.
    """
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    try:
        x, y = np.broadcast_arrays(x, y)
    except ValueError:
        raise ValueError(f"lon has shape {x.shape}, lat {y.shape}: give as many of each") from None
    for name, values in (("lon", x), ("lat", y)):
        bad = ~np.isfinite(values)
        if bad.any():
            raise ValueError(f"{name} = {values[bad].flat[0]}: give finite degrees")
    beyond = np.abs(y) > 90
    if beyond.any():
        raise ValueError(f"lat = {y[beyond].flat[0]}: give degrees in -90..90")
    if (np.abs(x) > 180).any():
        x = np.where(np.abs(x) > 180, (x + 180) % 360 - 180, x)
    return x, y


def checked_radius_km(radius_km: float, name: str = "radius_km") -> float:
    """Return a radius in km if it is above 0 and at most 19,900, else raise `ValueError`."""
    radius = float(radius_km)
    if not 0 < radius <= MAX_RADIUS_KM:
        raise ValueError(f"{name} = {radius_km}: give km above 0 and at most {MAX_RADIUS_KM:,.0f}")
    return radius


def distance_km(lon0: ArrayLike, lat0: ArrayLike, lon1: ArrayLike, lat1: ArrayLike) -> NDArray[Any]:
    """Return geodesic distances in km between points in degrees; arrays broadcast.

    >>> round(float(distance_km(44.366, 33.315, 46.722, 24.688)), 1)
    983.3
    """
    return _inverse(lon0, lat0, lon1, lat1, 2) / 1000


def azimuth_deg(lon0: ArrayLike, lat0: ArrayLike, lon1: ArrayLike, lat1: ArrayLike) -> NDArray[Any]:
    """Return the directions (degrees clockwise from north, -180..180) from the first points."""
    return _inverse(lon0, lat0, lon1, lat1, 0)


def destination(
    lon: ArrayLike, lat: ArrayLike, azimuth: ArrayLike, distance: ArrayLike
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return lon, lat in degrees of the points at azimuths (degrees) and distances (km).

    Arrays broadcast; a negative distance goes back. Raises `ValueError` for what is not finite.
    """
    x, y = checked_points(lon, lat)
    ways = np.asarray(azimuth, np.float64), np.asarray(distance, np.float64)
    for name, values in zip(("azimuth", "distance"), ways, strict=True):
        bad = ~np.isfinite(values)
        if bad.any():
            raise ValueError(f"{name} = {values[bad].flat[0]}: give finite degrees and km")
    arrays = np.broadcast_arrays(x, y, *ways)
    x, y, az, km = (a.ravel() for a in arrays)
    out_x, out_y, _ = geod().fwd(x, y, az, km * 1000)
    shape = arrays[0].shape
    return np.reshape(out_x, shape), np.reshape(out_y, shape)


def _inverse(
    lon0: ArrayLike, lat0: ArrayLike, lon1: ArrayLike, lat1: ArrayLike, which: int
) -> NDArray[Any]:
    """Solve the inverse problem for points that broadcast; `which` is that of `Geod.inv`."""
    arrays = np.broadcast_arrays(*checked_points(lon0, lat0), *checked_points(lon1, lat1))
    x0, y0, x1, y1 = (a.ravel() for a in arrays)
    solved = geod().inv(x0, y0, x1, y1)[which]
    return np.reshape(np.asarray(solved), arrays[0].shape)


def ecef_m(lon: NDArray[Any], lat: NDArray[Any]) -> NDArray[Any]:
    """Return earth-centred coordinates in m, shape (..., 3), of surface points in degrees."""
    phi, lam = np.radians(lat), np.radians(lon)
    sin_phi = np.sin(phi)
    normal = _A_M / np.sqrt(1 - _E2 * sin_phi**2)
    rho = normal * np.cos(phi)
    return np.stack((rho * np.cos(lam), rho * np.sin(lam), normal * (1 - _E2) * sin_phi), axis=-1)


def chord_bounds_m(radius_m: Any) -> tuple[Any, Any]:
    """Return chords (m) that decide: at most the first is within the radius, above the second not.

    Between surface points at geodesic distance s, the chord c obeys 2·Rm·asin(c/2Rm) <= s, and
    s <= 2·r·asin(c/2r), with r = b²/a and Rm = a²/b the extreme radii of normal curvature: by
    Blaschke's rolling theorem the ellipsoid lies between balls of these radii that touch it. One
    radius (m) or an array of them.
    """
    inner = 2 * _R_MIN_M * np.sin(np.minimum(radius_m / (2 * _R_MIN_M), np.pi / 2))
    outer = 2 * _R_MAX_M * np.sin(np.minimum(radius_m / (2 * _R_MAX_M), np.pi / 2))
    return inner - _MARGIN_M, outer + _MARGIN_M


def distance_bounds_m(chord_m: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the least and the greatest geodesic distance (m) that chords (m) allow."""
    half = chord_m / 2
    least = 2 * _R_MAX_M * np.arcsin(np.minimum(half / _R_MAX_M, 1)) - _MARGIN_M
    ratio = half / _R_MIN_M
    most = np.where(ratio < 1, 2 * _R_MIN_M * np.arcsin(np.minimum(ratio, 1)), np.pi * _A_M)
    return np.maximum(least, 0), most + _MARGIN_M


def squared_chords_m2(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
    """Return squares of the chords between all pairs of earth-centred points (m), good to 0.1 m².

    One product of matrices, |a|² - 2ab + |b|², a few rows at a time: threads that a larger product
    starts cost more than they bring.
    """
    left = np.column_stack([-2 * a, (a**2).sum(axis=1), np.ones(len(a))])
    right = np.column_stack([b, np.ones(len(b)), (b**2).sum(axis=1)]).T
    squares = np.empty((len(a), len(b)))
    step = max(_PRODUCTS_AT_ONCE // (5 * len(b)), 1)
    for first in range(0, len(a), step):
        np.matmul(left[first : first + step], right, out=squares[first : first + step])
    return squares
