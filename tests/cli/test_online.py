"""--online: what the atlas lacks is asked for, only then, and a failure costs one warning."""

import json
import subprocess
import sys

import pytest

import withinreach as wr

ARTICLE = (
    "BAGHDAD - Iraqi officials said that missiles with a range of 300 km were stationed in "
    "Quxabad, a town in Iraq. Fired from there they could hit Mosul."
)


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("WITHINREACH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WITHINREACH_DATA", str(tmp_path / "data"))


@pytest.fixture
def ask(nominatim):
    nominatim.answers["quxabad, iraq"] = nominatim.answers["quxabad"]
    return ["--online", "nominatim", "--online-url", nominatim.url]


def test_nothing_is_asked_without_online(run, nominatim, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE)
    assert run("geocode", "Quxabad").code == 1
    for command in ("places", "scenario"):
        assert run(command, "a.txt").code == 0
    assert run("check", "a.txt").code == 0
    assert nominatim.requests == []
    program = (
        "import sys; from withinreach.cli import main; assert main(['check', 'a.txt']) == 0; "
        "assert {'geopy', 'sqlite3'}.isdisjoint(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=tmp_path)


def test_an_article_gets_the_place_and_its_source(run, nominatim, ask, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE)
    places = json.loads(run("places", "a.txt", "-f", "json", *ask).out)
    (town,) = [place for place in places if place["name"] == "Quxabad"]
    assert (town["lat"], town["lon"], town["country"]) == (35.12, 42.99, "IQ")
    assert town["role"] == "origin"
    assert ARTICLE[town["start"] : town["end"]] == "Quxabad"
    assert any("found online by nominatim" in reason for reason in town["reasons"])

    scenario = run("scenario", "a.txt", *ask).out
    assert "found online by nominatim" in scenario
    claims = json.loads(run("check", "a.txt", "-f", "json", *ask).out)["claims"]
    assert {(c["origin"], c["target"], c["verdict"]) for c in claims} == {
        ("Quxabad", "Mosul", "holds")
    }
    assert [query for query, _, _ in nominatim.requests] == ["Quxabad, Iraq"]


def test_an_answer_in_another_country_does_not_count(run, nominatim, ask, tmp_path):
    nominatim.answers["quxabad, iraq"] = [nominatim.answers["quxabad"][0] | {"lon": "10.5"}]
    (tmp_path / "a.txt").write_text(ARTICLE)
    places = json.loads(run("places", "a.txt", "-f", "json", *ask).out)
    (town,) = [place for place in places if place["name"] == "Quxabad"]
    assert town["lat"] is None
    assert town["reasons"] == ["not in the atlas"]


@pytest.mark.parametrize("status", [429, 500])
def test_a_failure_is_one_warning_and_all_else_stays(run, nominatim, ask, tmp_path, status):
    (tmp_path / "a.txt").write_text(ARTICLE + " Others stood near the town of Xyzzyville.")
    read = json.loads(run("places", "a.txt", "-f", "json").out)
    offline = {p["name"] for p in read if p["lat"] is not None}
    nominatim.status = status
    ran = run("places", "a.txt", "-f", "json", *ask)
    assert ran.code == 0
    (line,) = ran.err.splitlines()
    assert line.startswith("withinreach: warning: ")
    assert str(status) in line
    placed = {p["name"] for p in json.loads(ran.out) if p["lat"] is not None}
    assert placed == offline
    assert len(nominatim.requests) == 1


def test_places_given_by_hand(run, nominatim, ask, tmp_path):
    ran = run("geocode", "Quxabad", "Aden", "-f", "json", *ask)
    found = json.loads(ran.out)
    assert found[0]["reasons"] == [f"found online by nominatim (127.0.0.1:{nominatim.server_port})"]
    assert "Quxabad (online)" in run("geocode", "Quxabad", *ask).out
    assert run("reach", "--from", "Quxabad", "--range", "300", "--to", "Mosul", *ask).code == 0
    assert run("distance", "Quxabad", "Mosul", *ask).code == 0
    assert [query for query, _, _ in nominatim.requests] == ["Quxabad"]
    by_comma = ["reach", "--from", "Mosul", "--range", "300", "--to", "Quxabad, Iraq", "-f", "json"]
    targets = json.loads(run(*by_comma, *ask).out)["targets"]
    assert [target["target"] for target in targets] == ["quxabad"]
    assert run("geocode", "Nowhere at all", *ask).code == 1


def test_many_articles(run, ask, tmp_path):
    lines = "".join(json.dumps({"id": i, "text": ARTICLE}) + "\n" for i in range(2))
    ran = run("places", "--jsonl", "-", *ask, stdin=lines.encode())
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert [record["id"] for record in records] == [0, 1]
    for record in records:
        assert (35.12, 42.99) in {(place["lat"], place["lon"]) for place in record["places"]}


def test_many_articles_in_several_processes_warn_once(run, nominatim, ask):
    nominatim.status = 500
    lines = "".join(json.dumps({"id": i, "text": ARTICLE}) + "\n" for i in range(40))
    ran = run("places", "--jsonl", "-", "--jobs", "2", *ask, stdin=lines.encode())
    assert [json.loads(one)["id"] for one in ran.out.splitlines()] == list(range(40))
    (line,) = ran.err.splitlines()
    assert line.startswith("withinreach: warning: ")
    assert "500" in line
    assert 1 <= len(nominatim.requests) <= 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--online", "nobody"], "nominatim and photon"),
        (["--online", "nominatim", "--online-url", "ftp://x"], "https://"),
        (["--online-url", "http://127.0.0.1:1"], "--online nominatim"),
    ],
)
def test_a_service_that_cannot_be_used_is_one_line(run, options, said):
    for command in (["geocode", "Aden"], ["places", "--jsonl", "-"]):
        ran = run(*command, *options)
        assert ran.code == 1
        assert said in ran.one_line


def test_the_python_twin(nominatim):
    from geopy.geocoders import Nominatim

    nominatim.answers["quxabad, iraq"] = nominatim.answers["quxabad"]
    domain = f"127.0.0.1:{nominatim.server_port}"
    geocoder = Nominatim(user_agent="mine", scheme="http", domain=domain)
    study = wr.study_text(ARTICLE, online=geocoder)
    assert [v.verdict for v in study.verdicts] == ["holds"]
    assert "Quxabad" in {mention.name for mention in study.places}
    assert wr.study_text(ARTICLE).places != study.places
