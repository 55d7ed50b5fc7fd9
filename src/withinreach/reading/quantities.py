"""Lengths as newspapers write them: figures, numbers as words, km, miles and nautical miles."""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from withinreach.reading.phrases import pattern
from withinreach.reading.sentences import lowered

__all__ = ["Length", "bare_lengths", "lengths"]

Bound = Literal["exactly", "at_least", "at_most"]

# 1 international mile and 1 nautical mile, by definition.
_KM_OF = {"k": 1.0, "mile": 1.609344, "nautical": 1.852}
# "1,240 miles" is a rounded 2,000 km: two figures this near to each other tell one length twice.
_SAME_LENGTH = 0.12

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_DIGITS = rf"\d{{1,3}}(?:(?:[,.'’]|{_SPACE})\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?"
# fmt: off
_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
_WORD_VALUE = {word: i for i, word in enumerate(_ONES, start=1)}
_WORD_VALUE |= {word: 10 * i for i, word in enumerate(_TENS, start=2)}
_MULTIPLIERS = {"dozen": 12, "hundred": 100}
_ONE_WORD = "|".join([*_ONES[::-1], *_TENS, *_MULTIPLIERS, "thousand"])
_WORDS = (
    # "several hundred km" is no figure.
    r"(?<!several\s)(?<!few\s)(?<!many\s)"
    rf"(?:an?\s+(?=(?:dozen|hundred|thousand)))?"
    rf"(?:{_ONE_WORD})(?:[\s-]+(?:and\s+)?(?:{_ONE_WORD}))*+(?:\s+and\s+a\s+half)?"
)
_NUMBER = rf"(?:(?>{_DIGITS})(?:\s?thousand|k(?=\s))?|{_WORDS})"
_UNIT = (
    r"(?:(?P<{0}nautical>nautical[\s-]+miles?|nmi|n\.m\.|nm)|(?P<{0}mile>(?:statute\s+)?miles?|mi)"
    r"|(?P<{0}k>kilomet(?:re|er)s?|kms?))(?![\w²³/]|\.?/h|-?h\b)"
)
# Words that leave a figure as it is, open it upwards, or close it. General English.
_ABOUT = (
    r"about|some|around|roughly|approximately|approx\.?|nearly|almost|circa|ca\."
    r"|an?\s+estimated|~|≈"
)
_MORE = (
    r"(?:a\s+)?minimum\s+of|more\s+than|over|at\s+least|in\s+excess\s+of|exceed(?:s|ing|ed)?"
    r"|upwards\s+of|greater\s+than"
    r"|(?:no|not)\s+less\s+than|beyond|farther\s+than|further\s+than|longer\s+than|well\s+over"
    r"|well\s+beyond|above|>"
)
_LESS = (
    r"(?:(?:not|cannot|n[o'’]t|never)\s+)exceed(?:s|ing)?|(?:of\s+)?up\s+to|at\s+most"
    r"|less\s+than|under|below|(?:no|not)\s+(?:more|further|farther|longer|greater)\s+than"
    r"|as\s+much\s+as"
    r"|as\s+far\s+as|a\s+maximum\s+of|max(?:imum)?\.?|just\s+under|<"
)
_QUALIFIER = pattern(
    rf"(?:(?:(?<!\w)(?:{_ABOUT}))\s*|(?P<less>(?:(?<!\w)(?:{_LESS}))\s*)"
    rf"|(?P<more>(?:(?<!\w)(?:{_MORE}))\s*))+$",
    re.IGNORECASE,
)
_LENGTH = pattern(
    rf"""
    (?:(?P<between>\bbetween)\s+(?:(?:{_ABOUT})\s+)?)?
    (?<![\w$€£])(?<!\w[-.,'’])
    (?:
      (?P<low>(?!one\b){_NUMBER})[\s-]*(?:{_UNIT.format("low_")})?[\s-]*
      (?P<to>[-–—−‑]|(?:and\s+)?(?:up\s+|through\s+)?to\b|and\b|or\b)\s*
      (?:(?:{_ABOUT}|{_MORE}|{_LESS})\s+)*
    )?
    (?P<high>{_NUMBER})(?P<plus>\+|-?\s?plus)?[\s-]*{_UNIT.format("high_")}
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Only where a unit stands can a length end.
_ANY_UNIT = pattern(
    r"[\d\s+k‑-][kmn](?:ms?\b|iles?\b|ilomet(?:re|er)s?\b|i\b|autical\b|mi\b|\.m\.)"
)
_LONGEST = 110
# "300 km against ships and 450 against land": a figure whose unit was told before. Years, ages
# between commas and counted things are none.
_BARE = pattern(
    rf"(?<![\w$€£.,:/-])(?!(?:19|20)\d\d\b)(?P<figure>{_DIGITS})(?![\w%])"
    r"(?=\s*(?:[.;:?!)(”\"]|,(?!\s\d)|$)"
    r"|\s+(?:with|against|for|in|and|or|to|when|if|from|at|but|on|by|as|according|than|so)\b)"
)
_LEAST_BARE, _MOST_BARE = 5.0, 20_000.0
_LIST = pattern(rf"(?:(?:{_DIGITS})\s*,\s*)+$")
_AGAIN = pattern(r"(?:[\s-]+range)?\s*(?:[(\[/]|,?\s+or\s|[,;]\s|[–—-]\s)\s*", re.IGNORECASE)
_CLOSE = pattern(r"\s*[)\]]|,(?=\s+or\b)")
_OR_MORE = pattern(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:or|and)\s+(?:more|beyond|further|farther|greater)\b",
    re.IGNORECASE,
)


class Length(msgspec.Struct, frozen=True, kw_only=True):
    """One length of the text, in km, told once even when the text gives it in two units.

    `low_km` is None when one figure is given. `bound` is what the words around it say: "more than"
    is at_least, "up to" at_most; `unit_km` is what its first unit is in km.
    """

    start: int
    end: int
    low_km: float | None
    high_km: float
    bound: Bound = "exactly"
    unit_km: float = 1.0


def lengths(text: str) -> Iterator[Length]:
    """Yield the lengths of a text in order; areas, speeds and metres are none.

    >>> [(q.low_km, q.high_km) for q in lengths("between 150 and 300 km (93-186 miles)")]
    [(150.0, 300.0)]
    """
    position = 0
    for unit in _ANY_UNIT.finditer(lowered(text)):
        if unit.start() < position:
            continue
        start = max(position, unit.start() - _LONGEST)
        match = _LENGTH.search(text, start, unit.end() + 60)
        if match is not None:
            found, position = _read(text, match)
            yield from found


def bare_lengths(text: str, start: int, end: int, unit_km: float) -> Iterator[Length]:
    """Yield the figures without a unit between two offsets, as if in a unit of so many km.

    >>> [q.high_km for q in bare_lengths("300 km against ships and 450 against land", 7, 41, 1.0)]
    [450.0]
    """
    for match in _BARE.finditer(text, start, end):
        figure = _value(match["figure"])
        is_age = text.startswith(", ", match.start() - 2) and text.startswith(",", match.end())
        if _LEAST_BARE <= figure <= _MOST_BARE and not is_age:
            at = match.start()
            qualifier = _QUALIFIER.search(text, max(start, at - 40), at)
            bound: Bound = "exactly"
            if qualifier is not None:
                at = qualifier.start()
                bound = (
                    "at_most" if qualifier["less"] else "at_least" if qualifier["more"] else bound
                )
            yield Length(
                start=at,
                end=match.end(),
                low_km=None,
                high_km=figure * unit_km,
                bound=bound,
                unit_km=unit_km,
            )


def _read(text: str, match: re.Match[str]) -> tuple[list[Length], int]:
    unit = first_unit = _unit(match, "high_")
    low, high = match["low"], _value(match["high"]) * _KM_OF[unit]
    start, end = match.span()
    several: list[Length] = []
    low_km = None
    if low is not None:
        low_unit = _unit(match, "low_") or unit
        low_km = _value(low) * _KM_OF[low_unit]
        joined = match["to"].lower()
        both = joined == "and" and not match["between"]
        if both or low_km >= high:
            # "300 and 700 km" are two lengths; so are figures that do not rise.
            if both or low_km > 0:
                several = _listed(text, match, low_km, _KM_OF[low_unit])
            low_km, start = None, match.start("high")
    elif match["between"]:
        start = match.start("high")
    bound: Bound = "exactly"
    before = _QUALIFIER.search(text, max(0, start - 40), start)
    if before is not None:
        start = before.start()
        # "guided over up to 300 km": only one of them bounds the figure.
        bound = "at_most" if before["less"] else "at_least" if before["more"] else "exactly"
    if match["plus"]:
        bound = "at_least"
    # The same length in a second unit: the figure in km is the one that counts.
    while (again := _AGAIN.match(text, end)) is not None:
        other = _LENGTH.match(text, again.end()) or _qualified(text, again.end())
        if other is None or _unit(other, "high_") == unit:
            break
        other_unit = _unit(other, "high_")
        other_high = _value(other["high"]) * _KM_OF[other_unit]
        if abs(other_high - high) > _SAME_LENGTH * high:
            break
        if other_unit == "k":
            high = other_high
            if low_km is not None and other["low"] is not None:
                low_km = _value(other["low"])
        end = other.end()
        close = _CLOSE.match(text, end)
        end = end if close is None else close.end()
        unit = other_unit
    if _OR_MORE.match(text, end):
        bound = "at_least"
    unit_km = _KM_OF[first_unit]
    length = Length(start=start, end=end, low_km=low_km, high_km=high, bound=bound, unit_km=unit_km)
    return [*several, length], end


def _qualified(text: str, position: int) -> re.Match[str] | None:
    words = _LEADING.match(text, position)
    return None if words is None else _LENGTH.match(text, words.end())


_LEADING = pattern(rf"(?:(?:{_ABOUT}|{_MORE}|{_LESS})\s*)+", re.IGNORECASE)


def _listed(text: str, match: re.Match[str], low_km: float, factor: float) -> list[Length]:
    """Return the lengths before the last one of "120, 300 and 700 km"."""
    start = match.start("low")
    found = [Length(start=start, end=match.end("low"), low_km=None, high_km=low_km)]
    listed = _LIST.search(text, max(0, start - 60), start)
    if listed is not None:
        for item in re.finditer(_DIGITS, listed[0]):
            at = listed.start() + item.start()
            value_km = _value(item[0]) * factor
            found.append(Length(start=at, end=at + len(item[0]), low_km=None, high_km=value_km))
    return sorted(found, key=lambda length: length.start)


def _unit(match: re.Match[str], which: str) -> str:
    return next((unit for unit in _KM_OF if match[which + unit]), "")


def _value(number: str) -> float:
    number = number.lower().strip()
    if number[0].isdigit():
        factor = 1.0
        for suffix in ("thousand", "k"):
            if number.endswith(suffix):
                number, factor = number.removesuffix(suffix).strip(), 1000.0
        number = re.sub(rf"(?:[,.'’]|{_SPACE})(?=\d{{3}}(?:\D|$))", "", number)
        return float(number.replace(",", ".")) * factor
    number, half, _ = number.partition(" and a half")
    total = current = 0
    for word in re.findall("[a-z]+", number):
        if word in _MULTIPLIERS:
            current = max(current, 1) * _MULTIPLIERS[word]
        elif word == "thousand":
            total, current = total + max(current, 1) * 1000, 0
        else:
            current += _WORD_VALUE.get(word, 0)
    return total + current + (0.5 if half else 0.0)
