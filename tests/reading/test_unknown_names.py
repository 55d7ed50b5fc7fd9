"""Names that the atlas lacks are kept, without a place, where the words mark them as places."""

import pytest
from tests.timing import best_seconds

import withinreach as wr


@pytest.mark.parametrize(
    "text",
    [
        "Rockets with a range of 90 km were launched from Qwrtzplk.",
        "Rockets with a range of 90 km stand in the town of Qwrtzplk.",
        "Rockets with a range of 90 km stand near Qwrtzplk, 40 km north of Basra.",
        "Rockets with a range of 90 km stand in Qwrtzplk province.",
        "Rockets with a range of 90 km stand in Qwrtzplk, a small port.",
    ],
)
def test_a_marked_name_is_kept_without_a_place(text):
    (mention,) = [m for m in wr.study_text(text).places if m.text == "Qwrtzplk"]
    assert mention.place is None
    assert mention.reasons == ("not in the atlas",)


@pytest.mark.parametrize(
    "text",
    [
        "Rockets with a range of 90 km were discussed in Subcommittee.",
        "Rockets with a range of 90 km were launched from Monday on.",
        "The General Assembly spoke of rockets with a range of 90 km.",
    ],
)
def test_a_preposition_alone_makes_no_place(text):
    assert wr.study_text(text).places == ()


def test_a_name_that_sounds_like_one_nearby_is_found():
    text = "Rockets with a range of 300 km stand in Zapolyarny, not far from Murmansk in Russia."
    (mention,) = [m for m in wr.study_text(text).places if m.text == "Zapolyarny"]
    assert mention.place is not None
    assert (mention.place.name, mention.place.country) == ("Zapolyarnyy", "RU")
    assert 68 < mention.place.lat < 70
    assert mention.score < 0.9
    assert any("sounds like" in reason for reason in mention.reasons)


def test_a_name_that_only_sounds_like_one_far_away_stays_unknown():
    text = "Rockets with a range of 300 km stand in Zapolyarny, not far from Havana in Cuba."
    (mention,) = [m for m in wr.study_text(text).places if m.text == "Zapolyarny"]
    assert mention.place is None


def test_a_claim_on_it_is_unclear_and_says_why():
    study = wr.study_text(
        "Rockets with a range of 300 km launched from Qwrtzplk could hit Kuwait City."
    )
    (verdict,) = study.verdicts
    assert verdict.origin == "Qwrtzplk"
    assert verdict.verdict == "unclear"
    assert "could not be placed" in verdict.why


@pytest.mark.parametrize("name", ["Hamas", "Hezbollah", "Congress", "Wagner", "AUKUS"])
def test_armed_groups_and_bodies_of_states_are_no_places(name):
    text = f"Missiles with a range of 300 km were sent to {name}. They could hit Tel Aviv."
    assert [m.text for m in wr.study_text(text).places] == ["Tel Aviv"]


def test_a_name_that_the_atlas_lacks_is_a_target_where_the_words_say_so():
    text = (
        "Rockets with a range of 40 km stand at Basra. They can hit Abadan and Qwrtzplk, said"
        " Colonel Jawad Qwasimi. Qwasimi spoke in Baghdad."
    )
    study = wr.study_text(text)
    assert {m.text for claim in study.reading.claims for m in claim.targets} == {
        "Abadan",
        "Qwrtzplk",
    }
    assert "Qwasimi" not in {m.text for m in study.places}


def test_many_names_that_sound_like_others_are_read_in_linear_time():
    def name(n: int) -> str:
        """Spell Zapolyarny in another way: a letter is doubled for every bit."""
        return "".join(c * (1 + (n >> i & 1)) for i, c in enumerate("zapolyarny")).capitalize()

    def seconds(copies: int) -> float:
        near = ("Murmansk", "Kirovsk", "Apatity")
        text = "".join(
            f"Rockets with a range of 90 km stand in {name(n)}, far from {near[n % 3]}. "
            for n in range(1, copies + 1)
        )
        return best_seconds(lambda: wr.study_text(text))

    # Eight times the text; quadratic reading would take 64 times as long.
    assert seconds(640) < 20 * seconds(80) + 0.05


def test_a_name_said_again_and_again_is_read_in_linear_time():
    def seconds(copies: int) -> float:
        text = "Missiles with a range of 300 km. " + "Qwer asked Zyxw. " * copies
        return best_seconds(lambda: wr.study_text(text))

    # Eight times the text; quadratic reading would take 64 times as long.
    assert seconds(16_000) < 14 * seconds(2_000) + 0.05


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "The rockets at Timbuktu fly 120 km. Bourem is in range. Gao is outside the circle.",
            "Gao",
        ),
        ("The missiles at Ushuaia have a range of 600 km. Stanley is out of reach.", "Stanley"),
    ],
)
def test_a_name_that_persons_bear_too_is_looked_at_again_in_a_text_about_weapons(text, place):
    (mention,) = [m for m in wr.study_text(text).places if m.text == place]
    assert mention.place is not None
    assert mention.role == "target"


@pytest.mark.parametrize("word", ["Inland", "Elsewhere", "Coffee"])
def test_a_word_that_is_somewhere_a_small_town_is_no_place_for_being_looked_at_again(word):
    text = (
        f"The missiles at Ushuaia have a range of 600 km. {word}, the town of Esquel is in reach."
    )
    assert {m.text for m in wr.study_text(text).places} == {"Ushuaia", "Esquel"}


def test_a_person_who_speaks_of_weapons_is_still_no_place():
    text = "The missiles at Ushuaia have a range of 600 km, said Stanley Gao, an analyst."
    assert [m.text for m in wr.study_text(text).places] == ["Ushuaia"]
