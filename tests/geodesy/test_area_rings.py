"""Rings around areas: every part of the drawn edge lies at the radius, by samples along it."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon
from tests.geodesy.shapes import AREAS, BENT, GEOD, samples

from withinreach.geodesy import area_ring, disc, distance_interval_km, ring

SHAPES = {
    **AREAS,
    "line": LineString([(170, 50), (-175, 60), (-170, 55)]),
    "point": Point(-179, -89),
    "by the pole": Polygon([(0, 88), (120, 88.5), (150, 86)]),
}


def edge_of(drawn):
    """Points along the drawn edge, but for where it is cut at ±180° or runs along a pole."""
    points = []
    for part in shapely.get_parts(drawn):
        assert part.exterior.is_ccw
        for line in (part.exterior, *part.interiors):
            c = np.array(line.coords)
            a, b = c[:-1], c[1:]
            cut = (np.abs(a[:, 0]) == 180) & (a[:, 0] == b[:, 0])
            cut |= (np.abs(a[:, 1]) == 90) & (np.abs(b[:, 1]) == 90)
            shares = (0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9)
            points += [(a + (b - a) * share)[~cut] for share in shares]
    return np.concatenate(points)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("radius_km", [20, 700, 9000, 13_000])
@pytest.mark.parametrize("from_", ["some", "every"])
def test_drawn_edges_keep_the_tolerance(name, radius_km, from_):
    area = SHAPES[name]
    drawn = area_ring(area, radius_km, from_, tolerance_m=10)
    assert drawn.is_valid
    if drawn.is_empty:
        assert from_ == "every"
        return
    edge = edge_of(drawn)
    if len(edge) == 0:  # the whole Earth is within reach
        assert drawn.equals(shapely.box(-180, -90, 180, 90))
        return
    edge = edge[np.random.default_rng(3).permutation(len(edge))[:800]]
    nearest, farthest = distance_interval_km(area, edge[:, 0], edge[:, 1])
    error = np.abs((nearest if from_ == "some" else farthest) - radius_km) * 1000
    assert error.max() <= 10


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("radius_km", [2000, 12_000, 19_500])
def test_a_ring_holds_what_is_in_reach_and_nothing_else(name, radius_km):
    area = SHAPES[name]
    x, y = (
        samples(area, 5000)
        if area.geom_type != "Point"
        else (np.array([area.x]), np.array([area.y]))
    )
    rng = np.random.default_rng(7)
    lon = rng.uniform(-180, 180, 80)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, 80)))
    inner = area_ring(area, radius_km, "every", tolerance_m=100)
    outer = area_ring(area, radius_km, "some", tolerance_m=100)
    inside = distance_interval_km(area, lon, lat)[0] == 0
    opposite = distance_interval_km(area, lon + 180, -lat)[0] == 0
    for a, b, within, whole in zip(lon, lat, inside, opposite, strict=True):
        km = GEOD.inv(np.full(len(x), a), np.full(len(x), b), x, y)[2] / 1000
        near, far = (0 if within else km.min()), (20_003.9 if whole else km.max())
        if abs(near - radius_km) > 5:
            assert shapely.contains_xy(outer, a, b) == (near < radius_km)
        if abs(far - radius_km) > 5:
            assert shapely.contains_xy(inner, a, b) == (far < radius_km)


@settings(max_examples=20, deadline=None)
@given(
    st.floats(-180, 180),
    st.floats(-80, 80),
    st.floats(50, 15_000),
    st.lists(st.tuples(st.floats(0.5, 6), st.floats(0.2, 1)), min_size=3, max_size=9),
)
def test_a_ring_covers_its_area(lon, lat, radius_km, spokes):
    """Star-shaped outlines of any place, drawn in azimuth and distance, some across ±180°."""
    azimuth = -np.cumsum([turn for turn, _ in spokes]) / sum(turn for turn, _ in spokes) * 360
    metres = np.array([share for _, share in spokes]) * 500_000
    count = len(spokes)
    x, y, _ = GEOD.fwd(np.full(count, lon), np.full(count, lat), azimuth, metres)
    x = np.asarray(x) - 360 * np.round((np.asarray(x) - lon) / 360)
    area = Polygon(np.column_stack([x, y]))
    if not area.is_valid or np.abs(x).max() > 180:
        return
    drawn = area_ring(area, radius_km, tolerance_m=100)
    assert drawn.is_valid
    along = np.column_stack(samples(area, 20_000))
    assert shapely.contains_xy(drawn, along[:, 0], along[:, 1]).all()
    edge = edge_of(drawn)
    nearest, _ = distance_interval_km(area, edge[:, 0], edge[:, 1])
    assert np.abs(nearest - radius_km).max() <= 0.1


def test_a_point_has_the_ring_of_a_point():
    for from_ in ("some", "every"):
        drawn = area_ring(Point(44, 33), 700, from_)
        assert drawn.symmetric_difference(ring(44, 33, 700)).area < 5e-3


def test_an_inner_ring_may_be_empty():
    assert area_ring(BENT, 150, "every").is_empty
    assert not area_ring(BENT, 400, "every").is_empty
    assert area_ring(disc(0, 0, 10), 5, "every").is_empty


def test_a_country_round_the_whole_earth_leaves_nothing_out():
    belt = LineString([(lon, 0) for lon in range(-180, 181, 10)])
    assert area_ring(belt, 10_010, "some").equals(shapely.box(-180, -90, 180, 90))
    assert len(shapely.get_parts(area_ring(belt, 9000, "some").boundary)) >= 1


@pytest.mark.parametrize("radius_km", [0, -5, 19_900.1, float("nan"), float("inf")])
def test_radii_that_are_none_are_named(radius_km):
    with pytest.raises(ValueError, match=r"radius_km = .*at most 19,900"):
        area_ring(BENT, radius_km)


def test_bad_choices_are_named():
    with pytest.raises(ValueError, match=r"some.*every"):
        area_ring(BENT, 100, "any")
    with pytest.raises(ValueError, match="tolerance_m = 0"):
        area_ring(BENT, 100, tolerance_m=0)
    with pytest.raises(ValueError, match="not valid"):
        area_ring(Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]), 100)
