"""What is drawn and judged: origins, ranges, targets, claims; a file that a person can correct."""

from withinreach.scenario.areas import (
    area_of,
    bounds_of,
    centre_of,
    is_located,
    is_point,
    is_told_by_towns,
    margin_km,
)
from withinreach.scenario.build import scenario_from_reading
from withinreach.scenario.by_hand import scenario_from_places, with_places, with_ranges
from withinreach.scenario.model import (
    Basis,
    Claim,
    Located,
    NamedMissile,
    Origin,
    Range,
    Scenario,
    Source,
    Target,
)
from withinreach.scenario.published import differs

__all__ = [
    "Basis",
    "Claim",
    "Located",
    "NamedMissile",
    "Origin",
    "Range",
    "Scenario",
    "Source",
    "Target",
    "area_of",
    "bounds_of",
    "centre_of",
    "differs",
    "is_located",
    "is_point",
    "is_told_by_towns",
    "margin_km",
    "scenario_from_places",
    "scenario_from_reading",
    "with_places",
    "with_ranges",
]
