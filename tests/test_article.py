"""Articles come as files, streams, HTML, Markdown, in any encoding, and as junk."""

import io

import pytest

from withinreach.article import MAX_ARTICLE_BYTES, article_from_text, read_article
from withinreach.errors import ArticleError, WithinreachWarning


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_plain_text_is_kept_to_the_letter(tmp_path):
    text = "  Mosul\r\n\r\n\tErbil é “x” \n"
    assert read_article(write(tmp_path, "a.txt", text)).text == text


def test_markdown_loses_its_marks_and_gives_its_front_matter(tmp_path):
    markup = (
        '---\ntitle: "Far & near"\npublisher: The Paper\ndate: 2020-01-02\n---\n'
        "# Head\n\nFrom *Aden* to\n[Taiz](http://x.example) & **Sana'a**.\n\n"
        "```\ncode\n```\n\n- one\n- two\n"
    )
    article = read_article(write(tmp_path, "a.md", markup))
    assert article.text == "Head\n\nFrom Aden to Taiz & Sana'a.\n\none\n\ntwo"
    assert (article.title, article.publisher, article.published) == (
        "Far & near",
        "The Paper",
        "2020-01-02",
    )


def test_markdown_without_front_matter_takes_its_first_heading(tmp_path):
    assert read_article(write(tmp_path, "a.md", "text\n\n## Head\n")).title == "Head"


HTML = """<!doctype html><html><head><title>T</title>
<meta property="og:title" content="Rockets &amp; rings"><meta property="og:site_name" content="P">
<link rel="canonical" href="https://news.example/1">
<meta property="article:published_time" content="2019-05-06"></head><body>
<nav><p>Home News</p></nav><script>var a = "<p>evil</p>";</script>
<article><h1>Rockets &amp; rings</h1><p>From&nbsp;Aden<br>to <b>Taiz</b>.</p>
<ul><li><a href="/x">Read more about this</a></li><li>It is <a href="/y">near</a> the sea</li></ul>
<blockquote><p>“Yes.”</p></blockquote></article><footer><p>Contact</p></footer></body></html>"""


def test_html_keeps_the_article_and_drops_the_page_around_it(tmp_path):
    article = read_article(write(tmp_path, "a.html", HTML))
    assert article.text.replace("\xa0", " ") == (
        "Rockets & rings\n\nFrom Aden to Taiz.\n\nIt is near the sea\n\n“Yes.”"
    )
    assert article.title == "Rockets & rings"
    assert article.publisher == "P"
    assert article.url == "https://news.example/1"
    assert article.published == "2019-05-06"


def test_html_without_an_ending_is_recognised():
    assert "evil" not in read_article(io.BytesIO(HTML.encode())).text


def test_a_word_in_angle_brackets_does_not_make_a_text_html():
    assert read_article(io.BytesIO(b"<missile> is a word")).text == "<missile> is a word"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Sana’a – “Köln”".encode("cp1252"), "cp1252"),
        ("Ракеты в Калининграде могут долететь до Берлина. ".encode("cp1251") * 5, "cp1251"),
    ],
)
def test_other_encodings_are_detected_and_told(tmp_path, data, encoding):
    with pytest.warns(WithinreachWarning, match="not UTF-8; read as"):
        article = read_article(write(tmp_path, "a.txt", data))
    assert article.text == data.decode(encoding)


def test_a_declared_charset_wins(tmp_path):
    page = "<html><head><meta charset='iso-8859-2'></head><body><p>Łódź żółw</p></body></html>"
    with pytest.warns(WithinreachWarning, match="iso8859-2"):
        article = read_article(write(tmp_path, "a.html", page.encode("iso-8859-2")))
    assert article.text == "Łódź żółw"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_obeyed(tmp_path, encoding):
    assert read_article(write(tmp_path, "a.txt", "Łódź".encode(encoding))).text == "Łódź"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.docx", b"PK\x03\x04rest", "zipped"),
        ("a.txt", b"some\0thing", "binary"),
        ("big.txt", b"x" * (MAX_ARTICLE_BYTES + 1), "larger than 10 MB"),
        ("a.html", b"<html><body><script>x</script></body></html>", "no text"),
        ("a.txt", b"\xff\xfeabc", "utf-16"),
    ],
)
def test_what_is_no_article_is_told(tmp_path, name, data, said):
    with pytest.raises(ArticleError, match=said) as caught:
        read_article(write(tmp_path, name, data))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_a_missing_file_and_a_web_address_are_told(tmp_path):
    with pytest.raises(ArticleError, match="a folder"):
        read_article(tmp_path)
    with pytest.raises(ArticleError, match="no such file"):
        read_article(tmp_path / "no.txt")
    with pytest.raises(ArticleError, match="save the page"):
        read_article("https://news.example/1")
    with pytest.raises(ArticleError, match="empty"):
        article_from_text(" \n")


def test_the_fingerprint_tells_one_letter():
    assert article_from_text("a").text_sha256 != article_from_text("b").text_sha256
    assert len(article_from_text("\ud800").text_sha256) == 64
