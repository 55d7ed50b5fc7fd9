"""The place table: all kinds of places by name, memory-mapped, opened in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from withinreach.atlas.directions import direction
from withinreach.atlas.lookup import Found, find
from withinreach.atlas.names import fold, sound
from withinreach.atlas.place import Kind, Place
from withinreach.atlas.table_file import KINDS, key_rows, mapped_column, mapped_trie, string_at
from withinreach.errors import AtlasError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from withinreach.geodesy import PointIndex

__all__ = ["KINDS", "Found", "PlaceTable"]

# Shorter sound keys say too little to be worth a guess.
SHORTEST_SOUND = 4
_TABLES = Path(__file__).resolve().parent / "tables"
_NO_ROWS = np.empty(0, np.int32)


class PlaceTable:
    """All places of the atlas as columns, one row each; towns come first, by GeoNames' number.

    Arrays over the rows: `lon`, `lat` (degrees), `persons` (-1 where not known), `kind` (index into
    `KINDS`), `country` (index into `countries`, 0 for none), `admin1` (index into `admin1_names`, 0
    for none; equal only inside one country), `capital` (of a country), `uncertainty_km`, `weight`
    (how likely a bare name means this place: people on a log2 scale, larger is likelier).

    Names lead to rows by two keys. `rows` takes the exact key of `withinreach.atlas.names.fold`;
    `rows_by_sound` the looser one, for names that `rows` does not find. A reader that walks a text
    calls `prefixes` on some folded words at once and then `rows_of_key`. Ask for single figures as
    `int(table.kind[row])`; nothing is read from disk before it is asked for.

    >>> table = PlaceTable.open()
    >>> table.place(int(table.rows("Rutba")[0])).country
    'IQ'
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    persons: NDArray[np.int32]
    kind: NDArray[np.uint8]
    country: NDArray[np.uint16]
    admin1: NDArray[np.uint16]
    capital: NDArray[np.bool_]
    uncertainty_km: NDArray[np.float32]
    weight: NDArray[np.float32]

    def __init__(self, folder: Path = _TABLES) -> None:
        if not (folder / "lon.npy").is_file():
            raise AtlasError(
                f"{folder}: the place tables are missing; install the package anew with pip"
            )
        self.folder = folder
        for name in PlaceTable.__annotations__:
            setattr(self, name, self._column(name))
        self.countries: list[str] = self._lines("countries.txt")
        self.town_count: int = len(self._town_ids)

    @staticmethod
    @cache
    def open() -> PlaceTable:
        """Return the table that ships, with what the user has added; opened once per process."""
        from withinreach.atlas.folders import data_folder

        if not (data_folder() / "places").is_dir():
            return PlaceTable()
        from withinreach.atlas.added_places import open_parts
        from withinreach.atlas.merged_table import MergedTable

        parts = open_parts()
        return MergedTable(parts) if parts else PlaceTable()

    def __len__(self) -> int:
        return len(self.lon)

    def rows(self, name: str) -> NDArray[np.int32]:
        """Return the rows that a name means by its exact key, likeliest first."""
        return self.rows_of_key(fold(name))

    def rows_of_key(self, key: str) -> NDArray[np.int32]:
        """Return the rows that a folded name means, likeliest first; none for an unknown key."""
        return key_rows(self._exact_trie, self._key_rows, key)

    def weights_of_key(self, key: str) -> NDArray[np.float16]:
        """Return how likely the folded name means each row of `rows_of_key`: a log2 weight.

        It is the row's own `weight`, less where the name is only another name of the place.
        """
        return key_rows(self._exact_trie, (self._key_rows[0], self._key_weights), key)

    def rows_by_sound(self, name: str) -> NDArray[np.int32]:
        """Return the rows whose names sound like this one, likeliest first.

        Only names from languages of another script have such keys: Arabic, Persian, Hebrew,
        Cyrillic, Korean and the like. Expect false friends.
        """
        heard = sound(fold(name))
        if len(heard) < SHORTEST_SOUND:
            return _NO_ROWS
        return key_rows(self._sound_trie, self._sound_rows, heard)

    def prefixes(self, key: str) -> list[str]:
        """Return all keys of the table that begin a folded text and end with a word, longest first.

        `key` is a handful of folded words joined by spaces; the cost is one walk down the trie.

        >>> PlaceTable.open().prefixes("new york city hall")
        ['new york city', 'new york']
        """
        end = len(key)
        found: list[str] = self.trie.prefixes(key)
        return [one for one in reversed(found) if len(one) == end or key[len(one)] == " "]

    @cached_property
    def trie(self) -> Any:
        """All exact keys: `in`, `prefixes`, `keys` and `iterkeys` as of a marisa_trie.Trie."""
        return self._exact_trie

    @cached_property
    def _exact_trie(self) -> Any:
        return mapped_trie(self.folder, "keys.marisa")

    @cached_property
    def _sound_trie(self) -> Any:
        return mapped_trie(self.folder, "sounds.marisa")

    @cached_property
    def _key_rows(self) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
        return self._column("key_starts"), self._column("key_rows")

    @cached_property
    def _key_weights(self) -> NDArray[np.float16]:
        return self._column("key_weights")

    @cached_property
    def _sound_rows(self) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
        return self._column("sound_starts"), self._column("sound_rows")

    def name(self, row: int) -> str:
        """Return the main name of a row."""
        return string_at(self._names, row)

    def id(self, row: int) -> str:
        """Return the identifier of a row: "geonames:98677", "admin1:US.TX", "region:IQ-AN"."""
        other = row - self.town_count
        return f"geonames:{self._town_ids[row]}" if other < 0 else string_at(self._other_ids, other)

    def place_kind(self, row: int) -> Kind:
        """Return the kind of a row in words."""
        return KINDS[int(self.kind[row])]

    def place(self, row: int) -> Place:
        """Return the place of a row."""
        persons = int(self.persons[row])
        return Place(
            id=self.id(row),
            name=self.name(row),
            kind=self.place_kind(row),
            lon=float(self.lon[row]),
            lat=float(self.lat[row]),
            country=self.countries[self.country[row]] or None,
            admin1=self.admin1_names[self.admin1[row]] or None,
            population_persons=None if persons < 0 else persons,
            uncertainty_km=round(float(self.uncertainty_km[row]), 3),
            outline=self.outline_id(row),
            source=self.source(row),
        )

    def source(self, row: int) -> str:
        """Return where a row was taken from."""
        other = row - self.town_count
        return "GeoNames" if other < 0 else _label(self._sources, other)

    def outline_id(self, row: int) -> str | None:
        """Return the identifier of the row's outline, for `withinreach.atlas.regions.outline`."""
        other = row - self.town_count
        return None if other < 0 else _label(self._outlines, other) or None

    def towns(self, min_persons: int = 0) -> tuple[NDArray[np.intp], PointIndex]:
        """Return the rows of towns of at least so many people, and an index over their points."""
        from withinreach.geodesy import PointIndex

        if min_persons <= 0:
            return np.arange(self.town_count), self.town_index
        rows = np.flatnonzero(self.persons[: self.town_count] >= min_persons)
        return rows, PointIndex(self.lon[rows], self.lat[rows])

    @cached_property
    def town_index(self) -> PointIndex:
        """The prebuilt index over all towns; its answers are rows of this table."""
        from withinreach.geodesy import PointIndex

        columns = ("key", "row", "lon", "lat", "xyz")
        return PointIndex.from_arrays({name: self._column(f"index_{name}") for name in columns})

    def find(self, query: str, *, limit: int = 5, fuzzy: bool = False) -> list[Found]:
        """Return the places that a query such as "Rutba" or "Paris, Texas" means, best first.

        With `fuzzy`, a name that is nowhere in the table gives those that are spelled alike. See
        `withinreach.atlas.lookup.find`.
        """
        return find(self, query, limit=limit, fuzzy=fuzzy)

    @cached_property
    def admin1_names(self) -> list[str]:
        """Names of first-level divisions, "" first; one entry per division, not per name."""
        return self._lines("admin1.txt")

    @cached_property
    def demonyms(self) -> Mapping[str, tuple[str, ...]]:
        """Folded words for people and languages -> ISO codes of the countries that they vote for.

        Plurals are in ("iraqis"); languages of many countries and words for people of a whole part
        of the world ("arabic", "european") are there with no country at all.

        >>> PlaceTable.open().demonyms["saudis"], PlaceTable.open().demonyms["korean"]
        (('SA',), ('KP', 'KR'))
        """
        pairs = (line.split("\t") for line in self._lines("demonyms.txt"))
        return {word: tuple(filter(None, codes.split(","))) for word, codes in pairs}

    @cached_property
    def abbreviations(self) -> Mapping[str, tuple[int, ...]]:
        """Abbreviations as they are written -> rows, likeliest first: "Ill.", "IL", "N.Y.", "U.S.".

        Case and points matter here and nowhere else: "Miss.", "ME" and "IN" are States, "Miss",
        "Me" and "In" are words. Those of States and provinces are no keys of `rows`.

        >>> table = PlaceTable.open()
        >>> [table.name(row) for row in table.abbreviations["Calif."]]
        ['California']
        """
        pairs = (line.split("\t") for line in self._lines("abbreviations.txt"))
        return {word: tuple(map(int, rows.split(","))) for word, rows in pairs}

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Folded words that are more than names of places -> letters of what they are, too.

        `f` and `g` are common and rarer first names, `s` and `t` surnames, `c` and `w` words of
        English; surnames and words are there only where a place bears the name.

        >>> PlaceTable.open().words["clark"]
        'fs'
        """
        found: dict[str, str] = {}
        for line in self._lines("words.txt"):
            kinds, _, words = line.partition("\t")
            found |= dict.fromkeys(words.split(), kinds)
        return found

    @cached_property
    def evidence(self) -> Mapping[str, float]:
        """Signs that a name in a text is a place, or which place it is -> log-odds of each."""
        pairs = (line.split("\t") for line in self._lines("evidence.txt"))
        return {sign: float(weight) for sign, weight in pairs}

    @cached_property
    def described(self) -> Mapping[str, frozenset[float | None]]:
        """Outline of a province -> bearings of the halves of its country that it lies in.

        "Iraq's western Anbar province" is the whole province; None stands for "central".
        """
        pairs = (line.split("\t") for line in self._lines("described.txt"))
        return {
            outline: frozenset(direction(word).bearing_deg for word in words.split(","))
            for outline, words in pairs
        }

    @cached_property
    def capitals(self) -> Mapping[str, int]:
        """ISO code of a country -> row of its capital."""
        rows = np.flatnonzero(self.capital).tolist()
        return {self.countries[self.country[row]]: row for row in rows}

    @cached_property
    def country_rows(self) -> Mapping[str, int]:
        """ISO code of a country -> row of the country itself."""
        rows = np.flatnonzero(self.kind == KINDS.index("country")).tolist()
        return {self.countries[self.country[row]]: row for row in rows}

    @cached_property
    def neighbours(self) -> Mapping[str, frozenset[str]]:
        """ISO code of a country -> codes of the countries with a land border to it."""
        pairs = (line.split("\t") for line in self._lines("neighbours.txt"))
        return {code: frozenset(filter(None, codes.split(","))) for code, codes in pairs}

    def _column(self, name: str) -> NDArray[Any]:
        return mapped_column(self.folder, name)

    def _lines(self, name: str) -> list[str]:
        return (self.folder / name).read_text("utf-8").removesuffix("\n").split("\n")

    @cached_property
    def _town_ids(self) -> NDArray[np.int32]:
        return self._column("town_ids")

    @cached_property
    def _names(self) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        return self._column("name_starts"), self._column("name_bytes")

    @cached_property
    def _other_ids(self) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        return self._column("id_starts"), self._column("id_bytes")

    @cached_property
    def _outlines(self) -> tuple[NDArray[np.uint16], list[str]]:
        return self._column("outline"), self._lines("outlines.txt")

    @cached_property
    def _sources(self) -> tuple[NDArray[np.uint16], list[str]]:
        return self._column("source"), self._lines("sources.txt")


def _label(column: tuple[NDArray[np.uint16], list[str]], i: int) -> str:
    numbers, labels = column
    return labels[int(numbers[i])]
