"""GeoJSON (RFC 7946) with typed properties and simplestyle colours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from withinreach.outputs.style import origin_style, target_style
from withinreach.scenario import (
    Origin,
    Scenario,
    Target,
    area_of,
    centre_of,
    is_located,
    is_point,
)
from withinreach.wording import range_km

if TYPE_CHECKING:
    from withinreach.reach import Reach
    from withinreach.reading.statements import PlaceMention
    from withinreach.rings import Ring
    from withinreach.verdict import Verdict

__all__ = ["ATTRIBUTION", "feature_collection", "places_collection"]

ATTRIBUTION = (
    "Places: GeoNames (geonames.org), CC BY 4.0. Borders: Natural Earth, public domain; de facto "
    "lines, no endorsement."
)
# RFC 7946, section 11.2: six decimals are about 10 cm, finer than any place is known.
_DIGITS = 6


def feature_collection(
    scenario: Scenario,
    *,
    rings: Iterable[Ring] = (),
    reach: Reach | None = None,
    verdicts: Iterable[Verdict] = (),
    listed: bool = True,
) -> dict[str, Any]:
    """Return origins, rings, targets and listed places as one FeatureCollection.

    Polygons follow the right-hand rule and are cut at the antimeridian; coordinates have six
    digits. Every feature has `feature` ("origin", "ring", "target" or "place") and simplestyle
    keys, so that common viewers show it at once. With `listed` false listed places are left out.
    """
    verdicts = tuple(verdicts)
    features = [_ring(ring, scenario) for ring in rings if not ring.geometry.is_empty]
    features += [_origin(o, i) for i, o in enumerate(scenario.origins) if is_located(o)]
    features += [_target(t, verdicts) for t in scenario.targets if is_located(t)]
    if reach is not None and listed:
        features += _listed(reach)
    return {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "caveat": caveat(scenario),
        "features": features,
    }


def caveat(scenario: Scenario) -> str:
    """Return who has checked what a program read."""
    if scenario.reviewed_by:
        return f"Read by a program; checked by {scenario.reviewed_by}"
    return "Read by a program; not checked by a person"


def places_collection(places: Iterable[PlaceMention]) -> dict[str, Any]:
    """Return the places of a text as points; those that could not be fixed have no geometry."""
    features = []
    for mention in places:
        place = mention.place
        properties = {
            "feature": "mention",
            "text": mention.text,
            "start": mention.start,
            "end": mention.end,
            "name": mention.name if place is None else place.name,
            "country": None if place is None else place.country,
            "kind": None if place is None else place.kind,
            "role": mention.role,
            "score": round(mention.score, 3),
        }
        geometry = None if place is None else _point(place.lon, place.lat)
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": features}


def _feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _point(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(lon, _DIGITS), round(lat, _DIGITS)]}


def _polygonal(geometry: Any) -> dict[str, Any]:
    """Return a shapely area as GeoJSON: rounded, exterior rings counter-clockwise."""
    from shapely import MultiPolygon
    from shapely.geometry.polygon import orient

    parts = list(geometry.geoms) if isinstance(geometry, MultiPolygon) else [geometry]
    rounded = [
        [
            [[round(x, _DIGITS), round(y, _DIGITS)] for x, y, *_ in line.coords]
            for line in (part.exterior, *part.interiors)
        ]
        for part in map(orient, parts)
    ]
    if len(rounded) == 1:
        return {"type": "Polygon", "coordinates": rounded[0]}
    return {"type": "MultiPolygon", "coordinates": rounded}


def _ring(ring: Ring, scenario: Scenario) -> dict[str, Any]:
    style = origin_style(scenario.origins.index(ring.origin))
    inner = ring.reach == "inner"
    reached = "from all of" if inner else "from some of"
    return _feature(
        _polygonal(ring.geometry),
        feature="ring",
        title=f"Within {range_km(ring.radius_km)} {reached} {ring.origin.label}",
        origin=ring.origin.id,
        origin_label=ring.origin.label,
        site=ring.origin.site,
        basis=ring.origin.basis,
        radius_km=ring.radius_km,
        reach=ring.reach,
        edge_error_m=ring.tolerance_m,
        **{
            "stroke": style.colour,
            "stroke-width": 1 if inner else 2,
            "stroke-opacity": 0.9,
            "fill": style.colour,
            "fill-opacity": 0 if inner else 0.06,
        },
    )


def _origin(origin: Origin, number: int) -> dict[str, Any]:
    style = origin_style(number)
    properties: dict[str, Any] = {
        "feature": "origin",
        "title": origin.label,
        "id": origin.id,
        "site": origin.site,
        "basis": origin.basis,
        "uncertainty_km": origin.uncertainty_km,
        "country": origin.country,
        "quote": origin.quote,
    }
    if is_point(origin):
        lon, lat = centre_of(origin)
        marker = {"marker-color": style.colour, "marker-size": "medium"}
        return _feature(_point(lon, lat), **properties, **marker)
    shape = {
        "stroke": style.colour,
        "stroke-width": 2,
        "fill": style.colour,
        "fill-opacity": 0.25,
    }
    return _feature(_polygonal(area_of(origin)), **properties, **shape)


def _target(target: Target, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    own = [v for v in verdicts if v.target_id == target.id]
    style = target_style(v.verdict for v in own)
    lon, lat = centre_of(target)
    return _feature(
        _point(lon, lat),
        feature="target",
        title=target.label,
        id=target.id,
        country=target.country,
        verdicts=[
            {"claim": v.claim, "origin": v.origin, "verdict": v.verdict, "why": v.why} for v in own
        ],
        **{"marker-color": style.colour, "marker-size": "large"},
    )


def _listed(reach: Reach) -> list[dict[str, Any]]:
    """Return one point per listed place, with what each origin and radius means for it."""
    features: dict[str, dict[str, Any]] = {}
    for row in reach:
        feature = features.get(row.place)
        if feature is None:
            feature = features[row.place] = _feature(
                _point(row.lon, row.lat),
                feature="place",
                title=row.name,
                id=row.place,
                country=row.country,
                population_persons=row.population_persons,
                reached=[],
                **{"marker-color": "#5b6470", "marker-size": "small"},
            )
        feature["properties"]["reached"].append(
            {
                "origin": row.origin,
                "radius_km": row.radius_km,
                "nearest_km": round(row.nearest_km, 3),
                "farthest_km": round(row.farthest_km, 3),
                "bearing_deg": round(row.bearing_deg, 1),
                "answer": row.answer,
            }
        )
    return list(features.values())
