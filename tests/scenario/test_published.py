"""Missiles that a text names: what is published stands in where the text gives no range."""

import withinreach as wr
from withinreach.outputs.range_words import missile_sentences
from withinreach.outputs.verdicts import verdicts_markdown, verdicts_text
from withinreach.scenario.file_read import load_scenario


def missile(scenario, name):
    return next(m for m in scenario.missiles if m.name == name)


def test_a_text_without_a_range_is_judged_at_the_published_one():
    study = wr.study_text(
        "Iran keeps Zolfaqar missiles in Kermanshah. From Kermanshah they could hit Baghdad."
    )
    (stood_in,) = study.scenario.ranges
    assert stood_in.taken_from == "published figures"
    assert (stood_in.min_km, stood_in.max_km) == (700, 750)
    assert stood_in.said_by
    (verdict,) = study.verdicts
    assert verdict.verdict == "holds"
    assert "published for the Zolfaghar" in verdict.why
    assert "the text gives none" in verdict.why


def test_the_figure_of_the_text_is_drawn_and_a_difference_is_told():
    text = "The Fateh-110 missile, with a range of 500 km, could reach Doha from Shiraz."
    study = wr.study_text(text)
    assert [r.max_km for r in study.scenario.ranges] == [500]
    assert missile(study.scenario, "Fateh-110").stated == ("range-500",)
    (sentence,) = missile_sentences(study.scenario)
    assert "the text says 500 km" in sentence
    assert "200 to 300 km" in sentence
    assert "differ" in sentence
    agreeing = wr.study_text(text.replace("500 km", "180 miles"))
    assert "differ" not in missile_sentences(agreeing.scenario)[0]


def test_a_range_of_all_missiles_of_a_sentence_is_each_ones():
    study = wr.study_text(
        "The Zelzal-2 and Fateh-110 missiles have ranges of 200 to 700 km. They stand in Basra."
    )
    assert all(m.stated == ("range-200-700",) for m in study.scenario.missiles)
    assert [r.taken_from for r in study.scenario.ranges] == ["article"]


def test_missiles_of_one_list_keep_their_own_ranges():
    study = wr.study_text(
        "The Zelzal-2 and Fateh-110 missiles have ranges of 200 km and 300 km respectively."
    )
    assert [(m.name, m.stated) for m in study.scenario.missiles] == [
        ("Zelzal-2", ("range-200",)),
        ("Fateh-110", ("range-300",)),
    ]


def test_a_missile_of_the_background_draws_nothing():
    study = wr.study_text(
        "Rockets with a range of 80 km stand in Basra and could hit Kuwait City. "
        "North Korea has shown its Hwasong-15 again."
    )
    assert missile(study.scenario, "Hwasong-15").high_km == 13_000
    assert study.scenario.radii_km(study.scenario.origins[0]) == (80,)


def test_a_claim_is_not_judged_at_the_range_of_another_missile():
    study = wr.study_text(
        "The Fateh-110 has a range of 300 km. "
        "If deployed in Bushehr, the Zolfaqar missile could hit Riyadh."
    )
    (claim,) = study.scenario.claims
    assert study.scenario.range(claim.range).missile == "Zolfaghar"
    (verdict,) = study.verdicts
    assert verdict.verdict == "holds"


def test_a_missile_without_a_graded_figure_is_listed_with_the_reason():
    study = wr.study_text("Emad missiles stand in Tabriz and could hit Baku.")
    assert study.scenario.ranges == ()
    (entry,) = study.scenario.missiles
    assert entry.low_km is None
    assert entry.note
    (sentence,) = missile_sentences(study.scenario)
    assert entry.note in sentence


def test_outputs_tell_claimant_and_source_and_the_file_keeps_them():
    study = wr.study_text("Zolfaqar missiles in Kermanshah could hit Baghdad.")
    entry = missile(study.scenario, "Zolfaghar")
    for out in (verdicts_text, verdicts_markdown):
        told = " ".join(out(study.scenario, study.verdicts).split())
        assert "claimed by" in told
        assert "750 km" in told
    assert entry.claimed_by in study.page()
    assert load_scenario(study.scenario_toml()) == study.scenario
