"""Offset curves of outlines: the points at a fixed geodesic distance, square to an outline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from withinreach.geodesy.areas import directed_lines
from withinreach.geodesy.points import chord_bounds_m, ecef_m, geod, squared_chords_m2

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from withinreach.geodesy.faces import Plane

__all__ = ["Pieces", "Shade", "half_length_m", "offset_pieces", "points_of", "subdivided"]

# The offset of a line is no longer than the line, but for the flattening.
_STRETCH = 1.01
_EARTH_M = 6_400_000.0
# So many points of an outline are judged together first, and so many points of a curve at a time.
_BLOCK = 32
_POINTS_AT_ONCE = 2048


@dataclass(frozen=True, eq=False)
class Pieces:
    """Parts of an offset curve, in the order of the outline; arrays of one length.

    A piece starts at `lon`, `lat` (degrees). The offset of an edge follows it along `along_deg` for
    `length_m`; the arc round a corner turns by `sweep_deg`. `normal_deg` is the direction in which
    the piece lies at its start, `radius_m` how far. A piece covers the shares `low` to `high`
    of its edge or arc; `source` is its number in the outline, `follows` that of the next one.
    """

    lon: NDArray[Any]
    lat: NDArray[Any]
    along_deg: NDArray[Any]
    length_m: NDArray[Any]
    normal_deg: NDArray[Any]
    sweep_deg: NDArray[Any]
    low: NDArray[Any]
    high: NDArray[Any]
    source: NDArray[Any]
    follows: NDArray[Any]
    radius_m: float

    def taken(self, which: NDArray[Any]) -> Pieces:
        """Return the pieces at these numbers, or where true."""
        return Pieces(
            **{name: value[which] for name, value in self.columns().items()},
            radius_m=self.radius_m,
        )

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name."""
        return {n: value for n, value in vars(self).items() if isinstance(value, np.ndarray)}


def offset_pieces(area: BaseGeometry, radius_m: float, *, inward: bool) -> Pieces:
    """Return the offset curve of an area's outline, outside it or, `inward`, across it.

    Edges give lines and corners arcs, so that the curve closes; it crosses itself where the outline
    is concave. An area's nearest (or farthest) point lies square to the outline, so that the edge
    of every ring around the area is a part of this curve.
    """
    rows = [_pieces_of_line(line, inward) for line in directed_lines(area)]
    counts = [len(columns[0]) for columns in rows]
    follows = np.arange(1, sum(counts) + 1)
    ends = np.cumsum(counts)
    follows[ends - 1] = ends - counts
    lon, lat, along, length, normal, sweep = map(np.concatenate, zip(*rows, strict=True))
    return Pieces(
        lon=lon,
        lat=lat,
        along_deg=along,
        length_m=length,
        normal_deg=normal,
        sweep_deg=sweep,
        low=np.zeros(len(lon)),
        high=np.ones(len(lon)),
        source=np.arange(len(lon)),
        follows=follows,
        radius_m=radius_m,
    )


def _pieces_of_line(line: NDArray[Any], inward: bool) -> tuple[NDArray[Any], ...]:
    x, y = line[:, 0], line[:, 1]
    across = 180.0 if inward else 0.0
    if len(line) > 1:
        out, back, length = (np.asarray(a) for a in geod().inv(x[:-1], y[:-1], x[1:], y[1:]))
        real = length > 1e-3
    if len(line) == 1 or not real.any():
        full = [x[:1], y[:1], np.zeros(1), np.zeros(1), np.zeros(1), np.full(1, -360.0)]
        return tuple(full)
    start_x, start_y, end_x, end_y = x[:-1][real], y[:-1][real], x[1:][real], y[1:][real]
    out, arriving, length = out[real], back[real] + 180, length[real]
    # How far an outline turns to the left at the end of each edge; a full turn back is convex.
    turn = (arriving - np.roll(out, -1) + 180) % 360 - 180
    turn[turn < -180 + 1e-6] = 180
    none = np.zeros(len(out))
    columns = (
        (start_x, end_x),
        (start_y, end_y),
        (out, none),
        (length, none),
        (out + 90 + across, arriving + 90 + across),
        (none, -turn),
    )
    return tuple(np.column_stack(pair).ravel() for pair in columns)


