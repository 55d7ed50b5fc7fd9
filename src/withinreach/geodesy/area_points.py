"""Which points lie within reach of an area: bounds decide nearly all, distances the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely

from withinreach.geodesy.area_distances import bend_m, farthest_km, nearest_km, nearest_pieces
from withinreach.geodesy.areas import Area, Disc, Outline, outline_of, surface_of
from withinreach.geodesy.points import (
    MAX_RADIUS_KM,
    chord_bounds_m,
    distance_km,
    ecef_m,
    squared_chords_m2,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    # Which points are within a radius (km) of any of some places (lon, lat).
    NearAny: TypeAlias = Callable[[NDArray[Any], NDArray[Any], float], NDArray[np.bool_]]

__all__ = ["within_reach_of_every", "within_reach_of_some"]

# Points of the outline that lie together in a cube are judged together first.
_CUBES_A_RADIUS = 10
_LEAST_CUBE_M, _GREATEST_CUBE_M = 5_000.0, 60_000.0
# Below it the farthest point of an area is a corner of it.
_QUARTER_KM = 9_900.0
_PAIRS_AT_ONCE = 2_000_000


def within_reach_of_some(
    area: Area, radius_km: float, lon: NDArray[Any], lat: NDArray[Any], near_any: NearAny
) -> NDArray[np.bool_]:
    """Return which points (degrees) are at most a radius from the nearest point of an area.

    `near_any` tells which of the same points are within a radius of any of a few places.
    """
    if isinstance(area, Disc):
        return _within_disc(area, radius_km + area.radius_km, lon, lat, near_any)
    outline = outline_of(area)
    cubes = _Cubes(outline, radius_km * 1000)
    found = near_any(outline.lon[cubes.middle], outline.lat[cubes.middle], radius_km)
    _add_those_inside(found, surface_of(area), lon, lat)
    wide_km = radius_km + cubes.cover_m * 1.001 / 1000
    if wide_km <= MAX_RADIUS_KM:
        maybe = near_any(outline.lon[cubes.middle], outline.lat[cubes.middle], wide_km) & ~found
    else:
        maybe = ~found
    at = np.flatnonzero(maybe)
    if not len(outline.start):
        found[at] = nearest_km(area, lon[at], lat[at]) <= radius_km
        return found
    least, most = cubes.chords_m(outline, ecef_m(lon[at], lat[at]), radius_km * 1000)
    inner_m, outer_m = chord_bounds_m(radius_km * 1000)
    found[at[most <= inner_m]] = True
    open_ = at[(most > inner_m) & (least <= outer_m)]
    found[open_] = nearest_km(area, lon[open_], lat[open_]) <= radius_km
    return found


def within_reach_of_every(
    area: Area, radius_km: float, lon: NDArray[Any], lat: NDArray[Any], near_any: NearAny
) -> NDArray[np.bool_]:
    """Return which points (degrees) are at most a radius from the farthest point of an area."""
    if isinstance(area, Disc):
        return _within_disc(area, radius_km - area.radius_km, lon, lat, near_any)
    outline = outline_of(area)
    corners = outline.corners
    # The corners that are outermost in many directions leave few points.
    ways = np.array([(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1)])
    extreme = np.unique(corners[(outline.xyz[corners] @ ways.T).argmax(axis=0)])
    found = np.ones(len(lon), bool)
    for corner in extreme.tolist():
        found &= near_any(outline.lon[[corner]], outline.lat[[corner]], radius_km)
    at = np.flatnonzero(found)
    if radius_km < _QUARTER_KM:
        inner_m, outer_m = chord_bounds_m(radius_km * 1000)
        step = max(_PAIRS_AT_ONCE // len(corners), 1)
        for first in range(0, len(at), step):
            part = at[first : first + step]
            chord = np.sqrt(
                squared_chords_m2(ecef_m(lon[part], lat[part]), outline.xyz[corners]).max(1)
            )
            found[part[chord > outer_m + 1]] = False
            at[first : first + step][chord <= inner_m - 1] = -1
        at = at[at >= 0]
        at = at[found[at]]
    found[at] = farthest_km(area, lon[at], lat[at]) <= radius_km
    return found


def _within_disc(
    area: Disc, reach_km: float, lon: NDArray[Any], lat: NDArray[Any], near_any: NearAny
) -> NDArray[np.bool_]:
    if 0 < reach_km <= MAX_RADIUS_KM:
        return near_any(np.array([area.lon]), np.array([area.lat]), reach_km)
    return distance_km(area.lon, area.lat, lon, lat) <= reach_km


def _add_those_inside(
    found: NDArray[np.bool_], surface: BaseGeometry, lon: NDArray[Any], lat: NDArray[Any]
) -> None:
    if surface.is_empty:
        return
    west, south, east, north = surface.bounds
    near = ~found & (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
    at = np.flatnonzero(near)
    found[at] = shapely.contains_xy(surface, lon[at], lat[at])


class _Cubes:
    """The points and pieces of an outline by cubes of space, each with a point that stands for it.

    `middle` are those points, `size_m` how far (chord) a cube's pieces are from them at most,
    `cover_m` the greatest of these.
    """

    def __init__(self, outline: Outline, radius_m: float) -> None:
        edge_m = np.clip(radius_m / _CUBES_A_RADIUS, _LEAST_CUBE_M, _GREATEST_CUBE_M)
        cell = np.floor(outline.xyz / edge_m).astype(np.int64) + 4096
        _, self.middle, number = np.unique(
            (cell[:, 0] << 28) + (cell[:, 1] << 14) + cell[:, 2],
            return_index=True,
            return_inverse=True,
        )
        away = np.linalg.norm(outline.xyz - outline.xyz[self.middle[number]], axis=1)
        # Both ends of a piece have it in their cubes; half a piece is never farther than that.
        self.size_m = np.zeros(len(self.middle))
        np.maximum.at(self.size_m, number, away)
        half = outline.length_m / 2
        for end in (outline.start, outline.start + 1):
            np.maximum.at(self.size_m, number[end], away[end] + half)
        self.size_m += 1
        self.cover_m = float(self.size_m.max())
        of_piece = number[outline.start]
        self.order = np.argsort(of_piece, kind="stable")
        self.stop = np.cumsum(np.bincount(of_piece, minlength=len(self.middle)))
        self.start = np.append(0, self.stop[:-1])
        # A cube holds its pieces whole, by their starts.
        self.whole_m = self.size_m + outline.length_m.max(initial=0.0)

    def chords_m(
        self, outline: Outline, xyz: NDArray[Any], radius_m: float
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return least and greatest chords to an outline that points may have, if near a radius."""
        limit_m = chord_bounds_m(radius_m)[1] + self.whole_m
        best = np.full(len(xyz), np.inf)
        bend = bend_m(outline)
        middle = outline.xyz[self.middle]
        step = max(_PAIRS_AT_ONCE // 4 // len(middle), 1)
        for first in range(0, len(xyz), step):
            near = squared_chords_m2(xyz[first : first + step], middle) <= (limit_m**2)[None, :]
            point, cube = np.nonzero(near)
            count = (self.stop - self.start)[cube]
            ends = np.cumsum(count)
            place = np.arange(int(count.sum())) + np.repeat(
                self.start[cube] - (ends - count), count
            )
            point = np.repeat(point, count) + first
            chord, _ = nearest_pieces(outline, xyz[point], self.order[place])
            np.minimum.at(best, point, chord)
        return best - bend, best + bend
