"""Where results go: full devices, links, pipes; told in one line, and nothing lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BY_HAND = ["--from", "Aden", "--range", "300"]
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links are POSIX's here")


def rings(run, *options):
    return run("rings", *BY_HAND, *options)


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="Linux has /dev/full")
@pytest.mark.parametrize(
    "command",
    [
        ["check", *BY_HAND, "--to", "Djibouti"],
        ["reach", *BY_HAND, "-f", "csv", "--min-population", "0"],
        ["map", *BY_HAND, "-o", "-"],
        ["places", "--jsonl", "in.jsonl"],
    ],
)
def test_a_full_device_is_one_line(command, tmp_path):
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "Missiles in Aden."}\n' * 200)
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "withinreach", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
        )
    assert ran.returncode == 1
    (line,) = ran.stderr.splitlines()
    assert line == "withinreach: standard output: cannot be written (no space left on device)"


@needs_posix
def test_a_closed_output_is_one_line():
    command = f"{sys.executable} -m withinreach geocode Aden >&-"
    ran = subprocess.run(command, shell=True, stderr=subprocess.PIPE, text=True)
    assert ran.returncode == 1
    (line,) = ran.stderr.splitlines()
    assert "closed" in line


def test_a_reader_that_stops_early_is_no_unreadable_file(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "Missiles in Aden."}\n' * 200)
    command = [sys.executable, "-m", "withinreach", "places", "--jsonl", "in.jsonl"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1


@needs_posix
def test_a_link_stays_and_its_file_is_written(run, tmp_path):
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "target.geojson", tmp_path / "link.geojson"
    target.write_text("mine")
    link.symlink_to(Path("far", "target.geojson"))
    ran = rings(run, "-o", link)
    assert ran.code == 1
    assert "--force" in ran.one_line
    assert target.read_text() == "mine"
    assert rings(run, "-o", link, "--force").code == 0
    assert link.is_symlink()
    assert target.read_text().startswith("{")
    assert [path.name for path in (tmp_path / "far").iterdir()] == ["target.geojson"]


@needs_posix
def test_a_link_to_what_is_not_there_yet(run, tmp_path):
    link = tmp_path / "link.geojson"
    link.symlink_to(tmp_path / "target.geojson")
    assert rings(run, "-o", link).code == 0
    assert link.is_symlink()
    assert (tmp_path / "target.geojson").read_text().startswith("{")
    lost = tmp_path / "lost.geojson"
    lost.symlink_to(tmp_path / "none" / "target.geojson")
    assert "does not exist" in rings(run, "-o", lost, "--force").one_line
    assert lost.is_symlink()
    circle = tmp_path / "circle.geojson"
    circle.symlink_to(circle)
    assert "cannot be written" in rings(run, "-o", circle, "--force").one_line
    assert circle.is_symlink()


@needs_posix
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_pipe_is_never_replaced(run, tmp_path, force):
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        ran = rings(run, "-o", path, *force)
        assert ran.code == 1
        assert "-o -" in ran.one_line
        assert "--force" not in ran.one_line
        assert path.is_fifo()
    assert link.is_symlink()


def test_a_name_that_is_empty_or_too_long(run):
    assert "empty name" in rings(run, "-o", "").one_line
    assert "cannot be written" in rings(run, "-o", "a" * 300).one_line
