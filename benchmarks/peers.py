"""What others offer for the work of `withinreach.geodesy`, each as a function of the same shape.

A peer that is not installed is left out and named; requirements/bench.in lists them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyproj import Geod

EARTH_KM = 6371.0088
GEOD = Geod(ellps="WGS84")
Pairs = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Peer:
    """A way to find points within a radius: what is timed, and what makes pairs of its answer."""

    name: str
    query: Callable[[np.ndarray, np.ndarray, float], Any]
    pairs: Callable[[Any], Pairs]
    # Slow ones answer so many origins; their time is multiplied.
    origins: int | None = None


def unit(lon, lat):
    """Return unit vectors on the sphere, shape (n, 3)."""
    x, y = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])


def flat(lists) -> Pairs:
    """Return the pairs of an answer that is one list of points an origin."""
    counts = [len(points) for points in lists]
    return np.repeat(np.arange(len(lists)), counts), np.concatenate([*lists, []]).astype(np.intp)


def all_pairs_pyproj(lon, lat) -> Peer:
    def query(lon0, lat0, radius_km):
        size = len(lon)
        return [
            np.flatnonzero(
                GEOD.inv(np.full(size, x), np.full(size, y), lon, lat)[2] <= radius_km * 1000
            )
            for x, y in zip(lon0, lat0, strict=True)
        ]

    return Peer("pyproj all pairs", query, flat, 5)


def ball_tree(lon, lat) -> Peer:
    from sklearn.neighbors import BallTree

    tree = BallTree(np.radians(np.column_stack([lat, lon])), metric="haversine")

    def query(lon0, lat0, radius_km):
        return tree.query_radius(np.radians(np.column_stack([lat0, lon0])), radius_km / EARTH_KM)

    return Peer("sklearn BallTree", query, flat)


def kd_tree(lon, lat) -> Peer:
    from scipy.spatial import cKDTree

    tree = cKDTree(unit(lon, lat))

    def query(lon0, lat0, radius_km):
        return tree.query_ball_point(unit(lon0, lat0), 2 * np.sin(radius_km / EARTH_KM / 2))

    return Peer("scipy cKDTree", query, flat)


def str_tree(lon, lat) -> Peer:
    import shapely

    tree = shapely.STRtree(shapely.points(lon, lat))
    azimuth = np.linspace(360, 0, 65)

    def query(lon0, lat0, radius_km):
        count, size = len(lon0), len(azimuth)
        x, y, _ = GEOD.fwd(
            np.repeat(lon0, size),
            np.repeat(lat0, size),
            np.tile(azimuth, count),
            np.full(count * size, radius_km * 1000),
        )
        corners = np.stack([x, y], axis=-1).reshape(count, size, 2)
        corners[:, -1] = corners[:, 0]
        return tree.query(shapely.polygons(corners), predicate="contains")

    return Peer("shapely STRtree, 64-gon", query, lambda answer: (answer[0], answer[1]))


def s2_all_pairs(lon, lat) -> Peer:
    import spherely

    points = spherely.points(lon, lat)

    def query(lon0, lat0, radius_km):
        return [
            np.flatnonzero(
                spherely.distance(spherely.create_point(x, y), points, radius=EARTH_KM) <= radius_km
            )
            for x, y in zip(lon0, lat0, strict=True)
        ]

    return Peer("S2 (spherely) all pairs", query, flat, 5)


POINT_PEERS = (ball_tree, kd_tree, str_tree, s2_all_pairs, all_pairs_pyproj)


def ring_pyproj(count: int):
    """Return a function that draws a fixed number of vertices, as most scripts do."""

    def draw(lon, lat, radius_km):
        azimuth = np.linspace(360, 0, count + 1)
        size = count + 1
        x, y, _ = GEOD.fwd(
            np.full(size, lon), np.full(size, lat), azimuth, np.full(size, radius_km * 1000)
        )
        return np.column_stack([x, y])

    return draw


def ring_cartopy():
    from cartopy.geodesic import Geodesic

    geodesic = Geodesic()
    return lambda lon, lat, radius_km: np.asarray(
        geodesic.circle(lon, lat, radius_km * 1000, n_samples=360)
    )


def ring_aeqd():
    """Return a function that draws a buffer in an azimuthal projection, back in degrees."""
    import shapely
    from pyproj import Transformer

    def draw(lon, lat, radius_km):
        back = Transformer.from_crs(
            f"+proj=aeqd +lon_0={lon} +lat_0={lat} +datum=WGS84", "EPSG:4326", always_xy=True
        )
        buffer = shapely.Point(0, 0).buffer(radius_km * 1000, quad_segs=90)
        return np.column_stack(back.transform(*shapely.get_coordinates(buffer).T))

    return draw


RING_PEERS = {
    "pyproj, 64": lambda: ring_pyproj(64),
    "pyproj, 360": lambda: ring_pyproj(360),
    "cartopy, 360": ring_cartopy,
    "shapely AEQD, 360": ring_aeqd,
}
