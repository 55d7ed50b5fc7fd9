"""The spellings of a place's names that follow from a language's rules, and what each weighs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from withinreach.atlas.names import fold, sound, without_article

__all__ = [
    "ALTERNATE",
    "TRANSLITERATED",
    "Names",
    "alike",
    "alternate_names",
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
# Persian joins two words of a name by -e or -ye, which newspapers leave out: Bandar-e Abbas.
_PERSIAN = frozenset({"IR", "AF", "TJ"})
_EZAFE = re.compile(r"(?<=\w\w) y?[ei] (?=\w\w)")
_KOREAN = frozenset({"KP", "KR"})
_KOREAN_ENDS = (
    *(" si", " gun", " kun", " up", " eup", " ri", " dong", " ku", " gu", " do", " myon"),
    " rodongjagu",
)
# McCune-Reischauer writes the first consonant as it sounds, the Revised system as it is spelled.
_KOREAN_STARTS = {"k": "g", "t": "d", "p": "b", "ch": "j", "g": "k", "d": "t", "b": "p", "j": "ch"}

# A name that is only another name counts as if a thirtieth of the people lived there.
ALTERNATE = 5.0
# Airport and country codes among the alternate names, and web addresses: no text means them so.
_CODE = re.compile(r"[A-Z0-9]{2,4}|.*(?:://|www\.).*|\d+")

Names = tuple[tuple[str, float], ...]


def weight_of(persons: int) -> float:
    """Return people on a log scale; a town whose people GeoNames does not know counts as 1,000."""
    return math.log2(persons if persons > 0 else 1000)


def alternate_names(main: str, others: Iterable[str], country: str) -> Names:
    """Return GeoNames' other names of a place, each with how much less than the main one it weighs.

    That is not at all for a spelling of it, or for its name in another script.
    """
    names = (name for name in others if len(name) > 1 and not _CODE.fullmatch(name))
    return tuple(
        (name, 0.0 if not fold(name).isascii() or alike(name, main, country) else ALTERNATE)
        for name in names
    )


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
    if country in _PERSIAN:
        folded = [(fold(name), less) for name, less in names]
        names += tuple((_EZAFE.sub(" ", key), less) for key, less in folded if _EZAFE.search(key))
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
