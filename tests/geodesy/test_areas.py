"""Distances to areas and rings around them, against dense samples along geodesic edges."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, MultiPolygon, Point, Polygon

from withinreach.geodesy import (
    area_ring,
    area_to_area_interval_km,
    disc,
    distance_interval_km,
    origin_share,
)

GEOD = Geod(ellps="WGS84")
BENT = Polygon([(38.8, 33.4), (42.4, 31.1), (44, 32.2), (42.5, 33), (42.5, 34.4), (41.2, 34.6)])
HOLED = Polygon(
    [(0, 40), (10, 40), (10, 48), (0, 48)], [[(3, 42), (3, 46), (7, 46), (7, 42), (3, 42)]]
)
ISLES = MultiPolygon(
    [
        Polygon([(177, -18.5), (180, -18.5), (180, -16), (177, -16)]),
        Polygon([(-180, -18.5), (-179, -18.5), (-179, -16), (-180, -16)]),
    ]
)
POLAR = Polygon([(-180, -90), (180, -90), (180, -70), (60, -66), (-60, -72), (-180, -70)])
AREAS = {"bent": BENT, "holed": HOLED, "isles": ISLES, "polar": POLAR}


def samples(area, step_m=300):
    lons, lats = [], []
    for part in shapely.get_parts(area):
        lines = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for line in lines:
            c = list(line.coords)
            for (x0, y0), (x1, y1) in pairwise(c):
                count = max(int(GEOD.inv(x0, y0, x1, y1)[2] // step_m), 1)
                between = GEOD.npts(x0, y0, x1, y1, count)
                lons += [x0, *(p[0] for p in between)]
                lats += [y0, *(p[1] for p in between)]
    return np.array(lons), np.array(lats)


@pytest.mark.parametrize("name", AREAS)
def test_intervals_contain_every_sample_and_are_tight(name):
    area = AREAS[name]
    x, y = samples(area)
    rng = np.random.default_rng(2)
    lon = rng.uniform(-180, 180, 60)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, 60)))
    nearest, farthest = distance_interval_km(area, lon, lat)
    for a, b, near, far in zip(lon, lat, nearest, farthest, strict=True):
        km = GEOD.inv(np.full(len(x), a), np.full(len(x), b), x, y)[2] / 1000
        if near == 0:
            assert area.buffer(0.5).contains(Point(a, b))
        else:
            assert near <= km.min() + 1e-6
            assert near >= km.min() - 0.05
        if distance_interval_km(area, a + 180, -b)[0] == 0:  # it holds the antipode
            assert far == pytest.approx(20_003.931, abs=1e-3)
        else:
            assert -1e-6 <= far - km.max() <= 0.01


@settings(max_examples=40, deadline=None)
@given(st.floats(30, 55), st.floats(20, 45))
def test_the_nearest_point_is_found_to_the_metre(lon, lat):
    x, y = samples(BENT, step_m=100)
    km = GEOD.inv(np.full(len(x), lon), np.full(len(x), lat), x, y)[2] / 1000
    nearest, farthest = distance_interval_km(BENT, lon, lat)
    if nearest > 0:
        assert -1e-6 <= km.min() - nearest <= 0.06
    assert farthest == pytest.approx(km.max(), abs=1e-3)


def test_inside_is_zero_and_a_hole_is_not_inside():
    assert distance_interval_km(HOLED, 1, 41)[0] == 0
    assert distance_interval_km(HOLED, 5, 44)[0] > 100
    assert distance_interval_km(ISLES, 179.9, -17)[0] == 0
    assert distance_interval_km(ISLES, -179.9, -17)[0] == 0
    assert distance_interval_km(POLAR, 12, -89)[0] == 0


def test_lines_points_and_discs_are_areas():
    line = LineString([(0, 0), (10, 0)])
    assert distance_interval_km(line, 5, 1)[0] == pytest.approx(110.57, abs=0.05)
    near, far = distance_interval_km(disc(10, 10, 5), 10, 12)
    assert far - near == pytest.approx(10)
    near, far = distance_interval_km(Point(10, 10), 10, 12)
    assert near == far


@pytest.mark.parametrize("name", AREAS)
@pytest.mark.parametrize("radius_km", [200, 700, 2000])
@pytest.mark.parametrize("from_", ["some", "every"])
def test_rings_around_areas_keep_the_tolerance(name, radius_km, from_):
    area = AREAS[name]
    drawn = area_ring(area, radius_km, from_, tolerance_m=100)
    assert drawn.is_valid
    if drawn.is_empty:
        x, y = samples(area, 20_000)
        reach = GEOD.inv(np.full(len(x), x[0]), np.full(len(x), y[0]), x, y)[2].max() / 1000
        assert reach > radius_km
        return
    points = []
    for part in shapely.get_parts(drawn):
        assert part.exterior.is_ccw
        for line in (part.exterior, *part.interiors):
            c = np.array(line.coords)
            a, b = c[:-1], c[1:]
            cut = (np.abs(a[:, 0]) == 180) & (a[:, 0] == b[:, 0])
            cut |= (np.abs(a[:, 1]) == 90) & (np.abs(b[:, 1]) == 90)
            points += [(a + (b - a) * share)[~cut] for share in (0.0, 0.25, 0.5, 0.75)]
    edge = np.concatenate(points)
    nearest, farthest = distance_interval_km(area, edge[:, 0], edge[:, 1])
    error = np.abs((nearest if from_ == "some" else farthest) - radius_km) * 1000
    assert error.max() <= 100


def test_an_inner_ring_may_be_empty():
    assert area_ring(BENT, 150, "every").is_empty
    assert not area_ring(BENT, 400, "every").is_empty
    assert area_ring(disc(0, 0, 10), 5, "every").is_empty


def test_a_share_is_one_of_true_area():
    whole = Polygon([(0, 59), (4, 59), (4, 61), (0, 61)])
    assert origin_share(whole, 2, 60, 500) == 1
    assert origin_share(whole, 2, 40, 500) == 0
    rng = np.random.default_rng(1)
    x = rng.uniform(0, 4, 200_000)
    y = np.degrees(np.arcsin(rng.uniform(np.sin(np.radians(59)), np.sin(np.radians(61)), 200_000)))
    km = GEOD.inv(np.full(len(x), 0.0), np.full(len(x), 59.0), x, y)[2] / 1000
    assert origin_share(whole, 0, 59, 150) == pytest.approx((km <= 150).mean(), abs=0.01)


def test_between_areas():
    near, far = area_to_area_interval_km(BENT, disc(44.37, 33.31, 0))
    assert (near, far) == tuple(map(float, distance_interval_km(BENT, 44.37, 33.31)))
    near, far = area_to_area_interval_km(BENT, HOLED)
    assert 2000 < near < far
    assert area_to_area_interval_km(BENT, BENT)[0] == 0


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (Polygon(), "empty"),
        (Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]), "not valid"),
        (Polygon([(0, 0, 1), (1, 0, 1), (1, 1, 1)]), "heights"),
        (Polygon([(0, 0), (1, 0), (1, 95)]), "lat = 95"),
        ("Anbar", "give a shapely geometry"),
        (shapely.GeometryCollection([Point(0, 0)]), "GeometryCollection"),
    ],
)
def test_bad_areas_are_named(area, said):
    with pytest.raises(ValueError, match=said):
        distance_interval_km(area, 0, 0)


def test_bad_choices_are_named():
    with pytest.raises(ValueError, match=r"some.*every"):
        area_ring(BENT, 100, "any")
    with pytest.raises(ValueError, match="uncertainty_km = -1"):
        disc(0, 0, -1)
