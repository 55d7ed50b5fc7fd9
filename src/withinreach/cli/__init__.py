"""The command line: one verb a command; parse, one library call, write."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    0 done, 1 an error in one line, 2 wrong usage, 3 nothing to draw (no origin or no range).
    """
    from withinreach.cli.options import parsed

    options = parsed(argv)

    from withinreach.cli.output import abandon_output, flush_output
    from withinreach.errors import NothingToDrawError, WithinreachError, WithinreachWarning

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", WithinreachWarning)
            warnings.showwarning = _say_warning
            from withinreach.cli import commands

            code = commands.run(options)
            flush_output()
            return code
    except NothingToDrawError as error:
        _say(str(error))
        return 3
    except WithinreachError as error:
        _say(str(error))
        return 1
    except BrokenPipeError:
        abandon_output()
        return 1
    except KeyboardInterrupt:
        _say("stopped")
        return 130


def _say(message: str) -> None:
    """Print one line on stderr; control characters of untrusted text are shown, not sent."""
    line = " ".join(message.split())
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
    stream = sys.stderr
    stream.write(
        f"withinreach: {shown}\n".encode(stream.encoding, "backslashreplace").decode(
            stream.encoding
        )
    )


def _say_warning(message, category, filename, lineno, file=None, line=None):  # type: ignore[no-untyped-def]
    _say(f"warning: {message}")
