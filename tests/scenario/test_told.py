"""Areas that a text tells from other places, as corners that the scenario's file can hold."""

import pytest

from withinreach.atlas.place import Place
from withinreach.geodesy import distance_interval_km
from withinreach.reading.statements import Relation
from withinreach.scenario import Origin, area_of
from withinreach.scenario.told import location_told


def between(*points):
    anchors = [
        Place(id=str(i), name=str(i), kind="town", lon=lon, lat=lat)
        for i, (lon, lat) in enumerate(points)
    ]
    return location_told(Relation(anchors=tuple(anchors), text="between"))


@pytest.mark.parametrize(
    "points", [[(44, 33), (46, 35)], [(178.4, -18.1), (-171.8, -13.8)], [(-10, 85), (170, 85)]]
)
def test_between_two_places_is_an_area_wherever_they_lie(points):
    origin = Origin(id="o", label="x", basis="doubt", **between(*points))
    assert origin.polygon is not None
    assert all(-180 <= lon <= 180 for lon, _ in origin.polygon)
    assert area_of(origin).is_valid
    for lon, lat in points:
        assert distance_interval_km(area_of(origin), lon, lat)[0] == 0


def test_between_two_places_side_by_side_is_a_disc():
    location = between((44, 33), (44.0001, 33.0001))
    assert "polygon" not in location
    assert location["uncertainty_km"] > 0
