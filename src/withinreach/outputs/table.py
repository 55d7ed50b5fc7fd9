"""Tables for people, at the width of their terminal, and for spreadsheets (CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from withinreach.outputs.text_table import text_table
from withinreach.wording import answer_in_words, interval_km, range_km, thousands

if TYPE_CHECKING:
    from withinreach.reach import Reach, TargetReach
    from withinreach.reading.statements import PlaceMention

__all__ = ["csv_text", "places_csv", "places_table", "reach_csv", "reach_table"]

_PLACE_COLUMNS = ("text", "name", "kind", "country", "lon", "lat", "role", "score", "start", "end")
_REACH_COLUMNS = (
    "origin",
    "radius_km",
    "feature",
    "name",
    "country",
    "lon",
    "lat",
    "population_persons",
    "nearest_km",
    "farthest_km",
    "bearing_deg",
    "answer",
    "origin_share",
    "shortfall_km",
)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return CSV (RFC 4180); a text that a spreadsheet would run as a formula gets a `'` before."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def places_table(places: Sequence[PlaceMention]) -> str:
    """Return the places of a text as a table, with a line per mention."""
    if not places:
        return "no places found\n"
    rows = []
    for mention in places:
        place = mention.place
        where = "" if place is None else f"{place.lat:.2f}, {place.lon:.2f}"
        name = "(not found)" if place is None else place.name
        country = None if place is None else place.country
        kind = None if place is None else place.kind
        score = f"{mention.score:.2f}"
        rows.append((mention.text, name, kind, country, where, mention.role, score))
    headers = ("text", "place", "kind", "country", "lat, lon", "role", "score")
    return text_table(headers, rows, wide=0)


def places_csv(places: Iterable[PlaceMention]) -> str:
    """Return the places of a text as CSV."""
    rows = []
    for m in places:
        p = m.place
        located = (
            (m.name, None, None, None, None)
            if p is None
            else (p.name, p.kind, p.country, round(p.lon, 5), round(p.lat, 5))
        )
        rows.append((m.text, *located, m.role, round(m.score, 3), m.start, m.end))
    return csv_text(_PLACE_COLUMNS, rows)


def reach_table(reach: Reach) -> str:
    """Return targets and listed places, a table per origin and radius, counts with threshold."""
    # Imported here: a list of places needs no scenario.
    from withinreach.scenario import is_located

    parts = []
    for origin in reach.scenario.origins:
        if not is_located(origin):
            parts.append(f"{origin.label} could not be placed.\n")
            continue
        for radius_km in reach.scenario.radii_km(origin):
            rows = [reach[int(i)] for i in reach.select(origin, radius_km)]
            everywhere = sum(row.answer == "everywhere" for row in rows)
            title = f"{origin.label}, {range_km(radius_km)}"
            parts.append(f"{title}\n{'=' * len(title)}\n")
            targets = [
                t for t in reach.targets if (t.origin, t.radius_km) == (origin.id, radius_km)
            ]
            if targets:
                parts.append(_targets_table(reach, targets, origin.label))
            parts.append(
                f"{len(rows):,} listed places over {thousands(reach.min_persons)} people in range: "
                f"{everywhere:,} from all of {origin.label}, {len(rows) - everywhere:,} only from "
                "part of it\n"
            )
            if rows:
                body = [
                    (
                        row.name,
                        row.country,
                        thousands(row.population_persons),
                        f"{row.nearest_km:,.0f}-{row.farthest_km:,.0f}",
                        "all" if row.answer == "everywhere" else "part",
                    )
                    for row in rows
                ]
                parts.append(text_table(("place", "country", "people", "km", "from"), body, wide=0))
    return "\n".join(parts)


def _targets_table(reach: Reach, targets: Sequence[TargetReach], origin_label: str) -> str:
    labels = {target.id: target.label for target in reach.scenario.targets}
    body = [
        (
            labels[t.target],
            interval_km(t.nearest_km, t.farthest_km),
            answer_in_words(t.answer, origin_label),
        )
        for t in targets
    ]
    return text_table(("target", "distance", "answer"), body, wide=2)


def reach_csv(reach: Reach) -> str:
    """Return all targets and listed places as CSV, one row per origin, radius and place."""
    targets = {target.id: target for target in reach.scenario.targets}
    from withinreach.scenario import centre_of

    rows: list[Sequence[Any]] = []
    for t in reach.targets:
        target = targets[t.target]
        lon, lat = centre_of(target)
        share = None if t.origin_share is None else round(t.origin_share, 4)
        short = None if t.shortfall_km is None else round(t.shortfall_km, 3)
        rows.append(
            (
                t.origin,
                t.radius_km,
                "target",
                target.label,
                target.country,
                round(lon, 5),
                round(lat, 5),
                None,
                round(t.nearest_km, 3),
                round(t.farthest_km, 3),
                round(t.bearing_deg, 1),
                t.answer,
                share,
                short,
            )
        )
    rows += [
        (
            r.origin,
            r.radius_km,
            "place",
            r.name,
            r.country,
            round(r.lon, 5),
            round(r.lat, 5),
            r.population_persons,
            round(r.nearest_km, 3),
            round(r.farthest_km, 3),
            round(r.bearing_deg, 1),
            r.answer,
            None,
            None,
        )
        for r in reach
    ]
    return csv_text(_REACH_COLUMNS, rows)
