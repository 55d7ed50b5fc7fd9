"""Outlines, their parts, sectors told from a place, and provinces told by their towns."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from withinreach.atlas.antimeridian import mended
from withinreach.atlas.directions import direction
from withinreach.atlas.parts import clip_part, lies_in_part
from withinreach.atlas.place_outlines import outline_id_of
from withinreach.atlas.provinces import province_bounds
from withinreach.atlas.regions import outline, region_records
from withinreach.atlas.sectors import NEAR_KM, UNTOLD_REACH_KM, between, sector
from withinreach.atlas.table import PlaceTable
from withinreach.atlas.topojson import Topology
from withinreach.atlas.user_outlines import user_stores
from withinreach.errors import AtlasError

ROOT = Path(__file__).resolve().parents[2]
WGS84 = Geod(ellps="WGS84")


def area_km2(geometry):
    return sum(
        abs(WGS84.geometry_area_perimeter(shapely.orient_polygons(part))[0]) / 1e6
        for part in shapely.get_parts(geometry)
    )


@pytest.fixture(autouse=True)
def no_outlines_of_the_users(tmp_path, monkeypatch):
    monkeypatch.setenv("WITHINREACH_DATA", str(tmp_path / "none"))
    user_stores.cache_clear()
    yield
    user_stores.cache_clear()


@pytest.fixture(scope="module")
def yardstick():
    path = ROOT.parent / "shared" / "reference" / "ne_admin1.topo.json.gz"
    if not path.is_file():
        pytest.skip("the yardstick ../shared/reference/ne_admin1.topo.json.gz is not here")
    topology = Topology(json.loads(gzip.decompress(path.read_bytes())))
    return {
        properties["iso_3166_2"]: mended(shape)
        for properties, shape in topology.features()
        if shape is not None
    }


def geodesic_deviation_km(a, b):
    """Greatest distance of the edge of a from the edge of b, by brute force over dense points."""
    ours = shapely.get_coordinates(shapely.segmentize(a.boundary, 0.02))
    theirs = shapely.get_coordinates(shapely.segmentize(b.boundary, 0.01))
    worst = 0.0
    for lon, lat in ours:
        near = theirs[np.abs(theirs - [lon, lat]).max(axis=1) < 1.0]
        if len(near) == 0:
            return float("inf")
        metres = WGS84.inv(np.full(len(near), lon), np.full(len(near), lat), *near.T)[2]
        worst = max(worst, float(metres.min()) / 1000)
    return worst


@pytest.mark.parametrize(
    ("region", "codes"),
    [("IQ-AN", ["IQ-AN"]), ("iraqi-kurdistan", ["IQ-DA", "IQ-AR", "IQ-SU"])],
)
def test_outlines_are_good_to_20_km(yardstick, region, codes):
    ours = outline(f"region:{region}").geometry
    truth = shapely.union_all([yardstick[code] for code in codes])
    assert geodesic_deviation_km(ours, truth) < 20
    assert geodesic_deviation_km(truth, ours) < 20


def test_the_written_deviation_is_within_the_uncertainty():
    features = json.loads((ROOT / "data" / "regions.geojson").read_text("utf-8"))["features"]
    measured = [f["properties"] for f in features if f["properties"]["measured_against"]]
    assert len(measured) > 20
    for feature in features:
        entry = feature["properties"]
        assert entry["uncertainty_km"] > 0
        assert entry["source"]
        assert entry["as_of"]
        if entry["deviation_km"] is not None:
            assert entry["deviation_km"] <= entry["uncertainty_km"], feature["id"]


def test_the_drawing_still_makes_the_file(tmp_path):
    """regions.geojson is made from regions_drawn.toml; an edit of one alone would be lost."""
    written = (ROOT / "data" / "regions.geojson").read_bytes()
    data = tmp_path / "data"
    data.mkdir()
    for name in ("derive_regions.py", "build_regions.py", "regions_drawn.toml", "regions.geojson"):
        (data / name).write_bytes((ROOT / "data" / name).read_bytes())
    (data / "world").symlink_to(ROOT / "data" / "world")
    (tmp_path / "src").symlink_to(ROOT / "src")
    subprocess.run([sys.executable, data / "derive_regions.py"], check=True, capture_output=True)
    assert (data / "regions.geojson").read_bytes() == written


def test_every_region_is_valid_and_holds_no_copy_of_a_name():
    seen = {}
    for record in region_records():
        shape = outline(f"region:{record.id}").geometry
        assert shape.is_valid, record.id
        assert shape.area > 0, record.id
        for name in {record.name.casefold(), *(alias.casefold() for alias in record.aliases)}:
            assert seen.setdefault(name, record.id) == record.id, name


@pytest.mark.parametrize(
    ("region", "inside", "outside"),
    [
        ("gaza-strip", (34.45, 31.5), (34.57, 31.67)),
        ("west-bank", (35.2, 31.9), (35.9, 31.95)),
        ("golan-heights", (35.78, 33.0), (35.53, 32.79)),
        ("crimea", (34.1, 44.95), (32.6, 46.63)),
        ("donbas", (37.8, 48.0), (36.25, 50.0)),
        ("iraqi-kurdistan", (44.01, 36.19), (43.13, 36.34)),
        ("kaliningrad", (20.5, 54.7), (23.9, 54.9)),
        ("tigray", (39.47, 13.5), (37.46, 12.6)),
        ("korean-peninsula", (126.98, 37.57), (129.0, 34.9 - 1)),
        ("kashmir", (74.8, 34.09), (73.05, 33.7)),
        ("PK-BA", (67.0, 30.2), (67.0, 24.9)),
        ("puntland", (48.5, 8.4), (45.3, 2.05)),
        ("hokkaido", (141.35, 43.06), (140.74, 40.82)),
        ("kyushu", (130.4, 33.5), (131.47, 34.18)),
        ("contiguous-united-states", (-98.0, 39.0), (-149.9, 61.2)),
    ],
)
def test_known_towns_are_on_the_right_side(region, inside, outside):
    shape = outline(f"region:{region}").geometry
    assert shapely.intersects_xy(shape, *inside)
    assert not shapely.intersects_xy(shape, *outside)


@pytest.mark.parametrize("name", ["region:nowhere", "country:QQ", "IQ-AN", ""])
def test_an_unknown_outline_says_what_to_do(name):
    with pytest.raises(AtlasError, match="atlas add"):
        outline(name)


WHOLE = ["region:IQ-AN", "country:IR", "country:RU", "country:FJ", "country:CL", "country:AQ"]


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize(
    ("part", "share"),
    [
        ("western", 1 / 2),
        ("northern", 1 / 2),
        ("south-eastern", 1 / 3),
        ("central", 1 / 3),
        ("far western", 1 / 5),
        ("south-central", 1 / 6),
    ],
)
def test_parts_hold_their_share_of_the_area_on_the_ellipsoid(name, part, share):
    whole = outline(name).geometry
    clipped = clip_part(whole, part)
    assert clipped.is_valid
    assert area_km2(clipped) / area_km2(whole) == pytest.approx(share, abs=0.004)
    assert whole.buffer(1e-6).covers(clipped)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize(("one", "other"), [("western", "eastern"), ("northern", "southern")])
def test_opposite_halves_make_up_the_whole(name, one, other):
    whole = outline(name).geometry
    a, b = clip_part(whole, one), clip_part(whole, other)
    assert area_km2(a) + area_km2(b) == pytest.approx(area_km2(whole), rel=1e-3)
    assert a.intersection(b).area < 1e-3 * whole.area


def test_halves_are_cut_along_a_meridian_and_a_parallel():
    whole = outline("country:IR").geometry
    assert clip_part(whole, "western").bounds[2] == pytest.approx(
        clip_part(whole, "eastern").bounds[0], abs=0.02
    )
    assert clip_part(whole, "Southern").bounds[3] == pytest.approx(
        clip_part(whole, "north").bounds[1], abs=0.02
    )


def test_parts_over_the_antimeridian_are_on_the_right_side():
    west = clip_part(outline("country:RU").geometry, "western")
    east = clip_part(outline("country:RU").geometry, "eastern")
    assert shapely.intersects_xy(west, 37.6, 55.75)
    assert shapely.intersects_xy(east, -172.8, 66.0)
    assert not shapely.intersects_xy(west, -172.8, 66.0)


def test_directions_by_any_spelling():
    for words in ("north-eastern", "northeast", "North Eastern", "northeasterly"):
        assert direction(words).bearing_deg == 45
    assert direction("Central").bearing_deg is None
    for words in ("upper", "", "easternish", "northsouth"):
        with pytest.raises(AtlasError, match="not a part"):
            direction(words)


@pytest.mark.parametrize(
    ("inner", "outer", "words", "lies"),
    [
        ("region:IQ-AN", "country:IQ", "western", True),
        ("region:IQ-AN", "country:IQ", "eastern", False),
        ("region:iraqi-kurdistan", "country:IQ", "northern", True),
        ("region:tigray", "country:ET", "northern", True),
        ("region:donbas", "country:UA", "eastern", True),
        ("region:donbas", "country:UA", "western", False),
        ("region:PK-BA", "country:PK", "south-western", True),
        ("region:RU-CE", "country:RU", "southern", True),
    ],
)
def test_a_direction_that_only_describes(inner, outer, words, lies):
    assert lies_in_part(outline(inner).geometry, outline(outer).geometry, words) is lies
    described = PlaceTable.open().described
    assert (direction(words).bearing_deg in described.get(inner, ())) is lies


def test_a_point_lies_in_a_part():
    iraq = outline("country:IQ").geometry
    assert lies_in_part(shapely.Point(47.8, 30.5), iraq, "southern")
    assert not lies_in_part(shapely.Point(47.8, 30.5), iraq, "northern")


@pytest.mark.parametrize("lon", [44.0, 179.95, -179.99])
@pytest.mark.parametrize(
    ("bearing_deg", "distance_km"), [(0, None), (90, 40), (225, 300), (None, 80), (None, None)]
)
def test_sectors_hold_what_the_words_allow(lon, bearing_deg, distance_km):
    area = sector(lon, 33.0, bearing_deg, distance_km)
    assert area.is_valid
    told_km = distance_km or (NEAR_KM if bearing_deg is None else UNTOLD_REACH_KM) / 2
    ahead_deg = 0 if bearing_deg is None else bearing_deg

    def holds(turn_deg, km):
        x, y, _ = WGS84.fwd(lon, 33.0, ahead_deg + turn_deg, km * 1000)
        return bool(shapely.intersects_xy(area, x, y))

    assert holds(0, told_km)
    assert holds(40, told_km)
    assert holds(50, told_km) is (bearing_deg is None)
    assert holds(180, told_km) is (bearing_deg is None)
    if distance_km is not None:
        assert holds(0, distance_km * 1.15)
        assert holds(0, distance_km * 0.85)
        assert not holds(0, distance_km * 1.25)
        assert not holds(0, distance_km * 0.75)


@pytest.mark.parametrize("distance_km", [0.0, -5.0, 30_000.0, float("nan")])
def test_impossible_distances_are_refused(distance_km):
    with pytest.raises(ValueError, match="distance_km"):
        sector(44, 33, 0, distance_km)


@pytest.mark.parametrize("a", [(45.03, 12.78), (179.5, -16.0)])
def test_between_is_round_the_geodesic(a):
    b = (a[0] - 1.0, a[1] + 0.8)
    area = between(*a, *b)
    apart_km = WGS84.inv(*a, *b)[2] / 1000
    for east in np.linspace(-0.9, 1.9, 15):
        for north in np.linspace(-0.9, 1.7, 15):
            point = (a[0] - east, a[1] + north)
            way_km = (WGS84.inv(*a, *point)[2] + WGS84.inv(*point, *b)[2]) / 1000
            wrapped = (point[0] + 180) % 360 - 180
            if abs(way_km / apart_km - 1.1) > 0.01:
                held = bool(shapely.intersects_xy(area, wrapped, point[1]))
                assert held is (way_km < 1.1 * apart_km)
    with pytest.raises(ValueError, match="two different"):
        between(*a, *a)


@pytest.mark.parametrize(
    ("country", "admin1", "code"), [("IQ", "Anbar", "IQ-AN"), ("IR", "Khuzestan", "IR-10")]
)
def test_a_province_lies_between_its_two_areas(yardstick, country, admin1, code):
    bounds = province_bounds(country, admin1)
    truth = yardstick[code]
    assert bounds.surely.difference(truth).area < 0.05 * bounds.surely.area
    assert truth.difference(bounds.perhaps).area < 0.05 * truth.area
    assert bounds.perhaps.buffer(1e-6).covers(bounds.surely)
    assert outline(f"country:{country}").geometry.buffer(1e-6).covers(bounds.perhaps)


@pytest.mark.parametrize("country", ["IQ", "SY"])
def test_a_province_told_by_its_towns_knows_its_uncertainty(yardstick, country):
    table = PlaceTable.open()
    truths = [shape for code, shape in yardstick.items() if code.startswith(f"{country}-")]
    kept = []
    for row in range(table.town_count, len(table.lon)):
        place = table.place(row)
        if place.country == country and place.id.startswith("admin1:"):
            drawn = outline(f"province:{country}:{place.admin1}")
            assert drawn.geometry.is_valid
            truth = max(truths, key=lambda shape: shape.intersection(drawn.geometry).area)
            deviation_km = geodesic_deviation_km(drawn.geometry, truth)
            kept.append(deviation_km <= drawn.uncertainty_km)
    assert len(kept) > 8
    assert sum(kept) >= 0.8 * len(kept)


def test_one_misplaced_town_does_not_stretch_a_province():
    hebei = outline("province:CN:Hebei").geometry
    assert hebei.bounds[0] > 110
    assert shapely.intersects_xy(hebei, 114.5, 38.0)


def test_only_first_level_divisions_get_the_land_of_their_towns():
    table = PlaceTable.open()
    nineveh = table.find("Nineveh, Iraq", limit=1)[0].place
    assert outline_id_of(nineveh) == f"province:IQ:{nineveh.admin1}"
    assert outline_id_of(table.find("Rapides Parish", limit=1)[0].place) is None
    assert outline_id_of(table.find("Rutba", limit=1)[0].place) is None


def test_far_islands_of_others_are_not_perhaps_in_a_province():
    alaska = province_bounds("US", "Alaska").perhaps
    assert alaska.bounds[1] > 50
    assert shapely.intersects_xy(alaska, -149.9, 61.2)


def test_a_province_without_towns_is_said_so():
    with pytest.raises(AtlasError, match="no town"):
        province_bounds("IQ", "Atlantis")
    with pytest.raises(AtlasError, match="no town"):
        province_bounds("QQ", "Anbar")


def test_mending_rings_over_the_antimeridian():
    """Each pair: a ring as files write it, and how much of the plane it covers."""
    crossing = shapely.Polygon([(170, 0), (-170, 0), (-170, 10), (170, 10)])
    assert mended(crossing).area == pytest.approx(200)
    assert mended(crossing).bounds == (-180, 0, 180, 10)
    polar = shapely.Polygon([(lon, -70) for lon in range(-180, 180, 10)])
    assert mended(polar).area == pytest.approx(360 * 20)
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    assert mended(bow_tie).is_valid
    assert mended(bow_tie).area == pytest.approx(2)
    with_hole = shapely.Polygon(
        [(170, 0), (-170, 0), (-170, 10), (170, 10)], [[(178, 4), (-178, 4), (-178, 6), (178, 6)]]
    )
    assert mended(with_hole).area == pytest.approx(200 - 8)
