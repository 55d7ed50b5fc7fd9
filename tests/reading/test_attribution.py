"""Who says it."""

import pytest

from withinreach.reading.attribution import said_by


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("It has an estimated range of up to 690 km, enough to reach Jeju.", None),
        ("With a stated range of 160 nautical miles they can cover the strait.", None),
        ("Its claimed range is 300 km, according to the ministry.", "the ministry"),
        ("“It can reach Busan,” said Min Park, a researcher.", "Min Park"),
        ("Officials in the capital said it could reach Busan.", "Officials in the capital"),
    ],
)
def test_a_word_that_describes_a_range_is_no_verb_of_saying(sentence, who):
    assert said_by(sentence, 0, 20) == who
