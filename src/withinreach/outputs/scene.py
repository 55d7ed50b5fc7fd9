"""What the page draws, as plain data: land, borders, rings, origins, targets, listed places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import shapely

from withinreach.outputs.drawable import lon_near, packed, whole, window
from withinreach.outputs.style import origin_style, target_style
from withinreach.reach import answer_of
from withinreach.scenario import area_of, centre_of, is_located, is_point
from withinreach.wording import answer_in_words, interval_km, range_km, thousands

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable
    from withinreach.reach import Reach
    from withinreach.rings import Ring
    from withinreach.scenario import Origin, Scenario, Target
    from withinreach.verdict import Verdict

__all__ = ["Bounds", "country_in_print", "group_key", "scene", "shown_groups", "verdict_group"]

Bounds = tuple[float, float, float, float]
# Mercator maps end here; what lies beyond cannot be drawn.
_MAX_LAT = 85.0
# Beyond it Mercator stretches so much that a view is not widened for it.
_POLAR_LAT = 75.0
# Land is drawn so much beyond the rings on each side, as a share of the view's longer side.
_MARGIN = 0.5
# Decimals of a degree of drawn rings and areas: about 10 m, finer than they are computed.
_DIGITS = 4


def scene(
    scenario: Scenario, rings: Sequence[Ring], reach: Reach, verdicts: Sequence[Verdict]
) -> dict[str, Any]:
    """Return the page's data: areas packed as by `drawable.packed`, points as [lat, lon] degrees.

    Longitudes go on past ±180°, so that all is whole around the middle of the map.
    """
    middle = _middle(scenario)
    shown = shown_groups(scenario, verdicts)
    drawn = [_ring(ring, scenario, middle) for ring in rings if not ring.geometry.is_empty]
    every = _view((ring["bounds"] for ring in drawn), scenario, middle)
    first = _view((r["bounds"] for r in drawn if r["group"] in shown), scenario, middle)
    wide = _widened(every, middle)
    for ring in drawn:
        del ring["bounds"]
    return {
        "view": [[first[1], first[0]], [first[3], first[2]]],
        "frame": wide,
        "most": window(middle),
        **_ground(wide),
        "countries": _countries(wide, middle),
        "groups": _groups(scenario),
        "shown": ["plain", "places", *sorted(shown)],
        "rings": drawn,
        "origins": [_origin(o, i, middle) for i, o in enumerate(scenario.origins) if is_located(o)],
        "targets": [_target(t, reach, verdicts, middle) for t in scenario.targets if is_located(t)],
        "places": _places(reach, middle),
        "threshold": thousands(reach.min_persons),
    }


def country_in_print(lon: float, lat: float, code: str | None, label: str | None = None) -> str:
    """Return the country's name to print beside a place, empty where it is disputed.

    `label` is what a scenario puts instead; it wins, also when it is empty.
    """
    from withinreach.atlas.disputed import disputed_at
    from withinreach.atlas.world import country_codes, country_name

    if label is not None:
        return label
    if code is None or disputed_at(lon, lat) is not None:
        return ""
    return country_name(code) if code in country_codes() else code


def group_key(number: int, radius_km: float) -> str:
    """Return the key of the layer that holds the rings of one origin and radius."""
    return f"{number}:{radius_km:g}"


def verdict_group(scenario: Scenario, verdict: Verdict) -> str | None:
    """Return the key of the layer at whose radius a verdict was judged, None without one."""
    radius_km = verdict.max_km if verdict.max_km is not None else verdict.min_km
    if verdict.origin_id is None or radius_km is None:
        return None
    origin = scenario.origin(verdict.origin_id)
    if not is_located(origin) or radius_km not in scenario.radii_km(origin):
        return None
    return group_key(scenario.origins.index(origin), radius_km)


def shown_groups(scenario: Scenario, verdicts: Sequence[Verdict]) -> frozenset[str]:
    """Return the layers that a reader sees first: those that the verdicts are about.

    Without verdicts it is the longest radius of the assumed launch areas, else of every origin.
    """
    judged = {key for v in verdicts if (key := verdict_group(scenario, v)) is not None}
    if judged:
        return frozenset(judged)
    located = [(i, o) for i, o in enumerate(scenario.origins) if is_located(o)]
    assumed = [(i, o) for i, o in located if o.site == "assumed launch area"]
    return frozenset(
        group_key(i, radii_km[-1])
        for i, o in assumed or located
        if (radii_km := scenario.radii_km(o))
    )


def _middle(scenario: Scenario) -> float:
    """Return the longitude around which the map is drawn: that of the first located origin."""
    return next((centre_of(o)[0] for o in scenario.origins if is_located(o)), 0.0)


def _bounds(shape: shapely.Geometry, middle: float) -> Bounds:
    """Return what of a ring must be in view: of one round a pole what a map can show of it."""
    west, south, east, north = shape.bounds
    if east - west < 360:
        return west, south, east, north
    seen = shapely.clip_by_rect(shape, middle - 180, -_POLAR_LAT, middle + 180, _POLAR_LAT)
    west, south, east, north = (shape if seen.is_empty else seen).bounds
    return west, south, east, north


def _view(bounds: Iterable[Bounds], scenario: Scenario, middle: float) -> Bounds:
    boxes = list(bounds)
    for entry in (*scenario.origins, *scenario.targets):
        if is_located(entry):
            lon, lat = centre_of(entry)
            boxes.append((lon_near(lon, middle) - 1, lat - 1, lon_near(lon, middle) + 1, lat + 1))
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    return (
        max(west, middle - 180),
        max(south, -_MAX_LAT),
        min(east, middle + 180),
        min(north, _MAX_LAT),
    )


def _widened(view: Bounds, middle: float) -> Bounds:
    west, south, east, north = view
    margin = max(east - west, north - south) * _MARGIN
    least, most = window(middle)
    return (
        max(west - margin, least),
        max(south - margin, -_MAX_LAT),
        min(east + margin, most),
        min(north + margin, _MAX_LAT),
    )


def _ground(bounds: Bounds) -> dict[str, Any]:
    from withinreach.atlas.world import borders, land

    digits = 3 if bounds[2] - bounds[0] < 30 else 2
    lines = borders(bounds)
    return {
        "land": packed(land(bounds), digits),
        "borders": packed(_lines(one.line for one in lines if not one.disputed), digits),
        "disputed": packed(_lines(one.line for one in lines if one.disputed), digits),
    }


def _lines(shapes: Iterable[shapely.Geometry]) -> list[shapely.Geometry]:
    return [part for shape in shapes for part in shapely.get_parts(shape)]


def _countries(bounds: Bounds, middle: float) -> list[list[Any]]:
    """Return name, width (degrees) and points for the label of each country in view."""
    from withinreach.atlas.country_labels import country_labels

    west, south, east, north = bounds
    out: list[list[Any]] = []
    for label in country_labels():
        near = ((lat, round(lon_near(lon, middle), 2)) for lon, lat in label.points)
        points = [[lat, lon] for lat, lon in near if west < lon < east and south < lat < north]
        if points:
            out.append([label.name, label.width_deg, points])
    return out


def _groups(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Return for each layer what its switch and the tooltips of its places say."""
    return {
        group_key(number, radius_km): {
            "origin": number,
            "label": origin.label,
            "radius": range_km(radius_km),
            "assumed": origin.site == "assumed launch area",
            "site": origin.site,
            "colour": origin_style(number).colour,
            "all": answer_in_words("everywhere", origin.label),
            "part": answer_in_words("partly", origin.label),
        }
        for number, origin in enumerate(scenario.origins)
        if is_located(origin)
        for radius_km in scenario.radii_km(origin)
    }


