"""Parts of an area: "western", "north-eastern", "central", cut by area on the ellipsoid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from withinreach.atlas.antimeridian import mended, middle, polygons_of, turned
from withinreach.atlas.directions import direction

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["clip_part", "lies_in_part"]

# What a writer calls the north of a country and what the south make up the whole; a corner or the
# middle is less.
_HALF = 1 / 2
_THIRD = 1 / 3
# "Far" directions: the outermost part only.
_FAR = 1 / 5
_SHARE_TOLERANCE = 1e-4
_CUT_STEP_M = 20_000.0

# Enough to tell which half of a country a province lies in.
_COARSE_DEG = 0.05


def clip_part(geometry: BaseGeometry, part: str) -> BaseGeometry:
    """Return the part of an area that lies in a direction.

    By convention "northern", "eastern", "southern" and "western" are the half of the area on that
    side of a parallel or meridian, so that opposite parts make up the whole. "North-eastern" and
    the other diagonals are the outermost third across that diagonal, "central" is the third nearest
    to the centroid, "south-central" the central third of the southern half, and "far western" or
    "westernmost" the outermost fifth. Areas are those on the WGS 84 ellipsoid (cylindrical
    equal-area projection, true at the centroid). `geometry` is polygons in lon, lat degrees, cut at
    ±180°; so is the result. Raises `AtlasError` for a word that is no direction.
    """
    bearing_deg, is_far, is_central = direction(part)
    if bearing_deg is None:
        return _cut(geometry, None, _THIRD)
    if is_central:
        return _cut(_cut(geometry, bearing_deg, _HALF), None, _THIRD)
    return _cut(geometry, bearing_deg, _FAR if is_far else _THIRD if bearing_deg % 90 else _HALF)


def lies_in_part(inner: BaseGeometry, outer: BaseGeometry, words: str) -> bool:
    """Return whether an area (or a point) lies in that part of another one.

    It decides whether a direction only describes: "Iraq's western Anbar province" means the whole
    province, because most of it lies in the western half of Iraq. The part is half of `outer` in
    every direction here, and most is more than half of the area of `inner`.
    """
    bearing_deg = direction(words).bearing_deg
    lon0, lat0 = middle(outer)
    # Equal-area on the sphere will do to tell two halves apart, and needs no projection library.
    scale = np.cos(np.radians(lat0))

    def flat(p: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = np.radians(p[:, 0]) * scale, np.sin(np.radians(p[:, 1])) / scale
        return np.column_stack([x, y])

    whole = shapely.transform(turned(outer.simplify(_COARSE_DEG), lon0), flat)
    part = shapely.transform(turned(inner, lon0), flat)
    half = _share_cutter(polygons_of(shapely.make_valid(whole)), bearing_deg, _HALF)
    if part.area == 0:
        return bool(half.intersects(part))
    return bool(shapely.make_valid(part).intersection(half).area > part.area / 2)


def _cut(geometry: BaseGeometry, bearing_deg: float | None, share: float) -> BaseGeometry:
    """Return the share of the area that is outermost in a direction, or nearest to the middle."""
    geometry = polygons_of(geometry)
    if geometry.is_empty:
        return geometry
    from pyproj import Proj

    lon0, lat0 = middle(geometry)
    whole = turned(geometry, lon0)
    projection = Proj(proj="cea", lat_ts=lat0, lon_0=0, ellps="WGS84", over=True)
    fine = shapely.segmentize(whole, 0.5)
    flat = shapely.transform(fine, lambda p: np.column_stack(projection(p[:, 0], p[:, 1])))
    flat = polygons_of(shapely.make_valid(flat))
    cutter = _share_cutter(flat, bearing_deg, share)
    back = shapely.transform(
        shapely.segmentize(cutter, _CUT_STEP_M),
        lambda p: np.column_stack(projection(p[:, 0], p[:, 1], inverse=True)),
    )
    return mended(translate(whole.intersection(back), lon0))


def _share_cutter(flat: BaseGeometry, bearing_deg: float | None, share: float) -> BaseGeometry:
    """Return a polygon that holds the wanted share of a flat area, found by bisection."""
    west, south, east, north = flat.bounds
    frame = shapely.box(west, south, east, north)
    centre = flat.centroid
    reach = float(np.hypot(east - west, north - south))
    cutter: Callable[[float], BaseGeometry]
    if bearing_deg is None:

        def cutter(size: float) -> BaseGeometry:
            return centre.buffer(size * reach, quad_segs=32).intersection(frame)
    else:
        ahead = np.array([np.sin(np.radians(bearing_deg)), np.cos(np.radians(bearing_deg))])
        aside = np.array([ahead[1], -ahead[0]])
        corners = np.array(frame.exterior.coords) @ ahead
        first, last = corners.max(), corners.min()
        middle = np.array([centre.x, centre.y])

        def cutter(size: float) -> BaseGeometry:
            near = first + (last - first) * size
            edge = middle + ahead * (near - middle @ ahead)
            side, front = aside * 2 * reach, ahead * 2 * reach
            box = [edge - side, edge + side, edge + side + front, edge - side + front]
            return shapely.Polygon(box).intersection(frame)

    low, high = 0.0, 1.0
    while high - low > _SHARE_TOLERANCE / 10:
        size = (low + high) / 2
        held = flat.intersection(cutter(size)).area / flat.area
        if abs(held - share) < _SHARE_TOLERANCE:
            break
        low, high = (size, high) if held < share else (low, size)
    return cutter((low + high) / 2)
