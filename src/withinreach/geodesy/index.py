"""An index over points that answers "which are within R" as exactly as the geodesic itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from withinreach.geodesy.points import (
    checked_points,
    checked_radius_km,
    chord_bounds_m,
    ecef_m,
    geod,
)
from withinreach.geodesy.windows import Runs, Windows, bands_away, blocks, grid_keys, grid_starts

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from withinreach.geodesy.areas import Area

__all__ = ["PointIndex"]

# So many pairs of origin and band at a time keep the working arrays inside the cache.
_WINDOWS_AT_ONCE = 12_000
# Chords come from coordinates in single precision, one cache line for four points. Each coordinate
# is off by 0.25 m at most, their difference by 1 m, together less than 1.8 m of the chord; squares
# and sums add 1.2e-7 of it.
_CHORD_ERROR_M, _CHORD_ERROR = 2.0, 3e-7


class PointIndex:
    """Points (lon, lat in degrees) sorted by latitude band and longitude.

    Duplicates are allowed; answers are row numbers of the arrays that were given.

    >>> index = PointIndex([44.37, 46.72], [33.31, 24.69])
    >>> index.within(35.93, 31.95, 900.0)[1]
    array([0], dtype=int32)
    """

    def __init__(self, lon: ArrayLike, lat: ArrayLike) -> None:
        self._load(self.build_arrays(lon, lat))

    @staticmethod
    def build_arrays(lon: ArrayLike, lat: ArrayLike) -> dict[str, NDArray[Any]]:
        """Return the sorted arrays, to be kept in files and given to `from_arrays` later."""
        x, y = _flat_points(lon, lat)
        key = grid_keys(x, y)
        row = np.argsort(key, kind="stable")
        return {
            "key": key[row],
            "row": row.astype(np.int32),
            "lon": x[row],
            "lat": y[row],
            "xyz": _single_ecef_m(x[row], y[row]),
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
        self._xyz = arrays["xyz"]

    def __len__(self) -> int:
        return len(self._row)

    @cached_property
    def _starts(self) -> NDArray[np.int32]:
        return grid_starts(self._key)

    def within(
        self, lon0: ArrayLike, lat0: ArrayLike, radius_km: float
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return all pairs (origin, point) whose geodesic distance is at most `radius_km`.

        `lon0`, `lat0` are one or many origins in degrees; the result are two arrays, the origin's
        number and the point's row (32 bits each: writing the answer is most of the work), by
        origin, in one order for one index. The answer for each pair is that of pyproj's `Geod.inv`.
        Raises `ValueError` for coordinates that are no points, and radii not above 0 or above
        19,900 km.
        """
        parts = list(self._parts(lon0, lat0, radius_km))
        total = sum(runs.total for _, runs in parts)
        origins, rows = np.empty(total, np.int32), np.empty(total, np.int32)
        done = 0
        for first, runs in parts:
            part = slice(done, done + runs.total)
            runs.fill(self._row, first, origins[part], rows[part])
            done += runs.total
        return origins, rows

    def within_chunks(
        self, lon0: ArrayLike, lat0: ArrayLike, radius_km: float
    ) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """Yield the answer of `within` a few origins at a time, for answers larger than memory."""
        for first, runs in self._parts(lon0, lat0, radius_km):
            origins, rows = np.empty(runs.total, np.int32), np.empty(runs.total, np.int32)
            runs.fill(self._row, first, origins, rows)
            yield origins, rows

    def _parts(
        self, lon0: ArrayLike, lat0: ArrayLike, radius_km: float
    ) -> Iterator[tuple[int, Runs]]:
        """Yield the number of the first of a few origins, and their runs."""
        lon, lat = _flat_points(lon0, lat0)
        radius_m = checked_radius_km(radius_km) * 1000
        step = max(_WINDOWS_AT_ONCE // (2 * bands_away(radius_m) + 1), 1)
        for first in range(0, len(lon), step):
            part = slice(first, first + step)
            yield first, self._runs(lon[part], lat[part], radius_m)

    def _runs(self, lon: NDArray[Any], lat: NDArray[Any], radius_m: float) -> Runs:
        chords_m = chord_bounds_m(radius_m)
        windows = Windows.of(lon, lat, radius_m, chords_m)
        start, first, last, stop = windows.positions(self._starts)
        # What is not sure lies to both sides of what is.
        left, right = np.flatnonzero(first > start), np.flatnonzero(stop > last)
        sure = np.flatnonzero(last > first)
        origin = np.concatenate([windows.origin[left], windows.origin[right]])
        begin = np.concatenate([start[left], last[right]])
        count = np.concatenate([first[left], stop[right]]) - begin
        origins, starts = [windows.origin[sure]], [first[sure]]
        counts = [last[sure] - first[sure]]
        xyz = _single_ecef_m(lon, lat)
        for some, point in blocks(begin, count):
            o = np.repeat(origin[some], count[some])
            kept = np.flatnonzero(self._tested(lon, lat, xyz, o, point, radius_m, chords_m))
            o, point = o[kept], point[kept]
            # Neighbours that are inside together are one run.
            new = np.flatnonzero((np.diff(point, prepend=-2) != 1) | (np.diff(o, prepend=-1) != 0))
            origins.append(o[new])
            starts.append(point[new].astype(np.int32))
            counts.append(np.diff(new, append=len(point)).astype(np.int32))
        runs = (np.concatenate(parts) for parts in (origins, starts, counts))
        return Runs.by_origin(len(lon), *runs)

    def _tested(
        self,
        lon: NDArray[Any],
        lat: NDArray[Any],
        xyz: NDArray[Any],
        origin: NDArray[Any],
        point: NDArray[Any],
        radius_m: float,
        chords_m: tuple[float, float],
    ) -> NDArray[np.bool_]:
        """Decide pairs by their chord, and those in the narrow shell between by the geodesic."""
        steps = _gathered(self._xyz, point)
        steps -= _gathered(xyz, origin)
        steps *= steps
        chord2 = steps[:, 0] + steps[:, 1] + steps[:, 2]
        inner_m, outer_m = chords_m
        error_m = _CHORD_ERROR_M + _CHORD_ERROR * outer_m
        keep: NDArray[np.bool_] = chord2 <= max(inner_m - error_m, 0.0) ** 2
        shell = np.flatnonzero(~keep & (chord2 <= (outer_m + error_m) ** 2))
        if len(shell):
            o, p = origin[shell], point[shell]
            exact_m = geod().inv(lon[o], lat[o], self._lon[p], self._lat[p])[2]
            keep[shell] = np.asarray(exact_m) <= radius_m
        return keep

    def within_area(
        self, area: Area, radius_km: float, from_: Literal["some", "every"] = "some"
    ) -> NDArray[np.intp]:
        """Return the rows of the points within `radius_km` of an area, ascending.

        `from_` "some": of its nearest point; "every": of its farthest point. Raises `ValueError`
        for what is no area, and radii not above 0 or above 19,900 km.
        """
        from withinreach.geodesy.area_points import within_reach_of_every, within_reach_of_some

        if from_ not in ("some", "every"):
            raise ValueError(f'from_ = {from_!r}: give "some" or "every"')
        radius = checked_radius_km(radius_km)
        judge = within_reach_of_some if from_ == "some" else within_reach_of_every
        found = judge(area, radius, self._lon, self._lat, self._near_any)
        return np.sort(self._row[found]).astype(np.intp)

    def _near_any(
        self, lon0: NDArray[Any], lat0: NDArray[Any], radius_km: float
    ) -> NDArray[np.bool_]:
        """Return which points, as they are sorted, are within a radius of any origin."""
        steps = np.zeros(len(self) + 1, np.int64)
        for _, runs in self._parts(lon0, lat0, radius_km):
            np.add.at(steps, runs.start, 1)
            np.add.at(steps, runs.start + runs.count, -1)
        return np.asarray(np.cumsum(steps[:-1]) > 0)


def _single_ecef_m(lon: NDArray[Any], lat: NDArray[Any]) -> NDArray[np.float32]:
    """Return earth-centred coordinates in m, shape (n, 4): x, y, z, and a zero that aligns them."""
    xyz = np.zeros((len(lon), 4), np.float32)
    xyz[:, :3] = ecef_m(lon, lat)
    return xyz


def _gathered(xyz: NDArray[np.float32], rows: NDArray[Any]) -> NDArray[np.float32]:
    """Return rows of an array of shape (n, 4), each copied as one item of 16 bytes."""
    items = xyz.view(np.complex128).ravel().take(rows)
    return items.view(np.float32).reshape(-1, 4)


def _flat_points(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    x, y = (np.atleast_1d(a) for a in checked_points(lon, lat))
    if x.ndim != 1:
        raise ValueError(f"lon has shape {x.shape}: give one dimension")
    return x, y
