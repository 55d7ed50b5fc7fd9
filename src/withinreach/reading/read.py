"""From the text of an article to all that it says: places, ranges, origins, claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from withinreach.reading.ranges import find_ranges
from withinreach.reading.roles import assign_roles
from withinreach.reading.statements import Reading

if TYPE_CHECKING:
    from withinreach.atlas.table import PlaceTable

__all__ = ["read"]


def read(text: str, table: PlaceTable) -> Reading:
    """Read a text with the places of a table; every offset is a string offset into `text`."""
    from withinreach.reading.toponyms import find_places

    places = find_places(text, table)
    ranges = find_ranges(text, places)
    roles = assign_roles(text, places, ranges)
    return Reading(
        text=text, places=roles.places, ranges=ranges, origins=roles.origins, claims=roles.claims
    )
