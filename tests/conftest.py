"""Shared paths and folders of the tests."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True, scope="session")
def nobodys_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the person at this machine has added out of the tests, and the other way round."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("WITHINREACH_DATA", "WITHINREACH_CACHE"):
            patch.setenv(name, str(tmp_path_factory.mktemp("nobodys") / "folder"))
        yield


@pytest.fixture
def seed() -> Path:
    return ROOT / "seeds" / "iraq-2018.md"


@pytest.fixture
def shared() -> Path:
    """The folder of reference data beside a checkout; tests that need it skip without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference folder ../shared is not here")
    return folder


@pytest.fixture
def nominatim():
    """A geocoder on loopback; its answers and manners are attributes."""
    from tests.nominatim import Nominatim

    with Nominatim() as service:
        threading.Thread(target=service.serve_forever, args=(0.01,), daemon=True).start()
        yield service
        service.shutdown()
