"""The atlas command: what a person sees when adding, listing and removing files of their own."""

import json
import os
import subprocess
import sys

import pytest

from withinreach.atlas.table import PlaceTable
from withinreach.atlas.user_outlines import user_stores


def line(geonameid, name, code="PPL"):
    cells = [geonameid, name, name, "", "33.1", "41.2", "P", code, "IQ", "", "01", "", "", "", "0"]
    return "\t".join([*map(str, cells), "", "300", "Asia/Baghdad", "2024-01-01"]) + "\n"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WITHINREACH_DATA", str(tmp_path / "data"))
    PlaceTable.open.cache_clear()
    user_stores.cache_clear()
    yield
    PlaceTable.open.cache_clear()
    user_stores.cache_clear()


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "IQ.txt"
    path.write_text(line(50_000_001, "Quxabad") + "broken\n" + line(50_000_002, "Quxiyah"))
    return path


@pytest.fixture
def boundaries(tmp_path):
    ring = [[10, 51], [12, 51], [12, 53], [10, 53], [10, 51]]
    feature = {
        "type": "Feature",
        "properties": {"name": "Northland"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "north.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


def test_a_dump_is_added_listed_found_and_removed(run, dump):
    ran = run("atlas", "add", dump)
    assert ran.code == 0
    assert ran.out == ""
    assert ran.err.splitlines() == [
        "2 places added (2 town)",
        "1 lines passed over:",
        "  line 2: 1 columns, not 19",
    ]
    assert "Quxabad" in run("geocode", "Quxabad").out
    head, _, row = run("atlas", "list").out.splitlines()
    assert (head.split(), row.split()) == (["name", "holds", "count"], ["iq", "places", "2"])
    assert run("atlas", "remove", "iq").code == 0
    assert run("geocode", "Quxabad").code == 1
    empty = run("atlas", "list")
    assert (empty.code, empty.out, empty.err) == (0, "", "nothing was added\n")


def test_outlines_are_listed_and_removed(run, boundaries, dump):
    assert run("atlas", "add", boundaries).code == 0
    assert run("atlas", "add", dump).code == 0
    rows = [one.split() for one in run("atlas", "list").out.splitlines()[2:]]
    assert rows == [["north-geojson", "outlines", "1"], ["iq", "places", "2"]]
    assert run("atlas", "remove", "north-geojson").code == 0
    rows = [one.split() for one in run("atlas", "list").out.splitlines()[2:]]
    assert rows == [["iq", "places", "2"]]
    assert "iq" in run("atlas", "remove", "north-geojson").one_line


@pytest.mark.parametrize("content", [b"", b"words\n", b"a\tb\n" * 99])
def test_a_file_that_is_no_dump_is_one_line(run, tmp_path, content):
    path = tmp_path / "IQ.txt"
    path.write_bytes(content)
    ran = run("atlas", "add", path)
    assert ran.code == 1
    assert "no GeoNames dump" in ran.one_line


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are POSIX's here")
def test_the_bar_is_drawn_on_a_terminal_only(tmp_path, dump):
    import pty

    command = [sys.executable, "-m", "withinreach", "atlas", "add", str(dump)]
    piped = subprocess.run(command, capture_output=True, check=True)
    assert b"[" not in piped.stderr
    assert b"\r" not in piped.stderr
    ours, theirs = pty.openpty()
    running = subprocess.Popen(command, stderr=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            chunk = os.read(ours, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not chunk:
            break
        said += chunk
    os.close(ours)
    assert running.wait(60) == 0
    assert b"\r[##############################] 0.0 of 0.0 MB" in said
    assert b"2 places added" in said
