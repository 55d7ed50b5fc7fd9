"""TopoJSON to geometries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from withinreach.errors import AtlasError

__all__ = ["Topology"]

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
