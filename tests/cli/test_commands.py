"""Each command does what the design says, from an article, a scenario and by hand."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from shapely.geometry import shape


def test_help_fits_eighty_columns(run):
    for command in ([], ["map"], ["places"], ["check"], ["distance"], ["report"], ["scenario"]):
        ran = run(*command, "--help")
        assert ran.code == 0
        assert max(map(len, ran.out.splitlines())) <= 80


def test_a_scenario_that_was_not_edited_gives_the_same_result(run, seed, tmp_path):
    assert run("scenario", seed, "-o", "s.toml").code == 0
    for command in ("check", "reach", "rings"):
        form = [] if command == "rings" else ["-f", "json"]
        assert run(command, "s.toml", *form).out == run(command, seed, *form).out
    assert run("map", seed, "-o", "a.html").code == 0
    assert run("map", "s.toml", "-o", "b.html").code == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_an_edited_scenario_is_obeyed(run, seed, tmp_path):
    run("scenario", seed, "-o", "s.toml")
    text = (tmp_path / "s.toml").read_text()
    assert "max_km = 700" in text
    (tmp_path / "s.toml").write_text(text.replace("max_km = 700", "max_km = 1300"))
    claims = json.loads(run("check", "s.toml", "-f", "json").out)["claims"]
    assert {c["verdict"] for c in claims} == {"holds"}


def test_standard_input_and_output(run, seed):
    text = seed.read_bytes()
    by_pipe = run("check", "-", "-f", "json", stdin=text)
    assert by_pipe.code == 0
    scenario = run("scenario", seed).out
    again = run("check", "-", "--scenario", "-f", "json", stdin=scenario.encode())
    assert json.loads(again.out) == json.loads(run("check", seed, "-f", "json").out)


def test_rings_are_rfc_7946(run, seed):
    collection = json.loads(run("rings", seed).out)
    assert collection["type"] == "FeatureCollection"
    assert "GeoNames" in collection["attribution"]
    assert "not checked by a person" in collection["caveat"]
    rings = [f for f in collection["features"] if f["properties"]["feature"] == "ring"]
    assert {f["properties"]["radius_km"] for f in rings} == {200, 700}
    for ring in rings:
        geometry = shape(ring["geometry"])
        assert geometry.is_valid
        parts = geometry.geoms if geometry.geom_type == "MultiPolygon" else [geometry]
        assert all(part.exterior.is_ccw for part in parts)
        assert ring["properties"]["stroke"].startswith("#")


def test_a_ring_across_the_date_line_is_cut(run):
    collection = json.loads(run("rings", "--from", "Suva, Fiji", "--range", "900").out)
    ring = next(f for f in collection["features"] if f["properties"]["feature"] == "ring")
    assert ring["geometry"]["type"] == "MultiPolygon"
    lons = [x for part in ring["geometry"]["coordinates"] for x, _ in part[0]]
    assert min(lons) == -180
    assert max(lons) == 180


def test_reach_as_csv_has_typed_columns_and_a_threshold(run, seed):
    rows = list(csv.DictReader(io.StringIO(run("reach", seed, "-f", "csv").out)))
    targets = [r for r in rows if r["feature"] == "target"]
    assert {r["name"] for r in targets} >= {"Riyadh", "Amman", "Jerusalem", "Tel Aviv"}
    places = [r for r in rows if r["feature"] == "place"]
    assert places
    assert all(int(r["population_persons"]) >= 100_000 for r in places)
    assert all(float(r["nearest_km"]) <= float(r["radius_km"]) for r in places)


def test_reach_prints_counts_with_their_threshold(run, seed):
    out = run("reach", seed).out
    assert "listed places over 100,000 people" in out


def test_min_population_lists_more(run):
    few = json.loads(run("reach", "--from", "Aden", "--range", "300", "-f", "json").out)
    many = json.loads(
        run("reach", "--from", "Aden", "--range", "300", "-f", "json", "--min-population", "0").out
    )
    assert len(many["places"]) > len(few["places"]) > 0


def test_by_hand_without_an_article(run, tmp_path):
    ran = run(
        "check", "--from", "Anbar, Iraq", "--range", "200,700", "--to", "Riyadh,Amman", "-f", "json"
    )
    claims = json.loads(ran.out)["claims"]
    assert [(c["target"], c["verdict"]) for c in claims] == [
        ("Riyadh", "fails"),
        ("Amman", "holds_in_part"),
    ]


def test_a_target_with_its_state_is_one_place(run):
    ran = run("check", "--from", "Tulsa", "--range", "900", "--to", "Paris, Texas", "-f", "json")
    assert len(json.loads(ran.out)["claims"]) == 1


def test_a_name_is_found_with_the_word_the_before_it(run):
    ran = run("check", "--from", "the Crimea", "--range", "300", "--to", "The Black Sea,The Hague")
    assert ran.code == 0
    assert "Crimea can reach Black Sea" in ran.out
    assert "Crimea can reach The Hague" in ran.out
    assert "Black Sea" in run("geocode", "the Black Sea").out


def test_a_small_range_is_printed_with_its_decimals(run):
    for stated, printed in (("1.5", "1.5 km"), ("0.012", "0.012 km"), ("9", "9 km")):
        out = run("check", "--from", "Aden", "--range", stated, "--to", "Djibouti").out
        assert f"(at {printed})" in out
        assert f"longest stated range, {printed}," in out


@pytest.mark.parametrize("form", ["table", "csv", "json", "geojson", "jsonl"])
def test_places_in_every_form(run, seed, form):
    ran = run("places", seed, "-f", form)
    assert ran.code == 0
    assert "Riyadh" in ran.out


def test_the_ending_of_the_output_decides_the_form(run, seed, tmp_path):
    run("places", seed, "-o", "p.csv")
    assert (tmp_path / "p.csv").read_text().startswith("text,name,")
    run("places", seed, "-o", "p.geojson")
    assert json.loads((tmp_path / "p.geojson").read_text())["type"] == "FeatureCollection"


def test_json_lines_keep_their_order_and_pass_bad_lines(run):
    lines = [
        json.dumps({"id": "a", "text": "Missiles in Aden."}),
        "no json",
        json.dumps({"id": "b"}),
        json.dumps({"id": 3, "text": "From Taiz to Mocha."}),
        json.dumps({"id": "c", "text": "\x00\x1f עברית 🚀 &amp;"}),
        '{"id": "d", "text": "\\ud800"}',
        "\xff\xfe",
    ]
    data = "\n".join(lines).encode("latin-1", "replace")
    for jobs in ("1", "2"):
        ran = run("places", "--jsonl", "--jobs", jobs, stdin=data)
        assert ran.code == 0
        out = [json.loads(line) for line in ran.out.splitlines()]
        assert [o["id"] for o in out][:5] == ["a", None, None, 3, "c"]
        assert [o.get("line") for o in out if o["id"] is None][:2] == [2, 3]
        assert out[0]["places"][0]["text"] == "Aden"


def test_json_lines_of_articles_from_all_over_the_world(run):
    articles = Path(__file__).parent.parent / "articles" / "development"
    lines = [json.dumps(json.loads(path.read_bytes())) for path in sorted(articles.glob("*.json"))]
    ran = run("places", "--jsonl", stdin="\n".join(lines).encode())
    assert (ran.code, ran.err) == (0, "")
    out = [json.loads(line) for line in ran.out.splitlines()]
    assert [o["id"] for o in out] == [json.loads(line)["id"] for line in lines]
    for line, told in zip(lines, out, strict=True):
        text = json.loads(line)["text"]
        for place in told["places"]:
            assert text[place["start"] : place["end"]] == place["text"]
            assert place["lat"] is None or -90 <= place["lat"] <= 90
            assert place["lon"] is None or -180 <= place["lon"] <= 180


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_bad_json_lines_are_counted(run, jobs):
    lines = [b'{"id": 3, "text": 5}', b'{"id": "x"}', b"[]", b'{"id": true, "text": "Aden"}']
    ran = run("places", "--jsonl", "--jobs", jobs, stdin=b"\n".join(lines))
    assert ran.code == 0
    out = [json.loads(line) for line in ran.out.splitlines()]
    assert [(o["id"], o["line"]) for o in out] == [(None, 1), (None, 2), (None, 3), (None, 4)]
    assert all(o["error"] for o in out)
    assert "4 lines are in error" in ran.err
    assert "1 line is in error" in run("places", "--jsonl", stdin=lines[0]).err
    assert run("places", "--jsonl", stdin=b'{"id": 1, "text": "Aden"}').err == ""


def test_geocode_and_distance(run):
    ran = run("geocode", "Paris, Texas")
    assert ran.code == 0
    assert "Texas" in ran.out
    ran = run("distance", "44.3661,33.3152", "35.9106,31.9539", "-f", "json")
    assert json.loads(ran.out)["nearest_km"] == pytest.approx(808, abs=15)
    ran = run("distance", "Anbar, Iraq", "Riyadh")
    assert "km" in ran.out
    assert "miles" in ran.out


def test_verdicts_as_markdown_escape_the_article(run, tmp_path):
    (tmp_path / "a.txt").write_text(
        "<script>x</script> *Missiles* with a range of 900 km deployed in Aden could hit Djibouti "
        "<b>now</b>."
    )
    ran = run("check", "a.txt", "-f", "markdown")
    assert "<script>" not in ran.out
    assert "<b>" not in ran.out


def test_a_report_is_one_folder(run, seed, tmp_path):
    ran = run("report", seed, "-o", "out")
    assert ran.code == 0
    assert ran.out == ""
    assert "index.html" in ran.err
    assert (tmp_path / "out" / "map.png").stat().st_size > 10_000
    again = run("report", seed, "-o", "out")
    assert again.code == 1
    assert "exists already" in again.err
    assert run("report", seed, "-o", "out", "--force").code == 0


@pytest.mark.parametrize("verb", ["places", "reach", "check", "rings"])
def test_the_fast_commands_load_no_map_and_no_figure_library(seed, verb, tmp_path):
    code = (
        "import sys; from withinreach.cli import main; "
        f"main([{verb!r}, {str(seed)!r}, '-o', {str(tmp_path / 'out')!r}]); "
        "sys.exit(' '.join({'folium', 'pandas', 'matplotlib', 'jinja2'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.stderr.strip() == ""
