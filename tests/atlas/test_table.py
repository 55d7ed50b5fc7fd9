"""The place table: names lead to the right places, and the hand-kept rows are where they say."""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from withinreach.atlas.lookup import alike_keys, inside
from withinreach.atlas.names import fold
from withinreach.atlas.table import KINDS, PlaceTable
from withinreach.atlas.topojson import Topology
from withinreach.atlas.world import country_at, country_codes, country_outline
from withinreach.errors import AtlasError

DATA = Path(__file__).resolve().parents[2] / "data"
HAND_KEPT = (
    "admin1_names.csv",
    "countries.csv",
    "demonyms.csv",
    "physical.csv",
    "places.csv",
    "town_names.csv",
)
GEOD = Geod(ellps="WGS84")
# Half a degree: outlines are simplified, islands and harbours lie off them.
NEAR_DEG = 0.5


@pytest.fixture(scope="module")
def table() -> PlaceTable:
    return PlaceTable.open()


def hand_kept(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def km(lon0: float, lat0: float, lon1: float, lat1: float) -> float:
    return float(GEOD.inv(lon0, lat0, lon1, lat1)[2]) / 1000


# lon, lat from atlases, to a tenth of a degree; the kind and the country that a reader expects
# of the bare name, or of the name with its container.
EXPECTED = [
    ("Rutba", "town", "IQ", 40.3, 33.0),
    ("Kerbala", "town", "IQ", 44.0, 32.6),
    ("Falluja", "town", "IQ", 43.8, 33.3),
    ("al-Zafaraniya", "neighbourhood", "IQ", 44.5, 33.3),
    ("Jurf as-Sakhar", "town", "IQ", 44.2, 32.9),
    ("Riyadh", "town", "SA", 46.7, 24.7),
    ("Tel Aviv", "town", "IL", 34.8, 32.1),
    ("Amman", "town", "JO", 35.9, 32.0),
    ("Jerusalem", "town", "IL", 35.2, 31.8),
    ("Hodeida", "town", "YE", 43.0, 14.8),
    ("Latakia", "town", "SY", 35.8, 35.5),
    ("Isfahan", "town", "IR", 51.7, 32.7),
    ("Kharkov", "town", "UA", 36.3, 50.0),
    ("Kiev", "town", "UA", 30.5, 50.5),
    ("Peking", "town", "CN", 116.4, 39.9),
    ("Saigon", "town", "VN", 106.7, 10.8),
    ("Gaeseong", "town", "KP", 126.6, 38.0),
    ("Pusan", "town", "KR", 129.0, 35.1),
    ("New York", "town", "US", -74.0, 40.7),
    ("Washington, D.C.", "town", "US", -77.0, 38.9),
    ("Paris", "town", "FR", 2.3, 48.9),
    ("Paris, Texas", "town", "US", -95.6, 33.7),
    ("Springfield, IL", "town", "US", -89.6, 39.8),
    ("Springfield, Ill.", "town", "US", -89.6, 39.8),
    ("Springfield, Sangamon County, Illinois, USA", "town", "US", -89.6, 39.8),
    ("Alexandria, La.", "town", "US", -92.4, 31.3),
    ("Tripoli", "town", "LY", 13.2, 32.9),
    ("Tripoli, Lebanon", "town", "LB", 35.8, 34.4),
    ("Sevastopol, Crimea", "town", "UA", 33.5, 44.6),
    ("Victoria, British Columbia", "town", "CA", -123.4, 48.4),
    ("Aleppo Syria", "town", "SY", 37.2, 36.2),
    ("Anbar", "region", "IQ", 41.6, 33.0),
    ("Anbar province", "region", "IQ", 41.6, 33.0),
    ("Al Anbar Governorate", "region", "IQ", 41.6, 33.0),
    ("Donetsk Oblast", "region", "UA", 37.5, 48.0),
    ("Khyber Pakhtunkhwa", "region", "PK", 71.5, 34.5),
    ("Quebec", "region", "CA", -72.0, 53.0),
    ("B.C.", "region", "CA", -125.0, 54.0),
    ("NSW", "region", "AU", 147.0, -33.0),
    ("Calif.", "region", "US", -119.8, 37.2),
    ("Rapides Parish", "region", "US", -92.5, 31.2),
    ("Cebu province", "region", "PH", 123.8, 10.4),
    ("Scotland", "region", "GB", -4.0, 56.5),
    ("Iraqi Kurdistan", "region", "IQ", 44.4, 36.2),
    ("Georgia", "country", "GE", 43.5, 42.0),
    ("Georgia, USA", "region", "US", -83.4, 32.7),
    ("U.S.", "country", "US", -98.5, 39.8),
    ("UK", "country", "GB", -2.7, 54.8),
    ("U.A.E.", "country", "AE", 54.0, 24.0),
    ("D.P.R.K.", "country", "KP", 127.0, 40.0),
    ("Burma", "country", "MM", 96.0, 22.0),
    ("Ivory Coast", "country", "CI", -5.5, 8.0),
    ("Czech Republic", "country", "CZ", 15.0, 49.8),
    ("Holland", "country", "NL", 5.8, 52.3),
    ("Strait of Hormuz", "water", None, 56.4, 26.5),
    ("Bab el-Mandeb", "water", None, 43.3, 12.6),
    ("Lake Chad", "water", None, 14.2, 13.1),
    ("Danube", "water", None, 20.0, 45.5),
    ("Himalayas", "other", None, 84.0, 28.5),
    ("Manhattan", "town", "US", -74.0, 40.8),
    ("Київ", "town", "UA", 30.5, 50.5),
    ("بغداد", "town", "IQ", 44.4, 33.3),
    ("ירושלים", "town", "IL", 35.2, 31.8),
    ("北京", "town", "CN", 116.4, 39.9),
]


@pytest.mark.parametrize(("query", "kind", "country", "lon", "lat"), EXPECTED)
def test_first_answer(
    table: PlaceTable, query: str, kind: str, country: str | None, lon: float, lat: float
) -> None:
    place = table.find(query, limit=1)[0].place
    assert (place.kind, place.country) == (kind, country)
    far_km = 30 if kind in ("town", "neighbourhood") else max(90, place.uncertainty_km)
    assert km(place.lon, place.lat, lon, lat) < far_km


@pytest.mark.parametrize("query", ["", " , ", "Xyzzyqq", "Paris, Atlantis", "Riyadh, France"])
def test_nothing_is_found_where_nothing_is(table: PlaceTable, query: str) -> None:
    assert table.find(query) == []


def test_scores_are_shares_in_falling_order(table: PlaceTable) -> None:
    scores = [found.score for found in table.find("Springfield", limit=500)]
    assert len(scores) > 20
    assert scores == sorted(scores, reverse=True)
    assert 0.98 < sum(scores) <= 1.01


def test_a_looser_match_says_so_and_scores_less(table: PlaceTable) -> None:
    sounding = table.find("Shahroud, Iran", limit=1)[0]
    assert sounding.place.country == "IR"
    assert any("sounds like" in reason for reason in sounding.reasons)
    assert sounding.score < 0.75
    assert table.find("Birminghxm") == []
    spelled = table.find("Birminghxm", fuzzy=True)[0]
    assert spelled.place.name == "Birmingham"
    assert any("spelled like" in reason for reason in spelled.reasons)
    assert alike_keys(table, "birminghxm")[0][0] == "birmingham"


def test_words_are_no_states(table: PlaceTable) -> None:
    for word, state in (("In", "Indiana"), ("Me", "Maine"), ("Miss", "Mississippi")):
        assert state not in {table.name(int(row)) for row in table.rows(word)}
    for written, state in (("IN", "Indiana"), ("ME", "Maine"), ("Miss.", "Mississippi")):
        assert state in {table.name(row) for row in table.abbreviations[written]}
        assert not {"In", "Me", "Miss", "in", "me", "miss"} & set(table.abbreviations)


def test_prefixes_end_with_words_and_come_longest_first(table: PlaceTable) -> None:
    assert table.prefixes("new york city hall")[:2] == ["new york city", "new york"]
    assert all(
        "strait of hormuz today"[len(key) :][:1] in (" ", "")
        for key in table.prefixes("strait of hormuz today")
    )
    assert "strait of hormuz" in table.prefixes("strait of hormuz today")
    assert "paris" not in table.prefixes("parisian")


def test_rows_and_weights_belong_together(table: PlaceTable) -> None:
    rows, weights = table.rows_of_key("odessa"), table.weights_of_key("odessa")
    assert len(rows) == len(weights) > 3
    assert (np.diff(weights) <= 0).all()
    assert len(set(rows.tolist())) == len(rows)


def test_every_row_makes_a_place(table: PlaceTable) -> None:
    others = range(table.town_count, len(table))
    sample = [*range(0, table.town_count, 997), *others]
    places = [table.place(row) for row in sample]
    assert len({place.id for place in places}) == len(places)
    for row, place in zip(sample, places, strict=True):
        assert place.name
        assert place.source
        assert -180 <= place.lon <= 180
        assert -90 <= place.lat <= 90
        assert row in table.rows(place.name)
        assert table.outline_id(row) == place.outline


def test_towns_come_first_and_their_index_gives_rows(table: PlaceTable) -> None:
    assert set(table.kind[: table.town_count].tolist()) == {KINDS.index("town")}
    lon, lat = table.lon[: table.town_count], table.lat[: table.town_count]
    near = np.asarray(GEOD.inv(np.full_like(lon, 44.4), np.full_like(lat, 33.3), lon, lat)[2])
    expected = set(np.flatnonzero(near <= 60_000).tolist())
    assert set(table.town_index.within(44.4, 33.3, 60.0)[1].tolist()) == expected
    rows, _ = table.towns(100_000)
    assert (table.persons[rows] >= 100_000).all()


def test_missing_tables_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="install the package"):
        PlaceTable(tmp_path)


