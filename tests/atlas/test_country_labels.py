"""Names of countries stand inside their country and never on disputed land."""

import shapely

from withinreach.atlas.country_labels import country_labels
from withinreach.atlas.disputed import disputed_at
from withinreach.atlas.world import country_outline


def test_points_lie_inside_their_country_and_outside_of_disputes():
    labels = country_labels()
    assert len(labels) > 180
    for label in labels[::7]:
        outline = country_outline(label.code).buffer(0.1)
        assert label.points
        for lon, lat in label.points:
            assert shapely.contains_xy(outline, lon, lat), label.name
            assert disputed_at(lon, lat) is None


def test_all_disputed_countries_have_no_label():
    codes = {label.code for label in country_labels()}
    assert {"IQ", "CN", "FR"} <= codes
    assert not {"TW", "XK", "EH"} & codes


def test_large_countries_come_first():
    sizes = [label.size for label in country_labels()]
    assert sizes == sorted(sizes, reverse=True)
    assert country_labels()[0].code == "RU"
