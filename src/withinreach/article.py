"""A file, standard input, HTML or Markdown becomes an Article: clean text with true offsets."""

from __future__ import annotations

import codecs
import re
import warnings
from errno import ENAMETOOLONG
from pathlib import Path
from typing import BinaryIO

import msgspec

from withinreach.errors import ArticleError, WithinreachWarning
from withinreach.markup import Cleaned, from_html, from_markdown

__all__ = ["MAX_ARTICLE_BYTES", "Article", "article_from_text", "read_article"]

# A long book has 2 MB; more than this is not an article but a corpus.
MAX_ARTICLE_BYTES = 10_000_000

_MAGIC = {
    b"%PDF": "a PDF; save its text as .txt",
    b"PK\x03\x04": "a zipped file such as .docx or .odt; save it as .txt or .html",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip file; unpack it",
    b"\xd0\xcf\x11\xe0": "an old Office file; save it as .txt or .html",
}
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S
)
_WEB_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """The text of one article; every offset in the project is a string offset into `text`."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    file: str | None = None

    @property
    def text_sha256(self) -> str:
        """The text's fingerprint, by which a scenario notices a changed article."""
        import hashlib  # loads OpenSSL, which few commands need

        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def article_from_text(text: str, *, title: str | None = None) -> Article:
    """Return an Article of plain text, kept to the letter."""
    if not text.strip():
        raise ArticleError("the text is empty: give the words of an article")
    return Article(text=text, title=title)


def read_article(source: str | Path | BinaryIO, *, name: str | None = None) -> Article:
    """Read an article from a path or an open binary file.

    `.txt` is kept to the letter; `.html`, `.htm`, `.xhtml` and `.md`, `.markdown` are cleaned; a
    text of unknown ending that starts like HTML is taken as HTML. Not UTF-8: a byte order mark, a
    declared charset, then detection decide, and a `WithinreachWarning` says which. Raises
    `ArticleError`, which says what is wrong and what to do.
    """
    if isinstance(source, str | Path):
        name = str(source)
        data = _bytes_of(name)
    else:
        name = name or str(getattr(source, "name", None) or "standard input")
        data = source.read(MAX_ARTICLE_BYTES + 1)
    if len(data) > MAX_ARTICLE_BYTES:
        raise ArticleError(
            f"{name}: larger than {MAX_ARTICLE_BYTES // 1_000_000} MB, which is no single article; "
            "split it, or feed many articles as JSON lines to `withinreach places --jsonl`"
        )
    if not data.strip():
        raise ArticleError(f"{name}: empty; give a file that holds the words of an article")
    markup = _decode(data, name)
    suffix = Path(name).suffix.lower()
    if suffix in {".html", ".htm", ".xhtml"} or (
        suffix not in {".txt", ".md", ".markdown"} and _LOOKS_LIKE_HTML.match(markup)
    ):
        cleaned = from_html(markup)
    elif suffix in {".md", ".markdown"}:
        cleaned = from_markdown(markup)
    else:
        cleaned = Cleaned(markup)
    if not cleaned.text.strip():
        raise ArticleError(f"{name}: no text in it; save the page as shown, or paste its text")
    return Article(**cleaned._asdict(), file=Path(name).name if suffix else None)


def _bytes_of(name: str) -> bytes:
    if not name:
        raise ArticleError("the path is empty; give a file, or - for standard input")
    if _WEB_ADDRESS.match(name):
        raise ArticleError(
            f"{name}: web addresses are not fetched; save the page, or paste its text into "
            "`withinreach map -`"
        )
    path = Path(name)
    try:
        if path.is_dir():
            raise ArticleError(f"{name}: a folder; name one article in it")
        with path.open("rb") as file:
            return file.read(MAX_ARTICLE_BYTES + 1)
    except FileNotFoundError:
        raise ArticleError(f"{name}: no such file; check the path") from None
    except ValueError as error:
        raise ArticleError(f"{name!r}: not a path ({error})") from None
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            raise ArticleError(
                f"{name[:40]!r}...: too long for a path; a text goes to `study_text`, or to "
                "`withinreach map -`"
            ) from None
        reason = (error.strerror or str(error)).lower()
        raise ArticleError(f"{name}: cannot be read ({reason})") from None


def _decode(data: bytes, name: str) -> str:
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise ArticleError(f"{name}: not a text but {kind}")
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return _decoded_as(data, encoding, name)
    if b"\0" in data[:100_000]:
        raise ArticleError(f"{name}: binary, not a text; give .txt, .md or .html")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    named = _declared_encoding(data) or _detected_encoding(data)
    if named is None:
        raise ArticleError(f"{name}: not UTF-8 and no encoding fits; save it as UTF-8")
    text = _decoded_as(data, named, name)
    warnings.warn(f"{name}: not UTF-8; read as {named}", WithinreachWarning, stacklevel=3)
    return text


def _decoded_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name}: said to be {encoding}, but byte {error.start} is not; save it as UTF-8"
        ) from None


def _declared_encoding(data: bytes) -> str | None:
    declared = _DECLARED.search(data[:4096])
    try:
        return codecs.lookup(declared[1].decode("ascii")).name if declared else None
    except LookupError:
        return None


def _detected_encoding(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return best.encoding if best else None
