"""What the weights of claims are fitted to: the choices that articles with gold leave a reader."""

import dataclasses
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path += [str(TESTS / "articles"), str(TESTS / "reading")]

from gold import near, plain, same_words  # noqa: E402
from marks import mark  # noqa: E402

from withinreach.atlas.table import PlaceTable  # noqa: E402
from withinreach.reading import ranges  # noqa: E402
from withinreach.reading.claim_range_signs import (  # noqa: E402
    Bounds,
    RangeChoice,
    bounds,
)
from withinreach.reading.claims import ClaimReader  # noqa: E402
from withinreach.reading.origin_signs import OriginChoice, site_signs  # noqa: E402
from withinreach.reading.range_sites import stated_ranges  # noqa: E402
from withinreach.reading.sentences import lowered  # noqa: E402
from withinreach.reading.spoken import Spoken, SpokenText  # noqa: E402
from withinreach.reading.statements import PlaceMention  # noqa: E402
from withinreach.reading.target_signs import target_signs  # noqa: E402
from withinreach.reading.toponyms import find_places  # noqa: E402
from withinreach.reading.unknown_names import find_unknown  # noqa: E402
from withinreach.reading.weapons import outside, weapon_names  # noqa: E402

# The grammar misses this share of the ranges of unseen text that it finds in text that it was
# written with, and so many of the places where weapons stand.
MISSED = 0.15
MISSED_SITE = 0.3
# So often the claim before was read wrongly, on which the next one leans; and one place in so many.
WRONG_BEFORE = 0.25
MISREAD_EVERY = 8
# Excerpts are short and dense with claims, which articles are not: they count for less.
EXCERPT = 0.5

Signs = Sequence[str]


class Lesson(NamedTuple):
    """A text with the spans of its ranges (None: not told) and its claims as the gold has them.

    `places` are None where they are still to be found; `named` are the spans of all places that the
    gold has, None where only the claims tell of places. All that is said of a text counts `weight`
    times.
    """

    text: str
    ranges: Sequence[tuple[int, int]] | None
    claims: Sequence[dict[str, Any]]
    places: tuple[PlaceMention, ...] | None = None
    named: Sequence[tuple[int, int]] | None = None
    weight: float = 1.0


class Choice(NamedTuple):
    """One decision of a text: the signs of each alternative, and which are right."""

    lesson: int
    alternatives: Sequence[tuple[Signs, bool]]
    weight: float = 1.0


def lesson_of(article: dict[str, Any]) -> Lesson:
    """Return an article with gold as tests/articles has them."""
    spans = [(r["start"], r["end"]) for r in article["ranges"]]
    named = [(p["start"], p["end"]) for p in article["places"] if not p["neutral"]]
    weight = EXCERPT if article.get("excerpt") else 1.0
    return Lesson(article["text"], spans, article["claims"], named=named or None, weight=weight)


def marked_lessons() -> Iterator[Lesson]:
    """Yield the sentences and short articles of tests/reading."""
    for path in sorted((TESTS / "reading").glob("*.toml")):
        found = tomllib.loads(path.read_text("utf-8"))
        for case in found.get("case", found.get("article", ())):
            text, places = mark(case["text"].strip())
            claims = [
                {
                    "origin": origin or None,
                    "targets": targets,
                    "min_km": None if low == -1 else low,
                    "max_km": None if high == -1 else high,
                    "asserted": "can_reach" if can else "cannot_reach",
                    "start": 0,
                    "end": len(text),
                }
                for origin, targets, low, high, can in case.get("claims", ())
            ]
            told = case.get("ranges")
            yield Lesson(text, None if told is None else _spans(text, told), claims, places)


def _spans(text: str, told: Iterable[tuple[float, float]]) -> list[tuple[int, int]]:
    figures = [max(row) for row in told]
    lengths = [f.length for f in ranges.find_figures(text, lowered(text), weapon_names(text))]
    return [(n.start, n.end) for n in lengths if any(near(n.high_km, f) for f in figures)]


