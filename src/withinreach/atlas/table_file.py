"""How the columns, tries and strings of a place table are read: mapped, and only when asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from withinreach.atlas.place import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["KINDS", "key_rows", "mapped_column", "mapped_trie", "string_at"]

KINDS: tuple[Kind, ...] = ("town", "neighbourhood", "region", "country", "water", "other")


def mapped_column(folder: Path, name: str) -> NDArray[Any]:
    """Return a column that stays on disk until its figures are asked for."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))


def mapped_trie(folder: Path, name: str) -> Any:
    """Return a marisa_trie.Trie that stays on disk."""
    import marisa_trie

    return marisa_trie.Trie().mmap(str(folder / name))


def key_rows(trie: Any, table: tuple[NDArray[np.uint32], NDArray[Any]], key: str) -> NDArray[Any]:
    """Return the entries of a key: those between its start and the next key's."""
    starts, entries = table
    key_id = trie.get(key)
    return entries[:0] if key_id is None else entries[starts[key_id] : starts[key_id + 1]]


def string_at(column: tuple[NDArray[np.uint32], NDArray[np.uint8]], i: int) -> str:
    """Return one string of a column of strings."""
    starts, content = column
    return content[starts[i] : starts[i + 1]].tobytes().decode()
