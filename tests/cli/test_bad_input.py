"""Bad input: one clear line on stderr, the right exit code, no half-written or lost file."""

import os
import subprocess
import sys

import pytest

TEXT = "Missiles with a range of 300 km are deployed in Aden and could hit Djibouti."


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    return path


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", b"\x00\x01\x02\x03", "binary"),
        ("paper.pdf", b"%PDF-1.4", "PDF"),
        ("large.txt", b"word " * 4_000_000, "larger than 10 MB"),
    ],
)
@pytest.mark.parametrize("command", ["map", "places", "check"])
def test_files_that_are_no_articles(run, tmp_path, command, name, data, said):
    (tmp_path / name).write_bytes(data)
    output = ["-o", "out.html"] if command == "map" else []
    ran = run(command, name, *output)
    assert ran.code == 1
    assert said in ran.one_line
    assert name in ran.one_line
    assert not (tmp_path / "out.html").exists()


def test_a_missing_file_a_folder_and_a_web_address(run, tmp_path):
    assert "no such file" in run("places", "none.txt").one_line
    assert "a folder" in run("places", tmp_path).one_line
    for empty in (["check", ""], ["places", "--jsonl", ""]):
        ran = run(*empty)
        assert ran.code == 1
        assert "path is empty" in ran.one_line
    ran = run("map", "https://news.example/a", "-o", "x.html")
    assert ran.code == 1
    assert "withinreach map -" in ran.one_line


def test_a_text_without_a_place_or_a_range_has_nothing_to_draw(run, tmp_path):
    for text, said in (
        ("Nothing happens here, and nobody says how far.", "no place to launch from"),
        ("The missiles are deployed in Aden.", "--range"),
    ):
        (tmp_path / "a.txt").write_text(text)
        ran = run("map", "a.txt", "-o", "a.html")
        assert ran.code == 3
        assert said in ran.one_line
        assert not (tmp_path / "a.html").exists()
        assert run("places", "a.txt").code == 0
        assert run("scenario", "a.txt").code == 0


def test_a_range_on_the_command_line_fills_in(run, tmp_path):
    (tmp_path / "a.txt").write_text("The missiles are deployed in Aden.")
    assert run("rings", "a.txt", "--range", "300, 700").code == 0
    assert run("rings", "a.txt", "--range", "435 miles").code == 0


@pytest.mark.parametrize("stated", ["0 km", "40,000 km"])
def test_an_absurd_range_in_a_text_is_a_warning(run, tmp_path, stated):
    (tmp_path / "a.txt").write_text(
        f"Missiles with a range of {stated} are deployed in Aden. "
        "Rockets with a range of 300 km are deployed there, too."
    )
    ran = run("rings", "a.txt")
    assert ran.code == 0
    assert "warning" in ran.err
    assert "left out" in ran.err


def test_figures_without_a_unit_are_no_range(run, tmp_path):
    (tmp_path / "a.txt").write_text("Missiles with 200-700 are deployed in Aden.")
    assert run("rings", "a.txt").code == 3


def test_an_existing_output_is_kept_unless_forced(run, tmp_path, article):
    kept = tmp_path / "kept.geojson"
    kept.write_text("mine")
    ran = run("rings", article, "-o", kept)
    assert ran.code == 1
    assert "--force" in ran.one_line
    assert kept.read_text() == "mine"
    assert run("rings", article, "-o", kept, "--force").code == 0
    assert kept.read_text() != "mine"


def test_a_folder_that_does_not_exist_or_is_one(run, tmp_path, article):
    assert "does not exist" in run("rings", article, "-o", "no/where.geojson").one_line
    assert "a folder" in run("rings", article, "-o", tmp_path).one_line


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(run, tmp_path, article):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert "cannot be written" in run("rings", article, "-o", closed / "a.geojson").one_line


def test_a_device_that_is_full_leaves_nothing_behind(tmp_path, monkeypatch):
    from withinreach.errors import OutputError
    from withinreach.files import whole_file, write_whole

    def write_half():
        with whole_file(tmp_path / "a.txt") as file:
            file.write(b"half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="no space"):
        write_half()
    assert list(tmp_path.iterdir()) == []
    write_whole(tmp_path / "b.txt", "whole")
    assert (tmp_path / "b.txt").read_text() == "whole"


def test_a_scenario_edited_into_nonsense(run, tmp_path, article):
    assert run("scenario", article, "-o", "s.toml").code == 0
    good = (tmp_path / "s.toml").read_text()
    for old, new, said in (
        ("max_km = 300", "max_km = 0", "max_km"),
        ('id = "aden"', 'id = "aden"\nlattitude = 3', "lat"),
        ("\nlat = ", "\nlat = 9", '"lat"'),
        ('origin = "aden"', 'origin = "gone"', "gone"),
    ):
        assert old in good
        (tmp_path / "t.toml").write_text(good.replace(old, new, 1))
        ran = run("map", "t.toml", "-o", "m.html")
        assert ran.code == 1
        assert said in ran.one_line
        assert "line" in ran.one_line
        assert not (tmp_path / "m.html").exists()


def test_no_source_at_all_is_told(run):
    ran = run("check")
    assert ran.code == 1
    assert "--from" in ran.one_line


def test_unknown_places_are_told(run):
    ran = run("rings", "--from", "Xyzzyville-on-Plugh", "--range", "300")
    assert ran.code == 1
    assert "not in the atlas" in ran.one_line
    assert run("distance", "Aden", "Xyzzyville-on-Plugh").code == 1


@pytest.mark.parametrize("option", ["--from", "--to"])
@pytest.mark.parametrize("name", ["", " ", ",,", ";"])
def test_an_option_that_names_no_place_is_an_error(run, option, name):
    ran = run("check", "--from", "Aden", "--range", "300", option, name)
    assert ran.code == 1
    assert "names no place" in ran.one_line


def test_geocode_without_a_find_writes_nothing_and_advises(run, tmp_path):
    for form in ("table", "json", "geojson"):
        ran = run("geocode", "Xyzzyville", "-f", form)
        assert (ran.code, ran.out) == (1, "")
        assert "another spelling" in ran.one_line
        assert "lon,lat" not in ran.one_line
    ran = run("geocode", "45.03,12.78", "-o", "none.json")
    assert ran.code == 1
    assert "name of a place" in ran.one_line
    assert not (tmp_path / "none.json").exists()
    some = run("geocode", "Aden", "Xyzzyville")
    assert some.code == 1
    assert "Aden" in some.out


def test_json_lines_take_no_other_form(run, tmp_path):
    ran = run("places", "--jsonl", "-", "-f", "csv", "-o", "k.csv")
    assert ran.code == 2
    assert "leave out -f csv" in ran.err
    assert not (tmp_path / "k.csv").exists()
    assert run("places", "--jsonl", "-", "-f", "jsonl").code == 0


def test_text_of_an_article_cannot_drive_the_terminal(run, tmp_path):
    (tmp_path / "\x1b[31mred.txt").write_bytes(b"")
    ran = run("places", "\x1b[31mred.txt")
    assert "\x1b" not in ran.err


def test_a_reader_that_stops_early_ends_the_run_without_a_word():
    """Nor may a signal end it: then a web server that hangs up would end it too."""
    command = [sys.executable, "-m", "withinreach", "places", "--jsonl", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.close()
        _, said = running.communicate(b'{"id": 1, "text": "In Mosul and Aden."}\n' * 20)
    assert said == b""
    assert running.returncode == 1
