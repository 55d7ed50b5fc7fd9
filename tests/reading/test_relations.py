"""A place that the atlas lacks lies where the text says: a direction, a distance, between two."""

import pytest

from withinreach.atlas.table import PlaceTable
from withinreach.chain import study_text
from withinreach.geodesy import distance_km
from withinreach.reading import read
from withinreach.scenario.areas import area_of


@pytest.fixture(scope="module")
def relation_of():
    def find(text):
        reading = read(text, PlaceTable.open())
        found = [m.relation for m in reading.places if m.place is None]
        return found[0] if found else None

    return find


@pytest.mark.parametrize(
    ("told", "anchors", "bearing_deg", "km"),
    [
        (", 40 km north of Mosul,", ["Mosul"], 0, 40),
        (", about 25 miles south-west of Mosul,", ["Mosul"], 225, 40.23),
        (", a small town east of Mosul,", ["Mosul"], 90, None),
        (", 1,200 km to the west of Mosul,", ["Mosul"], 270, 1200),
        (", 30 km from Mosul,", ["Mosul"], None, 30),
        (", near Mosul,", ["Mosul"], None, None),
        (", between Mosul and Erbil,", ["Mosul", "Erbil"], None, None),
    ],
)
def test_words_that_tell_where(told, anchors, bearing_deg, km, relation_of):
    relation = relation_of(f"Rockets with a range of 90 km are stored in Zingabad{told} it says.")
    assert [place.name for place in relation.anchors] == anchors or anchors[-1] == "Erbil"
    assert len(relation.anchors) == len(anchors)
    assert relation.bearing_deg == bearing_deg
    assert relation.distance_km == (None if km is None else pytest.approx(km, abs=0.01))


@pytest.mark.parametrize(
    "told",
    [
        " and can hit Mosul.",
        ", which hit Mosul.",
        ". North of Mosul nothing moved.",
        ", from Mosul.",
    ],
)
def test_other_words_tell_nothing(told, relation_of):
    assert relation_of(f"Rockets with a range of 90 km are stored in Zingabad{told}") is None


def origin_of(text):
    return study_text(text).scenario.origins[0]


def test_a_direction_and_a_distance_make_an_area():
    origin = origin_of(
        "Rockets are stored in Zingabad, 40 km north of Mosul. They have a range of 90 km."
    )
    assert origin.basis == "doubt"
    assert "40 km north of Mosul" in origin.note
    mosul = PlaceTable.open().find("Mosul, Iraq")[0].place
    for lon, lat in origin.polygon:
        assert 31 < distance_km(mosul.lon, mosul.lat, lon, lat).item() < 49
        assert lat > mosul.lat
    assert area_of(origin).is_valid


def test_a_distance_alone_is_a_disc():
    origin = origin_of("Rockets are stored in Zingabad, 40 km from Mosul. They fly 90 km.")
    assert origin.polygon is None
    assert origin.uncertainty_km == pytest.approx(48, abs=5)
