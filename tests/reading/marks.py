"""Texts whose places are marked by hand, so that grammar is read without a gazetteer."""

import re
from typing import cast, get_args

from withinreach.atlas.place import Kind, Place
from withinreach.reading.ranges import find_ranges
from withinreach.reading.roles import Roles, assign_roles
from withinreach.reading.statements import PlaceMention, RangeStatement
from withinreach.reading.weapons import weapon_names

_MARK = re.compile(r"\[([^\[\]|]+)(?:\|([^\[\]|]*))?(?:\|([^\[\]|]*))?\]")


def mark(text: str) -> tuple[str, tuple[PlaceMention, ...]]:
    """Return the plain text of "hit [Riyadh|SA]" and its mentions; no country code: XX; "!": none.

    The third field is the kind, town where none is given.
    """
    plain, last, mentions = "", 0, []
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        name, country, kind = match[1], match[2] or "XX", match[3] or "town"
        assert kind in get_args(Kind)
        place = Place(
            id=name.lower(),
            name=name,
            kind=cast("Kind", kind),
            lon=0.0,
            lat=0.0,
            country=None if country == "!" else country,
        )
        mentions.append(
            PlaceMention(
                start=len(plain), end=len(plain) + len(name), text=name, name=name, place=place
            )
        )
        plain += name
        last = match.end()
    return plain + text[last:], tuple(mentions)


def read_with_marks(text: str) -> tuple[str, tuple[RangeStatement, ...], Roles]:
    """Return the plain text, its ranges, and its roles and claims."""
    plain, mentions = mark(text)
    weapons = weapon_names(plain, {m.name for m in mentions})
    ranges = find_ranges(plain, weapons)
    return plain, ranges, assign_roles(plain, mentions, ranges, weapons)
