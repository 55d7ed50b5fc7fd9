"""Distances to areas and rings around them, against dense samples along geodesic edges."""

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon
from tests.geodesy.shapes import AREAS, BENT, GEOD, HOLED, ISLES, POLAR, samples

from withinreach.geodesy import (
    area_to_area_interval_km,
    disc,
    distance_interval_km,
)


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


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(AREAS)),
    st.integers(0, 10**6),
    st.sampled_from([0.02, 0.2, 1, 5, 40]),
    st.floats(-1, 1),
    st.floats(-1, 1),
)
@example("isles", 168, 5, 0.5625, 0.027956420002553495)
def test_beyond_a_quarter_turn_no_sample_is_farther(name, number, spread_deg, east, north):
    """Points about the antipode of the outline, where an edge's middle may be farther."""
    area = AREAS[name]
    x, y = samples(area, 2000)
    i = number % len(x)
    lon = x[i] + 180 + spread_deg * east
    lat = float(np.clip(-y[i] + spread_deg * north, -90, 90))
    km = GEOD.inv(np.full(len(x), lon), np.full(len(x), lat), x, y)[2] / 1000
    nearest, farthest = distance_interval_km(area, lon, lat)
    assert nearest <= km.min() + 1e-6
    assert farthest >= km.max() - 1e-6
    inside = distance_interval_km(area, lon + 180, -lat)[0] == 0
    assert farthest <= (20_003.932 if inside else km.max() + 1.0)


def test_the_antipode_of_an_area_is_half_a_meridian_away():
    assert distance_interval_km(BENT, 42 - 180, -33)[1] == pytest.approx(20_003.9315, abs=1e-3)


def test_the_farthest_point_of_an_edge_may_be_its_middle():
    edge = LineString([(-1, 60), (1, 60)])
    x, y, _ = GEOD.fwd(0, 60.0, 180, 13_000_000)
    middle = np.array(GEOD.npts(-1, 60, 1, 60, 99))
    km = GEOD.inv(np.full(99, x), np.full(99, y), middle[:, 0], middle[:, 1])[2].max() / 1000
    ends = GEOD.inv(x, y, 1, 60)[2] / 1000
    farthest = distance_interval_km(edge, x, y)[1]
    assert km > ends + 0.1
    assert farthest == pytest.approx(km, abs=1e-4)


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
        (Polygon([(0, 0), (4, 0), (4, 4)], [[(8, 8), (9, 8), (9, 9)]]), "not valid"),
        (MultiPolygon(), "empty"),
        ("Anbar", "give a shapely geometry"),
        (shapely.GeometryCollection([Point(0, 0)]), "GeometryCollection"),
    ],
)
def test_bad_areas_are_named(area, said):
    with pytest.raises(ValueError, match=said):
        distance_interval_km(area, 0, 0)


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize("ends", [[(0, 0), (1, np.nan)], [(0, 0), (np.inf, 1)]])
def test_outlines_that_are_not_finite_are_named(ends):
    with pytest.raises(ValueError, match=r"nan|inf|not valid"):
        distance_interval_km(LineString(ends), 0, 0)


@pytest.mark.parametrize(("lon", "lat"), [(float("nan"), 0), (0, 91), (0, float("inf"))])
def test_bad_points_are_named(lon, lat):
    with pytest.raises(ValueError, match=r"l(on|at) = "):
        distance_interval_km(BENT, lon, lat)


def test_bad_uncertainties_are_named():
    with pytest.raises(ValueError, match="uncertainty_km = -1"):
        disc(0, 0, -1)
