"""Outlines by identifier: countries, provinces and the informal regions that news names."""

from __future__ import annotations

from functools import cache

import msgspec
from shapely.geometry.base import BaseGeometry

from withinreach.atlas.geometry_store import GeometryStore
from withinreach.atlas.parts import clip_part
from withinreach.atlas.region_record import RegionRecord
from withinreach.atlas.user_outlines import user_row
from withinreach.atlas.world import (
    COUNTRY_UNCERTAINTY_KM,
    TABLES,
    country_codes,
    country_name,
    country_outline,
)
from withinreach.errors import AtlasError

__all__ = [
    "Outline",
    "RegionRecord",
    "clip_part",
    "outline",
    "region_records",
]


class Outline(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """An area of the atlas: lon, lat degrees, valid, cut at ±180°.

    The true edge lies within `uncertainty_km` of the drawn one.
    """

    id: str
    name: str
    geometry: BaseGeometry
    uncertainty_km: float
    source: str
    country: str | None = None


def outline(outline_id: str) -> Outline:
    """Return an outline by its identifier, as in `Place.outline`.

    `outline_id` is "country:" and an ISO 3166-1 alpha-2 code, or "region:" and the id of a region:
    "country:IR", "region:IQ-AN", "region:gaza-strip"; or "province:", a country's code and the name
    of its province as in `Place.admin1`, "province:IQ:Basra", for the land nearest to the
    province's towns, whose uncertainty is large. An outline that the user has added goes
    before the shipped one of the same id. Raises `AtlasError` where there is none.
    """
    kind, _, name = outline_id.partition(":")
    if kind == "country" and name in country_codes():
        return Outline(
            id=outline_id,
            name=country_name(name),
            geometry=country_outline(name),
            uncertainty_km=COUNTRY_UNCERTAINTY_KM,
            source="Natural Earth 1:10m",
            country=name,
        )
    if kind == "province":
        return _province(outline_id, *name.partition(":")[::2])
    added = user_row(name) if kind == "region" else None
    row = _rows().get(name) if kind == "region" else None
    if added is not None:
        store, row = added
    elif row is not None:
        store = _regions()
    else:
        raise AtlasError(
            f"{outline_id!r}: no such outline in the atlas; add one with `withinreach atlas add`"
        )
    record = store.records[row]
    return Outline(
        id=outline_id,
        name=record.name,
        geometry=store.geometry(row),
        uncertainty_km=record.uncertainty_km,
        source=record.source,
        country=record.country,
    )


def _province(outline_id: str, country: str, admin1: str) -> Outline:
    from withinreach.atlas.provinces import province_outline

    geometry, uncertainty_km = province_outline(country, admin1)
    return Outline(
        id=outline_id,
        name=admin1,
        geometry=geometry,
        uncertainty_km=uncertainty_km,
        source="the land nearest to the province's towns in GeoNames",
        country=country,
    )


def region_records() -> tuple[RegionRecord, ...]:
    """Return the records of all regions that ship."""
    return tuple(_regions().records)


@cache
def _regions() -> GeometryStore[RegionRecord]:
    return GeometryStore(TABLES / "regions.geom", RegionRecord)


@cache
def _rows() -> dict[str, int]:
    return {record.id: row for row, record in enumerate(_regions().records)}
