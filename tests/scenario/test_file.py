"""The scenario file in a person's hands: comments survive, a changed article is noticed."""

import re
import warnings
from pathlib import Path

import msgspec
import pytest

import withinreach as wr
from withinreach.atlas.table import PlaceTable
from withinreach.errors import WithinreachWarning
from withinreach.scenario import Scenario
from withinreach.scenario.file_read import load_scenario
from withinreach.scenario.schema import scenario_schema

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Rockets with a range of 80 km stand in Basra and could hit Kuwait City."


@pytest.fixture
def edited(tmp_path):
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    study = wr.study(tmp_path / "article.txt")
    path = tmp_path / "mine.toml"
    path.write_text("# checked by phone\n" + study.scenario_toml(), encoding="utf-8")
    return path


def test_a_file_that_nobody_added_to_is_written_as_it_is(edited):
    assert wr.study(edited).scenario_toml() == edited.read_text(encoding="utf-8")


def test_comments_survive_when_places_are_added(edited):
    place = PlaceTable.open().find("Ahvaz")[0].place
    written = wr.study(edited).adding([place], []).scenario_toml()
    assert written.startswith("# checked by phone\n")
    edited.write_text(written, encoding="utf-8")
    again = wr.study(edited).scenario
    assert [o.label for o in again.origins] == ["Basra", "Ahvaz"]
    assert [c.origin for c in again.claims] == ["basra", "ahvaz"]


def test_an_article_that_changed_is_noticed(edited):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wr.study(edited)
    (edited.parent / "article.txt").write_text(TEXT.replace("80", "90"), encoding="utf-8")
    with pytest.warns(WithinreachWarning, match=r"article\.txt has changed"):
        wr.study(edited)


def test_a_file_elsewhere_is_not_opened_for_a_scenario(edited, tmp_path):
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace('"article.txt"', '"../secret.txt"'), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wr.study(edited)


def test_the_schema_has_every_key_of_the_types_and_refuses_others():
    definitions = scenario_schema()["$defs"]
    for field in msgspec.structs.fields(Scenario):
        assert field.encode_name in definitions["Scenario"]["properties"]
    assert definitions["Origin"]["additionalProperties"] is False
    assert definitions["Origin"]["properties"]["lon"]["anyOf"][0]["maximum"] == 180


def test_the_example_of_the_manual_is_a_scenario():
    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)
    study = wr.Study(load_scenario(example))
    assert [(v.origin, v.verdict) for v in study.verdicts] == [("Aden", "holds")]


def test_a_dead_zone_is_drawn_and_judged():
    study = wr.study_text(TEXT)
    plain = study.scenario
    holed = msgspec.structs.replace(
        plain, ranges=(msgspec.structs.replace(plain.ranges[0], max_km=200.0, hole_km=150.0),)
    )
    near = wr.Study(holed)
    (verdict,) = near.verdicts
    assert verdict.at_max.answer == "nowhere"
    assert verdict.verdict == "fails"
    assert "Nothing nearer than" in verdict.why
    origin = holed.origins[0]
    outer = near.rings[0].geometry
    assert len(outer.interiors) == 1
    names = {row.name for row in near.reach}
    assert "Al Fāw" not in names
    assert all(row.farthest_km >= 150 for row in near.reach)
    assert "Al Fāw" in {row.name for row in wr.Study(plain_at(plain, 200.0)).reach}
    assert holed.hole_km(origin, 200.0) == 150


def plain_at(scenario, km):
    return msgspec.structs.replace(
        scenario, ranges=(msgspec.structs.replace(scenario.ranges[0], max_km=km),)
    )
