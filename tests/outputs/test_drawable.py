"""Shapes put together for a flat map and packed for its script."""

import itertools

import numpy as np
import pytest
import shapely

from withinreach.geodesy import distance_km, ring
from withinreach.outputs.drawable import lon_near, packed, whole, window


def unpacked(data):
    """What the page's script does with packed shapes, back to lon, lat."""
    scale, parts = data
    return [
        [np.cumsum(np.reshape(line, (-1, 2)), axis=0)[:, ::-1] / scale for line in part]
        for part in parts
    ]


@pytest.mark.parametrize("middle", [-179.5, -1, 0, 44, 180])
@pytest.mark.parametrize("lon", [-180, -91.5, 0, 44, 179.9, 180, 400])
def test_a_longitude_near_the_middle_is_the_same_meridian(lon, middle):
    near = lon_near(lon, middle)
    assert abs(near - middle) <= 180
    assert (near - lon) % 360 == pytest.approx(0, abs=1e-9) or (near - lon) % 360 == pytest.approx(
        360
    )


@pytest.mark.parametrize(("lon", "lat"), [(178.4, -18.1), (-179.9, 51.0), (179.99, 66.0)])
def test_a_ring_cut_by_the_date_line_becomes_one_area(lon, lat):
    cut = ring(lon, lat, 900, tolerance_m=100)
    assert cut.geom_type == "MultiPolygon"
    together = whole(cut, lon)
    assert shapely.union_all(together, grid_size=1e-9).geom_type == "Polygon"
    assert together.area == pytest.approx(cut.area)
    west, _, east, _ = together.bounds
    assert (west + east) / 2 == pytest.approx(lon, abs=0.05)


@pytest.mark.parametrize(("lon", "lat", "radius_km"), [(158.65, 53.0, 5500), (178.4, -18.1, 13000)])
def test_what_goes_round_the_world_is_repeated_without_gap_or_overlap(lon, lat, radius_km):
    drawn = whole(ring(lon, lat, radius_km, tolerance_m=500), lon)
    west, east = window(lon)
    assert drawn.bounds[0] == west
    assert drawn.bounds[2] == east
    for a, b in itertools.combinations(drawn.geoms, 2):
        assert a.intersection(b).area == pytest.approx(0, abs=1e-9)
    rng = np.random.default_rng(5)
    x, y = rng.uniform(west, east, 400), rng.uniform(-84, 84, 400)
    reached = distance_km(lon, lat, (x + 180) % 360 - 180, y)
    clear = abs(reached - radius_km) > 2
    inside = shapely.contains_xy(drawn, x, y)
    assert (inside == (reached < radius_km))[clear].all()


def test_packing_keeps_every_point_to_half_a_unit():
    area = ring(44.4, 33.3, 700, tolerance_m=100)
    ((line,),) = unpacked(packed(area, 4))
    given = shapely.get_coordinates(area)
    assert len(line) == len(given)
    assert abs(line - given).max() <= 0.5e-4 + 1e-9


def test_packing_keeps_holes_and_parts_and_drops_what_is_too_small_to_see():
    box = shapely.box
    shape = shapely.MultiPolygon(
        [box(0, 0, 9, 9).difference(box(3, 3, 4, 4)), box(20, 0, 21, 1), box(40, 0, 40.001, 0.001)]
    )
    parts = unpacked(packed(shape, 2))
    assert [len(part) for part in parts] == [2, 1]
