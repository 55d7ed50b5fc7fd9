"""The nearest and the farthest distance from points to an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from withinreach.geodesy.areas import Area, Disc, Outline, outline_of, surface_of
from withinreach.geodesy.points import (
    FARTHEST_KM,
    checked_points,
    chord_bounds_m,
    distance_bounds_m,
    distance_km,
    ecef_m,
    geod,
    squared_chords_m2,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "area_to_area_interval_km",
    "bend_m",
    "distance_interval_km",
    "farthest_km",
    "nearest_km",
    "nearest_pieces",
]

# Half the equator, the longest way round.
_HALF_EQUATOR_M = np.pi * 6_378_137.0
# Below it the farthest point is a corner; a quarter of a meridian is 10,002 km, at the equator
# geodesics close up after pi * b / 2 = 9,985 km.
_QUARTER_M = 9_980_000.0
_EARTH_M = 6_371_000.0
# Within 67 km of an antipode points have several shortest ways, and within 500 km the farthest
# point by interception is up to 0.3 m short (0.2 mm outside): there edges are searched. The nearest
# point of an edge so far away is an end of it.
_NEAR_ANTIPODE_M = 19_900_000.0
_FAR_NEAR_ANTIPODE_M = 19_500_000.0
_SUBSAMPLES = 81
_CLOSER = (17,) * 7
_PAIRS_AT_ONCE = 2_000_000


def distance_interval_km(
    area: Area, lon: ArrayLike, lat: ArrayLike
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the distances in km to the nearest and the farthest point of an area.

    Arrays in, arrays of the same shape out. Nearest is 0 inside. Outline edges are geodesics. The
    nearest point is found by interception on the edges that bounds leave over (Baselga and
    Martínez-Llario 2018, with Karney's correction). The farthest is a corner below 9,980 km; beyond
    it is a point of an edge, or the antipode where the area holds it. Raises `ValueError` for what
    is no area and no point.
    """
    return nearest_km(area, lon, lat), farthest_km(area, lon, lat)


