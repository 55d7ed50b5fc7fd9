"""The page as a reader meets it: offline, without complaint, with layers, tooltips, verdicts."""

import re

import pytest
from playwright.sync_api import expect
from tests.conftest import ROOT

import withinreach as wr
from withinreach.chain import Study
from withinreach.scenario import Claim, Origin, Range, Scenario, Source, Target

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seed_html():
    return wr.study(ROOT / "seeds" / "iraq-2018.md").page()


@pytest.fixture
def keep():
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder


def rings(page):
    return page.locator("path.ring").count()


def test_it_opens_offline_asks_for_nothing_and_does_not_complain(open_page, seed_html, keep):
    opened = open_page(seed_html)
    opened.page.wait_for_timeout(500)
    opened.page.screenshot(path=keep / "iraq-2018.png")
    assert opened.asked == []
    assert opened.complaints == []
    assert "not checked by a person" in opened.page.inner_text("header")
    assert "GeoNames" in opened.page.inner_text("aside")
    assert "over 100,000 people" in opened.page.inner_text("aside")
    assert opened.page.locator(".leaflet-control-scale-line").count() == 2


def test_the_map_opens_on_what_is_shown(open_page):
    far = [Origin(id="o", label="O", lon=150.0, lat=40.0, uncertainty_km=5, basis="doubt")]
    scenario = Scenario(origins=tuple(far), ranges=(Range(id="r", max_km=3000),))
    page = open_page(Study(scenario).page()).page
    page.wait_for_timeout(600)
    ring = page.locator("path.ring.outer").bounding_box()
    frame = page.locator(".folium-map").bounding_box()
    middle = ring["x"] + ring["width"] / 2
    assert middle == pytest.approx(frame["x"] + frame["width"] / 2, abs=12)
    assert ring["y"] >= frame["y"]
    assert ring["y"] + ring["height"] <= frame["y"] + frame["height"]


def test_a_layer_can_be_switched_off_and_on(open_page, seed_html):
    page = open_page(seed_html).page
    before = rings(page)
    assert before == 2
    box = page.locator(".layers input[data-group]:checked").first
    box.uncheck()
    expect(page.locator("path.ring")).to_have_count(0)
    assert not page.locator(".labels .ring", has_text="700 km from Anbar").count()
    page.locator(".layers input[data-group]:not(:checked)").last.check()
    expect(page.locator("path.ring")).to_have_count(before)


def test_a_tooltip_tells_distance_and_origin(open_page, seed_html):
    page = open_page(seed_html).page
    page.locator(".mark", has=page.locator(".pin")).first.hover()
    tip = page.locator(".leaflet-tooltip").inner_text()
    assert "km" in tip
    assert "miles" in tip
    assert "Anbar" in tip


def test_a_verdict_lights_its_target(open_page, seed_html):
    page = open_page(seed_html).page
    button = page.locator("button[data-target]", has_text="Riyadh").first
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator(".pin.lit").count() == 1
    assert "Riyadh" in page.locator(".leaflet-tooltip").inner_text()
    assert "fails" in button.inner_text()


def test_streets_are_asked_for_only_when_picked(open_page, seed_html):
    opened = open_page(seed_html, offline=False)
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.abort()

    opened.page.route(re.compile("^https:"), answer)
    opened.page.wait_for_timeout(300)
    assert asked == []
    opened.page.locator(".layers label", has_text="Streets").click()
    opened.page.wait_for_timeout(500)
    assert asked
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in asked)
    assert "OpenStreetMap" in opened.page.inner_text(".leaflet-control-attribution")


