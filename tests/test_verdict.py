"""A province without an outline: an answer stands only where all that its towns allow agrees."""

import json
import random

import pytest
import shapely
from pyproj import Geod

import withinreach as wr
from withinreach.atlas.provinces import province_bounds, province_outline
from withinreach.atlas.user_outlines import add_outlines, user_stores
from withinreach.geodesy import area_to_area_interval_km, distance_interval_km
from withinreach.reach import answer_of, answer_stands, target_reach
from withinreach.scenario import Origin, Target

WGS84 = Geod(ellps="WGS84")
MOSUL = (43.11889, 36.335)
SAID = "Missiles launched from Duhok province, with a range of {} km, could hit Mosul."


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WITHINREACH_DATA", str(tmp_path / "data"))
    user_stores.cache_clear()
    yield
    user_stores.cache_clear()


def verdict_at(radius_km):
    (verdict,) = wr.study_text(SAID.format(radius_km)).verdicts
    return verdict


def farthest_corner_km(area):
    corners = shapely.get_coordinates(shapely.segmentize(area, 0.05))
    return max(WGS84.inv(*MOSUL, *corner)[2] / 1000 for corner in corners)


def test_an_answer_that_both_readings_share_stands():
    perhaps = province_bounds("IQ", "Duhok").perhaps
    assert farthest_corner_km(perhaps) < 300
    verdict = verdict_at(300)
    assert verdict.verdict == "holds"
    assert "outline file" not in verdict.why
    assert "by its towns alone" in verdict.why
    assert "the answer is the same wherever its border runs" in verdict.why
    assert verdict_at(60).verdict == "holds_in_part"
    assert verdict_at(20).verdict == "fails"


def test_where_the_readings_differ_the_reason_names_what_would_settle_it(tmp_path):
    bounds = province_bounds("IQ", "Duhok")
    drawn = province_outline("IQ", "Duhok")[0]
    radius_km = round((farthest_corner_km(drawn) + farthest_corner_km(bounds.perhaps)) / 2)
    assert farthest_corner_km(bounds.surely) < radius_km < farthest_corner_km(bounds.perhaps)
    verdict = verdict_at(radius_km)
    assert verdict.at_max.answer == "everywhere"
    assert verdict.verdict == "unclear"
    assert "no outline of Duhok" in verdict.why
    assert "`withinreach atlas fetch natural-earth`" in verdict.why
    assert "`withinreach atlas add FILE`" in verdict.why

    ring = [(42.4, 36.9), (43.9, 36.6), (44.0, 37.1), (42.5, 37.3), (42.4, 36.9)]
    feature = {
        "type": "Feature",
        "properties": {"name": "Duhok", "iso_3166_2": "IQ-DA"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "b.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    add_outlines(path, uncertainty_km=1)
    verdict = verdict_at(radius_km)
    assert verdict.verdict == "holds"
    assert "outline file" not in verdict.why


def test_an_uncertain_outline_that_is_no_province_needs_no_other_file():
    ring = ((42.4, 36.9), (43.9, 36.6), (44.0, 37.1), (42.5, 37.3))
    origin = Origin(id="o", label="O", polygon=ring, uncertainty_km=30, basis="extent")
    target = Target(id="t", label="T", lon=MOSUL[0], lat=MOSUL[1])
    nearest, farthest = distance_interval_km(shapely.Polygon(ring), *MOSUL)
    for radius_km, stands in (
        (nearest - 31, True),
        (nearest - 29, False),
        (nearest + 31, True),
        (farthest - 29, False),
        (farthest + 29, False),
        (farthest + 31, True),
    ):
        at = target_reach(origin, target, float(radius_km))
        assert answer_stands(origin, target, at) is stands


def between(bounds, random_):
    """Return some areas that hold all of one bound and lie inside the other."""
    west, south, east, north = bounds.perhaps.bounds
    yield bounds.surely
    yield bounds.perhaps
    for _ in range(4):
        a, b = sorted(random_.uniform(west, east) for _ in range(2))
        c, d = sorted(random_.uniform(south, north) for _ in range(2))
        extra = shapely.box(a, c, b, d).intersection(bounds.perhaps)
        yield bounds.surely.union(extra)


def test_what_stands_holds_for_every_area_between_the_bounds():
    random_ = random.Random(5)
    origin = Origin(id="o", label="O", outline="province:IQ:Duhok", basis="extent")
    bounds = province_bounds("IQ", "Duhok")
    stood = 0
    for _ in range(60):
        lon, lat = random_.uniform(40, 47), random_.uniform(33, 39)
        target = Target(id="t", label="T", lon=lon, lat=lat)
        at = target_reach(origin, target, random_.uniform(20, 400))
        true = {
            answer_of(*map(float, distance_interval_km(area, lon, lat)), at.radius_km)
            for area in between(bounds, random_)
        }
        stands = answer_stands(origin, target, at)
        stood += stands
        if stands:
            assert true == {at.answer}
        else:
            ends = [distance_interval_km(a, lon, lat) for a in (bounds.surely, bounds.perhaps)]
            answers = [answer_of(float(n), float(f), at.radius_km) for n, f in ends]
            assert set(answers) != {at.answer}
    assert 20 < stood < 60


def test_a_province_as_target_is_judged_by_both_of_its_readings():
    random_ = random.Random(6)
    origin = Origin(id="o", label="O", outline="province:IQ:Duhok", basis="extent")
    target = Target(id="t", label="T", outline="province:IQ:Kirkuk")
    froms, tos = province_bounds("IQ", "Duhok"), province_bounds("IQ", "Kirkuk")
    stood = 0
    for radius_km in range(20, 420, 20):
        at = target_reach(origin, target, radius_km)
        if not answer_stands(origin, target, at):
            continue
        stood += 1
        for area in between(froms, random_):
            for other in between(tos, random_):
                found = answer_of(*area_to_area_interval_km(area, other), radius_km)
                assert found == at.answer
    assert 5 < stood < 20


def test_a_province_of_one_known_town_is_never_reached_in_part():
    """Nothing is surely in it, so a part that is reached may be no part of it."""
    bounds = province_bounds("IS", "Capital Region")
    thin = type(bounds)(surely=None, perhaps=bounds.perhaps, town_count=1)
    origin = Origin(id="o", label="O", outline="province:IS:Capital Region", basis="extent")
    target = Target(id="t", label="T", lon=-22.55, lat=64.0)
    nearest, farthest = map(float, distance_interval_km(thin.perhaps, -22.55, 64.0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("withinreach.atlas.provinces.province_bounds", lambda *_: thin)
        for radius_km, stands in (
            (nearest - 1, True),
            ((nearest + farthest) / 2, False),
            (farthest + 1, True),
        ):
            at = target_reach(origin, target, radius_km)
            assert answer_stands(origin, target, at) is stands
