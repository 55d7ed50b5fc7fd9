"""The atlas as a geopy geocoder: points are (latitude, longitude) here."""

import pytest
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from pyproj import Geod

from withinreach import Gazetteer

GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def test_it_is_a_geopy_geocoder(gazetteer: Gazetteer) -> None:
    assert isinstance(gazetteer, Geocoder)
    found = RateLimiter(gazetteer.geocode, min_delay_seconds=0)("Rutba")
    assert isinstance(found, Location)


def test_latitude_comes_first(gazetteer: Gazetteer) -> None:
    location = gazetteer.geocode("Rutba")
    assert (round(location.latitude), round(location.longitude)) == (33, 40)
    assert location.raw["lon"] == location.longitude
    assert location.raw["country"] == "IQ"
    assert location.address.endswith("Iraq")


def test_all_answers_on_request(gazetteer: Gazetteer) -> None:
    found = gazetteer.geocode("Tripoli", exactly_one=False)
    assert isinstance(found, list)
    assert 1 < len(found) <= 10
    assert {"LY", "LB"} <= {location.raw["country"] for location in found}
    assert len(gazetteer.geocode("Tripoli", exactly_one=False, limit=2)) == 2


@pytest.mark.parametrize(
    ("query", "lat", "lon"),
    [
        ("Anbar, Iraq", 33, 42),
        ("Paris, Texas", 34, -96),
        ("Springfield, IL", 40, -90),
        ("Kyiv", 50, 31),
        ("الموصل", 36, 43),
    ],
)
def test_queries_with_what_contains_the_place(
    gazetteer: Gazetteer, query: str, lat: float, lon: float
) -> None:
    location = gazetteer.geocode(query)
    assert location.latitude == pytest.approx(lat, abs=1)
    assert location.longitude == pytest.approx(lon, abs=1)


def test_a_slip_of_the_pen_is_told(gazetteer: Gazetteer) -> None:
    location = gazetteer.geocode("Springfeild, Illinois")
    assert location.raw["name"] == "Springfield"
    assert location.raw["admin1"] == "Illinois"
    assert "spelled like" in location.raw["reasons"][0]
    assert location.raw["score"] < 0.6


def test_nothing_is_none(gazetteer: Gazetteer) -> None:
    assert gazetteer.geocode("Xyzzyqqplugh") is None
    assert gazetteer.geocode("", exactly_one=False) is None


def test_reverse_gives_the_nearest_town(gazetteer: Gazetteer) -> None:
    location = gazetteer.reverse((33.04, 40.29))
    assert location.raw["id"] == gazetteer.geocode("Rutba").raw["id"]
    true_km = GEOD.inv(40.29, 33.04, location.longitude, location.latitude)[2] / 1000
    assert location.raw["distance_km"] == pytest.approx(true_km, abs=0.001)
    assert gazetteer.reverse("33.04, 40.29") == location


@pytest.mark.parametrize("point", [(0.0, 0.0), (90, 0), (-90, 0), (-17, 180), (-17, -180)])
def test_reverse_works_everywhere(gazetteer: Gazetteer, point: tuple[float, float]) -> None:
    found = gazetteer.reverse(point, exactly_one=False, limit=5)
    apart = [location.raw["distance_km"] for location in found]
    assert len(found) == 5
    assert apart == sorted(apart)


def test_reverse_at_the_antimeridian_sees_both_sides(gazetteer: Gazetteer) -> None:
    east = gazetteer.reverse((-16.8, 180.0))
    assert east.raw["country"] == "FJ"
    assert gazetteer.reverse((-16.8, -180.0)) == east


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_is_at_least_one(gazetteer: Gazetteer, limit: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        gazetteer.geocode("Paris", exactly_one=False, limit=limit)


def test_what_is_no_point_is_an_error(gazetteer: Gazetteer) -> None:
    with pytest.warns(UserWarning, match="Latitude"), pytest.raises(ValueError, match="Latitude"):
        gazetteer.reverse((133.0, 40.0))
