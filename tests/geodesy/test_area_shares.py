"""The part of an area from which a point is in range, against samples and a yardstick outline."""

import gzip
import json

import numpy as np
import pytest
from pyproj import Geod
from shapely import LineString, Polygon

from withinreach.atlas.topojson import Topology
from withinreach.geodesy import disc, origin_share

GEOD = Geod(ellps="WGS84")


@pytest.fixture
def anbar(shared):
    path = shared / "reference" / "ne_admin1.topo.json.gz"
    if not path.is_file():
        pytest.skip("the yardstick ../shared/reference/ne_admin1.topo.json.gz is not here")
    topology = Topology(json.loads(gzip.decompress(path.read_bytes())))
    return next(s for p, s in topology.features() if p["iso_3166_2"] == "IQ-AN")


@pytest.mark.parametrize(
    ("lon", "lat", "percent"),
    [(35.945, 31.955, 92.0), (35.2163, 31.769, 69.1), (34.7806, 32.0809, 58.1)],
    ids=["Amman", "Jerusalem", "Tel Aviv"],
)
def test_shares_of_the_yardstick_outline(anbar, lon, lat, percent):
    assert origin_share(anbar, lon, lat, 700) * 100 == pytest.approx(percent, abs=0.1)


@pytest.mark.parametrize(
    ("bounds", "lon", "lat", "radius_km"),
    [
        ((0, 59, 4, 61), 0, 59, 150),
        ((0, 59, 4, 61), 5.5, 60, 200),
        ((100, -2, 130, 2), 90, 1, 2500),
        ((100, -2, 130, 2), -70, 1, 19_000),
        ((-30, 70, 60, 71), 170, 80, 3000),
    ],
)
def test_shares_are_those_of_an_even_sample(bounds, lon, lat, radius_km):
    west, south, east, north = bounds
    # A lattice of meridians and narrow bands; the area of a band is its integral's difference.
    x = west + (np.arange(400) + 0.5) / 400 * (east - west)
    y = south + (np.arange(400) + 0.5) / 400 * (north - south)
    slices = np.radians(np.linspace(south, north, 401))
    e = np.sqrt((2 - 1 / 298.257223563) / 298.257223563)
    s = np.sin(slices)
    weight = np.diff(s / (1 - e**2 * s**2) + np.arctanh(e * s) / e)
    grid_x, grid_y = np.meshgrid(x, y)
    km = GEOD.inv(np.full(grid_x.shape, lon), np.full(grid_x.shape, lat), grid_x, grid_y)[2] / 1000
    want = ((km <= radius_km).mean(axis=1) * weight).sum() / weight.sum()
    # Edges along a parallel, as the lattice has them.
    parallel = [(float(a), south) for a in np.linspace(west, east, 400)]
    parallel += [(float(a), north) for a in np.linspace(east, west, 400)]
    assert 0.02 < want < 0.98
    assert origin_share(Polygon(parallel), lon, lat, radius_km) == pytest.approx(want, abs=1e-3)


def test_a_line_counts_by_its_length_and_a_disc_by_its_area():
    line = LineString([(0, 0), (2, 0)])
    assert origin_share(line, 0, 0, 55.65975) == pytest.approx(0.25, abs=1e-3)
    # Two circles of equal radius r at distance r share 39.1 % of either.
    edge_lon, edge_lat, _ = GEOD.fwd(44.0, 33.0, 30, 5000)
    want = 2 / 3 - np.sqrt(3) / (2 * np.pi)
    assert origin_share(disc(44, 33, 5), edge_lon, edge_lat, 5) == pytest.approx(want, abs=1e-3)


@pytest.mark.parametrize("radius_km", [0, -1, 19_901, float("nan"), float("inf")])
def test_radii_that_are_none_are_named(radius_km):
    with pytest.raises(ValueError, match=r"radius_km = .*at most 19,900"):
        origin_share(Polygon([(0, 0), (1, 0), (1, 1)]), 0, 0, radius_km)
