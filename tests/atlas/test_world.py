"""Countries, land and borders against independent facts: points, areas, neighbours."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
import shapely
from pyproj import Geod

from withinreach.atlas.disputed import disputed_at
from withinreach.atlas.world import (
    TABLES,
    borders,
    country_at,
    country_codes,
    country_outline,
    land,
)
from withinreach.errors import AtlasError

ROOT = Path(__file__).resolve().parents[2]
WGS84 = Geod(ellps="WGS84")


def area_km2(geometry):
    return sum(
        abs(WGS84.geometry_area_perimeter(shapely.orient_polygons(part))[0]) / 1e6
        for part in shapely.get_parts(geometry)
    )


# Land areas as statistical offices publish them, to the 4 % that lakes and islets explain.
@pytest.mark.parametrize(
    ("code", "published_km2"),
    [("IQ", 438_317), ("FR", 643_801), ("JP", 377_975), ("FJ", 18_272), ("RU", 17_098_246)],
)
def test_areas_are_those_of_the_countries(code, published_km2):
    assert area_km2(country_outline(code)) == pytest.approx(published_km2, rel=0.04)


def test_every_outline_is_valid_and_cut_at_the_antimeridian():
    for code in country_codes():
        outline = country_outline(code)
        assert outline.is_valid, code
        west, south, east, north = outline.bounds
        assert west >= -180, code
        assert east <= 180, code
        assert -90 <= south < north <= 90, code
        for part in shapely.get_parts(outline):
            lon = shapely.get_coordinates(part.exterior)[:, 0]
            if code != "AQ":
                assert abs(lon[1:] - lon[:-1]).max() < 60, f"{code}: an edge round the world"


def test_towns_lie_in_their_countries():
    """Towns far from borders, from both sides of the antimeridian and of every meridian quarter."""
    towns = {
        (44.37, 33.31): "IQ",
        (51.39, 35.69): "IR",
        (-172.8, 66.0): "RU",
        (176.0, 66.5): "RU",
        (177.97, -17.8): "FJ",
        (-58.4, -34.6): "AR",
        (0.1, 51.6): "GB",
        (127.0, 37.55): "KR",
        (125.75, 39.03): "KP",
        (21.0, 42.6): "XK",
        (44.5, 9.5): "SO",
    }
    assert {point: country_at(*point) for point in towns} == towns
    assert country_at(-30.0, 30.0) is None


def test_an_unknown_country_is_named():
    with pytest.raises(AtlasError, match="QQ"):
        country_outline("QQ")


def test_land_and_sea_in_a_view():
    view = (30.0, 15.0, 60.0, 45.0)
    drawn = land(view)
    assert shapely.intersects_xy(drawn, 44.4, 33.3)
    assert not shapely.intersects_xy(drawn, 51.5, 27.5)
    west, south, east, north = drawn.bounds
    assert (west, south, east, north) == view
    # A page under 2 MB: about 25 bytes a vertex.
    assert shapely.get_num_coordinates(drawn) < 10_000


def test_a_view_over_the_antimeridian_goes_on():
    drawn = land((160.0, 50.0, 210.0, 72.0))
    assert shapely.intersects_xy(drawn, 176.0, 66.5)
    assert shapely.intersects_xy(drawn, 187.2, 66.0), "eastern Chukotka, 173° W"
    assert shapely.intersects_xy(drawn, 207.0, 65.0), "Alaska, 153° W"
    assert not shapely.intersects_xy(drawn, 178.0, 60.0)


def test_bounds_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="west, south, east, north"):
        land((60.0, 15.0, 30.0, 45.0))


def borders_near(lon, lat, reach_deg=0.15):
    box = (lon - reach_deg, lat - reach_deg, lon + reach_deg, lat + reach_deg)
    return {(line.between, line.disputed) for line in borders(box)}


@pytest.mark.parametrize(
    ("lon", "lat", "pair", "disputed"),
    [
        (126.8, 37.96, ("North Korea", "South Korea"), True),
        (35.15, 32.4, ("Israel", "Palestine"), True),
        (33.9, 46.1, ("Russia", "Ukraine"), True),
        (38.3, 47.6, ("Russia", "Ukraine"), False),
        (74.4, 34.0, ("India", "Pakistan"), True),
        (70.0, 27.9, ("India", "Pakistan"), False),
        (39.0, 32.2, ("Iraq", "Jordan"), False),
        (21.0, 43.2, ("Kosovo", "Serbia"), True),
    ],
)
def test_disputed_lines_are_told_from_borders(lon, lat, pair, disputed):
    found = borders_near(lon, lat, 0.4)
    assert (pair, disputed) in found
    assert (pair, not disputed) not in found


def test_breakaway_regions_have_a_dashed_line_of_their_own():
    names = {line.between[0] for line in borders((26, 40, 46, 49)) if line.disputed}
    assert {"Abkhazia", "South Ossetia", "Transnistria"} <= names


def test_borders_lie_between_the_two_countries():
    for line in borders((36.0, 28.0, 50.0, 38.0)):
        if line.between == ("Iran", "Iraq"):
            middle = shapely.line_interpolate_point(line.line, 0.5, normalized=True)
            if shapely.get_type_id(line.line) == 1:
                around = middle.buffer(0.2)
                assert around.intersects(country_outline("IR"))
                assert around.intersects(country_outline("IQ"))
                return
    pytest.fail("no border between Iran and Iraq")


def test_disputed_places_carry_no_country():
    inside = {(35.23, 31.78): "jerusalem", (34.1, 44.95): "crimea", (121.5, 25.04): "taiwan"}
    inside |= {(35.77, 33.27): "golan", (74.8, 34.09): "kashmir", (-13.2, 27.15): "western-sahara"}
    found = {point: getattr(disputed_at(*point), "id", None) for point in inside}
    assert found == inside
    for lon, lat in ((34.78, 32.08), (30.5, 50.45), (77.2, 28.6), (44.4, 33.3)):
        assert disputed_at(lon, lat) is None


def test_every_row_on_disputes_names_its_source():
    for table in ("disputed.csv", "missiles.csv"):
        with (ROOT / "data" / table).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert None not in row
                assert row["source"] or row["note"], row


def test_a_build_gives_the_same_bytes_again(tmp_path):
    """The tables that ship are what data/ makes, byte for byte."""
    subprocess.run([sys.executable, ROOT / "data" / "build_regions.py", tmp_path], check=True)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert "countries.geom" in made
    for name in made:
        assert (tmp_path / name).read_bytes() == (TABLES / name).read_bytes(), name
