"""A picture of an SLO's tiers: time to fire, and budget spent by then, over the error ratio.

It has no ids, no dates and no fonts of its own: the same SLO gives the same bytes. Its colours
follow the reader's choice of light or dark.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.review.explanation.curves import CurvePoint, Scale, curve, percentages, times
from slogen.review.explanation.wording import burn_rate
from slogen.svg import add, add_dot, add_line, add_text, path
from slogen.units import percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.review.explanation.meaning import Explanation
    from slogen.svg import Place

_WIDTH, _LEFT, _RIGHT = 820, 64, 150
_PLOT = _WIDTH - _LEFT - _RIGHT
_PANEL, _TOP, _GAP = 230, 84, 72
_HEIGHT = _TOP + 2 * _PANEL + _GAP + 48
_LINE = 15
"""The least distance between two labels that stand below each other."""
_POINTS = 120
_RIGHT_ABOVE = 1.001
"""A curve begins at so many times its threshold, at which a tier does not fire."""
_WHOLE = "100%"
_STEPS = ("1", "1.5", "2", "3", "5", "7")
_LIGHT = ("#c2410c", "#1d4ed8", "#047857", "#a21caf", "#92400e", "#0e7490")
_DARK = ("#fb923c", "#60a5fa", "#34d399", "#e879f9", "#fbbf24", "#22d3ee")
_ABOUT = "Errors of a constant share from now on. Dots: twice and ten times the threshold, and all."
_STYLE = """
svg { background: #ffffff; }
text { fill: #1f2937; font: 12px system-ui, sans-serif; }
.title { font-size: 15px; font-weight: 600; }
.small { fill: #4b5563; }
.left { text-anchor: end; }
.below { text-anchor: middle; }
.grid { stroke: #d1d5db; }
.whole { stroke: #6b7280; stroke-dasharray: 4 3; }
.line { fill: none; stroke-width: 2; }
.band { stroke: none; fill-opacity: 0.2; }
"""
_DARK_STYLE = """
svg { background: #111827; }
text { fill: #e5e7eb; }
.small { fill: #9ca3af; }
.grid { stroke: #374151; }
.whole { stroke: #9ca3af; }
"""


@attrs.frozen(kw_only=True)
class _Curve:
    """What is drawn of a tier.

    Attributes:
        name: What stands beside it.
        style: The class of its colour.
        points: Its error ratios, the lowest first.
        dots: Those that are marked.
    """

    name: str
    style: str
    points: Sequence[CurvePoint]
    dots: Sequence[CurvePoint]


@attrs.frozen(kw_only=True)
class _Panel:
    """One of the two charts.

    Attributes:
        top: Where it begins.
        title: What its height means.
        ratios: The axis of error ratios.
        heights: The other axis, from its lower end on.
        ticks: Values of that axis, with what is written beside them.
        high: The height of a point.
        low: The lower border of what a point may be.
    """

    top: float
    title: str
    ratios: Scale
    heights: Scale
    ticks: Sequence[tuple[float, str]]
    high: Callable[[CurvePoint], float]
    low: Callable[[CurvePoint], float]

    @property
    def bottom(self) -> float:
        return self.top + _PANEL

    def x(self, ratio: float) -> float:
        return _LEFT + self.ratios.place(ratio)

    def y(self, value: float) -> float:
        return self.bottom - self.heights.place(value)

    def place(self, point: CurvePoint) -> Place:
        return self.x(point.ratio), self.y(self.high(point))


def as_svg(explanation: Explanation) -> str:
    """Return the picture as SVG, with a line feed at the end; without tiers it has no curves."""
    size = {"width": str(_WIDTH), "height": str(_HEIGHT), "viewBox": f"0 0 {_WIDTH} {_HEIGHT}"}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", **size})
    slo = explanation.slo.definition
    add(root, "title", f"{slo.id}: when alerts fire, and the error budget spent by then")
    add(root, "style", _style(len(explanation.tiers)))
    add_text(root, (_LEFT, 28), f"{slo.id}: {slo.objective} over {slo.window}", "title")
    about = _ABOUT if explanation.tiers else "It has no alert on burn rates."
    add_text(root, (_LEFT, 48), about, "small")
    if explanation.tiers:
        _draw(root, explanation)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _style(tiers: int) -> str:
    dark = f"{_DARK_STYLE}{_colours(_DARK, tiers)}"
    light = f"{_STYLE}{_colours(_LIGHT, tiers)}"
    return f"{light}@media (prefers-color-scheme: dark) {{{dark}}}\n"


def _colours(colours: Sequence[str], tiers: int) -> str:
    chosen = ((place, colours[place % len(colours)]) for place in range(tiers))
    return "".join(
        f".line.t{place} {{ stroke: {colour}; }} .fill.t{place} {{ fill: {colour}; }}\n"
        for place, colour in chosen
    )


def _draw(root: ET.Element, explanation: Explanation) -> None:
    low = float(min(each.error_ratio for each in explanation.tiers))
    ratios = Scale(low=low, high=1.0, length=_PLOT)
    steps = [ratios.value(_PLOT * place / _POINTS) for place in range(_POINTS + 1)]
    curves = [_curve_of(explanation, place, steps) for place in range(len(explanation.tiers))]
    for panel in _panels(ratios, curves):
        _frame(root, panel)
        for each in curves:
            _draw_curve(root, panel, each)
        _names(root, panel, curves)


def _curve_of(explanation: Explanation, place: int, steps: Sequence[float]) -> _Curve:
    """Return the curve of a tier: it begins right above the threshold."""
    slo, each = explanation.slo, explanation.tiers[place]
    first = float(each.error_ratio) * _RIGHT_ABOVE
    levels = [float(found.level.ratio) for found in each.detections]
    return _Curve(
        name=burn_rate(each.tier),
        style=f"t{place}",
        points=curve(slo, each.tier, [first, *(step for step in steps if step > first)]),
        dots=curve(slo, each.tier, levels),
    )


def _panels(ratios: Scale, curves: Sequence[_Curve]) -> Iterator[_Panel]:
    points = [point for each in curves for point in each.points]
    seconds = _around([time for point in points for time in (point.earliest, point.latest)])
    spent = _around([point.spent for point in points])
    yield _Panel(
        top=_TOP,
        title="Time to fire: a band from the earliest to the latest, which is the line",
        ratios=ratios,
        heights=seconds,
        ticks=[(float(time.seconds), str(time)) for time in times(seconds.low, seconds.high)],
        high=lambda point: point.latest,
        low=lambda point: point.earliest,
    )
    yield _Panel(
        top=_TOP + _PANEL + _GAP,
        title="Error budget spent by then, at the latest",
        ratios=ratios,
        heights=spent,
        ticks=[(float(share), percentage(share)) for share in _shares(spent)],
        high=lambda point: point.spent,
        low=lambda point: point.spent,
    )


def _around(values: Sequence[float]) -> Scale:
    """Return an axis that is a little longer than some values need."""
    return Scale(low=min(values) / 1.2, high=max(values) * 1.2, length=_PANEL)


def _shares(scale: Scale) -> Iterator[Decimal]:
    """Yield parts of a budget that people know, more than all of it too."""
    for exponent in range(-6, 4):
        for step in _STEPS:
            share = Decimal(step).scaleb(exponent)
            if scale.low <= share <= scale.high:
                yield share


def _frame(root: ET.Element, panel: _Panel) -> None:
    """Draw the title, the grid and what is written at both axes."""
    add_text(root, (_LEFT, panel.top - 10), panel.title)
    last = panel.bottom + _LINE
    for value, label in panel.ticks:
        y = panel.y(value)
        if last - y < _LINE:
            continue
        last = y
        style = "whole" if label == _WHOLE else "grid"
        add_line(root, (_LEFT, y), (_LEFT + _PLOT, y), style)
        add_text(root, (_LEFT - 8, y + 4), label, "small left")
    for ratio in percentages(panel.ratios.low):
        x = panel.x(float(ratio))
        add_line(root, (x, panel.top), (x, panel.bottom), "grid")
        add_text(root, (x, panel.bottom + 18), percentage(ratio), "small below")
    add_text(root, (_LEFT, panel.bottom + 36), "error ratio", "small")


def _draw_curve(root: ET.Element, panel: _Panel, each: _Curve) -> None:
    """Draw a tier: what is possible as a band, the latest as a line, some error ratios as dots."""
    high = [panel.place(point) for point in each.points]
    low = [(panel.x(point.ratio), panel.y(panel.low(point))) for point in each.points]
    if high != low:
        band = f"{path([*high, *reversed(low)])} Z"
        add(root, "path", **{"class": f"band fill {each.style}", "d": band})
    add(root, "path", **{"class": f"line {each.style}", "d": path(high)})
    for dot in each.dots:
        add_dot(root, panel.place(dot), f"fill {each.style}")


def _names(root: ET.Element, panel: _Panel, curves: Sequence[_Curve]) -> None:
    """Write the tiers beside the ends of their curves, each below the one before."""
    ends = {each.style: panel.place(each.points[-1])[1] for each in curves}
    ordered = sorted(curves, key=lambda each: ends[each.style])
    places = _apart([ends[each.style] for each in ordered], panel.bottom)
    for each, y in zip(ordered, places, strict=True):
        add_text(root, (_LEFT + _PLOT + 10, y + 4), each.name, f"fill {each.style}")


def _apart(places: Sequence[float], bottom: float) -> list[float]:
    """Return places in their order that are a line apart, and none below the bottom.

    >>> _apart([10, 12, 90], 100)
    [10, 25, 90]
    >>> _apart([90, 95], 100)
    [85, 100]
    """
    apart = list(places[:1])
    for place in places[1:]:
        apart.append(max(place, apart[-1] + _LINE))
    limit = bottom
    for index in reversed(range(len(apart))):
        apart[index] = min(apart[index], limit)
        limit = apart[index] - _LINE
    return apart
