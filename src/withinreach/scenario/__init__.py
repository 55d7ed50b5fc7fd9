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
from withinreach.scenario.file_read import load_scenario, read_scenario, scenario_text
from withinreach.scenario.file_write import dump_scenario, extend_scenario_text
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
    "dump_scenario",
    "extend_scenario_text",
    "is_located",
    "is_point",
    "is_told_by_towns",
    "load_scenario",
    "margin_km",
    "read_scenario",
    "scenario_from_places",
    "scenario_from_reading",
    "scenario_text",
    "with_places",
    "with_ranges",
]
