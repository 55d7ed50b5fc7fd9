"""The sentences that go with a verdict: what a reader understands and a newspaper could print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from withinreach.scenario import (
    Origin,
    Target,
    is_located,
    is_point,
    is_told_by_towns,
    margin_km,
)
from withinreach.wording import about_km, answer_in_words, interval_km, share_in_words

if TYPE_CHECKING:
    from withinreach.reach import TargetReach

__all__ = ["ONE_FIGURE_KM", "part_in_range", "why_unclear", "why_verdict"]


def why_unclear(
    origin: Origin | None, target: Target, min_km: float | None, max_km: float | None
) -> str:
    """Return what is missing when nothing can be computed."""
    if origin is None:
        return "The text names no origin that could be tried. Add one to the scenario."
    for entry in (origin, target):
        if not is_located(entry):
            note = f" ({entry.note})" if entry.note else ""
            return (
                f"{entry.label} could not be placed{note}. Give its lon and lat in the scenario "
                "file to have the claim judged."
            )
    if min_km is None and max_km is None:
        return "The text states no range for this claim. Give one with --range or in the scenario."
    return ""


def why_verdict(
    ruling: str,
    origin: Origin,
    target: Target,
    at: TargetReach,
    *,
    stated: str,
    origin_open: bool,
    open_ended: bool,
    flips: bool,
) -> str:
    """Return the reason for a verdict in about two sentences; `stated` names the range judged."""
    answer = answer_in_words(at.answer, origin.label)
    if at.answer == "partly" and origin.basis == "doubt":
        answer = f"in range from some places in or near {origin.label} and not from others"
    first = f"At {stated}, {target.label} is {answer}"
    if at.answer == "partly" and at.origin_share is not None and origin.basis == "extent":
        part = part_in_range(origin, target, at.radius_km)
        first += f" ({share_in_words(at.origin_share)} of its area{part and f', {part}'})"
    sentences = [f"{first}."]
    sentences.append(_distance_sentence(origin, target, at))
    if at.hole_km is not None and at.nearest_km < at.hole_km:
        sentences.append(f"Nothing nearer than {about_km(at.hole_km)} can be hit, the text says.")
    if flips:
        sentences.append(_flips_sentence(origin, target))
    elif ruling == "unclear" and at.answer == "partly":
        if open_ended:
            sentences.append("The text gives no upper limit, so more may be in range.")
        else:
            sentences.append(
                f"The text means one spot in {origin.label} and does not say where, so this stays "
                "open."
            )
    elif ruling == "unclear":
        sentences.append("The text gives no upper limit, so it cannot be ruled out.")
    elif is_told_by_towns(origin):
        sentences.append(
            f"The atlas knows {origin.label} by its towns alone, so these distances may be some "
            f"{origin.uncertainty_km:,.0f} km off; the answer is the same wherever its border runs."
        )
    sentences += _described_sentence(origin, target, at)
    if origin_open:
        sentences.append(f"The text does not say from where; {origin.label} is one of its origins.")
    return " ".join(sentences)


def _flips_sentence(origin: Origin, target: Target) -> str:
    by_towns = [entry.label for entry in (origin, target) if is_told_by_towns(entry)]
    if not by_towns:
        margin = margin_km(origin) + margin_km(target)
        return f"The outline is only good to {margin:,.0f} km, and that decides the answer."
    return (
        f"The atlas has no outline of {' or '.join(by_towns)} and knows it by its towns alone, and "
        "where its border runs decides the answer. An outline file settles it: get one with "
        "`withinreach atlas fetch natural-earth` or `withinreach atlas add FILE`, then read the "
        "article again."
    )


def _distance_sentence(origin: Origin, target: Target, at: TargetReach) -> str:
    spread_km = at.farthest_km - at.nearest_km
    close = at.shortfall_km is not None and at.shortfall_km < _CLOSE_KM
    if is_point(origin) and spread_km <= max(ONE_FIGURE_KM, 0.1 * at.nearest_km):
        middle_km = (at.nearest_km + at.farthest_km) / 2
        sentence = (
            f"It is {interval_km(middle_km, middle_km) if close else about_km(middle_km)} away"
        )
        if not is_point(target):
            sentence += ", measured to its nearest point"
        if close:
            sentence += ", just too far"
        elif at.shortfall_km is not None:
            sentence += f", {about_km(at.shortfall_km)} too far"
        return f"{sentence}."
    if close:
        nearest = interval_km(at.nearest_km, at.nearest_km)
        return f"The nearest point of {origin.label} is {nearest} away, just too far."
    if at.shortfall_km is not None:
        return (
            f"The nearest point of {origin.label} is {about_km(at.nearest_km)} away, so the range "
            f"falls short by {about_km(at.shortfall_km)}."
        )
    nearest = "is inside it" if at.nearest_km == 0 else f"is {about_km(at.nearest_km)} away"
    sentence = (
        f"The nearest point of {origin.label} {nearest}, the farthest {about_km(at.farthest_km)}"
    )
    if not is_point(target):
        sentence += f", measured to the nearest point of {target.label}"
    return f"{sentence}."


def _described_sentence(origin: Origin, target: Target, at: TargetReach) -> list[str]:
    """Say what the narrower reading of "Iraq's western X province" would give."""
    if origin.described is None or origin.part is not None or origin.outline is None:
        return []
    import msgspec

    from withinreach.reach import target_reach

    narrower = msgspec.structs.replace(
        origin, part=origin.described, described=None, label=f"{origin.described} {origin.label}"
    )
    other = target_reach(narrower, target, at.radius_km, at.hole_km)
    if other.answer == at.answer and other.answer != "partly":
        return []
    share = (
        f" ({share_in_words(other.origin_share)} of its area)"
        if other.answer == "partly" and other.origin_share is not None
        else ""
    )
    answer = answer_in_words(other.answer, narrower.label)
    part = f"the {origin.described} part of {origin.label} alone"
    return [f"Read as {part}, it would be {answer}{share}."]


# A town's distances differ by the width of the town; more is told as an interval.
ONE_FIGURE_KM = 11.0
# Rounded to 10 km, what is so near to the limit would seem to be on the other side.
_CLOSE_KM = 10.0
_WINDS = (
    "northern",
    "north-eastern",
    "eastern",
    "south-eastern",
    "southern",
    "south-western",
    "western",
    "north-western",
)


def part_in_range(origin: Origin, target: Target, radius_km: float) -> str:
    """Return which part of the origin has the target in range, such as "the western part".

    It is the direction from the middle of the whole outline to the middle of the covered part; an
    empty text when they all but coincide, and for targets that are areas themselves.
    """
    if target.lon is None or target.lat is None or is_point(origin):
        return ""
    from shapely import Geometry

    from withinreach.geodesy import azimuth_deg, distance_km, ring
    from withinreach.scenario import area_of

    area = area_of(origin)
    if not isinstance(area, Geometry):
        return ""
    covered = area.intersection(ring(target.lon, target.lat, radius_km, tolerance_m=1000))
    if covered.is_empty:
        return ""
    whole, part = area.centroid, covered.centroid
    if distance_km(whole.x, whole.y, part.x, part.y) < 2:
        return ""
    azimuth = float(azimuth_deg(whole.x, whole.y, part.x, part.y)) % 360
    return f"the {_WINDS[round(azimuth / 45) % 8]} part"
