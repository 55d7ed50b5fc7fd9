"""Which listed places, and which targets, every origin reaches at every radius."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from withinreach.geodesy import (
    FARTHEST_KM,
    area_to_area_interval_km,
    azimuth_deg,
    distance_interval_km,
    origin_share,
)
from withinreach.scenario import (
    Origin,
    Scenario,
    Target,
    area_of,
    bounds_of,
    centre_of,
    is_located,
    is_point,
    margin_km,
)
from withinreach.wording import Answer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from withinreach.atlas.table import PlaceTable
    from withinreach.geodesy import Area

__all__ = [
    "LISTED_PERSONS",
    "Reach",
    "ReachRow",
    "TargetReach",
    "answer_of",
    "answer_stands",
    "reach_of",
    "target_reach",
]

# Listings show towns from this many people on; every count is printed with it.
LISTED_PERSONS = 100_000


class ReachRow(msgspec.Struct, frozen=True, kw_only=True):
    """One listed place inside one ring: distances in km, bearing from the origin's centre."""

    origin: str
    radius_km: float
    place: str
    name: str
    country: str | None
    lon: float
    lat: float
    population_persons: int
    nearest_km: float
    farthest_km: float
    bearing_deg: float
    answer: Answer


class TargetReach(msgspec.Struct, frozen=True, kw_only=True):
    """What one radius around one origin means for one target.

    `origin_share` is the part of the origin's area (0 to 1, equal-area, no probability) from which
    the target is in range, None for a target that is itself an area; `shortfall_km` is how far the
    radius falls short of the nearest point of the origin, None when it does not. `hole_km` is a
    dead zone around the origin, None for none.
    """

    origin: str
    target: str
    radius_km: float
    hole_km: float | None = None
    nearest_km: float
    farthest_km: float
    bearing_deg: float
    answer: Answer
    origin_share: float | None
    shortfall_km: float | None


class Reach:
    """A columnar table of (origin, radius, place), one row per listed place inside a ring.

    `origin_i` indexes `scenario.origins`; `row` is the row number of the place in the atlas table;
    the other columns are in km and degrees. `ReachRow` objects are made when someone looks.
    """

    def __init__(
        self,
        scenario: Scenario,
        table: PlaceTable,
        min_persons: int,
        columns: dict[str, NDArray[Any]],
        targets: tuple[TargetReach, ...],
    ) -> None:
        self.scenario = scenario
        self.table = table
        self.min_persons = min_persons
        self.columns = columns
        self.targets = targets

    def __len__(self) -> int:
        return len(self.columns["row"])

    def __getitem__(self, i: int) -> ReachRow:
        column = self.columns
        place = self.table.place(int(column["row"][i]))
        nearest, farthest = float(column["nearest_km"][i]), float(column["farthest_km"][i])
        radius_km = float(column["radius_km"][i])
        origin = self.scenario.origins[int(column["origin_i"][i])]
        return ReachRow(
            origin=origin.id,
            radius_km=radius_km,
            place=place.id,
            name=place.name,
            country=place.country,
            lon=place.lon,
            lat=place.lat,
            population_persons=place.population_persons or 0,
            nearest_km=nearest,
            farthest_km=farthest,
            bearing_deg=float(column["bearing_deg"][i]),
            answer=answer_of(
                nearest, farthest, radius_km, self.scenario.hole_km(origin, radius_km)
            ),
        )

    def __iter__(self) -> Iterator[ReachRow]:
        return (self[i] for i in range(len(self)))

    def select(self, origin: Origin, radius_km: float) -> NDArray[np.intp]:
        """Return the row numbers of this table for one origin and radius, nearest first."""
        origin_i = self.scenario.origins.index(origin)
        column = self.columns
        return np.flatnonzero((column["origin_i"] == origin_i) & (column["radius_km"] == radius_km))

    def target(self, origin: Origin, target: Target, radius_km: float) -> TargetReach:
        return next(
            t
            for t in self.targets
            if (t.origin, t.target, t.radius_km) == (origin.id, target.id, radius_km)
        )


def answer_of(
    nearest_km: float, farthest_km: float, radius_km: float, hole_km: float | None = None
) -> Answer:
    """Return the answer of an interval of distances at a radius with or without a dead zone, in km.

    >>> answer_of(40, 60, 300), answer_of(40, 60, 300, hole_km=50), answer_of(40, 60, 300, 80)
    ('everywhere', 'partly', 'nowhere')
    """
    hole_km = hole_km or 0.0
    if hole_km <= nearest_km and farthest_km <= radius_km:
        return "everywhere"
    return "partly" if nearest_km <= radius_km and hole_km <= farthest_km else "nowhere"


# Asked again by the reach table, the verdicts and their words; an article has some hundred pairs.
@lru_cache(maxsize=4096)
def target_reach(
    origin: Origin, target: Target, radius_km: float, hole_km: float | None = None
) -> TargetReach:
    """Return what one radius around an origin, with or without a dead zone, means for one target.

    A town is one point, its listed centre, widened by its uncertainty. For an area as target
    `nearest_km` is the least distance over all pairs of points and `farthest_km` the distance from
    the worst point of the origin to the nearest point of the target.
    """
    lon, lat = centre_of(target)
    nearest, farthest = _distances_km(origin, target)
    answer = answer_of(nearest, farthest, radius_km, hole_km)
    share = None
    if is_point(target) and not is_point(origin):
        share = (
            {"everywhere": 1.0, "nowhere": 0.0}.get(answer)
            if answer != "partly"
            else _share(origin, target, radius_km) - _share(origin, target, hole_km)
        )
    return TargetReach(
        origin=origin.id,
        target=target.id,
        radius_km=radius_km,
        hole_km=hole_km,
        nearest_km=nearest,
        farthest_km=farthest,
        bearing_deg=float(azimuth_deg(*centre_of(origin), lon, lat)) % 360,
        answer=answer,
        origin_share=share,
        shortfall_km=nearest - radius_km if nearest > radius_km else None,
    )