def nearest_km(area: Area, lon: ArrayLike, lat: ArrayLike) -> NDArray[Any]:
    """Return the distances in km to the nearest point of an area, 0 inside; one per point."""
    x, y = checked_points(lon, lat)
    if isinstance(area, Disc):
        return np.maximum(distance_km(area.lon, area.lat, x, y) - area.radius_km, 0)
    outline = outline_of(area)
    flat_x, flat_y = np.ravel(x), np.ravel(y)
    nearest = np.zeros(len(flat_x))
    out = np.flatnonzero(~shapely.contains_xy(surface_of(area), flat_x, flat_y))
    step = max(_PAIRS_AT_ONCE // len(outline.lon), 1)
    for first in range(0, len(out), step):
        part = out[first : first + step]
        nearest[part] = _nearest_m(outline, flat_x[part], flat_y[part])
    return np.reshape(nearest / 1000, x.shape)


def farthest_km(area: Area, lon: ArrayLike, lat: ArrayLike) -> NDArray[Any]:
    """Return the distances in km to the farthest point of an area; one per point."""
    x, y = checked_points(lon, lat)
    if isinstance(area, Disc):
        middle = distance_km(area.lon, area.lat, x, y)
        return np.minimum(middle + area.radius_km, FARTHEST_KM)
    outline = outline_of(area)
    flat_x, flat_y = np.ravel(x), np.ravel(y)
    farthest = np.full(len(flat_x), FARTHEST_KM * 1000)
    turned_x = np.where(flat_x > 0, flat_x - 180, flat_x + 180)
    rest = np.flatnonzero(~shapely.contains_xy(surface_of(area), turned_x, -flat_y))
    corners = np.unique(outline.xyz[outline.corners], axis=0, return_index=True)[1]
    corners = outline.corners[corners]
    step = max(_PAIRS_AT_ONCE // len(outline.lon), 1)
    for first in range(0, len(rest), step):
        part = rest[first : first + step]
        farthest[part] = _farthest_m(outline, corners, flat_x[part], flat_y[part])
    return np.reshape(farthest / 1000, x.shape)


def nearest_pieces(
    outline: Outline, xyz: NDArray[Any], pieces: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return for pairs of points (m) and pieces the chord to the piece, and where along it (m).

    A piece is taken as straight in space; it bends away from that by `bend_m` at most.
    """
    start = outline.start[pieces]
    origin = outline.xyz[start]
    way = outline.xyz[start + 1] - origin
    to_point = xyz - origin
    square = np.maximum((way**2).sum(1), 1e-12)
    share = np.clip((to_point * way).sum(1) / square, 0, 1)
    chord = np.sqrt(((to_point - way * share[:, None]) ** 2).sum(1))
    return chord, share * outline.length_m[pieces]


def bend_m(outline: Outline) -> float:
    """Return how far (m) the pieces of an outline bend away from straight lines in space."""
    longest = float(outline.length_m.max(initial=0.0))
    return longest**2 / (8 * 6_300_000.0) + 0.01


def _chords_m(xyz: NDArray[Any], points: NDArray[Any]) -> NDArray[Any]:
    """Return chords (m) between all pairs, good to 0.3 m."""
    return np.asarray(np.sqrt(np.maximum(squared_chords_m2(xyz, points), 0)))


def _nearest_m(outline: Outline, lon: NDArray[Any], lat: NDArray[Any]) -> NDArray[Any]:
    if not len(outline.start):
        only = np.zeros(len(lon), int)
        return np.asarray(geod().inv(lon, lat, outline.lon[only], outline.lat[only])[2])
    xyz = ecef_m(lon, lat)
    squares = squared_chords_m2(xyz, outline.xyz)
    # No piece is nearer than its nearer end by more than half its length.
    reach = np.sqrt(np.maximum(squares.min(axis=1), 0)) + outline.length_m.max() / 2 + 1
    point, end = np.nonzero(squares <= (reach**2)[:, None])
    point, piece = np.repeat(point, 2), _pieces_at(outline)[end].ravel()
    point, piece = point[piece >= 0], piece[piece >= 0]
    chord, along = nearest_pieces(outline, xyz[point], piece)
    bend = bend_m(outline)
    # What the chord leaves open, by the bounds between chord and arc and the bend of the pieces.
    _, most = distance_bounds_m(_extreme(np.minimum, point, chord, len(lon)) + bend)
    open_ = chord <= chord_bounds_m(most)[1][point] + bend
    point, piece, along = point[open_], piece[open_], along[open_]
    away = _on_pieces_m(outline, piece, along, lon[point], lat[point], far=False)
    return _extreme(np.minimum, point, away, len(lon))


def _pieces_at(outline: Outline) -> NDArray[np.intp]:
    """Return for every point of an outline the pieces that start and that end there, or -1."""
    pieces = np.full((len(outline.lon), 2), -1)
    number = np.arange(len(outline.start))
    pieces[outline.start, 0] = number
    pieces[outline.start + 1, 1] = number
    return pieces


def _on_pieces_m(
    outline: Outline,
    piece: NDArray[Any],
    along: NDArray[Any],
    lon: NDArray[Any],
    lat: NDArray[Any],
    *,
    far: bool,
) -> NDArray[Any]:
    """Return the least (or the greatest) distances (m) between points and pieces, begun `along`."""
    away = _intercepted(outline, piece, along, lon, lat, far=far)
    near = np.flatnonzero(away > (_FAR_NEAR_ANTIPODE_M if far else _NEAR_ANTIPODE_M))
    if len(near):
        away[near] = _searched(outline, piece[near], lon[near], lat[near], far=far)
    return away


def _searched(
    outline: Outline, piece: NDArray[Any], lon: NDArray[Any], lat: NDArray[Any], *, far: bool
) -> NDArray[Any]:
    """Return the extreme distances (m) between points and pieces by ever closer samples."""
    start = outline.start[piece]
    x, y, azimuth = outline.lon[start], outline.lat[start], outline.azimuth_deg[piece]
    low, high = np.zeros(len(piece)), outline.length_m[piece]
    row = np.arange(len(piece))
    for count in (_SUBSAMPLES, *_CLOSER):
        along = np.linspace(low, high, count, axis=1)
        each = np.repeat(row, count)
        foot_x, foot_y, _ = geod().fwd(x[each], y[each], azimuth[each], along.ravel())
        away = np.reshape(geod().inv(foot_x, foot_y, lon[each], lat[each])[2], along.shape)
        best = away.argmax(axis=1) if far else away.argmin(axis=1)
        low, high = along[row, np.maximum(best - 1, 0)], along[row, np.minimum(best + 1, count - 1)]
    return np.asarray(away[row, best])


def _intercepted(
    outline: Outline,
    piece: NDArray[Any],
    along: NDArray[Any],
    lon: NDArray[Any],
    lat: NDArray[Any],
    *,
    far: bool,
) -> NDArray[Any]:
    """Return the extreme distances (m) between points and pieces, begun at `along` (m)."""
    start = outline.start[piece]
    x, y = outline.lon[start], outline.lat[start]
    azimuth, length = outline.azimuth_deg[piece], outline.length_m[piece]
    pick, sign = (np.maximum, -1.0) if far else (np.minimum, 1.0)
    best = None
    for turn in range(3):
        foot_x, foot_y, back = (np.asarray(a) for a in geod().fwd(x, y, azimuth, along))
        to_point, _, away = (np.asarray(a) for a in geod().inv(foot_x, foot_y, lon, lat))
        best = away if best is None else pick(best, away)
        if turn == 2:
            break
        angle = np.radians(to_point - back - 180)
        sine, cosine = np.sin(away / _EARTH_M), np.cos(away / _EARTH_M)
        further = _EARTH_M * np.arctan2(sign * sine * np.cos(angle), sign * cosine)
        along = np.clip(along + further, 0, length)
    return np.asarray(best)


def _farthest_m(
    outline: Outline, corners: NDArray[Any], lon: NDArray[Any], lat: NDArray[Any]
) -> NDArray[Any]:
    xyz = ecef_m(lon, lat)
    squares = squared_chords_m2(xyz, outline.xyz[corners])
    # Only the corners that the bounds leave open.
    least, _ = distance_bounds_m(np.sqrt(np.maximum(squares.max(axis=1), 1)) - 1)
    limit = np.maximum(chord_bounds_m(least)[0] - 1, 0)
    # Next to a lone corner every square counts, also one that rounding makes negative.
    limit2 = np.where(limit > 1, limit**2, -np.inf)
    point, column = np.nonzero(squares >= limit2[:, None])
    corner = corners[column]
    away = np.asarray(
        geod().inv(outline.lon[corner], outline.lat[corner], lon[point], lat[point])[2]
    )
    farthest = _extreme(np.maximum, point, away, len(lon))
    beyond = np.flatnonzero(farthest >= _QUARTER_M)
    if len(beyond) and len(outline.start):
        farthest[beyond] = np.maximum(
            farthest[beyond],
            _farthest_on_edges_m(outline, lon[beyond], lat[beyond], farthest[beyond]),
        )
    return farthest


def _farthest_on_edges_m(
    outline: Outline, lon: NDArray[Any], lat: NDArray[Any], known_m: NDArray[Any]
) -> NDArray[Any]:
    """Return the farthest distances (m) on edges, for points that know a corner so far away.

    With p' the antipode of p, the central section through p and q gives d(p, q) <= pi * a -
    d(q, p'): that is narrower than chords where p and q are far apart.
    """
    opposite = -ecef_m(lon, lat)
    chord = _chords_m(opposite, outline.xyz)
    nearest_end = np.minimum(chord[:, outline.start], chord[:, outline.start + 1])
    limit = chord_bounds_m(_HALF_EQUATOR_M - known_m)[1]
    point, piece = np.nonzero(nearest_end <= limit[:, None] + outline.length_m[None, :] / 2 + 1)
    if not len(point):
        return known_m
    chord, along = nearest_pieces(outline, opposite[point], piece)
    open_ = chord <= limit[point] + bend_m(outline)
    point, piece, along = point[open_], piece[open_], along[open_]
    away = _on_pieces_m(outline, piece, along, lon[point], lat[point], far=True)
    best = known_m.copy()
    np.maximum.at(best, point, away)
    return best


def _extreme(pick: np.ufunc, owner: NDArray[Any], value: NDArray[Any], size: int) -> NDArray[Any]:
    """Return the least or greatest value of every owner; owners come in ascending order."""
    first = np.searchsorted(owner, np.arange(size))
    return np.asarray(pick.reduceat(value, first))


def area_to_area_interval_km(origin: Area, target: Area) -> tuple[float, float]:
    """Return km over all pairs at the nearest, and from the origin's worst point to the target.

    The second figure is the greatest, over the points of `origin`, of the distance to the nearest
    point of `target`: what a range must be so that each point of the origin reaches the target.
    """
    if isinstance(target, Disc):
        nearest, farthest = distance_interval_km(origin, target.lon, target.lat)
        radius = target.radius_km
        return max(float(nearest) - radius, 0.0), max(float(farthest) - radius, 0.0)
    if isinstance(origin, Disc):
        nearest = nearest_km(target, origin.lon, origin.lat)
        if nearest > 0:
            radius = origin.radius_km
            return max(float(nearest) - radius, 0.0), float(nearest) + radius
        from withinreach.geodesy.rings import ring

        if origin.radius_km == 0:
            return 0.0, 0.0
        origin = ring(origin.lon, origin.lat, origin.radius_km)
    of_origin, of_target = outline_of(origin), outline_of(target)
    from_origin = nearest_km(target, of_origin.lon, of_origin.lat)
    least = 0.0
    if not origin.intersects(target):
        # Of two outlines that do not meet, the nearest points are a corner of one at least.
        corners = of_target.corners
        to_origin = nearest_km(origin, of_target.lon[corners], of_target.lat[corners])
        least = min(float(from_origin.min()), float(to_origin.min()))
    return least, float(from_origin.max())
