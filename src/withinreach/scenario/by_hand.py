"""Places and ranges given by hand: on the command line, or to the Python functions."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from withinreach.errors import ScenarioError, WithinreachWarning
from withinreach.geodesy import MAX_RADIUS_KM
from withinreach.scenario.build import Ids, checked, location_of, widened
from withinreach.scenario.model import Claim, Origin, Range, Scenario, Source, Target

if TYPE_CHECKING:
    from withinreach.atlas.place import Place

__all__ = ["scenario_from_places", "with_places", "with_ranges"]


def scenario_from_places(
    origins: Sequence[Place], ranges_km: Sequence[float], targets: Sequence[Place] = ()
) -> Scenario:
    """Return the scenario of places and ranges (km) given by hand."""
    title = f"Ranges from {', '.join(place.name for place in origins)}"
    ranges = _ranges_from_figures(ranges_km) if ranges_km else []
    return with_places(Scenario(source=Source(title=title), ranges=tuple(ranges)), origins, targets)


def with_places(scenario: Scenario, origins: Sequence[Place], targets: Sequence[Place]) -> Scenario:
    """Return the scenario with origins and targets added by hand.

    An origin with an outline is meant as a whole; a town is one spot, known to its uncertainty.
    Each new origin is asked about every target, and each new target about every origin.
    """
    taken = [e.id for e in (*scenario.origins, *scenario.targets)]
    ids = Ids([*taken, *(claim.id for claim in scenario.claims)])
    from_places = []
    for place in origins:
        location = widened(location_of(place))
        whole = "outline" in location
        from_places.append(
            Origin(
                id=ids.new(place.name),
                label=place.name,
                site="assumed launch area" if whole else "named site",
                basis="extent" if whole else "doubt",
                **location,
            )
        )
    to_places = tuple(
        Target(id=ids.new(place.name), label=place.name, **location_of(place)) for place in targets
    )
    every_target = (*scenario.targets, *to_places)
    asked = [(origin, every_target) for origin in from_places]
    asked += [(origin, to_places) for origin in scenario.origins]
    claims = tuple(
        Claim(id=ids.new(f"asked-{i}"), origin=origin.id, targets=tuple(t.id for t in wanted))
        for i, (origin, wanted) in enumerate(asked, start=1)
        if wanted
    )
    return checked(
        msgspec.structs.replace(
            scenario,
            origins=(*scenario.origins, *from_places),
            targets=every_target,
            claims=(*scenario.claims, *claims),
        )
    )


def with_ranges(scenario: Scenario, ranges_km: Sequence[float]) -> Scenario:
    """Return the scenario with ranges (km) filled in; ranges that it states itself stay."""
    if not ranges_km:
        return scenario
    if scenario.ranges:
        warnings.warn(
            "the text states its own ranges; those given by hand are not used",
            WithinreachWarning,
            stacklevel=3,
        )
        return scenario
    return msgspec.structs.replace(scenario, ranges=tuple(_ranges_from_figures(ranges_km)))


def _ranges_from_figures(figures_km: Sequence[float]) -> list[Range]:
    """Return ranges for figures in km: the lowest and highest as one, each between as its own."""
    figures = sorted(set(figures_km))
    for figure in figures:
        if not 0 < figure <= MAX_RADIUS_KM:
            raise ScenarioError(
                f"a range of {figure:g} km: give more than 0 and at most {MAX_RADIUS_KM:,} km"
            )
    outer = Range(
        id="range",
        min_km=figures[0] if len(figures) > 1 else None,
        max_km=figures[-1],
        taken_from="hand",
    )
    between = [
        Range(id=f"range-{i}", max_km=figure, taken_from="hand")
        for i, figure in enumerate(figures[1:-1], start=2)
    ]
    return [outer, *between]
