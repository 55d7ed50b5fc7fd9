"""The interactive map: a folium map in a page of one file that opens without a network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from jinja2 import Environment

from withinreach.outputs.geojson import ATTRIBUTION, caveat
from withinreach.outputs.scene import group_key, scene
from withinreach.outputs.style import origin_style, verdict_style
from withinreach.outputs.verdicts import VERDICT_WORDS
from withinreach.scenario import is_located
from withinreach.wording import KM_PER_MILE, thousands

if TYPE_CHECKING:
    from withinreach.reach import Reach
    from withinreach.rings import Ring
    from withinreach.scenario import Scenario
    from withinreach.verdict import Verdict

__all__ = ["page_html", "web_map"]

_HERE = Path(__file__).resolve().parent
_STREETS = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


def page_html(
    scenario: Scenario, rings: Sequence[Ring], reach: Reach, verdicts: Sequence[Verdict]
) -> str:
    """Return the self-contained page of a map; the same input gives the same text."""
    page: str = web_map(scenario, rings, reach, verdicts).get_root().render()
    return page


def web_map(
    scenario: Scenario, rings: Sequence[Ring], reach: Reach, verdicts: Sequence[Verdict]
) -> folium.Map:
    """Return the map as a folium.Map; saved or shown in a notebook it asks the network for nothing.

    A layer for every origin and radius, for listed places and for street tiles, which are asked for
    only when a reader picks them. All text of the article is escaped.
    """
    data = scene(scenario, rings, reach, verdicts)
    figure = _Page(width="100%", height="640")
    page = folium.Map(tiles=None, control_scale=True, world_copy_jump=False, max_zoom=12)
    page.default_js, page.default_css = [], []
    page.options.update({"minZoom": 2, "zoomSnap": 0.25, "attributionControl": False})
    figure.add_child(page)
    plain = folium.FeatureGroup(name="Plain map", overlay=False, show=True)
    streets = folium.TileLayer(
        _STREETS,
        name="Streets (asks openstreetmap.org)",
        attr='© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>',
        overlay=False,
        show=False,
        max_zoom=19,
    )
    listed = folium.FeatureGroup(name=f"Listed places over {thousands(reach.min_persons)} people")
    layers = {"plain": plain, "places": listed}
    for child in (plain, streets, listed):
        child.add_to(page)
    for number, origin in enumerate(scenario.origins):
        if not is_located(origin):
            continue
        for radius_km in scenario.radii_km(origin):
            group = folium.FeatureGroup(
                name=_layer_label(number, origin.label, radius_km, origin.site),
                show=group_key(number, radius_km) in data["shown"],
            )
            layers[group_key(number, radius_km)] = group
            group.add_to(page)
    folium.LayerControl(collapsed=False).add_to(page)
    page.add_child(_Drawing(page, layers, data))
    _name_in_order(figure)
    figure._template = _template()
    figure.page = _context(scenario, reach, verdicts, data)
    return page


def _layer_label(number: int, label: str, radius_km: float, site: str) -> str:
    """Return the text of a layer's switch; Leaflet takes it as HTML, so it is escaped here."""
    kind = "area" if site == "assumed launch area" else "site"
    colour = origin_style(number).colour
    return (
        f'<i class="swatch {kind}" style="border-color:{colour}"></i>'
        f"{escape(label)}, {radius_km:,.0f} km"
    )


class _Page(Figure):
    """A figure with words around its map; `page` is what the template says."""

    page: dict[str, Any]


class _Drawing(MacroElement):
    """Hands the data and folium's layers to the page's own script."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "withinreach({{ this.map_name() }}, { "
        "{% for key, layer in this.layers.items() %}"
        "{{ key|tojson }}: {{ layer.get_name() }}{{ ',' if not loop.last }}"
        "{% endfor %} }, {{ this.data|tojson }});"
        "{% endmacro %}"
    )

    def __init__(
        self, page: folium.Map, layers: dict[str, folium.FeatureGroup], data: dict[str, Any]
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Drawing"
        self._page = page
        self.layers = layers
        self.data = data

    def map_name(self) -> str:
        name: str = self._page.get_name()
        return name


def _name_in_order(root: Element) -> None:
    """Replace folium's random ids by numbers, so that the same map has the same bytes."""
    waiting = [root]
    number = 0
    while waiting:
        element = waiting.pop(0)
        element._id = f"{number:03d}"
        number += 1
        waiting += list(element._children.values())


def _context(
    scenario: Scenario, reach: Reach, verdicts: Sequence[Verdict], data: dict[str, Any]
) -> dict[str, Any]:
    """Return what the page says in words; the template escapes it."""
    claims: dict[str, dict[str, Any]] = {}
    for v in verdicts:
        claim = claims.setdefault(v.claim, {"quote": v.text, "verdicts": []})
        style = verdict_style(v.verdict)
        claim["verdicts"].append(
            {
                "word": VERDICT_WORDS[v.verdict],
                "colour": style.colour,
                "symbol": style.symbol,
                "origin": v.origin or "origin open",
                "target": v.target,
                "target_id": v.target_id,
                "why": v.why,
            }
        )
    figures = sorted({km for r in scenario.ranges for km in r.radii_km})
    counts = []
    for origin in scenario.origins:
        for radius_km in scenario.radii_km(origin) if is_located(origin) else ():
            answers = [reach[int(i)].answer for i in reach.select(origin, radius_km)]
            counts.append(
                {
                    "origin": origin.label,
                    "radius": f"{radius_km:,.0f} km",
                    "all": answers.count("everywhere"),
                    "part": answers.count("partly"),
                }
            )
    return {
        "title": scenario.title,
        "source": scenario.source,
        "caveat": caveat(scenario),
        "reviewed": bool(scenario.reviewed_by),
        "attribution": ATTRIBUTION,
        "claims": list(claims.values()),
        "origins": data["origins"],
        "unplaced": [o.label for o in scenario.origins if not is_located(o)],
        "ranges": ", ".join(f"{km:,.0f} km ({round(km / KM_PER_MILE):,} miles)" for km in figures),
        "counts": counts,
        "threshold": thousands(reach.min_persons),
        "legend": [
            (VERDICT_WORDS[r], verdict_style(r))
            for r in ("holds", "holds_in_part", "fails", "unclear")
        ],
        "leaflet_js": _leaflet_script(),
        "leaflet_css": _leaflet_style(),
        "css": _part("page.css"),
        "js": _part("page.js"),
    }


@cache
def _part(name: str) -> str:
    return (_HERE / "templates" / name).read_text("utf-8")


@cache
def _leaflet_script() -> str:
    return (_HERE / "vendor" / "leaflet.js").read_text("utf-8").replace("</script", "<\\/script")


@cache
def _leaflet_style() -> str:
    """Return Leaflet's style without its pictures, which a page of one file does not have."""
    style = (_HERE / "vendor" / "leaflet.css").read_text("utf-8")
    return re.sub(r"url\([^)]*\)", "none", style)


@cache
def _template() -> Any:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_part("page.html.j2"))
