"""Measures rings and cities around areas beside their peers in one process: times, edge errors.

    pip install -r requirements/bench.in
    python benchmarks/areas.py [ROUNDS]

Peers draw a buffer of 360 vertices a turn in an azimuthal equidistant projection (AEQD), and ask S2
for the distance of every town; spherely offers no buffer of S2. An edge's error is measured along
the drawn edges, by the exact distance to the area; wrong cities are those that differ from the
exact distance of every town.
"""

import statistics
import sys
import time
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from withinreach.atlas.regions import outline
from withinreach.atlas.table import PlaceTable
from withinreach.geodesy import PointIndex, area_ring, distance_interval_km

AREAS = {
    "Anbar": "region:IQ-AN",
    "Iran": "country:IR",
    "Fiji": "country:FJ",
    "Russia": "country:RU",
}
RADII_KM = (200, 700, 2000)
SAMPLES = 4000
EARTH_M = 6_371_008.8


def timed_ms(rounds: int, *works) -> tuple[list[float], list[Any]]:
    """Return median processor times (ms) of works that take turns, and their answers."""
    times: list[list[float]] = [[] for _ in works]
    answers: list[Any] = [None] * len(works)
    for _ in range(rounds):
        for i, work in enumerate(works):
            began = time.process_time()
            answers[i] = work()
            times[i].append((time.process_time() - began) * 1000)
    return [statistics.median(t) for t in times], answers


def aeqd_buffer(area, radius_km):
    """Return a buffer as a script draws it: in a projection about the middle, not cut at ±180°."""
    middle = area.centroid
    local = f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +datum=WGS84"
    there = Transformer.from_crs("EPSG:4326", local, always_xy=True)
    flat = shapely.transform(area, lambda c: np.column_stack(there.transform(*c.T)))
    drawn = shapely.buffer(shapely.make_valid(flat), radius_km * 1000, quad_segs=90)
    return shapely.transform(
        drawn, lambda c: np.column_stack(there.transform(*c.T, direction="INVERSE"))
    )


def edge_error_m(area, drawn, radius_km) -> float:
    """Return the greatest error (m) of samples along the drawn edges, but for cuts at ±180°."""
    points = []
    for part in shapely.get_parts(drawn):
        for line in (part.exterior, *part.interiors):
            a, b = np.array(line.coords)[:-1], np.array(line.coords)[1:]
            cut = (np.abs(a[:, 0]) == 180) & (a[:, 0] == b[:, 0])
            cut |= (np.abs(a[:, 1]) == 90) & (np.abs(b[:, 1]) == 90)
            points += [(a + (b - a) * share)[~cut] for share in (0.0, 0.15, 0.35, 0.5, 0.7, 0.9)]
    edge = np.concatenate(points)
    edge = edge[np.isfinite(edge).all(axis=1)]
    edge = edge[np.random.default_rng(1).permutation(len(edge))[:SAMPLES]]
    nearest, _ = distance_interval_km(area, edge[:, 0], edge[:, 1])
    return float(np.abs(nearest - radius_km).max() * 1000)


def rings(rounds: int) -> None:
    print(
        f"{'ring':16} {'ms':>7} {'error m':>8} {'vertices':>8}   AEQD: ms, error km, ratio of times"
    )
    for name, outline_id in AREAS.items():
        area = outline(outline_id).geometry
        for radius_km in RADII_KM:
            (ours_ms, aeqd_ms), (ours, aeqd) = timed_ms(
                rounds,
                lambda area=area, km=radius_km: area_ring(area, km),
                lambda area=area, km=radius_km: aeqd_buffer(area, km),
            )
            assert ours.is_valid
            error, other = (edge_error_m(area, drawn, radius_km) for drawn in (ours, aeqd))
            print(
                f"{name:8} {radius_km:4} km {ours_ms:7.0f} {error:8.1f} "
                f"{shapely.count_coordinates(ours):8}   "
                f"{aeqd_ms:.0f}, {other / 1000:.1f}, {ours_ms / aeqd_ms:.1f}",
                flush=True,
            )


def s2_work(area, lon, lat, radius_km):
    """Return a function that finds the towns by S2, or None where it is not installed."""
    try:
        import spherely
    except ImportError:
        return None
    shape = spherely.from_wkb(shapely.to_wkb(area))
    towns = spherely.points(lon, lat)
    return lambda: np.flatnonzero(spherely.distance(shape, towns) <= radius_km * 1000)


def cities(rounds: int) -> None:
    table = PlaceTable.open()
    lon, lat = (np.array(a[: table.town_count]) for a in (table.lon, table.lat))
    index = PointIndex(lon, lat)
    print(f"\n{len(lon):,} towns within 700 km of")
    for name in ("Anbar", "Russia"):
        area = outline(AREAS[name]).geometry
        nearest, _ = distance_interval_km(area, lon, lat)
        truth = np.flatnonzero(nearest <= 700)
        works = [lambda area=area: index.within_area(area, 700)]
        names = ["withinreach"]

        def by_aeqd(area=area):
            drawn = shapely.make_valid(aeqd_buffer(area, 700))
            shapely.prepare(drawn)
            return np.flatnonzero(shapely.contains_xy(drawn, lon, lat))

        works.append(by_aeqd)
        names.append("AEQD buffer")
        s2 = s2_work(area, lon, lat, 700)
        if s2 is None:
            print("S2 (spherely) is not installed")
        for (ms,), (found,), label in (
            *((*timed_ms(rounds, work), label) for work, label in zip(works, names, strict=True)),
            *(((*timed_ms(1, s2), "S2, every town"),) if s2 else ()),
        ):
            wrong = len(np.setxor1d(found, truth))
            print(
                f"{name:8} {label:16} {ms:9.1f} ms, {wrong:6} wrong of {len(truth):,}", flush=True
            )


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    rings(rounds)
    cities(rounds)
