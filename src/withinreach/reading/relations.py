"""Where a place lies that the atlas lacks, as the text tells it: "X, 40 km north of Mosul"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from withinreach.reading.phrases import pattern
from withinreach.reading.statements import PlaceMention, Relation

__all__ = ["with_relations"]

_KM_PER_MILE = 1.609344
_BEARING_DEG = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0} | {
    "northeast": 45.0,
    "southeast": 135.0,
    "southwest": 225.0,
    "northwest": 315.0,
}
# What may stand between a name and the place that it is told from; no verb but "lies".
_TOLD = pattern(
    r"\s*[,(]?\s*(?:(?:an?|the|small|border|coastal|desert|industrial|town|village|city|district"
    r"|area|suburb|which|that|lies|lying|is|located|situated|about|some|around|roughly|just|only"
    r"|approximately|nearly)\s+)*"
    r"(?:(?P<distance>\d+(?:,\d{3})*(?:\.\d+)?)[\s-]*(?P<unit>km|kilomet(?:re|er)s?|miles?)\s+)?"
    r"(?:(?:to\s+the\s+)?(?P<wind>(?:north|south)(?:[\s-]?(?:east|west))?|east|west)\s+(?:of|from)"
    r"|(?P<from>from)|(?P<near>near|close\s+to|outside)|(?P<between>between))"
    r"\s+(?:the\s+)?(?:(?:city|town|village|capital)\s+(?:of\s+)?)?"
)
_AND = pattern(r"\s+and\s+(?:the\s+)?")
_LONGEST = 80


def with_relations(text: str, places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Return the mentions of a text, those without a place with what the text says of where it is.

    `places` are in text order. A relation is taken only where it follows its name at once and leads
    to a place that is known.
    """
    return tuple(_related(text, places))


def _related(text: str, places: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    for i, mention in enumerate(places):
        relation = None
        if mention.place is None and i + 1 < len(places):
            second = places[i + 2] if i + 2 < len(places) else None
            relation = _relation(text, mention, places[i + 1], second)
        if relation is None:
            yield mention
        else:
            yield msgspec.structs.replace(mention, relation=relation, point=_point(relation))


def _point(relation: Relation) -> tuple[float, float]:
    """Return lon, lat (degrees) of the middle of where a relation puts a place."""
    # Loaded here, as few texts tell of a place that the atlas lacks.
    from withinreach.atlas.sectors import MAX_DISTANCE_KM, UNTOLD_REACH_KM
    from withinreach.geodesy import azimuth_deg, destination, distance_km

    first, last = relation.anchors[0], relation.anchors[-1]
    bearing_deg, away_km = relation.bearing_deg, relation.distance_km
    if len(relation.anchors) == 2:
        bearing_deg = float(azimuth_deg(first.lon, first.lat, last.lon, last.lat))
        away_km = float(distance_km(first.lon, first.lat, last.lon, last.lat)) / 2
    if bearing_deg is None:
        return first.lon, first.lat
    # "North of X" without a distance: half of how far off it may be.
    away_km = UNTOLD_REACH_KM / 2 if away_km is None else min(away_km, MAX_DISTANCE_KM)
    lon, lat = destination(first.lon, first.lat, bearing_deg, away_km)
    return float(lon), float(lat)


def _relation(
    text: str, mention: PlaceMention, first: PlaceMention, second: PlaceMention | None
) -> Relation | None:
    if first.place is None or first.start - mention.end > _LONGEST:
        return None
    told = _TOLD.fullmatch(text, mention.end, first.start)
    if told is None or (told["from"] and not told["distance"]):
        return None
    anchors, end = [first.place], first.end
    if told["between"]:
        if second is None or second.place is None or not _AND.fullmatch(text, end, second.start):
            return None
        anchors.append(second.place)
        end = second.end
    distance_km = None
    if told["distance"]:
        per_unit_km = _KM_PER_MILE if told["unit"].startswith("mile") else 1.0
        distance_km = float(told["distance"].replace(",", "")) * per_unit_km
    wind = (told["wind"] or "").replace("-", "").replace(" ", "")
    return Relation(
        anchors=tuple(anchors),
        bearing_deg=_BEARING_DEG.get(wind),
        distance_km=distance_km or None,
        text=" ".join(text[mention.end : end].strip(" ,(").split()),
    )
