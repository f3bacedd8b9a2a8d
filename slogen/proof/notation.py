"""Series and times in promtool's notation.

Source: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.units import Duration

MOST_SAMPLES = 9_000
"""promtool refuses to read more than 10,000 samples at once, written down or recorded."""

_PARTS = (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1))

Samples = tuple[int, Decimal | None]
"""So many samples of a value, or of an increase; None where there is no sample."""


def clock(time: Duration) -> str:
    """Return a time as a person says it.

    >>> from slogen.units import Duration
    >>> clock(Duration("6990s")), clock(Duration.zero())
    ('1h56m30s', '0s')
    """
    rest, words = time.milliseconds, ""
    for unit, size in _PARTS:
        amount, rest = divmod(rest, size)
        words += f"{amount}{unit}" if amount else ""
    return words or "0s"


def gauge(runs: Iterable[Samples]) -> str:
    """Return a series that holds values for a while each.

    >>> gauge([(3, Decimal(1)), (2, None), (1, Decimal("0.5"))])
    '1x2 _x2 0.5'
    """
    return " ".join(word for count, value in runs for word in _range(count, value, Decimal(0)))


def counter(runs: Iterable[Samples]) -> str:
    """Return a series that begins at 0 and then grows by so much with each sample.

    >>> counter([(4, Decimal(30)), (2, Decimal(0)), (1, None), (2, Decimal(5))])
    '0+30x4 120x1 _ 5+5x1'
    """
    words: list[str] = []
    value, is_begun = Decimal(0), False
    for count, increase in runs:
        if increase is None:
            words += _range(count if is_begun else count + 1, None, Decimal(0))
            value, is_begun = Decimal(0), True
            continue
        first = value + increase if is_begun else value
        words += _range(count if is_begun else count + 1, first, increase)
        value, is_begun = value + count * increase, True
    return " ".join(words)


def _range(count: int, value: Decimal | None, increase: Decimal) -> Iterator[str]:
    while count > 0:
        taken = min(count, MOST_SAMPLES)
        if value is None:
            yield "_" if taken == 1 else f"_x{taken}"
        else:
            growth = f"+{number(increase)}" if increase else ""
            yield number(value) + (f"{growth}x{taken - 1}" if taken > 1 else "")
            value += taken * increase
        count -= taken
