"""Names of the place table at the capital letters of a text, longest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from withinreach.atlas.names import fold
from withinreach.reading.tokens import Piece
from withinreach.reading.words import DAYS, FEATURES, GENERIC

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable

__all__ = ["Name", "name_at", "names_of"]

_LONGEST_WORDS = 6
_ARTICLES = frozenset("al el as ash ad az an ar at ul ed".split())
_HYPHENS = frozenset("-‐–")
# A full stop inside a name shortens a word: "St. Louis", "Mt. Vernon".
_SHORTENED = 3


class Name(NamedTuple):
    """A name that the table knows: its tokens, `first` to before `last`, and its key."""

    first: int
    last: int
    key: str
    abbreviated: bool = False


def names_of(piece: Piece, table: PlaceTable, told: Counter[str]) -> Iterator[Name]:
    """Yield the longest name at every capital letter that no earlier name covers.

    `told` counts the countries (ISO codes) that words such as "Iraqi" speak of.
    """
    demonyms = table.demonyms
    tokens, covered = piece.tokens, 0
    # No capital of any script comes before "A": most tokens are done with one comparison.
    for i in [i for i, one in enumerate(tokens) if one >= "A" and one[0].isupper()]:
        if i < covered:
            continue
        codes = demonyms.get(fold(tokens[i]))
        if codes and len(codes) == 1:
            told[codes[0]] += 1
        found = name_at(tokens, i, table)
        if i > covered + 1 and tokens[i - 1] in _HYPHENS and tokens[i - 2].lower() in _ARTICLES:
            whole = name_at(tokens, i - 2, table)
            # "al-Sulayyil" is no Ål, though the table has only that.
            found = whole if whole is not None and whole.last > i else found
        if found is not None:
            covered = found.last
            yield found


def name_at(tokens: list[str], first: int, table: PlaceTable) -> Name | None:
    """Return the longest name of the table that starts with a token, or None."""
    best, last = "", 0
    key, at, words = fold(tokens[first]), first, 1
    end = len(tokens)
    while True:
        is_name, goes_on = _in_table(key, table)
        word = tokens[at]
        counts = not word.islower() or word in FEATURES or tokens[at - 1] in _HYPHENS
        if is_name and (at == first or counts):
            best, last = key, at + 1
        at += 1
        if not goes_on or words == _LONGEST_WORDS or at >= end:
            break
        gap = tokens[at]
        if gap in ("'s", "’s"):
            key += "s"
            continue
        if gap == "." and len(tokens[at - 1]) <= _SHORTENED and at + 1 < end:
            at += 1
            gap = tokens[at]
        if not (gap[0] in " \t\xa0" or gap == "\n" or gap in _HYPHENS) or at + 1 >= end:
            break
        at += 1
        if not tokens[at][0].isalnum():
            break
        key = f"{key} {fold(tokens[at])}"
        words += 1
    short = _abbreviation(tokens, first, table)
    if short is not None and short.last >= last:
        return short
    if len(best) < 2 or (
        best in GENERIC and (best in DAYS or not _container_follows(tokens, last, table))
    ):
        return None
    return Name(first, last, best)


def _container_follows(tokens: list[str], at: int, table: PlaceTable) -> bool:
    """Return whether a comma and a country or state follow, by its full name or not."""
    if tokens[at : at + 2] != [",", " "]:
        return False
    outer = name_at(tokens, at + 2, table)
    if outer is None:
        return False
    return outer.abbreviated or int(table.kind[table.rows_of_key(outer.key)[0]]) in (2, 3)


@lru_cache(maxsize=50_000)
def _in_table(key: str, table: PlaceTable) -> tuple[bool, bool]:
    """Return whether a key is a name of the table, and whether longer ones begin with it."""
    beginning = table.trie.iterkeys(key)
    found = next(beginning, None)
    if not key or found is None:
        return False, False
    is_name = found == key
    return is_name, not is_name or next(beginning, None) is not None


def _abbreviation(tokens: list[str], first: int, table: PlaceTable) -> Name | None:
    """Return an abbreviation that starts with a token: "Calif.", "U.S.", "W. Va.", "UAE"."""
    token = tokens[first]
    if len(token) > 6:
        return None
    known, end = table.abbreviations, len(tokens)
    pointed = first + 1 < end and tokens[first + 1] == "."
    if pointed and len(token) == 1:
        # "W.Va." and "S. Dak." are two words.
        at = first + 2
        if at < end and tokens[at] == " ":
            at += 1
        if at + 1 < end and tokens[at + 1] == ".":
            for written in (f"{token}.{tokens[at]}.", f"{token}. {tokens[at]}."):
                if written in known:
                    return Name(first, at + 2, written, True)
        return None
    if pointed and f"{token}." in known:
        written = f"{token}."
        return Name(first, first + 1, written, True)
    if token in known and (token.isupper() or "." in token):
        return Name(first, first + 1, token, True)
    return None
