"""From what was read, or from options of the command line, to a scenario."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from withinreach.errors import ScenarioError, WithinreachWarning
from withinreach.geodesy import MAX_RADIUS_KM
from withinreach.scenario.check import ScenarioFault, check
from withinreach.scenario.model import Claim, Origin, Range, Scenario, Source, Target
from withinreach.scenario.published import named_missiles, with_stand_ins
from withinreach.scenario.told import location_told

if TYPE_CHECKING:
    from withinreach.article import Article
    from withinreach.atlas.place import Place
    from withinreach.reading.statements import (
        Candidate,
        OriginStatement,
        PlaceMention,
        RangeStatement,
        Reading,
    )

__all__ = ["Ids", "checked", "location_of", "scenario_from_reading", "widened"]

# A country or a province of which the atlas knows neither outline nor size is a disc of this radius
# around its centre rather than a point: better too much doubt than a false precision.
_REGION_WITHOUT_OUTLINE_KM = 100.0
# Of places whose namesakes have the greater part of the probability, four in ten are the wrong one;
# of all others, three in a hundred. Of names less likely to mean the place than not, one in four.
_LEAST_SHARE = _LEAST_SCORE = 0.5
_BESIDE_KM = 100.0
# A site "in" a town may stand anywhere in it or at its edge; the town is listed by its centre.
_SITE_IN_TOWN_KM = 5.0


def scenario_from_reading(article: Article, reading: Reading) -> Scenario:
    """Return the scenario that an article tells.

    A range that no missile can have (0, or beyond the other side of the Earth) is left out with a
    warning.
    """
    ids = Ids()
    ranges, range_ids = _ranges(reading.ranges, ids)
    origins: dict[tuple[Any, ...], Origin] = {}
    for statement in reading.origins:
        key = _key(statement.mention)
        if key not in origins:
            origins[key] = _origin(statement, reading.text, ids)
    targets: dict[tuple[Any, ...], Target] = {}
    claimed = [mention for claim in reading.claims for mention in claim.targets]
    mentioned = [mention for mention in reading.places if mention.role == "target"]
    for mention in sorted([*claimed, *mentioned], key=lambda m: m.start):
        key = _key(mention)
        if key not in targets:
            targets[key] = Target(
                id=ids.new(mention.name), label=_label(mention), **_location(mention)
            )
    claims: list[Claim] = []
    for said in reading.claims:
        origin = None if said.origin is None else origins.get(_key(said.origin))
        claims.append(
            Claim(
                id=ids.new(f"claim-{len(claims) + 1}"),
                origin=None if origin is None else origin.id,
                targets=tuple(dict.fromkeys(targets[_key(m)].id for m in said.targets)),
                range=None if said.range is None else range_ids.get(_range_key(said.range)),
                asserted=said.asserted,
                condition=said.condition,
                said_by=said.said_by,
                quote=_squeeze(said.text),
                start=said.start,
                end=said.end,
            )
        )
    missiles = named_missiles(reading, lambda said: range_ids.get(_range_key(said)))
    stated = tuple(r.id for r in ranges)
    claims, ranges = with_stand_ins(claims, ranges, missiles, ids.new)
    return checked(
        Scenario(
            source=Source(
                title=article.title,
                publisher=article.publisher,
                published=article.published,
                url=article.url,
                file=article.file,
                text_sha256=article.text_sha256,
            ),
            origins=tuple(_with_own_ranges(o, claims, ranges, stated) for o in origins.values()),
            ranges=tuple(ranges),
            missiles=missiles,
            targets=tuple(targets.values()),
            claims=tuple(claims),
        )
    )


def checked(scenario: Scenario) -> Scenario:
    """Return a scenario that holds together; raise `ScenarioError` for one that does not."""
    try:
        check(scenario)
    except ScenarioFault as fault:
        path = ".".join(str(step) for step in fault.path)
        raise ScenarioError(f"the scenario does not hold together: {path}: {fault.said}") from None
    return scenario


def _ranges(
    statements: Iterable[RangeStatement], ids: Ids
) -> tuple[list[Range], dict[tuple[Any, ...], str]]:
    ranges: list[Range] = []
    range_ids: dict[tuple[Any, ...], str] = {}
    for said in statements:
        key = _range_key(said)
        figures = [km for km in (said.min_km, said.max_km) if km is not None]
        if key in range_ids or not figures:
            continue
        if not all(0 < km <= MAX_RADIUS_KM for km in figures):
            warnings.warn(
                f'the range "{_squeeze(said.text)}" is left out: a range is more than 0 and at '
                f"most {MAX_RADIUS_KM:,} km",
                WithinreachWarning,
                stacklevel=3,
            )
            continue
        range_id = ids.new("range-" + "-".join(f"{km:.0f}" for km in figures))
        range_ids[key] = range_id
        ranges.append(
            Range(
                id=range_id,
                min_km=said.min_km,
                max_km=said.max_km,
                hole_km=said.hole_km,
                missile=said.missile,
                said_by=said.said_by,
                quote=_squeeze(said.text),
            )
        )
    return ranges, range_ids


def _range_key(said: RangeStatement) -> tuple[Any, ...]:
    return said.min_km, said.max_km, said.hole_km, said.missile


def _origin(statement: OriginStatement, text: str, ids: Ids) -> Origin:
    mention = statement.mention
    location = widened(_location(mention))
    return Origin(
        id=ids.new(mention.name),
        label=_label(mention),
        site=statement.site,
        # A spot with an uncertainty is never meant as an area, whatever the text says of it.
        basis=statement.basis if "outline" in location else "doubt",
        described=mention.described,
        quote=_squeeze(text[statement.start : statement.end]),
        **location,
    )


def _with_own_ranges(
    origin: Origin, claims: Sequence[Claim], ranges: Sequence[Range], stated: Collection[str]
) -> Origin:
    """Tie an origin to the ranges of the claims from it; without such claims all stated ones apply.

    Where the text states no range, the published ones apply.
    """
    own = {claim.range for claim in claims if claim.origin == origin.id}
    if not own or None in own:
        own = set(stated) or {r.id for r in ranges}
    if len(own) == len(ranges):
        return origin
    return msgspec.structs.replace(origin, ranges=tuple(r.id for r in ranges if r.id in own))


def _key(mention: PlaceMention) -> tuple[Any, ...]:
    """Two mentions of one key are one entry: the same place, or the same unknown words."""
    place = mention.name.casefold() if mention.place is None else mention.place.id
    return place, mention.part, mention.relation is not None and mention.relation.text


def _label(mention: PlaceMention) -> str:
    name = _squeeze(mention.name)
    return f"{mention.part} {name}" if mention.part else name


def _location(mention: PlaceMention) -> dict[str, Any]:
    if mention.place is None and mention.relation is not None:
        return location_told(mention.relation)
    if mention.place is None:
        return {"note": "; ".join(mention.reasons) or "not found in the atlas"}
    if mention.candidates and _share(mention.candidates) < _LEAST_SHARE:
        return {"note": "one of several places of this name; the text does not tell which"}
    if mention.score < _LEAST_SCORE:
        return {"note": "perhaps another place than the atlas has by this name"}
    return location_of(mention.place, mention.part)


def _share(candidates: Sequence[Candidate]) -> float:
    """Return the probability that the first candidate is meant, or one that lies beside it."""
    from withinreach.geodesy import distance_km

    best = candidates[0].place
    return sum(
        one.score
        for one in candidates
        if distance_km(best.lon, best.lat, one.place.lon, one.place.lat) <= _BESIDE_KM
    )


def location_of(place: Place, part: str | None = None) -> dict[str, Any]:
    """Return the fields that tell where an entry is: an outline, else a point and its doubt."""
    outline_id = place.outline
    if outline_id is None and place.kind == "region":
        from withinreach.atlas.place_outlines import outline_id_of

        outline_id = outline_id_of(place)
    if outline_id is not None:
        from withinreach.atlas.regions import outline

        return {
            "outline": outline_id,
            "part": part,
            "uncertainty_km": outline(outline_id).uncertainty_km,
            "country": place.country,
        }
    uncertainty_km = place.uncertainty_km
    if place.kind in ("region", "country"):
        uncertainty_km = uncertainty_km or _REGION_WITHOUT_OUTLINE_KM
    return {
        "lon": round(place.lon, 5),
        "lat": round(place.lat, 5),
        "uncertainty_km": uncertainty_km,
        "country": place.country,
        "note": place.source if place.id.startswith("online:") else None,
    }


def widened(location: dict[str, Any]) -> dict[str, Any]:
    """Widen a town's centre to the town: a site in it is not at its centre."""
    if "lon" not in location:
        return location
    return location | {"uncertainty_km": max(location["uncertainty_km"], _SITE_IN_TOWN_KM)}


def _squeeze(text: str) -> str:
    return " ".join(text.split())


class Ids:
    """Ids made of words, each given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def new(self, words: str) -> str:
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "place"
        number, candidate = 1, stem
        while candidate in self._taken:
            number += 1
            candidate = f"{stem}-{number}"
        self._taken.add(candidate)
        return candidate
