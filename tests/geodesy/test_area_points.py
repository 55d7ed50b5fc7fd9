"""Which points are within reach of an area, against dense samples of its outline."""

import numpy as np
import pytest
import shapely
from shapely import LineString, Point, Polygon
from tests.geodesy.shapes import AREAS, BENT, GEOD, samples

from withinreach.geodesy import PointIndex, disc, distance_interval_km

SHAPES = {
    **AREAS,
    "line": LineString([(170, 50), (-175, 60), (-170, 55)]),
    "point": Point(44, 33),
    "disc": disc(44, 33, 50),
}


@pytest.fixture(scope="module")
def places():
    rng = np.random.default_rng(11)
    lon = rng.uniform(-180, 180, 2000)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, 2000)))
    # Crowds about the areas, and on both sides of ±180°.
    near = rng.normal([[41, 33], [5, 44], [180, -17], [0, -80]], 8, (400, 4, 2)).reshape(-1, 2)
    lon = np.concatenate([lon, near[:, 0], [180, -180, 0, 0]])
    lat = np.concatenate([lat, np.clip(near[:, 1], -90, 90), [0, 0, 90, -90]])
    return (lon + 180) % 360 - 180, lat


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("radius_km", [200, 4000, 12_000])
@pytest.mark.parametrize("from_", ["some", "every"])
def test_rows_are_those_of_the_exact_distances(places, name, radius_km, from_):
    lon, lat = places
    rows = PointIndex(lon, lat).within_area(SHAPES[name], radius_km, from_)
    nearest, farthest = distance_interval_km(SHAPES[name], lon, lat)
    wanted = np.flatnonzero((nearest if from_ == "some" else farthest) <= radius_km)
    np.testing.assert_array_equal(rows, wanted)


def test_rows_are_those_of_dense_samples(places):
    lon, lat = places
    x, y = samples(BENT, 20)
    near = np.flatnonzero(np.hypot(lon - 41, lat - 33) < 25)
    index = PointIndex(lon, lat)
    for radius_km in (200, 700):
        some = np.isin(near, index.within_area(BENT, radius_km))
        every = np.isin(near, index.within_area(BENT, radius_km, "every"))
        for i in range(0, len(near), 45):
            a, b = lon[near[i]], lat[near[i]]
            km = GEOD.inv(np.full(len(x), a), np.full(len(x), b), x, y)[2] / 1000
            inside = shapely.contains_xy(BENT, a, b)
            if abs(km.min() - radius_km) > 0.01 and not inside:
                assert some[i] == (km.min() < radius_km)
            if abs(km.max() - radius_km) > 0.01:
                assert every[i] == (km.max() < radius_km)


def test_bad_input_is_named():
    index = PointIndex([0, 1], [0, 1])
    with pytest.raises(ValueError, match=r"radius_km = 0"):
        index.within_area(BENT, 0)
    with pytest.raises(ValueError, match=r"some.*every"):
        index.within_area(BENT, 10, "any")
    with pytest.raises(ValueError, match="empty"):
        index.within_area(Polygon(), 10)
