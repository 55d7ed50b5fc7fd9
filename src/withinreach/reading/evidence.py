"""How much each sign in a text speaks for a reading of it: log-odds fitted to development articles.

`data/claim_evidence.csv` holds the log-odds, and `benchmarks/fit_claims.py` fits them.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

__all__ = ["Evidence", "evidence", "likeliest", "weight_of"]

_Reading = TypeVar("_Reading", bound=Hashable)
_TABLE = Path(__file__).parent.parent / "atlas" / "tables" / "claim_evidence.txt"


class Evidence(NamedTuple):
    """Log-odds of signs for each reading.

    That a name which the atlas lacks is a place, that a length is a range, that a place is one that
    weapons can or cannot reach, that it is the origin of a claim, that a range is the one which a
    claim rests on.
    """

    unknown_place: Mapping[str, float]
    is_range: Mapping[str, float]
    can_reach: Mapping[str, float]
    cannot_reach: Mapping[str, float]
    site: Mapping[str, float]
    origin: Mapping[str, float]
    claim_range: Mapping[str, float]


@cache
def evidence() -> Evidence:
    """Return the log-odds of all signs; read when first asked for."""
    found: dict[str, dict[str, float]] = {reading: {} for reading in Evidence._fields}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        reading, sign, log_odds = line.split("\t")
        found[reading][sign] = float(log_odds)
    return Evidence(**found)


def weight_of(signs: Iterable[str], log_odds: Mapping[str, float]) -> float:
    """Return the sum of the log-odds of signs; a sign that is not in the table says nothing."""
    # Exactly rounded: two weights that are equal stay so in whatever order the signs come.
    return math.fsum([log_odds.get(sign, 0.0) for sign in signs])


def likeliest(weighed: Iterable[tuple[_Reading, float]]) -> _Reading:
    """Return the reading whose exponentials add up to most; one may be weighed several times."""
    total: dict[_Reading, float] = {}
    readings = list(weighed)
    most = max(weight for _, weight in readings)
    for reading, weight in readings:
        total[reading] = total.get(reading, 0.0) + math.exp(weight - most)
    return max(total, key=total.__getitem__)
