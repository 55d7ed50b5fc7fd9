"""The place table with the places that the user has added, as one table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from withinreach.atlas.added_places import SHARED, Part
from withinreach.atlas.names import fold, sound
from withinreach.atlas.table import PlaceTable

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["MergedTable"]


class MergedTable(PlaceTable):
    """A `PlaceTable` whose last rows are those of the parts; its towns by point stay the shipped.

    A name leads to rows of the table and of all parts, likeliest first.
    """

    def __init__(self, parts: Sequence[Part], folder: Path | None = None) -> None:
        super().__init__(*([] if folder is None else [folder]))
        self._parts = tuple(parts)
        shipped = len(self.lon)
        self._starts = np.cumsum([shipped, *map(len, parts)]).tolist()
        for name in SHARED:
            columns = [getattr(self, name), *(part.columns[name] for part in parts)]
            setattr(self, name, np.concatenate(columns))
        added = self._starts[-1] - shipped
        self.capital = np.append(self.capital, np.zeros(added, np.bool_))
        admin1 = np.concatenate([self.admin1, *map(self._admin1, parts)])
        self.country = np.concatenate([self.country, *map(self._country, parts)])
        self.admin1 = admin1

    def rows_of_key(self, key: str) -> NDArray[np.int32]:
        return self._rows_and_weights(key)[0]

    def weights_of_key(self, key: str) -> NDArray[np.float16]:
        return self._rows_and_weights(key)[1]

    def rows_by_sound(self, name: str) -> NDArray[np.int32]:
        found = [super().rows_by_sound(name)]
        heard = sound(fold(name))
        for start, part in zip(self._starts, self._parts, strict=False):
            found.append(part.rows_by_sound(heard) + np.int32(start))
        rows = np.concatenate(found)
        return rows[np.argsort(-self.weight[rows], kind="stable")]

    @cached_property
    def trie(self) -> Any:
        return _Tries([self._exact_trie, *(part.trie for part in self._parts)])

    def name(self, row: int) -> str:
        part, inner = self._part(row)
        return super().name(row) if part is None else part.name(inner)

    def id(self, row: int) -> str:
        part, inner = self._part(row)
        return super().id(row) if part is None else part.id(inner)

    def outline_id(self, row: int) -> str | None:
        return super().outline_id(row) if row < self._starts[0] else None

    def source(self, row: int) -> str:
        return super().source(row) if row < self._starts[0] else "GeoNames"

    def _part(self, row: int) -> tuple[Part | None, int]:
        i = bisect_right(self._starts, row) - 1
        return (None, row) if i < 0 else (self._parts[i], row - self._starts[i])

    def _rows_and_weights(self, key: str) -> tuple[NDArray[np.int32], NDArray[np.float16]]:
        rows, weights = super().rows_of_key(key), super().weights_of_key(key)
        for start, part in zip(self._starts, self._parts, strict=False):
            own_rows, own_weights = part.rows_and_weights(key)
            if len(own_rows):
                rows = np.append(rows, own_rows + np.int32(start))
                weights = np.append(weights, own_weights)
        if len(rows) == 0 or rows[-1] < self._starts[0]:
            return rows, weights
        order = np.argsort(-weights, kind="stable")
        return rows[order], weights[order]

    def _country(self, part: Part) -> NDArray[np.uint16]:
        numbers, codes = part.countries()
        own = [self.countries.index(code) if code in self.countries else 0 for code in codes]
        return np.array(own, np.uint16)[numbers]

    def _admin1(self, part: Part) -> NDArray[np.uint16]:
        """Return the part's provinces by the table's numbers, 0 for one that it does not know."""
        numbers, labels = part.divisions()
        known: dict[tuple[str, str], int] = {}
        for code in {country for country, _ in labels} & set(self.countries):
            shipped = self.country[: self._starts[0]] == self.countries.index(code)
            for i in np.unique(self.admin1[: self._starts[0]][shipped]).tolist():
                known[code, self.admin1_names[i]] = i
        return np.array([known.get(label, 0) for label in labels], np.uint16)[numbers]


class _Tries:
    """Several tries that answer as one."""

    def __init__(self, tries: Sequence[Any]) -> None:
        self._tries = tries

    def __contains__(self, key: str) -> bool:
        return any(key in trie for trie in self._tries)

    def prefixes(self, key: str) -> list[str]:
        """Return the keys that a text begins with, shortest first."""
        found = {one for trie in self._tries for one in trie.prefixes(key)}
        return sorted(found, key=len)

    def iterkeys(self, prefix: str = "") -> Iterator[str]:
        """Yield the keys that begin so, the prefix itself first; some more than once."""
        if prefix in self:
            yield prefix
        for trie in self._tries:
            yield from (key for key in trie.iterkeys(prefix) if key != prefix)

    def keys(self, prefix: str = "") -> list[str]:
        """Return the keys that begin so, each once."""
        return list(dict.fromkeys(self.iterkeys(prefix)))
