"""One place on its way into the table, and the fields of the hand-kept files."""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

DATA = Path(__file__).resolve().parent
if str(DATA.parent / "src") not in sys.path:
    sys.path.insert(0, str(DATA.parent / "src"))

from withinreach.atlas.spellings import Names  # noqa: E402

__all__ = [
    "DATA",
    "Row",
    "hand_table",
    "listed",
    "names_and_abbreviations",
    "plain",
]


class Row(msgspec.Struct, kw_only=True):
    """One place on its way into the table.

    `names` are all names that lead to it, each with how much less than `weight` it weighs.
    """

    name: str
    kind: str
    lon: float
    lat: float
    country: str = ""
    division: tuple[str, str] = ("", "")
    persons: int = -1
    weight: float = 0.0
    names: Names = ()
    abbreviations: tuple[str, ...] = ()
    geonameid: int = 0
    id: str = ""
    outline: str = ""
    uncertainty_km: float = 0.0
    source: str = "GeoNames"
    capital: bool = False


def hand_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file of this folder."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a field that holds several values."""
    return tuple(filter(None, text.split(";")))


def names_and_abbreviations(text: str, longest: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split a list of other names into names and abbreviations, with and without points.

    A word of at most `longest` capitals is an abbreviation only: as a name it would be found in
    words such as "In" and "Me".
    """
    parts = listed(text)
    capitals = {name for name in parts if name.replace(".", "").isupper() and len(name) < 8}
    short = {name for name in capitals if "." in name or len(name) <= longest}
    names = tuple(name for name in parts if name not in short and not name.endswith("."))
    pointed = {"".join(f"{letter}." for letter in name if letter.isalpha()) for name in capitals}
    bare = {name.replace(".", "") for name in capitals}
    return names, tuple(sorted({*pointed, *bare, *(name for name in parts if name.endswith("."))}))


def plain(names: Iterable[str], less: float = 0.0) -> Names:
    """Return names that all weigh so much less than the main one."""
    return tuple((name, less) for name in names)
