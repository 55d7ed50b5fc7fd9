"""Shared paths and folders of the tests."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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
