"""From a name to a place: namesakes weighed by the whole text, with a score and reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from withinreach.atlas.directions import direction
from withinreach.reading.part_points import part_point
from withinreach.reading.phrases import pattern
from withinreach.reading.seats import town_first
from withinreach.reading.statements import Candidate, PlaceMention
from withinreach.reading.weighing import (
    FEATURES,
    Anchors,
    Namesakes,
    anchors_of,
    features,
    namesakes,
    share_there,
    shares,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from withinreach.atlas.place import Place
    from withinreach.atlas.table import PlaceTable
    from withinreach.reading.toponyms import Candidate as Name

__all__ = ["Sense", "resolve", "senses", "weighed"]

_CANDIDATES = 6
# A namesake that has less of the probability is a guess, and no place is better than a wrong one.
_LEAST_SHARE = 0.25
_ROUNDS = 2
# What a word such as "Iraqi" says of where a text plays, against a place's one vote.
_DEMONYM_VOTE = 0.5
_DIRECTION = pattern(
    r"\b((?:far\s+)?(?:north|south)(?:[- ]?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|central)"
    r"\s+(?:part\s+of\s+)?$",
    re.I,
)
_TYPE_AFTER = pattern(
    r"\s+(province|governorate|oblast|state|region|county|district|prefecture|parish|republic"
    r"|islands?|peninsula|archipelago|valley)\b",
    re.I,
)
_BETWEEN = pattern(r"\s*,\s*(?:in\s+)?(?:the\s+)?|\s+in\s+(?:the\s+)?|\s*\(")
_LONGEST_BETWEEN = 10
_LONGEST_DIRECTION = 20
_NEAR_SHARE = 0.3
_LOCATIVE = frozenset("in at near into from to of between".split())
_SURE = np.ones(1)


class Sense(NamedTuple):
    """What decides which place a mention means, beside the rest of the text."""

    key: str
    abbreviated: bool
    inside: frozenset[tuple[int, int]]
    held: frozenset[tuple[int, int]]
    typed: str
    directed: bool


def senses(text: str, names: Sequence[Name]) -> Iterator[Sense]:
    """Yield the sense of each name of a text, in order."""
    last = None
    for name in names:
        held: frozenset[tuple[int, int]] = frozenset()
        if (
            last is not None
            and last.inside
            and name.start - last.end <= _LONGEST_BETWEEN
            and (_BETWEEN.fullmatch(text, last.end, name.start))
        ):
            held = frozenset(last.about.pairs)
        directed = _before(text, name.start) is not None
        yield Sense(name.key, name.abbreviated, name.inside, held, name.typed, directed)
        last = name


def _before(text: str, start: int) -> re.Match[str] | None:
    """Return the word for a direction right before a name: "western"."""
    return _DIRECTION.search(text, max(start - _LONGEST_DIRECTION, 0), start)


def weighed(
    found: Sequence[Sense],
    chances: Sequence[float],
    told: Counter[str],
    table: PlaceTable,
    weights: NDArray[np.float64] | None = None,
) -> dict[Sense, tuple[Namesakes, NDArray[np.float64], NDArray[np.float64]]]:
    """Return, for each sense, its namesakes, their features and their probabilities.

    `chances` are those of being a place at all; `told` counts the countries that words such as
    "Iraqi" speak of; `weights` are those of the features, the table's if None.
    """
    weights = _weights(table) if weights is None else weights
    numbers = _country_numbers(table)
    votes_told = {numbers[code]: n * _DEMONYM_VOTE for code, n in told.items() if code in numbers}
    # "Tripoli, Lebanon": so introduced, it holds for the bare name in the rest of the text.
    introduced: dict[str, frozenset[tuple[int, int]]] = {}
    best: dict[Sense, float] = {}
    for sense, chance in zip(found, chances, strict=True):
        introduced.setdefault(sense.key, sense.inside)
        best[sense] = max(best.get(sense, 0.0), chance)
    result = {}
    votes: dict[str, tuple[Namesakes, int, float]] = {}
    for _ in range(_ROUNDS):
        anchors = anchors_of(list(votes.values()), votes_told, table)
        result = {
            sense: _one(sense, votes.get(sense.key), introduced[sense.key], anchors, weights, table)
            for sense in best
        }
        votes = {}
        for sense, (one, _, share) in result.items():
            i = int(share.argmax())
            weight = best[sense] * float(share[i])
            if sense.key not in votes or weight > votes[sense.key][2]:
                votes[sense.key] = one, i, weight
    return result


def _one(
    sense: Sense,
    vote: tuple[Namesakes, int, float] | None,
    introduced: frozenset[tuple[int, int]],
    anchors: Anchors,
    weights: NDArray[np.float64],
    table: PlaceTable,
) -> tuple[Namesakes, NDArray[np.float64], NDArray[np.float64]]:
    one = namesakes(sense.key, sense.abbreviated, table)
    if len(one.rows) == 1:
        return one, one.fixed, _SURE
    own = None if vote is None else vote[1:]
    inside = sense.inside or introduced
    found = features(one, anchors, own, inside, sense.typed, sense.held)
    return one, found, shares(found, weights)


@lru_cache(maxsize=4)
def _weights(table: PlaceTable) -> NDArray[np.float64]:
    return np.array([table.evidence.get(f"r:{name}", 0.0) for name in FEATURES])


@lru_cache(maxsize=4)
def _country_numbers(table: PlaceTable) -> dict[str, int]:
    return {code: i for i, code in enumerate(table.countries) if code}


def resolve(
    text: str, names: Sequence[Name], told: Counter[str], table: PlaceTable
) -> tuple[PlaceMention, ...]:
    """Return a mention with a place for every name."""
    found = list(senses(text, names))
    decided = weighed(found, [name.chance for name in names], told, table)
    for sense, (one, seen, share) in decided.items():
        if not sense.directed and sense.typed != "region":
            decided[sense] = one, seen, town_first(one, share, table)
    listed = {sense: _candidates(*decided[sense], table) for sense in decided}
    rows = {sense: int(one.rows[share.argmax()]) for sense, (one, _, share) in decided.items()}
    sure = {sense: share_there(one, share) for sense, (one, _, share) in decided.items()}
    return tuple(
        _mention(text, name, sense, listed[sense], sure[sense], rows[sense], table)
        for name, sense in zip(names, found, strict=True)
    )


def _candidates(
    one: Namesakes,
    found: NDArray[np.float64],
    share: NDArray[np.float64],
    table: PlaceTable,
) -> tuple[Candidate, ...]:
    order = np.argsort(-share, kind="stable")[:_CANDIDATES].tolist()
    return tuple(
        Candidate(_place(int(one.rows[i]), table), round(float(share[i]), 3), _reasons(found[i]))
        for i in order
        if i == order[0] or share[i] > 0.005
    )


@lru_cache(maxsize=20_000)
def _place(row: int, table: PlaceTable) -> Place:
    return table.place(row)


def _evidence(name: Name) -> Iterator[str]:
    """Yield what speaks for a name being a place, in words."""
    if name.about.size == "country":
        yield "a country"
    elif name.left in _LOCATIVE:
        yield f"after “{name.left}”"
    elif name.left == "kind of" or name.right == "type":
        yield "beside a word for a kind of place"
    elif name.about.size in ("region", "county", "town"):
        yield "well known" if name.about.size == "town" else "a region"


def _reasons(found: NDArray[np.float64]) -> tuple[str, ...]:
    value = dict(zip(FEATURES, found.tolist(), strict=True))
    told = {
        "the largest of its name": value["first"] > 0,
        "named with its country or province": value["in container"] > 0,
        "named as what holds another place": value["holds"] > 0,
        "in a country that the text names": value["country named"] > 0 and not value["country"],
        "in a province that the text names": value["state named"] > 0,
        "near other places of the text": value["near share"] > _NEAR_SHARE,
    }
    return tuple(reason for reason, is_so in told.items() if is_so)


def _mention(
    text: str,
    name: Name,
    sense: Sense,
    candidates: tuple[Candidate, ...],
    share: float,
    row: int,
    table: PlaceTable,
) -> PlaceMention:
    best = candidates[0]
    start, end = name.start, name.end
    if share < _LEAST_SHARE:
        return PlaceMention(
            start=start,
            end=end,
            text=text[start:end],
            name=text[start:end],
            place=None,
            candidates=candidates,
            reasons=("one of many places of this name",),
        )
    extra: dict[str, Any] = {}
    kind_word = _TYPE_AFTER.match(text, end)
    if kind_word and best.place.kind not in ("country", "water"):
        end = kind_word.end()
    direction = _before(text, start) if sense.directed else None
    if direction and best.place.kind in ("region", "country"):
        start = direction.start(1)
        word = _part(direction[1])
        described = best.place.outline is not None and _describes(best, word, table)
        if best.place.outline is not None:
            extra = {"described" if described else "part": word}
        if not described:
            extra["point"] = part_point(table, row, word)
    return PlaceMention(
        start=start,
        end=end,
        text=text[start:end],
        name=text[name.start : name.end],
        place=best.place,
        candidates=candidates,
        score=round(share * name.chance, 3),
        reasons=(*_evidence(name), *best.reasons),
        **extra,
    )


def _part(word: str) -> str:
    plain = re.sub(r"[\s-]+", "", word.lower())
    plain = re.sub(r"(north|south)(east|west)", r"\1-\2", plain)
    return plain if plain.endswith("ern") or plain == "central" else plain + "ern"


def _describes(candidate: Candidate, part: str, table: PlaceTable) -> bool:
    """Return whether a province lies in that part of its country, so that the word describes it."""
    place = candidate.place
    if place.kind != "region" or place.outline is None:
        return False
    return direction(part).bearing_deg in table.described.get(place.outline, ())
