"""The columns of a place table on their way to disk: strings, and keys that lead to rows."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from withinreach.atlas.names import fold, sound
from withinreach.atlas.spellings import TRANSLITERATED, Names
from withinreach.atlas.table import SHORTEST_SOUND
from withinreach.files import whole_file

__all__ = ["KeyColumns", "packed_strings", "save_columns"]


def packed_strings(values: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Return where each string starts in the bytes of all, one more start at the end."""
    parts = [value.encode() for value in values]
    starts = np.cumsum([0, *map(len, parts)]).astype(np.uint32)
    return starts, np.frombuffer(b"".join(parts), np.uint8)


def save_columns(columns: dict[str, NDArray[Any]], folder: Path) -> None:
    """Write each column as a file of its name."""
    for name, column in columns.items():
        with whole_file(folder / f"{name}.npy", force=True) as file:
            np.save(file, column)


class KeyColumns:
    """Both kinds of keys of a table: exact ones, and by sound where names are transliterated."""

    def __init__(self) -> None:
        self._exact = _Entries()
        self._heard = _Entries()

    def add(self, row: int, country: str, names: Names, weight: float) -> None:
        """Let the names of a place lead to its row, each weighing so much less than `weight`."""
        transliterated = country in TRANSLITERATED
        for name, less in names:
            key = fold(name)
            if not key:
                continue
            self._exact.add(key, row, weight - less)
            if transliterated and key.isascii():
                loose = sound(key)
                if len(loose) >= SHORTEST_SOUND:
                    self._heard.add(loose, row, weight - less)

    def columns(self, folder: Path) -> dict[str, NDArray[Any]]:
        """Write both tries and return, per key, the rows that it may mean, likeliest first."""
        columns = self._exact.columns("key", folder) | self._heard.columns("sound", folder)
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

    def columns(self, stem: str, folder: Path) -> dict[str, NDArray[Any]]:
        """Write the trie; return the rows of each key, by weight, and where each key starts."""
        import marisa_trie

        trie = marisa_trie.Trie(sorted(set(self.keys)))
        with whole_file(folder / f"{stem}s.marisa", force=True) as file:
            file.write(trie.tobytes())
        key = np.fromiter((trie[key] for key in self.keys), np.int32, len(self.keys))
        row, weight = np.array(self.rows, np.int32), np.array(self.weights, np.float32)
        # A row that one key leads to by several names counts once, with its best weight.
        order = np.lexsort((-weight, row, key))
        key, row, weight = key[order], row[order], weight[order]
        first = np.append(True, (np.diff(key) != 0) | (np.diff(row) != 0))[: len(key)]
        key, row, weight = key[first], row[first], weight[first]
        order = np.lexsort((row, -weight, key))
        starts = np.searchsorted(key[order], np.arange(len(trie) + 1))
        return {
            f"{stem}_starts": starts.astype(np.uint32),
            f"{stem}_rows": row[order],
            f"{stem}_weights": weight[order].astype(np.float16),
        }