def test_people_capitals_and_neighbours(table: PlaceTable) -> None:
    assert table.demonyms["iraqis"] == ("IQ",)
    assert table.demonyms["korean"] == ("KP", "KR")
    assert table.demonyms["arabic"] == ()
    assert table.demonyms["frenchmen"] == ("FR",)
    assert table.neighbours["IQ"] == {"IR", "JO", "KW", "SA", "SY", "TR"}
    for code, name in (("IQ", "Baghdad"), ("US", "Washington"), ("AU", "Canberra")):
        assert table.name(table.capitals[code]) == name
    # A town abroad is not called so in its own land: Delhi is "Dili" in some language.
    assert table.find("Dili", limit=1)[0].place.country == "TL"
    large = {code for code, row in table.country_rows.items() if table.persons[row] > 1_000_000}
    assert len(large) > 150
    assert large <= set(table.capitals)
    assert large <= {code for codes in table.demonyms.values() for code in codes}


def test_inside_goes_by_what_the_outer_place_is(table: PlaceTable) -> None:
    def row(query: str) -> int:
        wanted = table.find(query, limit=1)[0].place.id
        return next(r for r in table.rows(query.split(",")[0]).tolist() if table.id(r) == wanted)

    ramadi, iraq, anbar = row("Ramadi"), row("Iraq"), row("Anbar")
    assert inside(table, ramadi, anbar)
    assert inside(table, ramadi, iraq)
    assert inside(table, anbar, iraq)
    assert not inside(table, iraq, anbar)
    assert not inside(table, ramadi, row("Syria"))
    assert inside(table, row("Erbil"), row("Iraqi Kurdistan"))
    assert not inside(table, row("Basra"), row("Iraqi Kurdistan"))
    assert not inside(table, ramadi, ramadi)


