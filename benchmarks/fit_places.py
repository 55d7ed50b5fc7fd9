"""Fits the log-odds of data/evidence.csv to development texts, and says how well they generalise.

    python benchmarks/fit_places.py CORPUS[=WEIGHT] ... [--scorer FILE] [--write]

A CORPUS is a .jsonl file or a folder of .json files with gold, as the scorer reads it. The figures
are cross-validated: every text is read with weights that were fitted without it. Three fits, one
upon the other: signs of a name alone (logistic regression), signs from the whole text (the same,
on top of the first), and which namesake is meant (conditional logit). Needs scipy; `--write`
replaces data/evidence.csv, then data/build_tables.py makes the table.
"""

import argparse
import csv
import hashlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from places import DEFAULT_SCORER, load_scorer
from withinreach.atlas.table import PlaceTable
from withinreach.reading import resolve, weighing
from withinreach.reading.toponyms import LEAST_CHANCE, Candidate, candidates, chance, document_signs

FOLDS = 5
# A sign that fewer names bear says nothing; a pair of signs that adds little is left out.
LEAST_NAMES = 10
LEAST_PAIR, LEAST_SINGLE = 0.45, 0.15
NEAR_KM = 161.0
ROUNDS = 4
EVIDENCE = Path(__file__).resolve().parent.parent / "data" / "evidence.csv"


class Doc(NamedTuple):
    """One text with its gold, the names found in it, its weight and the fold it is held out in."""

    corpus: str
    text: str
    gold: list[dict[str, Any]]
    found: list[Candidate]
    told: Counter[str]
    weight: float
    fold: int


def main() -> None:
    options = _options()
    scorer, table = load_scorer(options.scorer), PlaceTable.open()
    docs = []
    for corpus in options.corpora:
        path, _, weight = corpus.partition("=")
        for doc in scorer.load(path):
            told: Counter[str] = Counter()
            found = list(candidates(doc["text"], table, told))
            fold = int(hashlib.md5(str(len(docs)).encode()).hexdigest(), 16) % FOLDS
            args = (
                Path(path).stem,
                doc["text"],
                doc["gold"],
                found,
                told,
                float(weight or 1),
                fold,
            )
            docs.append(Doc(*args))
    rows = _first(docs) + _second(docs, table) + _third(docs, table, scorer)
    if options.write:
        with EVIDENCE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("sign", "log_odds"))
            writer.writerows((sign, f"{weight:.2f}") for sign, weight in rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--scorer", default=DEFAULT_SCORER)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _label(doc: Doc, name: Candidate) -> int:
    """Return 1 for a place of the gold, -1 for what is neither right nor wrong, else 0.

    A part of something without a point, such as a street, is no place.
    """
    neutral = 0
    for gold in doc.gold:
        if gold["start"] < name.end and name.start < gold["end"]:
            if gold["neutral"]:
                neutral = -1
            elif (
                gold.get("lat") is not None or name.end - name.start >= gold["end"] - gold["start"]
            ):
                return 1
    return neutral


class Names(NamedTuple):
    """All names of all texts as columns: label, weight, fold, corpus."""

    label: Any
    weight: Any
    fold: Any
    corpus: Any


def _names(docs: list[Doc]) -> Names:
    pairs = [(doc, name) for doc in docs for name in doc.found]
    label = np.array([_label(doc, name) for doc, name in pairs])
    weight = np.array([doc.weight for doc, _ in pairs]) * (label >= 0)
    fold = np.array([doc.fold for doc, _ in pairs])
    return Names(label, weight, fold, np.array([doc.corpus for doc, _ in pairs]))


def _first(docs: list[Doc]) -> list[tuple[str, float]]:
    """Fit the signs of a name alone, and leave on each name the odds that other folds give it."""
    names = _names(docs)
    signs = [["bias", *name.signs] for doc in docs for name in doc.found]
    kept = _frequent(signs)
    weights = _logistic(_matrix(signs, kept), names, _penalty(kept, 2.0))
    least = [LEAST_PAIR if "&" in sign else LEAST_SINGLE for sign in kept]
    strong = np.abs(weights) > least
    kept = [
        sign for sign, is_strong in zip(kept, strong, strict=True) if is_strong or sign == "bias"
    ]
    return _fitted("a name alone", docs, names, _matrix(signs, kept), kept, _penalty(kept, 1.0))


def _second(docs: list[Doc], table: PlaceTable) -> list[tuple[str, float]]:
    """Fit the signs from the whole text on top of the first odds."""
    names = _names(docs)
    signs, odds = [], []
    for doc in docs:
        seen = document_signs(doc.text, doc.found, table)
        for name, (told, mean) in zip(doc.found, seen, strict=True):
            signs.append(["d:bias", *told])
            odds.append((name.odds, mean))
    kept = _frequent(signs)
    matrix = hstack([_matrix(signs, kept), csr_matrix(np.array(odds))]).tocsr()
    penalty = np.append(_penalty(kept, 1.0), [0.01, 0.01])
    kept += ["d:odds", "d:mean of others"]
    return _fitted("in its text", docs, names, matrix, kept, penalty)


def _frequent(signs: list[list[str]]) -> list[str]:
    counts = Counter(sign for one in signs for sign in one)
    return sorted(sign for sign, count in counts.items() if count >= LEAST_NAMES)


def _penalty(kept: list[str], strength: float) -> Any:
    """Return the ridge penalty of each weight: twice for pairs, next to none for a bias."""
    return np.array(
        [0.01 if "bias" in sign else strength * (2 if "&" in sign else 1) for sign in kept]
    )


def _matrix(signs: list[list[str]], kept: list[str]) -> Any:
    column = {sign: i for i, sign in enumerate(kept)}
    hits = [[column[sign] for sign in one if sign in column] for one in signs]
    starts = np.cumsum([0, *map(len, hits)])
    flat = [i for one in hits for i in one]
    return csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(signs), len(kept)))


