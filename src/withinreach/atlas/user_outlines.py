"""Outlines that a user has added: kept in the user's data folder, before the shipped ones."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from withinreach.atlas.folders import data_folder
from withinreach.atlas.geometry_store import GeometryStore, pack_geometries
from withinreach.atlas.region_record import RegionRecord
from withinreach.atlas.world import country_at
from withinreach.errors import AtlasError, OutputError, WithinreachWarning
from withinreach.files import whole_file

if TYPE_CHECKING:
    from withinreach.atlas.boundary_files import Boundary

__all__ = ["AddedOutlines", "add_outlines", "user_row", "user_stores"]

# Column names of the publishers of boundaries (Natural Earth, geoBoundaries, GADM, OCHA, OSM) and
# plain English, likeliest first; compared in lower case.
_NAME_COLUMNS = (
    "name", "name_en", "shapename", "adm1_en", "name_1", "varname_1", "adm1_name", "adm1name",
    "adm2_en", "name_2", "adm0_en", "admin", "nam", "label", "title", "province", "region",
)  # fmt: skip
_CODE_COLUMNS = ("iso_3166_2", "iso3166-2", "iso3166_2", "shapeiso", "iso_1", "iso_code", "iso")
_COUNTRY_COLUMNS = ("iso_a2", "iso3166-1", "country_code", "iso2", "countrycode")
_OTHER_NAMES = ("name_en", "name_alt", "name_local", "varname_1", "gn_name", "woe_name")
_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
# Published outlines at 1:10m or finer; a coarser file should say so.
_UNCERTAINTY_KM = 2.0


class AddedOutlines(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a boundary file."""

    file: Path
    count: int
    with_code: int
    mended: int
    without_polygon: int
    name_column: str
    code_column: str | None
    reprojected_from: str | None


def add_outlines(
    path: str | Path,
    *,
    name_column: str | None = None,
    code_column: str | None = None,
    uncertainty_km: float = _UNCERTAINTY_KM,
) -> AddedOutlines:
    """Add the outlines of a boundary file to the atlas, under their ISO 3166-2 codes and names.

    Columns are found by their usual names where none is given. An outline with a code becomes
    "region:IQ-AN", one without is named after its country and name; a file added again replaces
    what it brought before. Raises `AtlasError` for a file that cannot be read, has no polygon, or
    has no name column, and `OutputError` where the data folder cannot be written.
    """
    from withinreach.atlas.boundary_files import read_boundaries

    path = Path(path)
    boundaries, crs_name = read_boundaries(path)
    usable = [boundary for boundary in boundaries if boundary.geometry is not None]
    if not usable:
        raise AtlasError(f"{path}: none of its {len(boundaries)} features is a polygon")
    columns = list(dict.fromkeys(key for boundary in usable for key in boundary.columns))
    name_column = _column(path, columns, name_column, _NAME_COLUMNS)
    if name_column is None:
        raise AtlasError(
            f"{path}: no column with names found; name one of: {', '.join(columns) or '(none)'}"
        )
    named_code = code_column
    code_column = _column(path, columns, code_column, _CODE_COLUMNS)
    shapes, records = _regions(usable, name_column, code_column, path.name, uncertainty_km)
    with_code = sum(bool(_CODE.fullmatch(record.id)) for record in records)
    if named_code is not None and with_code == 0:
        raise AtlasError(f"{path}: column {named_code} holds no ISO 3166-2 codes such as IQ-AN")
    folder = data_folder() / "outlines"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with whole_file(folder / f"{_slug(path.name)}.geom", force=True) as file:
            pack_geometries(file, shapes, records)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error}") from None
    user_stores.cache_clear()
    return AddedOutlines(
        file=path,
        count=len(records),
        with_code=with_code,
        mended=sum(boundary.was_broken for boundary in usable),
        without_polygon=len(boundaries) - len(usable),
        name_column=name_column,
        code_column=code_column if with_code else None,
        reprojected_from=crs_name,
    )


def _column(path: Path, columns: list[str], wanted: str | None, usual: Iterable[str]) -> str | None:
    by_lower = {column.lower(): column for column in reversed(columns)}
    if wanted is not None:
        if wanted.lower() not in by_lower:
            raise AtlasError(f"{path}: no column {wanted!r}; it has {', '.join(columns)}")
        return by_lower[wanted.lower()]
    return next((by_lower[name] for name in usual if name in by_lower), None)


def _regions(
    boundaries: list[Boundary],
    name_column: str,
    code_column: str | None,
    source: str,
    uncertainty_km: float,
) -> tuple[list[BaseGeometry], list[RegionRecord]]:
    """Return one outline for every code, or else for every country and name."""
    shapes: dict[str, list[BaseGeometry]] = defaultdict(list)
    records: dict[str, RegionRecord] = {}
    for boundary in boundaries:
        lower = {key.lower(): value for key, value in boundary.columns.items()}
        name = _text(boundary.columns.get(name_column))
        code = _text(boundary.columns.get(code_column)).upper() if code_column else ""
        if not _CODE.fullmatch(code):
            code = ""
        if not name and not code:
            continue
        country = code[:2] or _country(lower, boundary.geometry)
        region_id = code or "-".join(filter(None, (country, _slug(name))))
        shapes[region_id].append(boundary.geometry)
        if region_id not in records:
            others = ";".join(_text(lower.get(key)) for key in _OTHER_NAMES)
            aliases = dict.fromkeys(map(str.strip, re.split(r"[|;]", others)))
            records[region_id] = RegionRecord(
                id=region_id,
                name=name or code,
                aliases=tuple(alias for alias in aliases if alias not in ("", name)),
                country=country,
                uncertainty_km=uncertainty_km,
                source=source,
            )
    return [shapely.union_all(parts) for parts in shapes.values()], list(records.values())


def _text(value: Any) -> str:
    """Return a cell as one line of text; controls and padding of old tables go."""
    if value is None:
        return ""
    printable = "".join(c for c in str(value) if unicodedata.category(c)[0] != "C" or c in "\n\t")
    return " ".join(printable.split())[:200]


def _country(lower: dict[str, Any], geometry: BaseGeometry | None) -> str | None:
    for column in _COUNTRY_COLUMNS:
        value = _text(lower.get(column)).upper()
        if re.fullmatch(r"[A-Z]{2}", value):
            return value
    if geometry is None:
        return None
    point = geometry.representative_point()
    return country_at(point.x, point.y)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or "unnamed"


@cache
def user_stores() -> tuple[GeometryStore[RegionRecord], ...]:
    """Return the stores of all added files by name; a broken one is left out with a warning."""
    stores = []
    for path in sorted((data_folder() / "outlines").glob("*.geom")):
        try:
            store = GeometryStore(path, RegionRecord)
            store.records  # noqa: B018 - read now, so that a broken file is found here
        except AtlasError as error:
            warnings.warn(f"left out: {error}", WithinreachWarning, stacklevel=2)
        else:
            stores.append(store)
    return tuple(stores)


def user_row(region_id: str) -> tuple[GeometryStore[RegionRecord], int] | None:
    """Return the store and row of an added outline, None where no file brought it."""
    for store in user_stores():
        for row, record in enumerate(store.records):
            if record.id == region_id:
                return store, row
    return None
