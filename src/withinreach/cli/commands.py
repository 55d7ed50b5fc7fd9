"""What each verb does: one library call, then one whole file or standard output."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from withinreach.errors import AtlasError, WithinreachError

if TYPE_CHECKING:
    from withinreach.atlas.place import Place
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
        "geocode": _geocode,
        "distance": _distance,
        "atlas": _atlas,
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

        with _sink(options) as write:
            run_jsonl(options.source or "-", jobs=options.jobs, write=write)
        return 0
    _check_output(options)
    from withinreach.article import read_article
    from withinreach.atlas.table import PlaceTable
    from withinreach.reading import read

    if options.source is None or options.source.lower().endswith(".toml"):
        raise WithinreachError("give an article: a file, or - for standard input")
    source = sys.stdin.buffer if options.source == "-" else options.source
    reading = read(read_article(source).text, PlaceTable.open())
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
        text = _json({"claims": [records.verdict_record(v) for v in study.verdicts]})
    elif form == "markdown":
        text = verdicts.verdicts_markdown(study.scenario, study.verdicts)
    else:
        text = verdicts.verdicts_text(study.scenario, study.verdicts)
    _write(options, text)
    return 0


def _geocode(options: Namespace) -> int:
    from withinreach.atlas.table import PlaceTable
    from withinreach.outputs.text_table import text_table

    _check_output(options)
    found = PlaceTable.open()
    rows = []
    missing = []
    for name in options.name:
        candidates = found.find(name, limit=options.limit)
        if not candidates:
            missing.append(name)
        rows += [(name, candidate) for candidate in candidates]
    form = _format(options, "table")
    if form == "table":
        body = [
            (
                name,
                c.place.name,
                c.place.kind,
                _inside(c.place),
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
    (a, area_a), (b, area_b) = (_place_or_point(text) for text in (options.a, options.b))
    nearest, farthest = area_to_area_interval_km(area_a, area_b)
    if _format(options, "text") == "json":
        figures = {"nearest_km": round(nearest, 3), "farthest_km": round(farthest, 3)}
        _write(options, _json({"a": a, "b": b, **figures}))
    else:
        _write(options, f"{a} to {b}: {interval_km(nearest, farthest)}\n")
    return 0


def _atlas(options: Namespace) -> int:
    if options.action == "add":
        from withinreach.atlas.user_outlines import add_outlines

        added = add_outlines(
            options.file, name_column=options.name_column, code_column=options.code_column
        )
    else:
        from withinreach.atlas.download import NATURAL_EARTH_URL, fetch_natural_earth

        added = fetch_natural_earth(
            url=options.url or NATURAL_EARTH_URL, sha256=options.sha256, progress=_progress
        )
        sys.stderr.write("\n")
    notes = [f"{added.with_code:,} with an ISO 3166-2 code", f"names from {added.name_column}"]
    if added.reprojected_from:
        notes.append(f"reprojected from {added.reprojected_from}")
    if added.mended:
        notes.append(f"{added.mended:,} broken outlines mended")
    if added.without_polygon:
        notes.append(f"{added.without_polygon:,} rows without a polygon passed over")
    sys.stderr.write(f"{added.count:,} outlines added ({'; '.join(notes)})\n")
    return 0


def _progress(done: int, total: int | None) -> None:
    whole = f" of {total / 1e6:.1f}" if total else ""
    sys.stderr.write(f"\r{done / 1e6:.1f}{whole} MB")


def _place_or_point(text: str) -> tuple[str, Any]:
    """Return a label and an area for a place name, or for "lon,lat" in degrees."""
    from withinreach.geodesy import disc

    parts = text.split(",")
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        pass
    else:
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise AtlasError(f"{text}: give lon,lat with lon in -180..180 and lat in -90..90")
        return text, disc(lon, lat, 0)
    place = _find(text)
    inside = _inside(place)
    label = f"{place.name} ({inside})" if inside else place.name
    from withinreach.atlas.place_outlines import outline_id_of

    outline_id = outline_id_of(place)
    if outline_id is not None:
        from withinreach.atlas.regions import outline

        return label, outline(outline_id).geometry
    return label, disc(place.lon, place.lat, place.uncertainty_km)


def _find(name: str) -> Place:
    from withinreach.atlas.table import PlaceTable

    candidates = PlaceTable.open().find(name, limit=1)
    if not candidates:
        raise AtlasError(
            f'"{name}" is not in the atlas; try another spelling, add its country ("Tripoli, '
            'Lebanon"), or look for it with `withinreach geocode`'
        )
    return candidates[0].place


def _find_many(text: str) -> list[Place]:
    """Return the places of "Riyadh,Amman" or of "Paris, Texas": one name if it is one."""
    from withinreach.atlas.table import PlaceTable

    if ";" in text:
        return [_find(part.strip()) for part in text.split(";") if part.strip()]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1 and PlaceTable.open().find(text, limit=1):
        return [_find(text)]
    return [_find(part) for part in parts]


def _inside(place: Place) -> str:
    return ", ".join(part for part in (place.admin1, place.country) if part)


def _study(options: Namespace) -> Study:
    """Return the study that a command's source and options ask for."""
    from withinreach.chain import study

    origins = getattr(options, "origins", [])
    targets = getattr(options, "targets", [])
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
            [_find(name) for name in origins],
            [place for text in targets for place in _find_many(text)],
            **common,
        )
    source: Any = options.source
    name = None
    if source == "-":
        source = sys.stdin.buffer
        name = "standard input.toml" if getattr(options, "scenario", False) else "standard input"
    done = study(source, name=name, **common)
    if origins or targets:
        done = done.adding(
            [_find(name) for name in origins],
            [place for text in targets for place in _find_many(text)],
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
