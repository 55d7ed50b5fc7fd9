"""Membership is that of Karney's geodesic on every pair: poles, ±180°, antipodes, rims."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from withinreach.geodesy import MAX_RADIUS_KM, PointIndex, destination

GEOD = Geod(ellps="WGS84")

lons = st.one_of(
    st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 0.0, 179.999999, -179.999999, 90.0])
)
lats = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 0.0, 89.999999, 0.25]))
radii = st.one_of(st.floats(0.001, MAX_RADIUS_KM), st.sampled_from([200.0, 700.0, MAX_RADIUS_KM]))


def brute_force(lon, lat, lon0, lat0, radius_km):
    size = len(lon)
    metres = GEOD.inv(np.full(size, lon0), np.full(size, lat0), lon, lat)[2]
    return set(np.flatnonzero(metres <= radius_km * 1000).tolist())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(lons, lats), min_size=1, max_size=60), lons, lats, radii)
def test_membership_is_brute_force(points, lon0, lat0, radius_km):
    lon, lat = np.array(points).T
    origin, found = PointIndex(lon, lat).within(lon0, lat0, radius_km)
    assert len(set(found.tolist())) == len(found)
    assert set(found.tolist()) == brute_force(lon, lat, lon0, lat0, radius_km)
    assert (origin == 0).all()


@settings(max_examples=80, deadline=None)
@given(lons, lats, radii)
def test_points_a_nanometre_from_the_rim(lon0, lat0, radius_km):
    azimuth = np.arange(0, 360, 15.0)
    parts = [
        destination(lon0, lat0, azimuth, radius_km + offset)
        for offset in (-1e-12, 0.0, 1e-12, -1e-9, 1e-9)
    ]
    lon = np.concatenate([p[0] for p in parts])
    lat = np.concatenate([p[1] for p in parts])
    found = PointIndex(lon, lat).within(lon0, lat0, radius_km)[1]
    assert set(found.tolist()) == brute_force(lon, lat, lon0, lat0, radius_km)


def near_antipodes(lon0, lat0):
    """Points up to 150 km from the far side, where geodesics turn from one way round to another."""
    azimuth = np.arange(0, 360, 5.0)
    km = np.tile([0.001, 1.0, 30.0, 67.0, 104.0, 150.0], 12)
    return destination(lon0 + 180, -lat0, azimuth, km)


@settings(max_examples=60, deadline=None)
@given(lons, lats, st.floats(19_800, MAX_RADIUS_KM))
def test_points_near_the_antipode(lon0, lat0, radius_km):
    lon, lat = near_antipodes(lon0, lat0)
    found = PointIndex(lon, lat).within(lon0, lat0, radius_km)[1]
    assert set(found.tolist()) == brute_force(lon, lat, lon0, lat0, radius_km)


def test_half_of_the_earth_away_some_are_in_and_some_are_not():
    lon, lat = near_antipodes(12.5, 1.0)
    found = PointIndex(lon, lat).within(12.5, 1.0, 19_880)[1]
    assert 0 < len(found) < len(lon)


@settings(max_examples=60, deadline=None)
@given(lons, lats, radii, st.floats(-360, 360))
def test_turning_the_world_keeps_the_answer(lon0, lat0, radius_km, turn_deg):
    lon, lat = WORLD
    metres = GEOD.inv(np.full(len(lon), lon0), np.full(len(lon), lat0), lon, lat)[2]
    # Turned longitudes are rounded, so that what is within 1 um of the rim may change sides.
    clear = np.abs(metres - radius_km * 1000) > 1e-6
    lon, lat = lon[clear], lat[clear]
    here = PointIndex(lon, lat).within(lon0, lat0, radius_km)[1]
    there = PointIndex(lon + turn_deg, lat).within(lon0 + turn_deg, lat0, radius_km)[1]
    assert sorted(here.tolist()) == sorted(there.tolist())


@settings(max_examples=60, deadline=None)
@given(lons, lats, radii, radii)
def test_a_larger_radius_never_loses_a_point(lon0, lat0, one_km, other_km):
    index = PointIndex(*WORLD)
    smaller, larger = (index.within(lon0, lat0, r)[1] for r in sorted((one_km, other_km)))
    assert set(smaller.tolist()) <= set(larger.tolist())


def world(count=20_000, seed=7):
    rng = np.random.default_rng(seed)
    return rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))


WORLD = world(3000, seed=11)


@pytest.mark.parametrize("radius_km", [0.5, 200, 700, 5500, 10_002, 13_000, 19_900])
@pytest.mark.parametrize(
    ("lon0", "lat0"), [(0, 0), (41, 33), (180, 0), (-180, 65), (0, 90), (30, -90), (179.9, -17)]
)
def test_hard_places(lon0, lat0, radius_km):
    lon, lat = world()
    found = PointIndex(lon, lat).within(lon0, lat0, radius_km)[1]
    assert set(found.tolist()) == brute_force(lon, lat, lon0, lat0, radius_km)


def test_many_origins_in_one_call_are_many_calls():
    lon, lat = world()
    index = PointIndex(lon, lat)
    origins = world(1000, seed=3)
    origin, point = index.within(*origins, 900)
    assert (np.diff(origin) >= 0).all()
    for i in range(0, 1000, 10):
        alone = index.within(origins[0][i], origins[1][i], 900)[1]
        assert point[origin == i].tolist() == alone.tolist()
    again = index.within(*origins, 900)
    assert (again[0] == origin).all()
    assert (again[1] == point).all()
    chunks = list(index.within_chunks(*origins, 900))
    assert len(chunks) > 1
    assert np.concatenate([c[1] for c in chunks]).tolist() == point.tolist()


def test_duplicates_all_come():
    found = PointIndex([5, 5, 5], [5, 5, 5]).within(5, 5, 1)[1]
    assert sorted(found.tolist()) == [0, 1, 2]


def test_prebuilt_arrays_answer_alike(tmp_path):
    lon, lat = world()
    for name, array in PointIndex.build_arrays(lon, lat).items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {p.stem: np.load(p, mmap_mode="r") for p in tmp_path.glob("*.npy")}
    index = PointIndex.from_arrays(mapped)
    assert (
        index.within(41, 33, 700)[1].tolist()
        == PointIndex(lon, lat).within(41, 33, 700)[1].tolist()
    )


def test_a_swap_of_lon_and_lat_would_show():
    index = PointIndex([44.366], [33.315])
    assert len(index.within(44, 33, 100)[1]) == 1
    assert len(index.within(33, 44, 100)[1]) == 0


@pytest.mark.parametrize(
    ("lon", "lat", "radius", "said"),
    [
        (float("nan"), 0, 1, "lon = nan"),
        (0, float("inf"), 1, "lat = inf"),
        (0, 90.1, 1, "lat = 90.1.*-90..90"),
        (0, 0, 0, "radius_km = 0.*19,900"),
        (0, 0, -5, "radius_km = -5"),
        (0, 0, 19_901, "radius_km = 19901"),
        (0, 0, float("nan"), "radius_km = nan"),
    ],
)
def test_bad_input_is_named(lon, lat, radius, said):
    with pytest.raises(ValueError, match=said):
        PointIndex([0], [0]).within(lon, lat, radius)


@pytest.mark.parametrize("shape", [(2, 2), (1, 2), (1, 1, 1)])
def test_points_and_origins_are_flat(shape):
    with pytest.raises(ValueError, match="give one dimension"):
        PointIndex(np.zeros(shape), np.zeros(shape))
    with pytest.raises(ValueError, match="give one dimension"):
        PointIndex([0], [0]).within(np.zeros(shape), np.zeros(shape), 1)


def test_lengths_must_agree():
    with pytest.raises(ValueError, match=r"lon has shape \(3,\), lat \(2,\)"):
        PointIndex([0, 1, 2], [0, 1])


def test_more_origins_than_a_number_of_16_bits():
    count = 70_000
    lon = np.linspace(-180, 180, count)
    index = PointIndex([0.0], [0.0])
    origin = index.within(lon, np.zeros(count), 10)[0]
    expected = np.flatnonzero(GEOD.inv(lon, 0 * lon, 0 * lon, 0 * lon)[2] <= 10_000)
    assert origin.tolist() == expected.tolist()


def test_longitudes_are_brought_home():
    index = PointIndex([180.0], [0.0])
    assert len(index.within(540, 0, 1)[1]) == 1
    assert len(index.within(-180, 0, 1)[1]) == 1


def test_empty_arrays_are_empty_answers():
    assert len(PointIndex([], []).within(0, 0, 100)[1]) == 0
    assert len(PointIndex([1], [1]).within([], [], 100)[1]) == 0
