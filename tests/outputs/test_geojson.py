"""GeoJSON keeps RFC 7946 and says what it is."""

import json

import pytest
from shapely.geometry import shape
from tests.conftest import ROOT

import withinreach as wr
from withinreach.outputs.style import DIFFERING


@pytest.fixture(scope="module")
def collection():
    return wr.study(ROOT / "seeds" / "iraq-2018.md").to_geojson()


def test_every_kind_of_feature_is_there(collection):
    kinds = {f["properties"]["feature"] for f in collection["features"]}
    assert kinds == {"origin", "ring", "target", "place"}


def test_geometries_are_valid_and_rounded(collection):
    for feature in collection["features"]:
        geometry = shape(feature["geometry"])
        assert geometry.is_valid
        assert not geometry.is_empty
        west, south, east, north = geometry.bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
    text = json.dumps(collection["features"][0]["geometry"])
    assert max(len(n.split(".")[1]) for n in text.replace("]", ",").split(",") if "." in n) <= 6


def test_a_swap_of_lon_and_lat_would_show(collection):
    riyadh = next(f for f in collection["features"] if f["properties"].get("title") == "Riyadh")
    lon, lat = riyadh["geometry"]["coordinates"]
    assert 46 < lon < 48
    assert 24 < lat < 26


def test_writing_it_keeps_what_is_there(tmp_path):
    study = wr.study_text("Missiles with a range of 900 km deployed in Aden could hit Djibouti.")
    path = tmp_path / "a.geojson"
    written = study.to_geojson(path)
    assert json.loads(path.read_text()) == json.loads(json.dumps(written))
    with pytest.raises(Exception, match="exists already"):
        study.to_geojson(path)


def test_a_target_whose_claims_differ_has_a_mark_of_its_own():
    study = wr.study_text(
        "Missiles with a range of 300 km deployed in Aden could hit Djibouti and Riyadh. "
        "But the missiles in Aden, with a range of 300 km, could not hit Riyadh or Djibouti."
    )
    assert sorted(v.verdict for v in study.verdicts) == ["fails", "fails", "holds", "holds"]
    pins = [f["properties"] for f in study.to_geojson()["features"]]
    colours = {p["marker-color"] for p in pins if p["feature"] == "target"}
    assert colours == {DIFFERING.colour}
    assert f">{DIFFERING.symbol}</span> target: of several claims" in study.page()
