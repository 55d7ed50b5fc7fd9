"""Adding a GeoNames dump to the atlas: read as a stream, written part by part, whole or not."""

from __future__ import annotations

import errno
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import msgspec

from withinreach.atlas.added_places import About, PartWriter, added_abouts, places_folder
from withinreach.atlas.geonames_dump import (
    LARGEST_ID,
    BadLine,
    DumpRow,
    Progress,
    read_dump,
)
from withinreach.atlas.names import fold
from withinreach.atlas.spellings import alternate_names, weight_of, with_variants
from withinreach.atlas.table import PlaceTable
from withinreach.errors import AtlasError, OutputError
from withinreach.files import write_whole
from withinreach.geodesy import distance_km

__all__ = ["AddedPlaces", "add_dump"]

# What is kept in memory at a time, however long the dump is.
_ROWS_A_PART = 50_000
_NAMED_LINES = 5
_NAMED_COUNTRIES = 4
_ATTEMPTS = 5
# A village whose people GeoNames does not know is smaller than a town whose people it does not.
_VILLAGE_PERSONS = 200
# Two entries of one name and kind are one province or river when they are this near.
_SAME_KM = 100.0


class AddedPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a dump: places by kind, those known before, and lines that are none."""

    file: Path
    countries: tuple[str, ...]
    by_kind: dict[str, int]
    known_before: int
    bad_count: int
    bad_lines: tuple[BadLine, ...]

    @property
    def count(self) -> int:
        return sum(self.by_kind.values())


def add_dump(path: str | Path, *, progress: Progress | None = None) -> AddedPlaces:
    """Add the places of a GeoNames dump (IQ.txt, or a zip file of it) to the atlas.

    Towns, districts, regions and the larger waters, islands, ranges and plains are taken; what the
    atlas has already is passed over. A dump of the same countries is replaced. Raises `AtlasError`
    for a file that is no dump, and `OutputError` where the data folder cannot be written.
    """
    path = Path(path)
    base = PlaceTable()
    known = _Known(base)
    kinds: Counter[str] = Counter()
    countries: set[str] = set()
    known_before, bad_count = 0, 0
    bad_lines: list[BadLine] = []
    sizes: dict[str, int] = {}
    parts = 0
    with _new_folder() as folder:
        writer = PartWriter()

        def write_part() -> None:
            nonlocal parts, writer
            inner = folder / str(parts)
            inner.mkdir()
            writer.write(inner)
            sizes.update({f"{parts}/{file.name}": file.stat().st_size for file in inner.iterdir()})
            parts += 1
            writer = PartWriter()

        for row in read_dump(path, frozenset(base.countries), progress):
            if isinstance(row, BadLine):
                bad_count += 1
                bad_lines += [row] if bad_count <= _NAMED_LINES else []
            elif known.holds(row):
                known_before += 1
            else:
                _add(writer, row, known.division_name(row))
                kinds[row.kind] += 1
                countries.add(row.country)
                if len(writer) == _ROWS_A_PART:
                    write_part()
        if not kinds:
            raise AtlasError(f"{path}: the atlas knows all of its {known_before:,} places already")
        if len(writer):
            write_part()
        about = About(
            file=path.name,
            countries=tuple(sorted(countries)),
            count=sum(kinds.values()),
            parts=parts,
            sizes=sizes,
        )
        write_whole(folder / "about.json", msgspec.json.encode(about, order="sorted"))
        _swap(folder, about)
    PlaceTable.open.cache_clear()
    return AddedPlaces(
        file=path,
        countries=about.countries,
        by_kind=dict(kinds),
        known_before=known_before,
        bad_count=bad_count,
        bad_lines=tuple(bad_lines),
    )


def _add(writer: PartWriter, row: DumpRow, division: str) -> None:
    weight = weight_of(row.persons or _VILLAGE_PERSONS)
    if row.kind != "town":
        # As for the counties that ship: a town of the name is meant more often.
        weight -= 3
    names = ((row.name, 0.0), *alternate_names(row.name, row.others, row.country))
    writer.add(
        name=row.name,
        names=with_variants(row.country, names),
        kind=row.kind,
        country=row.country,
        division=division,
        lon=row.lon,
        lat=row.lat,
        persons=row.persons or -1,
        uncertainty_km=row.extent_km,
        weight=weight,
        geonameid=row.geonameid,
    )


class _Known:
    """What the atlas has before, by number or, for what ships without one, by name and place."""

    def __init__(self, base: PlaceTable) -> None:
        self._base = base
        self._seen = bytearray(LARGEST_ID // 8)
        for row in range(base.town_count):
            self._mark(int(base.id(row).removeprefix("geonames:")))
        # A province drawn by hand has no code of GeoNames' in its id, but its districts have.
        self._divisions: dict[str, str] = {}
        for row in range(base.town_count, len(base)):
            kind, _, code = base.id(row).partition(":")
            if kind in ("admin1", "county") and base.admin1[row]:
                division = ".".join(code.split(".")[:2])
                self._divisions[division] = base.admin1_names[int(base.admin1[row])]

    def division_name(self, row: DumpRow) -> str:
        """Return the name of a place's province, "" where the atlas does not know it."""
        return self._divisions.get(f"{row.country}.{row.division}", "")

    def holds(self, row: DumpRow) -> bool:
        """Return whether a place is known, and remember it."""
        if not self._mark(row.geonameid):
            return True
        if row.kind == "town" or row.kind == "neighbourhood":
            return False
        base = self._base
        for name in (row.name, *row.others):
            for i in base.rows_of_key(fold(name)).tolist():
                if base.place_kind(i) != row.kind:
                    continue
                if base.countries[base.country[i]] not in ("", row.country):
                    continue
                apart_km = float(distance_km(row.lon, row.lat, base.lon[i], base.lat[i]))
                if apart_km <= max(_SAME_KM, float(base.uncertainty_km[i])):
                    return True
        return False

    def _mark(self, geonameid: int) -> bool:
        """Remember a number; return whether it is new."""
        place, bit = geonameid >> 3, 1 << (geonameid & 7)
        is_new = not self._seen[place] & bit
        self._seen[place] |= bit
        return is_new


