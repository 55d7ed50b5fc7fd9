"""The report: every file is there, tied together, safe and the same each time."""

import csv
import io
import json
import re
import struct
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

import withinreach as wr
from withinreach.errors import OutputError
from withinreach.outputs.report import REPORT_FILES
from withinreach.scenario.file_read import read_scenario

EVIL = (
    "Rockets <script>alert(1)</script> & more\n\n"
    "Rockets with a range of 80 km stand in Basra. The rockets & launchers <b>could</b> hit "
    "Kuwait City from Basra."
)


@pytest.fixture(scope="module")
def study():
    return wr.study_text(EVIL, title="Rockets <script>alert(1)</script> & $more$")


@pytest.fixture(scope="module")
def folder(study, tmp_path_factory):
    return study.report(tmp_path_factory.mktemp("report") / "of rockets")


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.tags = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links |= {value for name, value in attrs if name in ("href", "src")}


def test_every_file_is_there_and_the_index_leads_to_each(folder):
    names = {path.name for path in folder.iterdir()}
    assert names == {*REPORT_FILES, "index.html"}
    index = Links((folder / "index.html").read_text(encoding="utf-8"))
    assert set(REPORT_FILES) <= index.links


def test_the_index_is_safe_and_says_that_nobody_has_checked(folder):
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert "script" not in Links(text).tags
    assert "&lt;script&gt;" in text
    assert "not checked by a person" in text
    assert "GeoNames" in text
    assert not re.search(r"https?://(?!www\.)", text)


def test_the_files_hold_what_the_study_holds(study, folder):
    records = json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))
    assert [c["verdict"] for c in records["claims"]] == [v.verdict for v in study.verdicts]
    rows = list(csv.DictReader(io.StringIO((folder / "cities.csv").read_text(encoding="utf-8"))))
    assert len(rows) == len(study.reach) + len(study.reach.targets)
    rings = json.loads((folder / "rings.geojson").read_text(encoding="utf-8"))
    assert rings == study.to_geojson()
    assert read_scenario(folder / "scenario.toml") == study.scenario
    assert (folder / "map.html").read_text(encoding="utf-8") == study.page()


def test_the_pictures_are_whole(folder):
    png = (folder / "map.png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (1440, 1664)
    root = ElementTree.parse(folder / "map.svg").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not root.findall(".//{http://www.w3.org/2000/svg}script")


def test_the_same_input_gives_the_same_bytes(study, folder, tmp_path):
    again = wr.Study(study.scenario, reading=study.reading).report(tmp_path / "again")
    for path in folder.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_report_is_replaced_only_when_that_is_asked_for(study, folder, tmp_path):
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="exists already"):
        study.report(folder)
    study.report(folder, force=True)
    assert (folder / "notes.txt").read_text() == "mine"
    (folder / "notes.txt").unlink()
    only_one = tmp_path / "half"
    only_one.mkdir()
    (only_one / "index.html").write_text("an index of mine")
    with pytest.raises(OutputError, match="exists already"):
        study.report(only_one)
    assert [path.name for path in only_one.iterdir()] == ["index.html"]


def test_a_folder_that_cannot_be_is_told_in_one_line(study, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="a file, not a folder"):
        study.report(tmp_path / "file")
    with pytest.raises(OutputError, match="does not exist"):
        study.report(tmp_path / "none" / "report")


def test_a_corrected_scenario_keeps_its_comments(study, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("# asked the ministry\n" + study.scenario_toml(), encoding="utf-8")
    written = wr.study(path).report(tmp_path / "report")
    assert (written / "scenario.toml").read_text(encoding="utf-8").startswith("# asked the mini")
