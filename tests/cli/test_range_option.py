"""--range: a comma between ranges or within a figure, units, spans; all else is wrong usage."""

import argparse
import re

import pytest

from withinreach.cli.range_option import ranges_km

MILE_KM = 1.609344


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("300", [300]),
        ("1.5", [1.5]),
        ("200,700", [200, 700]),
        ("200, 700", [200, 700]),
        ("200;700", [200, 700]),
        ("1,300", [1, 300]),
        ("1,300 km", [1300]),
        ("1.300 km", [1300]),
        ("1 300 km", [1300]),
        ("1,300.5 km", [1300.5]),
        ("0.500 km", [0.5]),
        ("1,300 miles", [1300 * MILE_KM]),
        ("435 mi", [435 * MILE_KM]),
        ("300 nm", [300 * 1.852]),
        ("300nmi", [300 * 1.852]),
        ("200 km,700 km", [200, 700]),
        ("200 km, 1,300 km", [200, 1300]),
        ("200, 700 km", [200, 700]),
        ("200 km; 700 miles", [200, 700 * MILE_KM]),
        ("200-700 km", [200, 700]),
        ("200 to 700 km", [200, 700]),
        ("1,300-2,000 km", [1300, 2000]),
        ("120, 300 and 700 km", [120, 300, 700]),
        ("300 km (186 miles)", [300]),
        ("up to 700 km", [700]),
    ],
)
def test_what_is_read(text, km):
    assert ranges_km(text) == pytest.approx(km)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no range"),
        ("far", "no range"),
        ("nan", "no range"),
        ("-5", "no range"),
        ("-5 km", "no range"),
        ("200-700", "no range"),
        ("300 m", "no range"),
        ("300 km of road", "no range"),
        ("more than 300 km", "no range"),
        ("200,", "no range"),
        ("0", "more than 0"),
        ("0 km", "more than 0"),
        ("99999", "at most 19,900 km"),
        ("200,700 km", '"200 km, 700 km"'),
        ("200,1000 km", '"200 km, 1000 km"'),
        ("1,5 km", "one range or several"),
        ("0,300 km", "one range or several"),
        ("1.300", "1300 or 1.3"),
        ("1.300,5 km", "one range or several"),
        ("200, 700 miles", "no unit"),
    ],
)
def test_what_is_refused(run, text, said):
    with pytest.raises(argparse.ArgumentTypeError, match=re.escape(said)):
        ranges_km(text)
    ran = run("rings", "--from", "Aden", f"--range={text}")
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err


def test_a_span_draws_the_rings_of_two_ranges(run):
    rings = [run("rings", "--from", "Aden", "--range", r).out for r in ("200,700", "200-700 km")]
    assert rings[0] == rings[1] != ""
