"""Places whose country is disputed: in print they carry no country label."""

from __future__ import annotations

from functools import cache

import msgspec
import shapely

from withinreach.atlas.geometry_store import GeometryStore
from withinreach.atlas.world import TABLES

__all__ = ["DisputedRecord", "disputed_at"]


class DisputedRecord(msgspec.Struct, frozen=True):
    """A disputed area: who holds it and who else claims it, in the parties' own terms.

    `held_by` and `claimed_by` are ISO 3166-1 alpha-2 codes, or names where there is no code.
    """

    id: str
    name: str
    held_by: tuple[str, ...]
    claimed_by: tuple[str, ...]
    source: str
    as_of: str


def disputed_at(lon: float, lat: float) -> DisputedRecord | None:
    """Return the disputed area that holds a point (degrees), None elsewhere.

    Where it is not None, no country is printed beside the place.
    """
    store = _areas()
    for row in store.rows_within(lon, lat, lon, lat):
        if shapely.intersects_xy(_area(int(row)), lon, lat):
            record: DisputedRecord = store.records[row]
            return record
    return None


@cache
def _areas() -> GeometryStore[DisputedRecord]:
    return GeometryStore(TABLES / "disputed.geom", DisputedRecord)


@cache
def _area(row: int) -> shapely.Geometry:
    return _areas().geometry(row)