def _logistic(matrix: Any, names: Names, penalty: Any, rows: Any = None) -> Any:
    rows = names.label >= 0 if rows is None else rows & (names.label >= 0)
    x, y, w = matrix[rows], names.label[rows], names.weight[rows]

    def loss(weights: Any) -> tuple[float, Any]:
        odds = x @ weights
        p = 1 / (1 + np.exp(-odds))
        value = (w * (np.logaddexp(0, odds) - y * odds)).sum() + 0.5 * (penalty * weights**2).sum()
        return value, x.T @ (w * (p - y)) + penalty * weights

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x


def _fitted(
    what: str, docs: list[Doc], names: Names, matrix: Any, kept: list[str], penalty: Any
) -> list[tuple[str, float]]:
    held_out = np.zeros(len(names.label))
    for fold in range(FOLDS):
        weights = _logistic(matrix, names, penalty, names.fold != fold)
        held_out[names.fold == fold] = matrix[names.fold == fold] @ weights
    everything = [name for doc in docs for name in doc.found]
    for name, odds in zip(everything, held_out.tolist(), strict=True):
        name.odds, name.chance = odds, chance(odds)
    told = (1 / (1 + np.exp(-held_out)) >= LEAST_CHANCE) & (names.label >= 0)
    for corpus in dict.fromkeys(doc.corpus for doc in docs):
        here = names.corpus == corpus
        right = (told & here & (names.label == 1)).sum()
        gold = sum(not g["neutral"] for doc in docs if doc.corpus == corpus for g in doc.gold)
        f1 = 2 * right / ((told & here).sum() + gold)
        print(f"{what:14} {corpus:12} held-out F1 {f1:.3f}, {len(kept)} weights")
    weights = _logistic(matrix, names, penalty)
    return list(zip(kept, weights.tolist(), strict=True))


class Choice(NamedTuple):
    """A name with its namesakes' features, which of them are right, and its weight."""

    corpus: str
    fold: int
    weight: float
    found: Any
    right: Any


