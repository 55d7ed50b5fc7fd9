"""The page's text: small, whole, the same every time, safe."""

import re
from html import escape

import msgspec
import pytest
from tests.conftest import ROOT

import withinreach as wr
from withinreach.outputs.page_words import page_words
from withinreach.outputs.scene import scene
from withinreach.outputs.webmap import page_html
from withinreach.scenario import Source
from withinreach.wording import interval_km


@pytest.fixture(scope="module")
def study():
    return wr.study(ROOT / "seeds" / "iraq-2018.md")


@pytest.fixture(scope="module")
def html(study):
    return study.page()


def test_it_is_small(html):
    assert len(html.encode()) < 700_000


def test_it_names_no_script_or_style_of_elsewhere(html):
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']?(?:https?:)?//", html)
    assert "url(images" not in html


def test_no_ring_is_a_circle_of_the_map_library(html):
    script = html[html.rindex("<script>") :]
    assert "L.circle(" not in script


def test_the_saved_map_is_the_page(study, html, tmp_path):
    study.map().save(str(tmp_path / "m.html"))
    assert (tmp_path / "m.html").read_text() == html


def test_places_of_disputed_land_carry_no_country():
    from withinreach.outputs.scene import country_in_print

    assert country_in_print(35.2163, 31.769, "IL") == ""
    assert country_in_print(34.1, 44.95, "UA") == ""
    assert country_in_print(35.93, 31.95, "JO") == "Jordan"
    assert country_in_print(35.2163, 31.769, "IL", "as the paper says") == "as the paper says"


def test_every_origin_and_radius_has_a_layer_and_the_judged_ones_are_shown(study):
    layers = {c.layer_name for c in study.map()._children.values() if hasattr(c, "layer_name")}
    shown = scene(study.scenario, study.rings, study.reach, study.verdicts)["shown"]
    for number, origin in enumerate(study.scenario.origins):
        for radius_km in study.scenario.radii_km(origin):
            judged = any(v.origin_id == origin.id and radius_km == v.max_km for v in study.verdicts)
            assert f"{origin.label}, {radius_km:,.0f} km" in layers
            assert (f"{number}:{radius_km:g}" in shown) is judged
    assert "streets" not in shown


def test_the_page_counts_what_the_reach_table_counts(study):
    words = page_words(study.scenario, study.reach, study.verdicts)
    for count in words["counts"]:
        rows = [
            row
            for row in study.reach
            if f"{row.radius_km:,.0f} km" == count["radius"]
            and study.scenario.origin(row.origin).label == count["origin"]
        ]
        assert count["all"] == f"{sum(row.answer == 'everywhere' for row in rows):,}"
        assert count["part"] == f"{sum(row.answer == 'partly' for row in rows):,}"


def test_every_listed_place_is_drawn_once_with_its_answers(study):
    drawn = scene(study.scenario, study.rings, study.reach, study.verdicts)["places"]
    told = {
        (name, tuple(at), number): (distance, in_range, from_all)
        for name, _, _, at, _, answers in drawn
        for number, distance, in_range, from_all in answers
    }
    numbers = {o.id: i for i, o in enumerate(study.scenario.origins)}
    rows = {}
    for row in study.reach:
        at = (round(row.lat, 3), round(row.lon, 3))
        rows.setdefault((row.name, at, numbers[row.origin]), []).append(row)
    assert told.keys() == rows.keys()
    for key, (distance, in_range, from_all) in told.items():
        assert distance == interval_km(rows[key][0].nearest_km, rows[key][0].farthest_km)
        assert in_range == len(rows[key])
        assert from_all == sum(row.answer == "everywhere" for row in rows[key])


def test_two_renders_have_the_same_bytes(study, html):
    assert wr.study(ROOT / "seeds" / "iraq-2018.md").page() == html
    page = study.map()
    assert page.get_root().render() == html
    assert page.get_root().render() == html


def test_a_link_is_made_of_web_addresses_only(study):
    for url, linked in [("https://example.org/a?b=1&c=2", True), ("javascript:alert(1)", False)]:
        scenario = msgspec.structs.replace(study.scenario, source=Source(title="T", url=url))
        page = page_html(scenario, (), study.reach, study.verdicts)
        assert (f'href="{escape(url)}"' in page) is linked
        assert escape(url) in page


def test_it_says_who_checked_it(study):
    reviewed = msgspec.structs.replace(study.scenario, reviewed_by="A. Reader")
    page = page_html(reviewed, (), study.reach, study.verdicts)
    assert "checked by A. Reader" in page
    assert "not checked by a person" not in page


def test_the_licence_of_the_script_travels_with_it(html):
    assert "Redistributions in binary form must reproduce the above copyright notice" in html
