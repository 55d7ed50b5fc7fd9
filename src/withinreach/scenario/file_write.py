"""The scenario file, written with comments for the person who corrects it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from withinreach.reading.statements import PlaceMention, Reading
    from withinreach.scenario.model import Scenario

__all__ = ["dump_scenario", "extend_scenario_text"]

_TABLES = ("origin", "range", "missile", "target", "claim")
_HEAD = """\
A scenario for withinreach: what is drawn and judged. Correct it and run it again, for example
withinreach map THIS_FILE -o map.html
Distances are km, points are degrees (lon = east, lat = north). Delete what is wrong.
Fill in reviewed_by when a person has checked all of it: until then every output says that none has.
A JSON Schema for editors: withinreach scenario --schema
"""
_COMMENTS = {
    "source": "Where the text comes from. A changed article no longer fits text_sha256.",
    "origin": """\
An origin is always an area: lon, lat and uncertainty_km of a town's centre; or an outline of the
atlas, with part = "western" if only that part is meant; or polygon = [[lon, lat], ...].
basis = "extent": the whole area is meant. basis = "doubt": one spot in it that cannot be fixed.
ranges = ["..."] names the ranges that apply to it; without it all of them do.""",
    "range": """\
A stated range: min_km and max_km are the lowest and the highest figure; a single figure is max_km
alone, "more than 300 km" is min_km alone. hole_km is a dead zone, only when someone says so.""",
    "missile": """\
A missile that the text names, with the ids of the ranges that the text states for it, and what is
published. A range with taken_from = "published figures" stands in where the text gives none.""",
    "target": "A place that is said to be in or out of reach.",
    "claim": """\
What the article says can (or cannot) be reached. Without origin every origin is tried.
reviewed_by on a claim says who checked that one.""",
}


def dump_scenario(scenario: Scenario, reading: Reading | None = None) -> str:
    """Return the scenario as TOML with comments that explain it.

    With the reading it was built from, doubtful places carry their other candidates as comments, so
    that the right one can be chosen by hand. Reading the text again gives the same scenario.
    """
    import tomlkit

    mentions = {} if reading is None else {m.name: m for m in reversed(reading.places)}
    document = tomlkit.document()
    for line in _HEAD.splitlines():
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    document.add("schema_version", tomlkit.item(scenario.schema_version))
    document.add("reviewed_by", tomlkit.item(scenario.reviewed_by or ""))
    document.add(tomlkit.nl())
    plain = msgspec.to_builtins(scenario)
    if plain.get("source"):
        document.add(tomlkit.comment(_COMMENTS["source"]))
        table = tomlkit.table()
        table.update(plain["source"])
        document.add("source", table)
    for name in _TABLES:
        entries = plain.get(name, ())
        if not entries:
            continue
        tables = tomlkit.aot()
        for i, entry in enumerate(entries):
            table = tomlkit.table()
            if i == 0:
                for line in _COMMENTS[name].splitlines():
                    table.add(tomlkit.comment(line))
            for line in _doubts(mentions.get(entry.get("label", ""))):
                table.add(tomlkit.comment(line))
            tables.append(_filled(table, entry))
        document.add(name, tables)
    return tomlkit.dumps(document)


def extend_scenario_text(text: str, scenario: Scenario) -> str:
    """Return a scenario file with what was added to its scenario; the person's comments stay.

    `scenario` is the one of the file with further ranges, origins, targets or claims at the end.
    """
    import tomlkit

    document = tomlkit.parse(text)
    plain = msgspec.to_builtins(scenario)
    for name in _TABLES:
        entries = plain.get(name, ())
        known = len(document.get(name, ()))
        if len(entries) > known:
            tables = document.setdefault(name, tomlkit.aot())
            for entry in entries[known:]:
                tables.append(_filled(tomlkit.table(), entry))
    return tomlkit.dumps(document)


def _filled(table: Any, entry: dict[str, Any]) -> Any:
    for key, value in entry.items():
        table.add(key, _item(value))
    return table


def _item(value: Any) -> Any:
    import tomlkit

    if isinstance(value, tuple | list):
        return tomlkit.item([_item(one) for one in value])
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e9:
        return tomlkit.item(int(value))
    return tomlkit.item(value)


def _doubts(mention: PlaceMention | None) -> list[str]:
    """Return comment lines with the other candidates of a place that is in doubt."""
    if mention is None:
        return []
    lines = []
    if mention.place is None and mention.relation is not None:
        lines.append("not found in the atlas: the area is what the text tells of it")
    elif mention.place is None:
        lines.append("not found in the atlas: give lon, lat and uncertainty_km")
    others = [c for c in mention.candidates if c.place != mention.place][:4]
    if others and (mention.place is None or mention.score < 0.9):
        lines.append("could also be:")
        for candidate in others:
            place = candidate.place
            inside = ", ".join(part for part in (place.admin1, place.country) if part)
            lines.append(
                f"  lon = {place.lon:.4f}, lat = {place.lat:.4f}  # {place.name}, {inside}"
            )
    return [re.sub(r"[\x00-\x1f\x7f]", " ", line) for line in lines]
