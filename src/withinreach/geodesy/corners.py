"""From corners that a person wrote to the area they mean: edges are shortest ways on the Earth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely

from withinreach.geodesy.areas import densified, surface_of
from withinreach.geodesy.faces import Plane
from withinreach.geodesy.points import checked_points, geod
from withinreach.geodesy.rings import polygon_within

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Line = NDArray[np.float64]

__all__ = ["area_of_corners"]

# So fine that a cut at ±180° on a straight line in lon, lat is one on the geodesic.
_STEP_M = 4000.0
_HALF_EARTH_M2 = 255_032_810_857_000.0
# Where both sides of a ring are of one size, rounding would choose.
_TOO_LARGE = 0.999
_LEAST_M2 = 1.0
_AT = re.compile(r"\[(\S+) (\S+)\]")


def area_of_corners(corners: Sequence[tuple[float, float]]) -> BaseGeometry:
    """Return the polygon of corners (lon, lat degrees, in either order), valid and cut at ±180°.

    An edge over more than 180° of longitude goes the short way, across ±180°. A ring round a pole
    holds that pole which makes the area the smaller one. Raises `ValueError` for corners that tell
    no area: edges that cross or touch, nothing inside, half of the Earth or more.
    """
    points = np.asarray(corners, np.float64).reshape(-1, 2)
    ring = _unwrapped(_distinct(np.column_stack(checked_points(*points.T))))
    turns = round((ring[-1, 0] - ring[0, 0]) / 360)
    flat = shapely.Polygon(ring)
    if not turns:
        if not flat.convex_hull.area:
            raise ValueError("the polygon has no area: its corners lie on a line")
        if not flat.is_valid:
            raise _crossing(_place_of_fault(flat))
    x, y, _ = densified(ring, _STEP_M)
    _refuse_crossing(x, y)
    area_m2 = geod().polygon_area_perimeter(x, y)[0]
    if abs(area_m2) < _LEAST_M2:
        raise ValueError("the polygon has no area: it is smaller than a square metre")
    # The area of the smaller side is above 0 if that is the side to the left.
    left = area_m2 > 0
    larger = not turns and shapely.is_ccw(shapely.linearrings(np.column_stack([x, y]))) != left
    if larger or abs(area_m2) > _TOO_LARGE * _HALF_EARTH_M2:
        raise ValueError("the polygon holds half of the Earth or more: no place is so large")
    area = _cut(ring, x, y, turns=turns, left=left)
    # Edges that run metres apart round a pole may cross where they are drawn as short steps.
    surface = surface_of(area)
    if not surface.is_valid:
        raise _crossing(_place_of_fault(surface))
    return area


def _cut(ring: Line, x: Line, y: Line, *, turns: int, left: bool) -> BaseGeometry:
    """Return the area of a ring of corners, x and y along its edges, in longitudes of a map."""
    if turns:
        pole = 90.0 if left == (turns > 0) else -90.0
        return polygon_within(x, y, [pole])
    west, east = ring[:, 0].min(), ring[:, 0].max()
    whole_turns = 360 * np.floor((west + 180) / 360)
    if east - whole_turns <= 180:
        return shapely.Polygon(ring - [whole_turns, 0.0])
    return polygon_within(x, y, [])


def _distinct(points: Line) -> Line:
    """Return corners without those that repeat the one before, as ±180° or a pole may do too."""
    if {-90.0, 90.0} <= set(points[:, 1]):
        raise ValueError("the polygon goes from pole to pole: no place is so large")
    lon = np.where(np.abs(points[:, 1]) == 90, 0.0, points[:, 0] % 360)
    place = np.column_stack([lon, points[:, 1]])
    points = points[(place != np.roll(place, 1, axis=0)).any(axis=1)]
    if len(np.unique(place, axis=0)) < 3:
        raise ValueError("a polygon needs at least 3 different corners (180 and -180 are the same)")
    return points


def _unwrapped(points: Line) -> Line:
    """Return a closed ring whose longitudes run on over ±180°; a pole is an edge there."""
    poles = np.flatnonzero(np.abs(points[:, 1]) == 90)
    if not len(poles):
        return _run_on(np.vstack([points, points[:1]]))
    pole = points[poles[0], 1]
    if len(poles) > 1:
        raise _crossing((float(points[poles[0], 0]), float(pole)))
    rest = _run_on(np.roll(points, -poles[0], axis=0)[1:])
    if abs(rest[-1, 0] - rest[0, 0]) == 360:
        # Cut at one meridian up to the pole: a ring round it.
        return _unwrapped(_distinct(rest))
    first, last = [rest[0, 0], pole], [rest[-1, 0], pole]
    return np.vstack([[first], rest, [last], [first]])


def _run_on(points: Line) -> Line:
    step = np.diff(points[:, 0])
    step -= 360 * np.round(step / 360)
    either = np.flatnonzero(np.abs(step) == 180)
    if len(either):
        (a, b), (c, d) = points[either[0]], points[either[0] + 1]
        raise ValueError(
            f"the edge from [{a:g}, {b:g}] to [{c:g}, {d:g}] could go either way round the Earth: "
            "give a corner between"
        )
    lon = points[0, 0] + np.concatenate([[0.0], np.cumsum(step)])
    # Only whole turns are added, so that corners stay to the bit.
    lon = points[:, 0] + 360 * np.round((lon - points[:, 0]) / 360)
    return np.column_stack([lon, points[:, 1]])


def _refuse_crossing(x: Line, y: Line) -> None:
    """Raise `ValueError` for a ring that meets itself on the Earth, whatever it winds round."""
    plane = Plane.for_lines(x, y)
    # The end is the start to the bit, and a pole one point.
    places = plane.places(np.where(np.abs(y) == 90, 0.0, x), y)
    places[-1] = places[0]
    drawn = shapely.Polygon(places)
    if not drawn.is_valid:
        ((lon, lat),) = plane.lonlat(np.array([_place_of_fault(drawn)]))
        raise _crossing((float(lon), float(lat)))


def _place_of_fault(polygon: BaseGeometry) -> tuple[float, float]:
    found = _AT.search(shapely.is_valid_reason(polygon))
    x, y = found.groups() if found else polygon.exterior.coords[0]
    return float(x), float(y)


def _crossing(place: tuple[float, float]) -> ValueError:
    lon = (place[0] + 180) % 360 - 180
    return ValueError(
        f"edges of the polygon cross or touch near [{lon:.6g}, {place[1]:.6g}]: "
        "give the corners in their order round the area, and more of them on long edges"
    )
