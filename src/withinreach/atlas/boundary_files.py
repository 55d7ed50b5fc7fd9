"""Boundary files as people have them: GeoJSON, TopoJSON, GeoPackage, zipped Shapefile."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from withinreach.atlas.antimeridian import mended
from withinreach.atlas.topojson import Topology
from withinreach.errors import AtlasError

if TYPE_CHECKING:
    from pyproj import CRS

__all__ = ["Boundary", "read_boundaries"]

# Beyond this a file is a mistake or a trap: the world's provinces at 1:10m are 40 MB of GeoJSON.
_LARGEST_BYTES = 2_000_000_000
# Sizes of the envelope before the geometry in a GeoPackage blob (OGC 12-128r19, 2.1.3).
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_FORMATS = "GeoJSON, TopoJSON, GeoPackage or a zipped Shapefile"


class Boundary(msgspec.Struct, frozen=True, eq=False):
    """One outline of a file: its columns, and its area in lon, lat degrees (None: no polygon)."""

    columns: dict[str, Any]
    geometry: BaseGeometry | None
    was_broken: bool = False


class _GeoJsonFeature(msgspec.Struct):
    geometry: msgspec.Raw = msgspec.Raw(b"null")
    properties: dict[str, Any] | None = None
    id: str | int | float | None = None


class _GeoJson(msgspec.Struct):
    features: list[_GeoJsonFeature]
    crs: dict[str, Any] | None = None


class _Layer(msgspec.Struct):
    """What a reader hands on: columns and raw geometries, and the CRS as the file names it."""

    rows: list[tuple[dict[str, Any], BaseGeometry | None]]
    crs: Any = None


def read_boundaries(path: Path) -> tuple[list[Boundary], str | None]:
    """Return the outlines of a boundary file, mended, and the CRS they were reprojected from.

    The format is known by its content; a gzipped JSON file will do. Coordinates become degrees on
    WGS 84; the CRS is None where they were. Raises `AtlasError` for a file of another format, one
    cut short, and for coordinates that are no degrees in a file that names no CRS.
    """
    try:
        size_bytes = path.stat().st_size
        if size_bytes > _LARGEST_BYTES:
            raise AtlasError(f"{path}: larger than 2 GB; cut out the countries that you need")
        with path.open("rb") as file:
            head = file.read(16)
        if head.startswith(b"SQLite format 3"):
            layer = _read_geopackage(path)
        elif head.startswith(b"PK"):
            layer = _read_zipped_shapefile(path)
        else:
            layer = _read_json(path, is_gzipped=head.startswith(b"\x1f\x8b"))
    except (OSError, EOFError, zlib.error, sqlite3.DatabaseError, zipfile.BadZipFile) as error:
        raise AtlasError(f"{path}: cannot be read as {_FORMATS}: {error}") from None
    to_degrees = _Reprojection(path, layer)
    return [_boundary(columns, shape, to_degrees) for columns, shape in layer.rows], to_degrees.name


def _boundary(
    columns: dict[str, Any], shape: BaseGeometry | None, to_degrees: _Reprojection
) -> Boundary:
    if shape is None or shape.is_empty:
        return Boundary(columns, None)
    shape = to_degrees(shapely.force_2d(shape))
    was_broken = not shape.is_valid
    area = mended(shape) if shape.area > 0 or was_broken else None
    if area is None or area.is_empty:
        return Boundary(columns, None)
    return Boundary(columns, area, was_broken)


class _Reprojection:
    """Turns a layer's coordinates into degrees on WGS 84."""

    def __init__(self, path: Path, layer: _Layer) -> None:
        self.name: str | None = None
        self._transform: Any = None
        crs = _crs(path, layer.crs)
        if crs is not None and not crs.equals("EPSG:4326", ignore_axis_order=True):
            from pyproj import Transformer

            self.name = crs.name
            self._transform = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform
        else:
            shapes = [shape for _, shape in layer.rows if shape is not None and not shape.is_empty]
            farthest = np.abs(shapely.total_bounds(shapes)) if shapes else np.zeros(4)
            if not (farthest <= [360, 90.001, 360, 90.001]).all():
                raise AtlasError(
                    f"{path}: its coordinates are no degrees and it names no other CRS; export it "
                    "anew in EPSG:4326"
                )

    def __call__(self, shape: BaseGeometry) -> BaseGeometry:
        if self._transform is None:
            return shape
        turned = shapely.transform(
            shape, lambda points: np.column_stack(self._transform(points[:, 0], points[:, 1]))
        )
        if not np.isfinite(shapely.get_coordinates(turned)).all():
            raise AtlasError(f"coordinates do not fit the file's CRS, {self.name}")
        return turned


def _crs(path: Path, named: Any) -> CRS | None:
    if named is None:
        return None
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(named)
    except CRSError:
        raise AtlasError(
            f"{path}: its CRS, {str(named)[:80]!r}, is not known; export it anew in EPSG:4326"
        ) from None


