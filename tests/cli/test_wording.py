"""Ranges and distances in print: what is small keeps its digits, one mile is one mile."""

import pytest

from withinreach.wording import about_km, interval_km, range_km


@pytest.mark.parametrize(
    ("km", "printed"),
    [
        (0.00012, "0.00012 km"),
        (0.0499, "0.05 km"),
        (0.1, "0.1 km"),
        (0.25, "0.25 km"),
        (1, "1 km"),
        (1.5, "1.5 km"),
        (9.999, "10 km"),
        (10.4, "10 km"),
        (482.8032, "483 km"),
        (1300, "1,300 km"),
    ],
)
def test_ranges(km, printed):
    assert range_km(km) == printed


def test_one_mile_is_singular():
    assert about_km(1.4) == "about 1 km (1 mile)"
    assert about_km(3.2) == "about 3 km (2 miles)"
    assert interval_km(1.6, 1.7) == "2 km (1 mile)"
    assert range_km(1.609344, miles=True) == "1.61 km (1 mile)"
    assert range_km(1.5, miles=True) == "1.5 km (0.93 miles)"
    assert range_km(700, miles=True) == "700 km (435 miles)"
