"""Make data/regions.geojson from the hand-drawn data/regions_drawn.toml and measure it.

    python data/derive_regions.py [YARDSTICK.topo.json.gz]

A region is drawn with few vertices that overshoot national borders and coasts, and is then cut to
the outlines of its countries. With the yardstick (Natural Earth 1:10m admin-1) the greatest
deviation of the two edges from each other is measured and written; without it the figures of the
existing file stay. None of the yardstick's vertices gets into the result. Fetches nothing.
"""

import gzip
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).resolve().parent
sys.path[:0] = [str(DATA), str(DATA.parent / "src")]

from build_regions import countries_and_units  # noqa: E402
from withinreach.atlas.antimeridian import mended, polygons_of  # noqa: E402
from withinreach.atlas.topojson import Topology  # noqa: E402

DRAWN = DATA / "regions_drawn.toml"
REGIONS = DATA / "regions.geojson"
WGS84 = Geod(ellps="WGS84")
# A small region keeps the detail of its countries' outlines, a large or vague one a smoother edge.
LEAST_DETAIL_DEG = 0.1
DETAIL = 1 / 400
DETAIL_DEG_PER_KM = 0.3 / 111
SMALLEST_PART = 1e-4
SMALLEST_ISLAND_DEG2 = 0.005
SAMPLE_DEG = 0.02


def main(yardstick_path: Path | None) -> None:
    """Write the regions, each with its measured deviation, and print a line for each."""
    old = _old_figures()
    yardstick = _read_yardstick(yardstick_path) if yardstick_path else None
    countries, units = countries_and_units()
    known: dict[str, BaseGeometry] = {
        f"country:{code}": shape for code, (_, shape) in countries.items()
    }
    known |= {f"unit:{name}": shape for name, shape in units.items()}
    features = []
    for row in tomllib.loads(DRAWN.read_text("utf-8"))["region"]:
        shape = _shape(row, known)
        known[f"region:{row['id']}"] = shape
        shape = _generalised(shape, row["uncertainty_km"])
        against = row.get("measured_against", [])
        deviation_km = old.get(row["id"])
        if yardstick and against:
            deviation_km = max_deviation_km(
                shape, shapely.union_all([yardstick[c] for c in against])
            )
        elif not against:
            deviation_km = None
        if deviation_km is not None and deviation_km > row["uncertainty_km"]:
            print(f"  {row['id']}: deviates {deviation_km:.1f} km, more than its uncertainty_km")
        properties = {
            "name": row["name"],
            "aliases": row.get("aliases", []),
            "kind": "region",
            "country": row.get("country"),
            "uncertainty_km": row["uncertainty_km"],
            "deviation_km": None if deviation_km is None else round(deviation_km, 1),
            "measured_against": f"Natural Earth 1:10m admin-1: {', '.join(against)}"
            if against
            else None,
            "disputed_line": row.get("disputed_line", False),
            "source": row.get(
                "source", "drawn for this project; borders and coasts: Natural Earth"
            ),
            "as_of": row["as_of"],
            "note": row.get("note", ""),
        }
        features.append(
            {
                "type": "Feature",
                "id": row["id"],
                "properties": properties,
                "geometry": _geometry(shape),
            }
        )
        print(
            f"{row['id']}: deviation {properties['deviation_km']} km, "
            f"{shapely.get_num_coordinates(shape)} vertices"
        )
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    REGIONS.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', "utf-8")


def _shape(row: dict[str, Any], known: dict[str, BaseGeometry]) -> BaseGeometry:
    shape = shapely.union_all([known[name] for name in row["of"]]) if "of" in row else None
    if "drawn" in row:
        drawn = shapely.union_all([shapely.Polygon(ring) for ring in row["drawn"]])
        if not drawn.is_valid:
            raise ValueError(f"{row['id']}: drawn edges cross")
        shape = drawn if shape is None else shape.intersection(drawn)
    if shape is None:
        raise ValueError(f"{row['id']}: neither drawn nor made of others")
    for name in row.get("without", []):
        shape = shape.difference(known[name])
    return polygons_of(shape)


def _generalised(shape: BaseGeometry, uncertainty_km: float) -> BaseGeometry:
    """Drop specks and detail that no reader of a region's outline needs."""
    detail_deg = min(
        np.sqrt(shape.area) * DETAIL, uncertainty_km * DETAIL_DEG_PER_KM, LEAST_DETAIL_DEG
    )
    parts = shapely.get_parts(shape)
    least = min(shape.area * SMALLEST_PART, SMALLEST_ISLAND_DEG2)
    kept = [part for part in parts if part.area >= least]
    holes = shape.area * SMALLEST_PART
    whole = [
        shapely.Polygon(p.exterior, [r for r in p.interiors if shapely.Polygon(r).area >= holes])
        for p in kept
    ]
    simple = shapely.simplify(shapely.union_all(whole), detail_deg)
    return shapely.set_precision(mended(simple), 0.001)


def max_deviation_km(a: BaseGeometry, b: BaseGeometry) -> float:
    """Return the greatest distance of a point on one edge from the other edge, in km."""
    return max(float(deviations_km(a, b)[0].max()), float(deviations_km(b, a)[0].max()))


def deviations_km(a: BaseGeometry, b: BaseGeometry) -> tuple[Any, Any]:
    """Return how far sampled points on the edge of a are from the edge of b, and the points."""
    stretch = np.array([np.cos(np.radians(a.centroid.y)), 1.0])
    line, other = (shapely.transform(g.boundary, lambda p: p * stretch) for g in (a, b))
    points = shapely.points(shapely.get_coordinates(shapely.segmentize(line, SAMPLE_DEG)))
    shapely.prepare(other)
    nearest = shapely.get_coordinates(shapely.shortest_line(points, other)).reshape(-1, 4)
    here, there = nearest[:, :2] / stretch, nearest[:, 2:] / stretch
    metres = WGS84.inv(*here.T, *there.T)[2]
    return np.abs(metres) / 1000, here


def _read_yardstick(path: Path) -> dict[str, BaseGeometry]:
    opened = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    out: dict[str, BaseGeometry] = {}
    for properties, shape in Topology(json.loads(opened)).features():
        if shape is not None:
            out[properties["iso_3166_2"]] = mended(shape)
    return out


def _old_figures() -> dict[str, float | None]:
    if not REGIONS.exists():
        return {}
    features = json.loads(REGIONS.read_text("utf-8"))["features"]
    return {f["id"]: f["properties"]["deviation_km"] for f in features}


def _geometry(shape: BaseGeometry) -> dict[str, Any]:
    shape = shapely.orient_polygons(shapely.normalize(shape))
    mapping = shapely.transform(shape, lambda p: np.round(p, 3)).__geo_interface__
    return {"type": mapping["type"], "coordinates": mapping["coordinates"]}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
