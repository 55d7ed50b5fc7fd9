"""What kind of place an online geocoder's answer is; nothing finer than a quarter of a town."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from withinreach.atlas.place import Kind

__all__ = ["kind_of_answer"]

# Where services write the kind: OpenStreetMap's (Nominatim, Photon, OpenCage), GeoNames, Google,
# Mapbox, Pelias, HERE, TomTom, Azure, Bing, Esri, Yandex.
_KEYS = (
    "class category type types addresstype osm_key osm_value _category _type fcl fcode place_type "
    "layer resultType localityType administrativeAreaType entityType featureType Addr_type Type "
    "kind"
).split()
_OSM_KEYS = ("class", "category", "osm_key", "_category")
# Likeliest first: an answer is what the first of its words here says.
_WORDS: dict[Kind, str] = {
    "country": "country countryregion pcli pcls",
    "town": """
        city town village hamlet municipality populatedplace localadmin p ppl ppla ppla2 ppla3 ppla4
        pplc place locality postaltown
    """,
    "neighbourhood": """
        suburb neighbourhood neighborhood quarter borough citydistrict sublocality subcity
        municipalitysubdivision macrohood microhood pplx
    """,
    "region": """
        state province region county governorate prefecture district statedistrict macroregion
        macrocounty administrativearea administrativearealevel1 administrativearealevel2
        administrative admindivision1 admindivision2 countrysubdivision countrysecondarysubdivision
        adm1 adm2 subregion
    """,
    "water": "sea ocean bay strait gulf river lake marinearea ocn gulf strt stm lk",
    "other": "island archipelago peninsula mountainrange desert plateau isl isls mts dsrt",
}
_KIND = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_ORDER = tuple(_KIND)
# Never shown, whatever else an answer says of itself.
_REFUSED = frozenset(
    """
    house building houses houseno housenumber address pointaddress streetaddress street road route
    venue poi premise subpremise establishment facility amenity military aeroway airport aerodrome
    railway station office shop industrial manmade landuse leisure tourism historic power craft
    emergency healthcare isolateddwelling farm square allotments plot cityblock protectedarea spot
    s r intersection streetint metro entrance highway barrier telecom
    """.split()
)


def kind_of_answer(raw: Any) -> Kind | None:
    """Return the kind of place that a geocoder's raw answer is, None where it may not be shown.

    Refused are buildings, facilities, streets, points without people, and all that says of itself
    nothing that is known here.

    >>> kind_of_answer({"class": "boundary", "type": "administrative", "addresstype": "city"})
    'town'
    >>> kind_of_answer({"class": "military", "type": "base", "addresstype": "town"}) is None
    True
    """
    found = list(_words(raw))
    words = {word for _, word in found}
    if any(key in _OSM_KEYS and word == "place" for key, word in found):
        # To OpenStreetMap these two say nothing of people; to other services each is a town.
        words -= {"place", "locality"}
    if not words.isdisjoint(_REFUSED):
        return None
    return next((_KIND[word] for word in _ORDER if word in words), None)


def _words(raw: Any, depth: int = 2) -> Iterator[tuple[str, str]]:
    """Yield what an answer says of its kind, not what it says of the places that it lies in."""
    if not isinstance(raw, Mapping):
        return
    for key, value in raw.items():
        if key in _KEYS:
            for one in value if isinstance(value, list | tuple) else (value,):
                if isinstance(one, str):
                    yield key, "".join(c for c in one.lower() if c.isalnum())
        if depth and isinstance(value, Mapping):
            yield from _words(value, depth - 1)
