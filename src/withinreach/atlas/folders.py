"""Where the user's own data and the answers of online geocoders are kept."""

import os
import sys
from pathlib import Path

__all__ = ["cache_folder", "data_folder"]


def data_folder() -> Path:
    """Return the folder of the user's own data.

    That is WITHINREACH_DATA, else the usual place of the platform: XDG_DATA_HOME or
    ~/.local/share, ~/Library/Application Support, LOCALAPPDATA.
    """
    return _folder("WITHINREACH_DATA", "XDG_DATA_HOME", "~/.local/share", "Application Support")


def cache_folder() -> Path:
    """Return the folder of what can be asked for again; it may be deleted at any time.

    That is WITHINREACH_CACHE, else the usual place of the platform: XDG_CACHE_HOME or ~/.cache,
    ~/Library/Caches, LOCALAPPDATA.
    """
    folder = _folder("WITHINREACH_CACHE", "XDG_CACHE_HOME", "~/.cache", "Caches")
    return folder / "Cache" if sys.platform == "win32" else folder


def _folder(own: str, xdg: str, usual: str, mac: str) -> Path:
    named = os.environ.get(own)
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = f"~/Library/{mac}"
    else:
        base = os.environ.get(xdg) or usual
    return Path(os.path.expanduser(base)) / "withinreach"  # noqa: PTH111 - may stay unexpanded
