"""What a notebook shows of a study: a compact card."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from withinreach.outputs.geojson import caveat
from withinreach.outputs.range_words import ranges_in_words
from withinreach.outputs.style import verdict_style
from withinreach.outputs.verdicts import VERDICT_WORDS
from withinreach.scenario import is_located
from withinreach.wording import interval_km

if TYPE_CHECKING:
    from withinreach.chain import Study
    from withinreach.verdict import Verdict

__all__ = ["card_html"]

_STYLE = (
    "font:14px/1.45 system-ui,sans-serif;border:1px solid #c9ced6;border-radius:6px;"
    "padding:.8em 1em;max-width:52em;color:#1c2430;background:#fff"
)
_CELL = "padding:.15em .8em .15em 0;text-align:left;vertical-align:top;background:none"


def card_html(study: Study) -> str:
    """Return a card with a study's origins, ranges and verdicts as safe HTML."""
    scenario = study.scenario
    origins = [
        f"{escape(o.label)} ({o.site}{'' if is_located(o) else ', not placed'})"
        for o in scenario.origins
    ]
    ranges = ranges_in_words(scenario)
    rows = "".join(_row(verdict) for verdict in study.verdicts)
    table = f'<table style="border-collapse:collapse;margin:.5em 0">{rows}</table>' if rows else ""
    return (
        f'<div style="{_STYLE}"><b>{escape(scenario.title)}</b>'
        f"<div>Origins: {'; '.join(origins) or 'none found'}</div>"
        f"<div>Ranges: {ranges or 'none found'}</div>{table}"
        f'<div style="color:#5b6470;font-size:12px">{escape(caveat(scenario))}.</div></div>'
    )


def _row(verdict: Verdict) -> str:
    style = verdict_style(verdict.verdict)
    origin = escape(verdict.origin or "origin open")
    distance = (
        ""
        if verdict.nearest_km is None or verdict.farthest_km is None
        else interval_km(verdict.nearest_km, verdict.farthest_km)
    )
    return (
        f'<tr title="{escape(verdict.why)}"><td style="{_CELL}">{origin} → '
        f'{escape(verdict.target)}</td><td style="{_CELL};color:{style.colour};font-weight:600">'
        f"{VERDICT_WORDS[verdict.verdict]}</td>"
        f'<td style="{_CELL}">{distance}</td></tr>'
    )
