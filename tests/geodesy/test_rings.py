"""Rings: every vertex on the circle, every edge within the tolerance, valid everywhere."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from withinreach.geodesy import ring, rings

GEOD = Geod(ellps="WGS84")
PLACES = [(0, 0), (44, 33), (20, 60), (10, 85), (180, 0), (-179.5, 65), (0, 90), (30, -90)]


def distance_m(lon0, lat0, lon, lat):
    return GEOD.inv(np.full(len(lon), lon0), np.full(len(lon), lat0), lon, lat)[2]


def edge_points(area, shares):
    """Points along the drawn edges, without the lines on which the area is cut."""
    out = []
    for part in shapely.get_parts(area):
        for line in (part.exterior, *part.interiors):
            c = np.array(line.coords)
            a, b = c[:-1], c[1:]
            cut = ((np.abs(a[:, 0]) == 180) & (a[:, 0] == b[:, 0])) | (
                (np.abs(a[:, 1]) == 90) & (np.abs(b[:, 1]) == 90)
            )
            out += [(a + (b - a) * share)[~cut] for share in shares]
    return np.concatenate(out)


def vertices_off_the_cut(area):
    """Vertices of the drawn edge, without those on the lines on which the area is cut."""
    x, y = shapely.get_coordinates(area).T
    drawn = (np.abs(x) < 180) & (np.abs(y) < 90)
    return x[drawn], y[drawn]


def check(area, lon, lat, radius_km, tolerance_m):
    assert area.is_valid
    assert area.geom_type in ("Polygon", "MultiPolygon")
    west, south, east, north = area.bounds
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90
    assert all(part.exterior.is_ccw for part in shapely.get_parts(area))
    dense = edge_points(area, np.linspace(0, 1, 13)[:-1])
    error = np.abs(distance_m(lon, lat, dense[:, 0], dense[:, 1]) - radius_km * 1000)
    assert error.max() <= tolerance_m
    at_vertices = distance_m(lon, lat, *vertices_off_the_cut(area))
    assert np.abs(at_vertices - radius_km * 1000).max() <= 1e-3
    assert area.covers(shapely.Point(lon, lat))


@pytest.mark.parametrize("radius_km", [0.01, 200, 700, 2000, 5500, 10_000, 13_000, 19_900])
@pytest.mark.parametrize(("lon", "lat"), PLACES)
def test_edges_keep_the_tolerance(lon, lat, radius_km):
    check(ring(lon, lat, radius_km), lon, lat, radius_km, 10)


@settings(max_examples=60, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(0.1, 19_900))
def test_edges_keep_the_tolerance_anywhere(lon, lat, radius_km):
    area = ring(lon, lat, radius_km, tolerance_m=100)
    check(area, lon, lat, radius_km, 100)


@pytest.mark.parametrize(("lon", "lat"), PLACES)
@pytest.mark.parametrize("radius_km", [700, 5500, 13_000, 19_000])
def test_inside_is_within_the_radius(lon, lat, radius_km):
    rng = np.random.default_rng(5)
    x, y = rng.uniform(-180, 180, 4000), np.degrees(np.arcsin(rng.uniform(-1, 1, 4000)))
    metres = distance_m(lon, lat, x, y)
    clear = np.abs(metres - radius_km * 1000) > 20
    inside = shapely.contains_xy(ring(lon, lat, radius_km), x, y)
    assert (inside == (metres <= radius_km * 1000))[clear].all()


@pytest.mark.parametrize(
    ("lon", "lat", "radius_km"),
    # The last two start beside ±180° by a rounding of the longitude.
    [
        (-15.136059, -89.748141, 29.024685),
        (20, 89.5, 55.9),
        (100, -88, 223.5),
        (0, 89.9999, 0.5),
        (np.nextafter(180, 0), -65, 2791),
        (np.nextafter(-180, 0), 65, 2791),
    ],
)
def test_edges_next_to_a_pole(lon, lat, radius_km):
    check(ring(lon, lat, radius_km), lon, lat, radius_km, 10)


@pytest.mark.parametrize("off_km", [0, 1e-12, -1e-12, 1e-9, -1e-9, 1e-6, -1e-6, 0.01, -0.01, 1, -1])
@pytest.mark.parametrize("pole", [90, -90])
@pytest.mark.parametrize(("lon", "lat"), [(38.75595987930936, 10.297311507202155), (180, -65)])
def test_a_rim_at_a_pole(lon, lat, pole, off_km):
    radius_km = GEOD.inv(lon, lat, lon, pole)[2] / 1000 + off_km
    area = ring(lon, lat, radius_km)
    check(area, lon, lat, radius_km, 10)
    x, y = np.random.default_rng(13).uniform((-180, -90), (180, 90), (2000, 2)).T
    metres = distance_m(lon, lat, x, y)
    clear = np.abs(metres - radius_km * 1000) > 20
    inside = shapely.contains_xy(area, x, y)
    assert (inside == (metres <= radius_km * 1000))[clear].all()


def test_few_vertices_do():
    # An even division needs 612 vertices for 10 m, 193 for 100 m, and 4,768 at 13,000 km.
    assert len(ring(44, 33, 700).exterior.coords) < 612
    assert len(ring(44, 33, 700, tolerance_m=100).exterior.coords) < 196
    assert shapely.get_num_coordinates(ring(44, 33, 13_000)) < 1500


def test_a_hole_only_when_asked_for():
    assert not ring(10, 10, 500).interiors
    holed = ring(10, 10, 500, hole_km=100)
    assert len(holed.interiors) == 1
    assert not holed.covers(shapely.Point(10, 10))
    assert holed.is_valid


@pytest.mark.parametrize(("lon", "lat"), PLACES)
@pytest.mark.parametrize(("hole_km", "radius_km"), [(200, 700), (5500, 5501), (9000, 18_000)])
def test_a_hole_is_left_out_everywhere(lon, lat, hole_km, radius_km):
    area = ring(lon, lat, radius_km, hole_km=hole_km)
    assert area.is_valid
    x, y = np.random.default_rng(17).uniform((-180, -90), (180, 90), (3000, 2)).T
    metres = distance_m(lon, lat, x, y)
    clear = (np.abs(metres - radius_km * 1000) > 20) & (np.abs(metres - hole_km * 1000) > 20)
    between = (metres <= radius_km * 1000) & (metres >= hole_km * 1000)
    assert (shapely.contains_xy(area, x, y) == between)[clear].all()


@settings(max_examples=40, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(1, 19_900), st.floats(-360, 360))
def test_turning_the_world_turns_the_ring(lon, lat, radius_km, turn_deg):
    x, y = np.random.default_rng(9).uniform((-180, -90), (180, 90), (2000, 2)).T
    clear = np.abs(distance_m(lon, lat, x, y) - radius_km * 1000) > 220
    x, y = x[clear], y[clear]
    here = shapely.contains_xy(ring(lon, lat, radius_km, tolerance_m=100), x, y)
    turned = ring(lon + turn_deg, lat, radius_km, tolerance_m=100)
    there = shapely.contains_xy(turned, (x + turn_deg + 180) % 360 - 180, y)
    assert (here == there).all()


def test_a_turn_away_from_the_cut_moves_every_vertex_alike():
    here, there = ring(0, 40, 800), ring(57, 40, 800)
    moved = shapely.affinity.translate(here, 57)
    assert shapely.hausdorff_distance(moved, there) < 1e-9


def test_a_swap_of_lon_and_lat_would_show():
    west, south, east, north = ring(44, 33, 700).bounds
    # A degree of latitude is 111 km, one of longitude at 33° is 93 km.
    assert (round(west, 1), round(east, 1)) == (36.5, 51.5)
    assert (round(south, 1), round(north, 1)) == (26.7, 39.3)


def test_a_larger_ring_covers_a_smaller_one():
    for lon, lat in PLACES:
        drawn = [ring(lon, lat, km) for km in (150, 690, 700, 5500, 10_000, 10_050, 19_900)]
        assert all(b.covers(a) for a, b in pairwise(drawn))


def test_longitudes_are_brought_home():
    assert ring(540, 10, 300).equals(ring(-180, 10, 300))
    assert ring(404, 33, 300).equals(ring(44, 33, 300))


def test_many_rings_in_one_call():
    many = rings([0, 10], [0, 50], 300)
    assert all(m.equals(ring(x, y, 300)) for m, x, y in zip(many, (0, 10), (0, 50), strict=True))
    assert rings([], [], 300) == []
    with pytest.raises(ValueError, match="radius_km = -1"):
        rings([0, 10], 0, [300, -1])


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        ((0, 0, 0), {}, "radius_km = 0"),
        ((0, 0, -1), {}, "radius_km = -1"),
        ((0, 0, 20_000), {}, "radius_km = 20000.*19,900"),
        ((0, 91, 10), {}, "lat = 91"),
        ((float("nan"), 0, 10), {}, "lon = nan"),
        ((180, 0, 1e-12), {}, "radius_km = 1e-12.*1e-06 km"),
        ((44, 33, 700), {"hole_km": 700 - 1e-12}, "hole_km = 699.9.*too near"),
        ((0, 0, 10), {"hole_km": 10}, "hole_km = 10.*below"),
        ((0, 0, 10), {"hole_km": -1}, "hole_km = -1"),
        ((0, 0, 10), {"hole_km": float("nan")}, "hole_km = nan"),
        ((0, 0, 10), {"tolerance_m": 0}, "tolerance_m = 0"),
        ((0, 0, 10), {"tolerance_m": 1e-6}, "tolerance_m = 1e-06.*0.001"),
        ((0, 0, 10), {"tolerance_m": float("nan")}, "tolerance_m = nan"),
        ((0, 0, 10), {"tolerance_m": float("inf")}, "tolerance_m = inf"),
        ((float("-inf"), 0, 10), {}, "lon = -inf"),
        ((0, 0, float("nan")), {}, "radius_km = nan"),
    ],
)
def test_bad_input_is_named(arguments, options, said):
    with pytest.raises(ValueError, match=said):
        ring(*arguments, **options)
