"""What each verb does: one library call, then one whole file or standard output."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from withinreach.cli.atlas_files import run_atlas
from withinreach.cli.named_places import (
    candidates,
    find,
    find_many,
    inside,
    lon_lat,
    online_geocoder,
    place_or_point,
)
from withinreach.cli.output import check_output, sink, write_text
from withinreach.errors import AtlasError, WithinreachError

if TYPE_CHECKING:
    from withinreach.atlas.lookup import Found
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

    check_output(options)
    study = _study(options)
    study.check_drawable()
    write_text(options, study.page())
    sys.stderr.write(summary_text(study.scenario, study.reach, study.verdicts))
    if options.output != "-":
        sys.stderr.write(f"map       {options.output}\n")
    return 0


def _places(options: Namespace) -> int:
    if options.jsonl:
        from withinreach.cli.jsonl import run_jsonl

        # Made here once, so that a service that cannot be used is told before the first line.
        ask = (options.online, options.online_url) if online_geocoder(options) else None
        with sink(options) as write:
            source = "-" if options.source is None else options.source
            run_jsonl(source, jobs=options.jobs, write=write, ask=ask)
        return 0
    check_output(options)
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
    write_text(options, text)
    return 0


def _scenario(options: Namespace) -> int:
    check_output(options)
    if options.schema:
        from withinreach.scenario.schema import scenario_schema

        write_text(options, _json(scenario_schema()))
        return 0
    study = _study(options)
    if _format(options, "toml") == "toml":
        write_text(options, study.scenario_toml())
    else:
        import msgspec

        write_text(options, _json(msgspec.to_builtins(study.scenario)))
    return 0


def _rings(options: Namespace) -> int:
    from withinreach.outputs.geojson import feature_collection

    check_output(options)
    study = _study(options)
    study.check_drawable()
    collection = feature_collection(study.scenario, rings=study.rings, verdicts=study.verdicts)
    write_text(options, _json(collection))
    return 0


def _reach(options: Namespace) -> int:
    from withinreach.outputs import geojson, records, table

    check_output(options)
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
    write_text(options, text)
    return 0


def _check(options: Namespace) -> int:
    from withinreach.outputs import records, verdicts

    check_output(options)
    study = _study(options)
    form = _format(options, "text")
    if form == "json":
        text = _json(records.verdict_records(study.scenario, study.verdicts))
    elif form == "markdown":
        text = verdicts.verdicts_markdown(study.scenario, study.verdicts)
    else:
        text = verdicts.verdicts_text(study.scenario, study.verdicts)
    write_text(options, text)
    return 0


def _report(options: Namespace) -> int:
    study = _study(options)
    folder = study.report(options.output, force=options.force)
    from withinreach.outputs.verdicts import summary_text

    sys.stderr.write(summary_text(study.scenario, study.reach, study.verdicts))
    sys.stderr.write(f"report    {folder / 'index.html'}\n")
    return 0


def _geocode(options: Namespace) -> int:
    check_output(options)
    online = online_geocoder(options)
    rows = []
    missing = []
    for name in options.name:
        found = candidates(name, online, limit=options.limit)
        if not found:
            missing.append(name)
        rows += [(name, candidate) for candidate in found]
    if rows:
        write_text(options, _found_text(rows, _format(options, "table")))
    if missing:
        advice = "try another spelling"
        if any(lon_lat(name) for name in missing):
            advice = "give the name of a place, as figures cannot be looked up"
        raise AtlasError(f"not in the atlas: {', '.join(missing)}; {advice}")
    return 0


def _found_text(rows: Sequence[tuple[str, Found]], form: str) -> str:
    """Return what names may mean, in the form that is asked for."""
    if form == "table":
        from withinreach.outputs.text_table import text_table

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
        return text_table(("name", "place", "kind", "in", "lat, lon", "score"), body, wide=1)
    if form == "geojson":
        features = [c.place.__geo_interface__ for _, c in rows]
        return _json({"type": "FeatureCollection", "features": features})
    import msgspec

    return _json([{"query": name, **msgspec.to_builtins(c)} for name, c in rows])


def _distance(options: Namespace) -> int:
    from withinreach.geodesy import area_to_area_interval_km
    from withinreach.wording import interval_km

    check_output(options)
    online = online_geocoder(options)
    (a, area_a), (b, area_b) = (place_or_point(text, online) for text in (options.a, options.b))
    nearest, farthest = area_to_area_interval_km(area_a, area_b)
    if _format(options, "text") == "json":
        figures = {"nearest_km": round(nearest, 3), "farthest_km": round(farthest, 3)}
        write_text(options, _json({"a": a, "b": b, **figures}))
    else:
        write_text(options, f"{a} to {b}: {interval_km(nearest, farthest)}\n")
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


def _json(value: Any) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"
