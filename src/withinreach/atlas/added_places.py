"""Places that a user has added: tables of their own in the user's data folder.

Each file that was added is a folder with `about.json` and one or more parts, each of which has the
columns of the place table for so many places.
"""

from __future__ import annotations

import time
import warnings
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from withinreach.atlas.folders import data_folder
from withinreach.atlas.place import Kind
from withinreach.atlas.table_file import KINDS, key_rows, mapped_column, mapped_trie, string_at
from withinreach.errors import WithinreachWarning

if TYPE_CHECKING:
    from withinreach.atlas.spellings import Names

__all__ = ["About", "Part", "PartWriter", "added_abouts", "open_parts", "places_folder"]

# The columns that a part shares with the table, in the same types.
SHARED = ("lon", "lat", "persons", "kind", "uncertainty_km", "weight")
_OWN = (
    "name_starts", "name_bytes", "geonameid", "country", "division", "key_starts", "key_rows",
    "key_weights", "sound_starts", "sound_rows",
)  # fmt: skip
_VERSION = 1
_ATTEMPTS = 5
_PAUSE_S = 0.005


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder holds; `sizes` are the bytes of its files, to tell one that is damaged."""

    file: str
    countries: tuple[str, ...]
    count: int
    parts: int
    sizes: dict[str, int]
    version: int = _VERSION


class PartWriter:
    """The columns of one part, gathered row by row."""

    def __init__(self) -> None:
        self._numbers: dict[str, array[Any]] = {
            "lon": array("d"), "lat": array("d"), "persons": array("i"), "kind": array("B"),
            "uncertainty_km": array("f"), "weight": array("f"), "country": array("H"),
            "division": array("H"), "geonameid": array("i"),
        }  # fmt: skip
        self._names: list[str] = []
        self._countries: dict[str, int] = {}
        self._divisions: dict[str, int] = {}
        # Here, so that a table is opened without what only writes one.
        from withinreach.atlas.table_columns import KeyColumns

        self._keys = KeyColumns()

    def __len__(self) -> int:
        return len(self._names)

    def add(
        self,
        *,
        name: str,
        names: Names,
        kind: Kind,
        country: str,
        division: str,
        **numbers: float,
    ) -> None:
        """Add a place; `division` is the name of its province, "" where it is not known."""
        self._keys.add(len(self), country, names, numbers["weight"])
        numbers |= {
            "kind": KINDS.index(kind),
            "country": self._countries.setdefault(country, len(self._countries)),
            "division": self._divisions.setdefault(f"{country}\t{division}", len(self._divisions)),
        }
        for column, value in numbers.items():
            self._numbers[column].append(value)
        self._names.append(name)

    def write(self, folder: Path) -> None:
        """Write all columns and labels into a folder."""
        from withinreach.atlas.table_columns import packed_strings, save_columns
        from withinreach.files import write_whole

        columns: dict[str, NDArray[Any]] = {
            name: np.array(values) for name, values in self._numbers.items()
        }
        columns["name_starts"], columns["name_bytes"] = packed_strings(self._names)
        save_columns(columns | self._keys.columns(folder), folder)
        for name, labels in (("countries", self._countries), ("divisions", self._divisions)):
            write_whole(folder / f"{name}.txt", "".join(f"{label}\n" for label in labels))


class Part:
    """One part of what was added, memory-mapped; all at once, as its folder may be replaced."""

    def __init__(self, folder: Path) -> None:
        self.columns = {name: mapped_column(folder, name) for name in SHARED}
        self.trie = mapped_trie(folder, "keys.marisa")
        self._sound_trie = mapped_trie(folder, "sounds.marisa")
        self._numbers = {name: mapped_column(folder, name) for name in _OWN}
        self._labels = {
            name: (folder / f"{name}.txt").read_text("utf-8").split("\n")[:-1]
            for name in ("countries", "divisions")
        }

    def __len__(self) -> int:
        return len(self.columns["lon"])

    def name(self, row: int) -> str:
        """Return the main name of a row."""
        return string_at((self._numbers["name_starts"], self._numbers["name_bytes"]), row)

    def id(self, row: int) -> str:
        """Return the identifier of a row."""
        return f"geonames:{self._numbers['geonameid'][row]}"

    def rows_and_weights(self, key: str) -> tuple[NDArray[np.int32], NDArray[np.float16]]:
        """Return the rows that a folded name means, and their log2 weights."""
        starts = self._numbers["key_starts"]
        rows, weights = self._numbers["key_rows"], self._numbers["key_weights"]
        return key_rows(self.trie, (starts, rows), key), key_rows(self.trie, (starts, weights), key)

    def rows_by_sound(self, heard: str) -> NDArray[np.int32]:
        """Return the rows whose names have a sound key."""
        table = self._numbers["sound_starts"], self._numbers["sound_rows"]
        return key_rows(self._sound_trie, table, heard)

    def countries(self) -> tuple[NDArray[np.uint16], list[str]]:
        """Return the country of each row as an index into a list of ISO codes."""
        return self._numbers["country"], self._labels["countries"]

    def divisions(self) -> tuple[NDArray[np.uint16], list[tuple[str, str]]]:
        """Return the province of each row as an index into a list of (ISO code, name)."""
        labels = [label.partition("\t") for label in self._labels["divisions"]]
        return self._numbers["division"], [(country, name) for country, _, name in labels]


def places_folder() -> Path:
    """Return the folder of all places that the user has added."""
    return data_folder() / "places"


def added_abouts() -> dict[str, About]:
    """Return what was added, by the names of the folders; damaged ones are told and left out."""
    found = {}
    for path in sorted(places_folder().glob("[!.]*/about.json")):
        folder = path.parent
        try:
            found[folder.name] = _checked_about(folder)
        except (OSError, ValueError) as error:
            if not folder.exists():
                continue
            warnings.warn(
                f"left out: {folder}: {error}; add its file again, or remove it with "
                f"`withinreach atlas remove {folder.name}`",
                WithinreachWarning,
                stacklevel=2,
            )
    return found


def _checked_about(folder: Path) -> About:
    """Return what a folder holds if it holds it; looked at again while it may be being replaced."""
    for attempt in range(_ATTEMPTS):
        try:
            about = _about(folder)
            sizes = {name: (folder / name).stat().st_size for name in about.sizes}
            if about.version != _VERSION or sizes != about.sizes:
                raise ValueError("it is damaged or of another version")
        except (OSError, ValueError):
            if attempt + 1 == _ATTEMPTS:
                raise
            time.sleep(_PAUSE_S)
        else:
            break
    return about


def open_parts() -> list[Part]:
    """Return all parts of all that was added, in a fixed order."""
    for _ in range(_ATTEMPTS):
        abouts = added_abouts()
        try:
            parts = [
                Part(places_folder() / name / str(number))
                for name, about in abouts.items()
                for number in range(about.parts)
            ]
            if all(_about(places_folder() / name) == about for name, about in abouts.items()):
                return parts
        except (OSError, ValueError):
            pass  # another process has just replaced or removed one
    warnings.warn(
        f"left out: {places_folder()}: it keeps changing; run this again",
        WithinreachWarning,
        stacklevel=2,
    )
    return []


def _about(folder: Path) -> About:
    return msgspec.json.decode((folder / "about.json").read_bytes(), type=About)
