"""One place on its way into the table, and the spellings that follow from a language's rules."""

import csv
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

DATA = Path(__file__).resolve().parent
if str(DATA.parent / "src") not in sys.path:
    sys.path.insert(0, str(DATA.parent / "src"))

from withinreach.atlas.names import fold, sound, without_article  # noqa: E402

__all__ = [
    "DATA",
    "TRANSLITERATED",
    "Names",
    "Row",
    "alike",
    "hand_table",
    "listed",
    "names_and_abbreviations",
    "plain",
    "weight_of",
    "with_variants",
]

# Languages of another script, whose names newspapers spell in many ways, French spellings included;
# and places of no country.
_OTHER_SCRIPTS = """
    AE AF AM AZ BD BG BH BT BY CN CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO JP KG KH KM KP KR KW KZ
    LA LB LK LY MA MD ME MK ML MM MN MR MV NE NP OM PK PS QA RS RU SA SD SO SS SY TD TH TJ TM TN TW
    UA UZ XK YE
"""
TRANSLITERATED = frozenset(["", *_OTHER_SCRIPTS.split()])
# Countries where the article al- comes and goes before a name.
_ARABIC_CODES = "IQ SY YE SA AE OM KW QA BH LB JO PS IL EG LY SD DZ TN MA MR EH SO DJ KM TD IR"
_ARABIC = frozenset(_ARABIC_CODES.split())
_KOREAN = frozenset({"KP", "KR"})
_KOREAN_ENDS = (
    *(" si", " gun", " kun", " up", " eup", " ri", " dong", " ku", " gu", " do", " myon"),
    " rodongjagu",
)
# McCune-Reischauer writes the first consonant as it sounds, the Revised system as it is spelled.
_KOREAN_STARTS = {"k": "g", "t": "d", "p": "b", "ch": "j", "g": "k", "d": "t", "b": "p", "j": "ch"}

Names = tuple[tuple[str, float], ...]


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


def weight_of(persons: int) -> float:
    """Return people on a log scale; a town whose people GeoNames does not know counts as 1,000."""
    return math.log2(persons if persons > 0 else 1000)


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


def alike(one: str, other: str, country: str) -> bool:
    """Return whether two names are spellings of one: "Al Fallūjah" and "Falluja".

    Where names are written in Latin letters, another spelling is another name: "Frankfort".
    """
    key, other_key = fold(one), fold(other)
    if key == other_key:
        return True
    return country in TRANSLITERATED and key.isascii() and sound(key) == sound(other_key)


def with_variants(country: str, names: Names) -> Names:
    """Add the spellings that follow from rules of the country's language."""
    if country in _ARABIC:
        folded = [(fold(name), less) for name, less in names]
        names += tuple(
            (rest, less)
            for key, less in folded
            if " " in key and without_article(key) == (rest := key.split(" ", 1)[1])
            if len(rest) > 3
        )
    if country in _KOREAN:
        names += tuple(pair for one in names for pair in _korean(*one))
    return names


def _korean(name: str, less: float) -> Iterator[tuple[str, float]]:
    """Yield a name without its ending, and with the first consonant of the other system."""
    key = fold(name)
    if not key.isascii():
        return
    ending = next((end for end in _KOREAN_ENDS if key.endswith(end)), "")
    stem = key.removesuffix(ending)
    short = stem.replace("eo", "o").replace("eu", "u")
    start = "ch" if short.startswith("ch") else short[:1]
    yield stem, less
    yield short, less
    if start in _KOREAN_STARTS:
        yield _KOREAN_STARTS[start] + short.removeprefix(start), less + 2
