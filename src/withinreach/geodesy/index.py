"""An index over points that answers "which are within R" as exactly as the geodesic itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from withinreach.geodesy.points import (
    checked_points,
    checked_radius_km,
    chord_bounds_m,
    ecef_m,
    geod,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from withinreach.geodesy.areas import Area

__all__ = ["PointIndex"]

_BAND_DEG = 0.5
_BANDS = round(180 / _BAND_DEG)
# Sort keys are band * stride + longitude, so that one sorted array serves all bands.
_STRIDE = 1024.0
# So many pairs of origin and band at a time keep the working arrays inside the cache.
_WINDOWS_AT_ONCE = 12_000
# A degree of latitude is at least so long, at the equator.
_DEGREE_M = 110_500.0


class PointIndex:
    """Points (lon, lat in degrees) sorted by latitude band and longitude.

    Duplicates are allowed; answers are row numbers of the arrays that were given.

    >>> index = PointIndex([44.37, 46.72], [33.31, 24.69])
    >>> index.within(35.93, 31.95, 900.0)[1]
    array([0])
    """

    def __init__(self, lon: ArrayLike, lat: ArrayLike) -> None:
        self._load(self.build_arrays(lon, lat))

    @staticmethod
    def build_arrays(lon: ArrayLike, lat: ArrayLike) -> dict[str, NDArray[Any]]:
        """Return the sorted arrays, to be kept in files and given to `from_arrays` later."""
        x, y = (np.atleast_1d(a) for a in checked_points(lon, lat))
        if x.ndim != 1:
            raise ValueError(f"lon has shape {x.shape}: give one dimension")
        band = np.minimum((y + 90) // _BAND_DEG, _BANDS - 1)
        key = band * _STRIDE + x + 180
        row = np.argsort(key, kind="stable")
        xyz = ecef_m(x[row], y[row])
        return {
            "key": key[row],
            "row": row.astype(np.int32),
            "lon": x[row],
            "lat": y[row],
            "x": np.ascontiguousarray(xyz[:, 0]),
            "y": np.ascontiguousarray(xyz[:, 1]),
            "z": np.ascontiguousarray(xyz[:, 2]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> PointIndex:
        """Return an index over arrays made by `build_arrays`; memory-mapped ones are not copied."""
        index = cls.__new__(cls)
        index._load(arrays)
        return index

    def _load(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._key, self._row = arrays["key"], arrays["row"]
        self._lon, self._lat = arrays["lon"], arrays["lat"]
        self._x, self._y, self._z = arrays["x"], arrays["y"], arrays["z"]

    def __len__(self) -> int:
        return len(self._row)

    @cached_property
    def _bands(self) -> tuple[NDArray[Any], ...]:
        """Return least and greatest distance from the axis and height (m) in every band."""
        edges = ecef_m(np.zeros(_BANDS + 1), np.linspace(-90, 90, _BANDS + 1))
        rho, z = edges[:, 0], edges[:, 2]
        low, high = np.minimum(rho[:-1], rho[1:]), np.maximum(rho[:-1], rho[1:])
        return np.maximum(low, 0), high, z[:-1], z[1:]

    def within(
        self, lon0: ArrayLike, lat0: ArrayLike, radius_km: float
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return all pairs (origin, point) whose geodesic distance is at most `radius_km`.

        `lon0`, `lat0` are one or many origins in degrees; the result are two arrays, the origin's
        number and the point's row, by origin, in one order for one index. The answer for each
        pair is that of pyproj's `Geod.inv`. Raises `ValueError` for coordinates that are no
        points, and radii not above 0 or above 19,900 km.
        """
        chunks = list(self.within_chunks(lon0, lat0, radius_km))
        if not chunks:
            return np.empty(0, np.intp), np.empty(0, np.intp)
        origins, points = zip(*chunks, strict=True)
        return np.concatenate(origins), np.concatenate(points)

    def within_chunks(
        self, lon0: ArrayLike, lat0: ArrayLike, radius_km: float
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """Yield the answer of `within` a few origins at a time, for answers larger than memory."""
        lon, lat = (np.atleast_1d(a) for a in checked_points(lon0, lat0))
        radius_m = checked_radius_km(radius_km) * 1000
        step = max(_WINDOWS_AT_ONCE // min(2 * _bands_away(radius_m) + 1, _BANDS), 1)
        for first in range(0, len(lon), step):
            part = slice(first, first + step)
            origin, position = self._within(lon[part], lat[part], radius_m)
            yield origin.astype(np.intp) + first, self._row[position].astype(np.intp)

    def _within(
        self, lon: NDArray[Any], lat: NDArray[Any], radius_m: float
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        inner_m, outer_m = chord_bounds_m(radius_m)
        xyz = ecef_m(lon, lat)
        rho, z = np.hypot(xyz[:, 0], xyz[:, 1])[:, None], xyz[:, 2, None]
        own = np.floor((lat + 90) / _BAND_DEG).astype(int)[:, None]
        away = min(_bands_away(radius_m), _BANDS)
        bands = own + np.arange(-away, away + 1)
        real = (bands >= 0) & (bands < _BANDS)
        bands = np.clip(bands, 0, _BANDS - 1)
        rho_low, rho_high, z_low, z_high = (edge[bands] for edge in self._bands)
        # Chord² is (rho - rho')² + (z - z')² + 4 rho rho' sin²(half the difference of longitude).
        dz_near = np.maximum(np.maximum(z_low - z, z - z_high), 0)
        dr_near = np.maximum(np.maximum(rho_low - rho, rho - rho_high), 0)
        dz_far = np.maximum(np.abs(z_low - z), np.abs(z_high - z))
        dr_far = np.maximum(np.abs(rho_low - rho), np.abs(rho_high - rho))
        half_outer = _half_width(outer_m**2 - dz_near**2 - dr_near**2, 4 * rho * rho_low)
        half_inner = _half_width(inner_m**2 - dz_far**2 - dr_far**2, 4 * rho * rho_high)
        origin, column = np.nonzero(real & (half_outer >= 0))
        band = bands[origin, column]
        outer = half_outer[origin, column] + 1e-9
        # A longitude near the rounding of the window must be tested, never taken for granted.
        inner = np.minimum(half_inner[origin, column] - 1e-9, outer)
        # A band that may be inside all round is taken whole: surely, or with a test of each point.
        whole = outer >= 180
        outer[whole] = 360
        inner[whole] = np.where(inner[whole] >= 179.9, 360, -1)
        base = band * _STRIDE + 180
        found: list[tuple[NDArray[Any], NDArray[Any]]] = []
        fringe: list[tuple[NDArray[Any], NDArray[Any]]] = []
        # The window is open at ±180°: the same longitudes one turn to either side close it.
        for turn in (-360.0, 0.0, 360.0):
            middle = lon[origin] + turn
            low, high = middle - outer, middle + outer
            near = (high >= -180) & (low <= 180)
            if turn:
                near &= ~whole
            if not near.any():
                continue
            at, o = base[near], origin[near]
            start = np.searchsorted(self._key, at + np.maximum(low[near], -180))
            stop = np.searchsorted(self._key, at + np.minimum(high[near], 180), side="right")
            sure = inner[near] > 0
            left = np.where(sure, np.maximum(middle[near] - inner[near], -180), 180)
            right = np.where(sure, np.minimum(middle[near] + inner[near], 180), -180)
            first = np.clip(np.searchsorted(self._key, at + left), start, stop)
            last = np.clip(np.searchsorted(self._key, at + right, side="right"), first, stop)
            found.append(_expand(o, first, last))
            fringe += [_expand(o, start, first), _expand(o, last, stop)]
        if not found:
            return np.empty(0, np.uint16), np.empty(0, np.intp)
        origins = [o for o, _ in found]
        points = [p for _, p in found]
        tested_o = np.concatenate([o for o, _ in fringe])
        tested_p = np.concatenate([p for _, p in fringe])
        keep = self._tested(lon, lat, xyz, tested_o, tested_p, radius_m, inner_m, outer_m)
        all_o = np.concatenate([*origins, tested_o[keep]]).astype(np.uint16)
        all_p = np.concatenate([*points, tested_p[keep]])
        order = np.argsort(all_o, kind="stable")
        return all_o[order], all_p[order]

    def _tested(
        self,
        lon: NDArray[Any],
        lat: NDArray[Any],
        xyz: NDArray[Any],
        origin: NDArray[Any],
        point: NDArray[Any],
        radius_m: float,
        inner_m: float,
        outer_m: float,
    ) -> NDArray[np.bool_]:
        """Decide pairs by their chord, and those in the narrow shell between by the geodesic."""
        chord2 = (
            (self._x[point] - xyz[origin, 0]) ** 2
            + (self._y[point] - xyz[origin, 1]) ** 2
            + (self._z[point] - xyz[origin, 2]) ** 2
        )
        keep: NDArray[np.bool_] = chord2 <= max(inner_m, 0.0) ** 2
        shell = np.flatnonzero(~keep & (chord2 <= outer_m**2))
        if len(shell):
            o, p = origin[shell], point[shell]
            exact_m = geod().inv(lon[o], lat[o], self._lon[p], self._lat[p])[2]
            keep[shell] = np.asarray(exact_m) <= radius_m
        return keep

    def within_area(self, area: Area, radius_km: float, from_: str = "some") -> NDArray[np.intp]:
        """Return the rows of the points within `radius_km` of an area, ascending.

        `from_` "some": of its nearest point; "every": of its farthest point.
        """
        from withinreach.geodesy.areas import bounding_disc, distance_interval_km

        radius = checked_radius_km(radius_km)
        around = bounding_disc(area)
        wide = min(radius + around.radius_km, 19_900.0)
        if radius + around.radius_km > wide:
            candidates = np.arange(len(self))
        else:
            _, position = self._within(np.array([around.lon]), np.array([around.lat]), wide * 1000)
            candidates = position
        nearest, farthest = distance_interval_km(area, self._lon[candidates], self._lat[candidates])
        judged = nearest if from_ == "some" else farthest
        return np.sort(self._row[candidates[judged <= radius]]).astype(np.intp)


def _bands_away(radius_m: float) -> int:
    """Return how many bands to either side of its own a circle can reach."""
    return int(radius_m / _DEGREE_M / _BAND_DEG) + 2


def _half_width(room_m2: NDArray[Any], scale_m2: NDArray[Any]) -> NDArray[Any]:
    """Return half the window in longitude (degrees) that a room of chord² leaves; -1 for none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(scale_m2 > 0, room_m2 / scale_m2, np.where(room_m2 >= 0, 1.0, -1.0))
    half = np.degrees(2 * np.arcsin(np.sqrt(np.clip(share, 0, 1))))
    return np.where(room_m2 < 0, -1.0, np.where(share >= 1, 180.0, half))


def _expand(
    origin: NDArray[Any], start: NDArray[Any], stop: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return every position in the windows [start, stop) with the origin of its window."""
    count = stop - start
    total = int(count.sum())
    if not total:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    ends = np.cumsum(count)
    steps = np.arange(total) + np.repeat(start - (ends - count), count)
    return np.repeat(origin, count), steps
