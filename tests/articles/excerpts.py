"""News excerpts whose gold is written into the text, so that a person can read and correct both.

    === slug
    Rockets at Izmir fly [560 km|560]. {Athens+a} is inside, {Rome-a} is not.
    ---
    a = Izmir | 560

`[560 km|560]` is a range in km ("110-300" a span, "500-" at least so much), `{Athens+a}` a place
that the claim of line a has in reach, `{Rome-a}` one out of reach. A line gives the origin in words
of the text ("?": left open) and the range that the claim rests on ("-": none).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

_MARK = re.compile(
    r"\[(?P<length>[^\[\]|]+)\|(?P<km>[^\[\]|]+)\]|\{(?P<place>[^{}]+?)(?P<claims>(?:[+-][a-z])+)\}"
)
_LINE = re.compile(r"(?P<letter>[a-z])\s*=\s*(?P<origin>.+?)\s*\|\s*(?P<km>\S+)")
_KM = re.compile(r"(?P<low>[\d.]+)?(?P<span>-)?(?P<high>[\d.]+)?")


class _Line(NamedTuple):
    """An origin, and the bounds in km of the range that claims from there rest on."""

    origin: str | None
    min_km: float | None
    max_km: float | None


def read_excerpts(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the excerpts of a file as articles with gold. Raises `ValueError` for a wrong mark."""
    parts = re.split(r"^===[ \t]*", path.read_text(encoding="utf-8"), flags=re.M)[1:]
    for number, part in enumerate(parts):
        slug, _, body = part.partition("\n")
        name = f"{path.stem}-{number:03}-{slug.strip()}"
        try:
            yield {"id": name, "name": name, **_gold(*_cut(body))}
        except ValueError as fault:
            raise ValueError(f"{path.name}, {slug.strip()}: {fault}") from None


def _cut(body: str) -> tuple[str, dict[str, _Line]]:
    text, _, below = body.partition("\n---")
    lines = {}
    for written in filter(None, map(str.strip, below.splitlines())):
        found = _LINE.fullmatch(written)
        if found is None:
            raise ValueError(f"{written!r} is no line like 'a = Izmir | 560'")
        origin = None if found["origin"] == "?" else found["origin"]
        lines[found["letter"]] = _Line(origin, *_bounds_km(found["km"]))
    return text.strip(), lines


def _bounds_km(written: str) -> tuple[float | None, float | None]:
    found = _KM.fullmatch(written)
    if found is None:
        raise ValueError(f"{written!r} is no range in km")
    low, high = (None if figure is None else float(figure) for figure in found.group("low", "high"))
    return (low, high) if found["span"] else (None, low)


def _gold(marked: str, lines: dict[str, _Line]) -> dict[str, Any]:
    text, last = "", 0
    ranges: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        words = mark["length"] or mark["place"]
        span = {"start": len(text), "end": len(text) + len(words)}
        if mark["length"]:
            low, high = _bounds_km(mark["km"])
            ranges.append({**span, "text": words, "min_km": low, "max_km": high})
        for sign, letter in re.findall("([+-])([a-z])", mark["claims"] or ""):
            if letter not in lines:
                raise ValueError(f"no line {letter} for {words}")
            asserted = "can_reach" if sign == "+" else "cannot_reach"
            told = lines[letter]._asdict()
            claims.append({**told, **span, "targets": [words], "asserted": asserted})
        text += words
        last = mark.end()
    text += marked[last:]
    if re.search(r"[{}\[\]|]", text):
        raise ValueError("a mark that is neither a range nor a claim")
    stated = {(None, None), *((r["min_km"], r["max_km"]) for r in ranges)}
    for line in lines.values():
        if (line.min_km, line.max_km) not in stated:
            raise ValueError(f"no mark for the range of {line}")
        if line.origin is not None and line.origin not in text:
            raise ValueError(f"the text has no {line.origin!r}")
    return {"text": text, "places": [], "ranges": ranges, "claims": claims, "traps": []}
