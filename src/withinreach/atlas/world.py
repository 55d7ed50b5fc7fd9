"""Countries, land and border lines of the world, after Natural Earth's de facto lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from withinreach.atlas.geometry_store import GeometryStore
from withinreach.errors import AtlasError

__all__ = [
    "COUNTRY_UNCERTAINTY_KM",
    "DETAILS_DEG",
    "BorderLine",
    "BorderRecord",
    "CountryRecord",
    "LandRecord",
    "borders",
    "country_at",
    "country_codes",
    "country_name",
    "country_outline",
    "land",
]

TABLES = Path(__file__).parent / "tables"
# Natural Earth 1:10m against surveyed borders, and its simplification to about 1 km.
COUNTRY_UNCERTAINTY_KM = 3.0
# A drawn view is seldom wider than this many pixels; finer detail costs bytes and shows nothing.
_PIXELS = 2000
# Land and borders ship in three details; a view is drawn from the coarsest that its pixels allow.
DETAILS_DEG = (0.0, 0.025, 0.1)

Bounds = tuple[float, float, float, float]


class CountryRecord(msgspec.Struct, frozen=True):
    """What the country file knows of an outline: its ISO 3166-1 alpha-2 code and its name."""

    code: str
    name: str


class LandRecord(msgspec.Struct, frozen=True):
    """A piece of land has a shape only."""


class BorderRecord(msgspec.Struct, frozen=True):
    """What the border file knows of a line: its two sides, and whether it is disputed."""

    between: tuple[str, str]
    disputed: bool


class BorderLine(msgspec.Struct, frozen=True, eq=False):
    """A border as a line in lon, lat degrees; `disputed` lines are drawn dashed."""

    line: BaseGeometry
    between: tuple[str, str]
    disputed: bool


def country_codes() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes (and XK) that have an outline."""
    return frozenset(_country_rows())


@cache
def country_outline(code: str) -> BaseGeometry:
    """Return the outline of a country: lon, lat degrees, valid, cut at ±180°.

    `code` is ISO 3166-1 alpha-2, or XK for Kosovo. The outline holds what the country controls,
    islands over about 10 km² and dependencies without a code of their own. Good to
    `COUNTRY_UNCERTAINTY_KM`. Raises `AtlasError` for an unknown code.
    """
    row = _country_rows().get(code)
    if row is None:
        raise AtlasError(f"{code!r}: the atlas has no outline of a country with this ISO code")
    return _countries().geometry(row)


def country_name(code: str) -> str:
    """Return Natural Earth's English name of a country that has an outline."""
    return _countries().records[_country_rows()[code]].name


def country_at(lon: float, lat: float) -> str | None:
    """Return the code of the country that controls a point, None at sea."""
    store = _countries()
    for row in store.rows_within(lon, lat, lon, lat):
        code: str = store.records[row].code
        if shapely.intersects_xy(country_outline(code), lon, lat):
            return code
    return None


def land(bounds: Bounds) -> BaseGeometry:
    """Return the land in a view as one MultiPolygon, simplified to the view's size.

    `bounds` are west, south, east, north in degrees; a view over 180° goes on past it (west 150,
    east 210), and so does the land in it.
    """
    pieces = [piece for _, piece in _in_view(_land(_detail(bounds)), bounds)]
    polygons = [
        part
        for piece in pieces
        for part in shapely.get_parts(piece)
        if part.geom_type == "Polygon" and part.area > 0
    ]
    return shapely.MultiPolygon(polygons)


def borders(bounds: Bounds) -> tuple[BorderLine, ...]:
    """Return the border lines in a view (bounds as for `land`), simplified to the view's size."""
    store = _borders(_detail(bounds))
    return tuple(
        BorderLine(piece, store.records[row].between, store.records[row].disputed)
        for row, piece in _in_view(store, bounds)
    )


def _detail(bounds: Bounds) -> int:
    """Return the number of the detail that a view is drawn from."""
    west, south, east, north = bounds
    if not (west < east and south < north and east - west <= 720):
        raise ValueError(f"bounds are west, south, east, north in degrees, not {bounds}")
    pixel_deg = max(east - west, north - south) / _PIXELS
    return max(i for i, detail_deg in enumerate(DETAILS_DEG) if detail_deg <= pixel_deg)


def _in_view(
    store: GeometryStore[LandRecord] | GeometryStore[BorderRecord], bounds: Bounds
) -> Iterator[tuple[int, BaseGeometry]]:
    west, south, east, north = bounds
    tolerance_deg = max(east - west, north - south) / _PIXELS
    for turn in range(int(np.floor((west + 180) / 360)), int(np.ceil((east - 180) / 360)) + 1):
        shift = 360.0 * turn
        window = (west - shift, south, east - shift, north)
        for row in store.rows_within(*window):
            piece = shapely.clip_by_rect(store.geometry(row), *window)
            if piece.is_empty:
                continue
            piece = shapely.simplify(piece, tolerance_deg)
            if turn:
                piece = translate(piece, shift)
            yield int(row), piece


@cache
def _countries() -> GeometryStore[CountryRecord]:
    return GeometryStore(TABLES / "countries.geom", CountryRecord)


@cache
def _country_rows() -> dict[str, int]:
    return {record.code: row for row, record in enumerate(_countries().records)}


@cache
def _land(detail: int) -> GeometryStore[LandRecord]:
    return GeometryStore(TABLES / f"land_{detail}.geom", LandRecord)


@cache
def _borders(detail: int) -> GeometryStore[BorderRecord]:
    return GeometryStore(TABLES / f"borders_{detail}.geom", BorderRecord)
