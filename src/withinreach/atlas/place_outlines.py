"""Which outline speaks for a place of the table, also when the user has added it later."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from withinreach.atlas.names import fold, split_type, without_article
from withinreach.atlas.place import Place
from withinreach.atlas.provinces import province_outline
from withinreach.atlas.table import PlaceTable
from withinreach.atlas.user_outlines import user_stores
from withinreach.errors import AtlasError

__all__ = ["outline_id_of"]

# Outline and province are one where they share this much of the towns of both.
_SHARED_TOWNS = 0.6


def outline_id_of(place: Place) -> str | None:
    """Return the identifier of a place's outline for `regions.outline`, None where it has none.

    That is the one it ships with, or else an outline that the user has added for its province: one
    of the same name in the same country, or the one that holds the same towns. A first-level
    division without any gets the land nearest to its towns.
    """
    if place.outline is not None or place.kind != "region" or place.country is None:
        return place.outline
    wanted = {_plain(name) for name in (place.name, place.admin1) if name}
    holding = []
    for store in user_stores():
        for record in store.records:
            if record.country != place.country:
                continue
            if wanted & {_plain(name) for name in (record.name, *record.aliases)}:
                return f"region:{record.id}"
        for row in store.rows_within(place.lon, place.lat, place.lon, place.lat).tolist():
            record = store.records[row]
            if record.country == place.country:
                holding.append((f"region:{record.id}", store.geometry(row)))
    for found, area in holding:
        if _holds_province(area, place):
            return found
    if place.admin1 is None or not place.id.startswith("admin1:"):
        return None
    try:
        province_outline(place.country, place.admin1)
    except AtlasError:
        return None
    return f"province:{place.country}:{place.admin1}"


def _plain(name: str) -> str:
    return without_article(split_type(fold(name))[0])


def _holds_province(area: BaseGeometry, place: Place) -> bool:
    table = PlaceTable.open()
    if place.admin1 not in table.admin1_names or place.country not in table.countries:
        return False
    towns = slice(0, table.town_count)
    in_country = table.country[towns] == table.countries.index(place.country)
    codes = [i for i, name in enumerate(table.admin1_names) if name == place.admin1]
    of_province = in_country & np.isin(table.admin1[towns], codes)
    rows = np.flatnonzero(in_country)
    held = shapely.contains_xy(area, table.lon[rows], table.lat[rows])
    own = of_province[rows]
    either = int((held | own).sum())
    return either > 0 and int((held & own).sum()) >= _SHARED_TOWNS * either
