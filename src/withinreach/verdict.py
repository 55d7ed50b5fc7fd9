"""What the scenario says of every claim: holds, holds in part, fails, or unclear, and why."""

from __future__ import annotations

from typing import Literal

import msgspec

from withinreach.reading.statements import Asserted
from withinreach.wording import Answer

__all__ = ["AtRange", "Verdict"]

Ruling = Literal["holds", "holds_in_part", "fails", "unclear"]


class AtRange(msgspec.Struct, frozen=True, kw_only=True):
    """The answer at one radius: see `withinreach.reach.TargetReach`."""

    answer: Answer
    origin_share: float | None
    shortfall_km: float | None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on one claim, one origin and one target; distances in km.

    `at_max` and `at_min` are the answers at the highest and the lowest range that the text allows,
    None where the text gives none.
    """

    claim: str
    text: str | None
    start: int | None
    end: int | None
    origin: str | None
    target: str | None
    min_km: float | None
    max_km: float | None
    asserted: Asserted
    nearest_km: float | None
    farthest_km: float | None
    at_max: AtRange | None
    at_min: AtRange | None
    verdict: Ruling
    why: str
