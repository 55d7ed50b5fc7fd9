"""The atlas as a geopy geocoder: names to places and points to places, without a network."""

from __future__ import annotations

from typing import Any

import msgspec
from geopy.adapters import BaseSyncAdapter
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from withinreach.atlas.lookup import Found
from withinreach.atlas.place import Place
from withinreach.atlas.table import PlaceTable
from withinreach.geodesy import distance_km

__all__ = ["Gazetteer"]

# Rings in which a town nearest to a point is looked for; the last one holds the whole Earth.
_SEARCH_KM = (10.0, 50.0, 250.0, 1000.0, 5000.0, 19_900.0)


class Gazetteer(Geocoder):  # type: ignore[misc]
    """Offline geocoder over the places of the atlas, for all that takes a geopy geocoder.

    As geopy has it, points are (latitude, longitude) here and only here. `raw` of each answer is
    the `withinreach.atlas.place.Place` as a dict, with `score` and `reasons`, or `distance_km`.

    >>> Gazetteer().geocode("Rutba").raw["country"]
    'IQ'
    >>> Gazetteer().reverse((33.04, 40.29)).raw["name"]
    'Ar Ruţbah'
    """

    def __init__(self, table: PlaceTable | None = None) -> None:
        super().__init__(adapter_factory=_NoNetwork)
        self._table = PlaceTable.open() if table is None else table

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """Return the place or, unless `exactly_one`, up to `limit` (10) places that a query means.

        `query` may name what contains the place: "Paris, Texas", "Springfield, IL". A name that is
        nowhere spelled so gives names that sound or are spelled alike, and `raw["reasons"]` says
        so. None where nothing comes near. `timeout` is taken as geopy passes it; nothing waits.
        """
        del timeout
        count = 1 if exactly_one else _count(limit)
        found = self._table.find(query, limit=count, fuzzy=True)
        return _answer([self._location(one) for one in found], exactly_one)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """Return the town nearest to a point or, unless `exactly_one`, the `limit` (10) nearest.

        `query` is (latitude, longitude) in degrees, as geopy has it. `raw["distance_km"]` is the
        geodesic distance from the point. Raises `ValueError` for what is no point.
        """
        del timeout
        count = 1 if exactly_one else _count(limit)
        point = Point(query)
        lon, lat = point.longitude, point.latitude
        index = self._table.town_index
        for radius_km in _SEARCH_KM:
            rows = index.within(lon, lat, radius_km)[1]
            if len(rows) >= count:
                break
        apart_km = distance_km(lon, lat, self._table.lon[rows], self._table.lat[rows])
        nearest = sorted(zip(apart_km.tolist(), rows.tolist(), strict=True))[:count]
        return _answer([self._nearby(row, km) for km, row in nearest], exactly_one)

    def _location(self, found: Found) -> Location:
        raw = msgspec.to_builtins(found.place)
        raw |= {"score": found.score, "reasons": list(found.reasons)}
        return Location(self._address(found.place), (found.place.lat, found.place.lon), raw)

    def _nearby(self, row: int, apart_km: float) -> Location:
        place = self._table.place(row)
        raw = msgspec.to_builtins(place) | {"distance_km": round(apart_km, 3)}
        return Location(self._address(place), (place.lat, place.lon), raw)

    def _address(self, place: Place) -> str:
        country = self._table.country_rows.get(place.country or "")
        parts = (place.name, place.admin1, None if country is None else self._table.name(country))
        return ", ".join(dict.fromkeys(part for part in parts if part))


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]
    """Takes the place of geopy's HTTP client: nothing here may ask for anything."""

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        raise AssertionError("the offline gazetteer has no network")

    get_text = get_json


def _count(limit: int | None) -> int:
    if limit is None:
        return 10
    if limit < 1:
        raise ValueError(f"limit is {limit}: give 1 or more")
    return limit


def _answer(locations: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    if not locations:
        return None
    return locations[0] if exactly_one else locations
