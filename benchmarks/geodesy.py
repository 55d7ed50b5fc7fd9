"""Measures `withinreach.geodesy` beside its peers in one process: times, wrong pairs, edge errors.

    pip install -r requirements/bench.in
    python benchmarks/geodesy.py [ROUNDS]

Each round runs everybody in turn, and processor time counts, so that a slow moment hits all alike;
the tables show medians. Wrong pairs are those that differ from pyproj's `Geod.inv` on every pair
that could be within the radius.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

import peers
from withinreach.atlas.table import PlaceTable
from withinreach.geodesy import PointIndex, ring

PLACES = [(0, 0), (44, 33), (20, 60), (10, 85), (180, 0), (-179.5, 65), (0, 90), (30, -90)]
RADII_KM = (200, 700, 2000, 5500, 10_000, 13_000)
SLOW_S = 2.0


def timed(work: Callable[..., Any], *given: Any) -> tuple[float, Any]:
    began = time.process_time()
    answer = work(*given)
    return time.process_time() - began, answer


def true_pairs(lon, lat, lon0, lat0, radius_km) -> np.ndarray:
    """Return origin * points + point of all pairs within the radius, by pyproj, sorted.

    The sphere sorts out what is farther by 1.2 %; its distances are off by 0.56 % at most.
    """
    apart = peers.unit(lon, lat)
    close = np.cos(min(radius_km * 1.012 / peers.EARTH_KM, np.pi))
    found = []
    for i, (x, y) in enumerate(zip(lon0, lat0, strict=True)):
        near = np.flatnonzero(apart @ peers.unit([x], [y])[0] >= close)
        size = len(near)
        metres = peers.GEOD.inv(np.full(size, x), np.full(size, y), lon[near], lat[near])[2]
        found.append(i * len(lon) + near[np.asarray(metres) <= radius_km * 1000])
    return np.concatenate(found)


@dataclass
class Row:
    """What one peer needed for one task, and how many pairs it had wrong."""

    peer: peers.Peer
    note: str
    wrong: int
    seconds: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds[1:] or self.seconds)


def measured(peer, lon0, lat0, radius_km, truth, point_count) -> Row:
    """Return a peer's first time, and its errors beside the true pairs of the same origins."""
    part = min(peer.origins or len(lon0), len(lon0))
    seconds, answer = timed(peer.query, lon0[:part], lat0[:part], radius_km)
    origin, point = peer.pairs(answer)
    keys = np.sort(origin * point_count + point)
    wrong = len(np.setxor1d(keys, truth[truth < part * point_count]))
    wrong += int(np.count_nonzero(np.diff(keys) == 0))
    note = f" (from {part} origins)" if part < len(lon0) else ""
    return Row(peer, note, wrong, [seconds * len(lon0) / part])


def memberships(rounds: int) -> None:
    table = PlaceTable.open()
    lon, lat = (np.array(a[: table.town_count]) for a in (table.lon, table.lat))
    rng = np.random.default_rng(1)
    anywhere = rng.uniform(-180, 180, 1000), np.degrees(np.arcsin(rng.uniform(-1, 1, 1000)))
    towns = rng.integers(0, len(lon), 1000)
    index = PointIndex(lon, lat)
    ours = peers.Peer("withinreach", index.within, lambda answer: answer)
    others = []
    for build in peers.POINT_PEERS:
        try:
            others.append(build(lon, lat))
        except ImportError as error:
            print(f"skipped {build.__name__}: {error}")
    pyproj_alone = [peer for peer in others if peer.name.startswith("pyproj")]
    few = tuple(a[:20] for a in anywhere)
    print(f"{f'which of {len(lon):,} towns':44} {'ms':>12} {'ratio':>8} {'wrong':>8}")
    for title, (x, y), radius_km, against in (
        ("1,000 origins anywhere", anywhere, 200, others),
        ("1,000 origins anywhere", anywhere, 300, others),
        ("1,000 origins anywhere", anywhere, 700, others),
        ("1,000 towns as origins", (lon[towns], lat[towns]), 700, others),
        ("one origin in Europe", (np.array([7.0]), np.array([50.0])), 700, others),
        ("20 origins anywhere", few, 5500, pyproj_alone),
        ("20 origins anywhere", few, 13_000, pyproj_alone),
    ):
        truth = true_pairs(lon, lat, x, y, radius_km)
        print(f"{title}, {radius_km:,} km: {len(truth):,} pairs")
        rows = [measured(peer, x, y, radius_km, truth, len(lon)) for peer in (ours, *against)]
        # The first answers also warm the caches; what is extrapolated, or very slow, runs but once.
        for _ in range(rounds):
            for row in rows:
                if not row.note and row.seconds[0] < SLOW_S:
                    row.seconds.append(timed(row.peer.query, x, y, radius_km)[0])
        for row in rows:
            ratio = rows[0].median / row.median
            name = row.peer.name + row.note
            print(f"  {name:42} {1000 * row.median:12,.1f} {ratio:8.4f} {row.wrong:8,}")