# The hand-kept rows


@pytest.mark.parametrize("name", HAND_KEPT)
def test_every_row_has_its_source_and_date(name: str) -> None:
    rows = hand_kept(name)
    assert rows
    assert all(row["source"] and len(row["as_of"]) == 7 for row in rows)


@pytest.mark.parametrize("name", HAND_KEPT)
def test_no_row_is_kept_twice(name: str) -> None:
    rows = hand_kept(name)
    key = next(k for k in ("geonameid", "word", "code", "name") if k in rows[0])
    keys = [(row.get("country", ""), row.get("code", ""), fold(row[key])) for row in rows]
    assert len(set(keys)) == len(keys)


def located() -> Iterator[tuple[str, str, float, float, float]]:
    """Yield what every hand-kept point names: its country, itself, and how far off it may lie."""
    for name in ("countries.csv", "places.csv", "physical.csv", "admin1_names.csv"):
        for row in hand_kept(name):
            code = row["code"] if name == "countries.csv" else row["country"]
            if row["lon"] and code in country_codes() and code not in {"UM", "KI"}:
                extent_km = float(row.get("extent_km", 0))
                yield code, row["name"], float(row["lon"]), float(row["lat"]), extent_km


def in_bounds(code: str, lon: float, lat: float, extent_km: float) -> bool:
    """Return whether a point lies in or near the box around one of the country's parts."""
    reach_deg = NEAR_DEG + 1.5 * extent_km / 111
    boxes = shapely.bounds(shapely.get_parts(country_outline(code)))
    west, south, east, north = boxes.T
    lons = np.array([lon - 360, lon, lon + 360])[:, None]
    within = (west - reach_deg <= lons) & (lons <= east + reach_deg)
    return bool((within & (south - reach_deg <= lat) & (lat <= north + reach_deg)).any())


