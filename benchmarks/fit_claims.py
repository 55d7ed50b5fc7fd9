"""Fits the log-odds of data/claim_evidence.csv to articles with gold, and says how they generalise.

    python benchmarks/fit_claims.py FOLDER ... [--check] [--write]

A FOLDER holds articles with gold like tests/articles/development and excerpts; the marked
sentences of tests/reading are lessons, too. With `--check` each set of articles (those whose names
begin with the same letters) is read with weights that were fitted without it; the rules were
written with most of them, so these figures are still too high for unseen text.
Needs scipy; `--write` replaces data/claim_evidence.csv, then data/build_tables.py makes the table.
"""

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from claim_lessons import (
    Choice,
    Lesson,
    claim_choices,
    lesson_of,
    marked_lessons,
    name_choices,
    range_choices,
    site_choices,
    target_choices,
)
from claims import articles, score
from withinreach.atlas.table import PlaceTable
from withinreach.reading import claims, ranges, read, unknown_names
from withinreach.reading.evidence import Evidence
from withinreach.reading.spoken import SpokenText
from withinreach.reading.told import what_is_told
from withinreach.reading.weapons import weapon_names

PROJECT = Path(__file__).resolve().parent.parent
EVIDENCE = PROJECT / "data" / "claim_evidence.csv"
# A sign that fewer texts show is one of their authors', not of English.
LEAST_TEXTS = 3
# How strongly log-odds are held to zero, those of origins and ranges of claims more, as there are
# fewer claims than places; and which are too small to be kept.
HELD = 1.0
HELD_ROLES = 1.5
LEAST = 0.1


def main() -> None:
    options = _options()
    found = [a for folder in options.folders for a in articles(Path(folder))]
    marked = list(marked_lessons())
    table = PlaceTable.open()
    if options.check:
        for group in sorted({_group(a) for a in found}):
            others = [lesson_of(a) for a in found if _group(a) != group]
            _use(fit([*others, *marked], table))
            _print(group, [a for a in found if _group(a) == group])
    fitted = fit([*map(lesson_of, found), *marked], table)
    _use(fitted)
    _print("all", found)
    if options.write:
        _write(fitted)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _group(article: dict[str, Any]) -> str:
    found = re.match("[a-z]*", article["name"])
    return found[0] if found else ""


def _print(name: str, several: Sequence[dict[str, Any]]) -> None:
    told = score(several)
    print(
        f"{name or '-':4} {len(several):4} articles  ranges {told['ranges F1']:.3f}  "
        f"claims {told['claims F1']:.3f}",
        flush=True,
    )


def _use(fitted: Evidence) -> None:
    """Let the program read with some log-odds instead of those of its table."""
    ranges.evidence = unknown_names.evidence = claims.evidence = lambda: fitted


def _write(fitted: Evidence) -> None:
    with EVIDENCE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("reading", "sign", "log_odds"))
        for reading, log_odds in fitted._asdict().items():
            writer.writerows(
                (reading, sign, f"{weight:.2f}") for sign, weight in sorted(log_odds.items())
            )


