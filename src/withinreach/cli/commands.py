"""What each verb does: one library call, then one whole file or standard output."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from withinreach.cli.atlas_files import run_atlas
from withinreach.cli.named_places import (
    candidates,
    find,
    find_many,
    inside,
    online_geocoder,
    place_or_point,
)
from withinreach.errors import AtlasError, WithinreachError

if TYPE_CHECKING:
    from withinreach.chain import Study

__all__ = ["run"]

_ENDINGS = {
    ".csv": "csv",
    ".geojson": "geojson",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".markdown": "markdown",
    ".md": "markdown",
    ".toml": "toml",
    ".txt": "text",
}


def run(options: Namespace) -> int:
    """Run one command and return the exit code."""
    commands: dict[str, Callable[[Namespace], int]] = {
        "map": _map,
        "places": _places,
        "scenario": _scenario,
        "rings": _rings,
        "reach": _reach,
        "check": _check,
        "report": _report,
        "geocode": _geocode,
        "distance": _distance,
        "atlas": run_atlas,
    }
    return commands[options.command](options)


def _map(options: Namespace) -> int:
    from withinreach.outputs.verdicts import summary_text

    _check_output(options)
    study = _study(options)
    study.check_drawable()
    _write(options, study.page())
    sys.stderr.write(summary_text(study.scenario, study.reach, study.verdicts))
    if options.output != "-":
        sys.stderr.write(f"map       {options.output}\n")
    return 0


def _places(options: Namespace) -> int:
    if options.jsonl:
        from withinreach.cli.jsonl import run_jsonl

        # Made here once, so that a service that cannot be used is told before the first line.
        ask = (options.online, options.online_url) if online_geocoder(options) else None
        with _sink(options) as write:
            run_jsonl(options.source or "-", jobs=options.jobs, write=write, ask=ask)
        return 0
    _check_output(options)
    from withinreach.article import read_article
    from withinreach.atlas.table import PlaceTable
    from withinreach.reading import read

    if options.source is None or options.source.lower().endswith(".toml"):
        raise WithinreachError("give an article: a file, or - for standard input")
    source = sys.stdin.buffer if options.source == "-" else options.source
    online = online_geocoder(options)
    reading = read(read_article(source).text, PlaceTable.open(), online=online)
    form = _format(options, "table")
    if form in ("table", "csv"):
        from withinreach.outputs import table

        to_text = table.places_table if form == "table" else table.places_csv
        text = to_text(reading.places)
    elif form == "geojson":
        from withinreach.outputs.geojson import places_collection

        text = _json(places_collection(reading.places))
    else:
        from withinreach.outputs import records

        if form == "jsonl":
            record = records.reading_record(None, reading)
            text = json.dumps(record, ensure_ascii=False) + "\n"
        else:
            text = _json([records.place_details(mention) for mention in reading.places])
    _write(options, text)
    return 0


def _scenario(options: Namespace) -> int:
    _check_output(options)
    if options.schema:
        from withinreach.scenario.schema import scenario_schema

        _write(options, _json(scenario_schema()))
        return 0
    study = _study(options)
    if _format(options, "toml") == "toml":
        _write(options, study.scenario_toml())
    else:
        import msgspec

        _write(options, _json(msgspec.to_builtins(study.scenario)))
    return 0


def _rings(options: Namespace) -> int:
    from withinreach.outputs.geojson import feature_collection

    _check_output(options)
    study = _study(options)
    study.check_drawable()
    collection = feature_collection(study.scenario, rings=study.rings, verdicts=study.verdicts)
    _write(options, _json(collection))
    return 0


def _reach(options: Namespace) -> int:
    from withinreach.outputs import geojson, records, table

    _check_output(options)
    study = _study(options)
    study.check_drawable()
    form = _format(options, "table")
    if form == "table":
        text = table.reach_table(study.reach)
    elif form == "csv":
        text = table.reach_csv(study.reach)
    elif form == "geojson":
        text = _json(
            geojson.feature_collection(study.scenario, reach=study.reach, verdicts=study.verdicts)
        )
    else:
        text = _json(records.reach_records(study.reach))
    _write(options, text)
    return 0


def _check(options: Namespace) -> int:
    from withinreach.outputs import records, verdicts

    _check_output(options)
    study = _study(options)
    form = _format(options, "text")
    if form == "json":
        text = _json(records.verdict_records(study.scenario, study.verdicts))
    elif form == "markdown":
        text = verdicts.verdicts_markdown(study.scenario, study.verdicts)
    else:
        text = verdicts.verdicts_text(study.scenario, study.verdicts)
    _write(options, text)
    return 0


def _report(options: Namespace) -> int:
    study = _study(options)
    folder = study.report(options.output, force=options.force)
    from withinreach.outputs.verdicts import summary_text

    sys.stderr.write(summary_text(study.scenario, study.reach, study.verdicts))
    sys.stderr.write(f"report    {folder / 'index.html'}\n")
    return 0


def _geocode(options: Namespace) -> int:
    from withinreach.outputs.text_table import text_table

    _check_output(options)
    online = online_geocoder(options)
    rows = []
    missing = []
    for name in options.name:
        found = candidates(name, online, limit=options.limit)
        if not found:
            missing.append(name)
        rows += [(name, candidate) for candidate in found]
    form = _format(options, "table")
    if form == "table":
        body = [
            (
                name,
                c.place.name + (" (online)" if c.place.id.startswith("online:") else ""),
                c.place.kind,
                inside(c.place),
                f"{c.place.lat:.4f}, {c.place.lon:.4f}",
                f"{c.score:.2f}",
            )
            for name, c in rows
        ]
        headers = ("name", "place", "kind", "in", "lat, lon", "score")
        _write(options, text_table(headers, body, wide=1))
    elif form == "geojson":
        features = [c.place.__geo_interface__ for _, c in rows]
        _write(options, _json({"type": "FeatureCollection", "features": features}))
    else:
        import msgspec

        _write(
            options,
            _json([{"query": name, **msgspec.to_builtins(c)} for name, c in rows]),
        )
    if missing:
        raise AtlasError(
            f"not in the atlas: {', '.join(missing)}; try another spelling, or lon,lat figures"
        )
    return 0


def _distance(options: Namespace) -> int:
    from withinreach.geodesy import area_to_area_interval_km
    from withinreach.wording import interval_km

    _check_output(options)
    online = online_geocoder(options)
    (a, area_a), (b, area_b) = (place_or_point(text, online) for text in (options.a, options.b))
    nearest, farthest = area_to_area_interval_km(area_a, area_b)
    if _format(options, "text") == "json":
        figures = {"nearest_km": round(nearest, 3), "farthest_km": round(farthest, 3)}
        _write(options, _json({"a": a, "b": b, **figures}))
    else:
        _write(options, f"{a} to {b}: {interval_km(nearest, farthest)}\n")
    return 0


def _study(options: Namespace) -> Study:
    """Return the study that a command's source and options ask for."""
    from withinreach.chain import study

    origins = getattr(options, "origins", [])
    targets = getattr(options, "targets", [])
    online = online_geocoder(options)
    common: dict[str, Any] = {}
    if hasattr(options, "ranges_km"):
        common["ranges_km"] = options.ranges_km
    if hasattr(options, "min_population"):
        common["min_persons"] = options.min_population
    if options.source is None:
        from withinreach.chain import study_places

        if not origins:
            raise WithinreachError("give an article, a scenario or - , or name a place with --from")
        return study_places(
            [find(name, online) for name in origins],
            [place for text in targets for place in find_many(text, online)],
            **common,
        )
    source: Any = options.source
    name = None
    if source == "-":
        source = sys.stdin.buffer
        name = "standard input.toml" if getattr(options, "scenario", False) else "standard input"
    done = study(source, name=name, online=online, **common)
    if origins or targets:
        done = done.adding(
            [find(name, online) for name in origins],
            [place for text in targets for place in find_many(text, online)],
        )
    return done


def _format(options: Namespace, default: str) -> str:
    if options.format:
        return str(options.format)
    return _ENDINGS.get(Path(options.output).suffix.lower(), default)


def _check_output(options: Namespace) -> None:
    if options.output != "-":
        from withinreach.files import check_writable

        check_writable(options.output, force=options.force)


def _write(options: Namespace, text: str) -> None:
    with _sink(options) as write:
        write(text.encode("utf-8", "backslashreplace"))


@contextmanager
def _sink(options: Namespace) -> Iterator[Callable[[bytes], object]]:
    """Give a function that writes to standard output, or to a file that appears when done."""
    if options.output == "-":
        yield sys.stdout.buffer.write
        sys.stdout.buffer.flush()
        return
    from withinreach.files import whole_file

    with whole_file(options.output, force=options.force) as file:
        yield file.write


def _json(value: Any) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"