def _ring(ring: Ring, scenario: Scenario, middle: float) -> dict[str, Any]:
    number = scenario.origins.index(ring.origin)
    inner = ring.reach == "inner"
    shape = whole(ring.geometry, middle)
    label = f"{range_km(ring.radius_km)} from {'all of ' if inner else ''}{ring.origin.label}"
    return {
        "group": group_key(number, ring.radius_km),
        "inner": inner,
        "colour": origin_style(number).colour,
        "fill": packed(shape, _DIGITS),
        # Where the inner ring of a town is about this near to the outer, one line does for both.
        "gap_km": 2 * ring.origin.uncertainty_km if inner and is_point(ring.origin) else None,
        "bounds": _bounds(shape, middle),
        "label": "" if inner and is_point(ring.origin) else label,
    }


def _origin(origin: Origin, number: int, middle: float) -> dict[str, Any]:
    lon, lat = centre_of(origin)
    shape = shapely.Polygon()
    if not is_point(origin):
        outline: Any = area_of(origin)
        shape = shapely.simplify(whole(outline, middle), 0.005)
    elif origin.uncertainty_km > 0:
        from withinreach.geodesy import ring

        shape = whole(ring(lon, lat, origin.uncertainty_km, tolerance_m=100), middle)
    known = "town centre, known to" if is_point(origin) else "outline, good to"
    meant = "one spot in it" if origin.basis == "doubt" else "all of it"
    return {
        "number": number,
        "label": origin.label,
        "country": country_in_print(lon, lat, origin.country, origin.country_label),
        "site": origin.site,
        "assumed": origin.site == "assumed launch area",
        "note": f"{known} {origin.uncertainty_km:g} km; the text means {meant}",
        "colour": origin_style(number).colour,
        "at": [round(lat, _DIGITS), round(lon_near(lon, middle), _DIGITS)],
        "area": packed(shape, _DIGITS),
    }


