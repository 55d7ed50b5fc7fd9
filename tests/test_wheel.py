"""The wheel holds all that it needs: built, installed elsewhere, run from a read-only home."""

import os
import subprocess
import sys
import tomllib
import venv
import zipfile

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_the_tables_and_their_sources(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("withinreach/atlas/tables/") for name in names)
    assert any(name.endswith("leaflet.js") for name in names)
    assert any(name.endswith("SOURCES.toml") for name in names)
    assert any(name.endswith("py.typed") for name in names)
    assert wheel.stat().st_size < 60_000_000


def test_the_installed_command_draws_the_map(wheel, tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    site = next((tmp_path / "venv" / "lib").glob("python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    # The libraries of this environment, but not its editable install of the project.
    here = next(p for p in sys.path if p.endswith("site-packages"))
    environment = {"HOME": str(home), "PATH": os.defpath, "PYTHONPATH": f"{site}:{here}"}
    page = tmp_path / "map.html"
    command = [str(python), "-m", "withinreach", "map", str(ROOT / "seeds" / "iraq-2018.md")]
    ran = subprocess.run(
        [*command, "-o", str(page)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Riyadh" in ran.stderr
    assert page.stat().st_size < 2_000_000


def test_the_lock_pins_what_the_build_names():
    required = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"])
    pinned = set((ROOT / "requirements" / "build.in").read_text().split("\n"))
    assert required <= pinned


def test_the_locks_name_no_address():
    for name in ("run.txt", "test.txt"):
        text = (ROOT / "requirements" / name).read_text()
        assert "://" not in text
        assert "--hash=sha256:" in text
