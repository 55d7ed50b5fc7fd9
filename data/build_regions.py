"""Build the outline tables that ship: countries, land, borders and regions.

    python data/build_regions.py [FOLDER]

Reads only files of this folder and writes packed geometries; the same input gives the same bytes.
"""

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).resolve().parent
if str(DATA.parent / "src") not in sys.path:
    sys.path.insert(0, str(DATA.parent / "src"))

from withinreach.atlas.antimeridian import mended  # noqa: E402
from withinreach.atlas.directions import DIRECTIONS  # noqa: E402
from withinreach.atlas.disputed import DisputedRecord  # noqa: E402
from withinreach.atlas.geometry_store import pack_geometries  # noqa: E402
from withinreach.atlas.missiles import Missile  # noqa: E402
from withinreach.atlas.parts import lies_in_part  # noqa: E402
from withinreach.atlas.regions import RegionRecord  # noqa: E402
from withinreach.atlas.topojson import Topology  # noqa: E402
from withinreach.atlas.world import (  # noqa: E402
    DETAILS_DEG,
    BorderRecord,
    CountryRecord,
    LandRecord,
)
from withinreach.files import whole_file  # noqa: E402
from withinreach.geodesy import ring  # noqa: E402

__all__ = ["build_regions", "countries_and_units"]

# Leases and bases inside one country: no border that a reader looks for.
LEASED = {"Akrotiri", "Baikonur", "Dhekelia", "USNB Guantanamo Bay"}
# Slivers between neighbours whose shared arc was simplified; smaller than any lake that is a hole.
SLIVER_DEG2 = 0.001
# A region's edge this near to a border or coast is that border or coast.
LINE_GAP_DEG = 0.03
LineEnds = tuple[str, str]


