"""The seed articles: their gold fits their text, and they are read at least as well as before."""

import sys
from pathlib import Path

import pytest

from withinreach.article import read_article

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

from gold import articles, matched, read_pairs, score  # noqa: E402


@pytest.mark.parametrize(
    "folder", ["seeds", "development", "claims_only", "excerpts", "reports", "held_out"]
)
def test_gold_fits_its_text(folder):
    found = list(articles(HERE / folder))
    assert len(found) >= 13
    for article in found:
        for key in ("places", "traps", "ranges"):
            for one in article[key]:
                span = article["text"][one["start"] : one["end"]]
                assert span == one["text"], (article["name"], one)
        for claim in article["claims"]:
            assert 0 <= claim["start"] < claim["end"] <= len(article["text"])


def test_every_seed_has_gold_for_the_very_text_that_is_read():
    gold = {article["name"]: article["text"] for article in articles(HERE / "seeds")}
    seeds = {path.stem: path for path in (ROOT / "seeds").glob("*.md")}
    assert gold.keys() == seeds.keys()
    for name, path in seeds.items():
        assert read_article(path).text.split() == gold[name].split(), name


def test_the_seeds_are_read_as_well_as_before():
    found = score(articles(HERE / "seeds"))
    assert found["ranges F1"] >= 0.92
    assert found["claims F1"] >= 0.75
    assert found["verdicts right"] >= 0.95
    assert found["verdicts contradicted"] <= 1


def test_a_swapped_origin_or_a_lost_not_is_no_claim_read_right():
    import withinreach as wr

    text = "Rockets with a range of 80 km stand in Basra. From Basra they could hit Kuwait City."
    pairs = read_pairs(wr.study_text(text))
    assert len(matched(pairs, pairs)) == 1
    for change in (
        {"origin": "kuwait city", "target": "basra"},
        {"asserted": "cannot_reach"},
        {"max_km": 90.0},
        {"origin": None},
    ):
        assert matched([pairs[0]._replace(**change)], pairs) == []
