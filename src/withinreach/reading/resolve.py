"""From a name to a place: candidates weighed by container, country and people, with reasons."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from withinreach.reading.statements import Candidate, PlaceMention
from withinreach.reading.toponyms import _DIRECTION, _TYPE_AFTER, Span, _longest

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable

__all__ = ["resolve"]

_CANDIDATES = 6


def resolve(text: str, spans: Sequence[Span], table: PlaceTable) -> tuple[PlaceMention, ...]:
    """Return a mention with a place for every span; countries first, as they vote for towns."""
    votes = _votes(spans, table)
    decided: dict[str, tuple[Candidate, ...]] = {}
    mentions = []
    for span in spans:
        container = _container_of(text, span, table)
        if container is not None or span.key not in decided:
            candidates = _weighed(span, container, votes, table)
            decided.setdefault(span.key, candidates)
        else:
            candidates = decided[span.key]
        mentions.append(_mention(text, span, candidates))
    return tuple(mentions)


def _votes(spans: Sequence[Span], table: PlaceTable) -> Counter[int]:
    """Return how often each country (its index) is named, itself or by a place surely in it."""
    votes: Counter[int] = Counter()
    for span in spans:
        rows = table.rows_of_key(span.key)
        if not len(rows):
            continue
        kind = int(table.kind[rows[0]])
        if kind == 3:
            votes[int(table.country[rows[0]])] += 2
        elif len(rows) == 1 or kind == 2:
            votes[int(table.country[rows[0]])] += 1
    return votes


def _container_of(text: str, span: Span, table: PlaceTable) -> set[tuple[int, int]] | None:
    """Return the (country, admin1) pairs that "X, Y" names as Y; admin1 -1 for a whole country."""
    comma = re.match(r"\s*,\s*", text[span.end : span.end + 4])
    outer = _longest(text, span.end + comma.end(), table) if comma else None
    if outer is None:
        return None
    found = set()
    for row in table.rows_of_key(outer.key)[:6]:
        kind = int(table.kind[row])
        if kind == 3:
            found.add((int(table.country[row]), -1))
        elif kind == 2:
            found.add((int(table.country[row]), int(table.admin1[row])))
    return found or None


def _weighed(
    span: Span,
    container: set[tuple[int, int]] | None,
    votes: Counter[int],
    table: PlaceTable,
) -> tuple[Candidate, ...]:
    rows = [int(r) for r in table.rows_of_key(span.key)]
    total = sum(votes.values()) or 1
    towns = {int(table.country[r]) for r in rows[:40] if int(table.kind[r]) == 0}
    weighed: list[tuple[float, int, tuple[str, ...]]] = []
    for position, row in enumerate(rows[:40]):
        weight = float(table.weight[row]) - 0.3 * min(position, 6)
        reasons = [span.evidence]
        country = int(table.country[row])
        if int(table.kind[row]) == 2 and country in towns and "followed" not in span.evidence:
            weight -= 4  # a bare name means the town that the province is named after
        inside = container and any(
            c == country and (a in (-1, int(table.admin1[row]))) for c, a in container
        )
        if inside and int(table.kind[row]) != 3:
            weight += 20
            reasons.append("named with its country or province")
        if votes[country]:
            weight += 6 * votes[country] / total + 2
            reasons.append("in a country that the text names")
        weighed.append((weight, row, tuple(reasons)))
    weighed.sort(key=lambda one: (-one[0], one[1]))
    best = weighed[0][0]
    odds = sum(math.exp2(max(w - best, -30)) for w, _, _ in weighed)
    return tuple(
        Candidate(table.place(row), round(0.97 * math.exp2(max(w - best, -30)) / odds, 3), reasons)
        for w, row, reasons in weighed[:_CANDIDATES]
    )


def _mention(text: str, span: Span, candidates: tuple[Candidate, ...]) -> PlaceMention:
    best = candidates[0]
    start, end = span.start, span.end
    extra: dict[str, Any] = {}
    kind_word = _TYPE_AFTER.match(text, end)
    if kind_word and best.place.kind in ("region", "town"):
        end = kind_word.end()
    direction = _DIRECTION.search(text[max(start - 20, 0) : start])
    if direction and best.place.kind in ("region", "country"):
        start = max(start - 20, 0) + direction.start(1)
        word = _part(direction[1])
        if best.place.outline is not None:
            extra = {"described" if _describes(best, word) else "part": word}
    return PlaceMention(
        start=start,
        end=end,
        text=text[start:end],
        name=text[span.start : span.end],
        place=best.place,
        candidates=candidates,
        score=best.score,
        reasons=best.reasons,
        **extra,
    )


def _part(word: str) -> str:
    plain = re.sub(r"[\s-]+", "", word.lower())
    plain = re.sub(r"(north|south)(east|west)", r"\1-\2", plain)
    return plain if plain.endswith("ern") or plain == "central" else plain + "ern"


def _describes(candidate: Candidate, part: str) -> bool:
    """Return whether a province lies in that part of its country, so that the word describes it."""
    place = candidate.place
    if place.kind != "region" or place.country is None or place.outline is None:
        return False
    from withinreach.atlas.regions import lies_in_part, outline

    country = outline(f"country:{place.country}").geometry
    return lies_in_part(outline(place.outline).geometry, country, part)
