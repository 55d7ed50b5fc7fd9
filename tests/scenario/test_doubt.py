"""A place that is one of several of its name is not judged; the file lists them to choose from."""

import msgspec
import pytest

import withinreach as wr
from withinreach.geodesy import FARTHEST_KM
from withinreach.scenario import scenario_from_reading
from withinreach.scenario.file_read import load_scenario
from withinreach.verdict import judge

TEXT = "Missiles with a range of 300 km, based in {}, could reach Cairo."

VAGUE = """
schema_version = 1
range = [{ id = "r", max_km = 700 }]
origin = [{ id = "a", label = "A", lon = 10, lat = 80, uncertainty_km = 10000, basis = "doubt" }]
target = [{ id = "b", label = "B", lon = 179, lat = -70, uncertainty_km = 10000 }]
claim = [{ id = "c", origin = "a", targets = ["b"], range = "r", asserted = "can_reach" }]
"""


def test_a_name_of_many_places_is_left_open():
    study = wr.study_text(TEXT.format("San Pedro"))
    (mention,) = [m for m in study.reading.places if m.text == "San Pedro"]
    assert mention.candidates[0].score < 0.5
    (origin,) = study.scenario.origins
    assert origin.lon is None
    (verdict,) = study.verdicts
    assert verdict.verdict == "unclear"
    assert "places of this name" in verdict.why
    # The candidates stand in the scenario file as comments, to choose from.
    lines = study.scenario_toml().splitlines()
    assert sum(line.startswith("#") and "San Pedro" in line for line in lines) > 1


def test_a_place_that_is_less_likely_meant_than_not_is_left_open():
    study = wr.study_text(TEXT.format("Beirut"))
    (mention,) = [m for m in study.reading.places if m.text == "Beirut"]
    unlikely = msgspec.structs.replace(mention, score=0.49)
    reading = msgspec.structs.replace(
        study.reading,
        origins=tuple(msgspec.structs.replace(o, mention=unlikely) for o in study.reading.origins),
    )
    (origin,) = scenario_from_reading(study.article, reading).origins
    assert origin.lon is None
    assert "perhaps another place" in origin.note


def test_a_name_that_one_place_has_is_judged():
    study = wr.study_text(TEXT.format("Beirut"))
    assert {v.verdict for v in study.verdicts} == {"fails"}


def test_what_is_just_out_of_range_is_not_rounded_into_it():
    said = "Riyadh can be hit by missiles with a range of 1,000 km from Isfahan."
    (verdict,) = wr.study_text(said).verdicts
    assert verdict.verdict == "fails"
    assert "It is 1,006 km (625 miles) away, just too far." in verdict.why


def test_no_uncertainty_makes_a_place_farther_than_the_other_side_of_the_earth():
    scenario = load_scenario(VAGUE, name="vague.toml")
    (verdict,) = judge(scenario)
    assert verdict.verdict == "unclear"
    assert verdict.nearest_km == 0
    assert verdict.farthest_km == pytest.approx(FARTHEST_KM)
    assert "20,004 km" in verdict.why or "20,000 km" in verdict.why
