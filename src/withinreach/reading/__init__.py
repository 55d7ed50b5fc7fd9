"""What an article says: its places, ranges, origins and claims, each with its span."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from withinreach.atlas.online import OnlineGeocoder
    from withinreach.atlas.table import PlaceTable
    from withinreach.reading.statements import Reading

__all__ = ["read"]


_start = attrgetter("start")


def read(text: str, table: PlaceTable, *, online: OnlineGeocoder | None = None) -> Reading:
    """Read a text with the places of a table; every offset is a string offset into `text`.

    `online` is asked for names that the table lacks.
    """
    # Imported here: the stages that need only the statements' types do not pay for the rules.
    from withinreach.atlas.missiles import find_missiles
    from withinreach.reading.alike_names import with_alike_names
    from withinreach.reading.ranges import find_ranges
    from withinreach.reading.relations import with_relations
    from withinreach.reading.roles import assign_roles
    from withinreach.reading.statements import Reading
    from withinreach.reading.toponyms import find_places
    from withinreach.reading.unknown_names import not_in_atlas, weighed_names
    from withinreach.reading.weapons import outside, weapon_names

    places = find_places(text, table)
    weapons = weapon_names(text, {mention.name for mention in places})
    places = tuple(outside(weapons, places))
    ranges = find_ranges(text, weapons)
    # Elsewhere nobody asks for a place that cannot be shown.
    if ranges or weapons or online is not None:
        names = [(one, odds) for one, odds in weighed_names(text, places, table) if odds > 0]
        # "Stanley is out of reach": taken for a person before it was known what the text is about.
        again = {one.start: odds for one, odds in names if one.in_atlas}
        if again:
            places = tuple(outside(weapons, find_places(text, table, again=again)))
        lacking = [not_in_atlas(text, one) for one, _ in names if not one.in_atlas]
        places = tuple(sorted([*places, *outside(places, lacking)], key=_start))
        places = with_alike_names(places, table)
    if online is not None:
        from withinreach.reading.online_names import with_online_names

        places = with_online_names(places, table, online)
    places = with_relations(text, places)
    roles = assign_roles(text, places, ranges, weapons)
    return Reading(
        text=text,
        places=roles.places,
        ranges=ranges,
        origins=roles.origins,
        claims=roles.claims,
        missiles=find_missiles(text) if weapons else (),
    )
