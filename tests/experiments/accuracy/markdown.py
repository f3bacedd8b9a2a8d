"""Tables of Markdown, and how numbers stand in their cells."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.experiments.accuracy.summary import Summary


_NOTHING = 1e-5


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, its first column to the left and all others to the right."""
    lines = (head, ["---"] + ["---:"] * (len(head) - 1), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def cell(numbers: Summary | None, form: Callable[[float], str]) -> str:
    """Return the median, the 95th percentile and the worst of some numbers; nothing of none."""
    if numbers is None:
        return ""
    return ", ".join(form(each) for each in (numbers.median, numbers.p95, numbers.worst))


def percent(part: float) -> str:
    """Return a part in percent, with two digits that count.

    >>> percent(0.0123), percent(0.000456), percent(0.00999), percent(12.3)
    ('1.2 %', '0.046 %', '1 %', '1,230 %')
    """
    if math.isinf(part):
        return "no value"
    return f"{_two_digits(100 * part)} %"


def events(number: float) -> str:
    """Return a number of events, which may have a fraction."""
    return "no value" if math.isinf(number) else _two_digits(number)


def seconds(number: float) -> str:
    """Return a number of seconds."""
    return f"{number:.0f} s"


def _two_digits(number: float) -> str:
    if number >= 10:
        return f"{number:,.0f}"
    return f"{Decimal(f'{number:.2g}'):f}" if number > _NOTHING else "0"
