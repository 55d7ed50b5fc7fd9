"""A place of the atlas: a name, a kind, a point, and how well the point is known."""

from typing import Any, Literal

import msgspec

__all__ = ["Kind", "Place"]

Kind = Literal["town", "neighbourhood", "region", "country", "water", "other"]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the atlas.

    `lon`, `lat` are degrees on WGS 84; `uncertainty_km` is the radius in which the place's centre
    surely lies; `country` is ISO 3166-1 alpha-2 and None for places without one (seas, disputed
    places); `admin1` is the name of the province or state; `outline` is the identifier under which
    `withinreach.atlas.regions` knows the place's area, None for a bare point.
    """

    id: str
    name: str
    kind: Kind
    lon: float
    lat: float
    country: str | None = None
    admin1: str | None = None
    population_persons: int | None = None
    uncertainty_km: float = 0.0
    outline: str | None = None
    source: str = "GeoNames"

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        return {
            "type": "Feature",
            "id": self.id,
            "geometry": {"type": "Point", "coordinates": (self.lon, self.lat)},
            "properties": {
                "name": self.name,
                "kind": self.kind,
                "country": self.country,
                "admin1": self.admin1,
                "population_persons": self.population_persons,
                "uncertainty_km": self.uncertainty_km,
            },
        }