def _share(origin: Origin, target: Target, radius_km: float | None) -> float:
    if radius_km is None:
        return 0.0
    return float(origin_share(area_of(origin), *centre_of(target), radius_km))


@lru_cache(maxsize=1024)
def _distances_km(origin: Origin, target: Target) -> tuple[float, float]:
    return _interval_km(area_of(origin), target, area_of(target))


def answer_stands(origin: Origin, target: Target, at: TargetReach) -> bool:
    """Return whether an answer holds wherever the uncertain edges of both areas run.

    Asked are both readings of a province told by its towns, the smallest and the largest, and both
    sides of the margin of an outline. A larger origin has nearer and farther points, a larger
    target is nearer throughout; what lies between answers as both ends do when they agree. Of 3,516
    random answers for provinces of eleven countries 80 % stand, and 0.4 % of those are another one
    by Natural Earth's outlines; of all the answers by the land nearest to the towns 3.7 % are.
    """
    surely_from, perhaps_from = bounds_of(origin)
    surely_to, perhaps_to = bounds_of(target)
    margin = margin_km(origin) + margin_km(target)
    if surely_from is perhaps_from and surely_to is perhaps_to:
        if margin == 0:
            return True
        low, high = (at.nearest_km, at.farthest_km), (at.nearest_km, at.farthest_km)
    else:
        nearest = _interval_km(perhaps_from, target, perhaps_to)[0]
        farthest = math.inf
        if surely_to is not None:
            farthest = _interval_km(perhaps_from, target, surely_to)[1]
        low, high = (nearest, nearest), (farthest, farthest)
        if surely_from is not None:
            low = nearest, _interval_km(surely_from, target, perhaps_to)[1]
            if surely_to is not None:
                high = _interval_km(surely_from, target, surely_to)[0], farthest
    nearer = answer_of(max(low[0] - margin, 0), max(low[1] - margin, 0), at.radius_km, at.hole_km)
    farther = answer_of(high[0] + margin, high[1] + margin, at.radius_km, at.hole_km)
    return nearer == farther == at.answer


def _interval_km(area: Area, target: Target, target_area: Area) -> tuple[float, float]:
    """Return the distances from an area to a target that covers so much, as `target_reach` has."""
    if target.lon is None or target.lat is None:
        return area_to_area_interval_km(area, target_area)
    nearest, farthest = (float(km) for km in distance_interval_km(area, target.lon, target.lat))
    # One spot that is not known better: it may be nearer or farther than its centre.
    return (
        max(nearest - target.uncertainty_km, 0.0),
        min(farthest + target.uncertainty_km, FARTHEST_KM),
    )


def reach_of(scenario: Scenario, table: PlaceTable, *, min_persons: int = LISTED_PERSONS) -> Reach:
    """Return the listed places and the targets inside every ring of a scenario.

    Listed are the atlas's towns of at least `min_persons` people (0 lists all). Each is judged by
    its exact geodesic distances to the origin's area, never by a drawn ring.
    """
    parts: list[dict[str, NDArray[Any]]] = []
    targets: list[TargetReach] = []
    rows, index = table.towns(min_persons)
    for origin_i, origin in enumerate(scenario.origins):
        radii_km = scenario.radii_km(origin)
        if not radii_km or not is_located(origin):
            continue
        holes_km = {km: scenario.hole_km(origin, km) for km in radii_km}
        for target in filter(is_located, scenario.targets):
            targets += [target_reach(origin, target, km, hole) for km, hole in holes_km.items()]
        area = area_of(origin)
        inside = index.within_area(area, radii_km[-1])
        lon, lat = table.lon[rows[inside]], table.lat[rows[inside]]
        nearest, farthest = distance_interval_km(area, lon, lat)
        from_lon, from_lat = centre_of(origin)
        bearing = azimuth_deg(from_lon, from_lat, lon, lat) % 360
        order = np.argsort(nearest, kind="stable")
        for radius_km in radii_km:
            inside_hole = farthest[order] < (holes_km[radius_km] or 0.0)
            kept = order[(nearest[order] <= radius_km) & ~inside_hole]
            parts.append(
                {
                    "origin_i": np.full(len(kept), origin_i),
                    "radius_km": np.full(len(kept), radius_km),
                    "row": rows[inside[kept]],
                    "nearest_km": nearest[kept],
                    "farthest_km": farthest[kept],
                    "bearing_deg": bearing[kept],
                }
            )
    none = np.empty(0)
    columns = {name: np.concatenate([part[name] for part in parts] or [none]) for name in _COLUMNS}
    return Reach(scenario, table, min_persons, columns, tuple(targets))


_COLUMNS = ("origin_i", "radius_km", "row", "nearest_km", "farthest_km", "bearing_deg")
