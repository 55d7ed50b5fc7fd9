"""Places that the command line names, and the geocoder that may be asked for them."""

from __future__ import annotations

import re
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from withinreach.errors import AtlasError

if TYPE_CHECKING:
    from withinreach.atlas.lookup import Found
    from withinreach.atlas.online import OnlineGeocoder
    from withinreach.atlas.place import Place

__all__ = [
    "candidates",
    "find",
    "find_many",
    "inside",
    "lon_lat",
    "online_geocoder",
    "place_or_point",
]

_ARTICLE_WORD = re.compile(r"^\s*the\s+", re.I)


def online_geocoder(options: Namespace) -> OnlineGeocoder | None:
    """Return the geocoder of --online, None where none is asked for."""
    if options.online is None:
        if options.online_url is not None:
            raise AtlasError("--online-url says where, so name the service too: --online nominatim")
        return None
    from withinreach.atlas.online import OnlineGeocoder

    return OnlineGeocoder(options.online, url=options.online_url)


def candidates(name: str, online: OnlineGeocoder | None, *, limit: int) -> list[Found]:
    """Return what a name may mean, best first; the online geocoder is asked when nothing is.

    A "the" before a name that is unknown with it is passed over: "the Black Sea".
    """
    from withinreach.atlas.table import PlaceTable

    table = PlaceTable.open()
    found = table.find(name, limit=limit)
    if not found and (bare := _ARTICLE_WORD.sub("", name)) != name:
        found = table.find(bare, limit=limit)
    if found or online is None:
        return found
    asked = online.find(name)
    return [] if asked is None else [asked]


def find(name: str, online: OnlineGeocoder | None) -> Place:
    """Return the likeliest place of a name."""
    if not any(c.isalnum() for c in name):
        raise AtlasError(f'"{name}" names no place; give one, such as "Tripoli, Lebanon"')
    found = candidates(name, online, limit=1)
    if not found:
        raise AtlasError(
            f'"{name}" is not in the atlas; try another spelling, add its country ("Tripoli, '
            'Lebanon"), or look for it with `withinreach geocode`'
        )
    return found[0].place


def find_many(text: str, online: OnlineGeocoder | None) -> list[Place]:
    """Return the places of "Riyadh,Amman" or of "Paris, Texas": one name if it is one."""
    if not text.strip(" ,;\t"):
        return [find(text, online)]
    if ";" in text:
        return [find(part.strip(), online) for part in text.split(";") if part.strip()]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1:
        unknown = any(not candidates(part, None, limit=1) for part in parts)
        if candidates(text, online if unknown else None, limit=1):
            return [find(text, online)]
    return [find(part, online) for part in parts]


def place_or_point(text: str, online: OnlineGeocoder | None) -> tuple[str, Any]:
    """Return a label and an area for a place name, or for "lon,lat" in degrees."""
    from withinreach.geodesy import disc

    point = lon_lat(text)
    if point is not None:
        lon, lat = point
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise AtlasError(f"{text}: give lon,lat with lon in -180..180 and lat in -90..90")
        return text, disc(lon, lat, 0)
    place = find(text, online)
    around = inside(place)
    label = f"{place.name} ({around})" if around else place.name
    from withinreach.atlas.place_outlines import outline_id_of

    outline_id = outline_id_of(place)
    if outline_id is not None:
        from withinreach.atlas.regions import outline

        return label, outline(outline_id).geometry
    return label, disc(place.lon, place.lat, place.uncertainty_km)


def lon_lat(text: str) -> tuple[float, float] | None:
    """Return the figures of "45.04,12.78", None for any other text."""
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return lon, lat


def inside(place: Place) -> str:
    """Return the province and the country that a place lies in, as far as known."""
    return ", ".join(part for part in (place.admin1, place.country) if part)
