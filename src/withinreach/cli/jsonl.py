"""Many articles: JSON lines in, JSON lines out, in order, a bad line told and passed over."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from withinreach.errors import ArticleError, WithinreachWarning
from withinreach.outputs.records import reading_record

if TYPE_CHECKING:
    from withinreach.atlas.online import OnlineGeocoder

__all__ = ["run_jsonl"]

Ask = tuple[str, str | None]

# Lines handed to a process at a time: enough to hide the cost of handing over.
_LINES_A_TASK = 16


class _Document(msgspec.Struct):
    id: str | int | float | None
    text: str


def run_jsonl(
    source: str, *, jobs: int, write: Callable[[bytes], object], ask: Ask | None = None
) -> None:
    """Read documents from a path or "-" and write one line each.

    `ask` names the online geocoder for what the atlas lacks, and its address if it has its own.
    """
    if source == "-":
        _run(sys.stdin.buffer, jobs, write, ask)
        return
    try:
        with Path(source).open("rb") as file:
            _run(file, jobs, write, ask)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ArticleError(f"{source}: cannot be read ({reason})") from None


def _run(lines: BinaryIO, jobs: int, write: Callable[[bytes], object], ask: Ask | None) -> None:
    numbered = enumerate(lines, start=1)
    if jobs == 1:
        for number, line in numbered:
            write(_answer(number, line, ask))
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a caller may have threads.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        # Only so many tasks wait at a time: the input may be larger than the memory.
        waiting = [pool.submit(_answers, batch, ask) for batch in _batches(numbered, 4 * jobs)]
        told: set[str] = set()
        while waiting:
            answers, warned = waiting.pop(0).result()
            write(answers)
            for said in dict.fromkeys(warned):
                if said not in told:
                    told.add(said)
                    warnings.warn(said, WithinreachWarning, stacklevel=2)
            waiting += [pool.submit(_answers, batch, ask) for batch in _batches(numbered, 1)]


def _batches(
    numbered: Iterator[tuple[int, bytes]], count: int
) -> Iterator[list[tuple[int, bytes]]]:
    for _ in range(count):
        batch = list(islice(numbered, _LINES_A_TASK))
        if batch:
            yield batch


def _answers(batch: Iterable[tuple[int, bytes]], ask: Ask | None) -> tuple[bytes, list[str]]:
    """Return the lines of a batch, and what was warned of: processes tell the same things."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", WithinreachWarning)
        lines = b"".join(_answer(number, line, ask) for number, line in batch)
    return lines, [str(one.message) for one in caught]


def _answer(number: int, line: bytes, ask: Ask | None) -> bytes:
    if not line.strip():
        return b""
    try:
        document = msgspec.json.decode(line, type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        record = {"id": None, "line": number, "error": str(error)}
    else:
        from withinreach.atlas.table import PlaceTable
        from withinreach.reading import read

        reading = read(document.text, PlaceTable.open(), online=ask and _geocoder(*ask))
        record = reading_record(document.id, reading)
    return msgspec.json.encode(record) + b"\n"


@cache
def _geocoder(name: str, url: str | None) -> OnlineGeocoder:
    """Return the geocoder of this process; after a failure it asks nothing more."""
    from withinreach.atlas.online import OnlineGeocoder

    return OnlineGeocoder(name, url=url)
