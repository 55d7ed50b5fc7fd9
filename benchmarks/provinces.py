"""How often an answer for a province told by its towns stands, and how often it is right.

    python benchmarks/provinces.py OUTLINES [COUNTRY ...]

OUTLINES is a file of the provinces' true outlines, such as Natural Earth's, with ISO 3166-2 codes.
Random targets, 30 to 900 km off, are asked about at random ranges; the truth is the answer of the
outline that overlaps most.
"""

import random
import sys
from collections import Counter
from pathlib import Path

from withinreach.atlas.boundary_files import read_boundaries
from withinreach.atlas.place_outlines import outline_id_of
from withinreach.atlas.regions import outline
from withinreach.atlas.table import PlaceTable
from withinreach.geodesy import destination, distance_interval_km
from withinreach.reach import answer_of, answer_stands, target_reach
from withinreach.scenario import Origin, Target

COUNTRIES = "IQ SY YE IR PK LY SD AF UA RU IN"
ASKED = 12


def main() -> None:
    boundaries, _ = read_boundaries(Path(sys.argv[1]))
    table = PlaceTable.open()
    random_ = random.Random(1)
    counts: Counter[str] = Counter()
    for country in sys.argv[2:] or COUNTRIES.split():
        truths = [
            b.geometry
            for b in boundaries
            if b.geometry is not None and str(b.columns.get("iso_3166_2")).startswith(f"{country}-")
        ]
        rows = range(table.town_count, len(table))
        for place in map(table.place, (r for r in rows if table.id(r).startswith("admin1:"))):
            told = outline_id_of(place) if place.country == country else None
            if told is None or not told.startswith("province:"):
                continue
            drawn = outline(told).geometry
            truth = max(truths, key=lambda shape: shape.intersection(drawn).area)
            middle = drawn.representative_point()
            origin = Origin(id="o", label="O", outline=told, basis="extent")
            for _ in range(ASKED):
                far_km = random_.uniform(30, 900)
                lon, lat = destination(middle.x, middle.y, random_.uniform(0, 360), far_km)
                target = Target(id="t", label="T", lon=float(lon), lat=float(lat))
                radius_km = random_.uniform(0.5, 1.5) * far_km
                at = target_reach(origin, target, radius_km)
                true = answer_of(*map(float, distance_interval_km(truth, lon, lat)), radius_km)
                counts["asked"] += 1
                counts["wrong by the drawn land"] += at.answer != true
                if answer_stands(origin, target, at):
                    counts["stand"] += 1
                    counts["stand and are wrong"] += at.answer != true
    for name, count in counts.items():
        print(f"{name:24} {count:6,} {count / counts['asked']:7.1%}")


if __name__ == "__main__":
    main()