def build_regions(out_dir: Path) -> None:
    """Write every outline table into a folder."""
    countries, units = countries_and_units()
    _write(
        out_dir / "countries.geom",
        [shape for _, shape in countries.values()],
        [CountryRecord(code, name) for code, (name, _) in countries.items()],
    )
    whole = shapely.union_all(list(units.values()))
    land = [_without_slivers(part) for part in shapely.get_parts(whole)]
    for i, detail_deg in enumerate(DETAILS_DEG):
        parts = [_simplified(part, detail_deg) for part in land if part.area > 4 * detail_deg**2]
        _write(out_dir / f"land_{i}.geom", parts, [LandRecord() for _ in parts])
    regions = json.loads((DATA / "regions.geojson").read_text("utf-8"))["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in regions]
    records = [_region_record(feature) for feature in regions]
    _write(out_dir / "regions.geom", shapes, records)
    outlines = {f"country:{code}": shape for code, (_, shape) in countries.items()}
    outlines |= {
        f"region:{record.id}": shape for record, shape in zip(records, shapes, strict=True)
    }
    disputed = _disputed(outlines)
    _write(
        out_dir / "disputed.geom",
        [area for area, _ in disputed],
        [record for _, record in disputed],
    )
    missiles = msgspec.json.encode(_missiles())
    with whole_file(out_dir / "missiles.json", force=True) as file:
        file.write(missiles)
    with whole_file(out_dir / "described.txt", force=True) as file:
        file.write("".join(f"{line}\n" for line in _described(records, outlines)).encode())
    borders = _border_lines(_topology()) + _region_lines(regions, shapes)
    lines, sides = [line for line, _ in borders], [record for _, record in borders]
    for i, detail_deg in enumerate(DETAILS_DEG):
        parts = [_simplified(line, detail_deg) for line in lines]
        _write(out_dir / f"borders_{i}.geom", parts, sides)


def _described(records: Sequence[RegionRecord], outlines: dict[str, BaseGeometry]) -> Iterator[str]:
    """Yield each region with the directions that only describe it: it lies there in its country."""
    for record in records:
        inner, country = outlines[f"region:{record.id}"], outlines.get(f"country:{record.country}")
        if country is not None:
            words = [word for word in DIRECTIONS if lies_in_part(inner, country, word)]
            if words:
                yield f"region:{record.id}\t{','.join(words)}"


def _simplified(shape: BaseGeometry, detail_deg: float) -> BaseGeometry:
    return shapely.simplify(shape, detail_deg) if detail_deg else shape


def _region_record(feature: dict[str, Any]) -> RegionRecord:
    known = set(RegionRecord.__struct_fields__)
    fields = {key: value for key, value in feature["properties"].items() if key in known}
    return msgspec.convert({"id": feature["id"]} | fields, RegionRecord)


def _region_lines(
    regions: Sequence[dict[str, Any]], shapes: Sequence[BaseGeometry]
) -> list[tuple[BaseGeometry, BorderRecord]]:
    """Return the edges of disputed regions where Natural Earth has neither border nor coast."""
    units = list(countries_and_units()[1].values())
    lines = []
    for feature, shape in zip(regions, shapes, strict=True):
        if feature["properties"]["disputed_line"]:
            near = [unit for unit in units if unit.intersects(shape)]
            drawn = shapely.union_all([unit.boundary for unit in near]).buffer(LINE_GAP_DEG)
            line = shapely.line_merge(shape.boundary.difference(drawn))
            names = (feature["properties"]["name"], feature["properties"]["country"] or "")
            lines.append((line, BorderRecord(names, True)))
    return lines


def _disputed(outlines: dict[str, BaseGeometry]) -> list[tuple[BaseGeometry, DisputedRecord]]:
    out = []
    with (DATA / "disputed.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind, _, place = row["areas"].partition(":")
            if kind == "disc":
                lon, lat, radius_km = map(float, place.split(","))
                area = ring(lon, lat, radius_km)
            else:
                area = outlines[row["areas"]]
            record = DisputedRecord(
                id=row["id"],
                name=row["name"],
                held_by=tuple(row["held_by"].split("|")),
                claimed_by=tuple(row["claimed_by"].split("|")),
                source=row["source"],
                as_of=row["as_of"],
            )
            out.append((area, record))
    return out


def _missiles() -> list[Missile]:
    with (DATA / "missiles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Missile(
            name=row["name"],
            country=row["country"] or None,
            low_km=float(row["low_km"]) if row["low_km"] else None,
            high_km=float(row["high_km"]) if row["high_km"] else None,
            claimed_by=row["claimed_by"],
            source=row["source"],
            as_of=row["as_of"],
            note=row["note"],
            aliases=tuple(filter(None, row["aliases"].split("|"))),
            ambiguous=tuple(filter(None, row["ambiguous"].split("|"))),
        )
        for row in rows
    ]


def countries_and_units() -> tuple[dict[str, tuple[str, BaseGeometry]], dict[str, BaseGeometry]]:
    """Return name and outline by country code, and the outline of every unit of Natural Earth."""
    units: dict[str, BaseGeometry] = {}
    by_code: dict[str, list[str]] = defaultdict(list)
    for properties, shape in _topology().features():
        if shape is None:  # the Vatican is smaller than the grid of the source
            continue
        units[properties["name"]] = mended(shape)
        if properties["code"] is not None:
            by_code[properties["code"]].append(properties["name"])
    countries = {}
    for code, names in sorted(by_code.items()):
        name = max(names, key=lambda name: units[name].area)
        countries[code] = name, shapely.union_all([units[name] for name in names])
    return countries, units


def _topology() -> Topology:
    packed = (DATA / "world" / "countries.topo.json.gz").read_bytes()
    return Topology(json.loads(gzip.decompress(packed)))


def _without_slivers(polygon: BaseGeometry) -> BaseGeometry:
    holes = [ring for ring in polygon.interiors if shapely.Polygon(ring).area >= SLIVER_DEG2]
    return shapely.Polygon(polygon.exterior, holes)


def _border_lines(topology: Topology) -> list[tuple[BaseGeometry, BorderRecord]]:
    """Return the arcs that two countries share, merged by pair and split where disputed."""
    sides: dict[int, set[str]] = defaultdict(set)
    for properties, polygons in topology.members():
        for arc in (arc for rings in polygons for arcs in rings for arc in arcs):
            sides[arc if arc >= 0 else ~arc].add(properties["name"])
    by_pair: dict[LineEnds, list[BaseGeometry]] = defaultdict(list)
    for arc, names in sorted(sides.items()):
        if len(names) == 2 and not names & LEASED and len(topology.arcs[arc]) > 1:
            a, b = sorted(names)
            by_pair[a, b].append(shapely.LineString(topology.arcs[arc]))
    disputed = _disputed_boxes()
    out = []
    for pair, lines in sorted(by_pair.items()):
        line = shapely.line_merge(shapely.MultiLineString(lines))
        boxes = disputed.pop(pair, [])
        box = shapely.union_all(boxes)
        for part, is_disputed in ((line.intersection(box), True), (line.difference(box), False)):
            if not part.is_empty:
                out.append((shapely.line_merge(part), BorderRecord(pair, is_disputed)))
    if disputed:
        raise ValueError(f"disputed_borders.csv names pairs without a border: {sorted(disputed)}")
    return out


def _disputed_boxes() -> dict[LineEnds, list[BaseGeometry]]:
    boxes: dict[LineEnds, list[BaseGeometry]] = defaultdict(list)
    with (DATA / "world" / "disputed_borders.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            a, b = sorted((row["a"], row["b"]))
            limits = [float(row[side]) for side in ("west", "south", "east", "north")]
            boxes[a, b].append(shapely.box(*limits))
    return boxes


def _write(path: Path, shapes: Sequence[BaseGeometry], records: Sequence[object]) -> None:
    with whole_file(path, force=True) as file:
        pack_geometries(file, shapes, records)


if __name__ == "__main__":
    folder = (
        Path(sys.argv[1]) if len(sys.argv) > 1 else DATA.parent / "src/withinreach/atlas/tables"
    )
    folder.mkdir(parents=True, exist_ok=True)
    build_regions(folder)
    for table in sorted(folder.glob("*.geom")):
        print(f"{table.name}: {table.stat().st_size:,} bytes")
