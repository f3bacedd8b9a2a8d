"""How numbers are said to people: times to two units, parts of a budget to three digits."""

from __future__ import annotations

import math
import re
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from slogen.plan.traffic import period_of
from slogen.units import Duration, clock, number, percentage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.plan import ResolvedTier, TimeRange
    from slogen.plan.traffic import Traffic

_ROUNDED = Context(prec=3)
_PART = Context(prec=2)
_ROUNDING = ((Duration("1d"), Duration("1h")), (Duration("10m"), Duration("1m")))
"""From which length on a time is said in which whole units; a shorter one in seconds."""
_SECOND = Duration("1s")
_HEAD = re.compile(".*(?::|ratio_rate(?=[0-9]))")
"""What the names of several series have in common: all before the last colon, or the window."""


def span(times: TimeRange) -> str:
    """Return a range of times, rounded outwards so that it holds what it held.

    >>> from slogen.plan import TimeRange
    >>> span(TimeRange(Duration("66s"), Duration("128s")))
    '1m6s-2m8s'
    >>> span(TimeRange(Duration("3599s"), Duration("3701s")))
    '59m-1h2m'
    """
    unit = _unit(times.latest).milliseconds
    earliest = times.earliest.milliseconds // unit * unit
    latest = -(-times.latest.milliseconds // unit) * unit
    return f"{clock(_of(earliest))}-{clock(_of(latest))}"


def at_most(time: Duration) -> str:
    """Return a time, rounded up.

    >>> at_most(Duration("3701s"))
    '1h2m'
    """
    unit = _unit(time).milliseconds
    return clock(_of(-(-time.milliseconds // unit) * unit))


def _unit(time: Duration) -> Duration:
    return next((unit for least, unit in _ROUNDING if time >= least), _SECOND)


def _of(milliseconds: int) -> Duration:
    return Duration.of_milliseconds(milliseconds) if milliseconds else Duration.zero()


def share(ratio: Decimal) -> str:
    """Return a ratio as a percentage of three digits.

    >>> share(Decimal("0.0493827"))
    '4.94%'
    """
    return percentage(_ROUNDED.plus(ratio))


def part(ratio: Decimal) -> str:
    """Return which part of a budget is spent, as a percentage of two digits.

    >>> part(Decimal("0.0493827")), part(Decimal("1.2346"))
    ('4.9%', '120%')
    """
    return percentage(_PART.plus(ratio))


def folded(names: Iterable[str]) -> tuple[str, ...]:
    """Return names of series in which those that begin alike are one, as a shell has it.

    >>> folded(["job:errors:sum1h", "job:errors:open", "up"])
    ('job:errors:{sum1h,open}', 'up')
    """
    ends: dict[str, list[str]] = {}
    for name in names:
        match = _HEAD.match(name)
        head = match[0] if match else ""
        ends.setdefault(head, []).append(name.removeprefix(head))
    return tuple(
        f"{head}{{{','.join(found)}}}" if head and len(found) > 1 else f"{head}{end}"
        for head, found in ends.items()
        for end in (found if not head else found[:1])
    )


def burn_rate(tier: ResolvedTier) -> str:
    """Return a tier's burn rate and windows, such as ``14.4x over 1h/5m``."""
    return f"{number(tier.threshold)}x over {tier.long}/{tier.short}"


def events(traffic: Traffic) -> str:
    """Return a traffic, rounded up to a whole number of events in the shortest period with one.

    >>> from fractions import Fraction
    >>> events(Fraction(625, 9)), events(Fraction(1, 8))
    ('70 an hour', '3 a day')
    """
    hours, period = period_of(traffic)
    return f"{math.ceil(traffic * hours)} {period}"
