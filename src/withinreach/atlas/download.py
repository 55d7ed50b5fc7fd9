"""One download on demand: the publisher's outlines of the world, resumed and checked."""

from __future__ import annotations

import hashlib
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from withinreach.atlas.folders import data_folder
from withinreach.atlas.user_outlines import AddedOutlines, add_outlines
from withinreach.errors import AtlasError, OutputError

__all__ = ["NATURAL_EARTH_URL", "download", "fetch_natural_earth"]

# The publisher's own server; naturalearthdata.com links to it.
NATURAL_EARTH_URL = (
    "https://naciscdn.org/naturalearth/10m/cultural/ne_10m_admin_1_states_provinces.zip"
)
_CHUNK_BYTES = 1 << 16
_TIMEOUT_S = 30.0
_LOCKED_S = 600.0
_USER_AGENT = "withinreach"

Progress = Callable[[int, int | None], None]


def fetch_natural_earth(
    *,
    url: str = NATURAL_EARTH_URL,
    sha256: str | None = None,
    progress: Progress | None = None,
) -> AddedOutlines:
    """Download Natural Earth's 1:10m provinces (public domain) and add them to the atlas.

    A download that broke off goes on where it stopped. `sha256` is the expected digest in hex;
    `progress` is called with the bytes so far and in all (None: not told). Raises `AtlasError` for
    a failed or altered download, and `OutputError` where the data folder cannot be written.
    """
    folder = data_folder() / "downloads"
    path = folder / (Path(urlsplit(url).path).name or "boundaries")
    download(url, path, sha256=sha256, progress=progress)
    return add_outlines(path)


def download(
    url: str, path: Path, *, sha256: str | None = None, progress: Progress | None = None
) -> None:
    """Bring a file under its name whole and checked, or not at all.

    What has come so far stays beside it as .part, with the server's mark of that version as .etag.
    """
    part, mark = path.with_name(path.name + ".part"), path.with_name(path.name + ".etag")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path):
            _receive(url, part, mark, progress)
            if sha256 is not None and (found := _digest(part)) != sha256.strip().lower():
                part.unlink()
                mark.unlink(missing_ok=True)
                raise AtlasError(f"{url}: its SHA-256 is {found}, not {sha256}; nothing was added")
            part.replace(path)
            mark.unlink(missing_ok=True)
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise AtlasError(f"{url}: the download failed: {reason}; run it again to go on") from None
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{path.parent}: cannot be written: {error}") from None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other process brings the same file; a process that dies lets go by itself."""
    lock = path.with_name(f".{path.name}.lock")
    with closing(sqlite3.connect(lock, timeout=_LOCKED_S, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield


def _receive(url: str, part: Path, mark: Path, progress: Progress | None) -> None:
    if urlsplit(url).scheme not in ("http", "https"):
        raise AtlasError(f"{url}: give an address that starts with https://")
    have, etag = _begun(part, mark)
    headers = {"User-Agent": _USER_AGENT}
    if have and etag:
        headers |= {"Range": f"bytes={have}-", "If-Range": etag}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - scheme checked above
    try:
        response = urllib.request.urlopen(request, timeout=_TIMEOUT_S)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code == 416:  # what is there is not a part of what the server has now
            part.unlink(missing_ok=True)
        raise AtlasError(f"{url}: the server answers {error.code} {error.reason}") from None
    with response:
        start = have if response.status == 206 else 0
        length = response.headers.get("Content-Length")
        total = start + int(length) if length and length.isdigit() else None
        new_etag = response.headers.get("ETag") or ""
        if start == 0:
            part.write_bytes(b"")  # before the mark: old bytes must not get a new mark
        # A weak mark does not promise the same bytes.
        mark.write_text("" if new_etag.startswith("W/") else new_etag, "utf-8")
        end = _write(response, part, start, total, progress)
    if total is not None and end != total:
        raise AtlasError(f"{url}: broke off at {end} of {total} bytes; run it again to go on")


def _begun(part: Path, mark: Path) -> tuple[int, str]:
    try:
        return part.stat().st_size, mark.read_text("utf-8")
    except OSError:
        return 0, ""


def _write(
    response: Any, part: Path, start: int, total: int | None, progress: Progress | None
) -> int:
    """Write after the bytes that are there."""
    with part.open("r+b") as file:
        file.truncate(start)
        file.seek(start)
        done = start
        while chunk := response.read(_CHUNK_BYTES):
            file.write(chunk)
            done += len(chunk)
            if progress is not None:
                progress(done, total)
    return done


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