def edge_error_m(corners: np.ndarray, lon: float, lat: float, radius_km: float) -> float:
    """Return how far the drawn edge is from the circle, sampled 12 times an edge.

    Lines along ±180° and the poles, where an area is cut, are no edges.
    """
    a, b = corners[:-1], corners[1:]
    cut = ((np.abs(a[:, 0]) == 180) & (a[:, 0] == b[:, 0])) | (
        (np.abs(a[:, 1]) == 90) & (np.abs(b[:, 1]) == 90)
    )
    a, b = a[~cut], b[~cut]
    worst = 0.0
    for share in np.arange(12) / 12:
        x, y = (a + (b - a) * share).T
        size = len(x)
        metres = np.asarray(peers.GEOD.inv(np.full(size, lon), np.full(size, lat), x, y)[2])
        off = np.abs(metres - radius_km * 1000)
        worst = max(worst, float(np.max(off, initial=0, where=np.isfinite(off))))
    return worst


def outlines(area: shapely.Geometry) -> list[np.ndarray]:
    lines = shapely.get_parts(shapely.get_rings(shapely.get_parts(area)))
    return [shapely.get_coordinates(line) for line in lines]


def ring_rows(rounds: int) -> None:
    """Rings at hard places: the worst edge error, how many are not valid, the median time."""
    draws = {}
    for name, build in peers.RING_PEERS.items():
        try:
            draws[name] = build()
        except ImportError as error:
            print(f"skipped {name}: {error}")
    for tolerance_m in (10, 100):
        draws[f"withinreach, {tolerance_m} m"] = lambda x, y, r, t=tolerance_m: ring(
            x, y, r, tolerance_m=t
        )
    print(f"\nrings at {len(PLACES)} places: the equator, 33°, 60°, 85°, ±180°, both poles")
    print(f"{'':24} {'ms':>8} {'vertices':>9} {'worst edge error, m':>20} {'at 33° N':>10} invalid")
    for radius_km in RADII_KM:
        print(f"{radius_km:,} km")
        seconds: dict[str, list[float]] = {name: [] for name in draws}
        for _ in range(rounds):
            for name, draw in draws.items():
                seconds[name].append(timed(draw, 44.0, 33.0, radius_km)[0])
        for name, draw in draws.items():
            errors, invalid, vertices = {}, 0, 0
            for place in PLACES:
                drawn = draw(*map(float, place), radius_km)
                if isinstance(drawn, np.ndarray):
                    closed = drawn if (drawn[0] == drawn[-1]).all() else [*drawn, drawn[0]]
                    drawn = shapely.Polygon(closed)
                lines = outlines(drawn)
                errors[place] = max(edge_error_m(line, *place, radius_km) for line in lines)
                invalid += not drawn.is_valid
                if place == (44, 33):
                    vertices = sum(len(line) - 1 for line in lines)
            print(
                f"  {name:22} {1000 * statistics.median(seconds[name]):8.2f} {vertices:9,} "
                f"{max(errors.values()):20,.1f} {errors[44, 33]:10,.1f} {invalid:7}"
            )


def area_rows(rounds: int) -> None:
    """Rings around areas and distances to them: benchmarks/areas.py measures these."""
    try:
        import areas
    except ImportError:
        print("\nareas: not measured, as benchmarks/areas.py is not here")
        return
    areas.rings(rounds)
    areas.cities(rounds)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print("not compared here: PostGIS and DuckDB spatial, which pip does not bring")
    memberships(rounds)
    ring_rows(rounds)
    area_rows(rounds)


if __name__ == "__main__":
    main()
