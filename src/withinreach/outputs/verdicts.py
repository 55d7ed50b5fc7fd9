"""Verdicts as text for a terminal and as Markdown for an editor's desk."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from withinreach.outputs.geojson import caveat
from withinreach.outputs.range_words import missile_sentences, ranges_in_words
from withinreach.scenario import is_located
from withinreach.verdict_words import ONE_FIGURE_KM
from withinreach.wording import about_km, printable, range_km, thousands

if TYPE_CHECKING:
    from withinreach.reach import Reach
    from withinreach.scenario import Scenario
    from withinreach.verdict import Verdict

__all__ = ["VERDICT_WORDS", "said_in", "summary_text", "verdicts_markdown", "verdicts_text"]

VERDICT_WORDS = {
    "holds": "holds",
    "holds_in_part": "holds in part",
    "fails": "fails",
    "unclear": "unclear",
}


def said_in(verdict: Verdict) -> str:
    """Return what verdicts are listed under: the sentence of their claims, or one claim by hand."""
    return verdict.text or verdict.claim


def verdicts_text(scenario: Scenario, verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts for a terminal, grouped by claim, at most 80 columns wide."""
    width = min(shutil.get_terminal_size((80, 24)).columns, 80)
    lines = [f"{caveat(scenario)}.", ""]
    if not verdicts:
        lines.append("No claim of what can or cannot be reached was found.")
    for _, group in groupby(verdicts, key=said_in):
        own = list(group)
        if own[0].text:
            quote = f"“{printable(own[0].text)}”"
            lines += [*textwrap.wrap(quote, width), ""]
        for line in _claim_notes(scenario, own[0].claim):
            lines += [*textwrap.wrap(printable(line), width), ""]
        for v in own:
            subject = printable(_subject(v))
            lines.append(f"  {subject}: {VERDICT_WORDS[v.verdict].upper()}{_ranges(v)}")
            indent = "    "
            lines += textwrap.wrap(
                printable(v.why), width, initial_indent=indent, subsequent_indent=indent
            )
            lines += textwrap.wrap(
                _smallest(v), width, initial_indent=indent, subsequent_indent=indent
            )
            lines.append("")
    for sentence in missile_sentences(scenario):
        lines += textwrap.wrap(printable(sentence), width, subsequent_indent="  ")
    return "\n".join(lines).rstrip("\n") + "\n"


def _claim_notes(scenario: Scenario, claim_id: str) -> list[str]:
    """Return who says it, on which condition, and who checked the claim."""
    claim = next(c for c in scenario.claims if c.id == claim_id)
    notes = []
    if claim.said_by:
        notes.append(f"Said by {claim.said_by}.")
    if claim.condition:
        notes.append(f"On the condition: {claim.condition}.")
    if claim.reviewed_by:
        notes.append(f"Checked by {claim.reviewed_by}.")
    return notes


def verdicts_markdown(scenario: Scenario, verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts as Markdown; text of the article is escaped."""
    lines = [f"# Verdicts: {_escape(scenario.title)}", "", f"*{_escape(caveat(scenario))}.*", ""]
    if not verdicts:
        lines.append("No claim of what can or cannot be reached was found.")
    for _, group in groupby(verdicts, key=said_in):
        own = list(group)
        if own[0].text:
            lines += [f"> {_escape(own[0].text)}", ""]
        for line in _claim_notes(scenario, own[0].claim):
            lines += [_escape(line), ""]
        for v in own:
            lines.append(
                f"- **{_escape(_subject(v))}: {VERDICT_WORDS[v.verdict]}**{_ranges(v)}. "
                f"{_escape(v.why)}"
            )
        lines.append("")
    if scenario.missiles:
        lines += ["## Missiles named", ""]
        lines += [f"- {_escape(sentence)}" for sentence in missile_sentences(scenario)]
    return "\n".join(lines).rstrip("\n") + "\n"


def summary_text(scenario: Scenario, reach: Reach, verdicts: Iterable[Verdict]) -> str:
    """Return what was drawn in a few lines: origins, ranges, places in range, verdicts."""
    origins = "; ".join(f"{printable(o.label)} ({o.site})" for o in scenario.origins)
    lines = [f"origins   {origins}", f"ranges    {ranges_in_words(scenario)}"]
    for origin in scenario.origins:
        counts = [
            f"{len(reach.select(origin, km)):,} within {range_km(km)}"
            for km in scenario.radii_km(origin)
        ]
        found = ", ".join(counts) if is_located(origin) else "could not be placed"
        lines.append(f"in range  {printable(origin.label)}: {found}")
    lines.append(f"          (listed places over {thousands(reach.min_persons)} people)")
    for v in verdicts:
        subject = printable(_subject(v))
        lines.append(f"verdict   {subject}: {VERDICT_WORDS[v.verdict]}{_ranges(v)}")
    lines.append(caveat(scenario) + ".")
    width = min(shutil.get_terminal_size((80, 24)).columns, 80)
    wrapped = [textwrap.wrap(line, width, subsequent_indent=" " * 10) for line in lines]
    return "\n".join("\n".join(part) for part in wrapped) + "\n"


def _subject(verdict: Verdict) -> str:
    """Return what is claimed, in plain words: "Sindh can reach Delhi"."""
    said = "can reach" if verdict.asserted == "can_reach" else "cannot reach"
    return f"{verdict.origin or 'origin open'} {said} {verdict.target}"


def _ranges(verdict: Verdict) -> str:
    limits = [km for km in (verdict.min_km, verdict.max_km) if km is not None]
    if not limits:
        return ""
    if verdict.max_km is None:
        return f" (more than {range_km(limits[0])})"
    return f" (at {range_km(verdict.max_km)})"


def _smallest(verdict: Verdict) -> str:
    """Say which range a claim of reach would need, where the stated one does not do."""
    if verdict.nearest_km is None or verdict.farthest_km is None:
        return ""
    if verdict.asserted == "cannot_reach" or verdict.verdict == "holds":
        return ""
    if verdict.nearest_km < 1:
        return f"Range needed: {about_km(verdict.farthest_km)} from all of {verdict.origin}."
    least, most = about_km(verdict.nearest_km), about_km(verdict.farthest_km)
    if verdict.farthest_km - verdict.nearest_km <= ONE_FIGURE_KM:
        return f"Range needed: {most}."
    return f"Range needed: {least} from the nearest point, {most} from all of {verdict.origin}."


def _escape(text: str) -> str:
    """Escape what Markdown and the HTML in it would read as marks."""
    plain = " ".join(printable(text).split())
    plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]#|~!])", r"\\\1", plain)
