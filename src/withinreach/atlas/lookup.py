"""From a person's query, such as "Paris, Texas", to places of the table, best first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from withinreach.atlas.names import fold, split_type
from withinreach.atlas.place import Place

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable

__all__ = ["Found", "alike_keys", "find", "inside"]

# A name that only sounds alike, or is only spelled alike, is the right one less often.
_SOUND_FACTOR = 0.7
_ALIKE_FACTOR = 0.6
_LEAST_SIMILARITY = 0.75
# Places further down the list of one name are never what a bare name means.
_CONSIDERED = 2000
_CONTAINERS = 30
# A district or suburb named with its town lies this near to the town's point.
_TOWN_RADIUS_KM = 40.0
_DEGREE_KM = 111.2


class Found(msgspec.Struct, frozen=True):
    """A place that a query may mean, its score in [0, 1], and why, in words."""

    place: Place
    score: float
    reasons: tuple[str, ...] = ()


class _Match(msgspec.Struct):
    row: int
    weight: float
    factor: float
    reasons: tuple[str, ...]


def find(table: PlaceTable, query: str, *, limit: int = 5, fuzzy: bool = False) -> list[Found]:
    """Return the places that a query means, best first; none where the table has no such name.

    What stands after a comma contains what stands before it, at any level: a country, a province
    or its abbreviation, a county, a town, a part of the world ("Springfield, IL", "Paris, Lamar
    County, Texas, USA"). A kind may be named ("Anbar province"). Where no name fits exactly, names
    that sound alike count, then, if `fuzzy`, names that are spelled alike: each says so in its
    reasons and scores less. The score is the likelihood among the namesakes, by people.

    >>> from withinreach.atlas.table import PlaceTable
    >>> [found.place.admin1 for found in find(PlaceTable.open(), "Paris, Texas")]
    ['Texas']
    """
    name, *containers = [part.strip() for part in query.split(",") if part.strip()] or [""]
    matches = _matches(table, name, fuzzy)
    for container in containers:
        matches = _contained(table, matches, container)
    if containers:
        # Some names hold a comma themselves: "Washington, D.C."
        matches = _exact(table, fold(query), ()) + matches
    elif not matches or matches[0].factor < 1:
        matches = _unpunctuated(table, name) or matches
    return _ranked(table, matches, limit)


def inside(table: PlaceTable, row: int, outer: int) -> bool:
    """Return whether the place of a row lies in the area that another row stands for.

    Countries and provinces go by GeoNames' codes, regions with an outline by the outline, all else
    by distance to the outer place's point against its extent.
    """
    by_code = _inside_by_code(table, row, outer)
    return _inside_by_place(table, row, outer) if by_code is None else by_code


def _inside_by_code(table: PlaceTable, row: int, outer: int) -> bool | None:
    """Return what the codes of country and division say; None where they do not tell."""
    same_country = bool(table.country[row] == table.country[outer])
    if row == outer or (same_country and table.place_kind(row) == "country"):
        return False
    if table.place_kind(outer) == "country":
        return same_country
    same_division = bool(table.admin1[row] == table.admin1[outer])
    if table.id(outer).startswith("county:"):
        return None if same_division else False
    if table.place_kind(outer) != "region" or table.admin1[outer] == 0:
        return None
    # An outline may hold places of other divisions: Sevastopol lies in Crimea.
    return same_division or (None if table.outline_id(outer) else False)


def _inside_by_place(table: PlaceTable, row: int, outer: int) -> bool:
    outline_id = table.outline_id(outer)
    lon, lat = float(table.lon[row]), float(table.lat[row])
    if outline_id is not None:
        import shapely

        from withinreach.atlas.regions import outline

        area = outline(outline_id)
        good_to_deg = area.uncertainty_km / _DEGREE_KM
        return bool(shapely.dwithin(area.geometry, shapely.Point(lon, lat), good_to_deg))
    from withinreach.geodesy import distance_km

    extent_km = float(table.uncertainty_km[outer]) or _TOWN_RADIUS_KM
    apart_km = distance_km(lon, lat, float(table.lon[outer]), float(table.lat[outer]))
    return bool(apart_km <= extent_km)


def alike_keys(
    table: PlaceTable, key: str, *, least_similarity: float = _LEAST_SIMILARITY, limit: int = 5
) -> list[tuple[str, float]]:
    """Return keys of the table that are spelled like a folded name, with a similarity in [0, 1].

    Compared are names of the same first letter (a slip of the pen is seldom there), so that a query
    takes milliseconds; swapped letters count as one change.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(key) < 4:
        return []
    found = process.extract(
        key,
        table.trie.keys(key[0]),
        scorer=OSA.normalized_similarity,
        score_cutoff=least_similarity,
        limit=limit,
    )
    return [(one, similarity) for one, similarity, _ in found]


def _matches(table: PlaceTable, name: str, fuzzy: bool) -> list[_Match]:
    key = fold(name)
    exact = _abbreviated(table, name) + _exact(table, key, ()) or _of_kind(table, key)
    if exact:
        return exact
    heard = table.rows_by_sound(name)[:_CONSIDERED].tolist()
    if heard:
        reasons = (f'sounds like "{name}"',)
        return [_Match(row, float(table.weight[row]), _SOUND_FACTOR, reasons) for row in heard]
    if not fuzzy:
        return []
    matches = []
    for other, similarity in alike_keys(table, key):
        reasons = (f'spelled like "{name}" ({similarity:.0%}): "{other}"',)
        for match in _exact(table, other, reasons):
            matches.append(match)
            match.factor = _ALIKE_FACTOR * similarity**4
    return matches


def _abbreviated(table: PlaceTable, name: str) -> list[_Match]:
    rows = table.abbreviations.get(name) or table.abbreviations.get(name.upper(), ())
    return [_Match(row, float(table.weight[row]), 1.0, ()) for row in rows]


def _exact(table: PlaceTable, key: str, reasons: tuple[str, ...]) -> list[_Match]:
    rows = table.rows_of_key(key)[:_CONSIDERED].tolist()
    weights = table.weights_of_key(key)[:_CONSIDERED].tolist()
    return [_Match(row, w, 1.0, reasons) for row, w in zip(rows, weights, strict=True)]


def _of_kind(table: PlaceTable, key: str) -> list[_Match]:
    """Return what "X province" means where no place has just that name: regions called X."""
    name, kind = split_type(key)
    if kind is None:
        return []
    found = _exact(table, name, (f"a {kind}",))
    return [match for match in found if table.place_kind(match.row) == "region"]


def _unpunctuated(table: PlaceTable, name: str) -> list[_Match]:
    """Return what "Aleppo Syria" means: words at the end that contain the words before."""
    words = name.split()
    for cut in range(len(words) - 1, 0, -1):
        matches = _exact(table, fold(" ".join(words[:cut])), ())
        contained = _contained(table, matches, " ".join(words[cut:]))
        if contained:
            return contained
    return []


def _contained(table: PlaceTable, matches: list[_Match], container: str) -> list[_Match]:
    key = fold(container)
    known = _abbreviated(table, container) + _exact(table, key, ()) or _of_kind(table, key)
    outers = list(dict.fromkeys(match.row for match in known))
    outers = (outers or table.rows_by_sound(container).tolist())[:_CONTAINERS]
    # Codes settle nearly all; only where they find nothing is geometry worth its loading.
    for holds in (_inside_by_code, inside):
        found = [m for m in matches if any(holds(table, m.row, outer) for outer in outers)]
        if found:
            break
    return [_Match(m.row, m.weight, m.factor, (*m.reasons, f"in {container}")) for m in found]


def _ranked(table: PlaceTable, matches: Iterable[_Match], limit: int) -> list[Found]:
    best: dict[int, _Match] = {}
    for match in matches:
        if match.row not in best or match.factor > best[match.row].factor:
            best[match.row] = match
    if not best:
        return []
    top = max(match.weight for match in best.values())
    shares = {row: match.factor * 2 ** (match.weight - top) for row, match in best.items()}
    total = sum(2 ** (match.weight - top) for match in best.values())
    order = sorted(shares, key=lambda row: (-shares[row], row))[:limit]
    return [
        Found(table.place(row), round(shares[row] / total, 3), best[row].reasons) for row in order
    ]