def _third(docs: list[Doc], table: PlaceTable, scorer: Any) -> list[tuple[str, float]]:
    """Fit which namesake is meant; the votes of a text depend on the weights, so in rounds."""
    weights = np.zeros(len(weighing.FEATURES))
    weights[0], weights[weighing.FEATURES.index("in container")] = 3, 8
    for _ in range(ROUNDS):
        weights = _conditional(_choices(docs, weights, table, scorer))
    choices = _choices(docs, weights, table, scorer)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for fold in range(FOLDS):
        held = _conditional([choice for choice in choices if choice.fold != fold])
        for choice in choices:
            if choice.fold == fold:
                total[choice.corpus] += choice.weight
                best = np.argmax(choice.found @ held)
                right[choice.corpus] += choice.weight * bool(choice.right[best])
    for corpus, count in total.items():
        print(f"which place    {corpus:12} held-out A161_rec {right[corpus] / count:.3f}")
    signs = [f"r:{feature}" for feature in weighing.FEATURES]
    return list(zip(signs, weights.tolist(), strict=True))


def _choices(docs: list[Doc], weights: Any, table: PlaceTable, scorer: Any) -> list[Choice]:
    found = []
    for doc in docs:
        names = [name for name in doc.found if name.chance >= LEAST_CHANCE]
        meant = list(resolve.senses(doc.text, names))
        chances = [name.chance for name in names]
        decided = resolve.weighed(meant, chances, doc.told, table, weights)
        golds: dict[Any, Counter[Any]] = defaultdict(Counter)
        for name, sense in zip(names, meant, strict=True):
            gold = _gold_of(doc, name)
            if gold is not None:
                golds[sense][gold["lat"], gold["lon"], gold.get("radius_km") or 0] += 1
        for sense, points in golds.items():
            one, features, _ = decided[sense]
            for (lat, lon, radius_km), count in points.items():
                places = zip(one.lat.tolist(), one.lon.tolist(), strict=True)
                near = [scorer.km(lat, lon, *p) <= max(NEAR_KM, radius_km) for p in places]
                weight = doc.weight * count
                found.append(Choice(doc.corpus, doc.fold, weight, features, np.array(near)))
    return found


def _gold_of(doc: Doc, name: Candidate) -> dict[str, Any] | None:
    """Return the place of the gold that a name overlaps most, if it has a point."""
    shared = [
        (min(g["end"], name.end) - max(g["start"], name.start), i)
        for i, g in enumerate(doc.gold)
        if not g["neutral"]
    ]
    most, i = max(shared, default=(0, 0))
    return doc.gold[i] if most > 0 and doc.gold[i].get("lat") is not None else None


def _conditional(choices: list[Choice]) -> Any:
    """Return the weights that make the right namesakes likeliest."""
    open_ones = [choice for choice in choices if choice.right.any() and not choice.right.all()]
    x = np.vstack([choice.found for choice in open_ones])
    right = np.concatenate([choice.right for choice in open_ones])
    sizes = np.array([len(choice.right) for choice in open_ones])
    starts = np.cumsum([0, *sizes[:-1]])
    # A name that a text repeats is not as much news each time.
    w = np.array([choice.weight**0.7 for choice in open_ones])

    def loss(weights: Any) -> tuple[float, Any]:
        odds = x @ weights
        odds = np.exp(odds - np.repeat(np.maximum.reduceat(odds, starts), sizes))
        every = np.add.reduceat(odds, starts)
        good = np.add.reduceat(odds * right, starts) + 1e-300
        p, q = odds / np.repeat(every, sizes), odds * right / np.repeat(good, sizes)
        value = (w * (np.log(every) - np.log(good))).sum() + 0.5 * (weights**2).sum()
        return value, x.T @ (np.repeat(w, sizes) * (p - q)) + weights

    # LGL was gathered for towns that share the name of a capital; elsewhere none is less likely.
    bounds = [(0 if name == "capital" else None, None) for name in weighing.FEATURES]
    start = np.zeros(x.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x


if __name__ == "__main__":
    main()
