"""Articles with gold, and how a reading of them is scored.

A claim counts as read right when origin, one target, range and can-or-cannot all are. Origins are
compared as words, either inside the other ("Anbar" in "western Anbar"); figures to 2 km or 2 %.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from excerpts import read_excerpts
from pyproj import Geod

import withinreach as wr

GEOD = Geod(ellps="WGS84")
# Towns are some km across, and their coordinates rounded.
CLOSE_KM = 10.0


class Pair(NamedTuple):
    """One claim on one target."""

    origin: str | None
    target: str
    min_km: float | None
    max_km: float | None
    asserted: str
    verdict: str | None


def articles(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles of a folder, and its marked excerpts, each with its name and gold."""
    for path in sorted(folder.glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8")) | {"name": path.stem}
    for path in sorted(folder.glob("*.txt")):
        where = folder / "coordinates" / f"{path.stem}.json"
        places = json.loads(where.read_text(encoding="utf-8")) if where.is_file() else {}
        for article in read_excerpts(path):
            slug = article["name"].split("-", 2)[2]
            told = [c | {"verdict": _verdict(c, places.get(slug, {}))} for c in article["claims"]]
            yield article | {"claims": told, "excerpt": folder.name == "excerpts"}


def _verdict(claim: dict[str, Any], places: dict[str, Any]) -> list[str | None]:
    """Return the verdict on a claim between two towns, None where a few km decide it or no gold."""
    here, there = places.get(claim["origin"]), places.get(claim["targets"][0])
    if here is None or there is None or claim["max_km"] is None:
        return [None]
    apart_km = GEOD.inv(here["lon"], here["lat"], there["lon"], there["lat"])[2] / 1000
    if {here["kind"], there["kind"]} != {"town"} or abs(apart_km - claim["max_km"]) < CLOSE_KM:
        return [None]
    return [
        "holds" if (apart_km < claim["max_km"]) == (claim["asserted"] == "can_reach") else "fails"
    ]


def gold_pairs(article: dict[str, Any]) -> list[Pair]:
    return [
        Pair(plain(c["origin"]), plain(target), c["min_km"], c["max_km"], c["asserted"], verdict)
        for c in article["claims"]
        for target, verdict in zip(
            c["targets"], c.get("verdict") or [None] * len(c["targets"]), strict=True
        )
    ]


def read_pairs(study: wr.Study) -> list[Pair]:
    verdicts = {(v.claim, v.target_id): v.verdict for v in study.verdicts}
    pairs = []
    for said, claim in zip(study.reading.claims, study.scenario.claims, strict=True):
        ids = dict(zip((m.start for m in said.targets), claim.targets, strict=False))
        stated = said.range
        pairs += [
            Pair(
                None if said.origin is None else plain(said.origin.text),
                plain(mention.text),
                None if stated is None else stated.min_km,
                None if stated is None else stated.max_km,
                said.asserted,
                verdicts.get((claim.id, ids.get(mention.start))),
            )
            for mention in said.targets
        ]
    return pairs


def matched(gold: list[Pair], read: list[Pair]) -> list[tuple[Pair, Pair]]:
    """Return the pairs of gold and reading that agree; each counts once."""
    left, found = list(read), []
    for one in gold:
        other = next((r for r in left if _agree(one, r)), None)
        if other is not None:
            left.remove(other)
            found.append((one, other))
    return found


def score(several: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Return F1 of ranges and claims, and how verdicts compare where claims were read right."""
    count: Counter[str] = Counter()
    for article in several:
        study = wr.study_text(article["text"])
        ranges = [(r.start, r.end, r.min_km, r.max_km) for r in study.reading.ranges]
        gold_ranges = [(r["start"], r["end"], r["min_km"], r["max_km"]) for r in article["ranges"]]
        count["ranges read"] += len(ranges)
        count["ranges gold"] += len(gold_ranges)
        count["ranges right"] += sum(any(_same_range(g, r) for r in ranges) for g in gold_ranges)
        gold, read = gold_pairs(article), read_pairs(study)
        right = matched(gold, read)
        count["claims read"] += len(read)
        count["claims gold"] += len(gold)
        count["claims right"] += len(right)
        told = [(g.verdict, r.verdict) for g, r in right if g.verdict is not None]
        count["verdicts"] += len(told)
        count["verdicts right"] += sum(g == r for g, r in told)
        count["verdicts contradicted"] += sum(
            {g, r} == {"holds", "fails"} or (g == "holds_in_part" and r in ("holds", "fails"))
            for g, r in told
        )
    return {
        "ranges F1": _f1(count, "ranges"),
        "claims F1": _f1(count, "claims"),
        "verdicts right": count["verdicts right"] / max(count["verdicts"], 1),
        **{name: float(count[name]) for name in ("verdicts", "verdicts contradicted")},
    }


def _f1(count: Counter[str], what: str) -> float:
    total = count[f"{what} read"] + count[f"{what} gold"]
    return 2 * count[f"{what} right"] / total if total else 0.0


def _agree(gold: Pair, read: Pair) -> bool:
    return (
        gold.target == read.target
        and gold.asserted == read.asserted
        and near(gold.max_km, read.max_km)
        and (gold.min_km is None or read.min_km is None or near(gold.min_km, read.min_km))
        and same_words(gold.origin, read.origin)
    )


def same_words(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one == other
    return one in other or other in one


def _same_range(gold: tuple[Any, ...], read: tuple[Any, ...]) -> bool:
    overlap = gold[0] < read[1] and read[0] < gold[1]
    return overlap and near(gold[2], read[2]) and near(gold[3], read[3])


def near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one == other
    return abs(one - other) <= max(2.0, 0.02 * max(one, other))


def plain(words: str | None) -> str | None:
    return None if words is None else " ".join(words.lower().split()).removeprefix("the ")
