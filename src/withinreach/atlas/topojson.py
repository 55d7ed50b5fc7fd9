"""TopoJSON to geometries, and rings over the antimeridian to rings that are cut there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from withinreach.errors import AtlasError

__all__ = ["Topology", "cut_at_antimeridian", "polygons_of"]

Points = NDArray[np.float64]


class Topology:
    """A decoded TopoJSON document: arcs in lon, lat degrees, and geometries made of them.

    Raises `AtlasError` where the document is no topology. Source of the format: the TopoJSON
    format specification 1.0.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        try:
            self._objects = dict(document["objects"])
            transform = document.get("transform")
            self.arcs = [_decoded(arc, transform) for arc in document["arcs"]]
        except (KeyError, TypeError, ValueError) as error:
            raise AtlasError(f"not a TopoJSON topology: {error!r}") from None

    def features(self) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
        """Yield properties and geometry of every polygon object, in file order, uncut."""
        for properties, polygons in self.members():
            shapes = [shape for polygon in polygons if (shape := self._polygon(polygon))]
            yield properties, shapely.MultiPolygon(shapes) if shapes else None

    def members(self) -> Iterator[tuple[dict[str, Any], list[list[list[int]]]]]:
        """Yield properties and the arc numbers of the rings of the polygons of every object."""
        queue = list(reversed(self._objects.values()))
        while queue:
            member = queue.pop()
            kind = member.get("type")
            if kind == "GeometryCollection":
                queue.extend(reversed(member.get("geometries", [])))
                continue
            properties = dict(member.get("properties") or {})
            if "id" in member:
                properties.setdefault("id", member["id"])
            polygons = member.get("arcs", [])
            if kind == "Polygon":
                yield properties, [polygons]
            elif kind == "MultiPolygon":
                yield properties, polygons
            else:
                yield properties, []

    def line(self, ring: list[int]) -> Points:
        """Return the points of a chain of arcs; a negative number walks its arc backwards."""
        try:
            parts = [self.arcs[a] if a >= 0 else self.arcs[~a][::-1] for a in ring]
        except (IndexError, TypeError):
            raise AtlasError("not a TopoJSON topology: an arc that is not there") from None
        return np.vstack([parts[0], *(part[1:] for part in parts[1:])])

    def _polygon(self, rings: list[list[int]]) -> BaseGeometry | None:
        lines = [points for ring in rings if len(points := self.line(ring)) >= 4]
        return shapely.Polygon(lines[0], lines[1:]) if lines else None


def _decoded(arc: Any, transform: Mapping[str, Any] | None) -> Points:
    points = np.asarray(arc, dtype=np.float64)[:, :2]
    if transform is None:
        return points
    scale, start = (np.asarray(transform[key], dtype=np.float64) for key in ("scale", "translate"))
    return np.asarray(np.cumsum(points, axis=0) * scale + start)


def cut_at_antimeridian(geometry: BaseGeometry) -> BaseGeometry:
    """Return polygons whose edges may jump over 180° E as valid ones cut there (RFC 7946, 3.1.9).

    An edge longer than 180° of longitude is read as the short way round. A ring that winds round a
    pole is closed over that pole: the one whose latitudes it is nearer to.
    """
    if geometry.is_empty:
        return geometry
    low, _, high, _ = geometry.bounds
    if low >= -180 and high <= 180 and high - low <= 180:
        return polygons_of(shapely.make_valid(geometry))
    cut = [piece for part in shapely.get_parts(polygons_of(geometry)) for piece in _cut(part)]
    return polygons_of(shapely.union_all(cut))


def polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons in a geometry without the points and lines that mending may leave."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all([part for part in parts if part.geom_type.endswith("Polygon")])


def _cut(polygon: BaseGeometry) -> list[BaseGeometry]:
    shell = _unwrapped(np.asarray(polygon.exterior.coords))
    holes = [_unwrapped(np.asarray(ring.coords)) for ring in polygon.interiors]
    middle = (shell[:, 0].min() + shell[:, 0].max()) / 2
    for hole in holes:
        hole[:, 0] += 360 * np.round((middle - hole[:, 0].mean()) / 360)
    whole = shapely.make_valid(shapely.Polygon(shell, holes))
    west, _, east, _ = whole.bounds
    pieces = []
    for turn in range(int(np.floor((west + 180) / 360)), int(np.ceil((east - 180) / 360)) + 1):
        piece = shapely.clip_by_rect(whole, turn * 360 - 180, -90, turn * 360 + 180, 90)
        if piece.area > 0:
            pieces.append(translate(piece, -360 * turn))
    return pieces


def _unwrapped(ring: Points) -> Points:
    steps = np.diff(ring[:, 0])
    ring = ring.copy()
    ring[1:, 0] = ring[0, 0] + np.cumsum(steps - 360 * np.round(steps / 360))
    if abs(ring[-1, 0] - ring[0, 0]) < 180:
        return ring
    pole = 90.0 if ring[:, 1].mean() > 0 else -90.0
    return np.vstack([ring, [ring[-1, 0], pole], [ring[0, 0], pole], ring[:1]])
