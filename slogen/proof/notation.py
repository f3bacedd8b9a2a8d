"""Series and times in promtool's notation.

Source: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_SAMPLES = 9_000
"""promtool refuses to read more than 10,000 samples at once, written down or recorded."""

_ZERO = Decimal(0)


@attrs.frozen
class Samples:
    """Samples of a series that follow each other.

    Attributes:
        count: How many.
        value: The value of each, or its increase; None where there is no series.
        is_missed: Whether there are no samples although the series goes on.
        restarts: Whether a counter begins at 0 again.
    """

    count: int
    value: Decimal | None
    is_missed: bool = attrs.field(default=False, kw_only=True)
    restarts: bool = attrs.field(default=False, kw_only=True)


def gauge(runs: Iterable[Samples], growth: Decimal = _ZERO) -> str:
    """Return a series that holds values for a while each.

    >>> gauge([Samples(3, Decimal(1)), Samples(2, None), Samples(1, Decimal("0.5"))])
    '1x2 _x2 0.5'

    Args:
        runs: The samples; a value is what it was at the beginning of the series.
        growth: How much each sample is more than the one before.
    """
    words: list[str] = []
    place = 0
    for run in runs:
        value = None if run.value is None else run.value + place * growth
        words += _range(run.count, value, growth)
        place += run.count
    return " ".join(words)


def counter(runs: Iterable[Samples]) -> str:
    """Return a series that begins at 0 and then grows by so much with each sample.

    >>> counter([Samples(4, Decimal(30)), Samples(1, None), Samples(2, Decimal(5))])
    '0+30x4 _ 5+5x1'
    >>> counter([Samples(2, Decimal(30)), Samples(2, Decimal(30), is_missed=True)])
    '0+30x2 _x2'
    """
    words: list[str] = []
    value, is_begun = _ZERO, False
    for run in runs:
        increase = run.value
        if increase is None:
            words += _range(run.count if is_begun else run.count + 1, None, _ZERO)
            value, is_begun = _ZERO, True
            continue
        if run.restarts:
            value = _ZERO
        count, first = run.count, value + increase
        if not is_begun:
            count, first = count + 1, value
        words += _range(count, None if run.is_missed else first, increase)
        value, is_begun = value + run.count * increase, True
    return " ".join(words)


def _range(count: int, value: Decimal | None, increase: Decimal) -> Iterator[str]:
    """Yield the words for samples; promtool reads NaN and Inf only where they seem to grow."""
    while count > 0:
        taken = min(count, MOST_SAMPLES)
        if value is None:
            yield "_" if taken == 1 else f"_x{taken}"
        elif not value.is_finite():
            yield f"{'NaN' if value.is_nan() else 'Inf'}+0x{taken - 1}"
        else:
            yield number(value) + (f"{_growth(increase)}x{taken - 1}" if taken > 1 else "")
            value += taken * increase
        count -= taken


def _growth(increase: Decimal) -> str:
    sign = "-" if increase < 0 else "+"
    return f"{sign}{number(abs(increase))}" if increase else ""
