"""An index over points that answers "which are within R" as exactly as the geodesic itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
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
_COLUMNS = 1440
# So many pairs at a time keep the answer's working arrays inside the cache.
_FILL_AT_ONCE = 32_768
# Sort keys are band * stride + longitude, so that one sorted array serves all bands.
_STRIDE = 1024.0
# So many pairs of origin and band at a time keep the working arrays inside the cache.
_WINDOWS_AT_ONCE = 12_000
# A degree of latitude is at least so long, at the equator.
_DEGREE_M = 110_500.0


@dataclass(frozen=True)
class _Runs:
    """Runs of sorted points, by origin: what is within the radius of a few origins."""

    number: int
    origin_count: int
    origin: NDArray[Any]
    start: NDArray[Any]
    count: NDArray[Any]

    @cached_property
    def total(self) -> int:
        return int(self.count.sum())

    def fill(self, row: NDArray[Any], origins: NDArray[Any], rows: NDArray[Any]) -> None:
        """Write the origin's number and the row of every point, a cache's fill at a time."""
        ends = np.cumsum(self.count)
        shift = self.start - (ends - self.count)
        cuts = np.unique(np.searchsorted(ends, np.arange(_FILL_AT_ONCE, self.total, _FILL_AT_ONCE)))
        done = 0
        for a, b in pairwise([0, *cuts.tolist(), len(ends)]):
            end = int(ends[b - 1]) if b else 0
            position = np.repeat(shift[a:b], self.count[a:b])
            position += np.arange(done, end)
            row.take(position, out=rows[done:end], mode="clip")
            done = end
        done = 0
        per_origin = np.bincount(self.origin, self.count, self.origin_count)
        for number, end in enumerate(np.cumsum(per_origin, dtype=np.intp).tolist(), self.number):
            origins[done:end] = number
            done = end


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
    def _wide_row(self) -> NDArray[np.intp]:
        return np.asarray(self._row, np.intp)

    @cached_property
    def _bands(self) -> tuple[NDArray[Any], ...]:
        """Return least and greatest distance from the axis and height (m) in every band."""
        edges = ecef_m(np.zeros(_BANDS + 1), np.linspace(-90, 90, _BANDS + 1))
        rho, z = edges[:, 0], edges[:, 2]
        low, high = np.minimum(rho[:-1], rho[1:]), np.maximum(rho[:-1], rho[1:])
        return np.maximum(low, 0), high, z[:-1], z[1:]

    @cached_property
    def _starts(self) -> NDArray[np.int32]:
        """Return the position of the first point of every cell, band by band, and the end."""
        band = self._key // _STRIDE
        column = np.minimum((self._key - band * _STRIDE) * (_COLUMNS / 360), _COLUMNS - 1)
        cell = band.astype(np.int32) * _COLUMNS + column.astype(np.int32)
        starts = np.zeros(_BANDS * _COLUMNS + 1, np.int32)
        np.cumsum(np.bincount(cell, minlength=_BANDS * _COLUMNS), out=starts[1:])
        return starts

    def within(
        self, lon0: ArrayLike, lat0: ArrayLike, radius_km: float
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return all pairs (origin, point) whose geodesic distance is at most `radius_km`.

        `lon0`, `lat0` are one or many origins in degrees; the result are two arrays, the origin's
        number and the point's row, by origin, in one order for one index. The answer for each
        pair is that of pyproj's `Geod.inv`. Raises `ValueError` for coordinates that are no
        points, and radii not above 0 or above 19,900 km.
        """
        runs = list(self._runs(lon0, lat0, radius_km))
        total = sum(run.total for run in runs)
        origins, rows = np.empty(total, np.intp), np.empty(total, np.intp)
        done = 0
        for run in runs:
            part = slice(done, done + run.total)
            run.fill(self._wide_row, origins[part], rows[part])
            done += run.total
        return origins, rows

    def within_chunks(
        self, lon0: ArrayLike, lat0: ArrayLike, radius_km: float
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """Yield the answer of `within` a few origins at a time, for answers larger than memory."""
        for run in self._runs(lon0, lat0, radius_km):
            origins, rows = np.empty(run.total, np.intp), np.empty(run.total, np.intp)
            run.fill(self._wide_row, origins, rows)
            yield origins, rows

    def _runs(self, lon0: ArrayLike, lat0: ArrayLike, radius_km: float) -> Iterator[_Runs]:
        lon, lat = (np.atleast_1d(a) for a in checked_points(lon0, lat0))
        radius_m = checked_radius_km(radius_km) * 1000
        step = max(_WINDOWS_AT_ONCE // min(2 * _bands_away(radius_m) + 1, _BANDS), 1)
        for first in range(0, len(lon), step):
            part = slice(first, first + step)
            yield self._runs_of(lon[part], lat[part], radius_m, first)

    def _runs_of(self, lon: NDArray[Any], lat: NDArray[Any], radius_m: float, number: int) -> _Runs:
        """Return the answer for a few origins, of which the first has that number."""
        inner_m, outer_m = chord_bounds_m(radius_m)
        xyz = ecef_m(lon, lat)
        origin, band, outer, inner = self._windows(lat, xyz, radius_m, inner_m, outer_m)
        cells = _cells(lon[origin], outer, inner)
        origin, band, cells = _unwrapped(origin, band, cells)
        start, first, last, stop = self._starts[band * _COLUMNS + cells]
        o, p = _expand(
            np.concatenate([origin, origin]),
            np.concatenate([start, last]),
            np.concatenate([first, stop]),
        )
        keep = np.flatnonzero(self._tested(lon, lat, xyz, o, p, radius_m, inner_m, outer_m))
        sure = np.flatnonzero(last > first)
        o = np.concatenate([origin[sure], o[keep]])
        order = np.argsort(o.astype(np.uint16), kind="stable")
        start = np.concatenate([first[sure], p[keep]])[order]
        count = np.concatenate([last[sure] - first[sure], np.ones(len(keep), np.int32)])[order]
        return _Runs(number, len(lon), o[order], start, count)

    def _windows(
        self,
        lat: NDArray[Any],
        xyz: NDArray[Any],
        radius_m: float,
        inner_m: float,
        outer_m: float,
    ) -> tuple[NDArray[Any], ...]:
        """Return origin, band and the half widths of two windows, in degrees of longitude.

        The first window holds all points within the radius, the second holds no others.
        """
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
        return (
            origin,
            bands[origin, column],
            half_outer[origin, column],
            half_inner[origin, column],
        )

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
            run = self._runs_of(np.array([around.lon]), np.array([around.lat]), wide * 1000, 0)
            candidates = _positions(run.start, run.count)
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


def _cells(lon: NDArray[Any], outer: NDArray[Any], inner: NDArray[Any]) -> NDArray[np.int32]:
    """Return the columns start, first, last, stop of windows, half-open and unwrapped at ±180°.

    All points are in start..stop, and those in first..last are inside for sure.
    """
    middle = (lon + 180) * (_COLUMNS / 360)
    # A longitude near the rounding of a window must be tested, never taken for granted.
    far = outer * (_COLUMNS / 360) + 1e-8
    near = np.where(inner >= 180, 2 * _COLUMNS, inner * (_COLUMNS / 360) - 1e-8)
    cells = np.empty((4, len(lon)), np.int32)
    cells[0] = np.floor(middle - far)
    cells[3] = np.floor(middle + far) + 1
    whole = np.flatnonzero(cells[3] - cells[0] >= _COLUMNS)
    cells[0, whole] = np.floor(middle[whole]) - _COLUMNS // 2
    cells[3, whole] = cells[0, whole] + _COLUMNS
    cells[1] = np.clip(np.ceil(middle - near), cells[0], cells[3])
    cells[2] = np.clip(np.floor(middle + near), cells[1], cells[3])
    return cells


def _unwrapped(
    origin: NDArray[Any], band: NDArray[Any], cells: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Cut windows at ±180°: what is beyond comes back on the other side."""
    west, east = np.flatnonzero(cells[0] < 0), np.flatnonzero(cells[3] > _COLUMNS)
    if len(west) or len(east):
        both = np.concatenate([west, east])
        turned = np.concatenate([cells[:, west] + _COLUMNS, cells[:, east] - _COLUMNS], axis=1)
        origin, band = np.append(origin, origin[both]), np.append(band, band[both])
        cells = np.clip(np.concatenate([cells, turned], axis=1), 0, _COLUMNS)
    return origin, band, cells


def _expand(
    origin: NDArray[Any], start: NDArray[Any], stop: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return every position in the windows [start, stop) with the origin of its window."""
    some = np.flatnonzero(stop > start)
    start = start[some]
    count = stop[some] - start
    return np.repeat(origin[some], count), _positions(start, count)


def _positions(start: NDArray[Any], count: NDArray[Any]) -> NDArray[Any]:
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    steps = np.repeat((start - (ends - count)), count)
    steps += np.arange(total)
    return steps
