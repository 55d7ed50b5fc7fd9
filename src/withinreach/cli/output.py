"""Where results go: a whole file or standard output; what fails is told in one line."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from withinreach.errors import OutputError

__all__ = [
    "abandon_output",
    "check_output",
    "flush_output",
    "sink",
    "write_output",
    "write_text",
]


def check_output(options: Namespace) -> None:
    """Raise `OutputError` before long work when its result could not be kept."""
    if options.output != "-":
        from withinreach.files import check_writable

        check_writable(options.output, force=options.force)


def write_text(options: Namespace, text: str) -> None:
    """Write a result to where -o says."""
    with sink(options) as write:
        write(text.encode("utf-8", "backslashreplace"))


@contextmanager
def sink(options: Namespace) -> Iterator[Callable[[bytes], object]]:
    """Give a function that writes to standard output, or to a file that appears when done."""
    if options.output == "-":
        yield write_output
        flush_output()
        return
    from withinreach.files import whole_file

    with whole_file(options.output, force=options.force) as file:
        yield file.write


def write_output(data: bytes) -> None:
    """Write bytes to standard output; a reader that stopped raises `BrokenPipeError`."""
    if sys.stdout is None:
        raise OutputError("standard output: closed; give a file with -o")
    try:
        sys.stdout.buffer.write(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _told(error) from None


def flush_output() -> None:
    """Send what waits to be written, so that an error of it is met here."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _told(error) from None


def abandon_output() -> None:
    """Let go of what could not be written: Python would try again, and complain, at its end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: OSError) -> OutputError:
    abandon_output()
    reason = (error.strerror or str(error)).lower()
    return OutputError(f"standard output: cannot be written ({reason})")