def name_choices(number: int, lesson: Lesson, table: PlaceTable) -> Iterator[Choice]:
    """Yield for each name that the atlas lacks whether it is a place."""
    places = find_places(lesson.text, table)
    weapons = weapon_names(lesson.text, {mention.name for mention in places})
    told = [c["origin"] or "" for c in lesson.claims]
    told += [target for c in lesson.claims for target in c["targets"]]
    for one in find_unknown(lesson.text, tuple(outside(weapons, places)), table):
        right = any(one.name in name or (name and name in one.name) for name in told)
        right |= any(one.start < end and start < one.end for start, end in lesson.named or ())
        # Where the gold has claims only, another name may well be a place.
        if right or lesson.named is not None:
            yield Choice(number, (((), not right), (one.signs, right)))


def range_choices(number: int, lesson: Lesson) -> Iterator[Choice]:
    if lesson.ranges is None:
        return
    text = lesson.text
    for figure in ranges.find_figures(text, lowered(text), weapon_names(text)):
        if figure.signs is not None:
            length = figure.length
            right = any(length.start < end and start < length.end for start, end in lesson.ranges)
            yield from _also_missed(Choice(number, (((), not right), (figure.signs, right))))


def _also_missed(choice: Choice) -> Iterator[Choice]:
    """Yield a choice as it is and as it would be had the grammar not known the words.

    The grammar was written with these articles in sight: it would be trusted too much.
    """
    unknown = [
        (tuple(sorted({_without_grammar(sign) for sign in signs})), right)
        for signs, right in choice.alternatives
    ]
    if [signs for signs, _ in unknown] == [tuple(sorted(set(s))) for s, _ in choice.alternatives]:
        yield choice
    else:
        yield choice._replace(weight=1 - MISSED)
        yield Choice(choice.lesson, unknown, MISSED)


def _without_grammar(sign: str) -> str:
    return "grammar unknown" if sign == "grammar range" else sign


def _gold_at(lesson: Lesson, text: SpokenText) -> dict[Spoken, list[dict[str, Any]]]:
    """Return the claims of the gold on each place, found in the sentence that makes them."""
    claims: dict[Spoken, list[dict[str, Any]]] = {}
    for claim in lesson.claims:
        for target in map(plain, claim["targets"]):
            named = [
                spoken
                for spoken in text.places
                if claim["start"] <= spoken.mention.start < claim["end"] and spoken.name == target
            ]
            if not named and claim["end"] - claim["start"] == len(target):
                # "The approaches to Beihai": the place that the words name.
                named = [s for s in text.places if _overlaps(s, claim)]
            if named:
                claims.setdefault(named[0], []).append(claim)
    return claims


def _overlaps(spoken: Spoken, claim: dict[str, Any]) -> bool:
    mention = spoken.mention
    return bool(mention.start < claim["end"] and claim["start"] < mention.end)


def target_choices(number: int, lesson: Lesson, text: SpokenText) -> Iterator[Choice]:
    ClaimReader(text)
    gold = _gold_at(lesson, text)
    told = {spoken.name for spoken in gold}
    for turn, spoken in enumerate(text.places):
        here = sorted({claim["asserted"] for claim in gold.get(spoken, ())})
        spoken.said = here[0] if here else None
        if turn % MISREAD_EVERY == MISREAD_EVERY - 1:
            spoken.said = _other(("can_reach", "cannot_reach"), spoken.said, turn)
    for spoken in text.places:
        if not spoken.may_be_target:
            continue
        signs = tuple(target_signs(spoken))
        said = {claim["asserted"] for claim in gold.get(spoken, ())}
        # A claim made again is not marked again.
        if not said and spoken.name in told:
            continue
        yield Choice(
            number,
            (
                ((), not said),
                (tuple(f"can {sign}" for sign in signs), "can_reach" in said),
                (tuple(f"cannot {sign}" for sign in signs), "cannot_reach" in said),
            ),
        )


