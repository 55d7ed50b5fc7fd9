"""GeoNames' dump files, line by line: https://download.geonames.org/export/dump/readme.txt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import msgspec

from withinreach.atlas.place import Kind
from withinreach.errors import AtlasError

__all__ = ["BadLine", "DumpRow", "Progress", "is_dump", "read_dump"]

Progress = Callable[[int, int | None], None]

_COLUMNS = 19
# Numbers are given one by one; this is ten times the largest of 2026.
LARGEST_ID = 1 << 27
# A file with no good line before this one is no dump.
_HOPELESS_LINES = 50
_LONGEST_LINE = 1 << 18
_BYTES_A_STEP = 1 << 19
# What is listed, of the codes at https://www.geonames.org/export/codes.html, and to how many km a
# centre is good: half the width of a usual one. Countries are known; what is no more is left out.
_EXTENT_KM: dict[Kind, dict[str, float]] = {
    "town": dict.fromkeys(
        "PPL PPLA PPLA2 PPLA3 PPLA4 PPLA5 PPLC PPLF PPLG PPLL PPLQ PPLR PPLS PPLW STLMT".split(),
        0.0,
    ),
    "neighbourhood": {"PPLX": 3.0},
    "region": {
        "ADM1": 50.0, "ADM2": 25.0, "ADM3": 15.0, "ADM4": 10.0, "ADM5": 5.0, "ADMD": 25.0,
        "PRSH": 10.0, "TERR": 50.0,
    },
    "water": {
        "OCN": 1000.0, "SEA": 300.0, "GULF": 100.0, "STRT": 30.0, "BAY": 20.0, "LK": 10.0,
        "LKS": 20.0, "RSV": 10.0, "STM": 50.0, "STMS": 50.0,
    },
    "other": {
        "ISL": 10.0, "ISLS": 50.0, "PEN": 50.0, "MT": 5.0, "MTS": 50.0, "DSRT": 100.0,
        "PLN": 30.0, "PLAT": 30.0, "VAL": 20.0, "VALS": 30.0, "HLLS": 20.0,
    },
}  # fmt: skip
_FEATURES: dict[str, tuple[Kind, float]] = {
    code: (kind, extent_km)
    for kind, extents in _EXTENT_KM.items()
    for code, extent_km in extents.items()
}
_CLASSES = {"P", "A", "H", "T"}


class DumpRow(msgspec.Struct, frozen=True):
    """A place of a dump; `others` are its other names, `division` is GeoNames' code of it."""

    geonameid: int
    name: str
    others: tuple[str, ...]
    lon: float
    lat: float
    kind: Kind
    country: str
    division: str
    persons: int
    extent_km: float


class BadLine(msgspec.Struct, frozen=True):
    """A line that is none of a dump, and why."""

    number: int
    said: str


def is_dump(path: Path) -> bool:
    """Return whether a file is meant as a dump: tab-separated text, or a zip file that holds it."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
        if head.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                return _member(archive) is not None
    except (OSError, zipfile.BadZipFile):
        return False
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return False  # GeoJSON, whatever the file is called
    return path.suffix.lower() == ".txt" or head.split(b"\n", 1)[0].count(b"\t") >= _COLUMNS - 1


def read_dump(
    path: Path, countries: Collection[str], progress: Progress | None = None
) -> Iterator[DumpRow | BadLine]:
    """Yield the places of a dump in the file's order; a line of other features yields nothing.

    `countries` are the ISO codes that there are, "" for none; `progress` is called with the bytes
    so far and in all. Takes no more memory than a line. Raises `AtlasError` for a file that cannot
    be read, and for one whose first lines are none of a dump.
    """
    good, first_said = 0, "it is empty"
    try:
        with ExitStack() as stack:
            file, total = _opened(path, stack)
            done, told = 0, 0
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), start=1):
                done += len(line)
                if progress is not None and done - told >= _BYTES_A_STEP:
                    progress(done, total)
                    told = done
                if not line.strip():
                    continue
                try:
                    row = _row(line, countries)
                except ValueError as error:
                    if number == 1:
                        first_said = f"line 1: {error}"
                    if good == 0 and number == _HOPELESS_LINES:
                        break
                    yield BadLine(number, str(error))
                    continue
                good += 1
                if row is not None:
                    yield row
            if progress is not None:
                progress(done, total)
    except (OSError, EOFError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise AtlasError(f"{path}: cannot be read as a GeoNames dump: {error}") from None
    if good == 0:
        raise AtlasError(f"{path}: no GeoNames dump such as IQ.txt: {first_said}")


def _opened(path: Path, stack: ExitStack) -> tuple[BinaryIO, int]:
    with path.open("rb") as file:
        is_zip = file.read(2) == b"PK"
    if not is_zip:
        plain = stack.enter_context(path.open("rb"))
        return plain, path.stat().st_size
    archive = stack.enter_context(zipfile.ZipFile(path))
    member = _member(archive)
    if member is None:
        raise AtlasError(f"{path}: no dump such as IQ.txt in this zip file")
    unpacked = stack.enter_context(archive.open(member))
    return stack.enter_context(io.BufferedReader(unpacked)), member.file_size  # type: ignore[type-var]


def _member(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """Return the dump in a zip file: the largest text that is no readme."""
    members = archive.infolist()
    if any(entry.filename.lower().endswith(".shp") for entry in members):
        return None
    texts = [
        entry
        for entry in members
        if entry.filename.lower().endswith(".txt") and "readme" not in entry.filename.lower()
    ]
    return max(texts, key=lambda entry: entry.file_size, default=None)


def _row(line: bytes, countries: Collection[str]) -> DumpRow | None:
    """Return the place of a line, None for a feature that is not listed; `ValueError` says why."""
    try:
        cells = line.decode("utf-8-sig").rstrip("\r\n").split("\t")
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    if len(cells) != _COLUMNS:
        raise ValueError(f"{len(cells)} columns, not {_COLUMNS}")
    number, name, plain, others, lat, lon, feature_class, code, country = cells[:9]
    geonameid = _number(number, "geonameid")
    if not 0 < geonameid < LARGEST_ID:
        raise ValueError(f"geonameid {geonameid} is none of GeoNames'")
    lon_deg, lat_deg = _degrees(lon, "longitude", 180.0), _degrees(lat, "latitude", 90.0)
    persons = _number(cells[14] or "0", "population")
    if country not in countries:
        raise ValueError(f"country code {country[:20]!r}")
    name = _printable(name)
    if not name:
        raise ValueError("no name")
    if feature_class not in _CLASSES or code not in _FEATURES:
        return None
    kind, extent_km = _FEATURES[code]
    others_there = (_printable(other) for other in (plain, *others.split(",")))
    return DumpRow(
        geonameid=geonameid,
        name=name,
        others=tuple(dict.fromkeys(other for other in others_there if other not in ("", name))),
        lon=lon_deg,
        lat=lat_deg,
        kind=kind,
        country=country,
        division=cells[10],
        persons=min(persons, 2**31 - 1),
        extent_km=extent_km,
    )


def _number(text: str, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ValueError(f"{what} {text[:20]!r} is no number")
    return int(text)


def _degrees(text: str, what: str, limit: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        raise ValueError(f"{what} {text[:20]!r} is not within ±{limit:g}")
    return value


def _printable(text: str) -> str:
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:200]