def test_points_lie_in_their_country_and_swapped_ones_do_not() -> None:
    points = list(located())
    assert len(points) > 600
    # Scattered island states have their point in the open sea, and small islands are in no outline:
    # what lies in no country's outline lies at least in no other country's.
    outside = {
        name or code: country_at(lon, lat)
        for code, name, lon, lat, extent in points
        if not in_bounds(code, lon, lat, extent)
    }
    assert set(outside.values()) == {None}, outside
    assert len(outside) < 0.01 * len(points)
    swapped = [in_bounds(code, lat, lon, extent) for code, _, lon, lat, extent in points]
    assert np.mean(swapped) < 0.15


def test_kept_localities_lie_by_listed_towns(table: PlaceTable) -> None:
    for row in hand_kept("places.csv"):
        lon, lat, unsure_km = (float(row[k]) for k in ("lon", "lat", "uncertainty_km"))
        assert 0 < unsure_km <= 40
        assert row["kind"] in ("town", "neighbourhood", "region", "other")
        towns = table.town_index.within(lon, lat, 120.0)[1]
        assert len(towns), row["name"]
        if row["kind"] == "neighbourhood":
            cities = table.town_index.within(lon, lat, 25.0)[1]
            assert table.persons[cities].max() > 30_000, row["name"]


def test_province_middles_against_natural_earth(table: PlaceTable, shared: Path) -> None:
    yardstick = shared / "reference" / "ne_admin1.topo.json.gz"
    known: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for properties, shape in Topology(
        json.loads(gzip.decompress(yardstick.read_bytes()))
    ).features():
        if shape is not None and properties["name"]:
            key = properties["iso_a2"], fold(properties["name"])
            known.setdefault(key, []).append((shape.centroid.x, shape.centroid.y))
    off_km = []
    for row in range(table.town_count, len(table)):
        if table.id(row).startswith("admin1:"):
            key = table.countries[table.country[row]], fold(table.name(row))
            points = known.get(key, [])
            if points:
                lon, lat = float(table.lon[row]), float(table.lat[row])
                off_km.append(min(km(lon, lat, *point) for point in points))
    assert len(off_km) > 1500
    assert np.median(off_km) < 15
    assert np.percentile(off_km, 90) < 60
    assert np.percentile(off_km, 98) < 161