def _target(
    target: Target, reach: Reach, verdicts: Sequence[Verdict], middle: float
) -> dict[str, Any]:
    lon, lat = centre_of(target)
    style = target_style(v.verdict for v in verdicts if v.target_id == target.id)
    numbers = {o.id: i for i, o in enumerate(reach.scenario.origins)}
    labels = {o.id: o.label for o in reach.scenario.origins}
    outline: Any = shapely.Polygon() if is_point(target) else whole(area_of(target), middle)
    return {
        "id": target.id,
        "label": target.label,
        "area": packed(shapely.simplify(outline, 0.005), _DIGITS),
        "country": country_in_print(lon, lat, target.country, target.country_label),
        "at": [round(lat, _DIGITS), round(lon_near(lon, middle), _DIGITS)],
        "colour": style.colour,
        "symbol": style.symbol,
        "lines": {
            group_key(numbers[t.origin], t.radius_km): f"{range_km(t.radius_km)}: "
            f"{answer_in_words(t.answer, labels[t.origin])}; "
            f"{interval_km(t.nearest_km, t.farthest_km)}"
            for t in reach.targets
            if t.target == target.id
        },
    }


def _places(reach: Reach, middle: float) -> list[list[Any]]:
    """Return every listed place once: name, country, people, at, capital or not, answers.

    Answers are [origin, distance, n, m]: in range at the n longest radii of this origin, from all
    of it at the m longest. Capitals and large towns come first: so their names look for room.
    """
    table = reach.table
    found: dict[int, dict[int, list[Any]]] = {}
    columns = ("row", "origin_i", "radius_km", "nearest_km", "farthest_km")
    origins = reach.scenario.origins
    hole_km = cache(lambda origin_i, km: reach.scenario.hole_km(origins[int(origin_i)], km))
    for row, origin_i, radius_km, nearest_km, farthest_km in zip(
        *(reach.columns[name].tolist() for name in columns), strict=True
    ):
        by_origin = found.setdefault(int(row), {})
        answer = by_origin.get(int(origin_i))
        if answer is None:
            text = interval_km(nearest_km, farthest_km)
            answer = by_origin[int(origin_i)] = [int(origin_i), text, 0, 0]
        answer[2] += 1
        hole = hole_km(origin_i, radius_km)
        answer[3] += answer_of(nearest_km, farthest_km, radius_km, hole) == "everywhere"
    return [
        _place(table, row, middle, list(found[row].values()))
        for row in sorted(found, key=_importance(table))
    ]


def _importance(table: PlaceTable) -> Callable[[int], tuple[bool, int, int]]:
    def key(row: int) -> tuple[bool, int, int]:
        return not table.capital[row], -int(table.persons[row]), row

    return key


def _place(table: PlaceTable, row: int, middle: float, answers: list[list[Any]]) -> list[Any]:
    lon, lat = float(table.lon[row]), float(table.lat[row])
    country = country_in_print(lon, lat, table.countries[table.country[row]] or None)
    return [
        table.name(row),
        country,
        int(table.persons[row]),
        [round(lat, 3), round(lon_near(lon, middle), 3)],
        int(table.capital[row]),
        answers,
    ]
