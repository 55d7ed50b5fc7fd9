"""What a user has added to the atlas, and its removal."""

from __future__ import annotations

import shutil

import msgspec

from withinreach.atlas.added_places import added_abouts, places_folder
from withinreach.atlas.folders import data_folder
from withinreach.atlas.geometry_store import GeometryStore
from withinreach.atlas.region_record import RegionRecord
from withinreach.atlas.table import PlaceTable
from withinreach.atlas.user_outlines import user_stores
from withinreach.errors import AtlasError, OutputError

__all__ = ["Added", "added", "remove_added"]


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was added, under the name by which it can be removed; count -1: damaged."""

    name: str
    holds: str
    count: int


def added() -> tuple[Added, ...]:
    """Return all that the user has added, outlines first, each by name."""
    found = []
    for path in sorted((data_folder() / "outlines").glob("*.geom")):
        try:
            count = len(GeometryStore(path, RegionRecord))
        except AtlasError:
            count = -1
        found.append(Added(name=path.stem, holds="outlines", count=count))
    whole = added_abouts()
    for path in sorted(places_folder().glob("[!.]*")):
        about = whole.get(path.name)
        found.append(
            Added(name=path.name, holds="places", count=-1 if about is None else about.count)
        )
    return tuple(found)


def remove_added(name: str) -> None:
    """Remove what was added under a name; raises `AtlasError` where nothing was."""
    names = {one.name for one in added()}
    if name not in names:
        there = f"there is: {', '.join(sorted(names))}" if names else "nothing was added"
        raise AtlasError(f"nothing was added under the name {name!r}; {there}")
    try:
        (data_folder() / "outlines" / f"{name}.geom").unlink(missing_ok=True)
        if (places_folder() / name).exists():
            shutil.rmtree(places_folder() / name)
    except OSError as error:
        raise OutputError(f"{data_folder()}: cannot be written: {error}") from None
    user_stores.cache_clear()
    PlaceTable.open.cache_clear()
