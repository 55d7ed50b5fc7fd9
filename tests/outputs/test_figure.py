"""The static map: rings look like rings, nothing is lost at ±180° or near a pole."""

import numpy as np
import pytest
import shapely

import withinreach as wr
from withinreach.geodesy import destination, distance_km, ring
from withinreach.outputs.figure import figure_png, static_map
from withinreach.outputs.figure_labels import drawable_text
from withinreach.outputs.projection import AzimuthalMap
from withinreach.scenario import Origin, Range, Scenario

PLACES = [(44.4, 33.3), (178.5, -18.1), (15.6, 78.2), (-70.0, -89.5), (0.0, 0.0)]


@pytest.mark.parametrize(("lon", "lat"), PLACES)
@pytest.mark.parametrize("radius_km", [60, 300, 3000])
def test_a_ring_is_round(lon, lat, radius_km):
    circle = ring(lon, lat, radius_km)
    corners = [tuple(at) for at in shapely.get_coordinates(circle)]
    frame = AzimuthalMap.of(corners)
    middle = np.array(frame.point(lon, lat))
    assert np.hypot(*middle) < 0.02 * frame.radius_km
    edge = np.concatenate(frame.edge(circle))
    away = np.hypot(*(edge - middle).T)
    # A degree near the edge of what is drawn is stretched across, by the sine of the distance.
    stretch = radius_km / 6371 / np.sin(radius_km / 6371)
    assert away.min() > 0.99 * radius_km / stretch
    assert away.max() < 1.01 * radius_km * stretch


@pytest.mark.parametrize(("lon", "lat"), PLACES)
def test_distances_from_the_middle_are_true(lon, lat):
    frame = AzimuthalMap(lon, lat, 5000)
    there = destination(lon, lat, np.arange(0.0, 360, 30), 2500.0)
    for x, y in zip(*there, strict=True):
        told = float(np.hypot(*frame.point(float(x), float(y))))
        assert told == pytest.approx(float(distance_km(lon, lat, x, y)), rel=0.002)


def test_the_edge_of_a_ring_has_no_line_along_the_antimeridian():
    circle = ring(179.0, 0.0, 500)
    assert circle.geom_type == "MultiPolygon"
    frame = AzimuthalMap(179.0, 0.0, 800)
    for line in frame.edge(circle):
        steps = np.hypot(*np.diff(line, axis=0).T)
        assert steps.max() < 200
        assert np.hypot(*line.T).min() > 490


@pytest.mark.parametrize("radius_km", [900, 13_000])
def test_what_is_drawn_far_out_is_drawn(radius_km):
    origin = Origin(id="o", label="Suva", lon=178.44, lat=-18.14, uncertainty_km=5, basis="doubt")
    scenario = Scenario(origins=(origin,), ranges=(Range(id="r", max_km=radius_km),))
    study = wr.Study(scenario)
    figure = static_map(scenario, study.rings, study.reach, study.verdicts)
    (axes,) = figure.axes
    words = [text.get_text() for text in axes.texts]
    assert "Suva" in words
    assert f"{radius_km:,} km from Suva" in words
    assert figure_png(figure)[:4] == b"\x89PNG"


def test_letters_that_the_font_lacks_are_boxes_and_marks_are_plain():
    assert drawable_text("Šibenik, Дамаск 平壌") == "Šibenik, Дамаск □□"
    assert drawable_text("$x^2$\n") == "$x^2$ "
