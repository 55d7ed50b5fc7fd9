"""What the scenario says of every claim: holds, holds in part, fails, or unclear, and why."""

from __future__ import annotations

from typing import Literal

import msgspec

from withinreach.reach import TargetReach, answer_stands, target_reach
from withinreach.reading.statements import Asserted
from withinreach.scenario import Claim, Origin, Range, Scenario, Target, is_located
from withinreach.verdict_words import why_unclear, why_verdict
from withinreach.wording import Answer, range_km

__all__ = ["AtRange", "Ruling", "Verdict", "judge"]

Ruling = Literal["holds", "holds_in_part", "fails", "unclear"]


class AtRange(msgspec.Struct, frozen=True, kw_only=True):
    """The answer at one radius: see `withinreach.reach.TargetReach`."""

    answer: Answer
    origin_share: float | None
    shortfall_km: float | None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on one claim, one origin and one target; distances in km.

    `origin` and `target` are labels, `origin_id` and `target_id` the entries of the scenario.
    `at_max` and `at_min` are the answers at the highest and the lowest range that the text allows,
    None where the text gives none.
    """

    claim: str
    text: str | None
    start: int | None
    end: int | None
    origin: str | None
    origin_id: str | None
    target: str
    target_id: str
    min_km: float | None
    max_km: float | None
    asserted: Asserted
    nearest_km: float | None = None
    farthest_km: float | None = None
    at_max: AtRange | None = None
    at_min: AtRange | None = None
    verdict: Ruling
    why: str
    reviewed_by: str | None = None


def judge(scenario: Scenario) -> tuple[Verdict, ...]:
    """Return a verdict for every claim, origin and target, in the scenario's order.

    A claim that leaves the origin open is tried from every origin. A claim is judged at the highest
    range that its text allows; a claim without a range at the ranges of its origin.
    """
    verdicts = []
    for claim in scenario.claims:
        origins = (
            scenario.origins if claim.origin is None else (scenario.origin(claim.origin),)
        ) or (None,)
        for origin in origins:
            for target_id in claim.targets:
                target = scenario.target(target_id)
                verdicts.append(_judge_one(scenario, claim, origin, target))
    return tuple(verdicts)


def _judge_one(scenario: Scenario, claim: Claim, origin: Origin | None, target: Target) -> Verdict:
    min_km, max_km = _limits(scenario, claim, origin)
    verdict = Verdict(
        claim=claim.id,
        text=claim.quote,
        start=claim.start,
        end=claim.end,
        origin=None if origin is None else origin.label,
        origin_id=None if origin is None else origin.id,
        target=target.label,
        target_id=target.id,
        min_km=min_km,
        max_km=max_km,
        asserted=claim.asserted,
        verdict="unclear",
        why=why_unclear(origin, target, min_km, max_km),
        reviewed_by=claim.reviewed_by or scenario.reviewed_by,
    )
    if origin is None or not (is_located(origin) and is_located(target)):
        return verdict
    stated_km = [km for km in (max_km, min_km) if km is not None]
    if not stated_km:
        return verdict
    found = {
        km: target_reach(origin, target, km, _hole_km(scenario, claim, origin, km))
        for km in stated_km
    }
    at_max = None if max_km is None else found[max_km]
    at_min = None if min_km is None else found[min_km]
    judged = found[stated_km[0]]
    ruling, flips = _rule(claim.asserted, origin, target, judged, open_ended=max_km is None)
    return msgspec.structs.replace(
        verdict,
        nearest_km=round(judged.nearest_km, 3),
        farthest_km=round(judged.farthest_km, 3),
        at_max=_at(at_max),
        at_min=_at(at_min),
        verdict=ruling,
        why=why_verdict(
            ruling,
            origin,
            target,
            judged,
            stated=_range_in_words(scenario, claim, origin, judged.radius_km, max_km is None),
            origin_open=claim.origin is None and len(scenario.origins) > 1,
            open_ended=max_km is None,
            flips=flips,
        ),
    )


def _limits(
    scenario: Scenario, claim: Claim, origin: Origin | None
) -> tuple[float | None, float | None]:
    """Return the lowest and the highest range that a claim allows, in km."""
    ranges = _ranges(scenario, claim, origin)
    if claim.range is not None:
        return ranges[0].min_km, ranges[0].max_km
    radii = sorted({km for r in ranges for km in r.radii_km})
    if not radii:
        return None, None
    highest = None if any(r.max_km is None for r in ranges) else radii[-1]
    lowest = radii[0] if len(radii) > 1 or highest is None else None
    return lowest, highest


def _ranges(scenario: Scenario, claim: Claim, origin: Origin | None) -> tuple[Range, ...]:
    if claim.range is not None:
        return (scenario.range(claim.range),)
    return scenario.ranges if origin is None else scenario.ranges_of(origin)


def _hole_km(scenario: Scenario, claim: Claim, origin: Origin, radius_km: float) -> float | None:
    if claim.range is not None:
        return scenario.range(claim.range).hole_km
    return scenario.hole_km(origin, radius_km)


def _range_in_words(
    scenario: Scenario, claim: Claim, origin: Origin, radius_km: float, open_ended: bool
) -> str:
    """Say whose figure a claim is judged at, such as "the longest stated range, 700 km"."""
    which = "lowest" if open_ended else "longest"
    at = [r for r in _ranges(scenario, claim, origin) if radius_km in r.radii_km]
    if any(r.taken_from != "published figures" for r in at) or not at:
        return f"the {which} stated range, {range_km(radius_km)}"
    own = at[0]
    return (
        f"the {which} range published for the {own.missile}, {range_km(radius_km)} ({own.said_by}; "
        "the text gives none)"
    )


def _rule(
    asserted: Asserted, origin: Origin, target: Target, at: TargetReach, *, open_ended: bool
) -> tuple[Ruling, bool]:
    """Return the ruling, and whether the uncertainty of an outline decides it.

    An origin in doubt that is reached in part, and an answer that another reading of the uncertain
    edges would change, are unclear. An open-ended range ("more than") proves reach, never its lack.
    """
    answer = at.answer
    if not answer_stands(origin, target, at):
        return "unclear", True
    if answer == "partly" and (origin.basis == "doubt" or open_ended):
        return "unclear", False
    if answer == "nowhere" and open_ended:
        return "unclear", False
    if asserted == "can_reach":
        by_answer: dict[Answer, Ruling] = {
            "everywhere": "holds",
            "partly": "holds_in_part",
            "nowhere": "fails",
        }
    else:
        by_answer = {"everywhere": "fails", "partly": "holds_in_part", "nowhere": "holds"}
    return by_answer[answer], False


def _at(reach: TargetReach | None) -> AtRange | None:
    if reach is None:
        return None
    return AtRange(
        answer=reach.answer,
        origin_share=None if reach.origin_share is None else round(reach.origin_share, 4),
        shortfall_km=None if reach.shortfall_km is None else round(reach.shortfall_km, 3),
    )
