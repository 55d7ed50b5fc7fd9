"""The rings of a scenario: what some point, and what every point, of an origin reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from withinreach.geodesy import area_ring
from withinreach.scenario import Origin, Scenario, area_of, is_located

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Ring", "rings"]


class Ring(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One drawn ring.

    `reach` "outer" is what some point of the origin reaches, "inner" what every point reaches (its
    geometry may be empty). `geometry` is a valid Polygon or MultiPolygon in lon, lat degrees, cut
    at the antimeridian; the true ring lies within `tolerance_m` of its edge.
    """

    origin: Origin
    radius_km: float
    reach: Literal["outer", "inner"]
    geometry: BaseGeometry
    tolerance_m: float

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        return {
            "type": "Feature",
            "geometry": self.geometry.__geo_interface__,
            "properties": {
                "origin": self.origin.id,
                "radius_km": self.radius_km,
                "reach": self.reach,
            },
        }


def rings(scenario: Scenario, *, tolerance_m: float = 10) -> tuple[Ring, ...]:
    """Return an outer and an inner ring for every origin and radius, in the scenario's order.

    An exact point has one ring only, as what some and what every point of it reaches is the same.
    An origin whose place is not known has none.
    """
    drawn = []
    for origin in filter(is_located, scenario.origins):
        area = area_of(origin)
        exact = origin.outline is None and origin.polygon is None and origin.uncertainty_km == 0
        for radius_km in scenario.radii_km(origin):
            hole_km = scenario.hole_km(origin, radius_km)
            outer = _area_ring(area, radius_km, hole_km, "some", tolerance_m)
            drawn.append(_ring(origin, radius_km, "outer", outer, tolerance_m))
            if not exact:
                inner = _area_ring(area, radius_km, hole_km, "every", tolerance_m)
                drawn.append(_ring(origin, radius_km, "inner", inner, tolerance_m))
    return tuple(drawn)


def _area_ring(
    area: Any,
    radius_km: float,
    hole_km: float | None,
    from_: Literal["some", "every"],
    tolerance_m: float,
) -> BaseGeometry:
    """Return the ring without the dead zone of every (outer ring) or some (inner ring) point."""
    covered = area_ring(area, radius_km, from_, tolerance_m=tolerance_m)
    if hole_km is None:
        return covered
    other: Literal["some", "every"] = "every" if from_ == "some" else "some"
    return covered.difference(area_ring(area, hole_km, other, tolerance_m=tolerance_m))


def _ring(
    origin: Origin,
    radius_km: float,
    reach: Literal["outer", "inner"],
    geometry: BaseGeometry,
    tolerance_m: float,
) -> Ring:
    return Ring(
        origin=origin,
        radius_km=radius_km,
        reach=reach,
        geometry=geometry,
        tolerance_m=tolerance_m,
    )
