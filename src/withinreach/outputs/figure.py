"""The static map of a scenario as SVG and PNG: rings, origins, targets, the largest places.

Drawn with matplotlib and its own fonts, so that the same input gives the same picture anywhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from withinreach.outputs.figure_labels import Labels
from withinreach.outputs.geojson import ATTRIBUTION, caveat
from withinreach.outputs.projection import AzimuthalMap
from withinreach.outputs.scene import group_key, shown_groups
from withinreach.outputs.style import DIFFERING, origin_style, target_style, verdict_style
from withinreach.outputs.verdicts import VERDICT_WORDS
from withinreach.scenario import area_of, centre_of, is_located, is_point
from withinreach.wording import range_km, thousands

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from withinreach.reach import Reach
    from withinreach.rings import Ring
    from withinreach.scenario import Origin, Scenario, Target
    from withinreach.verdict import Verdict

__all__ = ["figure_png", "figure_svg", "static_map"]

_SIZE_INCHES = (9.0, 10.4)
_DPI = 160
_SEA, _LAND, _BORDER, _INK = "#dfe7ec", "#f6f4ee", "#b5ae9f", "#20262e"
# One line style for each origin in turn: rings are told apart without colour, too.
_DASHES: tuple[Any, ...] = ("solid", (0, (9, 2)), (0, (5, 1.5, 1, 1.5)), (0, (2, 1)))
_MOST_PLACES = 28
_MARKER_POINTS = 12.0
_FAR_KM = 4500.0
_ORDER = ("holds", "holds_in_part", "unclear", "fails")


def figure_svg(figure: Figure) -> str:
    """Return the map as SVG; text is drawn as outlines, so that it needs no font."""
    import matplotlib as mpl

    out = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "withinreach", "svg.fonttype": "path"}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


def figure_png(figure: Figure) -> bytes:
    """Return the map as PNG, 1,440 by 1,664 pixels."""
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=_DPI, metadata={"Software": None})
    return out.getvalue()


def static_map(
    scenario: Scenario, rings: Sequence[Ring], reach: Reach, verdicts: Sequence[Verdict]
) -> Figure:
    """Return the map as a matplotlib figure: the rings that the verdicts are about, first of all.

    The projection is azimuthal equidistant about the middle of what is shown.
    """
    import matplotlib as mpl
    from matplotlib import figure as pictures

    with mpl.rc_context({"font.family": "DejaVu Sans", "text.parse_math": False}):
        figure = pictures.Figure(figsize=_SIZE_INCHES, facecolor="white")
        axes = figure.add_axes((0.03, 0.155, 0.94, 0.765))
        shown = shown_groups(scenario, verdicts)
        drawn = [
            ring
            for ring in rings
            if group_key(scenario.origins.index(ring.origin), ring.radius_km) in shown
        ]
        # A ring that goes far round the Earth has no middle but its origin.
        far = [r for r in drawn if r.radius_km > _FAR_KM]
        about = centre_of(far[0].origin) if far else None
        frame = AzimuthalMap.of(list(_extremes(scenario, drawn)), about)
        labels = Labels(axes)
        _frame(axes, frame)
        _ground(axes, frame)
        names = _rings(axes, frame, scenario, drawn)
        for entry in (*scenario.origins, *scenario.targets):
            if is_located(entry):
                labels.keep_clear(*frame.point(*centre_of(entry)), _MARKER_POINTS)
        for target in filter(is_located, scenario.targets):
            _target(axes, frame, target, verdicts, labels)
        for number, origin in enumerate(scenario.origins):
            if is_located(origin):
                _origin(axes, frame, origin, number, labels)
        for words, at, style in names:
            labels.add(words, *at, **style)
        _places(axes, frame, reach, shown, labels)
        _countries(frame, labels)
        _scale_bar(axes, frame)
        _words(figure, scenario, reach, verdicts)
    return figure


def _extremes(scenario: Scenario, rings: Iterable[Ring]) -> Iterable[tuple[float, float]]:
    for ring in rings:
        yield from map(tuple, shapely.get_coordinates(shapely.simplify(ring.geometry, 0.2)))
    for entry in (*scenario.origins, *scenario.targets):
        if is_located(entry):
            yield centre_of(entry)


def _frame(axes: Axes, frame: AzimuthalMap) -> None:
    reach_km = frame.radius_km
    axes.set(xlim=(-reach_km, reach_km), ylim=(-reach_km, reach_km), aspect="equal")
    axes.set_facecolor(_SEA)
    axes.tick_params(left=False, bottom=False, labelleft=False, labelbottom=False)
    for spine in axes.spines.values():
        spine.set(color="#8d95a0", linewidth=0.8)


def _ground(axes: Axes, frame: AzimuthalMap) -> None:
    from withinreach.atlas.world import borders, land

    # The corners of the square lie farther from the middle than its sides.
    wide = frame.wider(1.45)
    west, south, east, north = wide.window.bounds
    bounds = (west, max(south, -90.0), east, north)
    for outline in wide.polygons(shapely.union_all(shapely.get_parts(land(bounds)))):
        _fill(axes, outline, facecolor=_LAND, edgecolor="#a9a394", linewidth=0.5, zorder=1)
    for border in borders(bounds):
        dashes = (0, (3, 2)) if border.disputed else "solid"
        for line in wide.lines(border.line):
            axes.plot(*line.T, color=_BORDER, linewidth=0.7, linestyle=dashes, zorder=2)


def _fill(axes: Axes, outline: Sequence[Any], **style: Any) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    path = Path.make_compound_path(*(Path(line, closed=True) for line in outline))
    axes.add_patch(PathPatch(path, **style))


def _rings(
    axes: Axes, frame: AzimuthalMap, scenario: Scenario, rings: Sequence[Ring]
) -> list[tuple[str, Any, dict[str, Any]]]:
    """Draw the rings and return the label of each: words, where, style."""
    names = []
    for ring in rings:
        number = scenario.origins.index(ring.origin)
        colour = origin_style(number).colour
        inner = ring.reach == "inner"
        if ring.geometry.is_empty or (inner and is_point(ring.origin)):
            continue
        if not inner:
            for outline in frame.polygons(ring.geometry):
                _fill(axes, outline, facecolor=colour, alpha=0.07, linewidth=0, zorder=3)
        dashes = (0, (4, 3)) if inner else _DASHES[number % len(_DASHES)]
        highest = None
        for line in frame.edge(ring.geometry):
            width = 1.0 if inner else 1.9
            axes.plot(*line.T, color=colour, linewidth=width, linestyle=dashes, zorder=6)
            top = line[line[:, 1].argmax()]
            highest = top if highest is None or top[1] > highest[1] else highest
        if highest is not None:
            whole = "all of " if inner else ""
            words = f"{range_km(ring.radius_km)} from {whole}{ring.origin.label}"
            weight = "normal" if inner else "bold"
            names.append((words, highest, {"color": colour, "size": 8.5, "weight": weight}))
    return names


def _origin(axes: Axes, frame: AzimuthalMap, origin: Origin, number: int, labels: Labels) -> None:
    colour = origin_style(number).colour
    lon, lat = centre_of(origin)
    x, y = frame.point(lon, lat)
    if not is_point(origin):
        for outline in frame.polygons(area_of(origin)):
            hatch = "//////" if origin.site == "assumed launch area" else "......"
            look = {"facecolor": "none", "edgecolor": colour, "hatch": hatch}
            _fill(axes, outline, **look, alpha=0.55, linewidth=1.0, zorder=5)
    if origin.site == "named site" or is_point(origin):
        marker = "^" if origin.site == "named site" else "D"
        axes.plot(x, y, marker, color=colour, ms=7.5, mec="white", mew=0.9, zorder=9)
    style = {"color": colour, "size": 9.5, "weight": "bold", "style": "italic"}
    labels.add(origin.label, x, y, gap=7, must=True, **style)


def _target(
    axes: Axes, frame: AzimuthalMap, target: Target, verdicts: Sequence[Verdict], labels: Labels
) -> None:
    style = target_style(v.verdict for v in verdicts if v.target_id == target.id)
    x, y = frame.point(*centre_of(target))
    axes.plot(x, y, "o", color=style.colour, ms=_MARKER_POINTS, mec="white", mew=1.1, zorder=10)
    middle: dict[str, Any] = {"ha": "center", "va": "center_baseline", "zorder": 11}
    axes.text(x, y, style.symbol, size=7.5, color="white", **middle)
    labels.add(target.label, x, y, gap=9, must=True, color=_INK, size=10, weight="bold")


def _places(
    axes: Axes, frame: AzimuthalMap, reach: Reach, shown: frozenset[str], labels: Labels
) -> None:
    """Draw the listed places inside the shown rings, and name the capitals and the largest."""
    columns, table = reach.columns, reach.table
    keys = zip(columns["origin_i"].tolist(), columns["radius_km"].tolist(), strict=True)
    seen = np.array([group_key(int(i), km) in shown for i, km in keys], bool)
    rows = np.unique(columns["row"][seen].astype(int)) if len(seen) else np.empty(0, int)
    taken = {centre_of(t) for t in reach.scenario.targets if is_located(t)}
    named = 0
    for row in sorted(rows.tolist(), key=lambda r: (not table.capital[r], -table.persons[r], r)):
        lon, lat = float(table.lon[row]), float(table.lat[row])
        if any(abs(lon - a) + abs(lat - b) < 0.05 for a, b in taken):
            continue
        x, y = frame.point(lon, lat)
        axes.plot(x, y, "o", color="#3c4653", ms=2.6, mec="white", mew=0.3, zorder=7)
        if named < _MOST_PLACES:
            size = 8.0 if table.capital[row] else 7.0
            weight = "bold" if table.capital[row] else "normal"
            named += labels.add(table.name(row), x, y, gap=3, size=size, weight=weight, color=_INK)


def _countries(frame: AzimuthalMap, labels: Labels) -> None:
    from withinreach.atlas.country_labels import country_labels

    for country in country_labels():
        for lon, lat in country.points:
            if frame.holds(lon, lat):
                x, y = frame.point(lon, lat)
                words = country.name.upper()
                if labels.add(words, x, y, color="#8b8577", size=6.5):
                    break


def _scale_bar(axes: Axes, frame: AzimuthalMap) -> None:
    aim = frame.radius_km / 3
    step = 10 ** np.floor(np.log10(aim))
    length_km = float(max(s for s in (step, 2 * step, 5 * step) if s <= aim))
    left, bottom = -0.965 * frame.radius_km, -0.955 * frame.radius_km
    axes.plot([left, left + length_km], [bottom, bottom], color=_INK, linewidth=2.2, zorder=12)
    words = f"{length_km:,.0f} km ({length_km / 1.609344:,.0f} miles)"
    axes.text(left, bottom + 0.018 * frame.radius_km, words, size=7.5, color=_INK, zorder=12)


def _words(figure: Figure, scenario: Scenario, reach: Reach, verdicts: Sequence[Verdict]) -> None:
    from withinreach.outputs.figure_labels import drawable_text, wrapped

    title = wrapped(drawable_text(scenario.title), 62, 2)
    figure.text(0.03, 0.975, title, size=14.5, weight="bold", color=_INK, va="top")
    unchecked = "#9a3412" if not scenario.reviewed_by else "#3c4653"
    figure.text(0.03, 0.928, f"{caveat(scenario)}.", size=8.5, color=unchecked, va="bottom")
    keys = [
        (verdict_style(ruling), f"the claim {VERDICT_WORDS[ruling]}")
        for ruling in sorted({v.verdict for v in verdicts}, key=_ORDER.index)
    ]
    rulings = [[v.verdict for v in verdicts if v.target_id == t.id] for t in scenario.targets]
    if DIFFERING in map(target_style, rulings):
        keys.append((DIFFERING, "claims differ"))
    x = 0.03
    for style, told in keys:
        words = f"{style.symbol} {told}".replace("claim unclear", "claim is unclear")
        figure.text(x, 0.13, words, size=8.5, color=style.colour, weight="bold", va="top")
        x += 0.02 + 0.0085 * len(words)
    legend = (
        "Thick line: what some point of an origin reaches; thin dashes: what every point of it "
        "reaches. Triangle or dots: named site; diamond or hatching: assumed launch area. Small "
        f"dots: listed places over {thousands(reach.min_persons)} people. Dashed borders are "
        "disputed. Azimuthal equidistant; places are judged by exact geodesic distance on WGS 84, "
        "never by the picture."
    )
    figure.text(0.03, 0.108, wrapped(legend, 148, 4), size=7.2, color="#4a525c", va="top")
    figure.text(0.03, 0.022, wrapped(ATTRIBUTION, 148, 2), size=7.2, color="#4a525c", va="bottom")
