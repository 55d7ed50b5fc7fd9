"""Copy Leaflet's script, style and licence into the package, so that a page can carry them."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

from withinreach.files import write_whole

__all__ = ["vendor_leaflet"]

_FILES = ("leaflet.js", "leaflet.css")


def vendor_leaflet(out_dir: Path) -> None:
    """Write leaflet.js, leaflet.css and LICENSE into a folder.

    The first two are those of the pinned package XStatic-Leaflet, which lacks the licence text.
    """
    package = importlib.metadata.distribution("XStatic-Leaflet")
    found = {Path(str(f)).name: f for f in package.files or () if Path(str(f)).name in _FILES}
    for name in _FILES:
        text = Path(str(found[name].locate())).read_text("utf-8")
        write_whole(
            out_dir / name, text.replace("//# sourceMappingURL=leaflet.js.map", ""), force=True
        )
    licence = Path(__file__).with_name("leaflet_license.txt").read_text("utf-8")
    write_whole(out_dir / "LICENSE", licence, force=True)
