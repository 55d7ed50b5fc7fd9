"""Shapes as a flat map draws them: whole across ±180°, packed for a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.affinity import translate

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Packed", "lon_near", "packed", "whole", "window"]

# [units per degree, parts]; a part is a list of lines, a line [lat, lon, dlat, dlon, ...] in units.
Packed = list[Any]
_ROUND_THE_WORLD_DEG = 359.0


def lon_near(lon: float, middle: float) -> float:
    """Return a longitude (degrees) at most half a turn from the middle of the map.

    >>> lon_near(-175.0, 178.0)
    185.0
    """
    return lon - 360 * round((lon - middle) / 360)


def whole(area: BaseGeometry, middle: float) -> BaseGeometry:
    """Return an area as a MultiPolygon with the parts that ±180° cuts side by side again.

    An area that goes round the world is drawn again and again as far as `window` goes.
    """
    parts = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    if any(east - west >= _ROUND_THE_WORLD_DEG for west, _, east, _ in (p.bounds for p in parts)):
        west, east = window(middle)
        copies = (translate(p, turn) for p in parts for turn in (-720, -360, 0, 360, 720))
        cut = (shapely.clip_by_rect(copy, west, -90, east, 90) for copy in copies)
        parts = [p for piece in cut for p in shapely.get_parts(piece) if p.geom_type == "Polygon"]
        return shapely.MultiPolygon(parts)
    return shapely.MultiPolygon([translate(p, _turn(p, middle)) for p in parts])


def window(middle: float) -> tuple[float, float]:
    """Return how far west and east (degrees) anything is drawn: one and a half worlds."""
    return round(middle) - 270.0, round(middle) + 270.0


def _turn(part: BaseGeometry, middle: float) -> float:
    """Return the whole turns, in degrees, that bring a part next to the middle of the map."""
    west, _, east, _ = part.bounds
    centre: float = (west + east) / 2
    return 360.0 * round((lon_near(centre, middle) - centre) / 360)


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
