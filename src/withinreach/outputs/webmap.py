"""The interactive map: a folium map in a page of one file that opens without a network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import msgspec
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from jinja2 import Environment

from withinreach.outputs.page_words import page_words
from withinreach.outputs.scene import scene
from withinreach.wording import thousands

if TYPE_CHECKING:
    from withinreach.reach import Reach
    from withinreach.rings import Ring
    from withinreach.scenario import Scenario
    from withinreach.verdict import Verdict

__all__ = ["page_html", "web_map"]

_HERE = Path(__file__).resolve().parent
_STREETS = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
_STREETS_BY = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors'


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
    figure = _Page(page_words(scenario, reach, verdicts), _json_in_html(data))
    page = folium.Map(tiles=None, control_scale=True, world_copy_jump=False, max_zoom=12)
    page.default_js, page.default_css = [], []
    page.options.update({"minZoom": 1, "zoomSnap": 0.25})
    figure.add_child(page)
    layers = {
        "plain": folium.FeatureGroup(name="Plain map", overlay=False),
        "streets": folium.TileLayer(
            _STREETS, name="Streets", attr=_STREETS_BY, overlay=False, show=False, max_zoom=19
        ),
        "places": folium.FeatureGroup(
            name=f"Listed places over {thousands(reach.min_persons)} people"
        ),
    }
    for key, group in data["groups"].items():
        name = f"{group['label']}, {group['radius']}"
        layers[key] = folium.FeatureGroup(name=name)
    for layer in layers.values():
        # What is on at first the page's own script says: folium's way would grow with each render.
        layer.show = False
        layer.add_to(page)
    page.add_child(_Drawing(page, layers))
    _name_in_order(figure)
    return page


class _Page(Figure):
    """The page around the map; in a notebook it is this high."""

    def __init__(self, words: dict[str, Any], data: str) -> None:
        super().__init__(width="100%", height="640px")
        self._template = _template()
        self.words = words
        self.data = data
        self.parts = _parts()


class _Drawing(MacroElement):
    """Hands folium's map and layers to the page's own script.

    No word of an article may go this way: branca takes a rendered script for a template once more.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "withinreach({{ this.page.get_name() }}, { "
        "{% for key, layer in this.layers.items() %}"
        '"{{ key }}": {{ layer.get_name() }}{{ "," if not loop.last }}'
        "{% endfor %}"
        '}, JSON.parse(document.getElementById("data").textContent));'
        "{% endmacro %}"
    )

    def __init__(self, page: folium.Map, layers: Mapping[str, folium.map.Layer]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Drawing"
        self.page = page
        self.layers = layers


def _json_in_html(data: Any) -> str:
    """Return JSON that a reader of HTML does not take for markup."""
    text = msgspec.json.encode(data).decode()
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _name_in_order(root: Element) -> None:
    """Replace folium's random ids by numbers, so that the same map has the same bytes."""
    waiting = [root]
    number = 0
    while waiting:
        element = waiting.pop(0)
        element._id = f"{number:03d}"
        number += 1
        waiting += list(element._children.values())


@cache
def _parts() -> dict[str, str]:
    """Return the scripts and styles that the page carries."""
    # Leaflet's style names pictures, which a page of one file does not have and does not need.
    style = re.sub(r"url\([^)]*\)", "none", _read("vendor", "leaflet.css"))
    script = _read("vendor", "leaflet.js").replace("</script", "<\\/script")
    return {
        "leaflet_css": style,
        "leaflet_js": f"/*\n{_read('vendor', 'LICENSE')}*/\n{script}",
        "css": _read("templates", "page.css"),
        "js": "\n".join(_read("templates", name) for name in ("layers.js", "labels.js", "page.js")),
    }


def _read(folder: str, name: str) -> str:
    return (_HERE / folder / name).read_text("utf-8")


@cache
def _template() -> Any:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_read("templates", "page.html.j2"))