def fit(lessons: Sequence[Lesson], table: PlaceTable) -> Evidence:
    """Return log-odds fitted to texts: of places and ranges first, as claims rest on them."""
    names = _names(lesson.text for lesson in lessons)

    def log_odds(choices: Iterable[Choice], held: float = HELD) -> dict[str, float]:
        counted = [c._replace(weight=c.weight * lessons[c.lesson].weight) for c in choices]
        return _log_odds(counted, names, held)

    numbered = list(enumerate(lessons))
    unknown_place = log_odds(c for n, lesson in numbered for c in name_choices(n, lesson, table))
    is_range = log_odds(c for n, lesson in numbered for c in range_choices(n, lesson))
    fitted = Evidence(unknown_place, is_range, {}, {}, {}, {}, {})
    _use(fitted)
    texts = [_spoken(lesson, table) for lesson in lessons]
    read_so = list(enumerate(zip(lessons, texts, strict=True)))
    site = log_odds(c for n, (lesson, t) in read_so for c in site_choices(n, lesson, t))
    fitted = fitted._replace(site=site)
    _use(fitted)
    asserted = log_odds(c for n, (lesson, t) in read_so for c in target_choices(n, lesson, t))
    fitted = fitted._replace(can_reach=_of(asserted, "can "), cannot_reach=_of(asserted, "cannot "))
    _use(fitted)
    roles = [c for n, (lesson, t) in read_so for c in claim_choices(n, lesson, t)]
    return fitted._replace(
        origin=log_odds((origin for origin, _ in roles), HELD_ROLES),
        claim_range=log_odds((stated for _, stated in roles), HELD_ROLES),
    )


def _names(texts: Iterable[str]) -> set[str]:
    """Return the words that are names, in lower case: weights are for words of English."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        capital.update(word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", text))
        small.update(re.findall(r"\b[a-z]+", text))
    return {word for word, times in capital.items() if times > small[word]}


def _spoken(lesson: Lesson, table: PlaceTable) -> SpokenText:
    places = lesson.places
    if places is None:
        places = read(lesson.text, table).places
    weapons = weapon_names(lesson.text, {m.name for m in places})
    found = ranges.find_ranges(lesson.text, weapons)
    return SpokenText(what_is_told(lesson.text, places, found, weapons))


def _of(log_odds: dict[str, float], prefix: str) -> dict[str, float]:
    return {s.removeprefix(prefix): w for s, w in log_odds.items() if s.startswith(prefix)}


def _log_odds(choices: Iterable[Choice], names: Set[str], held: float) -> dict[str, float]:
    """Return log-odds by which the right alternatives are likeliest: a conditional logit.

    It is fitted twice: signs that say little are left out of the second fit.
    """
    decided = [c for c in choices if any(right for _, right in c.alternatives)]
    shown: dict[str, set[int]] = {}
    for choice in decided:
        for signs, _ in choice.alternatives:
            for sign in signs:
                shown.setdefault(sign, set()).add(choice.lesson)
    # Sorted, and fitted to the end: the same texts give the same log-odds.
    known = sorted(
        sign
        for sign, where in shown.items()
        if len(where) >= LEAST_TEXTS and names.isdisjoint(sign.split())
    )
    first = _fit(decided, known, held)
    return _fit(decided, [sign for sign, weight in first.items() if abs(weight) >= LEAST], held)


def _fit(decided: Sequence[Choice], known: Sequence[str], strength: float) -> dict[str, float]:
    column = {sign: i for i, sign in enumerate(known)}
    rows: list[int] = []
    columns: list[int] = []
    group: list[int] = []
    right: list[bool] = []
    for number, choice in enumerate(decided):
        for signs, is_right in choice.alternatives:
            present = [column[sign] for sign in signs if sign in column]
            rows += [len(group)] * len(present)
            columns += present
            group.append(number)
            right.append(is_right)
    shape = (len(group), len(known))
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    of, is_right_ = np.array(group), np.array(right)
    times = np.array([choice.weight for choice in decided])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        most = np.full(len(decided), -np.inf)
        np.maximum.at(most, of, scores)
        raised = np.exp(scores - most[of])
        total = np.bincount(of, raised)
        likely = np.bincount(of, raised * is_right_)
        slope = matrix.T @ (times[of] * (raised / total[of] - raised * is_right_ / likely[of]))
        held = strength * weights
        return float(times @ np.log(total / likely) + weights @ held / 2), slope + held

    exact = {"ftol": 1e-12, "gtol": 1e-4, "maxiter": 5000, "maxfun": 10_000}
    best = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options=exact)
    return dict(zip(known, best.x.tolist(), strict=True))


if __name__ == "__main__":
    main()
