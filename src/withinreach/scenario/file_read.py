"""The scenario file, read with care: every fault is told by file, line and key."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from withinreach.errors import ScenarioError
from withinreach.scenario.check import ScenarioFault, check
from withinreach.scenario.model import (
    Claim,
    NamedMissile,
    Origin,
    Range,
    Scenario,
    Source,
    Target,
)
from withinreach.scenario.shown import in_brackets, said_shortly, shortened, shown_value

__all__ = ["load_scenario", "read_scenario", "scenario_text"]

MAX_SCENARIO_BYTES = 5_000_000

_ENTRIES: dict[str, type[msgspec.Struct]] = {
    "origin": Origin,
    "range": Range,
    "missile": NamedMissile,
    "target": Target,
    "claim": Claim,
    "source": Source,
}
_AT = re.compile(r"^(.*?)(?: - at `\$\.?(.*?)`)?$", re.S)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.S)
_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z_]+)\s*\]\]?")
_LONG_NUMBER = re.compile(r"\d[\d_]{4299,}")
_KEY = re.compile(r"""^\s*["']?([A-Za-z_]+)["']?\s*=""")


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario file; raise `ScenarioError` naming file, line and key."""
    return load_scenario(scenario_text(path), name=str(path))


def scenario_text(source: str | Path | BinaryIO, *, name: str | None = None) -> str:
    """Return the text of a scenario file; raise `ScenarioError` for one that cannot be read."""
    name = name or str(source)
    try:
        if isinstance(source, str | Path):
            with Path(source).open("rb") as file:
                data = file.read(MAX_SCENARIO_BYTES + 1)
        else:
            data = source.read(MAX_SCENARIO_BYTES + 1)
    except FileNotFoundError:
        raise ScenarioError(f"{name}: no such file; check the path") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ScenarioError(f"{name}: cannot be read ({reason})") from None
    if len(data) > MAX_SCENARIO_BYTES:
        raise ScenarioError(f"{name}: larger than {MAX_SCENARIO_BYTES // 1_000_000} MB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{name}: not UTF-8 (byte {error.start}); save it as UTF-8") from None


def load_scenario(text: str, *, name: str = "scenario") -> Scenario:
    """Return the scenario that a TOML text tells, checked.

    Unknown keys, wrong types, coordinates out of range, double ids and references to nothing raise
    `ScenarioError` with the line, the key and what is allowed.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{name}: not valid TOML: {shortened(str(error), 120)}") from None
    except ValueError:
        raise ScenarioError(f"{name}{_at_long_number(text)} has too many digits") from None
    except RecursionError:
        raise ScenarioError(f"{name}: lists or tables are nested too deeply") from None
    try:
        scenario = msgspec.convert(raw, Scenario)
        check(scenario)
    except msgspec.ValidationError as error:
        raise _located(_fault_of(error, raw), text, raw, name) from None
    except ScenarioFault as fault:
        raise _located(fault, text, raw, name) from None
    if scenario.reviewed_by == "":
        scenario = msgspec.structs.replace(scenario, reviewed_by=None)
    return scenario


def _at_long_number(text: str) -> str:
    """Return where the number stands that is longer than Python reads (4,300 digits)."""
    tables: list[str] = []
    for i, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            tables.append(header[1])
        elif _LONG_NUMBER.search(line):
            entry = f"{tables[-1]} {tables.count(tables[-1])}, " if tables else ""
            key = _KEY.match(line)
            return f", line {i}: {entry}" + (f'key "{key[1]}": the number' if key else "a number")
    return ": a number"


def _fault_of(error: msgspec.ValidationError, raw: dict[str, Any]) -> ScenarioFault:
    found = _AT.match(str(error))
    said, where = (found[1], found[2] or "") if found else (str(error), "")
    path = tuple(
        int(step) if step.isdigit() else step for step in re.findall(r"[A-Za-z_]+|\d+", where)
    )
    unknown = _UNKNOWN.match(said)
    if unknown:
        entry: type[msgspec.Struct] = _ENTRIES.get(str(path[0]), Scenario) if path else Scenario
        known = [field.encode_name for field in msgspec.structs.fields(entry)]
        near = difflib.get_close_matches(unknown[1], known, n=1, cutoff=0.5)
        hint = f'did you mean "{near[0]}"?' if near else f"known keys: {', '.join(known)}"
        return ScenarioFault((*path, unknown[1]), f"unknown key; {hint}")
    value: Any = raw
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return ScenarioFault(path, _plain(said))
    shown = "" if isinstance(value, dict | list) else f"{shown_value(value)} will not do: "
    return ScenarioFault(path, shown + _plain(said))


def _plain(said: str) -> str:
    """Turn a validator's sentence into words for the person at the file."""
    said = said.replace("Object missing required field", "missing key")
    said = said.replace(" | null`", "`")
    words = {
        "`float`": "a number",
        "`str`": "a text in quotes",
        "`int`": "a whole number",
        "`bool`": "true or false",
        "`array`": "a list",
        "`object`": "a table",
    }
    for word, plain in words.items():
        said = said.replace(word, plain)
    return said[0].lower() + said[1:].replace(" got ", " not ").replace("`", '"')


def _located(fault: ScenarioFault, text: str, raw: dict[str, Any], name: str) -> ScenarioError:
    where = []
    line = _line_of(fault.path, text)
    if fault.path and isinstance(fault.path[0], str) and len(fault.path) > 1:
        table, number = fault.path[0], fault.path[1]
        if isinstance(number, int):
            entry = raw[table][number]
            entry_id = entry.get("id") if isinstance(entry, dict) else None
            where.append(f"{table} {number + 1}" + in_brackets(entry_id))
        else:
            where.append(table)
    key = next((step for step in reversed(fault.path) if isinstance(step, str)), None)
    if key and not (len(fault.path) == 2 and isinstance(fault.path[1], int)):
        where.append(f'key "{shortened(key)}"')
    place = f"{name}, line {line}" if line else name
    return ScenarioError(f"{place}: {', '.join(where)}: {said_shortly(fault.said)}")


def _line_of(path: tuple[str | int, ...], text: str) -> int | None:
    """Return the line of a key, else of the table that it belongs to, counted from 1."""
    keys = [step for step in path if isinstance(step, str)]
    table = keys[0] if len(path) > 1 else None
    number = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
    key = keys[-1] if keys and (table is None or len(keys) > 1) else None
    current: str | None = None
    seen = -1
    table_line = None
    for i, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            current = header[1]
            seen += current == table
            if current == table and seen == number:
                table_line = i
            continue
        here = current is None if table is None else current == table and seen == number
        found = _KEY.match(line)
        if here and found and found[1] == key:
            return i
    return table_line
