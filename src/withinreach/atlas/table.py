"""The place table: all kinds of places by name, memory-mapped, opened in milliseconds."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from withinreach.atlas.names import fold, sound
from withinreach.atlas.place import Kind, Place
from withinreach.errors import AtlasError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from withinreach.geodesy import PointIndex

__all__ = ["KINDS", "Found", "PlaceTable"]

KINDS: tuple[Kind, ...] = ("town", "neighbourhood", "region", "country", "water", "other")
_TABLES = Path(__file__).resolve().parent / "tables"


class Found(msgspec.Struct, frozen=True):
    """A place that a query may mean, its score in [0, 1], and why, in words."""

    place: Place
    score: float
    reasons: tuple[str, ...] = ()


class PlaceTable:
    """All places of the atlas as columns, one row each; towns come first, by GeoNames' order.

    `lon`, `lat` (degrees), `persons` (-1 where not known), `kind` (index into `KINDS`), `country`
    (index into `countries`), `admin1` (index into `admin1_names`), `weight` (how likely a bare name
    means this place, people on a log scale; larger is likelier) are arrays over the rows.
    """

    def __init__(self, folder: Path = _TABLES) -> None:
        if not (folder / "lon.npy").is_file():
            raise AtlasError(
                f"{folder}: the place tables are missing; install the package anew with pip"
            )
        self.folder = folder
        for name in ("lon", "lat", "persons", "kind", "country", "admin1", "weight"):
            setattr(self, name, self._column(name))
        text = msgspec.json.decode((folder / "labels.json").read_bytes())
        self.countries: list[str] = text["countries"]
        self.admin1_names: list[str] = text["admin1"]
        self._others: list[dict[str, Any]] = text["others"]
        self.town_count: int = len(self.lon) - len(self._others)

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    persons: NDArray[np.int32]
    kind: NDArray[np.uint8]
    country: NDArray[np.uint16]
    admin1: NDArray[np.uint16]
    weight: NDArray[np.float32]

    @staticmethod
    @cache
    def open() -> PlaceTable:
        """Return the table that ships with the package, opened once per process."""
        return PlaceTable()

    def _column(self, name: str) -> NDArray[Any]:
        return np.asarray(np.load(self.folder / f"{name}.npy", mmap_mode="r"))

    @cached_property
    def _name_ends(self) -> NDArray[np.uint32]:
        return self._column("name_ends")

    @cached_property
    def _names(self) -> NDArray[np.uint8]:
        return self._column("names")

    @cached_property
    def _ids(self) -> NDArray[np.int32]:
        return self._column("geonameid")

    @cached_property
    def trie(self) -> Any:
        """A marisa_trie.Trie of all exact keys; key ids lead to rows through `rows_of_key`."""
        import marisa_trie

        return marisa_trie.Trie().mmap(str(self.folder / "keys.marisa"))

    @cached_property
    def _sound_trie(self) -> Any:
        import marisa_trie

        return marisa_trie.Trie().mmap(str(self.folder / "sounds.marisa"))

    @cached_property
    def _key_rows(self) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
        return self._column("key_starts"), self._column("key_rows")

    @cached_property
    def _sound_rows(self) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
        return self._column("sound_starts"), self._column("sound_rows")

    def rows(self, name: str) -> NDArray[np.int32]:
        """Return the rows that a name means by its exact key, likeliest first."""
        return self.rows_of_key(fold(name))

    def rows_of_key(self, key: str) -> NDArray[np.int32]:
        return _rows(self.trie, self._key_rows, key)

    def rows_by_sound(self, name: str) -> NDArray[np.int32]:
        """Return the rows whose names sound like this one, likeliest first."""
        return _rows(self._sound_trie, self._sound_rows, sound(fold(name)))

    def name(self, row: int) -> str:
        start = int(self._name_ends[row - 1]) if row else 0
        return bytes(self._names[start : int(self._name_ends[row])]).decode()

    def place(self, row: int) -> Place:
        """Return the place of a row."""
        other = self._others[row - self.town_count] if row >= self.town_count else {}
        persons = int(self.persons[row])
        return Place(
            id=other.get("id") or f"geonames:{int(self._ids[row])}",
            name=self.name(row),
            kind=KINDS[int(self.kind[row])],
            lon=float(self.lon[row]),
            lat=float(self.lat[row]),
            country=self.countries[int(self.country[row])] or None,
            admin1=self.admin1_names[int(self.admin1[row])] or None,
            population_persons=None if persons < 0 else persons,
            uncertainty_km=other.get("uncertainty_km", 0.0),
            outline=other.get("outline"),
            source=other.get("source", "GeoNames"),
        )

    def towns(self, min_persons: int = 0) -> tuple[NDArray[np.intp], PointIndex]:
        """Return the rows of towns of at least so many people, and an index over their points."""
        from withinreach.geodesy import PointIndex

        if min_persons <= 0:
            return np.arange(self.town_count), self.town_index
        rows = np.flatnonzero(self.persons[: self.town_count] >= min_persons)
        return rows, PointIndex(self.lon[rows], self.lat[rows])

    @cached_property
    def town_index(self) -> PointIndex:
        """The prebuilt index over all towns."""
        from withinreach.geodesy import PointIndex

        return PointIndex(self.lon[: self.town_count], self.lat[: self.town_count])

    def find(self, query: str, *, limit: int = 5) -> list[Found]:
        """Return the places that a query such as "Rutba" or "Paris, Texas" means, best first.

        What stands after a comma contains what stands before it: a country, a province, their
        codes. Spellings that only sound alike come when nothing fits exactly, with a lower score.
        """
        name, *containers = [part.strip() for part in query.split(",")]
        reasons: tuple[str, ...] = ()
        rows = self.rows(name)
        factor = 1.0
        if not len(rows):
            rows, factor, reasons = self.rows_by_sound(name), 0.7, ("spelled alike",)
        for container in containers:
            rows = np.array([r for r in rows if self._inside(int(r), container)], dtype=np.int32)
            reasons = (*reasons, f"in {container}")
        total = float(np.exp2(self.weight[rows]).sum()) if len(rows) else 1.0
        return [
            Found(
                self.place(int(row)),
                round(factor * float(np.exp2(self.weight[row])) / total, 3),
                reasons,
            )
            for row in rows[:limit]
        ]

    def _inside(self, row: int, container: str) -> bool:
        key = fold(container)
        if key == fold(self.admin1_names[int(self.admin1[row])]):
            return True
        for outer in self.rows_of_key(key)[:8]:
            kind = KINDS[int(self.kind[outer])]
            same_country = self.country[outer] == self.country[row]
            if kind == "country" and same_country and outer != row:
                return True
            if kind == "region" and same_country and self.admin1[outer] == self.admin1[row]:
                return True
        return False


def _rows(
    trie: Any, table: tuple[NDArray[np.uint32], NDArray[np.int32]], key: str
) -> NDArray[np.int32]:
    key_id = trie.get(key)
    if key_id is None:
        return np.empty(0, np.int32)
    starts, rows = table
    return rows[starts[key_id] : starts[key_id + 1]]
