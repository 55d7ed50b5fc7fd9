"""What the page says in words, beside the map: verdicts, counts, legend, sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from withinreach.outputs.geojson import ATTRIBUTION, caveat
from withinreach.outputs.range_words import missile_sentences, ranges_in_words
from withinreach.outputs.scene import verdict_group
from withinreach.outputs.style import DIFFERING, origin_style, verdict_style
from withinreach.outputs.verdicts import VERDICT_WORDS, said_in
from withinreach.scenario import is_located
from withinreach.wording import range_km, thousands

if TYPE_CHECKING:
    from withinreach.reach import Reach
    from withinreach.scenario import Scenario
    from withinreach.verdict import Verdict

__all__ = ["page_words"]


def page_words(scenario: Scenario, reach: Reach, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return the texts of the page as plain, unescaped words; the template escapes them."""
    url = scenario.source.url
    return {
        "title": scenario.title,
        "source": scenario.source,
        # Any other scheme, such as javascript:, is shown and not linked.
        "link": url if url and url.lower().startswith(("https://", "http://")) else None,
        "caveat": caveat(scenario),
        "reviewed": bool(scenario.reviewed_by),
        "attribution": ATTRIBUTION,
        "claims": _claims(scenario, verdicts),
        "quoted": any(v.text for v in verdicts),
        "unplaced": [e.label for e in (*scenario.origins, *scenario.targets) if not is_located(e)],
        "ranges": ranges_in_words(scenario, miles=True),
        "missiles": missile_sentences(scenario),
        "counts": _counts(scenario, reach),
        "threshold": thousands(reach.min_persons),
        "legend": [
            (VERDICT_WORDS[r], verdict_style(r))
            for r in ("holds", "holds_in_part", "fails", "unclear")
        ],
        "differing": DIFFERING,
        "without_verdict": verdict_style(None),
    }


def _claims(scenario: Scenario, verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    claims: dict[str, dict[str, Any]] = {}
    for v in verdicts:
        stated = scenario.claims[[c.id for c in scenario.claims].index(v.claim)]
        claim = claims.setdefault(
            said_in(v),
            {
                "quote": v.text,
                "said_by": stated.said_by,
                "condition": stated.condition,
                "reviewed_by": stated.reviewed_by,
                "verdicts": [],
            },
        )
        claim["verdicts"].append(
            {
                "word": VERDICT_WORDS[v.verdict],
                "style": verdict_style(v.verdict),
                "origin": v.origin or "origin open",
                "target": v.target,
                "target_id": v.target_id,
                "group": verdict_group(scenario, v) or "",
                "asserted": "can reach" if v.asserted == "can_reach" else "cannot reach",
                "why": v.why,
            }
        )
    return list(claims.values())


def _counts(scenario: Scenario, reach: Reach) -> list[dict[str, Any]]:
    counts = []
    for number, origin in enumerate(scenario.origins):
        for radius_km in scenario.radii_km(origin) if is_located(origin) else ():
            rows = reach.select(origin, radius_km)
            from_all = int(np.count_nonzero(reach.columns["farthest_km"][rows] <= radius_km))
            counts.append(
                {
                    "origin": origin.label,
                    "colour": origin_style(number).colour,
                    "radius": range_km(radius_km),
                    "all": f"{from_all:,}",
                    "part": f"{len(rows) - from_all:,}",
                }
            )
    return counts
