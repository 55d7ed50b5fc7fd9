"""What a message shows of a file: one line, and not the whole of what is too long."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["in_brackets", "said_shortly", "shortened", "shown_value"]

_MOST_SAID = 300
_MOST_SHOWN = 60
_LONG_VALUE = re.compile(rf"""(["'])[^"']{{{_MOST_SHOWN},}}\1""")
_TAIL = 25


def shortened(text: str, most: int = _MOST_SHOWN) -> str:
    """Return a text on one line, its middle left out where it is longer than `most`."""
    line = " ".join(_ends(text).split())
    return line if len(line) <= most else f"{line[: most - _TAIL - 1]}…{line[-_TAIL:]}"


def said_shortly(text: str) -> str:
    """Return a sentence on one line, with the values that it quotes shortened."""
    return shortened(_LONG_VALUE.sub(lambda value: shortened(value[0]), _ends(text)), _MOST_SAID)


def shown_value(value: Any) -> str:
    """Return a value as Python writes it, shortened."""
    try:
        return shortened(repr(value))
    except ValueError:
        return "this number"


def in_brackets(entry_id: Any) -> str:
    """Return an entry's id as it stands behind its number, or nothing."""
    return f' ("{shortened(entry_id)}")' if isinstance(entry_id, str) and entry_id else ""


def _ends(text: str) -> str:
    """Return enough of both ends of a text, so that megabytes are not searched."""
    return text if len(text) <= 10_000 else f"{text[:5000]}…{text[-5000:]}"
