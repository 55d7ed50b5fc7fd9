"""The scenario file: written with comments, read with care, faults told by line and key."""

import re

import msgspec
import pytest

from withinreach.errors import ScenarioError
from withinreach.scenario import (
    Claim,
    Origin,
    Range,
    Scenario,
    Source,
    Target,
)
from withinreach.scenario.file_read import load_scenario, read_scenario
from withinreach.scenario.file_write import dump_scenario

GOOD = """\
schema_version = 1
reviewed_by = ""

[source]
title = "Two towns"

[[origin]]
id = "aden"
label = "Aden"
basis = "doubt"
lon = 45.04
lat = 12.78
uncertainty_km = 5

[[origin]]
id = "coast"
label = "the coast"
basis = "extent"
polygon = [[44.0, 12.6], [45.5, 12.6], [45.5, 13.1]]

[[range]]
id = "r"
min_km = 100
max_km = 300

[[target]]
id = "djibouti"
label = "Djibouti"
lon = 43.15
lat = 11.59

[[claim]]
id = "c"
origin = "aden"
targets = ["djibouti"]
range = "r"
"""


def test_a_good_file_is_read():
    scenario = load_scenario(GOOD)
    assert [o.id for o in scenario.origins] == ["aden", "coast"]
    assert scenario.ranges[0].radii_km == (100.0, 300.0)
    assert scenario.reviewed_by is None


def test_writing_and_reading_again_gives_the_same():
    scenario = load_scenario(GOOD)
    assert load_scenario(dump_scenario(scenario)) == scenario


def test_hostile_words_survive_the_round_trip():
    words = 'a "quote" \\ back\nslash # no comment ]] [[origin]] ��\u2028 עברית'
    scenario = Scenario(
        source=Source(title=words),
        origins=(Origin(id="o", label=words, basis="doubt", lon=0.0, lat=0.0, quote=words),),
        ranges=(Range(id="r", max_km=5.5, quote=words),),
        targets=(Target(id="t", label=words, lon=-180.0, lat=-90.0),),
        claims=(Claim(id="c", targets=("t",), quote=words),),
    )
    assert load_scenario(dump_scenario(scenario)) == scenario


FAULTS = [
    ("lat = 12.78", "lat = 95", 'key "lat".*95.*<= 90'),
    ("lon = 45.04", "lon = 200", 'key "lon".*200.*<= 180'),
    ("lat = 12.78", 'lat = "north"', "'north' will not do: expected a number"),
    ("lat = 12.78\n", "", "lat is missing"),
    ("uncertainty_km = 5", "uncertanty_km = 5", 'unknown key; did you mean "uncertainty_km"'),
    ("uncertainty_km = 5", "zzz = 5", "unknown key; known keys"),
    ("min_km = 100", "min_km = 400", "400 is above max_km, 300"),
    ("max_km = 300", "max_km = 0", 'key "max_km".*> 0'),
    ("max_km = 300", "max_km = -5", 'key "max_km".*> 0'),
    ("max_km = 300", "max_km = 40000", 'key "max_km".*<= 19900'),
    ("max_km = 300", "max_km = nan", 'key "max_km"'),
    ("max_km = 300", "max_km = inf", 'key "max_km"'),
    ('id = "coast"', 'id = "aden"', '"aden" is the id of another origin too'),
    ('origin = "aden"', 'origin = "taiz"', 'no origin has the id "taiz".*aden, coast'),
    ('targets = ["djibouti"]', 'targets = ["x"]', 'no target has the id "x"'),
    ('range = "r"', 'range = "q"', 'no range has the id "q"'),
    ('basis = "extent"', 'basis = "whole"', 'key "basis".*whole'),
    ("schema_version = 1", "schema_version = 2", "schema_version"),
    ("[[target]]", "[[targets]]", 'unknown key; did you mean "target"'),
    (", [45.5, 13.1]]", "]", "at least 3 different corners"),
    ("[[range]]", "[range]", "range.*a list"),
    ("lon = 45.04", 'outline = "region:nowhere"\nlon = 45.04', "not several"),
    ('label = "Aden"\n', "", "missing key.*label"),
]


@pytest.mark.parametrize(("old", "new", "said"), FAULTS)
def test_a_fault_is_told_with_its_line_and_key(old, new, said):
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    with pytest.raises(ScenarioError, match=said) as caught:
        load_scenario(text, name="my.toml")
    message = str(caught.value)
    assert message.startswith("my.toml")
    assert "\n" not in message
    line = re.search(r"line (\d+)", message)
    if new and "schema" not in new and line:
        table_or_key = text.splitlines()[int(line[1]) - 1]
        assert "=" in table_or_key or "[[" in table_or_key


def test_the_line_is_the_line_of_the_fault():
    text = GOOD.replace("lat = 11.59", "lat = 111.59")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(text, name="my.toml")
    wanted = text.splitlines().index("lat = 111.59") + 1
    assert f"line {wanted}:" in str(caught.value)
    assert 'target 1 ("djibouti")' in str(caught.value)


def test_what_is_no_toml_is_told(tmp_path):
    with pytest.raises(ScenarioError, match=r"not valid TOML.*line 1"):
        load_scenario("this is [no toml")
    with pytest.raises(ScenarioError, match="no such file"):
        read_scenario(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError, match="not UTF-8"):
        read_scenario(tmp_path / "bad.toml")


def test_saving_keeps_what_is_there(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("precious")
    with pytest.raises(Exception, match="exists already"):
        load_scenario(GOOD).save(path)
    assert path.read_text() == "precious"
    load_scenario(GOOD).save(path, force=True)
    assert read_scenario(path) == load_scenario(GOOD)


def test_the_schema_can_be_made_for_editors():
    schema = msgspec.json.schema(Scenario)
    assert "uncertainty_km" in schema["$defs"]["Origin"]["properties"]
