"""Fixtures that read texts with marked places."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from withinreach.reading.roles import Roles
from withinreach.reading.statements import PlaceMention, RangeStatement

sys.path.insert(0, str(Path(__file__).parent))

from marks import mark, read_with_marks


@pytest.fixture
def marked() -> Callable[[str], tuple[str, tuple[PlaceMention, ...]]]:
    return mark


@pytest.fixture
def read_marked() -> Callable[[str], tuple[str, tuple[RangeStatement, ...], Roles]]:
    return read_with_marks
