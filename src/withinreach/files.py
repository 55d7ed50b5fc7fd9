"""Whole files or none: written beside the target, then renamed onto it; links are followed."""

from __future__ import annotations

import os
import stat
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
    if not os.fspath(path):
        raise OutputError("the output has an empty name; give a file, or - for standard output")
    path = Path(path)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        mode = None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({_reason(error)})") from None
    folder = _end_of(path).parent
    if mode is not None and stat.S_ISDIR(mode):
        raise OutputError(f"{path}: a folder; name a file in it")
    if mode is not None and not stat.S_ISREG(mode):
        raise OutputError(
            f"{path}: a pipe or a device, which a file would replace; "
            "name a file, or write to standard output with -o -"
        )
    if not folder.is_dir():
        raise OutputError(f"{path}: the folder {folder} does not exist; create it first")
    if mode is not None and not force:
        raise OutputError(f"{path}: exists already; give another name, or --force to replace it")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{path}: the folder {folder} cannot be written to")
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
    end = _end_of(path)
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=end.parent, prefix=f".{end.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(end)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({_reason(error)})") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _end_of(path: Path) -> Path:
    """Return where a link leads, whether or not a file is there yet; other paths as they are."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
