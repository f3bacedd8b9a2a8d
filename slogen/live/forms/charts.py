"""Charts of budgets over time, as SVG without styles or scripts of its own."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

import attrs

from slogen.live.forms import cells
from slogen.recorded.budget import HEALTHY_ABOVE
from slogen.source import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.live.readings import Points

_LONGEST_GAP = 2.5
"""How many usual steps apart two points may be so that a line joins them."""
_LOWEST = -1.0
"""What is overspent by more than the whole budget is drawn at the bottom."""


@attrs.frozen(kw_only=True)
class Canvas:
    """Where points are drawn.

    Attributes:
        width: In pixels, like all other lengths.
        height: Its height.
        left: The space left of the points; there is as much below them.
        above: The space above and right of the points.
    """

    width: int
    height: int
    left: int = 0
    above: int = 2


CHART = Canvas(width=560, height=190, left=44, above=8)
SPARKLINE = Canvas(width=120, height=24)


def burn_down(history: Points, *, is_month: bool, name: str) -> Element:
    """Return a chart of what was left of a budget, with lines for all, a quarter and nothing.

    Args:
        history: Times and shares, at least two.
        is_month: Whether a line shows the pace that spends the budget exactly in the time shown.
        name: What the budget is of, for who hears the page instead of seeing it.
    """
    scale = _Scale.of(CHART, history)
    chart = _svg(CHART, "chart", f"{name}: {_summary(history)}")
    for share, label in ((1.0, "100%"), (float(HEALTHY_ABOVE), "25%"), (0.0, "0%")):
        _line(chart, scale.left, scale.y(share), scale.right, scale.y(share), f"at{label[:-1]}")
        _text(chart, scale.left - 6, scale.y(share) + 4, label, "end")
    if scale.low < 0:
        _text(chart, scale.left - 6, scale.y(scale.low) + 4, cells.percent(scale.low, 0), "end")
    if is_month:
        _line(chart, scale.left, scale.y(1), scale.right, scale.y(0), "pace")
    _draw(chart, scale, history)
    begin, end = (datetime.fromtimestamp(at, UTC) for at in (history[0][0], history[-1][0]))
    _text(chart, scale.left, CHART.height - 6, f"{begin:%Y-%m-%d}", "start")
    _text(chart, scale.right, CHART.height - 6, f"{end:%Y-%m-%d}", "end")
    return chart


def sparkline(history: Points, name: str) -> Element:
    """Return a line of what was left of a budget, without words, above a line for nothing."""
    scale = _Scale.of(SPARKLINE, history)
    chart = _svg(SPARKLINE, "sparkline", f"{name}: {_summary(history)}")
    _line(chart, scale.left, scale.y(0), scale.right, scale.y(0), "at0")
    _draw(chart, scale, history)
    return chart


def pieces(history: Points) -> Iterator[Points]:
    """Yield the parts of a history between which nothing was recorded.

    >>> [len(piece) for piece in pieces(((0, 1), (10, 1), (20, 1), (90, 1), (100, 1)))]
    [3, 2]
    """
    steps = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(history)]
    longest = _LONGEST_GAP * median(steps) if steps else 0.0
    begin = 0
    for index, step in enumerate(steps, start=1):
        if step > longest:
            yield history[begin:index]
            begin = index
    yield history[begin:]


@attrs.frozen(kw_only=True)
class _Scale:
    """From times and shares to pixels."""

    left: float
    right: float
    top: float
    bottom: float
    start: float
    end: float
    low: float

    @classmethod
    def of(cls, canvas: Canvas, history: Points) -> _Scale:
        lowest = min(share for _, share in history)
        return cls(
            left=canvas.left,
            right=canvas.width - canvas.above,
            top=canvas.above,
            bottom=canvas.height - (canvas.left // 2 or canvas.above),
            start=history[0][0],
            end=history[-1][0],
            low=max(min(lowest, 0.0), _LOWEST),
        )

    def x(self, at: float) -> float:
        """Return where a moment stands."""
        length = self.end - self.start or 1.0
        return self.left + (self.right - self.left) * (at - self.start) / length

    def y(self, share: float) -> float:
        """Return where a share stands; what lies outside stands at the border."""
        inside = min(max(share, self.low), 1.0)
        return self.bottom - (self.bottom - self.top) * (inside - self.low) / (1.0 - self.low)


def _draw(chart: Element, scale: _Scale, history: Points) -> None:
    for piece in pieces(history):
        points = " ".join(f"{scale.x(at):.1f},{scale.y(share):.1f}" for at, share in piece)
        SubElement(chart, "polyline", {"class": "left", "fill": "none", "points": points})


def _summary(history: Points) -> str:
    first, last = history[0][1], history[-1][1]
    return f"{cells.percent(first)} of the budget was left at first, {cells.percent(last)} at last"


def _svg(canvas: Canvas, name: str, label: str) -> Element:
    size = {"width": str(canvas.width), "height": str(canvas.height)}
    box = f"0 0 {canvas.width} {canvas.height}"
    return Element(
        "svg",
        {"class": name, "viewBox": box, **size, "role": "img", "aria-label": printable(label)},
    )


def _line(chart: Element, x1: float, y1: float, x2: float, y2: float, name: str) -> None:  # noqa: PLR0913, PLR0917 (two points)
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    SubElement(
        chart, "line", {"class": name, **{key: f"{value:.1f}" for key, value in ends.items()}}
    )


def _text(chart: Element, x: float, y: float, text: str, anchor: str) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}
    SubElement(chart, "text", place).text = text
