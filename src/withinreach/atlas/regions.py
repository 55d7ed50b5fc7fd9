"""Outlines by identifier: countries, provinces and the informal regions that news names."""

from __future__ import annotations

from functools import cache

import msgspec
from shapely.geometry.base import BaseGeometry

from withinreach.atlas.geometry_store import GeometryStore
from withinreach.atlas.parts import clip_part, lies_in_part
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
    "lies_in_part",
    "outline",
    "region_records",
]


class RegionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What an outline file knows of a region besides its shape.

    `id` is ISO 3166-2 where the region has such a code, else words joined by hyphens; `country` is
    ISO 3166-1 alpha-2 and None for a region of several countries or of none that all accept.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "region"
    country: str | None = None
    uncertainty_km: float
    source: str
    as_of: str = ""
    note: str = ""


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


@cache
def outline(outline_id: str) -> Outline:
    """Return an outline by its identifier, as in `Place.outline`.

    `outline_id` is "country:" and an ISO 3166-1 alpha-2 code, or "region:" and the id of a region:
    "country:IR", "region:IQ-AN", "region:gaza-strip". Raises `AtlasError` where there is none.
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
    row = _rows().get(name) if kind == "region" else None
    if row is None:
        raise AtlasError(
            f"{outline_id!r}: no such outline in the atlas; add one with `withinreach atlas add`"
        )
    record = _regions().records[row]
    return Outline(
        id=outline_id,
        name=record.name,
        geometry=_regions().geometry(row),
        uncertainty_km=record.uncertainty_km,
        source=record.source,
        country=record.country,
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
