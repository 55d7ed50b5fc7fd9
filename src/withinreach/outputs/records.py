"""Plain records of what was read and judged: the JSON contracts that other programs build on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from withinreach.reach import Reach
    from withinreach.reading.statements import PlaceMention, Reading
    from withinreach.scenario import Claim, Scenario
    from withinreach.verdict import Verdict

__all__ = [
    "place_details",
    "place_record",
    "reach_records",
    "reading_record",
    "verdict_records",
]


def reading_record(document_id: Any, reading: Reading) -> dict[str, Any]:
    """Return one line of the JSON Lines contract for one article."""
    return {
        "id": document_id,
        "places": [place_record(mention) for mention in reading.places],
        "ranges": [
            {
                "start": r.start,
                "end": r.end,
                "text": r.text,
                "min_km": _rounded(r.min_km),
                "max_km": _rounded(r.max_km),
            }
            for r in reading.ranges
        ],
        "claims": [
            {
                "origin": None if c.origin is None else c.origin.text,
                "targets": [target.text for target in c.targets],
                "min_km": None if c.range is None else _rounded(c.range.min_km),
                "max_km": None if c.range is None else _rounded(c.range.max_km),
                "asserted": c.asserted,
                "start": c.start,
                "end": c.end,
            }
            for c in reading.claims
        ],
    }


def place_record(mention: PlaceMention) -> dict[str, Any]:
    """Return one place mention; lon, lat and country are None where it could not be fixed."""
    place = mention.place
    lon, lat = mention.point or ((None, None) if place is None else (place.lon, place.lat))
    anchor = None if mention.relation is None else mention.relation.anchors[0]
    holder = place or anchor
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "name": mention.name if place is None else place.name,
        "lat": _degrees(lat),
        "lon": _degrees(lon),
        "country": None if holder is None else holder.country,
        "kind": "other" if place is None else place.kind,
        "role": mention.role,
        "score": round(mention.score, 3),
    }


def _degrees(value: float | None) -> float | None:
    return None if value is None else round(value, 5)


def place_details(mention: PlaceMention) -> dict[str, Any]:
    """Return one place mention with its reasons and the candidates that were weighed."""
    return place_record(mention) | {
        "part": mention.part,
        "reasons": list(mention.reasons),
        "candidates": [
            {
                "name": c.place.name,
                "admin1": c.place.admin1,
                "country": c.place.country,
                "kind": c.place.kind,
                "lat": round(c.place.lat, 5),
                "lon": round(c.place.lon, 5),
                "score": round(c.score, 3),
                "reasons": list(c.reasons),
            }
            for c in mention.candidates
        ],
    }


def reach_records(reach: Reach) -> dict[str, Any]:
    """Return targets and listed places with the threshold that the list has."""
    return {
        "min_persons": reach.min_persons,
        "targets": [_without_noise(msgspec.to_builtins(t)) for t in reach.targets],
        "places": [_without_noise(msgspec.to_builtins(row)) for row in reach],
    }


def _without_noise(record: dict[str, Any]) -> dict[str, Any]:
    """Round figures to what is meant: 1 m, a tenth of a degree, a hundredth of a per cent."""
    digits = {"bearing_deg": 1, "origin_share": 4, "lon": 5, "lat": 5}
    return {
        key: round(value, digits.get(key, 3)) if isinstance(value, float) else value
        for key, value in record.items()
    }


def verdict_records(scenario: Scenario, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Return the `check` contract: a record per verdict, and the missiles that the text names."""
    claims = {claim.id: claim for claim in scenario.claims}
    return {
        "claims": [_verdict_record(verdict, claims[verdict.claim]) for verdict in verdicts],
        "missiles": [msgspec.to_builtins(missile) for missile in scenario.missiles],
    }


def _verdict_record(verdict: Verdict, claim: Claim) -> dict[str, Any]:

    def at(one: Any) -> dict[str, Any] | None:
        if one is None:
            return None
        return {
            "answer": one.answer,
            "origin_share": one.origin_share,
            "shortfall_km": one.shortfall_km,
        }

    return {
        "text": verdict.text,
        "start": verdict.start,
        "end": verdict.end,
        "origin": verdict.origin,
        "target": verdict.target,
        "min_km": _rounded(verdict.min_km),
        "max_km": _rounded(verdict.max_km),
        "asserted": verdict.asserted,
        "nearest_km": verdict.nearest_km,
        "farthest_km": verdict.farthest_km,
        "at_max": at(verdict.at_max),
        "at_min": at(verdict.at_min),
        "verdict": verdict.verdict,
        "why": verdict.why,
        "said_by": claim.said_by,
        "condition": claim.condition,
        "reviewed_by": verdict.reviewed_by,
    }


def _rounded(value_km: float | None) -> float | None:
    return None if value_km is None else round(value_km, 3)
