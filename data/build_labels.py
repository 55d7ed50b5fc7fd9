"""Makes the table of points where a country's name may stand, from the outlines of the atlas."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import shapely

from withinreach.atlas.country_labels import CountryLabel
from withinreach.atlas.disputed import disputed_at
from withinreach.atlas.world import country_codes, country_name, country_outline
from withinreach.files import write_whole

__all__ = ["build_labels"]

# Points a side of the grid that is laid over a part of a country.
_GRID = 12
_MOST_POINTS = 16
# Parts of a country below this share of its largest part get no name of their own.
_SMALLEST_PART = 0.2
_TOLERANCE_DEG = 0.05
# A country with fewer of its points outside of disputed areas carries no name.
_LEAST_SHARE = 0.25


def build_labels(out_dir: Path) -> None:
    """Write country_labels.json; the outlines of countries must be in the atlas already."""
    labels = [_label(code) for code in sorted(country_codes())]
    kept = sorted((one for one in labels if one.points), key=lambda one: (-one.size, one.code))
    write_whole(out_dir / "country_labels.json", msgspec.json.encode(kept).decode(), force=True)


def _label(code: str) -> CountryLabel:
    """Return the points of a country, those farthest from its border first.

    Points of disputed areas are left out: what lies there carries no country's name.
    """
    outline = country_outline(code)
    shapely.prepare(outline)
    parts = shapely.get_parts(outline)
    sizes = np.array([_size(part) for part in parts])
    found: list[tuple[float, float, float]] = []
    for part in parts[sizes >= _SMALLEST_PART * sizes.max()]:
        found += _inside(part)
    found.sort(reverse=True)
    inside = [(lon, lat) for _, lon, lat in found if shapely.intersects_xy(outline, lon, lat)]
    points = [(lon, lat) for lon, lat in inside if disputed_at(lon, lat) is None]
    if len(points) < _LEAST_SHARE * len(inside):
        points = []
    west, _, east, _ = parts[int(sizes.argmax())].bounds
    return CountryLabel(
        code=code,
        name=country_name(code),
        size=round(float(sizes.sum()), 2),
        width_deg=round(east - west, 2),
        points=tuple(points[:_MOST_POINTS]),
    )


def _size(part: shapely.Geometry) -> float:
    """Return about how large a part is to the eye, in square degrees at the equator."""
    return float(part.area * np.cos(np.radians(part.centroid.y)))


def _inside(part: shapely.Geometry) -> list[tuple[float, float, float]]:
    """Return depth, lon, lat of points inside a polygon: a grid and one point that always is."""
    plain = part.simplify(_TOLERANCE_DEG)
    west, south, east, north = plain.bounds
    lon, lat = np.meshgrid(
        np.linspace(west, east, _GRID + 2)[1:-1], np.linspace(south, north, _GRID + 2)[1:-1]
    )
    inside = shapely.contains_xy(plain, lon.ravel(), lat.ravel())
    sure = plain.representative_point()
    lons = np.round(np.append(lon.ravel()[inside], sure.x), 2)
    lats = np.round(np.append(lat.ravel()[inside], sure.y), 2)
    depth = shapely.distance(shapely.points(lons, lats), plain.boundary)
    return list(zip(depth.tolist(), lons.tolist(), lats.tolist(), strict=True))
