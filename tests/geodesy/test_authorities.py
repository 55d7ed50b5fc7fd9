"""Answers against published geodesics, which no code of this project had a hand in.

Source: C. F. F. Karney, GeographicLib for Python 2.1 (PyPI `geographiclib`, MIT). Its own tests,
`geographiclib.test.test_geodesic`, hold 20 geodesics on WGS 84, right to 1e-8 m and 1e-13 degrees,
and hard cases named GeodSolve (antipodes, poles, short lines). pyproj's geodesics are the C library
of the same author; the Python one used here is a second program.
"""

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from geographiclib.test import test_geodesic as karney

from withinreach.geodesy import PointIndex, azimuth_deg, destination, distance_km, ring

# Columns: lat1, lon1, azi1, lat2, lon2, azi2, s12 in degrees and metres.
LAT1, LON1, AZI1, LAT2, LON2, AZI2, S12 = np.array(karney.GeodesicTest.testcases).T[:7]

# lon1, lat1, lon2, lat2, metres, half a unit of the last printed digit.
GEODSOLVE = {
    "0 New York to Paris": (-73.8, 40.6, 2.55, 49.01666667, 5853226, 0.5),
    "4 seven centimetres": (0, 36.493349428792, 8e-7, 36.49334942879201, 0.072, 0.5e-3),
    "6 antipodes": (
        0,
        88.202499451857,
        179.981022032992859592,
        -88.202499451857,
        20003898.214,
        5e-4,
    ),
    "9 antipodes": (
        0,
        56.320923501171,
        179.664747671772880215,
        -56.320923501171,
        19993558.287,
        5e-4,
    ),
    "11 antipodes": (
        0,
        48.522876735459,
        179.599720456223079643,
        -48.522876735459,
        19989144.774,
        5e-4,
    ),
    "29 longitudes beyond 180": (539, 0, 181, 0, 222639, 0.5),
    "33 half the equator": (0, 0, 179, 0, 19926189, 0.5),
    "33 nearly antipodal": (0, 0, 179.5, 0, 19980862, 0.5),
    "33 antipodal": (0, 0, 180, 0, 20003931, 0.5),
    "33 over the pole": (0, 0, 180, 1, 19893357, 0.5),
}


def karney_km(lon0, lat0, lon, lat):
    """Distances by the Python GeographicLib, one at a time."""
    return np.array(
        [
            Geodesic.WGS84.Inverse(lat0, lon0, b, a)["s12"] / 1000
            for a, b in zip(lon, lat, strict=True)
        ]
    )


def test_distances_and_directions_of_karneys_geodesics():
    assert np.abs(distance_km(LON1, LAT1, LON2, LAT2) * 1000 - S12).max() < 1e-8
    assert np.abs(azimuth_deg(LON1, LAT1, LON2, LAT2) - AZI1).max() < 1e-12


def test_destinations_of_karneys_geodesics():
    lon, lat = destination(LON1, LAT1, AZI1, S12 / 1000)
    assert np.abs(lat - LAT2).max() < 1e-12
    assert np.abs((lon - LON2 + 180) % 360 - 180).max() < 1e-12


@pytest.mark.parametrize("case", GEODSOLVE)
def test_distances_of_geodsolve(case):
    lon1, lat1, lon2, lat2, metres, within_m = GEODSOLVE[case]
    assert abs(float(distance_km(lon1, lat1, lon2, lat2)) * 1000 - metres) <= within_m


@pytest.mark.parametrize("case", range(len(S12)))
def test_membership_turns_at_karneys_length(case):
    index = PointIndex([0.0, LON2[case]], [0.0, LAT2[case]])
    for offset_m, inside in ((-1e-6, False), (1e-6, True), (-1000, False), (1000, True)):
        found = index.within(LON1[case], LAT1[case], (S12[case] + offset_m) / 1000)[1]
        assert (1 in found) == inside


@pytest.mark.parametrize("case", range(len(S12)))
def test_a_ring_passes_karneys_point(case):
    km = S12[case] / 1000
    drawn = ring(LON1[case], LAT1[case], km)
    # Points 20 m before and behind the end of the geodesic, in its own direction.
    back = Geodesic.WGS84.Direct(LAT2[case], LON2[case], AZI2[case], -20)
    on = Geodesic.WGS84.Direct(LAT2[case], LON2[case], AZI2[case], 20)
    assert drawn.covers(shapely.Point(back["lon2"], back["lat2"]))
    assert not drawn.covers(shapely.Point(on["lon2"], on["lat2"]))
    x, y = shapely.get_coordinates(drawn).T
    drawn_there = (np.abs(x) < 180) & (np.abs(y) < 90)
    x, y = x[drawn_there][::20], y[drawn_there][::20]
    assert np.abs(karney_km(LON1[case], LAT1[case], x, y) - km).max() < 1e-6


@pytest.mark.parametrize("radius_km", [200, 700, 5500, 13_000, 19_900])
def test_membership_by_the_second_program(radius_km):
    rng = np.random.default_rng(20)
    lon, lat = rng.uniform(-180, 180, 400), rng.uniform(-90, 90, 400)
    rim = destination(151.2, -33.9, np.arange(0, 360, 6.0), radius_km + 1e-8)
    lon, lat = np.append(lon, rim[0]), np.append(lat, rim[1])
    found = PointIndex(lon, lat).within(151.2, -33.9, radius_km)[1]
    expected = np.flatnonzero(karney_km(151.2, -33.9, lon, lat) <= radius_km)
    assert sorted(found.tolist()) == expected.tolist()
