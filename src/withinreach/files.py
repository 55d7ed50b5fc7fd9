"""Whole files or none: written beside the target, then renamed onto it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from withinreach.errors import OutputError

__all__ = ["check_writable", "whole_file", "write_whole"]


def check_writable(path: str | Path, *, force: bool = False) -> Path:
    """Return the path if a file can be written there, else raise `OutputError` with the reason.

    Called before long work, so that nobody waits for a result that cannot be kept.
    """
    path = Path(path)
    if path.is_dir():
        raise OutputError(f"{path}: a folder; name a file in it")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: the folder {path.parent} does not exist; create it first")
    if path.exists() and not force:
        raise OutputError(f"{path}: exists already; give another name, or --force to replace it")
    if not os.access(path.parent, os.W_OK):
        raise OutputError(f"{path}: the folder {path.parent} cannot be written to")
    return path


def write_whole(path: str | Path, data: str | bytes, *, force: bool = False) -> Path:
    """Write a file whole or not at all; text is UTF-8 with the line ends that it has."""
    content = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    with whole_file(path, force=force) as file:
        file.write(content)
    return Path(path)


@contextmanager
def whole_file(path: str | Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open a binary file that appears under its name only when the block ends without an error."""
    path = check_writable(path, force=force)
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({_reason(error)})") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
