"""The page as a reader meets it: offline, without complaint, with layers, tooltips, verdicts."""

import re

import pytest
from tests.conftest import ROOT

import withinreach as wr

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


def test_a_layer_can_be_switched_off_and_on(open_page, seed_html):
    page = open_page(seed_html).page
    before = rings(page)
    assert before >= 3
    switch = page.locator(".leaflet-control-layers-overlays label", has_text="700 km").last
    box = switch.locator("input")
    was_on = box.is_checked()
    box.click()
    assert (rings(page) < before) is was_on
    box.click()
    assert rings(page) == before


def test_a_tooltip_tells_distance_and_origin(open_page, seed_html):
    page = open_page(seed_html).page
    page.locator(".target").first.hover()
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
    opened.page.locator(".leaflet-control-layers-base label", has_text="Streets").click()
    opened.page.wait_for_timeout(500)
    assert asked
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in asked)


def test_a_narrow_screen_does_not_scroll_sideways(open_page, seed_html, keep):
    page = open_page(seed_html, width=390, height=844).page
    page.wait_for_timeout(300)
    page.screenshot(path=keep / "iraq-2018-mobile.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_words_of_an_article_never_become_markup(open_page):
    evil = "</script><script>window.pwned = 1</script><img src=x onerror='window.pwned = 1'>"
    study = wr.study_text(
        f"{evil} Missiles with a range of 900 km deployed in Aden could hit Djibouti. "
        "{{ 7 * 7 }} ${1} \u2028 עברית",
        title=f"Title {evil} {{{{ 7 * 7 }}}}",
    )
    opened = open_page(study.page())
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate("window.pwned") is None
    assert opened.complaints == []
    assert opened.asked == []
    assert "{{ 7 * 7 }}" in opened.page.inner_text("h1")


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
    # No edge of a ring runs along the cut: a long vertical line would be one.
    longest = opened.page.evaluate(
        """() => Math.max(...[...document.querySelectorAll('path.ring')].flatMap(path => {
             const numbers = path.getAttribute('d').match(/-?[0-9.]+/g).map(Number);
             const steps = [0];
             for (let i = 2; i + 1 < numbers.length; i += 2)
               if (Math.abs(numbers[i] - numbers[i - 2]) < 1)
                 steps.push(Math.abs(numbers[i + 1] - numbers[i - 1]));
             return steps;
           }))"""
    )
    assert longest < 200


def test_a_notebook_shows_the_same_page_offline(open_page):
    study = wr.study(ROOT / "seeds" / "iraq-2018.md")
    frame = study.map()._repr_html_()
    opened = open_page(
        f"<!doctype html><div class='leaflet-container'><svg><path/></svg></div>{frame}"
    )
    opened.page.frame_locator("iframe").locator("path.ring").first.wait_for(state="attached")
    assert opened.asked == []
