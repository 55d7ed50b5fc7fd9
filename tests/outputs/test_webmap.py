"""The page's text: small, whole, the same every time, safe."""

import re

import pytest
from tests.conftest import ROOT

import withinreach as wr


@pytest.fixture(scope="module")
def study():
    return wr.study(ROOT / "seeds" / "iraq-2018.md")


@pytest.fixture(scope="module")
def html(study):
    return study.page()


def test_it_is_small(html):
    assert len(html.encode()) < 2_000_000


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


def test_every_origin_and_radius_has_a_layer(study, html):
    for origin in study.scenario.origins:
        for radius_km in study.scenario.radii_km(origin):
            assert f"{origin.label}, {radius_km:,.0f} km" in html
