"""The figures of --range, read so that one figure is never taken for two, nor two for one."""

from __future__ import annotations

import argparse
import re

from withinreach.wording import KM_PER_MILE, KM_PER_NAUTICAL_MILE

__all__ = ["ranges_km"]

_KM_PER = {
    "": 1.0,
    "km": 1.0,
    "mi": KM_PER_MILE,
    "mile": KM_PER_MILE,
    "miles": KM_PER_MILE,
    "nmi": KM_PER_NAUTICAL_MILE,
}
_PLAIN = re.compile(r"(\d+(?:\.\d+)?)\s*(km|mi|miles?|nmi)?", re.I)
# A comma between two digits may stand within a figure; any other one parts two ranges.
_BETWEEN_RANGES = re.compile(r";|,(?!\d)|(?<!\d),")
_WITH_DIGITS = re.compile(r"\d(?:[\d.,]*\d)?")
_UNGROUPED = re.compile(r"\d+(?:\.\d{1,2}|\.\d{4,})?")
_GROUPED = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*(?:(?!\1)\.\d+)?")
_KM = re.compile(r"km|kilomet", re.I)
_JOINT = re.compile(r"\s*(?:(?:and|or)\s+)?", re.I)


def ranges_km(text: str) -> tuple[float, ...]:
    """Return the ranges of an option in km.

    A comma parts two ranges, but for one that groups the thousands of a figure with a unit; what
    has a unit is read as in an article, so that a span gives its two limits.

    >>> ranges_km("200,700"), ranges_km("1,300 km"), ranges_km("200-700 km; 300 nm")
    ((200.0, 700.0), (1300.0,), (200.0, 700.0, 555.6))
    """
    parts = [part.strip() for part in _BETWEEN_RANGES.split(text)]
    _check_units(parts)
    figures = [km for part in parts for km in _part_km(part)]
    # Loaded here, as --help needs no geodesy and every command with a range does.
    from withinreach.geodesy import MAX_RADIUS_KM

    for km in figures:
        if not 0 < km <= MAX_RADIUS_KM:
            hint = ' (two ranges are written "200 km, 700 km")' if "," in text else ""
            raise argparse.ArgumentTypeError(
                f"a range of {km:,g} km: give more than 0 and at most {MAX_RADIUS_KM:,.0f} km{hint}"
            )
    return tuple(figures)


def _check_units(parts: list[str]) -> None:
    """Refuse "200, 700 miles", where 200 may be km or miles."""
    bare = [part for part in parts if _has_no_unit(part)]
    other = [part for part in parts if not _has_no_unit(part) and not _KM.search(part)]
    if bare and other:
        raise argparse.ArgumentTypeError(
            f'"{bare[0]}" has no unit beside "{other[0]}"; give each range its unit'
        )


def _has_no_unit(part: str) -> bool:
    return not any(c.isalpha() for c in part)


def _part_km(part: str) -> list[float]:
    if _has_no_unit(part) and "," in part:
        return [km for figure in part.split(",") for km in _part_km(figure)]
    plain = _PLAIN.fullmatch(part)
    if plain and not _GROUPED.fullmatch(plain[1]):
        return [float(plain[1]) * _KM_PER[(plain[2] or "").lower()]]
    if plain and plain[2] is None:
        whole, decimals = part.split(".")
        raise argparse.ArgumentTypeError(
            f'"{part}" may be {whole}{decimals} or {float(part):g}: give one of them, or a unit'
        )
    for figure in _WITH_DIGITS.findall(part):
        if not (_UNGROUPED.fullmatch(figure) or _GROUPED.fullmatch(figure)):
            several = figure.replace(",", " km, ")
            raise argparse.ArgumentTypeError(
                f'"{part}" may be one range or several: write "{several} km" for several'
                if "," in figure
                else f'"{part}" is no range: {figure} is no figure'
            )
    return _lengths_km(part)


def _lengths_km(part: str) -> list[float]:
    """Return the figures of a part that says lengths and nothing else, as an article would."""
    from withinreach.reading.quantities import lengths

    figures: list[float] = []
    end = 0
    for length in lengths(part):
        if length.bound == "at_least" or not _JOINT.fullmatch(part, end, length.start):
            break
        figures += [km for km in (length.low_km, length.high_km) if km is not None]
        end = length.end
    if not figures or end < len(part):
        raise argparse.ArgumentTypeError(
            f'"{part}" is no range: give km such as 300,700, or "435 miles", "200-700 km"'
        )
    return figures
