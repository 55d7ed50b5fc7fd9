"""Corners that a person wrote: the area they mean, or why they mean none."""

import itertools
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from withinreach.geodesy import destination, disc, distance_interval_km
from withinreach.geodesy.area_rings import area_ring
from withinreach.geodesy.area_shares import origin_share
from withinreach.geodesy.areas import surface_of
from withinreach.geodesy.corners import area_of_corners
from withinreach.geodesy.points import geod


def size_km2(area):
    parts = shapely.orient_polygons(shapely.get_parts(surface_of(area)))
    return sum(geod().geometry_area_perimeter(part)[0] for part in parts) / 1e6


def circle_km2(radius_km):
    radius_m = 6_371_007.0
    return 2 * math.pi * (radius_m / 1000) ** 2 * (1 - math.cos(radius_km * 1000 / radius_m))


def test_plain_corners_stay_to_the_bit():
    corners = [(45.1, 12.3), (46.7, 12.9), (45.3, 13.7)]
    area = area_of_corners(corners)
    assert list(area.exterior.coords) == [*corners, corners[0]]
    assert area_of_corners([*corners, corners[0]]).equals(area)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("first", range(4))
def test_an_edge_of_more_than_180_degrees_goes_across_the_antimeridian(first, turned):
    corners = [(179, -18), (-179, -18), (-179, -16), (179, -16)]
    corners = corners[first:] + corners[:first]
    area = area_of_corners(corners[::-1] if turned else corners)
    assert area.is_valid
    assert area.geom_type == "MultiPolygon"
    assert size_km2(area) == pytest.approx(size_km2(shapely.box(-1, -18, 1, -16)), rel=1e-3)
    assert (area.bounds[0], area.bounds[2]) == (-180, 180)
    assert distance_interval_km(area, [180.0, -179.5, 178.0], [-17.0] * 3)[0].tolist()[:2] == [0, 0]
    assert distance_interval_km(area, 0.0, -17.0)[0] > 10_000
    assert 0 < origin_share(area, 179.0, -17.0, 120) < 1


def test_a_cut_lies_on_the_shortest_way():
    area = area_of_corners([(150, 50), (-150, 50), (-150, 40), (150, 40)])
    side = area.intersection(shapely.linestrings([[180, -90], [180, 90]]))
    low, high = side.bounds[1], side.bounds[3]
    for lat, corner in ((low, 40), (high, 50)):
        _, top = geod().npts(150, corner, -150, corner, 1)[0]
        assert lat == pytest.approx(top, abs=1e-5)


def test_both_names_of_the_antimeridian_are_one():
    wanted = shapely.box(179, 0, 180, 2)
    for corners in (
        [(179, 0), (180, 0), (-180, 2), (179, 2)],
        [(-180, 0), (179, 0), (179, 2), (-180, 2)],
        [(179, 0), (180, 0), (-180, 0), (180, 2), (179, 2)],
    ):
        assert area_of_corners(corners).equals(wanted)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("step", [1, -1])
def test_a_ring_round_a_pole_holds_it(sign, step):
    corners = [(0, 80 * sign), (90, 70 * sign), (180, 80 * sign), (-90, 80 * sign)][::step]
    area = area_of_corners(corners)
    assert area.is_valid
    for lon in (0.0, 90.0, -135.0):
        assert distance_interval_km(area, lon, 89.0 * sign)[0] == 0
        assert distance_interval_km(area, lon, 60.0 * sign)[0] > 500
    x, y = np.array(corners, float).T
    around = abs(geod().polygon_area_perimeter(x, y)[0]) / 1e6
    assert size_km2(area) == pytest.approx(around, rel=1e-4)


def test_a_polar_area_may_be_written_as_files_hold_it():
    corners = [(-180, -90), (180, -90), (180, -70), (60, -66), (-60, -72), (-180, -70)]
    area = area_of_corners(corners)
    ring = area_of_corners(corners[2:])
    assert area.symmetric_difference(ring).area < 1e-6
    assert distance_interval_km(area, 12.0, -89.0)[0] == 0


@pytest.mark.parametrize("lon", [0.0, 15.0, 180.0])
@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_a_corner_at_a_pole_has_every_longitude(lon, pole):
    lat = pole * 2 / 3
    near = area_of_corners([(lon, pole), (10, lat), (20, lat)])
    assert near.bounds[0] == 10
    assert near.bounds[2] == 20
    across = area_of_corners([(lon, pole), (175, lat), (-175, lat)])
    assert size_km2(across) == pytest.approx(size_km2(near), rel=1e-4)
    wide = area_of_corners([(lon, pole), (-100, lat), (0, lat), (100, lat)])
    assert (wide.bounds[0], wide.bounds[2]) == (-100, 100)


