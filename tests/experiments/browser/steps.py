"""How Grafana's Prometheus data source chooses steps and fills its own variables.

>>> fill("rate(x[$__rate_interval])", step=60_000, scrape=15_000, span=3_600_000)
'rate(x[75s])'
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRAPE = 15_000
"""What Grafana takes for the scrape interval of a data source without one, in milliseconds."""

_MOST_STEPS = 11_000
_NICE = (
    *(1, 5, 10, 15, 20, 50, 100, 200, 500),
    *(second * 1_000 for second in (1, 2, 5, 10, 15, 20, 30)),
    *(minute * 60_000 for minute in (1, 2, 5, 10, 15, 20, 30)),
    *(hour * 3_600_000 for hour in (1, 2, 3, 6, 12)),
    *(day * 86_400_000 for day in (1, 7)),
)


def step_of(query: Mapping[str, Any], begin: int, end: int) -> int:
    """Return the step of a range query: no finer than it asks for, and of a round length.

    Args:
        query: As the page sends it.
        begin: Of the range, in milliseconds since the epoch.
        end: Likewise.
    """
    span = end - begin
    least = milliseconds(query.get("interval", "")) or query.get("intervalMs") or SCRAPE
    wanted = _rounded(span / (query.get("maxDataPoints") or 1_000))
    step = max(wanted, least, _rounded(span / _MOST_STEPS))
    factor: int = query.get("intervalFactor") or 1
    return step * factor


def fill(expr: str, *, step: int, scrape: int, span: int) -> str:
    """Return an expression without Grafana's variables for time; all times in milliseconds."""
    rate = max(step + scrape, 4 * scrape)
    values = {
        "__rate_interval_ms": f"{rate}",
        "__rate_interval": str(Duration(f"{rate}ms")),
        "__interval_ms": f"{step}",
        "__interval": str(Duration(f"{step}ms")),
        "__range_ms": f"{span}",
        "__range_s": f"{round(span / 1_000)}",
        "__range": f"{round(span / 1_000)}s",
    }
    for name, value in values.items():
        expr = expr.replace(f"${{{name}}}", value).replace(f"${name}", value)
    return expr


def milliseconds(text: str) -> int:
    """Return the length of a duration such as ``1m``; 0 of an empty text."""
    return round(Duration(text.lstrip(">")).milliseconds) if text else 0


def _rounded(step: float) -> int:
    """Return the round length that is nearest."""
    for lower, upper in pairwise(_NICE):
        if step < (lower + upper) / 2:
            return lower
    return _NICE[-1]
