"""A grid of cells over the Earth: which of them a circle touches, and which it holds whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from withinreach.geodesy.points import ecef_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "BANDS",
    "COLUMNS",
    "Runs",
    "Windows",
    "bands_away",
    "blocks",
    "grid_keys",
    "grid_starts",
]

_BAND_DEG = 0.5
BANDS = round(180 / _BAND_DEG)
COLUMNS = 1440
_PER_DEG = COLUMNS // 360
# Sort keys are band * stride + longitude, so that one sorted array serves all bands.
_STRIDE = 1024
# So many pairs at a time keep the working arrays inside the cache.
_PAIRS_AT_ONCE = 32_768
# A degree of latitude is at least so long, at the equator.
_DEGREE_M = 110_500.0
# Keys round longitudes by less than this share of a column.
_ROUNDING = 1e-8


def grid_keys(lon: NDArray[Any], lat: NDArray[Any]) -> NDArray[np.float64]:
    """Return the keys by which points (degrees) are sorted: by band, then by longitude."""
    band = np.minimum((lat + 90) // _BAND_DEG, BANDS - 1)
    return np.asarray(band * _STRIDE + lon + 180)


def grid_starts(key: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the position of the first point of every cell, band by band, and the end.

    `key` are the sorted keys of the points.
    """
    column = (key * _PER_DEG).astype(np.int32)
    stride = _STRIDE * _PER_DEG
    cell = column // stride * COLUMNS + np.minimum(column % stride, COLUMNS - 1)
    starts = np.zeros(BANDS * COLUMNS + 1, np.int32)
    np.add.at(starts, cell + 1, np.int32(1))
    return np.cumsum(starts, out=starts)


def bands_away(radius_m: float) -> int:
    """Return how many bands to either side of its own a circle can reach."""
    return min(int(radius_m / _DEGREE_M / _BAND_DEG) + 2, BANDS)


