"""Derive words.csv: first names, and surnames and English words that are names of places, too.

    python data/derive_words.py FOLDER

FOLDER holds the unpacked packages names 0.3.0 (first and last names of the US census of 1990),
Faker 40.54.0 (first and last names of some fifty countries), spylls 0.1.7 (the English spelling
list en_US.dic, made from SCOWL) and symspellpy 6.10.1 (how often English words are used). Nothing
in them is run but Faker's lists. Run by hand when a source or the place table changes.

    f, g    first names: common in the census; rarer there or known to Faker
    s, t    surnames that are places: the census' 1,500 most common; the next ones or Faker's
    c, w    English words in small letters that are places: frequent; rarer
"""

import csv
import importlib
import pkgutil
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parent
sys.path.insert(0, str(DATA.parent / "src"))

from withinreach.atlas.names import fold  # noqa: E402
from withinreach.atlas.table import KINDS, PlaceTable  # noqa: E402

_FREQUENT = 5_000_000
_COMMON_PERCENT = 0.02
_COMMON_SURNAMES, _SURNAMES = 1_500, 30_000
_LARGE_PERSONS = 300_000
_METROPOLIS_PERSONS = 500_000
_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’]+")


def main() -> None:
    """Write words.csv."""
    folder, table = Path(sys.argv[1]), PlaceTable.open()
    counts = _counts(folder)
    english = set(_english(folder, counts))
    kinds: dict[str, set[str]] = defaultdict(set)
    names = set(_capitalised(folder))
    for word in english:
        # The counts do not tell "Shanghai" from "to shanghai": a large town is the likelier one.
        if word in names and _persons(fold(word), table) > _METROPOLIS_PERSONS:
            continue
        if len(word) > 1 and fold(word) in table.trie:
            kinds[fold(word)].add("c" if counts[word] >= _FREQUENT else "w")
    given, family = _faker(folder)
    percents = _first_names(folder)
    for name in {*percents, *given}:
        kind = _first_name(name, percents, counts, english, table)
        if kind:
            kinds[name].add(kind)
    lines = next(folder.rglob("dist.all.last")).read_text("ascii").splitlines()
    ranks = {line.split()[0].lower(): rank for rank, line in enumerate(lines[:_SURNAMES])}
    for name in {*ranks, *family}:
        if name not in table.trie:
            continue
        if ranks.get(name, _SURNAMES) < _COMMON_SURNAMES:
            kinds[name].add("s")
        elif name in ranks or (len(name) > 2 and not _is_country(name, table)):
            kinds[name].add("t")
    with (DATA / "words.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "kinds"))
        writer.writerows((word, "".join(sorted(kinds[word]))) for word in sorted(kinds))


def _counts(folder: Path) -> Counter[str]:
    path = next(folder.rglob("frequency_dictionary_en_82_765.txt"))
    pairs = (line.split() for line in path.read_text("utf-8-sig").splitlines())
    return Counter({word: int(count) for word, count in pairs})


def _english(folder: Path, counts: Counter[str]) -> Iterator[str]:
    """Yield the list's words in small letters with their usual endings and prefixes."""
    stems = set()
    for line in next(folder.rglob("en_US.dic")).read_text("utf-8").splitlines():
        word, _, flags = line.strip().partition("/")
        if not (word.islower() and word.isalpha()):
            continue
        stems.add(word)
        short = word.removesuffix("e")
        stems |= {f"{word}s"} if "S" in flags else set()
        stems |= {f"{short}ing"} if "G" in flags else set()
        stems |= {f"{short}ed"} if "D" in flags else set()
    yield from stems
    for word in counts:
        if any(
            word.startswith(prefix) and len(word) > len(prefix) + 3 and word[len(prefix) :] in stems
            for prefix in ("re", "un", "dis", "mis", "in")
        ):
            yield word


def _capitalised(folder: Path) -> Iterator[str]:
    """Yield the list's names in small letters."""
    for line in next(folder.rglob("en_US.dic")).read_text("utf-8").splitlines():
        word = line.strip().partition("/")[0]
        if word.istitle():
            yield word.lower()


def _first_names(folder: Path) -> Counter[str]:
    """Return how many of a hundred persons bear each first name."""
    percents: Counter[str] = Counter()
    for sex in ("male", "female"):
        for line in next(folder.rglob(f"dist.{sex}.first")).read_text("ascii").splitlines():
            name, percent, *_ = line.split()
            percents[name.lower()] += float(percent)  # type: ignore[assignment]
    return percents


def _first_name(
    name: str,
    percents: Counter[str],
    counts: Counter[str],
    english: set[str],
    table: PlaceTable,
) -> str:
    percent = percents[name]
    if len(name) < 2 or (_is_country(name, table) and percent < 0.01):
        return ""
    if percent >= _COMMON_PERCENT:
        return "f"
    if name in english and counts[name] > _FREQUENT and percent < 0.01:
        return ""
    # Faker lists towns, too: "London", "Berlin".
    if name not in percents and _persons(name, table) > _LARGE_PERSONS:
        return ""
    return "g" if len(name) > 2 else ""


def _faker(folder: Path) -> tuple[set[str], set[str]]:
    """Return Faker's first and last names in Latin letters."""
    sys.path.insert(0, str(next(folder.rglob("faker/__init__.py")).parent.parent))
    found: tuple[set[str], set[str]] = (set(), set())
    package = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for name in dir(provider):
            kind = re.match(r"(?:(first)|last)_(?:names|romanized)", name)
            values = getattr(provider, name)
            if kind and isinstance(values, list | tuple | set | dict):
                words = {str(value) for value in values}
                found[0 if kind[1] else 1].update(fold(w) for w in words if _LATIN.fullmatch(w))
    return found


def _persons(name: str, table: PlaceTable) -> int:
    return max((int(table.persons[row]) for row in table.rows_of_key(name)[:3]), default=0)


def _is_country(name: str, table: PlaceTable) -> bool:
    rows = table.rows_of_key(name)
    return len(rows) > 0 and KINDS[int(table.kind[rows[0]])] == "country"


if __name__ == "__main__":
    main()
