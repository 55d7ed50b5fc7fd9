"""The whole chain on the seed article, against an answer found the long way round."""

import json

import numpy as np
import pytest
from pyproj import Geod
from shapely import Point, prepare

import withinreach as wr
from tests.conftest import ROOT
from withinreach.errors import ArticleError, NothingToDrawError
from withinreach.outputs.table import reach_table
from withinreach.outputs.verdicts import summary_text
from withinreach.scenario import area_of
from withinreach.scenario.file_read import load_scenario

GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def study():
    return wr.study(ROOT / "seeds" / "iraq-2018.md")


def origin_of(study, start):
    return next(o for o in study.scenario.origins if o.label.startswith(start))


def test_the_seed_article_is_read(study):
    origins = {(o.label, o.site, o.basis) for o in study.scenario.origins}
    assert origins == {
        ("al-Zafaraniya", "named site", "doubt"),
        ("Jurf al-Sakhar", "named site", "doubt"),
        ("Iraqi Kurdistan", "named site", "doubt"),
        (origin_of(study, "Anbar").label, "assumed launch area", "extent"),
    }
    assert origin_of(study, "Anbar").part is None
    assert [r.radii_km for r in study.scenario.ranges] == [(200.0, 700.0)]
    assert {t.label for t in study.scenario.targets} == {"Riyadh", "Amman", "Jerusalem", "Tel Aviv"}


def test_what_is_neither_origin_nor_target_is_context(study):
    roles = {m.text: m.role for m in study.places if m.place is not None}
    for name in ("Iraq", "Iran", "Lebanon", "Yemen", "Syria", "Jordan", "US", "Baghdad", "Kerbala"):
        assert roles[name] == "context", name
    assert not any("Quds" in m.text or "Saudi" in m.text or "Houti" in m.text for m in study.places)
    assert not any("Soleimani" in m.text or "Pompeo" in m.text for m in study.places)


EXPECTED = {
    # target: nearest and farthest km from the province, verdict at 700 km
    "Amman": (292, 797, "holds_in_part", 0.920),
    "Jerusalem": (364, 869, "holds_in_part", 0.691),
    "Tel Aviv": (398, 901, "holds_in_part", 0.581),
    "Riyadh": (757, 1277, "fails", 0.0),
}


@pytest.mark.parametrize("target", EXPECTED)
def test_the_claims_of_the_seed_article(study, target):
    nearest, farthest, ruling, share = EXPECTED[target]
    anbar = origin_of(study, "Anbar")
    verdict = next(v for v in study.verdicts if v.target == target and v.origin_id == anbar.id)
    assert verdict.verdict == ruling
    assert verdict.nearest_km == pytest.approx(nearest, abs=20)
    assert verdict.farthest_km == pytest.approx(farthest, abs=20)
    assert verdict.at_max.origin_share == pytest.approx(share, abs=0.03)
    assert verdict.at_min.answer == "nowhere"


