"""A Chromium without a network, and a page made from an article."""

import shutil

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on the PATH; `make browser` installs Debian's")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Opened:
    """A page, what it asked for, and what it complained of."""

    def __init__(self, page):
        self.page = page
        self.requests = []
        self.complaints = []
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)

    @property
    def asked(self):
        return [url for url in self.requests if not url.startswith(("file:", "data:", "about:"))]


@pytest.fixture
def open_page(chromium, tmp_path):
    contexts = []

    def open_html(html, *, width=1280, height=860, offline=True):
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        context = chromium.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        context.set_offline(offline)
        opened = Opened(context.new_page())
        opened.page.goto(f"file://{path}")
        opened.page.wait_for_load_state("load")
        return opened

    yield open_html
    for context in contexts:
        context.close()
