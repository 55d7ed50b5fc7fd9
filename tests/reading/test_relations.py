"""A place that the atlas lacks lies where the text says: a direction, a distance, between two."""

import pytest

from withinreach.atlas.table import PlaceTable
from withinreach.chain import study_text
from withinreach.geodesy import distance_km
from withinreach.outputs.records import reading_record
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


def test_a_place_told_from_another_has_a_point_there():
    text = "Rockets with a range of 90 km are stored in Zingabad, 40 km north of Mosul, it says."
    (told,) = [
        r for r in reading_record("1", read(text, PlaceTable.open()))["places"] if r["start"] < 50
    ]
    assert told["country"] == "IQ"
    assert float(distance_km(43.13, 36.34, told["lon"], told["lat"])) == pytest.approx(40, abs=5)
    assert told["lat"] > 36.6


@pytest.mark.parametrize(
    ("words", "lon", "lat"),
    [
        ("northern Italy", 10, 45.3),
        ("north Alabama", -86.8, 34.6),
        ("southern Chile", -72, -45),
        ("eastern Poland", 22.5, 52),
    ],
)
def test_a_part_of_a_country_or_state_has_its_own_point(words, lon, lat):
    (place,) = reading_record("1", read(f"Snow fell in {words}.", PlaceTable.open()))["places"]
    whole = reading_record("1", read(f"Snow fell in {words.split()[1]}.", PlaceTable.open()))[
        "places"
    ][0]
    away = [float(distance_km(lon, lat, one["lon"], one["lat"])) for one in (place, whole)]
    assert away[0] < 0.75 * away[1]
