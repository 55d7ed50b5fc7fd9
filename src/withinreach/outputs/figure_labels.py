"""Names on the static map: each looks for room where it is added, so the important come first."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from withinreach.wording import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Labels", "drawable_text", "wrapped"]

# Where a label may stand about its point: alignment, and the direction of the gap.
_SIDES = (
    ("left", "center", 1, 0),
    ("right", "center", -1, 0),
    ("center", "bottom", 0, 1),
    ("center", "top", 0, -1),
)
# Where a name that finds no room beside its point stands, with a line to it: nearest first.
_FAR_POINTS = (26, 40, 56, 74, 94, 116)
_DIRECTIONS = tuple((i * math.pi / 8) for i in range(16))
_LONGEST = 46


class Labels:
    """The labels of one map, placed so that none covers another one or leaves the map."""

    def __init__(self, axes: Axes) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        self._axes = axes
        figure: Any = axes.get_figure(root=True)
        canvas: Any = FigureCanvasAgg(figure)
        self._renderer = canvas.get_renderer()
        self._pixels_per_point = figure.dpi / 72
        self._taken: list[Any] = []

    def keep_clear(self, x: float, y: float, points: float) -> None:
        """Keep labels off a marker of so many points across."""
        from matplotlib.transforms import Bbox

        half = points / 2 * self._pixels_per_point
        left, bottom = self._axes.transData.transform((x, y)) - half
        self._taken.append(Bbox.from_bounds(left, bottom, 2 * half, 2 * half))

    def add(
        self,
        words: str,
        x: float,
        y: float,
        *,
        gap: float | None = None,
        must: bool = False,
        **style: Any,
    ) -> bool:
        """Write words beside a point, or on it where no `gap` (points) is given.

        Returns whether there was room; with `must` the words are written farther off where there
        is none, with a line to their point.
        """
        sides = _SIDES if gap is not None else (("center", "center", 0, 0),)
        for side in sides:
            text = self._write(words, (x, y), side, gap or 0.0, style)
            box = text.get_window_extent(self._renderer)
            if self._is_free(box):
                self._taken.append(box)
                return True
            text.remove()
        if must:
            self._add_far(words, (x, y), style)
        return must

    def _add_far(self, words: str, at: tuple[float, float], style: Mapping[str, Any]) -> None:
        """Write words at the nearest free place around a point, or beside it where none is free."""
        for points in _FAR_POINTS:
            for angle in _DIRECTIONS:
                right, up = math.cos(angle), math.sin(angle)
                ha = "left" if right > 0.4 else "right" if right < -0.4 else "center"
                va = "center" if ha != "center" else "bottom" if up > 0 else "top"
                text = self._write(words, at, (ha, va, right, up), points, style)
                box = text.get_window_extent(self._renderer)
                if self._is_free(box):
                    self._taken.append(box)
                    self._draw_line(at, (right * points, up * points), style)
                    return
                text.remove()
        text = self._write(words, at, _SIDES[0], _FAR_POINTS[0], style)
        self._taken.append(text.get_window_extent(self._renderer))

    def _draw_line(
        self, at: tuple[float, float], to: tuple[float, float], style: Mapping[str, Any]
    ) -> None:
        look = {"arrowstyle": "-", "color": style.get("color", "black"), "linewidth": 0.7}
        self._axes.annotate(
            "",
            at,
            xytext=to,
            textcoords="offset points",
            arrowprops=look | {"shrinkA": 0},
            zorder=8,
        )

    def _write(
        self,
        words: str,
        at: tuple[float, float],
        side: tuple[str, str, float, float],
        gap: float,
        style: Mapping[str, Any],
    ) -> Any:
        import matplotlib.patheffects as effects

        ha, va, right, up = side
        return self._axes.annotate(
            drawable_text(words)[:_LONGEST],
            at,
            xytext=(right * gap, up * gap),
            textcoords="offset points",
            ha=ha,
            va=va,
            zorder=11,
            path_effects=[effects.withStroke(linewidth=2.2, foreground="white", alpha=0.85)],
            **style,
        )

    def _is_free(self, box: Any) -> bool:
        frame = self._axes.bbox
        inside = frame.x0 < box.x0 and box.x1 < frame.x1 and frame.y0 < box.y0 and box.y1 < frame.y1
        return inside and not any(box.overlaps(other) for other in self._taken)


def wrapped(text: str, width: int, lines: int) -> str:
    """Return a text in lines of at most `width` characters, cut after so many lines."""
    return "\n".join(textwrap.wrap(text, width, max_lines=lines, placeholder=" …"))


def drawable_text(text: str) -> str:
    """Return a text with a box for what the map's font lacks, such as Chinese."""
    known = _characters()
    return "".join(c if ord(c) in known else "□" for c in printable(text))


@cache
def _characters() -> frozenset[int]:
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(findfont("DejaVu Sans")).get_charmap())
