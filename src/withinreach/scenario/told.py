"""The area of a place that a text only tells from another one: "north of X", "between A and B"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from withinreach.reading.statements import Relation
from withinreach.scenario.model import MAX_UNCERTAINTY_KM

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["location_told"]

_DIGITS = 3


def location_told(relation: Relation) -> dict[str, Any]:
    """Return the fields that tell where a scenario's entry is: a polygon, or a point and its doubt.

    The area comes from `withinreach.atlas.sectors`; one spot in it is meant, nobody knows which.
    """
    from withinreach.atlas.sectors import MAX_DISTANCE_KM, NEAR_KM, between, sector

    first = relation.anchors[0]
    where = {"country": first.country, "note": f"told as “{relation.text}”"}
    distance_km = relation.distance_km
    if distance_km is not None and distance_km > MAX_DISTANCE_KM:
        distance_km = None
    polygon = None
    if len(relation.anchors) == 2:
        second = relation.anchors[1]
        if (first.lon, first.lat) != (second.lon, second.lat):
            polygon = _polygon(between(first.lon, first.lat, second.lon, second.lat))
    elif relation.bearing_deg is not None:
        area = sector(first.lon, first.lat, relation.bearing_deg, distance_km)
        polygon = _polygon(area) if area.geom_type == "Polygon" else None
    if polygon is not None:
        return {"polygon": polygon} | where
    around_km = NEAR_KM if distance_km is None else distance_km * 1.2
    return {
        "lon": round(first.lon, 5),
        "lat": round(first.lat, 5),
        "uncertainty_km": min(around_km + first.uncertainty_km, MAX_UNCERTAINTY_KM),
    } | where


def _polygon(area: BaseGeometry) -> tuple[tuple[float, float], ...] | None:
    """Return the corners of an area, or None where no one ring of rounded corners tells it."""
    from withinreach.atlas.antimeridian import middle, turned
    from withinreach.geodesy.corners import area_of_corners

    lon0 = 0.0 if area.geom_type == "Polygon" else middle(area)[0]
    whole: Any = turned(area, lon0) if lon0 else area
    if whole.geom_type != "Polygon":
        return None
    points = [(_wrapped(x + lon0), round(y, _DIGITS)) for x, y in whole.exterior.coords]
    corners = tuple(dict.fromkeys(points))
    try:
        area_of_corners(corners)
    except ValueError:
        return None
    return corners


def _wrapped(lon: float) -> float:
    lon = round(lon, _DIGITS)
    return lon if -180 <= lon <= 180 else round((lon + 180) % 360 - 180, _DIGITS)
