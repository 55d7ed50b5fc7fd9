"""The atlas command: files of the user's own, added, downloaded, listed and removed."""

from __future__ import annotations

import sys
from argparse import Namespace

__all__ = ["run_atlas"]


def run_atlas(options: Namespace) -> int:
    """Add or fetch a file and say on stderr what came of it."""
    if options.action == "add":
        from withinreach.atlas.user_outlines import add_outlines

        added = add_outlines(
            options.file, name_column=options.name_column, code_column=options.code_column
        )
    else:
        from withinreach.atlas.download import NATURAL_EARTH_URL, fetch_natural_earth

        added = fetch_natural_earth(
            url=options.url or NATURAL_EARTH_URL, sha256=options.sha256, progress=_progress
        )
        sys.stderr.write("\n")
    notes = [f"{added.with_code:,} with an ISO 3166-2 code", f"names from {added.name_column}"]
    if added.reprojected_from:
        notes.append(f"reprojected from {added.reprojected_from}")
    if added.mended:
        notes.append(f"{added.mended:,} broken outlines mended")
    if added.without_polygon:
        notes.append(f"{added.without_polygon:,} rows without a polygon passed over")
    sys.stderr.write(f"{added.count:,} outlines added ({'; '.join(notes)})\n")
    return 0


def _progress(done: int, total: int | None) -> None:
    whole = f" of {total / 1e6:.1f}" if total else ""
    sys.stderr.write(f"\r{done / 1e6:.1f}{whole} MB")
