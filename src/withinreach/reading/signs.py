"""What speaks for or against a name being a place: its kind, the words before and after it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from withinreach.atlas.names import TYPE_WORDS, fold
from withinreach.reading.candidates import Name
from withinreach.reading.words import AFTER, BEFORE, FIRST_WORDS, KINDS_OF_PLACES

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable

__all__ = ["Known", "known", "left_of", "right_of", "signs"]

_AFTER, _AFTER_CAPITAL = AFTER
_OPENING = frozenset("“\"‘'([«*•·|>")
_STOPS = frozenset(".!?:\n;")
_HYPHENS = frozenset("-‐–—")
# A first name that only a smaller town bears is a first name.
_TOWN_PERSONS = 100_000


class Known(NamedTuple):
    """What the table says of a key: its rows, likeliest first, and signs that need no context.

    `pairs` are the country and the state of each row.
    """

    rows: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    size: str
    sort: str
    signs: tuple[str, ...]


@lru_cache(maxsize=20_000)
def known(key: str, abbreviated: bool, table: PlaceTable) -> Known:
    """Return what the table says of a name, whatever stands around it. Cached."""
    rows = table.abbreviations[key] if abbreviated else tuple(table.rows_of_key(key)[:60].tolist())
    top = rows[0]
    places = list(rows)
    pairs = tuple(zip(table.country[places].tolist(), table.admin1[places].tolist(), strict=True))
    size, coarse = _size(table, top)
    words = key.count(" ") + 1
    kinds = table.words.get(key, "")
    found = [f"size={size}", f"words={min(words, 3)}"]
    found += [f"also={kind}" for kind in kinds]
    if abbreviated:
        written = key
        sort = "abbr" if coarse == "country" else "pointed" if "." in written else "bare"
        found.append(f"sort={sort}")
        return Known(rows, pairs, coarse, sort, tuple(found))
    weights = table.weights_of_key(key)
    if float(table.weight[top]) - float(weights[0]) > 1:
        found.append("alternate")
    if words > 1 and not TYPE_WORDS.isdisjoint(key.split(" ")):
        found.append("typed")
    if words == 1 and len(key) <= 3:
        found.append("short=3" if len(key) == 3 else "short=2")
    if len(rows) > 15:
        found.append("many")
    if key in table.demonyms:
        found.append("demonym")
    if words > 1:
        sort = "long"
    elif "c" in kinds or "w" in kinds:
        sort = "both" if "f" in kinds or "s" in kinds else "word"
    elif "f" in kinds or "s" in kinds:
        sort = "person"
    elif kinds:
        sort = "rare"
    else:
        sort = "plain"
    if coarse in ("town", "small"):
        found.append(f"{sort}&{coarse}")
    return Known(rows, pairs, coarse, sort, tuple(found))


def _size(table: PlaceTable, row: int) -> tuple[str, str]:
    kind = int(table.kind[row])
    persons = int(table.persons[row])
    if kind == 3:
        return "country", "country"
    if kind == 2:
        if table.id(row).startswith("county:"):
            return "county", "county"
        return ("state" if persons > 0 else "region"), "region"
    if kind == 4:
        return "water", "region"
    if kind == 5:
        return "other", "region"
    if kind == 1:
        return "quarter", "small"
    for least, size in ((1_000_000, "6"), (100_000, "5"), (20_000, "4.3"), (5_000, "3.7")):
        if persons >= least:
            return size, "town" if persons >= 100_000 else "small"
    return ("3" if persons >= 1_000 else "2"), "small"


def left_of(tokens: list[str], at: int, table: PlaceTable) -> str:
    """Return the class of what stands before a token."""
    at -= 1
    if at < 0:
        return "start"
    before = tokens[at]
    if before[0] in " \t\xa0":
        at -= 1
        if at < 0:
            return "start"
        before = tokens[at]
    elif before in _HYPHENS:
        return "hyphen"
    elif before not in _OPENING and before not in _STOPS and before != ",":
        return "joined"
    if before == "\n":
        at -= 1
        if at < 0 or tokens[at] in ("\n", ".", "!", "?") or not tokens[at][0].isalnum():
            return "start"
        before = tokens[at]
        lower = before.lower()
        if lower in BEFORE and not before[0].isupper():
            return BEFORE[lower]
        return "start"
    if before == ".":
        word = tokens[at - 1] if at else ""
        if len(word) == 1 and word.isupper():
            return "initial"
        if word.lower() in BEFORE and len(word) <= 5 and BEFORE[word.lower()] in ("title", "month"):
            return BEFORE[word.lower()]
        return "start"
    if before in ("'s", "’s"):
        return "'s"
    if before == ",":
        return _before_comma(tokens, at, table)
    if before in _STOPS:
        return "start"
    if before == "(":
        return "("
    if before in _OPENING or before == "”":
        return "quote"
    if not before[0].isalnum():
        return "dash" if before in _HYPHENS else "sign"
    lower = before.lower()
    group = BEFORE.get(lower)
    if group in ("of", "named") and at >= 2 and tokens[at - 2].lower() in KINDS_OF_PLACES:
        return "kind of"
    if group == "be" and at >= 2 and tokens[at - 2].lower() == "name":
        return "named"
    if group is not None:
        return group
    if before[0].isdigit():
        return "number"
    if not before[0].isupper():
        return "word"
    if len(before) == 1:
        return "initial"
    key = fold(before)
    kinds = table.words.get(key, "")
    if _after_a_person(tokens, at, table):
        return "full name"
    if "f" in kinds:
        return "first"
    if "g" in kinds:
        return "first or Name" if _largest_persons(key, table) > _TOWN_PERSONS else "first?"
    if key in table.demonyms:
        return "demonym"
    if key in table.trie:
        return "Name"
    if at > 1 and left_of(tokens, at, table) != "start":
        return "Word"
    # "Even Shanghai": a word of every day that only the sentence's start makes large.
    return "word" if lower in FIRST_WORDS or lower.endswith("ly") else "Start"


@lru_cache(maxsize=20_000)
def _largest_persons(key: str, table: PlaceTable) -> int:
    return max((int(table.persons[row]) for row in table.rows_of_key(key)[:1]), default=0)


def _after_a_person(tokens: list[str], at: int, table: PlaceTable) -> bool:
    """Return whether a capital word stands after a title, an initial or a first name."""
    if at < 2 or tokens[at - 1][0] not in " \t\xa0":
        return False
    word = tokens[at - 2]
    if word == "." and at > 2:
        word = tokens[at - 3]
        return len(word) == 1 or BEFORE.get(word.lower()) == "title"
    return word[0].isupper() and (
        BEFORE.get(word.lower()) == "title" or "f" in table.words.get(fold(word), "")
    )


def _before_comma(tokens: list[str], at: int, table: PlaceTable) -> str:
    word = tokens[at - 1] if at else ""
    if word[:1].isupper():
        key = fold(word)
        return ", Name" if key in table.trie else ", Word"
    return ", 1" if word[:1].isdigit() else ","


def right_of(tokens: list[str], at: int, table: PlaceTable) -> str:
    """Return the class of what stands after a name that ends before token `at`."""
    end = len(tokens)
    if at >= end:
        return "end"
    after = tokens[at]
    if after in ("'s", "’s"):
        return "'s"
    if after[0] in " \t\xa0" and at + 1 < end:
        word = tokens[at + 1]
        if not word[0].isalnum():
            return f" {word}" if word in "(-–—" else "sign"
        if word[0].isdigit():
            return "number"
        lower = word.lower()
        if word[0].islower():
            return _AFTER.get(lower, "word")
        group = _AFTER_CAPITAL.get(lower)
        if group is not None:
            return group.upper()
        if len(word) == 1:
            return "Initial"
        group = _AFTER.get(lower)
        if group is not None:
            return group
        key = fold(word)
        kinds = table.words.get(key, "")
        if "s" in kinds:
            return "Surname"
        if key in table.trie:
            return "Surname?" if "t" in kinds else "Name"
        if key in table.demonyms:
            return "Demonym"
        return "Word"
    if after == ",":
        return _after_comma(tokens, at, table)
    if after in _HYPHENS:
        word = tokens[at + 1] if at + 1 < end else ""
        if word in ("based", "born", "area", "bound", "style", "controlled", "held"):
            return "-based"
        return "-Word" if word[:1].isupper() else "-word" if word[:1].isalpha() else "dash"
    if after in (".", "\n", "!", "?", ";", ":"):
        return "line" if after == "\n" else "." if after != ":" else ":"
    return after if after in ")”\"’'/" else "joined"


def _after_comma(tokens: list[str], at: int, table: PlaceTable) -> str:
    at += 2
    if at >= len(tokens):
        return ","
    word = tokens[at]
    if word[0].isdigit():
        return ", 1"
    if not word[0].isupper():
        return ", who" if word in ("who", "whose", "whom") else ","
    key = fold(word)
    return ", Name" if key in table.trie or f"{word}." in table.abbreviations else ", Word"


def signs(tokens: list[str], name: Name, about: Known, left: str, right: str) -> list[str]:
    """Return the signs for and against a name being a place, as names of weights."""
    found = [
        *about.signs,
        f"<{left}",
        f">{right}",
        f"<{left}&{about.size}",
        f">{right}&{about.size}",
        f"<{left}&{about.sort}",
        f">{right}&{about.sort}",
    ]
    token = tokens[name.first]
    if len(token) > 3 and token.isupper():
        found.append("capitals")
    return found
