"""Exact geometry on the WGS 84 ellipsoid: membership, rings, distances to areas.

Degrees, km, arrays in lon, lat order; no files, no network. Stands alone.
"""

from typing import TYPE_CHECKING, Any

from withinreach.geodesy.points import (
    FARTHEST_KM,
    MAX_RADIUS_KM,
    azimuth_deg,
    destination,
    distance_km,
)
from withinreach.geodesy.rings import ring, rings

if TYPE_CHECKING:
    from withinreach.geodesy.area_distances import area_to_area_interval_km, distance_interval_km
    from withinreach.geodesy.area_rings import area_ring
    from withinreach.geodesy.area_shares import origin_share
    from withinreach.geodesy.areas import Area, Disc, disc
    from withinreach.geodesy.index import PointIndex

__all__ = [
    "FARTHEST_KM",
    "MAX_RADIUS_KM",
    "Area",
    "Disc",
    "PointIndex",
    "area_ring",
    "area_to_area_interval_km",
    "azimuth_deg",
    "destination",
    "disc",
    "distance_interval_km",
    "distance_km",
    "origin_share",
    "ring",
    "rings",
]

_HOMES = {
    "Area": "areas",
    "Disc": "areas",
    "PointIndex": "index",
    "area_ring": "area_rings",
    "area_to_area_interval_km": "area_distances",
    "disc": "areas",
    "distance_interval_km": "area_distances",
    "origin_share": "area_shares",
}


def __getattr__(name: str) -> Any:
    """Import on first use (PEP 562): who only cuts a ring does not pay for the index."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
