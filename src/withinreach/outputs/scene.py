"""What the page draws, as plain data: land, borders, rings, origins, targets, listed places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import shapely
from shapely.affinity import translate

from withinreach.outputs.style import origin_style, verdict_style
from withinreach.scenario import area_of, centre_of, is_located, is_point
from withinreach.wording import answer_in_words, interval_km, thousands

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from withinreach.reach import Reach
    from withinreach.rings import Ring
    from withinreach.scenario import Origin, Scenario, Target
    from withinreach.verdict import Verdict

__all__ = ["Bounds", "country_in_print", "scene"]

Bounds = tuple[float, float, float, float]
# Mercator maps end here; what lies beyond cannot be drawn.
_MAX_LAT = 85.0
# Land is drawn so much beyond the rings on each side, as a share of the view.
_MARGIN = 0.6


def scene(
    scenario: Scenario, rings: Sequence[Ring], reach: Reach, verdicts: Sequence[Verdict]
) -> dict[str, Any]:
    """Return the page's data: coordinates in lon, lat degrees, whole on both sides of ±180°."""
    middle = _middle(scenario)
    drawn = [_ring(ring, scenario, middle) for ring in rings if not ring.geometry.is_empty]
    view = _view([ring["bounds"] for ring in drawn], scenario, middle)
    wide = _widened(view)
    digits = 3 if wide[2] - wide[0] < 60 else 2
    for ring in drawn:
        ring["fill"] = _coordinates(ring.pop("shape"), 4)
        ring["edge"] = _coordinates(ring["edge"], 4)
    return {
        "view": [[view[1], view[0]], [view[3], view[2]]],
        "land": _land(wide, digits),
        "borders": _borders(wide, digits),
        "countries": _countries(reach, wide, middle),
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


def _middle(scenario: Scenario) -> float:
    """Return the longitude around which the map is drawn: that of the first located origin."""
    return next((centre_of(o)[0] for o in scenario.origins if is_located(o)), 0.0)


def _near(lon: float, middle: float) -> float:
    """Return a longitude less than half a turn from the middle of the map."""
    return middle + (lon - middle + 180) % 360 - 180


def _whole(area: BaseGeometry, middle: float) -> BaseGeometry:
    """Put the parts of an area that ±180° cuts side by side again."""
    parts = [p for p in shapely.get_parts(area) if p.geom_type == "Polygon"]
    moved = []
    for part in parts:
        west, _, east, _ = part.bounds
        turn = round((_near((west + east) / 2, middle) - (west + east) / 2) / 360)
        moved.append(translate(part, 360 * turn) if turn and east - west < 359 else part)
    return shapely.MultiPolygon(moved)


def _edges(area: BaseGeometry, middle: float) -> BaseGeometry:
    """Return the outline without the lines on which an area is cut: ±180° and the poles."""
    lines = []
    for part in shapely.get_parts(area):
        whole = _whole(part, middle)
        shift = whole.bounds[0] - part.bounds[0]
        for ring in (part.exterior, *part.interiors):
            run: list[tuple[float, float]] = []
            points = list(ring.coords)
            for (x0, y0), (x1, y1) in pairwise(points):
                cut = (abs(x0) == 180 and x0 == x1) or (abs(y0) == 90 and abs(y1) == 90)
                if cut:
                    if len(run) > 1:
                        lines.append(run)
                    run = []
                    continue
                if not run:
                    run = [(x0 + shift, y0)]
                run.append((x1 + shift, y1))
            if len(run) > 1:
                lines.append(run)
    return shapely.line_merge(shapely.MultiLineString(lines))


def _coordinates(shape: BaseGeometry, digits: int) -> list[Any]:
    """Return nested lists of [lat, lon] as Leaflet draws them, a list per polygon or line."""

    def flipped(line: Any) -> list[list[float]]:
        return [[round(y, digits), round(x, digits)] for x, y in line.coords]

    out: list[Any] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            out.append([flipped(part.exterior), *map(flipped, part.interiors)])
        elif part.geom_type == "LineString":
            out.append(flipped(part))
    return out


def _ring(ring: Ring, scenario: Scenario, middle: float) -> dict[str, Any]:
    number = scenario.origins.index(ring.origin)
    shape = _whole(ring.geometry, middle)
    return {
        "group": group_key(number, ring.radius_km),
        "inner": ring.reach == "inner",
        "assumed": ring.origin.site == "assumed launch area",
        "colour": origin_style(number).colour,
        "shape": shape,
        "edge": _edges(ring.geometry, middle),
        "bounds": shape.bounds,
        "label": f"{ring.radius_km:,.0f} km from {ring.origin.label}",
        "at": _label_point(shape, number),
    }


def group_key(number: int, radius_km: float) -> str:
    """Return the key of the layer that holds the rings of one origin and radius."""
    return f"{number}:{radius_km:g}"


# Labels of several origins keep apart: each looks for its point in another direction (dx, dy).
_LABEL_WAYS = ((0.0, 1.0), (0.0, -1.0), (0.7, 0.7), (-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7))


def _label_point(shape: BaseGeometry, number: int) -> list[float]:
    dx, dy = _LABEL_WAYS[number % len(_LABEL_WAYS)]
    points = shapely.get_coordinates(shape)
    points = points[abs(points[:, 1]) < _MAX_LAT] if len(points) else points
    if not len(points):
        return [0.0, 0.0]
    x, y = points[(points * [dx, dy]).sum(axis=1).argmax()]
    return [round(float(y), 4), round(float(x), 4)]


def _view(bounds: Iterable[Bounds], scenario: Scenario, middle: float) -> Bounds:
    boxes = list(bounds)
    for entry in (*scenario.origins, *scenario.targets):
        if is_located(entry):
            lon, lat = centre_of(entry)
            boxes.append((_near(lon, middle) - 1, lat - 1, _near(lon, middle) + 1, lat + 1))
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    return west, max(south, -_MAX_LAT), east, min(north, _MAX_LAT)


def _widened(view: Bounds) -> Bounds:
    west, south, east, north = view
    dx, dy = (east - west) * _MARGIN, (north - south) * _MARGIN
    middle = (west + east) / 2
    return (
        max(west - dx, middle - 270),
        max(south - dy, -_MAX_LAT),
        min(east + dx, middle + 270),
        min(north + dy, _MAX_LAT),
    )


def _land(bounds: Bounds, digits: int) -> list[Any]:
    from withinreach.atlas.world import land

    return _coordinates(land(bounds), digits)


def _borders(bounds: Bounds, digits: int) -> dict[str, Any]:
    from withinreach.atlas.world import borders

    lines = borders(bounds)
    return {
        "agreed": [c for b in lines if not b.disputed for c in _coordinates(b.line, digits)],
        "disputed": [c for b in lines if b.disputed for c in _coordinates(b.line, digits)],
    }


def _countries(reach: Reach, bounds: Bounds, middle: float) -> list[list[Any]]:
    """Return name, lat, lon of the countries whose point lies in the view, largest first."""
    table = reach.table
    rows = [int(r) for r in range(table.town_count, len(table.lon)) if table.kind[r] == 3]
    rows.sort(key=lambda row: -int(table.persons[row]))
    out: list[list[Any]] = []
    for row in rows:
        lon, lat = _near(float(table.lon[row]), middle), float(table.lat[row])
        if bounds[0] < lon < bounds[2] and bounds[1] < lat < bounds[3]:
            out.append([table.name(row), round(lat, 2), round(lon, 2)])
    return out


def _origin(origin: Origin, number: int, middle: float) -> dict[str, Any]:
    lon, lat = centre_of(origin)
    area: Any = area_of(origin)
    shape = shapely.Polygon()
    if not is_point(origin):
        shape = _whole(area, middle)
    elif origin.uncertainty_km > 0:
        from withinreach.geodesy import ring

        shape = _whole(ring(lon, lat, origin.uncertainty_km, tolerance_m=100), middle)
    known = (
        f"town centre, known to {origin.uncertainty_km:g} km"
        if is_point(origin)
        else f"outline, good to {origin.uncertainty_km:g} km"
    )
    meant = "one spot in it" if origin.basis == "doubt" else "all of it"
    return {
        "label": origin.label,
        "country": country_in_print(lon, lat, origin.country, origin.country_label),
        "site": origin.site,
        "assumed": origin.site == "assumed launch area",
        "note": f"{known}; the text means {meant}",
        "colour": origin_style(number).colour,
        "at": [round(lat, 4), round(_near(lon, middle), 4)],
        "area": _coordinates(shapely.simplify(shape, 0.005), 4),
    }


def _target(
    target: Target, reach: Reach, verdicts: Sequence[Verdict], middle: float
) -> dict[str, Any]:
    lon, lat = centre_of(target)
    own = [v for v in verdicts if v.target_id == target.id]
    order = ("holds", "holds_in_part", "unclear", "fails")
    best = min((v.verdict for v in own), key=order.index, default=None)
    style = verdict_style(best)
    labels = {o.id: o.label for o in reach.scenario.origins}
    lines = [
        f"{t.radius_km:,.0f} km: {answer_in_words(t.answer, labels[t.origin])}; "
        f"{interval_km(t.nearest_km, t.farthest_km)}"
        for t in reach.targets
        if t.target == target.id
    ]
    return {
        "id": target.id,
        "label": target.label,
        "country": country_in_print(lon, lat, target.country, target.country_label),
        "at": [round(lat, 4), round(_near(lon, middle), 4)],
        "colour": style.colour,
        "symbol": style.symbol,
        "lines": lines[:8],
    }


def _places(reach: Reach, middle: float) -> list[dict[str, Any]]:
    """Return every listed place once, with what each origin and radius means for it."""
    labels = {o.id: (i, o.label) for i, o in enumerate(reach.scenario.origins)}
    places: dict[str, dict[str, Any]] = {}
    for row in reach:
        number, label = labels[row.origin]
        place = places.get(row.place)
        if place is None:
            place = places[row.place] = {
                "n": row.name,
                "c": country_in_print(row.lon, row.lat, row.country),
                "p": row.population_persons,
                "at": [round(row.lat, 3), round(_near(row.lon, middle), 3)],
                "r": {},
            }
        inside = "all of" if row.answer == "everywhere" else "part of"
        place["r"][group_key(number, row.radius_km)] = [
            interval_km(row.nearest_km, row.farthest_km),
            f"in range from {inside} {label}",
        ]
    return sorted(places.values(), key=lambda p: (-p["p"], p["n"]))