def test_a_narrow_screen_does_not_scroll_sideways(open_page, seed_html, keep):
    page = open_page(seed_html, width=390, height=844).page
    page.wait_for_timeout(300)
    page.screenshot(path=keep / "iraq-2018-mobile.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_words_of_an_article_never_become_markup(open_page):
    evil = "</script><script>window.pwned = 1</script><img src=x onerror='window.pwned = 1'>"
    words = (
        f"{evil} {{{{ 7 * 7 }}}} {{% raw %}} ${{1}} \u2028 \u05e2\u05d1\u05e8\u05d9\u05ea ' \" &lt;"
    )
    scenario = Scenario(
        source=Source(title=words, publisher=words, published=words, url="javascript:alert(1)"),
        origins=(
            Origin(id="o", label=words, lon=45.0, lat=12.8, uncertainty_km=5, basis="doubt"),
            Origin(id="p", label=words, lon=46.0, lat=13.8, basis="doubt", country_label=words),
        ),
        ranges=(Range(id="r", max_km=900),),
        targets=(Target(id="t", label=words, lon=43.1, lat=11.6, country_label=words),),
        claims=(Claim(id="c", origin="o", targets=("t",), range="r", quote=words, said_by=words),),
    )
    opened = open_page(Study(scenario).page())
    page = opened.page
    page.locator("button[data-target]").click()
    page.wait_for_timeout(300)
    assert page.evaluate("window.pwned") is None
    assert opened.complaints == []
    assert opened.asked == []
    assert page.locator("img").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0
    for where in ("h1", "blockquote", ".subject", ".layers .name", ".leaflet-tooltip b", "title"):
        assert evil in page.locator(where).first.text_content(), where
        assert "{{ 7 * 7 }} {% raw %} ${1}" in page.locator(where).first.text_content(), where
    description = page.locator("meta[name=description]").get_attribute("content")
    assert evil in description


@pytest.mark.parametrize(
    ("place", "range_km"), [("Suva", 900), ("Petropavlovsk-Kamchatsky", 5500), ("Suva", 13000)]
)
def test_a_ring_across_the_date_line_is_drawn_whole(open_page, keep, place, range_km):
    from withinreach.atlas.table import PlaceTable

    origin = PlaceTable.open().find(place, limit=1)[0].place
    study = wr.study_places([origin], ranges_km=[range_km])
    opened = open_page(study.page())
    opened.page.wait_for_timeout(300)
    opened.page.screenshot(path=keep / f"{place.lower()}-{range_km}.png")
    assert opened.complaints == []
    assert opened.page.evaluate(STRAIGHT_UP) < LONGEST_STRAIGHT_PX
    # Around its origin the ring lies whole: what is drawn of it reaches as far west as east.
    box = opened.page.locator("path.ring.outer").bounding_box()
    site = opened.page.locator(".mark").first.bounding_box()
    west, east = site["x"] - box["x"], box["x"] + box["width"] - site["x"] - site["width"]
    assert west == pytest.approx(east, abs=max(west, east) * 0.1 + 20)


# A cut along ±180° would be a long line straight up.
LONGEST_STRAIGHT_PX = 60
STRAIGHT_UP = """() => Math.max(0, ...[...document.querySelectorAll('path.ring')].flatMap(path =>
  path.getAttribute('d').split('M').slice(1).flatMap(run => {
    const xy = run.split('L').map(pair => pair.trim().split(/[ ,]+/).map(Number));
    return xy.slice(1).map((p, i) =>
      Math.abs(p[0] - xy[i][0]) < 0.01 ? Math.abs(p[1] - xy[i][1]) : 0);
  })))"""


FOCUSED = """() => { const e = document.activeElement;
  const label = e.closest('label');
  return e.tagName + ' ' + (e.ariaLabel || (label || e).textContent).trim(); }"""


def test_marks_and_switches_are_within_reach_of_the_keyboard(open_page, seed_html):
    page = open_page(seed_html).page
    names = page.locator(".mark").evaluate_all("all => all.map(e => e.ariaLabel)")
    assert all(names)
    assert any("Riyadh" in name for name in names)
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    # Nothing without a name takes the focus on the way.
    assert all(len(one.split()) > 1 for one in reached), reached
    assert {"DIV", "INPUT", "SUMMARY", "BUTTON", "A"} <= {one.split()[0] for one in reached}
    page.locator(".mark", has_text="✕").focus()
    expect(page.locator(".leaflet-tooltip")).to_have_count(1)
    assert "Riyadh" in page.locator(".leaflet-tooltip").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-tooltip")).to_have_count(0)


def test_no_two_labels_overlap(open_page, seed_html):
    page = open_page(seed_html).page
    boxes = page.locator(".labels text:not(.ring)").evaluate_all(
        "all => all.map(e => { const b = e.getBoundingClientRect(); "
        "return [b.left + 2, b.top + 3, b.right - 2, b.bottom - 3, e.textContent]; })"
    )
    assert len(boxes) > 10
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (a[4], b[4])


def test_a_place_tells_where_it_is_reached_from(open_page, seed_html):
    page = open_page(seed_html).page
    spot = page.evaluate(
        """() => { const text = [...document.querySelectorAll('.labels .place')]
             .find(e => e.textContent === "Tabuk").getBoundingClientRect();
             return [text.left - 6, text.top + text.height / 2]; }"""
    )
    page.mouse.move(*spot)
    tip = page.locator(".leaflet-tooltip").inner_text()
    assert "Tabuk (Saudi Arabia)" in tip
    assert "in range only from part of Anbar" in tip
    assert "miles" in tip


def test_paper_gets_a_map_of_its_width(open_page, seed_html, keep):
    page = open_page(seed_html).page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 1000})
    page.screenshot(path=keep / "iraq-2018-print.png", full_page=True)
    box = page.locator(".folium-map").bounding_box()
    assert 600 < box["width"] <= 690
    assert not page.locator(".layers").is_visible()
    assert page.locator(".verdicts li").first.is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("path.ring").count() == 2


def test_a_notebook_shows_the_same_page_offline(open_page):
    study = wr.study(ROOT / "seeds" / "iraq-2018.md")
    frame = study.map()._repr_html_()
    opened = open_page(
        f"<!doctype html><div class='leaflet-container'><svg><path/></svg></div>{frame}"
    )
    opened.page.frame_locator("iframe").locator("path.ring").first.wait_for(state="attached")
    assert opened.asked == []
