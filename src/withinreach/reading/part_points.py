"""Where the part of a country or province lies that a text names: "western Alaska"."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from withinreach.atlas.directions import direction
from withinreach.atlas.table_file import KINDS

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable

__all__ = ["part_point"]

# The outermost towns are exclaves and islands: the extent is what holds nearly all.
_OUTERMOST_PERCENT = 3.0
_FEWEST_TOWNS = 5
_TOWN = KINDS.index("town")


@lru_cache(maxsize=2_000)
def part_point(table: PlaceTable, row: int, part: str) -> tuple[float, float] | None:
    """Return lon, lat in degrees halfway from the middle of a row's area to that side of it.

    `row` is a country or a province, whose towns tell how far it stretches; `part` a word such as
    "western". None for "central", and where the table has too few towns.
    """
    bearing_deg = direction(part).bearing_deg
    towns = (table.country == table.country[row]) & (table.kind == _TOWN)
    if table.admin1[row]:
        towns &= table.admin1 == table.admin1[row]
    rows = np.flatnonzero(towns)
    if bearing_deg is None or len(rows) < _FEWEST_TOWNS:
        return None
    lon, lat = float(table.lon[row]), float(table.lat[row])
    east = (table.lon[rows] - lon + 180) % 360 - 180
    north = table.lat[rows] - lat
    bearing = math.radians(bearing_deg)
    x, y = math.sin(bearing), math.cos(bearing)
    steps = [
        float(np.percentile(away, 100 - _OUTERMOST_PERCENT if ahead > 0 else _OUTERMOST_PERCENT))
        * abs(ahead)
        / 2
        if abs(ahead) > 0.1
        else 0.0
        for away, ahead in ((east, x), (north, y))
    ]
    return (lon + steps[0] + 180) % 360 - 180, lat + steps[1]
