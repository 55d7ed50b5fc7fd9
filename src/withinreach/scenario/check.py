"""What types cannot say: ids are unique, references lead somewhere, figures are in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from withinreach.geodesy import MAX_RADIUS_KM
from withinreach.geodesy.rings import LEAST_RADIUS_KM
from withinreach.scenario.model import Claim, Located, Range, Scenario

__all__ = ["ScenarioFault", "check"]

# The rings of so many take seconds, of ten times as many minutes.
MAX_CORNERS = 10_000


class ScenarioFault(Exception):  # noqa: N818 - a fault, located later, not yet an error
    """A fault at a path of keys and list indices, said in words."""

    def __init__(self, path: tuple[str | int, ...], said: str) -> None:
        super().__init__(said)
        self.path = path
        self.said = said


def check(scenario: Scenario) -> None:
    """Raise the first `ScenarioFault` of a scenario whose types are right already."""
    tables: tuple[tuple[str, Sequence[Located | Range | Claim]], ...] = (
        ("origin", scenario.origins),
        ("range", scenario.ranges),
        ("target", scenario.targets),
        ("claim", scenario.claims),
    )
    for table, entries in tables:
        seen: set[str] = set()
        for i, entry in enumerate(entries):
            if entry.id in seen:
                raise ScenarioFault(
                    (table, i, "id"), f'"{entry.id}" is the id of another {table} too'
                )
            seen.add(entry.id)
    places: tuple[tuple[str, Sequence[Located]], ...] = (
        ("origin", scenario.origins),
        ("target", scenario.targets),
    )
    for table, located in places:
        for i, entry in enumerate(located):
            _check_location(entry, (table, i))
    for i, one in enumerate(scenario.ranges):
        _check_range(one, ("range", i))
    _check_sum(scenario)
    range_ids = [r.id for r in scenario.ranges]
    for i, origin in enumerate(scenario.origins):
        for range_id in origin.ranges:
            _check_reference(range_id, range_ids, ("origin", i, "ranges"), "range")
    for i, named in enumerate(scenario.missiles):
        for range_id in named.stated:
            _check_reference(range_id, range_ids, ("missile", i, "stated"), "range")
    for i, claim in enumerate(scenario.claims):
        if claim.origin is not None:
            ids = [o.id for o in scenario.origins]
            _check_reference(claim.origin, ids, ("claim", i, "origin"), "origin")
        for target_id in claim.targets:
            ids = [t.id for t in scenario.targets]
            _check_reference(target_id, ids, ("claim", i, "targets"), "target")
        if claim.range is not None:
            _check_reference(claim.range, range_ids, ("claim", i, "range"), "range")


def _check_location(entry: Located, path: tuple[str, int]) -> None:
    if (entry.lon is None) != (entry.lat is None):
        missing = "lat" if entry.lat is None else "lon"
        raise ScenarioFault((*path, "lon" if missing == "lat" else "lat"), f"{missing} is missing")
    ways = [entry.lon is not None, entry.outline is not None, entry.polygon is not None]
    if sum(ways) > 1:
        raise ScenarioFault(path, "give lon and lat, or outline, or polygon, not several of them")
    if entry.part is not None and entry.outline is None:
        raise ScenarioFault((*path, "part"), "a part needs an outline")
    if 0 < entry.uncertainty_km < LEAST_RADIUS_KM:
        said = f"{_too_small(entry.uncertainty_km)}, or 0 for a point"
        raise ScenarioFault((*path, "uncertainty_km"), said)
    if entry.polygon is not None:
        _check_polygon(entry, (*path, "polygon"))
    if entry.outline is not None or entry.part is not None:
        from withinreach.errors import AtlasError
        from withinreach.scenario.areas import area_of

        try:
            area_of(entry)
        except (AtlasError, ValueError) as error:
            key = "part" if entry.part and entry.part in str(error) else "outline"
            raise ScenarioFault((*path, key), str(error)) from None


def _check_polygon(entry: Located, path: tuple[str | int, ...]) -> None:
    from withinreach.scenario.areas import area_of

    corners = len(entry.polygon or ())
    if corners > MAX_CORNERS:
        said = f"{corners:,} corners, and at most {MAX_CORNERS:,} can be worked with; simplify it"
        raise ScenarioFault(path, said)
    try:
        area_of(entry)
    except ValueError as error:
        raise ScenarioFault(path, str(error)) from None


def _check_sum(scenario: Scenario) -> None:
    """See that what some point of an origin reaches ends before the other side of the Earth."""
    longest = max((km for r in scenario.ranges for km in r.radii_km), default=0.0)
    for i, origin in enumerate(scenario.origins):
        if origin.lon is None or longest + origin.uncertainty_km <= MAX_RADIUS_KM:
            continue
        own = max(scenario.radii_km(origin), default=0.0)
        if own + origin.uncertainty_km > MAX_RADIUS_KM:
            raise ScenarioFault(
                ("origin", i, "uncertainty_km"),
                f"{origin.uncertainty_km:g} with a range of {own:g} km is above "
                f"{MAX_RADIUS_KM:g} km, the other side of the Earth",
            )


def _check_range(one: Range, path: tuple[str, int]) -> None:
    if one.min_km is None and one.max_km is None:
        raise ScenarioFault(path, "give max_km, or min_km, or both")
    for key, km in (("min_km", one.min_km), ("max_km", one.max_km), ("hole_km", one.hole_km)):
        if km is not None and km < LEAST_RADIUS_KM:
            raise ScenarioFault((*path, key), _too_small(km))
    if one.min_km is not None and one.max_km is not None and one.min_km > one.max_km:
        raise ScenarioFault((*path, "min_km"), f"{one.min_km:g} is above max_km, {one.max_km:g}")
    if one.hole_km is not None and one.hole_km >= min(one.radii_km):
        raise ScenarioFault(
            (*path, "hole_km"), f"{one.hole_km:g} is not below the range, {min(one.radii_km):g}"
        )


def _too_small(km: float) -> str:
    return f"{km:g} km is too small to draw: give {LEAST_RADIUS_KM:g} or more"


def _check_reference(
    one: str, known: Iterable[str], path: tuple[str | int, ...], table: str
) -> None:
    known = list(known)
    if one not in known:
        listed = ", ".join(known) or "there are none"
        raise ScenarioFault(path, f'no {table} has the id "{one}" (known: {listed})')
