"""Published ranges and the names of missiles in a text."""

import csv
from pathlib import Path

import pytest
from tests.timing import best_seconds

from withinreach.atlas.missiles import find_missiles, missile, missiles
from withinreach.errors import AtlasError

ROOT = Path(__file__).resolve().parents[2]


def named(text):
    return [(mention.text, mention.missile.name) for mention in find_missiles(text)]


def test_figures_have_a_source_and_their_absence_a_reason():
    for entry in missiles():
        if entry.has_figure:
            assert entry.source, entry.name
            assert entry.claimed_by, entry.name
            assert entry.as_of, entry.name
            assert 0 < entry.low_km <= (entry.high_km or entry.low_km) < 20_000, entry.name
        else:
            assert entry.high_km is None
            assert entry.note, entry.name


def test_a_name_means_one_missile():
    owner = {}
    for entry in missiles():
        for form in (entry.name, *entry.aliases, *entry.ambiguous):
            key = "".join(c for c in form.casefold() if c.isalnum())
            assert owner.setdefault(key, entry.name) == entry.name, form
        assert not set(entry.aliases) & set(entry.ambiguous)


def test_only_graded_figures_are_in_the_table(shared):
    """The reference grades every figure; a system of level C alone has none in the table."""
    lines = (shared / "reference" / "ranges.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    graded = {
        row[0]: row[-1] for row in rows if len(row) == 6 and row[-1] in ("A", "B", "C", "A/B")
    }
    assert len(graded) > 20
    for system, level in graded.items():
        name = system.split(" / ")[0].split("(")[0].strip()
        entry = missile(name)
        if level == "C":
            assert not entry.has_figure, system
        elif name != "KN-23":  # only distances flown in tests are published
            assert entry.has_figure, system


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fateh-110 and Fateh 110 and FATEH-110", ["Fateh-110"] * 3),
        ("Zolfaqar, Zulfiqar and Zolfaghar missiles", ["Zolfaghar"] * 3),
        ("a Shahab‑3 was shown", ["Shahab-3"]),
        ("Scud-B, Scud C and older Scuds", ["Shahab-1", "Shahab-2", "Scud"]),
        ("Sejjil, Emad and Ghadr ballistic missiles", ["Sejjil-2", "Emad", "Ghadr"]),
        ("missiles such as the Emad and Khorramshahr", ["Emad", "Khorramshahr"]),
        ("Kheibar Shekan, not the Kheibar missile", ["Kheibar Shekan", "Khorramshahr"]),
        ("the Hwasong-14 (also KN-20)", ["Hwasong-14", "Hwasong-14"]),
        ("Agni V or Agni-5", ["Agni-V", "Agni-V"]),
        ("two Storm Shadow/SCALP", ["Storm Shadow"]),
        ("the DF-21D but not the DF-21A", ["DF-21D"]),
    ],
)
def test_spellings(text, found):
    assert [name for _, name in named(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Fatah said the talks had failed.",
        "Dezful was bombed, and missiles near Dezful burnt.",
        "Emad said that the missile had flown.",
        "Rodong Sinmun called it a lie.",
        "Jericho and Nablus were quiet.",
        "The Burkan-3 missile is another one.",
        "Zulfiqar Ali Bhutto was prime minister.",
        "Taurus, Neptune and Tomahawk, Wisconsin",
        "The Quds Force moved missiles.",
        "There is no dong and no scud here; nasr means victory.",
        "an attack on the Khorramshahr missile base",
        "Palestine 2, Israel 1",
    ],
)
def test_false_friends_are_no_missiles(text):
    assert named(text) == []


def test_a_name_used_for_a_missile_stays_one_with_the_article():
    text = "Iran showed the Dezful missile. The Dezful flies farther. In Dezful nobody saw it."
    assert [m.start for m in find_missiles(text)] == [text.index("Dezful"), text.index("The D") + 4]


def test_spans_are_those_of_the_text():
    text = "Über Fateh-110s und “Kinzhal”"
    assert [text[m.start : m.end] for m in find_missiles(text)] == ["Fateh-110", "Kinzhal"]


@pytest.mark.parametrize("word", ["Emad, ", "missiles such as the Emad, ", "Fateh-", "Scud-B "])
def test_long_texts_take_linear_time(word):
    find_missiles(word)

    def seconds(times):
        return best_seconds(lambda: find_missiles(word * times))

    # Sixteen times the text; quadratic reading would take 256 times as long.
    assert seconds(16_000) < 40 * seconds(1_000) + 0.01


def test_look_up_by_any_spelling():
    assert missile("zolfaqar") == missile("Zolfaghar")
    with pytest.raises(AtlasError, match="Fateh-999"):
        missile("Fateh-999")


def test_no_minimum_range_is_guessed():
    with (ROOT / "data" / "missiles.csv").open(encoding="utf-8", newline="") as file:
        assert not any("min" in column for column in csv.DictReader(file).fieldnames or [])
