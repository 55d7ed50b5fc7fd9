"""Answers of online geocoders on disk, and the turns in which they are asked.

One SQLite file serves all processes of a user: it keeps each answer, and the time from which a
service may be asked again.
"""

from __future__ import annotations

import sqlite3
import time
import warnings
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from withinreach.atlas.folders import cache_folder
from withinreach.errors import WithinreachWarning

__all__ = ["AnswerCache"]

_TABLES = """
CREATE TABLE IF NOT EXISTS answer (
    service TEXT, query TEXT, content BLOB NOT NULL, PRIMARY KEY (service, query)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turn (service TEXT PRIMARY KEY, free_at_s REAL NOT NULL) WITHOUT ROWID;
"""
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_LOCKED_S = 10.0
# A later turn than this was written by a clock that ran wrong.
_LONGEST_QUEUE_S = 120.0

Done = TypeVar("Done")


class AnswerCache:
    """Answers by service and query, as bytes; `path` None is the user's cache folder.

    A corrupt file is begun anew, and where no file can be written answers are kept in memory: both
    with a warning, never with an error.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = cache_folder() / "online.sqlite" if path is None else path
        self._database: sqlite3.Connection | None = None

    def get(self, service: str, query: str) -> bytes | None:
        """Return a kept answer, None where there is none."""
        sql = "SELECT content FROM answer WHERE service = ? AND query = ?"
        row = self._do(lambda database: database.execute(sql, (service, query)).fetchone())
        return None if row is None or not isinstance(row[0], bytes) else row[0]

    def put(self, service: str, query: str, content: bytes) -> None:
        """Keep an answer."""
        sql = "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)"
        self._do(lambda database: database.execute(sql, (service, query, content)))

    def wait_for_turn(self, service: str, pause_s: float) -> None:
        """Wait until a service may be asked: turns of all processes lie `pause_s` apart."""

        def take(database: sqlite3.Connection) -> float:
            database.execute("BEGIN IMMEDIATE")
            now = time.time()
            row = database.execute(
                "SELECT free_at_s FROM turn WHERE service = ?", (service,)
            ).fetchone()
            turn = now if row is None else max(now, float(row[0]))
            if turn - now > _LONGEST_QUEUE_S:
                turn = now + pause_s
            database.execute("INSERT OR REPLACE INTO turn VALUES (?, ?)", (service, turn + pause_s))
            database.execute("COMMIT")
            return turn - now

        time.sleep(max(0.0, self._do(take)))

    def _do(self, work: Callable[[sqlite3.Connection], Done]) -> Done:
        try:
            return work(self._open())
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)
            return work(self._open())

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise sqlite3.OperationalError(str(error)) from None
            self._database = self._connected(str(self._path))
        return self._database

    def _connected(self, path: str) -> sqlite3.Connection:
        database = _connected(path)
        # Nobody closes a cache; Python 3.13 warns of a database that is left open.
        weakref.finalize(self, database.close)
        return database

    def _begin_anew(self, error: sqlite3.DatabaseError) -> None:
        """Replace a broken file by a new one, a file that cannot be used by memory."""
        if self._database is not None:
            self._database.close()
            self._database = None
        if getattr(error, "sqlite_errorcode", None) in _BROKEN:
            try:
                self._path.unlink(missing_ok=True)
                self._database = self._connected(str(self._path))
            except (OSError, sqlite3.DatabaseError):
                pass
            else:
                _warn(f"{self._path}: the cache was broken and is begun anew ({error})")
                return
        self._database = self._connected(":memory:")
        _warn(f"{self._path}: answers cannot be kept ({error}); they are asked for again next time")


def _connected(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(
        path, timeout=_LOCKED_S, isolation_level=None, check_same_thread=False
    )
    try:
        database.executescript(_TABLES)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _warn(message: str) -> None:
    warnings.warn(message, WithinreachWarning, stacklevel=2)
