"""A small chart of letters: how soon each tier fires, over the error ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.review.explanation.curves import Scale, curve, percentages, times
from slogen.units import percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.review.explanation.curves import CurvePoint
    from slogen.review.explanation.meaning import Explanation

_COLUMNS, _ROWS = 72, 7
_MARGIN = 6
"""How wide the times on the left are."""


def text_chart(explanation: Explanation) -> Iterator[str]:
    """Yield the lines of a chart, in which the number of a tier stands for it; none without any.

    Both axes are logarithmic. A column is an error ratio, a row a time to fire at the latest; where
    several tiers fire at the same time, the first one is shown.
    """
    if not explanation.tiers:
        return
    low = float(min(tier.error_ratio for tier in explanation.tiers))
    ratios = Scale(low=low, high=1.0, length=_COLUMNS - 1)
    wanted = [ratios.value(column) for column in range(_COLUMNS)]
    curves = [curve(explanation.slo, each.tier, wanted) for each in explanation.tiers]
    seconds = [point.latest for points in curves for point in points]
    rows = Scale(low=min(seconds) / 1.01, high=max(seconds) * 1.01, length=_ROWS - 1)
    labels = _labels(rows)
    for row, line in reversed(list(enumerate(_drawn(curves, ratios, rows)))):
        yield f"{labels.get(row, ''):>{_MARGIN}} |{line.rstrip()}"
    yield f"{'':{_MARGIN}} +{'-' * _COLUMNS}"
    yield f"{'':{_MARGIN}}  {_axis(ratios)}".rstrip()


def _drawn(curves: list[tuple[CurvePoint, ...]], ratios: Scale, rows: Scale) -> list[str]:
    """Return the rows of the chart, the lowest first."""
    grid = [[" "] * _COLUMNS for _ in range(_ROWS)]
    # What is drawn last is seen: the first tier.
    for number, points in reversed(list(enumerate(curves, start=1))):
        for point in points:
            column, row = round(ratios.place(point.ratio)), round(rows.place(point.latest))
            grid[row][column] = str(number % 10)
    return ["".join(cells) for cells in grid]


def _labels(rows: Scale) -> dict[int, str]:
    """Return the times beside the rows, by the row: of those in one row the one nearest to it."""
    nearest: dict[int, tuple[float, str]] = {}
    for tick in times(rows.low, rows.high):
        place = rows.place(float(tick.seconds))
        candidate = (abs(place - round(place)), str(tick))
        nearest[round(place)] = min(candidate, nearest.get(round(place), candidate))
    return {row: label for row, (_, label) in nearest.items()}


def _axis(ratios: Scale) -> str:
    """Return the line of error ratios: the lowest one, and powers of ten."""
    line = f"{ratios.low * 100:.3g}%"
    for ratio in percentages(ratios.low):
        label = percentage(ratio)
        place = min(round(ratios.place(float(ratio))), _COLUMNS - len(label))
        if place > len(line):
            line = line.ljust(place) + label
    return f"{line}  of errors"
