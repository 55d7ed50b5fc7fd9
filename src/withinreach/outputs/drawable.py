"""Shapes as a flat map draws them: whole across ±180°, edges without cuts, packed for a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.affinity import translate

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["Packed", "edges", "lon_near", "packed", "whole"]

# [units per degree, parts]; a part is a list of lines, a line [lat, lon, dlat, dlon, ...] in units.
Packed = list[Any]


def lon_near(lon: float, middle: float) -> float:
    """Return a longitude (degrees) less than half a turn from the middle of the map.

    >>> lon_near(-175.0, 178.0)
    185.0
    """
    return middle + (lon - middle + 180) % 360 - 180


def whole(area: BaseGeometry, middle: float) -> BaseGeometry:
    """Return an area as a MultiPolygon with the parts that ±180° cuts side by side again.

    A part that goes round the world stays where it is.
    """
    parts = (part for part in shapely.get_parts(area) if part.geom_type == "Polygon")
    return shapely.MultiPolygon([_moved(part, middle) for part in parts])


def _moved(part: BaseGeometry, middle: float) -> BaseGeometry:
    turn = _turn(part, middle)
    return translate(part, turn) if turn else part


def _turn(part: BaseGeometry, middle: float) -> float:
    """Return the whole turns, in degrees, that bring a part next to the middle of the map."""
    west, _, east, _ = part.bounds
    if east - west >= 359:
        return 0.0
    centre = (west + east) / 2
    return 360.0 * round((lon_near(centre, middle) - centre) / 360)


def edges(area: BaseGeometry, middle: float) -> BaseGeometry | None:
    """Return an area's outline without the lines on which it is cut, at ±180° and at the poles.

    It lies where `whole` puts the area. None says that no line is a cut: the outline is whole.
    """
    lines: list[NDArray[np.float64]] = []
    any_cut = False
    for part in shapely.get_parts(area):
        if part.geom_type != "Polygon":
            continue
        shift = _turn(part, middle)
        for ring in (part.exterior, *part.interiors):
            points = shapely.get_coordinates(ring)
            cut = _cuts(points)
            any_cut = any_cut or bool(cut.any())
            points[:, 0] += shift
            lines += _runs(points, cut)
    if not any_cut:
        return None
    return shapely.line_merge(shapely.MultiLineString([shapely.linestrings(one) for one in lines]))


def _cuts(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell for each segment of a line whether it runs along ±180° or a pole."""
    start, end = points[:-1], points[1:]
    along_meridian = (np.abs(start[:, 0]) == 180) & (start[:, 0] == end[:, 0])
    along_pole = (np.abs(start[:, 1]) == 90) & (np.abs(end[:, 1]) == 90)
    return along_meridian | along_pole


def _runs(points: NDArray[np.float64], cut: NDArray[np.bool_]) -> Iterator[NDArray[np.float64]]:
    """Yield the pieces of a line between the segments that are cuts."""
    for piece in np.split(points, np.flatnonzero(cut) + 1):
        if len(piece) > 1:
            yield piece


def packed(shape: BaseGeometry | Sequence[BaseGeometry], digits: int) -> Packed:
    """Return polygons or lines as whole numbers, each point as the step from the one before.

    Half the bytes of plain coordinates; points that fall together are left out. `digits` are the
    decimals of a degree that are kept: 3 are about 100 m.

    >>> packed(shapely.LineString([(44.0, 33.0), (44.5, 33.0)]), 1)
    [10, [[[330, 440, 0, 5]]]]
    """
    scale = 10**digits
    parts: list[list[list[int]]] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            lines = [part.exterior, *part.interiors]
        elif part.geom_type == "LineString":
            lines = [part]
        else:
            continue
        short = [line for line in (_steps(one, scale) for one in lines) if len(line) > 2]
        if short:
            parts.append(short)
    return [scale, parts]


def _steps(line: BaseGeometry, scale: int) -> list[int]:
    units = np.rint(shapely.get_coordinates(line)[:, ::-1] * scale).astype(np.int64)
    steps = np.diff(units, axis=0)
    steps = steps[steps.any(axis=1)]
    flat: list[int] = np.concatenate([units[:1], steps]).ravel().tolist()
    return flat
