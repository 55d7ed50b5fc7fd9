"""From what was read, or from options of the command line, to a scenario."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from withinreach.errors import ScenarioError, WithinreachWarning
from withinreach.geodesy import MAX_RADIUS_KM
from withinreach.scenario.check import ScenarioFault, check
from withinreach.scenario.model import Claim, Origin, Range, Scenario, Source, Target

if TYPE_CHECKING:
    from withinreach.article import Article
    from withinreach.atlas.place import Place
    from withinreach.reading.statements import (
        OriginStatement,
        PlaceMention,
        RangeStatement,
        Reading,
    )

__all__ = [
    "scenario_from_places",
    "scenario_from_reading",
    "with_places",
    "with_ranges",
]

# A country or a province whose outline the atlas lacks is a disc of this radius around its centre
# rather than a point: better too much doubt than a false precision.
_REGION_WITHOUT_OUTLINE_KM = 100.0
# A site "in" a town may stand anywhere in it or at its edge; the town is listed by its centre.
_SITE_IN_TOWN_KM = 5.0


def scenario_from_reading(article: Article, reading: Reading) -> Scenario:
    """Return the scenario that an article tells.

    A range that no missile can have (0, or beyond the other side of the Earth) is left out with a
    warning.
    """
    ids = _Ids()
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
    return _checked(
        Scenario(
            source=Source(
                title=article.title,
                publisher=article.publisher,
                published=article.published,
                url=article.url,
                file=article.file,
                text_sha256=article.text_sha256,
            ),
            origins=tuple(_with_own_ranges(o, claims, ranges) for o in origins.values()),
            ranges=tuple(ranges),
            targets=tuple(targets.values()),
            claims=tuple(claims),
        )
    )


def scenario_from_places(
    origins: Sequence[Place], ranges_km: Sequence[float], targets: Sequence[Place] = ()
) -> Scenario:
    """Return the scenario of places and ranges (km) given by hand."""
    title = f"Ranges from {', '.join(place.name for place in origins)}"
    ranges = ranges_from_figures(ranges_km) if ranges_km else []
    return with_places(Scenario(source=Source(title=title), ranges=tuple(ranges)), origins, targets)


def with_places(scenario: Scenario, origins: Sequence[Place], targets: Sequence[Place]) -> Scenario:
    """Return the scenario with origins and targets added by hand.

    An origin with an outline is meant as a whole; a town is one spot, known to its uncertainty.
    Each new origin is asked about every target, and each new target about every origin.
    """
    taken = [e.id for e in (*scenario.origins, *scenario.targets)]
    ids = _Ids([*taken, *(claim.id for claim in scenario.claims)])
    from_places = []
    for place in origins:
        location = _site(_location_of(place))
        whole = "outline" in location
        from_places.append(
            Origin(
                id=ids.new(place.name),
                label=place.name,
                site="assumed launch area" if whole else "named site",
                basis="extent" if whole else "doubt",
                **location,
            )
        )
    to_places = tuple(
        Target(id=ids.new(place.name), label=place.name, **_location_of(place)) for place in targets
    )
    every_target = (*scenario.targets, *to_places)
    asked = [(origin, every_target) for origin in from_places]
    asked += [(origin, to_places) for origin in scenario.origins]
    claims = tuple(
        Claim(id=ids.new(f"asked-{i}"), origin=origin.id, targets=tuple(t.id for t in wanted))
        for i, (origin, wanted) in enumerate(asked, start=1)
        if wanted
    )
    return _checked(
        msgspec.structs.replace(
            scenario,
            origins=(*scenario.origins, *from_places),
            targets=every_target,
            claims=(*scenario.claims, *claims),
        )
    )


def with_ranges(scenario: Scenario, ranges_km: Sequence[float]) -> Scenario:
    """Return the scenario with ranges (km) filled in; ranges that it states itself stay."""
    if not ranges_km:
        return scenario
    if scenario.ranges:
        warnings.warn(
            "the text states its own ranges; those given by hand are not used",
            WithinreachWarning,
            stacklevel=3,
        )
        return scenario
    return msgspec.structs.replace(scenario, ranges=tuple(ranges_from_figures(ranges_km)))


def ranges_from_figures(figures_km: Sequence[float]) -> list[Range]:
    """Return ranges for figures in km: the lowest and highest as one, each between as its own."""
    figures = sorted(set(figures_km))
    for figure in figures:
        if not 0 < figure <= MAX_RADIUS_KM:
            raise ScenarioError(
                f"a range of {figure:g} km: give more than 0 and at most {MAX_RADIUS_KM:,} km"
            )
    outer = Range(
        id="range",
        min_km=figures[0] if len(figures) > 1 else None,
        max_km=figures[-1],
        taken_from="hand",
    )
    between = [
        Range(id=f"range-{i}", max_km=figure, taken_from="hand")
        for i, figure in enumerate(figures[1:-1], start=2)
    ]
    return [outer, *between]


def _checked(scenario: Scenario) -> Scenario:
    try:
        check(scenario)
    except ScenarioFault as fault:
        path = ".".join(str(step) for step in fault.path)
        raise ScenarioError(f"the scenario does not hold together: {path}: {fault.said}") from None
    return scenario


def _ranges(
    statements: Iterable[RangeStatement], ids: _Ids
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


def _origin(statement: OriginStatement, text: str, ids: _Ids) -> Origin:
    mention = statement.mention
    return Origin(
        id=ids.new(mention.name),
        label=_label(mention),
        site=statement.site,
        basis=statement.basis,
        described=mention.described,
        quote=_squeeze(text[statement.start : statement.end]),
        **_site(_location(mention)),
    )


def _with_own_ranges(origin: Origin, claims: Sequence[Claim], ranges: Sequence[Range]) -> Origin:
    """Tie an origin to the ranges of the claims from it; without such claims all ranges apply."""
    own = {claim.range for claim in claims if claim.origin == origin.id}
    if not own or None in own or len(own) == len(ranges):
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
    if mention.place is None:
        return {"note": "; ".join(mention.reasons) or "not found in the atlas"}
    return _location_of(mention.place, mention.part)


def _location_of(place: Place, part: str | None = None) -> dict[str, Any]:
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
        uncertainty_km = max(uncertainty_km, _REGION_WITHOUT_OUTLINE_KM)
    return {
        "lon": round(place.lon, 5),
        "lat": round(place.lat, 5),
        "uncertainty_km": uncertainty_km,
        "country": place.country,
    }


def _site(location: dict[str, Any]) -> dict[str, Any]:
    """Widen a town's centre to the town: a site in it is not at its centre."""
    if "lon" not in location:
        return location
    return location | {"uncertainty_km": max(location["uncertainty_km"], _SITE_IN_TOWN_KM)}


def _squeeze(text: str) -> str:
    return " ".join(text.split())


class _Ids:
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
