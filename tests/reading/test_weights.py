"""What weighs the readings: the signs of words beside a place, and the sums of log-odds."""

import random

import pytest

from withinreach.atlas.table import PlaceTable
from withinreach.reading import read
from withinreach.reading.claims import ClaimReader
from withinreach.reading.evidence import weight_of
from withinreach.reading.meanings import Meanings
from withinreach.reading.ranges import find_ranges
from withinreach.reading.spoken import Spoken, SpokenText
from withinreach.reading.told import what_is_told
from withinreach.reading.weapons import weapon_names


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("they can reach it", "reach"),
        ("it is out of range , they say , and safe", "safety"),
        ("they could hit the port but they would miss the town", "safety"),
        ("nobody there is in danger", "safety"),
        ("no town would be spared", "reach"),
        ("it isn't exempt", "reach"),
        ("not a word was said of it in the long debate , but they can strike", "reach"),
        ("the weather was fine", "nothing"),
        ("missiles of short range were sold", "nothing"),
        ("the short - range type was sold", "nothing"),
        ("the missile falls short of it", "safety"),
        ("the port is out of range", "safety"),
        ("the port is not out of range", "reach"),
    ],
)
def test_words_tell_reach_or_safety_and_denials_turn_them(words: str, told: str) -> None:
    listed = words.split()
    assert Meanings(listed).last(0, len(listed)) == told


def test_a_denial_is_a_sign_of_its_own() -> None:
    signs = Meanings("would not be spared".split()).signs(0, 4, "after")
    assert signs == {"after not be", "after not spared", "after not said to be safe"}
    assert Meanings("would be spared".split()).signs(0, 3, "after") == {"after said to be safe"}


def test_a_weight_does_not_depend_on_the_order_of_signs() -> None:
    log_odds = {f"sign {n}": random.Random(n).uniform(-3, 3) for n in range(300)}
    signs = list(log_odds)
    weights = set()
    for seed in range(20):
        random.Random(seed).shuffle(signs)
        weights.add(weight_of(signs, log_odds))
    assert len(weights) == 1


def _spoken(text: str) -> dict[str, Spoken]:
    places = read(text, PlaceTable.open()).places
    weapons = weapon_names(text, {mention.name for mention in places})
    spoken = SpokenText(what_is_told(text, places, find_ranges(text, weapons), weapons))
    ClaimReader(spoken)
    return {place.name: place for place in spoken.places}


def test_a_place_is_at_home_where_weapons_stand_elsewhere_in_its_country() -> None:
    places = _spoken(
        "Missiles with a range of 300 km have been deployed in Mosul. They can reach Erbil. "
        "Aleppo was not mentioned."
    )
    assert places["mosul"].most_stands > 0 > places["aleppo"].most_stands
    assert places["erbil"].is_at_home
    assert places["aleppo"].is_at_home is False
    # None but its own.
    assert places["mosul"].is_at_home is False
    assert places["erbil"].times_target == 1
    assert places["aleppo"].previous is places["erbil"]