def _read_json(path: Path, *, is_gzipped: bool) -> _Layer:
    content = path.read_bytes()
    if is_gzipped:
        with gzip.open(path) as file:
            content = file.read(_LARGEST_BYTES)
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        kind = msgspec.json.decode(content, type=dict[str, msgspec.Raw]).get("type")
        if kind is not None and bytes(kind) == b'"Topology"':
            document = json.loads(content)
            return _Layer(list(Topology(document).features()), _geojson_crs(document.get("crs")))
        found = msgspec.json.decode(content, type=_GeoJson)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise AtlasError(f"{path}: cannot be read as {_FORMATS}: {error}") from None
    rows = []
    for number, feature in enumerate(found.features, start=1):
        columns = dict(feature.properties or {})
        if feature.id is not None:
            columns.setdefault("id", feature.id)
        raw = bytes(feature.geometry)
        try:
            rows.append((columns, None if raw == b"null" else shapely.from_geojson(raw)))
        except shapely.errors.GEOSException as error:
            raise AtlasError(
                f"{path}: feature {number} has no readable geometry: {error}"
            ) from None
    return _Layer(rows, _geojson_crs(found.crs))


def _geojson_crs(member: dict[str, Any] | None) -> str | None:
    """Read the "crs" member of GeoJSON before RFC 7946, which many tools still write."""
    name = ((member or {}).get("properties") or {}).get("name")
    if not isinstance(name, str):
        return None
    if re.fullmatch(r"urn:ogc:def:crs:OGC:[\d.]*:CRS84", name):
        return "OGC:CRS84"
    return name


def _read_geopackage(path: Path) -> _Layer:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        layers = db.execute(
            "SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id,"
            " s.definition FROM gpkg_geometry_columns g JOIN gpkg_spatial_ref_sys s"
            " ON g.srs_id = s.srs_id ORDER BY g.rowid"
        ).fetchall()
        for table, column, organization, number, definition in layers:
            quoted = '"' + table.replace('"', '""') + '"'
            cursor = db.execute(f"SELECT * FROM {quoted}")  # noqa: S608 - quoted, read-only
            names = [entry[0] for entry in cursor.description]
            rows = []
            for values in cursor:
                columns = dict(zip(names, values, strict=True))
                rows.append((columns, _unpacked(path, columns.pop(column))))
            if any(shape is not None and shape.area > 0 for _, shape in rows):
                known = organization and str(organization).upper() != "NONE" and number > 0
                return _Layer(
                    rows, f"{organization}:{number}" if known else _definition(definition)
                )
    raise AtlasError(f"{path}: no layer of this GeoPackage holds polygons")


def _definition(definition: str | None) -> str | None:
    return None if not definition or definition == "undefined" else definition


def _unpacked(path: Path, blob: bytes | None) -> BaseGeometry | None:
    if blob is None:
        return None
    if blob[:2] != b"GP" or len(blob) < 8:
        raise AtlasError(f"{path}: a geometry that is none of a GeoPackage")
    start = 8 + _ENVELOPE_BYTES.get(blob[3] >> 1 & 7, 0)
    try:
        return shapely.from_wkb(blob[start:])
    except shapely.errors.GEOSException as error:
        raise AtlasError(f"{path}: a geometry cannot be read: {error}") from None


def _read_zipped_shapefile(path: Path) -> _Layer:
    import shapefile

    with zipfile.ZipFile(path) as archive:
        names = [
            n for n in archive.namelist() if n.lower().endswith(".shp") and "__MACOSX" not in n
        ]
        if not names:
            raise AtlasError(f"{path}: no .shp in this zip file; it should hold one Shapefile")
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_BYTES:
            raise AtlasError(f"{path}: more than 2 GB when unpacked")
        stem = names[0][:-4]
        there = {name.lower(): name for name in archive.namelist()}

        def member(ending: str) -> str | None:
            return there.get(f"{stem}.{ending}".lower())

        dbf, prj, cpg = member("dbf"), member("prj"), member("cpg")
        if dbf is None:
            raise AtlasError(f"{path}: no {stem}.dbf beside the .shp, so there are no names")
        encoding = archive.read(cpg).decode("ascii", "ignore").strip() if cpg else "utf-8"
        crs = archive.read(prj).decode("utf-8", "replace") if prj else None
        with archive.open(names[0]) as shp, archive.open(dbf) as table:
            try:
                reader = shapefile.Reader(
                    shp=shp, dbf=table, encoding=encoding or "utf-8", encodingErrors="replace"
                )
                rows = list(_shapes(reader))
            except (shapefile.ShapefileException, LookupError, ValueError) as error:
                raise AtlasError(f"{path}: cannot be read as a Shapefile: {error}") from None
    return _Layer(rows, crs)


def _shapes(reader: Any) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    for entry in reader.iterShapeRecords():
        columns = entry.record.as_dict()
        geometry = entry.shape.__geo_interface__ if entry.shape.points else None
        if geometry is None or geometry["type"] not in ("Polygon", "MultiPolygon"):
            yield columns, None
        else:
            yield columns, shapely.from_geojson(json.dumps(geometry))