def outline_samples(geometry, step_m=500):
    """Points along the geodesic edges of an outline."""
    lons, lats = [], []
    for part in getattr(geometry, "geoms", [geometry]):
        for line in (part.exterior, *part.interiors):
            for (x0, y0), (x1, y1) in zip(line.coords, line.coords[1:], strict=False):
                length = GEOD.inv(x0, y0, x1, y1)[2]
                between = GEOD.npts(x0, y0, x1, y1, max(int(length // step_m), 1))
                lons += [x0, *(p[0] for p in between)]
                lats += [y0, *(p[1] for p in between)]
    return np.array(lons), np.array(lats)


def test_reach_is_what_brute_force_finds(study):
    """Every listed town, every sample of the outline: slow, simple, independent."""
    anbar = origin_of(study, "Anbar")
    area = area_of(anbar)
    prepare(area)
    lon, lat = outline_samples(area)
    table = study.reach.table
    rows, _ = table.towns(100_000)
    near_by = [
        int(r) for r in rows if abs(table.lon[r] - 41.5) < 14 and abs(table.lat[r] - 32.5) < 12
    ]
    assert len(near_by) > 300
    everywhere, partly = set(), set()
    for row in near_by:
        x, y = float(table.lon[row]), float(table.lat[row])
        km = GEOD.inv(np.full_like(lon, x), np.full_like(lat, y), lon, lat)[2] / 1000
        nearest = 0.0 if area.contains(Point(x, y)) else km.min()
        assert abs(nearest - 700) > 0.01, "a town on the rim needs a finer sample"
        assert abs(km.max() - 700) > 0.01, "a town on the rim needs a finer sample"
        if km.max() <= 700:
            everywhere.add(row)
        elif nearest <= 700:
            partly.add(row)
    found = [study.reach[int(i)] for i in study.reach.select(anbar, 700.0)]
    names = {int(study.reach.columns["row"][i]) for i in study.reach.select(anbar, 700.0)}
    assert names == everywhere | partly
    assert sum(r.answer == "everywhere" for r in found) == len(everywhere)


def test_none_of_the_targets_is_in_range_of_a_named_site(study):
    for origin in study.scenario.origins:
        if origin.site == "named site":
            for t in study.reach.targets:
                if t.origin == origin.id:
                    assert t.answer == "nowhere"


def test_the_original_article_reads_alike(shared):
    path = shared / "articles" / "iraq-2018.txt"
    study = wr.study(path)
    origins = {(o.label, o.basis) for o in study.scenario.origins}
    assert {("al-Zafaraniya", "doubt"), ("Jurf al-Sakhar", "doubt")} < origins
    assert len(origins) == 4
    assert {t.label for t in study.scenario.targets} == {"Riyadh", "Amman", "Jerusalem", "Tel Aviv"}
    assert [r.radii_km for r in study.scenario.ranges] == [(200.0, 700.0)]
    rulings = {v.target: v.verdict for v in study.verdicts if "Anbar" in (v.origin or "")}
    assert rulings == {target: expected[2] for target, expected in EXPECTED.items()}


def test_the_same_input_gives_the_same_bytes(study, seed):
    again = wr.study(seed)
    assert again.page() == study.page()
    assert again.scenario_toml() == study.scenario_toml()


def test_a_path_that_does_not_exist_is_never_a_text():
    with pytest.raises(ArticleError, match="no such file"):
        wr.study("Missiles with a range of 300 km in Aden")


def test_a_text_given_for_a_path_is_told_apart_in_one_short_line():
    with pytest.raises(ArticleError, match="study_text") as told:
        wr.study("Missiles with a range of 300 km stand\nin Aden. " * 100)
    assert len(str(told.value)) < 160
    assert "\n" not in str(told.value)


def test_an_origin_that_the_atlas_lacks_does_not_keep_the_others_from_the_map():
    study = wr.study_text(
        "Missiles with a range of 300 km deployed in Basra could hit Kuwait City. Others, "
        "stationed at the village of Qalqandeh, could hit Dammam."
    )
    labels = [o.label for o in study.scenario.origins]
    assert labels == ["Basra", "Qalqandeh"]
    assert {ring.origin.label for ring in study.rings} == {"Basra"}
    page = study.page()
    told = summary_text(study.scenario, study.reach, study.verdicts)
    assert "in range  Qalqandeh: could not be placed" in told
    assert "in range  Basra: 29 within 300 km" in told
    assert "Qalqandeh could not be placed." in reach_table(study.reach)
    assert "Named and not placed: Qalqandeh" in page


def test_every_scenario_that_is_written_can_be_read_again():
    paths = (ROOT / "tests" / "articles" / "development").glob("*.json")
    texts = [json.loads(path.read_bytes())["text"] for path in sorted(paths)]
    assert len(texts) > 100
    for text in texts:
        study = wr.study_text(text)
        assert load_scenario(study.scenario_toml(), name="again.toml") == study.scenario


def test_nothing_to_draw_is_said():
    with pytest.raises(NothingToDrawError):
        wr.study_text("Nothing is said of any place or range.").map()


def test_everything_drawn_speaks_geo_interface(study):
    from shapely.geometry import shape

    assert shape(study.rings[0].__geo_interface__["geometry"]).is_valid
    place = next(m.place for m in study.places if m.place is not None)
    assert place.__geo_interface__["geometry"]["type"] == "Point"
    assert shape(study.scenario.origins[0].__geo_interface__["geometry"]).is_valid


def test_the_card_escapes_what_the_article_says():
    study = wr.study_text(
        "Missiles with a range of 900 km deployed in Aden could hit Djibouti.",
        title="<script>alert(1)",
    )
    card = study._repr_html_()
    assert "<script>" not in card
    assert "Aden" in card
    assert "not checked by a person" in card


def test_each_origin_keeps_the_ranges_of_its_own_claims():
    study = wr.study_text(
        "Rockets with a range of 60 km deployed in Kaesong could hit Seoul. "
        "Missiles with a range of 1,300 km deployed in Wonsan could hit Osaka."
    )
    radii = {o.label: study.scenario.radii_km(o) for o in study.scenario.origins}
    assert radii == {"Kaesong": (60.0,), "Wonsan": (1300.0,)}


def test_a_claim_that_leaves_its_origin_open_is_tried_from_each_and_says_so():
    study = wr.study_text(
        "The missiles, with a range of 300 km, could hit Kuwait City. They are deployed in Basra "
        "and in Mosul."
    )
    assert [v.origin for v in study.verdicts] == ["Basra", "Mosul"]
    assert all("The text does not say from where" in v.why for v in study.verdicts)
    assert [v.verdict for v in study.verdicts] == ["holds", "fails"]


def test_a_spot_without_an_outline_is_doubt_and_never_holds_in_part():
    study = wr.study_text("Missiles with a range of 300 km launched from Basra could hit Dammam.")
    (origin,) = study.scenario.origins
    assert origin.basis == "doubt"