@dataclass(frozen=True)
class Windows:
    """The bands that circles touch: all their points lie in columns start..stop of the band.

    Those in first..last are inside for sure. One row a band of an origin; columns are half-open
    and end at ±180°, where a window goes on in a row of its own.
    """

    origin: NDArray[np.intp]
    band: NDArray[np.intp]
    start: NDArray[np.int32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    stop: NDArray[np.int32]

    @classmethod
    def of(
        cls,
        lon: NDArray[Any],
        lat: NDArray[Any],
        radius_m: float,
        chords_m: tuple[float, float],
    ) -> Windows:
        """Return the windows of circles around origins in degrees.

        A chord up to the first of `chords_m` is inside for sure, one above the second is not.
        """
        own = np.floor((lat + 90) / _BAND_DEG).astype(np.intp)[:, None]
        away = bands_away(radius_m)
        bands = own + np.arange(-away, away + 1)
        real = (bands >= 0) & (bands < BANDS)
        origin = np.repeat(np.arange(len(lat)), np.count_nonzero(real, axis=1))
        band = bands[real]
        some, inner, outer = _half_widths(lat, origin, band, chords_m)
        origin, band = origin[some], band[some]
        cells = _columns(lon.take(origin), outer, inner)
        west, east = np.flatnonzero(cells[0] < 0), np.flatnonzero(cells[3] > COLUMNS)
        if len(west) or len(east):
            both = np.concatenate([west, east])
            turned = np.concatenate([cells[:, west] + COLUMNS, cells[:, east] - COLUMNS], axis=1)
            origin, band = np.append(origin, origin[both]), np.append(band, band[both])
            cells = np.clip(np.concatenate([cells, turned], axis=1), 0, COLUMNS)
        return cls(origin, band, *cells)

    def positions(self, starts: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return start, first, last and stop as positions of sorted points, shape (4, n)."""
        row = self.band * COLUMNS
        return starts[np.stack([row + c for c in (self.start, self.first, self.last, self.stop)])]


@dataclass(frozen=True)
class Runs:
    """What is within the radius of a few origins, as runs of sorted points, by origin."""

    origin_count: int
    origin: NDArray[np.intp]
    start: NDArray[np.int32]
    count: NDArray[np.int32]

    @classmethod
    def by_origin(
        cls,
        origin_count: int,
        origin: NDArray[Any],
        start: NDArray[Any],
        count: NDArray[Any],
    ) -> Runs:
        """Return runs in the order of their origins, at most 65,536, else as they are given."""
        order = np.argsort(origin.astype(np.uint16), kind="stable")
        return cls(origin_count, origin[order], start[order], count[order])

    @cached_property
    def total(self) -> int:
        """The number of points in all runs."""
        return int(self.count.sum())

    def positions(self) -> NDArray[np.intp]:
        """Return the positions of the points in all runs."""
        parts = [position for _, position in blocks(self.start, self.count)]
        return np.concatenate([np.empty(0, np.intp), *parts])

    def fill(
        self,
        row: NDArray[np.int32],
        first_origin: int,
        origins: NDArray[np.int32],
        rows: NDArray[np.int32],
    ) -> None:
        """Write the number of the origin and the row of every point into arrays of that size."""
        done = 0
        for _, position in blocks(self.start, self.count):
            row.take(position, out=rows[done : done + len(position)], mode="clip")
            done += len(position)
        done = 0
        ends = np.cumsum(np.bincount(self.origin, self.count, self.origin_count), dtype=np.intp)
        for number, end in enumerate(ends.tolist(), first_origin):
            origins[done:end] = number
            done = end


def blocks(start: NDArray[Any], count: NDArray[Any]) -> Iterator[tuple[slice, NDArray[np.intp]]]:
    """Yield runs of points and the positions in them, a cache's fill at a time."""
    if not len(count):
        return
    ends = np.cumsum(count, dtype=np.intp)
    cuts = np.searchsorted(ends, np.arange(_PAIRS_AT_ONCE, int(ends[-1]), _PAIRS_AT_ONCE))
    edges = np.unique(np.concatenate([[0], cuts, [len(ends)]]))
    before = np.concatenate([[0], ends])
    steps = np.arange(np.diff(before[edges]).max())
    # A run's first position, less its place in its block: the steps of the block bring it back.
    shift = start - before[:-1]
    for first, last in pairwise(edges.tolist()):
        position = np.repeat(shift[first:last] + before[first], count[first:last])
        position += steps[: len(position)]
        yield slice(first, last), position


@cache
def _bands() -> NDArray[np.float64]:
    """Return distance from the axis and height (m) of every band: the middle, and half the span."""
    edges = ecef_m(np.zeros(BANDS + 1), np.linspace(-90, 90, BANDS + 1))
    rho, z = np.maximum(edges[:, 0], 0), edges[:, 2]
    ends = [rho[:-1] + rho[1:], np.abs(np.diff(rho)), z[:-1] + z[1:], np.diff(z)]
    return np.stack(ends) / 2


def _half_widths(
    lat: NDArray[Any],
    origin: NDArray[np.intp],
    band: NDArray[np.intp],
    chords_m: tuple[float, float],
) -> tuple[NDArray[np.intp], NDArray[Any], NDArray[Any]]:
    """Return which bands a circle can reach, and in these half the windows, in columns.

    First that of the window which is inside for sure, and 0 for none; then that which may be.
    """
    xyz = ecef_m(np.zeros(len(lat)), lat)
    rho, z = xyz[:, 0].take(origin), xyz[:, 2].take(origin)
    rho_middle, rho_half, z_middle, z_half = (column.take(band) for column in _bands())
    # Chord² is (rho - rho')² + (z - z')² + 4 rho rho' sin²(half the difference of longitude).
    d_rho, d_z = np.abs(rho_middle - rho), np.abs(z_middle - z)
    inner_m, outer_m = chords_m
    near_m2 = np.maximum(d_rho - rho_half, 0) ** 2 + np.maximum(d_z - z_half, 0) ** 2
    some = np.flatnonzero(near_m2 <= outer_m**2)
    far_m2 = (d_rho + rho_half) ** 2 + (d_z + z_half) ** 2
    rho *= 4
    outer = _half_width(outer_m**2 - near_m2, rho * (rho_middle - rho_half))
    inner = _half_width(inner_m**2 - far_m2, rho * (rho_middle + rho_half))
    return some, inner[some], outer[some]


def _half_width(room_m2: NDArray[Any], scale_m2: NDArray[Any]) -> NDArray[Any]:
    """Return half the window in columns that a room of chord² leaves; a turn's half at most."""
    # On the axis any room is room for all longitudes.
    share = np.clip(room_m2 / np.maximum(scale_m2, 1e-9), 0, 1)
    return np.asarray(np.arcsin(np.sqrt(share)) * (COLUMNS / np.pi))


def _columns(lon: NDArray[Any], outer: NDArray[Any], inner: NDArray[Any]) -> NDArray[np.int32]:
    """Return the columns start, first, last, stop of windows, unwrapped at ±180°, shape (4, n)."""
    middle = (lon + 180) * _PER_DEG
    # A longitude near the rounding of a window must be tested, never taken for granted.
    far = outer + _ROUNDING
    near = np.where(inner >= COLUMNS // 2, COLUMNS, inner - _ROUNDING)
    cells = np.empty((4, len(lon)), np.int32)
    cells[0] = np.floor(middle - far)
    cells[3] = np.floor(middle + far) + 1
    whole = np.flatnonzero(cells[3] - cells[0] >= COLUMNS)
    cells[0, whole] = np.floor(middle[whole]) - COLUMNS // 2
    cells[3, whole] = cells[0, whole] + COLUMNS
    cells[1] = np.clip(np.ceil(middle - near), cells[0], cells[3])
    cells[2] = np.clip(np.floor(middle + near), cells[1], cells[3])
    return cells