@settings(max_examples=60, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(1, 8000), st.integers(0, 99))
def test_a_circle_of_corners_is_read_wherever_it_lies(lon, lat, radius_km, turn):
    angles = (np.arange(100) + turn) * -3.6
    corners = list(
        zip(*(a.tolist() for a in destination(lon, lat, angles, radius_km)), strict=True)
    )
    area = area_of_corners(corners)
    assert area.is_valid
    assert size_km2(area) == pytest.approx(circle_km2(radius_km), rel=0.02)
    assert distance_interval_km(area, lon, lat)[0] == 0
    far_lon, far_lat = destination(lon, lat, 77.0, radius_km * 1.02)
    assert distance_interval_km(area, float(far_lon), float(far_lat))[0] > 0


FAULTS = [
    ([(45, 12), (46, 13), (46, 12), (45, 13)], r"cross or touch near \[45.5, 12.5\]"),
    ([(1, 1), (2, 2), (3, 3)], "lie on a line"),
    ([(0, 0), (1, 0), (2, 0), (1, 0), (1, 1)], "cross or touch near"),
    ([(45, 12), (46, 12), (45.5, 12.5), (46, 13), (45, 13), (45.5, 12.5)], "cross or touch near"),
    ([(179, 0), (-179, 2), (-179, 0), (179, 2)], r"near \[(-180|180), 1"),
    ([((40 * i + 180) % 360 - 180, 60 + i) for i in range(18)], "cross or touch near"),
    ([(0, 0), (120, 0), (-120, 0)], "half of the Earth or more"),
    ([(-170, -80), (0, -80), (170, -80), (170, 80), (0, 80), (-170, 80)], "half of the Earth"),
    ([(-180, -90), (180, -90), (180, 90), (-180, 90)], "pole to pole"),
    ([(0, 90), (10, 60), (20, 90), (30, 60)], r"near \[0, 90\]"),
    ([(0, 10), (180, 10), (90, 50)], "either way"),
    ([(0, 90), (90, 90), (180, 90)], "3 different corners"),
    ([(180, 1), (-180, 1), (0, 0)], "3 different corners"),
    ([(0, 0), (1, 1)], "3 different corners"),
    ([], "3 different corners"),
    ([(45, 12), (45 + 1e-9, 12), (45, 12 + 1e-9)], "smaller than a square metre"),
    ([(0, 0), (1, 0), (1, 95)], "lat = 95"),
]  # fmt: skip


@pytest.mark.parametrize(("corners", "said"), FAULTS)
def test_corners_that_mean_no_area_are_told(corners, said):
    with pytest.raises(ValueError, match=said):
        area_of_corners(corners)


def test_edges_that_only_cross_as_shortest_ways_are_told():
    flat = [(0, 60), (60, 60), (60, 60.2), (30, 60.2), (0, 60.2)]
    assert shapely.Polygon(flat).is_valid
    with pytest.raises(ValueError, match="more of them on long edges"):
        area_of_corners(flat)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([-180.0, -179.0, -90.0, 0.0, 1.0, 90.0, 91.0, 179.0, 180.0]),
            st.sampled_from([-90.0, -89.0, -1.0, 0.0, 1.0, 60.0, 89.0, 90.0]),
        ),
        max_size=7,
    )
)
def test_any_corners_are_a_sound_area_or_are_refused(corners):
    try:
        area = area_of_corners(corners)
    except ValueError:
        return
    assert area.is_valid
    assert surface_of(area).is_valid
    assert area.geom_type in ("Polygon", "MultiPolygon")
    west, south, east, north = area.bounds
    assert -180 <= west < east <= 180
    assert -90 <= south < north <= 90
    assert 0 < size_km2(area) < 256e6
    for lon, lat in itertools.product((0.0, 180.0), (-45.0, 45.0)):
        assert 0 <= origin_share(area, lon, lat, 5000) <= 1


def test_a_disc_that_leaves_no_ring_to_draw_gives_an_empty_one():
    assert area_ring(disc(45, 12, 5), 5.000_000_000_1, "every").is_empty
