"""Clean text and details out of HTML and Markdown."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["Cleaned", "from_html", "from_markdown"]


class Cleaned(NamedTuple):
    """Text in paragraphs (a blank line between them) and what the markup says of its source."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


_BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, blockquote, figcaption, td, th, dt, dd, pre"
# Parts of a page that are not the article: menus, forms, comments, code.
_NOT_TEXT = (
    "script, style, noscript, template, svg, iframe, form, nav, header nav, footer, aside, button, "
    "select, textarea, dialog, [hidden], [aria-hidden=true], [role=navigation], "
    "[role=complementary], [role=banner], #comments, .comments, .comment-list"
)
# A block with more of its text inside links than this is a menu or a list of teasers.
_MAX_LINK_SHARE = 0.6
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_MATTER_LINE = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)


def from_html(markup: str) -> Cleaned:
    """Return the article of an HTML page without its menus, scripts and comments.

    The text is that of the largest `<article>`, else of `<main>`, else of the body; blocks that are
    mostly links are left out. Character references are resolved.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(markup)
    title = (
        _meta(tree, "og:title")
        or _text_of(tree.css_first("h1"))
        or _text_of(tree.css_first("title"))
    )
    publisher = _meta(tree, "og:site_name")
    published = _meta(tree, "article:published_time") or _attribute(tree, "time", "datetime")
    url = _attribute(tree, "link[rel=canonical]", "href") or _meta(tree, "og:url")
    for node in tree.css(_NOT_TEXT):
        node.decompose()
    articles = tree.css("article") or tree.css("main, [role=main]")
    root = max(articles, key=lambda node: len(node.text()), default=tree.body)
    blocks = [] if root is None else _blocks(root)
    if not blocks and root is not None:
        blocks = [line for line in map(_squeeze, root.text(separator="\n").split("\n")) if line]
    return Cleaned("\n\n".join(blocks), title, publisher, published, url)


def _blocks(root: LexborNode) -> list[str]:
    found = []
    for node in root.css(_BLOCKS):
        if any(inner.mem_id != node.mem_id for inner in node.css(_BLOCKS)):
            continue  # the blocks inside it are taken one by one
        text = _text_of(node)
        linked = sum(len(_text_of(link) or "") for link in node.css("a"))
        if text and linked <= _MAX_LINK_SHARE * len(text):
            found.append(text)
    return found


def _text_of(node: LexborNode | None) -> str | None:
    if node is None:
        return None
    for line_break in node.css("br"):
        line_break.replace_with(" ")
    return _squeeze(node.text()) or None


def _squeeze(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _meta(tree: object, name: str) -> str | None:
    for key in ("property", "name"):
        value = _attribute(tree, f'meta[{key}="{name}"]', "content")
        if value:
            return value
    return None


def _attribute(tree: object, selector: str, attribute: str) -> str | None:
    node = tree.css_first(selector)  # type: ignore[attr-defined]
    value = None if node is None else node.attributes.get(attribute)
    return _squeeze(value) or None if value else None


def from_markdown(markup: str) -> Cleaned:
    """Return the words of a Markdown text without its marks.

    Front matter between `---` lines may give title, publisher, published (or date) and url; else
    the first heading is the title. Code and raw HTML are left out.
    """
    from markdown_it import MarkdownIt

    details: dict[str, str] = {}
    front_matter = _FRONT_MATTER.match(markup)
    if front_matter:
        details = {
            key.lower(): value.strip("\"'")
            for key, value in _FRONT_MATTER_LINE.findall(front_matter[1])
            if value
        }
        markup = markup[front_matter.end() :]
    blocks = []
    heading = None
    tokens = MarkdownIt("commonmark").enable("table").parse(markup)
    for before, token in itertools.pairwise(tokens):
        if token.type != "inline":
            continue
        words = {"text": None, "code_inline": None, "softbreak": " ", "hardbreak": " "}
        text = _squeeze(
            "".join(
                words[child.type] or child.content
                for child in token.children or ()
                if child.type in words
            )
        )
        if text:
            blocks.append(text)
        if heading is None and before.type == "heading_open":
            heading = text
    return Cleaned(
        "\n\n".join(blocks),
        details.get("title") or heading,
        details.get("publisher"),
        details.get("published") or details.get("date"),
        details.get("url"),
    )
