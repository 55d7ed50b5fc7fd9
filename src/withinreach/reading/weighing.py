"""Which place a name means: its namesakes weighed against all other places of the text.

A conditional logit: every namesake gets a sum of weighted features, and its probability is its
share of the exponentials. The weights are in `data/evidence.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from withinreach.atlas.names import TYPE_WORDS, fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from withinreach.atlas.table import PlaceTable

__all__ = [
    "FEATURES",
    "Anchors",
    "Namesakes",
    "anchors_of",
    "apart_km",
    "features",
    "namesakes",
    "share_there",
    "shares",
]

FEATURES = (
    *("people", "first", "only other name", "country", "state", "county", "region", "quarter"),
    *("capital", "in container", "country share", "country named"),
    *("state share", "state named", "nearest", "near share", "typed region", "typed town", "holds"),
    *("state of its town", "capital of named country"),
)
_CONSIDERED = 60
_LIKELIEST = 3
# As log2 of a likelihood: a name that the table does not give to a place.
_NOT_ITS_NAME = 8.0
_LEAST_SHARE = 0.02
_EARTH_KM = 6371.0
_NEAR_KM = 150.0
_SAME_KM = 100.0
_SURELY_INSIDE = 3.0
# "X province" is no town of that name; the weight was fitted where both were right within 161 km.
_SURELY_TYPED = 3.0
_IN_CONTAINER = FEATURES.index("in container")
# "Paris, Texas" leaves next to no doubt, however large another Paris is.
_OUTSIDE = 8.0
_TOWN, _QUARTER, _REGION, _COUNTRY, _WATER, _OTHER = range(6)


class Namesakes(NamedTuple):
    """The places that one name may mean, as columns of equal length, likeliest first.

    `xyz` are unit vectors from the middle of a sphere; `fixed` are features without the text's.
    """

    rows: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    xyz: NDArray[np.float64]
    country: NDArray[np.int64]
    state: NDArray[np.int64]
    kind: NDArray[np.int64]
    fixed: NDArray[np.float64]


class Anchors(NamedTuple):
    """What the rest of the text says of where it plays.

    Votes and names of countries and states by their index in the table; points (x, y, z, weight).
    """

    countries: NDArray[np.float64]
    states: NDArray[np.float64]
    named_countries: NDArray[np.float64]
    named_states: NDArray[np.float64]
    points: NDArray[np.float64]
    total: float


@lru_cache(maxsize=4096)
def namesakes(key: str, abbreviated: bool, table: PlaceTable) -> Namesakes:
    """Return the columns of the places that a key, or an abbreviation, may mean. Cached."""
    rows = table.abbreviations[key] if abbreviated else table.rows_of_key(key)
    listed = np.array(rows[:_CONSIDERED], np.int64)
    typed = not TYPE_WORDS.isdisjoint(key.split(" "))
    towns = [] if abbreviated or typed else sorted(set(_towns_meant(listed.tolist(), table)))
    found = np.array([*listed, *towns], np.int64)
    kind = table.kind[found].astype(np.int64)
    own = table.weight[found].astype(np.float64)
    by_name = own
    if not abbreviated:
        known = table.weights_of_key(key)[: len(listed)].astype(np.float64)
        by_name = np.append(known, np.full(len(towns), known.min() - _NOT_ITS_NAME))
    state = table.admin1[found].astype(np.int64)
    country = table.country[found].astype(np.int64)
    county = np.zeros(len(found), bool)
    for i in np.flatnonzero(kind == _REGION):
        county[i] = table.id(int(found[i])).startswith("county:")
    fixed = np.zeros((len(found), len(FEATURES)))
    fixed[:, 0] = (by_name - by_name.max()) / 4
    fixed[0, 1] = 1
    fixed[:, 2] = own - by_name > 1
    fixed[:, 3] = kind == _COUNTRY
    fixed[:, 4] = (kind == _REGION) & ~county & (state > 0)
    fixed[:, 5] = county
    fixed[:, 6] = ((kind == _REGION) & ~county & (state == 0)) | (kind >= _WATER)
    fixed[:, 7] = kind == _QUARTER
    fixed[:, 8] = table.capital[found]
    # A province has its name from its town; States of the US are older than most of theirs. But
    # where a capital bears the name of a State, the State is the one to be told apart.
    of_town = _is_any_of(state, state[kind == _TOWN]) & (country != table.countries.index("US"))
    of_capital = _is_any_of(country, country[fixed[:, 8] > 0])
    fixed[:, 19] = (fixed[:, 4] > 0) & (of_town | of_capital)
    lon, lat = table.lon[found], table.lat[found]
    across, up = np.radians(lon), np.radians(lat)
    return Namesakes(
        rows=found,
        lon=lon,
        lat=lat,
        xyz=np.column_stack([np.cos(up) * np.cos(across), np.cos(up) * np.sin(across), np.sin(up)]),
        country=country,
        state=state,
        kind=kind,
        fixed=fixed,
    )


def _towns_meant(rows: Sequence[int], table: PlaceTable) -> Iterator[int]:
    """Yield towns that the table knows by a province's first name, and not by its other ones.

    "Sulaimani" is a name of the province of Sulaymaniyah there, not of the town of Sulaymaniyah.
    """
    for row in rows[:_LIKELIEST]:
        if table.kind[row] == _REGION and table.admin1[row]:
            for town in table.rows_of_key(fold(table.name(row)))[:_LIKELIEST].tolist():
                same_country = table.country[town] == table.country[row]
                if table.kind[town] == _TOWN and same_country and town not in rows:
                    yield town


def _is_any_of(values: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    # A few dozen values: np.isin takes ten times as long for them.
    known = set(others.tolist())
    return np.fromiter(map(known.__contains__, values.tolist()), np.bool_, len(values))


def anchors_of(
    votes: Sequence[tuple[Namesakes, int, float]], told: Mapping[int, float], table: PlaceTable
) -> Anchors:
    """Return what places say of a text: each its namesakes, the index of the likeliest, its weight.

    `told` are votes for countries that words such as "Iraqi" cast.
    """
    countries = np.zeros(len(table.countries))
    named_countries = np.zeros(len(countries))
    states = np.zeros(len(table.admin1_names))
    named_states = np.zeros(len(states))
    for country, weight in told.items():
        countries[country] += weight
        named_countries[country] += weight
    points = []
    for one, i, weight in votes:
        country, state, kind = int(one.country[i]), int(one.state[i]), int(one.kind[i])
        countries[country] += weight
        states[state] += weight
        if kind == _COUNTRY:
            named_countries[country] += weight
        elif one.fixed[i, 4]:
            named_states[state] += weight
        elif kind <= _QUARTER or one.fixed[i, 5]:
            points.append((*one.xyz[i], weight))
    countries[0] = states[0] = 0.0
    return Anchors(
        countries=countries,
        states=states,
        named_countries=named_countries,
        named_states=named_states,
        points=np.array(points).reshape(-1, 4),
        total=float(countries.sum()),
    )


def features(
    one: Namesakes,
    anchors: Anchors,
    own: tuple[int, float] | None,
    inside: Set[tuple[int, int]],
    typed: str,
    held: Set[tuple[int, int]] = frozenset(),
) -> NDArray[np.float64]:
    """Return the features of each namesake, one row each, in the order of `FEATURES`.

    `own` is the vote that the name itself cast, which must not count for it; `inside` are the
    (country, state) pairs that it was said to lie in;
    `held` the pairs of what the text says lies in this one; `typed` is "region" or "town" where a
    word beside the name says so.
    """
    found = one.fixed.copy()
    own_i, own_weight = own or (0, 0.0)
    total = max(anchors.total - own_weight, 0.5)
    # In a list of states a comma says nothing.
    strength = 1.0 if one.fixed[0, 3] or one.fixed[0, 4] else _SURELY_INSIDE
    if inside:
        found[:, 9] = _lies_in(one, inside) * np.array(strength)
    votes = anchors.countries[one.country] - own_weight * (one.country == one.country[own_i])
    votes[one.country == 0] = 0
    found[:, 10] = np.log(np.maximum(votes, 0.0) / total + _LEAST_SHARE)
    # What the name itself stood for in the round before does not count as named.
    mine = own_weight * one.fixed[own_i, 3] * (one.country == one.country[own_i])
    found[:, 11] = anchors.named_countries[one.country] > mine
    found[:, 20] = found[:, 8] * found[:, 11]
    votes = anchors.states[one.state] - own_weight * (one.state == one.state[own_i])
    votes[one.state == 0] = 0
    found[:, 12] = np.log(np.maximum(votes, 0.0) / total + _LEAST_SHARE)
    mine = own_weight * one.fixed[own_i, 4] * (one.state == one.state[own_i])
    found[:, 13] = (anchors.named_states[one.state] > mine) & (found[:, 4] == 0)
    points = anchors.points
    if len(points):
        km = apart_km(one, points[:, :3])
        if own_weight:
            # The name's own vote is one of the points.
            km[:, (points[:, :3] == one.xyz[own_i]).all(axis=1)] = np.inf
        found[:, 14] = np.log1p(np.minimum(km.min(axis=1), 3000.0) / 20)
        found[:, 15] = np.exp(km / -_NEAR_KM) @ points[:, 3] / points[:, 3].sum()
    else:
        found[:, 14] = np.log1p(3000.0 / 20)
    if typed == "region":
        found[:, 16] = (one.kind == _REGION) * np.array(_SURELY_TYPED)
    elif typed == "town":
        found[:, 17] = one.kind <= _QUARTER
    if held:
        found[:, 18] = _holds(one, held)
    return found


def _lies_in(one: Namesakes, container: Set[tuple[int, int]]) -> list[bool]:
    return [
        kind != _COUNTRY and ((c, -1) in container or (s > 0 and (c, s) in container))
        for c, s, kind in zip(*_columns(one), strict=True)
    ]


def _holds(one: Namesakes, held: Set[tuple[int, int]]) -> list[bool]:
    countries = {country for country, _ in held}
    return [
        c in countries if kind == _COUNTRY else kind == _REGION and s > 0 and (c, s) in held
        for c, s, kind in zip(*_columns(one), strict=True)
    ]


def _columns(one: Namesakes) -> tuple[list[int], list[int], list[int]]:
    return one.country.tolist(), one.state.tolist(), one.kind.tolist()


def shares(found: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of each namesake; where some lie in the named container, of those."""
    odds = found @ weights
    inside = found[:, _IN_CONTAINER] == _SURELY_INSIDE
    if inside.any():
        odds[~inside] -= _OUTSIDE
    odds = np.exp(odds - odds.max())
    share: NDArray[np.float64] = odds / odds.sum()
    return share


def share_there(one: Namesakes, share: NDArray[np.float64]) -> float:
    """Return the probability of the likeliest namesake and of those around it.

    A town and the province that bears its name are two places, but one answer to "where".
    """
    if len(share) == 1:
        return 1.0
    best = int(share.argmax())
    there = apart_km(one, one.xyz[best : best + 1])[:, 0] < _SAME_KM
    return float(share[there].sum())


def apart_km(one: Namesakes, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each namesake (rows) is from each point, through a spherical Earth."""
    apart: NDArray[np.float64] = np.sqrt(np.maximum(2 - 2 * (one.xyz @ points.T), 0.0))
    return _EARTH_KM * apart
