"""How distances, shares, numbers and answers are put in print: rounded to what is known."""

import math
from typing import Literal

__all__ = [
    "KM_PER_MILE",
    "KM_PER_NAUTICAL_MILE",
    "Answer",
    "about_km",
    "answer_in_words",
    "interval_km",
    "printable",
    "range_km",
    "share_in_words",
    "thousands",
]

# The international mile, exact by definition since 1959.
KM_PER_MILE = 1.609344
# The international nautical mile, exact by definition since 1929.
KM_PER_NAUTICAL_MILE = 1.852

Answer = Literal["everywhere", "partly", "nowhere"]


def _rounded(value: float) -> int:
    """Round to what a reader can use: 1 below 100, 10 above."""
    step = 1 if value < 100 else 10
    return int(step * round(value / step))


def thousands(value: float) -> str:
    """Print a whole number with thousands separators.

    >>> thousands(1276.6)
    '1,277'
    """
    return f"{round(value):,}"


def range_km(value_km: float, *, miles: bool = False) -> str:
    """Print a range: whole from 10 km on, with the decimals that it needs below.

    >>> range_km(1300), range_km(1.5), range_km(0.012)
    ('1,300 km', '1.5 km', '0.012 km')
    >>> range_km(700, miles=True), range_km(1.609344, miles=True)
    ('700 km (435 miles)', '1.61 km (1 mile)')
    """
    if value_km >= 10:
        printed, in_miles = f"{value_km:,.0f}", f"{round(value_km / KM_PER_MILE):,}"
    else:
        printed, in_miles = _small(value_km), _small(value_km / KM_PER_MILE)
    if not miles:
        return f"{printed} km"
    return f"{printed} km ({in_miles} {'mile' if in_miles == '1' else 'miles'})"


def _small(value: float) -> str:
    """Print a figure below 10 with two decimals at most, one below 0.1 with two digits."""
    decimals = 2 if value >= 0.1 or value <= 0 else 1 - math.floor(math.log10(value))
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".")


def _miles(count: int) -> str:
    return f"{count:,} mile" if count == 1 else f"{count:,} miles"


def about_km(value_km: float) -> str:
    """Print a distance rounded to what is known, miles beside it.

    >>> about_km(757.3)
    'about 760 km (470 miles)'
    """
    miles = _rounded(value_km / KM_PER_MILE)
    return f"about {_rounded(value_km):,} km ({_miles(miles)})"


def interval_km(nearest_km: float, farthest_km: float) -> str:
    """Print a distance interval, to 1 km.

    >>> interval_km(292.4, 796.8)
    '292 to 797 km (182 to 495 miles)'
    """
    low, high = round(nearest_km), round(farthest_km)
    low_miles, high_miles = round(nearest_km / KM_PER_MILE), round(farthest_km / KM_PER_MILE)
    if low == high:
        return f"{low:,} km ({_miles(low_miles)})"
    return f"{low:,} to {high:,} km ({low_miles:,} to {high_miles:,} miles)"


def share_in_words(share: float) -> str:
    """Print a share of an area in whole per cent, never rounding a part to all or nothing.

    >>> share_in_words(0.9204), share_in_words(0.001), share_in_words(0.9999)
    ('92 %', 'less than 1 %', 'more than 99 %')
    """
    percent = round(share * 100)
    if percent == 0 and share > 0:
        return "less than 1 %"
    if percent == 100 and share < 1:
        return "more than 99 %"
    return f"{percent} %"


def answer_in_words(answer: Answer, origin_label: str) -> str:
    """Print an answer.

    >>> answer_in_words("partly", "Sindh")
    'in range only from part of Sindh'
    """
    return {
        "everywhere": f"in range from all of {origin_label}",
        "partly": f"in range only from part of {origin_label}",
        "nowhere": f"out of range from all of {origin_label}",
    }[answer]


def printable(text: str) -> str:
    """Return a text for one line of a terminal: what is no character to show becomes a space."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
