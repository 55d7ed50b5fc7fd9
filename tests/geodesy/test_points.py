"""Distances, directions, destinations: shapes, bad input, the bounds between chord and arc."""

import doctest
import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from withinreach.geodesy import azimuth_deg, destination, distance_km
from withinreach.geodesy.points import chord_bounds_m, distance_bounds_m, ecef_m

lons, lats = st.floats(-180, 180), st.floats(-90, 90)


@settings(max_examples=300, deadline=None)
@given(lons, lats, lons, lats)
def test_an_arc_lies_between_the_bounds_of_its_chord(lon0, lat0, lon1, lat1):
    ends = ecef_m(np.array([lon0, lon1]), np.array([lat0, lat1]))
    chord_m = np.linalg.norm(ends[0] - ends[1])
    metres = float(distance_km(lon0, lat0, lon1, lat1)) * 1000
    least, most = distance_bounds_m(np.array([chord_m]))
    assert least[0] <= metres <= most[0]


@settings(max_examples=300, deadline=None)
@given(lons, lats, st.floats(0, 360), st.floats(0.001, 19_900))
def test_a_chord_decides_only_what_it_can(lon, lat, azimuth, radius_km):
    """The chord to a point at R is above the sure one and not above the last possible one."""
    x, y = destination(lon, lat, azimuth, radius_km)
    metres = float(distance_km(lon, lat, x, y)) * 1000
    ends = ecef_m(np.array([lon, float(x)]), np.array([lat, float(y)]))
    chord_m = np.linalg.norm(ends[0] - ends[1])
    inner_m, outer_m = chord_bounds_m(metres)
    assert inner_m <= chord_m <= outer_m


def test_the_shell_between_the_bounds_is_narrow():
    # 0.33 m at 200 km, 14 m at 700 km: so few pairs need the geodesic itself.
    for radius_km, wide_m in ((200, 0.4), (700, 15), (2000, 340)):
        inner_m, outer_m = chord_bounds_m(radius_km * 1000)
        assert 0 < outer_m - inner_m < wide_m


def test_arrays_broadcast():
    assert distance_km([[0], [10]], 0, [0, 1, 2], 0).shape == (2, 3)
    assert azimuth_deg(0, 0, [1, 0], [0, 1]).tolist() == [90, 0]
    lon, lat = destination(0, 0, [0, 90, 180], [[100], [200]])
    assert lon.shape == lat.shape == (2, 3)
    assert distance_km([], [], [], []).shape == (0,)


def test_a_swap_of_lon_and_lat_would_show():
    # Baghdad to Riyadh; 983.2626 km with the GeodSolve of GeographicLib.
    assert abs(float(distance_km(44.366, 33.315, 46.722, 24.688)) - 983.2626) < 1e-4


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: distance_km(float("nan"), 0, 0, 0), "lon = nan"),
        (lambda: distance_km(0, 0, 0, -90.5), "lat = -90.5.*-90..90"),
        (lambda: azimuth_deg(0, 0, float("inf"), 0), "lon = inf"),
        (lambda: destination(0, 0, float("nan"), 1), "azimuth = nan"),
        (lambda: destination(0, 0, 0, float("inf")), "distance = inf"),
        (lambda: destination(0, 91, 0, 1), "lat = 91"),
    ],
)
def test_bad_input_is_named(work, said):
    with pytest.raises(ValueError, match=said):
        work()


@pytest.mark.parametrize("name", ["points", "index", "rings", "areas", "area_rings", "windows"])
def test_the_examples_in_the_docstrings_are_true(name):
    module = importlib.import_module(f"withinreach.geodesy.{name}")
    assert doctest.testmod(module).failed == 0
