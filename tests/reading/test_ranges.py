"""Ranges in the words of newspapers: which lengths are ranges, and what each says."""

import time

import pytest

from withinreach.reading.quantities import lengths
from withinreach.reading.ranges import find_ranges
from withinreach.reading.sentences import sentences

MILE_KM = 1.609344
NAUTICAL_MILE_KM = 1.852

RANGES = [
    ("Their ranges lie anywhere from 200 km to 700 km, missile by missile.", [(200, 700)]),
    ("The rocket has a range of 200-700km.", [(200, 700)]),
    ("The drones can fly up to 1,300 kilometres.", [(None, 1300)]),
    ("Missiles there threaten cities within 435 miles of the coast.", [(None, 435 * MILE_KM)]),
    ("It fired a 2,000-km-range missile.", [(None, 2000)]),
    ("The missile can travel more than 300 nautical miles.", [(300 * NAUTICAL_MILE_KM, None)]),
    ("The missiles have a range of between 150 and 300 km.", [(150, 300)]),
    ("The missile can hit targets some 2 000 km (1,240 miles) away.", [(None, 2000)]),
    ("The missile's range is 1,240 miles (2,000 km).", [(None, 2000)]),
    ("With a radius of 500 km, the missile covers the island.", [(None, 500)]),
    ("The rocket can reach targets five hundred kilometres away.", [(None, 500)]),
    (
        "A missile with a range of one and a half".replace("one and a half", "1.5 thousand km"),
        [(None, 1500)],
    ),
    ("A missile with a range of 2\u202f500\u00a0km.", [(None, 2500)]),
    ("A rocket with a range of 37,5 km.", [(None, 37.5)]),
    ("A missile with a range of two thousand five hundred miles.", [(None, 2500 * MILE_KM)]),
    ("The missile's range is at least 1,000 km.", [(1000, None)]),
    ("Missiles with a range exceeding 500 km were banned.", [(500, None)]),
    ("A missile with a range of 3,000 kilometres or more.", [(3000, None)]),
    ("A missile with a 300+ km range.", [(300, None)]),
    ("Ballistic missiles ranging between 300 and 1,000 kilometers.", [(300, 1000)]),
    ("HIMARS rockets strike targets at distances of up to 80 km.", [(None, 80)]),
    ("The missile can carry a 500 kg warhead to a distance of 1,000 km.", [(None, 1000)]),
    ("The 300-kilometre ballistic missiles are stored there.", [(None, 300)]),
    ("The missile (range 450 km) is new.", [(None, 450)]),
    ("Guidelines limit the range of missiles to 300 km.", [(None, 300)]),
    ("The missile's range was extended from 300 km to 500 km.", [(None, 500)]),
    ("The rocket shells cannot fly more than 40 km.", [(None, 40)]),
    (
        "The Alpha-1 and Beta-2 missiles have ranges of 300 km and 700 km respectively.",
        [(None, 300), (None, 700)],
    ),
    ("The Alpha-1 missile has a range of 300 km, the Beta-2 700 km.", [(None, 300), (None, 700)]),
    (
        "The guns have a range of 54 km and the rocket launchers one of 60 km.",
        [(None, 54), (None, 60)],
    ),
    (
        "Rockets with ranges of 120, 300 and 700 km were shown.",
        [(None, 120), (None, 300), (None, 700)],
    ),
    ("The army fires guided rockets to a distance of up to 300 kilometres.", [(None, 300)]),
    ("The newer missile carries 290 km.", [(None, 290)]),
    ("Its missiles, limited by export rules to 280 km, were sold.", [(None, 280)]),
    ("He drew the missiles. The caption gives them 500 km.", [(None, 500)]),
]

NO_RANGES = [
    "The missile depot lies 40 km north of Mosul.",
    "The missile base is 600 km from the border.",
    "Riyadh, which lies 300 km away, was hit by a missile.",
    "Riyadh is 760 km from the missile base.",
    "The missile can hit Warsaw, 1,000 km away.",
    "The missile reached an altitude of 2,000 km.",
    "The missile flew 800 km before splashing down in the sea.",
    "Debris of the rocket was scattered over 5 km.",
    "Missile crews drove along a 1,500-km road.",
    "The 1,200-km front line has seen missiles.",
    "The missile flies at 6,000 km/h.",
    "Missiles protect an area of 3,000 km² and 500 square kilometres.",
    "The missile carries 500 kg and stands 15 m high.",
    "The missile boat carries 300 km of cable.",
    "The drones are cheap. Each one carries 20 km of fibre-optic cable.",
    "The missiles were hidden. That gives them 500 km to drive.",
    "The rocket fell at a distance of 300 km.",
    "The rocket travelled a distance of up to 300 km.",
    "An intercontinental-range missile was fired.",
    "The missile landed within 5 km of the target.",
    "The missile exclusion zone has a radius of 20 km.",
    "Soldiers live within 30 km of the missile site.",
    "A missile was seen; the new electric bus has a range of 250 km.",
    "Its radar has a range of 600 km and the launcher carries missiles.",
    "The bus has a range of 250 km.",
    "The Hindu Kush range is 800 km long.",
]


@pytest.mark.parametrize(("text", "expected"), RANGES, ids=[text for text, _ in RANGES])
def test_a_stated_range_is_read_once_and_in_km(text, expected):
    found = find_ranges(text)
    assert [(r.min_km, r.max_km) for r in found] == [
        (low if low is None else pytest.approx(low), high if high is None else pytest.approx(high))
        for low, high in expected
    ]
    assert all(text[r.start : r.end] == r.text for r in found)


@pytest.mark.parametrize("text", NO_RANGES)
def test_what_places_or_measures_something_is_no_range(text):
    assert find_ranges(text) == ()


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
    ],
)
def test_reading_is_linear_in_the_text(unit):
    def seconds(copies: int) -> float:
        text = "missile " + unit * copies
        start = time.process_time()
        find_ranges(text)
        return time.process_time() - start

    # The best of three: a collection of garbage or a busy machine may hit any one of them.
    small, large = (min(seconds(n) for _ in range(3)) for n in (1_000, 8_000))
    # Eight times the text; quadratic reading would take 64 times as long.
    assert large < 28 * small + 0.05


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