def points_of(pieces: Pieces, share: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return lon, lat (degrees) at shares (0 to 1) of the edges or arcs of pieces."""
    x, y = pieces.lon.copy(), pieces.lat.copy()
    direction = pieces.normal_deg + pieces.sweep_deg * share
    edge = np.flatnonzero(pieces.length_m > 0)
    if len(edge):
        along = pieces.along_deg[edge]
        moved = geod().fwd(x[edge], y[edge], along, pieces.length_m[edge] * share[edge])
        x[edge], y[edge] = moved[0], moved[1]
        direction[edge] += np.asarray(moved[2]) + 180 - along
    out_x, out_y, _ = geod().fwd(x, y, direction, np.full(len(x), pieces.radius_m))
    return np.asarray(out_x), np.asarray(out_y)


class Shade:
    """Points of an area, in blocks, that tell which parts of its offset curve others hide."""

    def __init__(self, lon: NDArray[Any], lat: NDArray[Any]) -> None:
        """Take points in the order of an outline (degrees), so that a block lies together."""
        self.xyz = ecef_m(lon, lat)
        first = np.arange(0, len(lon), _BLOCK)
        self.stop = np.minimum(first + _BLOCK, len(lon))
        self.first = first
        self.middle = np.add.reduceat(self.xyz, first) / (self.stop - first)[:, None]
        away = np.linalg.norm(self.xyz - np.repeat(self.middle, self.stop - first, axis=0), axis=1)
        self.size_m = np.maximum.reduceat(away, first)

    def hides(
        self,
        lon: NDArray[Any],
        lat: NDArray[Any],
        room_m: NDArray[Any],
        radius_m: float,
        *,
        inward: bool,
    ) -> NDArray[np.bool_]:
        """Return which points are surely nearer (`inward`, farther) than the radius by a room."""
        xyz = ecef_m(lon, lat)
        limit_m = self._limits_m(room_m, radius_m, inward)
        if len(xyz) <= _POINTS_AT_ONCE:
            return self._beyond(xyz, limit_m, inward)
        parts = [
            self._beyond(
                xyz[first : first + _POINTS_AT_ONCE],
                limit_m[first : first + _POINTS_AT_ONCE],
                inward,
            )
            for first in range(0, len(xyz), _POINTS_AT_ONCE)
        ]
        return np.concatenate(parts)

    def _beyond(self, xyz: NDArray[Any], limit_m: NDArray[Any], inward: bool) -> NDArray[np.bool_]:
        """Return which points have a chord to the area above (`inward`) or below a limit (m)."""
        beyond = np.greater if inward else np.less
        limit2 = np.where(limit_m > 0, limit_m, 0) ** 2
        result = np.zeros(len(xyz), bool)

        def ask(point: NDArray[Any], block: NDArray[Any]) -> None:
            count = (self.stop - self.first)[block]
            starts = np.cumsum(count) - count
            sample = np.arange(int(count.sum())) + np.repeat(self.first[block] - starts, count)
            pair = np.repeat(point, count)
            square = ((xyz[pair] - self.xyz[sample]) ** 2).sum(axis=1)
            result[pair[beyond(square, limit2[pair])]] = True

        squares = squared_chords_m2(xyz, self.middle)
        ask(np.arange(len(xyz)), squares.argmax(axis=1) if inward else squares.argmin(axis=1))
        open_ = np.flatnonzero(~result)
        slack = self.size_m if inward else -self.size_m
        block_limit = np.maximum(limit_m[open_, None] - slack[None, :], 0)
        point, block = np.nonzero(beyond(squares[open_], block_limit**2))
        ask(open_[point], block)
        return result

    @staticmethod
    def _limits_m(room_m: NDArray[Any], radius_m: float, inward: bool) -> NDArray[Any]:
        """Return the chord (m) above or below which a point of the area hides others."""
        if inward:
            return np.asarray(chord_bounds_m(radius_m + room_m)[1] + 1)
        return np.asarray(chord_bounds_m(np.maximum(radius_m - room_m, 0))[0] - 1)


def half_length_m(pieces: Pieces) -> NDArray[Any]:
    """Return half the length (m) that pieces have at most."""
    arc = np.radians(np.abs(pieces.sweep_deg)) * min(pieces.radius_m, _EARTH_M)
    longest = arc + pieces.length_m * _STRETCH
    return np.asarray((pieces.high - pieces.low) * longest / 2)


def subdivided(
    pieces: Pieces,
    tolerance_m: float,
    plane: Plane,
    drop: Callable[[Pieces], NDArray[np.bool_]],
) -> Pieces:
    """Return pieces so short that straight lines between their ends keep the tolerance (m).

    Straight lines both in lon, lat and on a plane.

    `drop` tells which pieces are not wanted; they are left out as soon as they are known.
    """
    sweeps = np.maximum(np.ceil(np.abs(pieces.sweep_deg) / 30), 1).astype(int)
    pieces = _split(pieces, sweeps)
    done = []
    for _ in range(16):
        pieces = pieces.taken(~drop(pieces))
        if not len(pieces.lon):
            break
        need = np.sqrt(_error_m(pieces, plane) / tolerance_m)
        fine = need <= 1
        done.append(pieces.taken(fine))
        pieces = pieces.taken(~fine)
        pieces = _split(pieces, np.clip(np.ceil(need[~fine]), 2, 6).astype(int))
    done.append(pieces)
    rows = {n: np.concatenate([part.columns()[n] for part in done]) for n in pieces.columns()}
    joined = Pieces(**rows, radius_m=pieces.radius_m)
    return joined.taken(np.lexsort((joined.low, joined.source)))


def _split(pieces: Pieces, count: NDArray[np.intp]) -> Pieces:
    number = np.repeat(np.arange(len(count)), count)
    within = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    many = pieces.taken(number)
    width = (many.high - many.low) / count[number]
    low = many.low + width * within
    last = within == count[number] - 1
    # The end of a piece is the start of the next to the bit.
    high = np.where(last, many.high, many.low + width * (within + 1))
    return replace(many, low=low, high=high)


def _error_m(pieces: Pieces, plane: Plane) -> NDArray[Any]:
    """Return how far (m) pieces bend away from straight lines between their ends."""
    x0, y0 = points_of(pieces, pieces.low)
    x1, y1 = points_of(pieces, pieces.high)
    turn = (x1 - x0 + 180) % 360 - 180
    start, end = _unit(x0, y0), _unit(x1, y1)
    flat_start, flat_end = plane.flat(start), plane.flat(end)
    error = np.zeros(len(x0))
    for share in (0.3, 0.5, 0.7):
        true = _unit(*points_of(pieces, pieces.low + (pieces.high - pieces.low) * share))
        drawn = _unit(x0 + turn * share, y0 + (y1 - y0) * share)
        flat = plane.directions(flat_start + (flat_end - flat_start) * share)
        # Across the line only: a shift along it is no error.
        side = np.cross(end - start, true)
        side /= np.maximum(np.linalg.norm(side, axis=1), 1e-15)[:, None]
        for other in (drawn, flat):
            error = np.maximum(error, np.abs(((true - other) * side).sum(1)))
    return error * _EARTH_M * 1.1


def _unit(lon: NDArray[Any], lat: NDArray[Any]) -> NDArray[Any]:
    xyz = ecef_m(lon, lat)
    return np.asarray(xyz / np.linalg.norm(xyz, axis=1)[:, None])
