"""Ranges in the words of newspapers: which lengths are ranges, and what each says."""

import tomllib
from pathlib import Path

import pytest
from tests.timing import best_seconds

from withinreach.reading.phrases import first_words, last_words
from withinreach.reading.quantities import lengths
from withinreach.reading.range_grammar import length_told
from withinreach.reading.ranges import find_ranges
from withinreach.reading.sentences import sentences

CASES = tomllib.loads((Path(__file__).parent / "ranges.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_stated_range_is_read_once_and_in_km(case):
    text = case["text"]
    found = find_ranges(text)
    assert [(r.min_km, r.max_km) for r in found] == [
        tuple(None if km == -1 else pytest.approx(km, abs=0.001) for km in row)
        for row in case["ranges"]
    ]
    assert all(text[r.start : r.end] == r.text for r in found)


def test_what_a_word_begins_with_is_not_the_word():
    """A window of 30 letters ended "its card" after "car", and a car's range is no weapon's."""
    before = "the df-26, kept on the mainland, has a range of "
    for after in (" and has had rivals on its card for years", " and has had rivals on its hands"):
        assert length_told(before, after, goes_on=False, about_weapons=True) == "range"
    after = " and carries a radar"
    assert length_told(before, after, goes_on=False, about_weapons=True) == "of another thing"


@pytest.mark.parametrize(
    ("text", "letters", "last", "first"),
    [
        ("a knot", 3, "", "a "),
        ("do not", 3, "not", "do "),
        ("its card", 7, " card", "its "),
        ("not", 9, "not", "not"),
        ("", 5, "", ""),
    ],
)
def test_windows_hold_whole_words(text, letters, last, first):
    assert last_words(text, letters) == last
    assert first_words(text, letters) == first


def test_span_covers_both_units_and_the_qualifier():
    text = "The missile can hit targets more than 300 km (186 miles) away."
    (found,) = find_ranges(text)
    assert found.text == "more than 300 km (186 miles)"


def test_a_dead_zone_is_a_hole_only_where_someone_says_so():
    (told,) = find_ranges("The missile has a minimum range of 50 km and a maximum range of 300 km.")
    assert (told.min_km, told.max_km, told.hole_km) == (None, 300, 50)
    (closer,) = find_ranges(
        "The rocket has a range of 90 km. It cannot hit targets closer than 20 km."
    )
    assert closer.hole_km == 20
    (untold,) = find_ranges("The missiles have ranges from 200 to 700 km.")
    assert untold.hole_km is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Iranian officials said the missile's range is 300 km.", "Iranian officials"),
        (
            "The missile has a range of 300 km, according to the defence ministry.",
            "the defence ministry",
        ),
        ("The missile flies up to 300 km, said Maj. Gen. Ali Reza.", "Maj. Gen. Ali Reza"),
        ("The missile has a range of 300 km.", None),
        ("He said the missile has a range of 300 km.", None),
    ],
)
def test_who_says_it(text, who):
    assert [r.said_by for r in find_ranges(text)] == [who]


def test_the_missile_is_named_also_across_a_full_stop():
    text = (
        "Kestrel missiles with a range of 300 km were shown. The army also has the Zeta-9. "
        "It has a range of 900 km. Rockets with a range of 20 km were sold."
    )
    assert [r.missile for r in find_ranges(text)] == ["Kestrel", "Zeta-9", None]
    both = "The Alpha-1 and Beta-2 missiles have ranges of 300 km and 700 km respectively."
    assert [(r.missile, r.max_km) for r in find_ranges(both)] == [("Alpha-1", 300), ("Beta-2", 700)]


def test_a_place_is_no_missile(read_marked):
    _, ranges, _ = read_marked("[Iraq|IQ|country] ballistic missiles with a range of 300 km fell.")
    assert [r.missile for r in ranges] == [None]


def test_contradictory_ranges_are_all_kept_in_order():
    text = "The missile has a range of 300 km, one paper said. Its range is 900 km, said another."
    assert [r.max_km for r in find_ranges(text)] == [300, 900]


def test_fifty_ranges_are_fifty():
    text = " ".join(f"The Type-{n} missile has a range of {100 + n} km." for n in range(50))
    assert [r.max_km for r in find_ranges(text)] == [100 + n for n in range(50)]
    assert [r.missile for r in find_ranges(text)] == [f"Type-{n}" for n in range(50)]


def test_two_units_that_disagree_are_two_lengths():
    found = list(lengths("300 km (900 miles)"))
    assert [round(length.high_km) for length in found] == [300, 1448]


@pytest.mark.parametrize(
    "unit",
    [
        "300 km ",
        "one hundred ",
        "1,000,",
        "range of 300 km, ",
        "missile (",
        "from 1 to 2 to ",
        "A-1 ",
        "it flies 300 km and 450 ",
    ],
)
def test_reading_is_linear_in_the_text(unit):
    def seconds(copies: int) -> float:
        text = "missile " + unit * copies
        return best_seconds(lambda: find_ranges(text))

    # Eight times the text; quadratic reading would take 64 times as long.
    assert seconds(8_000) < 28 * seconds(1_000) + 0.05


@pytest.mark.parametrize(
    "text",
    ["", " ", "missile", "\ue000\ue001 missile range 300 km \udcff", "İİİ missile range of 300 km"],
)
def test_odd_texts_keep_their_offsets(text):
    assert all(text[r.start : r.end] == r.text for r in find_ranges(text))


def test_sentences_end_at_full_stops_and_not_at_abbreviations():
    text = "Gen. Lee of the U.S. Army spoke. It flew 1.5 km.\n\nA title\n\nThe U.S. The end."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Gen. Lee of the U.S. Army spoke.",
        "It flew 1.5 km.",
        "A title",
        "The U.S.",
        "The end.",
    ]
