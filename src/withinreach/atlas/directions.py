"""Words for a part of an area: "western", "north-east", "far southern", "central"."""

from __future__ import annotations

import re
from typing import NamedTuple

from withinreach.errors import AtlasError

__all__ = ["DIRECTIONS", "Direction", "direction"]

_BEARING_DEG = {"north": 0, "east": 90, "south": 180, "west": 270} | {
    "northeast": 45,
    "southeast": 135,
    "southwest": 225,
    "northwest": 315,
}
# One word for each bearing, and the middle.
DIRECTIONS = (*_BEARING_DEG, "central")


class Direction(NamedTuple):
    """A direction word: its bearing (north is 0, None for "central"), a far one, also central."""

    bearing_deg: float | None
    is_far: bool
    is_central: bool


def direction(words: str) -> Direction:
    """Read a direction word. Raises `AtlasError` for a word that is none.

    >>> direction("far north-eastern")
    Direction(bearing_deg=45, is_far=True, is_central=False)
    """
    plain = re.sub(r"[^a-z]", "", words.lower())
    is_far = plain.startswith(("far", "extreme")) or plain.endswith("most")
    plain = re.sub(r"^(far|extreme)|most$", "", plain)
    is_central = "central" in plain or plain in ("middle", "mid")
    plain = re.sub(r"central|middle|mid", "", plain)
    bearing_deg = _BEARING_DEG.get(re.sub(r"(ern|erly|ward|wards)$", "", plain))
    if bearing_deg is None and (plain or not is_central):
        raise AtlasError(
            f'"{words}": not a part of an area; use northern, south-western, central ...'
        )
    return Direction(bearing_deg, is_far, is_central)
