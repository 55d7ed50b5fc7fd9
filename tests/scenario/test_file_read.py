"""The scenario file: written with comments, read with care, faults told by line and key."""

import re

import msgspec
import pytest

import withinreach as wr
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
    ("uncertainty_km = 5", "uncertainty_km = 1e-300", 'key "uncertainty_km".*too small.* 0 for'),
    ("max_km = 300", "max_km = 1e-300", 'key "max_km".*too small'),
    ("max_km = 300", "max_km = 300\nhole_km = 1e-9", 'key "hole_km".*too small'),
    ("max_km = 300", "max_km = 19900", 'key "uncertainty_km": 5 with a range of 19900 km'),
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


BAD_POLYGONS = [
    ("[[45, 12], [46, 13], [46, 12], [45, 13]]", r"cross or touch near \[45.5, 12.5\]"),
    ("[[1, 1], [2, 2], [3, 3]]", "no area"),
    ("[[0, 0], [1, 0], [2, 0], [1, 0], [1, 1]]", "cross or touch"),
    ("[[0, 0], [120, 0], [-120, 0]]", "half of the Earth or more"),
    ("[[-180, -90], [180, -90], [180, 90], [-180, 90]]", "pole to pole"),
    ("[[0, 0], [1, 1]]", "at least 3 different corners"),
    ("[]", "at least 3 different corners"),
    ("[[[0, 0], [1, 0], [1, 1]], [[0.2, 0.1], [0.3, 0.1], [0.3, 0.2]]]", "length 2, not 3"),
    (str([[i / 1e4, i % 2] for i in range(10_001)]), "10,001 corners, and at most 10,000"),
    (str([[i / 1e6, 1] for i in range(100_000)]), "100,000 corners"),
]


@pytest.mark.parametrize("table", ["origin", "target"])
@pytest.mark.parametrize(("polygon", "said"), BAD_POLYGONS)
def test_a_polygon_that_is_no_place_is_told_on_one_line(polygon, said, table):
    text = f'[[{table}]]\nid = "o"\nlabel = "x"\npolygon = {polygon}\n'
    text += 'basis = "extent"\n' if table == "origin" else ""
    with pytest.raises(ScenarioError, match=said) as caught:
        load_scenario(text, name="my.toml")
    assert str(caught.value).startswith(f'my.toml, line 4: {table} 1 ("o"), key "polygon": ')
    assert "\n" not in str(caught.value)


def test_a_polygon_across_the_antimeridian_is_drawn_and_judged():
    old = "[[44.0, 12.6], [45.5, 12.6], [45.5, 13.1]]"
    text = GOOD.replace(old, "[[179, -18], [-179, -18], [-179, -16], [179, -16]]")
    text = text.replace("lon = 43.15\nlat = 11.59", "lon = 180\nlat = -17")
    scenario = load_scenario(text.replace('origin = "aden"', 'origin = "coast"'))
    assert load_scenario(dump_scenario(scenario)) == scenario
    study = wr.Study(scenario)
    assert [v.verdict for v in study.verdicts] == ["holds"]
    coast = [ring.geometry for ring in study.rings if ring.origin.id == "coast"]
    assert coast
    assert all(ring.is_valid and ring.area < 60 for ring in coast)


LONG = [
    (
        "max_km = 300",
        "max_km = " + "9" * 5000,
        'range 1, key "max_km": the number has too many digits',
    ),
    (
        "max_km = 300",
        "max_km = " + "9_" * 4999 + "9",
        'line 24: range 1.*"max_km".*too many digits',
    ),
    ("max_km = 300", "max_km = " + "9" * 4000, 'range 1 .*key "max_km": 9+…9+ will not do'),
    ("max_km = 300", "max_km = 0x" + "f" * 5000, 'key "max_km": this number will not do'),
    ('"Aden"', '"' + "A" * 50_000 + '"', "key \"label\": 'A+…A+' will not do"),
    ('"aden"', '"' + "a" * 50_000 + '"', 'origin 1 .*key "id"'),
    ('"extent"', '"' + "e" * 50_000 + '"', "key \"basis\".*invalid enum value 'e+…e+'$"),
    ("lat = 12.78", "k" * 50_000 + " = 1", "unknown key; known keys"),
    ("lon = 45.04\nlat = 12.78", 'outline = "' + "e" * 50_000 + '"', "no such outline"),
    ("schema_version", "x = " + "[" * 2000 + "]" * 2000 + "\nschema_version", "too deeply"),
    ("schema_version", "x = " + "{a=" * 2000 + "1" + "}" * 2000 + "\nschema_version", "too deeply"),
]


@pytest.mark.parametrize(("old", "new", "said"), LONG, ids=[said for *_, said in LONG])
def test_what_is_too_long_or_too_deep_is_told_shortly(old, new, said):
    assert old in GOOD
    with pytest.raises(ScenarioError, match=said) as caught:
        load_scenario(GOOD.replace(old, new, 1), name="my.toml")
    message = str(caught.value)
    assert message.startswith("my.toml")
    assert len(message) < 300
    assert "\n" not in message


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
