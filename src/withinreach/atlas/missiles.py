"""Published range figures of missiles, and their names in a text."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path

import msgspec

from withinreach.errors import AtlasError

__all__ = ["LIST_GLUE", "Missile", "MissileMention", "find_missiles", "missile", "missiles"]

_TABLE = Path(__file__).parent / "tables" / "missiles.json"
_DASH = r"\-‐‑–"
# General English for what a name must stand beside before a person, a town or a planet of the same
# name is read as a missile.
_NOUN = r"(?:missiles?|rockets?|projectiles?|(?:IC|IR|MR|SR|SL)BMs?|launchers?|batter(?:y|ies))"
_KIND = (
    rf"(?:ballistic|cruise|hypersonic|guided|tactical|artillery|land[{_DASH}]attack|anti[{_DASH}]ship"
    rf"|(?:short|medium|long|intermediate)[{_DASH}]range|(?:solid|liquid)[{_DASH}]fuel(?:l?ed)?"
    rf"|surface[{_DASH}]to[{_DASH}]surface|air[{_DASH}]launched|class|type|family|series|[{_DASH}])"
)
_NAME = rf"(?:the\s+)?[A-Z][\w'’]*(?:[\s{_DASH}](?:[A-Z0-9]\w*))*"
# "Emad missile", "Sejjil, Emad and Ghadr ballistic missiles"; a base of missiles in a town is none.
_AFTER = (
    rf"(?:s?\s*(?:,|,?\s+and|,?\s+or|/)\s+{_NAME}){{0,6}}(?:[\s{_DASH}]+{_KIND}){{0,4}}"
    rf"[\s{_DASH}]+{_NOUN}\b(?!\s+(?:base|site|factory|facility|complex|plant|depot|unit|city)s?\b)"
)
# "missiles such as the Emad", "a missile called Emad", "rockets (Zelzal"
_BEFORE = (
    rf"{_NOUN}\s*,?\s*(?:(?:called|named|dubbed|known\s+as|such\s+as|like|including|namely|the)\s+"
    rf"(?:the\s+)?|[(:–—]\s*)[\"“'‘]?(?:{_NAME}\s*(?:,|,?\s+and|,?\s+or)\s+(?:the\s+)?){{0,6}}$"
)
_AT_PLACE = re.compile(r"\b(?:in|near|at|around|outside|over|toward|towards|to|from)\s+$")
_ARTICLE = re.compile(r"\b[Tt]he\s+$")
_WINDOW = 120
# What may stand between two names of one list: "A, B and the C".
LIST_GLUE = re.compile(r"(?:s|['’]s)?\s*(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|/)(?:the\s+)?")


class Missile(msgspec.Struct, frozen=True, kw_only=True):
    """A missile and the published estimates of its maximum range.

    `low_km`, `high_km` are the lowest and highest of them; `high_km` is None where the figure is a
    "more than". Both are None for a system without a figure that an official, an agency or a
    research institute gives: then `note` is the reason. `country` is ISO 3166-1 alpha-2 and None
    for a design of several countries. No minimum range is published for any of them.
    """

    name: str
    country: str | None = None
    low_km: float | None = None
    high_km: float | None = None
    claimed_by: str = ""
    source: str = ""
    as_of: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()

    @property
    def has_figure(self) -> bool:
        """Whether a published figure may stand in where a text gives none."""
        return self.low_km is not None


class MissileMention(msgspec.Struct, frozen=True):
    """A missile named in a text: string offsets, the words there, and the missile."""

    start: int
    end: int
    text: str
    missile: Missile


def missiles() -> tuple[Missile, ...]:
    """Return all missiles of the table, in its order."""
    return _table()


def missile(name: str) -> Missile:
    """Return a missile by name or alias in any spelling; raises `AtlasError` for an unknown one."""
    found = _by_key().get(_key(name))
    if found is None:
        raise AtlasError(f'"{name}" is not in the table of missiles')
    return found[0]


def find_missiles(text: str) -> tuple[MissileMention, ...]:
    """Return the missiles that a text names, in order and without overlaps.

    Names that are also towns, persons or common words ("Dezful", "Emad", "Neptune") count only
    beside a word for a missile, or with "the" where the text has used them so.
    """
    found: list[tuple[re.Match[str], Missile, bool]] = []
    in_context: set[str] = set()
    in_list: set[str] = set()
    by_key = _by_key()
    end = 0
    forms = _forms()
    for hit in _first_words().finditer(text):
        first = hit[0].casefold()
        if first not in forms:
            first = first.removesuffix("s")
        if first not in forms or hit.start() < end:
            continue
        match = _names_with(first).match(text, hit.start())
        if match is None:
            continue
        end = match.end()
        key = _key(match[1])
        entry, is_ambiguous = by_key[key]
        if is_ambiguous and _in_context(text, *match.span(1)):
            in_context.add(key)
            is_ambiguous = False
        found.append((match, entry, is_ambiguous))
    for (one, _, doubt), (other, _, other_doubt) in itertools.pairwise(found):
        # "the Fateh-313, the Zolfaghar and the Shahab-3": in a list of missiles each is one.
        if doubt != other_doubt and LIST_GLUE.fullmatch(text, one.end(1), other.start(1)):
            in_list.add(_key(one[1] if doubt else other[1]))
    return tuple(
        MissileMention(match.start(1), match.end(1), match[1], entry)
        for match, entry, is_ambiguous in found
        if not is_ambiguous
        or _key(match[1]) in in_list
        or (_key(match[1]) in in_context and _follows_article(text, match.start()))
    )


def _follows_article(text: str, start: int) -> bool:
    return bool(_ARTICLE.search(text[max(0, start - 6) : start]))


def _in_context(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _WINDOW) : start]
    if _AT_PLACE.search(before):
        return False
    return bool(
        _compiled(_AFTER).match(text, end, end + _WINDOW) or _compiled(_BEFORE).search(before)
    )


@cache
def _compiled(words: str) -> re.Pattern[str]:
    """Compile when a text needs it: every command imports this module."""
    return re.compile(words)


def _key(form: str) -> str:
    return re.sub(r"[\W_]", "", form).casefold()


@cache
def _table() -> tuple[Missile, ...]:
    try:
        return msgspec.json.decode(_TABLE.read_bytes(), type=tuple[Missile, ...])
    except OSError as error:
        raise AtlasError(f"{_TABLE}: cannot be read: {error}; install the package again") from None


@cache
def _by_key() -> dict[str, tuple[Missile, bool]]:
    keys = {}
    for entry in _table():
        ambiguous = {_key(form) for form in entry.ambiguous}
        for form in (entry.name, *entry.aliases, *entry.ambiguous):
            keys[_key(form)] = entry, _key(form) in ambiguous
    return keys


@cache
def _forms() -> dict[str, list[str]]:
    """All names by their first piece, longest first."""
    forms = {form for entry in _table() for form in (entry.name, *entry.aliases, *entry.ambiguous)}
    by_first: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        by_first.setdefault(_pieces(form)[0].casefold(), []).append(form)
    return by_first


@cache
def _first_words() -> re.Pattern[str]:
    """How a name may begin: a word with the first letter of some name, or digits and their tail."""
    letters = {form[0] for forms in _forms().values() for form in forms if form[0].isalpha()}
    return re.compile(rf"(?<![\w{_DASH}])(?:[{''.join(sorted(letters))}][^\W\d]*|\d\w*)")


@cache
def _names_with(first: str) -> re.Pattern[str]:
    """One expression for the names of one first piece; a further number is another missile."""
    any_form = "|".join(map(_spellings, _forms()[first]))
    return re.compile(rf"({any_form})(?=s?(?!\w)(?!\s?[{_DASH}]?\s?\d))")


def _pieces(form: str) -> list[str]:
    return re.findall(r"\d\w*|[^\W\d]+", form)


def _spellings(form: str) -> str:
    """Return an expression for a form with any dash or space, as written or in capitals."""
    pieces = _pieces(form)
    out = []
    for before, piece in zip(["", *pieces], pieces, strict=False):
        if before:
            joined = piece[0].isdigit() or len(piece) == 1 or before[-1].isdigit()
            out.append(rf"[\s/{_DASH}]{'?' if joined else ''}")
        capitals = piece.upper()
        out.append(re.escape(piece) if piece == capitals else f"(?:{piece}|{capitals})")
    return "".join(out)
