"""Provinces and counties: their names in English, their middles, and what else they are called."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import shapely

from row import (
    Row,
    hand_table,
    names_and_abbreviations,
)
from withinreach.atlas.names import TYPE_WORDS, fold, split_type
from withinreach.atlas.spellings import Names, alike, weight_of, with_variants

__all__ = ["Division", "Key", "county_rows", "divisions", "province_rows", "short_name"]

# Words for a kind of division before or after the name, in the languages of admin1.csv and
# admin2.csv; grammar, not names.
_BEFORE = (
    *("Muhafazat", "Imārat", "Baladīyat", "Madīnat", "Raionul", "Nomós", "Daïra de", "Daïra d’"),
    *("Provincia autonoma di", "Provincia di", "Provincia de", "Provincia", "Província de"),
    *("Città metropolitana di", "Province of", "Province de", "Provincie", "Département de la"),
    *("Département du", "Département des", "Département de l'", "Département de", "Département d'"),
    *("Departamento del", "Departamento de", "Departamento", "Municipio de", "Estado de", "Estado"),
    *("City and County of", "City and Borough of", "City of", "County of", "County", "Sir"),
    *("Borough of", "District of", "State of"),
    *("Kabupaten", "Kota", "Daerah", "Bahagian", "Republic of", "Region of", "Canton of"),
    *("Srŏk", "Krŏng", "Délégation de", "Délégation", "Mu‘tamadīyat", "Wilaya de", "Oblast"),
    *("Regional District of", "Regional Municipality of", "Metropolitan Borough of", "Royal"),
)
_AFTER = (
    *("do", "si", "bukto", "namdo", "shi", "ken", "Shi", "Sheng", "Diqu", "Meng", "Zizhizhou"),
    *("Oblysy", "Oblisi", "Oblast’", "Oblast'", "oblast", "Kray", "Krai", "kraj", "Aymag", "Aimak"),
    *("raion", "Raion", "Rayon", "Mis’krada", "Miskrada", "Regency", "megye", "Povince", "ASSR"),
    *("County Borough", "Regional Municipality", "Regional District", "Regional Council"),
    *("City Council", "District Council", "Shire", "City", "Regional", "District Municipality"),
    *("Metropolitan Borough", "Atoll", "Agency", "Corporation"),
)
_BEFORE_NAME = re.compile(rf"(?:{'|'.join(map(re.escape, _BEFORE))})(?:(?<=['’])|\s+)(?=\w)")
_AFTER_NAME = re.compile(rf"(?<=\w)[ -](?:{'|'.join(map(re.escape, _AFTER))})$")
# What news calls the divisions of a country, beside "province" and "region".
_TYPES: dict[str, str] = {
    "Governorate": "IQ SY YE EG LB JO PS TN OM KW BH SA",
    "Oblast": "UA RU BY KZ KG UZ BG",
    "Krai": "RU",
    "Republic": "RU",
    "State": "US IN NG MX BR VE MM AU MY SD SS DE ET SO",
    "Prefecture": "JP GR",
    "Department": "FR CO BO PE HT HN SV GT NI PY UY",
    "County": "KE HR HU RO EE LT SE NO",
    "Canton": "CH BA",
    "Voivodeship": "PL",
    "District": "IL BD LK PT",
    "Division": "BD",
    "Emirate": "AE",
}
# A bare name that a province shares with its town means the town, unless nearly all live outside.
_TOWN_SHARE = 11
_TOWN_FIRST = 2.0

Key = tuple[str, str]


class Division(msgspec.Struct):
    """A first-level division: its name, that of GeoNames, and other names kept by hand."""

    name: str
    official: str
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    point: tuple[float, float] | None = None


def divisions() -> dict[Key, Division]:
    """Return first-level divisions by country and GeoNames code."""
    found = {
        (row["country"], row["code"]): Division(row["name"], row["name"])
        for row in hand_table("admin1.csv")
    }
    for row in hand_table("admin1_names.csv"):
        key = row["country"], row["code"]
        official = found[key].official
        names, abbreviations = names_and_abbreviations(row["aliases"], longest=3)
        point = (float(row["lon"]), float(row["lat"])) if row["lon"] else None
        found[key] = Division(row["name"] or official, official, names, abbreviations, point)
    return dict(sorted(found.items()))


def short_name(name: str) -> str:
    """Return the name of a division without the word for its kind."""
    match = _BEFORE_NAME.match(name)
    short = _AFTER_NAME.sub("", name[match.end() :] if match else name)
    first, _, last = short.rpartition(" ")
    return first if first and fold(last) in TYPE_WORDS else short


def _names(key: Key, division: Division, less: float) -> Names:
    """Return all names of a division; those without a word for its kind weigh `less` less.

    Hand-kept names stay as they are: "Ramadi province" is a province, "Ramadi" is not.
    """
    shorts = dict.fromkeys(short_name(name) for name in (division.name, division.official))
    kinds = ["Province", "Region", *(kind for kind, where in _TYPES.items() if key[0] in where)]
    typed = [f"{short} {kind}" for short in shorts for kind in kinds if not _has_type(short)]
    every = dict.fromkeys([*shorts, division.name, division.official, *division.names, *typed])
    return with_variants(key[0], tuple((name, 0.0 if _has_type(name) else less) for name in every))


def _has_type(name: str) -> bool:
    return split_type(fold(name))[1] is not None


def province_rows(
    towns: Sequence[Row], known: dict[Key, Division], regions: Sequence[Row]
) -> Iterator[Row]:
    """Yield first-level divisions; one that has a hand-kept outline hands its names to that."""
    inside = defaultdict(list)
    for town in towns:
        inside[town.division].append(town)
    capitals = {town.country: town for town in towns if town.capital}
    outlined = {fold(n): r for r in regions for n in (r.name, *(name for name, _ in r.names))}
    for key, division in known.items():
        members = inside.get(key, [])
        if not members and division.point is None:
            continue
        country, code = key
        short = short_name(division.name)
        persons = sum(max(town.persons, 0) for town in members)
        weight = weight_of(persons) - 0.5
        lon, lat, span_km = _middle(members, division.point)
        row = Row(
            id=f"admin1:{country}.{code}",
            name=short,
            kind="region",
            lon=lon,
            lat=lat,
            country=country,
            division=key,
            persons=persons,
            weight=weight,
            names=_names(
                key,
                division,
                _less_than_town(short, persons, weight, members, capitals.get(country)),
            ),
            abbreviations=division.abbreviations,
            uncertainty_km=span_km,
        )
        region = outlined.get(fold(short))
        if region is not None and region.country in ("", country) and _near(region, row):
            _merge(region, row, division, members)
        else:
            yield row


def _less_than_town(
    short: str, persons: int, weight: float, members: Sequence[Row], capital: Row | None = None
) -> float:
    """Return how much less than the province its bare name weighs, so that its town comes first.

    A country's capital comes first wherever it lies: "Washington".
    """
    if capital is not None and capital not in members and fold(capital.name) == fold(short):
        return max(weight - (capital.weight - _TOWN_FIRST), 0.0)
    seats = [
        town for town in members if any(alike(short, n, town.country) for n in _main_names(town))
    ]
    if not seats:
        return 0.0
    seat = max(seats, key=lambda town: (town.weight, -town.geonameid))
    if persons > _TOWN_SHARE * max(seat.persons, 1):
        return 0.0
    return max(weight - (seat.weight - _TOWN_FIRST), 0.0)


def _main_names(town: Row) -> Iterator[str]:
    yield town.name
    yield from (name for name, less in town.names if less == 0)


def _merge(region: Row, row: Row, division: Division, members: Sequence[Row]) -> None:
    """Give a hand-kept region what is known of the division that it is the outline of."""
    region.division = row.division
    region.persons = row.persons
    region.abbreviations += row.abbreviations
    if re.match(r"region:[A-Z]{2}-", region.id):
        less = _less_than_town(region.name, row.persons, region.weight, members)
        region.names = tuple(
            (n, less if alike(n, region.name, row.country) else 0.0) for n, _ in region.names
        )
    region.names += tuple(
        (n, extra) for n, extra in row.names if not alike(n, region.name, row.country)
    )
    if division.point is not None:
        region.lon, region.lat = division.point


def _near(region: Row, row: Row) -> bool:
    return abs(region.lon - row.lon) < 3 and abs(region.lat - row.lat) < 3


def _middle(
    members: Sequence[Row], point: tuple[float, float] | None
) -> tuple[float, float, float]:
    """Return a division's middle, or the kept point, and half its reach north to south in km.

    The middle is that of the hull of its towns: of all simple means the nearest to the middle of
    the true outline (median 10 km over the world's provinces).
    """
    if not members:
        assert point is not None
        return (*point, 50.0)
    lat = np.array([town.lat for town in members])
    lon = np.unwrap(np.array([town.lon for town in members]), period=360)
    span_km = max(float(np.ptp(lat)) * 111.2 / 2, 10.0)
    if point is None:
        hull = shapely.MultiPoint(np.column_stack([lon, lat])).convex_hull.centroid
        point = (hull.x + 180) % 360 - 180, hull.y
    return round(point[0], 3), round(point[1], 3), float(round(span_km))


def county_rows(known: dict[Key, Division]) -> Iterator[Row]:
    """Yield second-level divisions: counties, districts, departments, prefectures."""
    for row in hand_table("admin2.csv"):
        key = row["country"], row["admin1"]
        full, short, persons = row["name"], short_name(row["name"]), int(row["persons"])
        bare = 3.0 if short != full else 0.0
        yield Row(
            id=f"county:{'.'.join(key)}.{fold(full).replace(' ', '-')}",
            name=full,
            kind="region",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country=row["country"],
            division=key if key in known else ("", ""),
            persons=persons,
            weight=weight_of(persons) - 3,
            names=with_variants(row["country"], ((full, 0.0), (short, bare))),
            uncertainty_km=float(row["extent_km"]),
        )
