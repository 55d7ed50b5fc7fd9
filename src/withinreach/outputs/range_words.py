"""The ranges of a text in words, and what is published about the missiles that it names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from withinreach.scenario import differs
from withinreach.wording import range_km

if TYPE_CHECKING:
    from withinreach.scenario import NamedMissile, Range, Scenario

__all__ = ["missile_sentences", "ranges_in_words"]


def ranges_in_words(scenario: Scenario, *, miles: bool = False) -> str:
    """Return the ranges that are drawn; published figures that stand in are told as such."""
    published = [r for r in scenario.ranges if r.taken_from == "published figures"]
    others = [r for r in scenario.ranges if r.taken_from != "published figures"]
    parts = [_listed(others, miles)] if others else []
    if published:
        parts.append(f"published, as the text gives none: {_listed(published, miles)}")
    return "; ".join(parts)


def _listed(ranges: Iterable[Range], miles: bool) -> str:
    figures = sorted({km for r in ranges for km in r.radii_km})
    return ", ".join(range_km(km, miles=miles) for km in figures)


def missile_sentences(scenario: Scenario) -> list[str]:
    """Return a line per missile: the text's range, the published one, whose claim, which source.

    The words are plain and unescaped.
    """
    ranges = {r.id: r for r in scenario.ranges}
    return [_sentence(missile, ranges) for missile in scenario.missiles]


def _sentence(missile: NamedMissile, ranges: dict[str, Range]) -> str:
    name = missile.name
    if missile.named_as:
        name += f" (“{missile.named_as}” in the text)"
    stated = [_figures(r.min_km, r.max_km) for r in map(ranges.__getitem__, missile.stated)]
    said = f"the text says {', '.join(stated)}" if stated else "the text gives no range"
    if missile.low_km is None:
        reason = f": {missile.note}" if missile.note else ""
        return f"{name}: {said}; no published figure is listed{reason}."
    published = _figures(missile.low_km, missile.high_km)
    if missile.low_km == missile.high_km:
        published = range_km(missile.low_km)
    sentence = f"{name}: {said}; published: {published}, claimed by {missile.claimed_by}"
    if missile.source:
        sentence += f" [{missile.source}]"
    if differs(missile, ranges):
        sentence += ". The two differ; the text's figure is the one that is drawn"
    return f"{sentence}."


def _figures(low_km: float | None, high_km: float | None) -> str:
    if high_km is None:
        return f"more than {range_km(low_km or 0)}"
    if low_km is None:
        return range_km(high_km)
    return f"{range_km(low_km).removesuffix(' km')} to {range_km(high_km)}"
