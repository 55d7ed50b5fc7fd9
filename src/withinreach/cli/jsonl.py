"""Many articles: JSON lines in, JSON lines out, in order, a bad line told and passed over."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

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
    """Read documents from a path or "-" and write one line each; warn of how many were bad.

    `ask` names the online geocoder for what the atlas lacks, and its address if it has its own.
    """
    bad = _run(_lines(source), jobs, write, ask)
    if bad:
        lines = "1 line is" if bad == 1 else f"{bad:,} lines are"
        warnings.warn(
            f'{lines} in error: see "error" in the output', WithinreachWarning, stacklevel=2
        )


def _lines(source: str) -> Iterator[bytes]:
    """Yield the lines of a path or of "-"; only what fails in reading is told as such."""
    if source == "-":
        yield from sys.stdin.buffer
        return
    if not source:
        raise ArticleError("the path is empty; give a file, or - for standard input")
    try:
        with Path(source).open("rb") as file:
            yield from file
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ArticleError(f"{source}: cannot be read ({reason})") from None


def _run(
    lines: Iterable[bytes], jobs: int, write: Callable[[bytes], object], ask: Ask | None
) -> int:
    """Answer every line in order, and return how many were bad."""
    numbered = enumerate(lines, start=1)
    bad = 0
    if jobs == 1:
        for number, line in numbered:
            answer, good = _answer(number, line, ask)
            bad += not good
            write(answer)
        return bad
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a caller may have threads.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        # Only so many tasks wait at a time: the input may be larger than the memory.
        waiting = [pool.submit(_answers, batch, ask) for batch in _batches(numbered, 4 * jobs)]
        told: set[str] = set()
        while waiting:
            answers, bad_here, warned = waiting.pop(0).result()
            bad += bad_here
            write(answers)
            for said in dict.fromkeys(warned):
                if said not in told:
                    told.add(said)
                    warnings.warn(said, WithinreachWarning, stacklevel=2)
            waiting += [pool.submit(_answers, batch, ask) for batch in _batches(numbered, 1)]
    return bad


def _batches(
    numbered: Iterator[tuple[int, bytes]], count: int
) -> Iterator[list[tuple[int, bytes]]]:
    for _ in range(count):
        batch = list(islice(numbered, _LINES_A_TASK))
        if batch:
            yield batch


def _answers(batch: Iterable[tuple[int, bytes]], ask: Ask | None) -> tuple[bytes, int, list[str]]:
    """Return the lines of a batch, how many are bad, and what was warned of.

    Processes warn of the same things, so that the warnings are handed back to be told once.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", WithinreachWarning)
        answers = [_answer(number, line, ask) for number, line in batch]
    lines = b"".join(line for line, _ in answers)
    return lines, sum(not good for _, good in answers), [str(one.message) for one in caught]


def _answer(number: int, line: bytes, ask: Ask | None) -> tuple[bytes, bool]:
    """Return the line that answers a line, and whether that one was good."""
    if not line.strip():
        return b"", True
    try:
        document = msgspec.json.decode(line, type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        record = {"id": None, "line": number, "error": str(error)}
        return msgspec.json.encode(record) + b"\n", False
    from withinreach.atlas.table import PlaceTable
    from withinreach.reading import read

    reading = read(document.text, PlaceTable.open(), online=ask and _geocoder(*ask))
    return msgspec.json.encode(reading_record(document.id, reading)) + b"\n", True


@cache
def _geocoder(name: str, url: str | None) -> OnlineGeocoder:
    """Return the geocoder of this process; after a failure it asks nothing more."""
    from withinreach.atlas.online import OnlineGeocoder

    return OnlineGeocoder(name, url=url)
