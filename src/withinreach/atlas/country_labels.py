"""Where the names of countries may stand on a map."""

from __future__ import annotations

from functools import cache

import msgspec

from withinreach.atlas.world import TABLES

__all__ = ["CountryLabel", "country_labels"]


class CountryLabel(msgspec.Struct, frozen=True, array_like=True):
    """The name of a country and points (lon, lat) inside it, those far from its border first.

    `size` is its area in square degrees at the equator, `width_deg` how wide its largest part is.
    No point lies in a disputed area; a country that is all disputed has no entry.
    """

    code: str
    name: str
    size: float
    width_deg: float
    points: tuple[tuple[float, float], ...]


@cache
def country_labels() -> tuple[CountryLabel, ...]:
    """Return the labels of all countries, largest country first."""
    text = (TABLES / "country_labels.json").read_bytes()
    return msgspec.json.decode(text, type=tuple[CountryLabel, ...])
