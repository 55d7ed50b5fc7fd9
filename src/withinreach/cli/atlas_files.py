"""The atlas command: files of the user's own, added, downloaded, listed and removed."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from withinreach.cli.output import write_output

if TYPE_CHECKING:
    from withinreach.atlas.add_dump import AddedPlaces
    from withinreach.atlas.user_outlines import AddedOutlines

__all__ = ["run_atlas"]

_BAR_WIDTH = 30


def run_atlas(options: Namespace) -> int:
    """Add, fetch, list or remove, and say on stderr what came of it."""
    if options.action == "list":
        _list()
    elif options.action == "remove":
        from withinreach.atlas.added import remove_added

        remove_added(options.name)
        sys.stderr.write(f"{options.name} removed\n")
    elif options.action == "fetch":
        from withinreach.atlas.download import NATURAL_EARTH_URL, fetch_natural_earth

        with _bar() as progress:
            outlines = fetch_natural_earth(
                url=options.url or NATURAL_EARTH_URL, sha256=options.sha256, progress=progress
            )
        _say_outlines(outlines)
    else:
        _add(options)
    return 0


def _add(options: Namespace) -> None:
    from withinreach.atlas.geonames_dump import is_dump

    if is_dump(Path(options.file)):
        from withinreach.atlas.add_dump import add_dump

        with _bar() as progress:
            places = add_dump(options.file, progress=progress)
        _say_places(places)
        return
    from withinreach.atlas.user_outlines import add_outlines

    outlines = add_outlines(
        options.file, name_column=options.name_column, code_column=options.code_column
    )
    _say_outlines(outlines)


def _list() -> None:
    from withinreach.atlas.added import added
    from withinreach.outputs.text_table import text_table

    body = [
        (one.name, one.holds, f"{one.count:,}" if one.count >= 0 else "damaged: add it again")
        for one in added()
    ]
    if body:
        table = text_table(("name", "holds", "count"), body)
        write_output(table.encode("utf-8", "backslashreplace"))
    else:
        sys.stderr.write("nothing was added\n")


def _say_outlines(added: AddedOutlines) -> None:
    notes = [f"{added.with_code:,} with an ISO 3166-2 code", f"names from {added.name_column}"]
    if added.reprojected_from:
        notes.append(f"reprojected from {added.reprojected_from}")
    if added.mended:
        notes.append(f"{added.mended:,} broken outlines mended")
    if added.without_polygon:
        notes.append(f"{added.without_polygon:,} rows without a polygon passed over")
    sys.stderr.write(f"{added.count:,} outlines added ({'; '.join(notes)})\n")


def _say_places(added: AddedPlaces) -> None:
    notes = [f"{count:,} {kind}" for kind, count in sorted(added.by_kind.items())]
    if added.known_before:
        notes.append(f"{added.known_before:,} known before")
    sys.stderr.write(f"{added.count:,} places added ({'; '.join(notes)})\n")
    if added.bad_count:
        sys.stderr.write(f"{added.bad_count:,} lines passed over:\n")
        for bad in added.bad_lines:
            sys.stderr.write(f"  line {bad.number}: {bad.said}\n")
        if added.bad_count > len(added.bad_lines):
            sys.stderr.write("  ...\n")


@contextmanager
def _bar() -> Iterator[Callable[[int, int | None], None] | None]:
    """Give a function that draws a progress bar, None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield _draw
    finally:
        sys.stderr.write("\n")


def _draw(done: int, total: int | None) -> None:
    bar, whole = "", ""
    if total:
        filled = min(done * _BAR_WIDTH // total, _BAR_WIDTH)
        bar = f"[{'#' * filled}{'.' * (_BAR_WIDTH - filled)}] "
        whole = f" of {total / 1e6:.1f}"
    sys.stderr.write(f"\r{bar}{done / 1e6:.1f}{whole} MB")