def site_choices(number: int, lesson: Lesson, text: SpokenText) -> Iterator[Choice]:
    """Yield for each place whether weapons stand there: whether a claim starts from it."""
    origins = [plain(c["origin"]) for c in lesson.claims if c["origin"]]
    for spoken in text.places:
        if spoken.is_frame:
            continue
        right = any(same_words(origin, spoken.name) for origin in origins)
        signs = tuple(site_signs(spoken))
        bare = tuple(site_signs(_unread(spoken)))
        yield Choice(number, (((), not right), (signs, right)), 1 - MISSED_SITE)
        yield Choice(number, (((), not right), (bare, right)), MISSED_SITE)


class _Before(NamedTuple):
    """What a claim leans on: origin and range of the one before, its own origin, and that one's."""

    origin: str | None
    bounds: Bounds | None
    chosen: str | None
    of_chosen: Bounds | None


def claim_choices(number: int, lesson: Lesson, text: SpokenText) -> Iterator[tuple[Choice, Choice]]:
    """Yield the choices of origin and of range for each claim of the gold, in text order."""
    stated = list(stated_ranges(text.sentences))
    last_origin: str | None = None
    last_bounds: Bounds | None = None
    of_origin: dict[str | None, Bounds | None] = {}
    reader = ClaimReader(text)
    by_place = _gold_at(lesson, text)
    told = [plain(c["origin"]) for c in lesson.claims]
    known = sorted({p.name for p in text.places if any(same_words(n, p.name) for n in told)})
    of_text = list(dict.fromkeys(bounds(r.stated) for r in stated))
    for turn, spoken in enumerate(sorted(by_place, key=lambda s: (s.number, s.at))):
        gold = by_place[spoken]
        names = [None if c["origin"] is None else plain(c["origin"]) for c in gold]
        right = [p.name for p in text.places if p.name in names or same_words(names[0], p.name)]
        before, last_origin = last_origin, right[-1] if right else None
        figures = [(c["min_km"], c["max_km"]) for c in gold]
        used = [bounds(r.stated) for r in stated if _fits(bounds(r.stated), figures)]
        unread = [_unread(p) if p.sentence is spoken.sentence else p for p in text.places]
        right_before = _Before(before, last_bounds, last_origin, of_origin.get(last_origin))
        wrong_before = _Before(
            _other(known, before, turn),
            _other(of_text, last_bounds, turn),
            _other(known, last_origin, turn) if turn % 2 else last_origin,
            _other(of_text, of_origin.get(last_origin), turn + 1),
        )
        for (target, places, share), (told_before, likely) in product(
            (
                (spoken, text.places, 1 - MISSED_SITE),
                (_unread(spoken), unread, MISSED_SITE),
            ),
            ((right_before, 1 - WRONG_BEFORE), (wrong_before, WRONG_BEFORE)),
        ):
            weight = share * likely
            choice = OriginChoice(places, target, told_before.origin, reader.weapons)
            origins = [
                (
                    (*site_signs(p), *choice.signs(p)),
                    any(same_words(n, p.name) for n in names),
                )
                for p in choice.places
            ]
            origins.append((tuple(choice.open_signs()), None in names))
            ranged = RangeChoice(
                stated,
                target,
                told_before.bounds,
                told_before.chosen,
                told_before.of_chosen,
                sites=reader.range_sites,
                weapons=reader.weapons,
                stays=told_before.chosen == told_before.origin,
            )
            rested_on = [
                (tuple(ranged.signs(r)), _fits(bounds(r.stated), figures)) for r in ranged.ranges
            ]
            rested_on.append((tuple(ranged.open_signs()), (None, None) in figures))
            yield Choice(number, origins, weight), Choice(number, rested_on, weight)
        last_bounds = of_origin[last_origin] = used[-1] if used else None


def _other(known: Sequence[Any], right: Any, turn: int) -> Any:
    """Return another one of what is known, or None, in turn; the right one where it is alone."""
    others = [one for one in (*known, None) if one != right]
    return others[turn % len(others)] if others else right


def _unread(spoken: Spoken) -> Spoken:
    """Return a place as it would be had the grammar not seen that weapons stand there."""
    return dataclasses.replace(spoken, site=None)


def _fits(stated: Bounds, gold: Sequence[Bounds]) -> bool:
    return any(
        near(one[1], stated[1]) and (one[0] is None or stated[0] is None or near(one[0], stated[0]))
        for one in gold
    )
