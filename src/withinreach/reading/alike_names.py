"""Names that the atlas has in another spelling: "Zapolyarny" for Zapolyarnyy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from withinreach.reading.statements import Candidate, PlaceMention

if TYPE_CHECKING:
    from withinreach.atlas.place import Place
    from withinreach.atlas.table import PlaceTable

__all__ = ["with_alike_names"]

# So near to another place of the text, whose country it is in as well.
_NEAR_KM = 300.0
# A guess, told as one: nearly all found so were right, but they were few.
_SCORE = 0.8
_CONSIDERED = 20


def with_alike_names(places: Sequence[PlaceMention], table: PlaceTable) -> tuple[PlaceMention, ...]:
    """Return the mentions of a text, those that the atlas lacks filled in where one sounds alike.

    Only a place of a country that the text is about, and near one of its places, counts.
    """
    known = [m.place for m in places if m.place is not None]
    names = {m.name for m in places if m.place is None and not m.candidates}
    found = {name: place for name in names if (place := _alike(name, known, table)) is not None}
    return tuple(
        m if m.place is not None or m.name not in found else _filled(m, found[m.name])
        for m in places
    )


def _alike(name: str, known: Iterable[Place], table: PlaceTable) -> Place | None:
    """Return the nearest place whose name sounds like one, None where none is near."""
    from withinreach.geodesy import distance_km

    near = [
        (distance_km(one.lon, one.lat, other.lon, other.lat), number, one)
        for number, one in enumerate(map(table.place, table.rows_by_sound(name)[:_CONSIDERED]))
        for other in known
        if one.country == other.country and other.kind != "country"
    ]
    nearest = min(near, key=lambda found: found[:2], default=None)
    return nearest[2] if nearest is not None and nearest[0] < _NEAR_KM else None


def _filled(mention: PlaceMention, place: Place) -> PlaceMention:
    reasons = (f'sounds like "{place.name}"', "near other places of the text")
    return msgspec.structs.replace(
        mention,
        place=place,
        candidates=(Candidate(place, _SCORE, reasons),),
        score=_SCORE,
        reasons=reasons,
    )