@contextmanager
def _new_folder() -> Iterator[Path]:
    """Give a folder beside the others that goes when the block ends and it was not renamed."""
    folder = None
    try:
        places_folder().mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=places_folder(), prefix=".new-"))
        yield folder
    except OSError as error:
        raise OutputError(f"{places_folder()}: cannot be written: {error}") from None
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _swap(folder: Path, about: About) -> None:
    """Put a new folder in the place of those of the same countries."""
    added, new = added_abouts(), set(about.countries)
    for name, other in added.items():
        both = new & set(other.countries)
        if both and not set(other.countries) <= new:
            raise AtlasError(
                f"{', '.join(sorted(both))} was added before with all of {other.file}; remove that "
                f"first: `withinreach atlas remove {name}`"
            )
    replaced = {name for name, other in added.items() if set(other.countries) <= new}
    target = places_folder() / _name(about, set(added) - replaced)
    for _ in range(_ATTEMPTS):
        asides = []
        for path in {target, *(places_folder() / name for name in replaced)}:
            # Renamed first: nobody reads half of a folder.
            aside = path.with_name(f".old-{folder.name}-{path.name}")
            with suppress(FileNotFoundError):
                path.rename(aside)
                asides.append(aside)
        try:
            folder.rename(target)
        except OSError as error:
            # A second process was quicker: its folder is replaced in the next turn.
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        else:
            return
        finally:
            for aside in asides:
                shutil.rmtree(aside, ignore_errors=True)
    raise OutputError(f"{target}: another process keeps adding it; try again")


def _name(about: About, taken: set[str]) -> str:
    """Return a name that says what a folder holds: "iq", or the file's for many countries."""
    codes = "-".join(filter(None, about.countries)).lower()
    stem = re.sub(r"[^a-z0-9]+", "-", Path(about.file).stem.lower()).strip("-")[:60]
    stem = codes if 0 < len(about.countries) <= _NAMED_COUNTRIES and codes else stem or "places"
    return next(name for n in count(1) if (name := f"{stem}-{n}" if n > 1 else stem) not in taken)
