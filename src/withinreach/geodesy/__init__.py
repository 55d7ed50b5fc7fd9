"""Exact geometry on the WGS 84 ellipsoid: membership, rings, distances to areas.

Degrees, km, arrays in lon, lat order; no files, no network. Stands alone.
"""

from withinreach.geodesy.area_distances import area_to_area_interval_km, distance_interval_km
from withinreach.geodesy.area_rings import area_ring
from withinreach.geodesy.area_shares import origin_share
from withinreach.geodesy.areas import Area, Disc, disc
from withinreach.geodesy.index import PointIndex
from withinreach.geodesy.points import MAX_RADIUS_KM, azimuth_deg, destination, distance_km
from withinreach.geodesy.rings import ring, rings

__all__ = [
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
