"""Names that the atlas lacks are kept, without a place, where the words mark them as places."""

import pytest

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


def test_a_claim_on_it_is_unclear_and_says_why():
    study = wr.study_text(
        "Rockets with a range of 300 km launched from Qwrtzplk could hit Kuwait City."
    )
    (verdict,) = study.verdicts
    assert verdict.origin == "Qwrtzplk"
    assert verdict.verdict == "unclear"
    assert "could not be placed" in verdict.why
