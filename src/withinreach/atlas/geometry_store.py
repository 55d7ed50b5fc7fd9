"""Geometries in one file that opens in a millisecond and is read in pieces.

Layout, little-endian: 8 bytes magic, the number of geometries and the length of the records
(uint64 each), one row of bounds and blob position a geometry, the records as JSON, the geometries
as well-known binary.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from withinreach.errors import AtlasError

__all__ = ["GeometryStore", "pack_geometries"]

Record = TypeVar("Record")

_MAGIC = b"WRGEOM1\n"
_ROW = np.dtype(
    [
        *((side, "<f8") for side in ("west", "south", "east", "north")),
        *((end, "<u8") for end in ("start", "end")),
    ]
)
_HEAD = 24


def pack_geometries(
    file: BinaryIO, geometries: Sequence[BaseGeometry], records: Sequence[object]
) -> None:
    """Write geometries and their records (msgspec structs), in order; equal input, equal bytes."""
    blobs: list[bytes] = [
        shapely.to_wkb(geometry, byte_order=1, output_dimension=2) for geometry in geometries
    ]
    text = msgspec.json.encode(list(records))
    rows = np.zeros(len(blobs), dtype=_ROW)
    if blobs:
        bounds = np.array([geometry.bounds for geometry in geometries])
        for column, name in enumerate(("west", "south", "east", "north")):
            rows[name] = bounds[:, column]
        rows["end"] = np.cumsum([len(blob) for blob in blobs], dtype=np.uint64)
        rows["start"][1:] = rows["end"][:-1]
    file.write(_MAGIC)
    file.write(np.array([len(blobs), len(text)], dtype="<u8").tobytes())
    file.write(rows.tobytes())
    file.write(text)
    file.writelines(blobs)


class GeometryStore(Generic[Record]):
    """Random access to a packed file, which stays on disk until a geometry is asked for.

    Raises `AtlasError` for a file that is missing or is no store.
    """

    def __init__(self, path: Path, record: type[Record]) -> None:
        self._path = path
        self._record = record
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise AtlasError(f"{path}: cannot be read as an atlas file: {error}") from None
        if self._data[:8] != _MAGIC or len(self._data) < _HEAD:
            raise AtlasError(f"{path}: not an atlas file; build or add it again")
        count, text = (int(n) for n in np.frombuffer(self._data, "<u8", 2, 8))
        self._text = slice(_HEAD + count * _ROW.itemsize, _HEAD + count * _ROW.itemsize + text)
        if len(self._data) < self._text.stop:
            raise AtlasError(f"{path}: cut short; build or add it again")
        self._rows = np.frombuffer(self._data, _ROW, count, _HEAD)
        if count and len(self._data) != self._text.stop + int(self._rows["end"][-1]):
            raise AtlasError(f"{path}: cut short; build or add it again")

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def records(self) -> list[Record]:
        """The records, in the order of the geometries."""
        try:
            return msgspec.json.decode(self._data[self._text], type=list[self._record])  # type: ignore[name-defined]
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise AtlasError(f"{self._path}: not an atlas file: {error}") from None

    def geometry(self, row: int) -> BaseGeometry:
        """Return the geometry of one row."""
        blobs = self._text.stop
        start, end = int(self._rows["start"][row]), int(self._rows["end"][row])
        return shapely.from_wkb(self._data[blobs + start : blobs + end])

    def rows_within(self, west: float, south: float, east: float, north: float) -> NDArray[np.intp]:
        """Return the rows whose bounds touch a box, in degrees."""
        rows = self._rows
        touch = (rows["west"] <= east) & (rows["east"] >= west)
        touch &= (rows["south"] <= north) & (rows["north"] >= south)
        return np.flatnonzero(touch)
