"""Place mentions in a text: names of the atlas at words that can be one, and what they stand for.

A capital letter starts a candidate; the longest name of the table wins; what stands around it says
whether it is a place (a preposition, a container after a comma) or not (a title, a surname, the
rest of an organisation's name).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from withinreach.atlas.names import fold
from withinreach.reading.phrases import pattern
from withinreach.reading.words import (
    FIRST_WORDS,
    LOCATIVE,
    NO_PLACE_AFTER,
    TITLES,
    TYPE_WORDS,
)

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable
    from withinreach.reading.statements import PlaceMention

__all__ = ["Span", "find_places", "find_spans"]

_LONGEST_WORDS = 6
# A name of one word with fewer people than this needs a word beside it that says "place".
_KNOWN_PERSONS = 100_000
_START = pattern(
    r"(?<![\w’'])(?:(?:al|el|as|ash|ad|az|an|ar|at)[-‐])?[A-ZÀ-ÖØ-ÞĀŁŚŠŽİĐČĆḤṢṬḌ](?=[\w.’'-])"
)
_WORD = pattern(r"[^\W\d_]+(?:(?![’'][sS]\b)[’'ʿʾ`.]?[^\W\d_]+)*\.?|\d+")
_GAP = pattern(r"[\s\-‐–]{1,3}|’|'")
_DIRECTION = pattern(
    r"\b((?:far\s+)?(?:north|south)(?:[- ]?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|central)"
    r"\s+(?:part\s+of\s+)?$",
    re.I,
)
_SENTENCE_START = pattern(r"(?:^|[.!?:]['\"”’)]*\s+|\n\s*|[“\"‘]\s*)$")
_TYPE_AFTER = pattern(rf"\s+({'|'.join(sorted(TYPE_WORDS))})\b", re.I)


class Span(NamedTuple):
    """A name found in a text: offsets, the key it was found by, and what speaks for a place."""

    start: int
    end: int
    key: str
    evidence: str
    container: int | None = None


def find_places(text: str, table: PlaceTable) -> tuple[PlaceMention, ...]:
    """Return the places that a text names, in text order, with candidates, score and reasons.

    `text` is kept as it is; offsets are string offsets into it. Linear in its length.
    """
    from withinreach.reading.resolve import resolve

    return resolve(text, list(find_spans(text, table)), table)


def find_spans(text: str, table: PlaceTable) -> Iterator[Span]:
    """Yield the spans that name a place, the longest name at each capital letter."""
    end_of_last = 0
    for found in _START.finditer(text):
        if found.start() < end_of_last:
            continue
        span = _longest(text, found.start(), table)
        if span is None:
            continue
        evidence = _evidence(text, span, table)
        if evidence:
            end_of_last = span.end
            yield span._replace(evidence=evidence)


def _longest(text: str, start: int, table: PlaceTable) -> Span | None:
    """Return the longest name of the table that starts here, or None."""
    best = None
    position, words = start, 0
    while words < _LONGEST_WORDS:
        word = _WORD.match(text, position)
        if not word:
            break
        end = word.end()
        bare = end - 1 if text[end - 1] == "." else end
        # A full stop belongs to a name only inside an abbreviation: "U.S.", never "Aden.".
        stop = end if "." in text[start:bare] else bare
        name = text[start:stop]
        if len(name) > 1:
            key = fold(name)
            if key in table.trie:
                best = Span(start, stop, key, "")
        words += 1
        gap = _GAP.match(text, end if text[end - 1] != "." or text[end : end + 1] == " " else bare)
        if not gap:
            break
        position = gap.end()
    return best


def _evidence(text: str, span: Span, table: PlaceTable) -> str:
    """Return why a span is a place, an empty text when it is none."""
    name = text[span.start : span.end]
    before = re.findall(r"[\w’'-]+\.?", text[max(span.start - 40, 0) : span.start])
    last = before[-1] if before else ""
    gap = text[span.start - 1 : span.start]
    after = re.match(
        r"[ \t]+([\w’'-]+)|[ \t]*\r?\n[ \t]*([a-z][\w’'-]*)", text[span.end : span.end + 40]
    )
    following = (after[1] or after[2]) if after else ""
    # A possessive's own word does not count as what follows.
    possessive = re.match(r"[’']s\b", text[span.end : span.end + 2])
    rows = table.rows_of_key(span.key)
    kind = table.kind[rows[0]] if len(rows) else 0
    persons = int(table.persons[rows[0]]) if len(rows) else 0
    starts_sentence = bool(_SENTENCE_START.search(text[max(span.start - 6, 0) : span.start]))
    if gap == "-" or (name.isupper() and len(name) <= 3 and kind == 0):
        return ""
    if not possessive and following.lower() in NO_PLACE_AFTER and following[:1].isupper():
        return ""
    if last.lower().rstrip(".") in TITLES and last[:1].isupper():
        return ""
    if span.key in FIRST_WORDS and not (name.isupper() and kind == 3):
        return ""
    if len(rows) and kind == 3:
        return "a country"
    if " " in span.key and kind >= 2:
        return "a region"
    # A name between other names is a person's, unless a comma or a preposition parts them.
    name_before = last[:1].isupper() and not starts_sentence and text[span.start - 1] == " "
    name_after = following[:1].isupper() and not possessive and len(following) > 1
    if (name_before and last.lower() not in LOCATIVE and fold(last) not in table.trie) or (
        name_after and fold(following) not in table.trie and following.lower() not in TYPE_WORDS
    ):
        return ""
    if following.lower() in TYPE_WORDS:
        return f"followed by “{following}”"
    if _DIRECTION.search(text[max(span.start - 20, 0) : span.start]):
        return "a direction before it"
    if last.lower() in LOCATIVE:
        return f"after “{last}”"
    if re.match(r"\s*,\s*[A-Z]", text[span.end : span.end + 4]) and _container(text, span, table):
        return "its country or province follows"
    if kind >= 2 or persons >= _KNOWN_PERSONS:
        return "well known"
    if re.search(r"[,;]\s*(?:and\s+|or\s+)?$", text[max(span.start - 6, 0) : span.start]):
        return "in a list"
    return ""


def _container(text: str, span: Span, table: PlaceTable) -> bool:
    comma = re.match(r"\s*,\s*", text[span.end : span.end + 4])
    if not comma:
        return False
    outer = _longest(text, span.end + comma.end(), table)
    if outer is None:
        return False
    rows = table.rows_of_key(outer.key)[:4]
    return any(int(table.kind[r]) in (2, 3) for r in rows)
