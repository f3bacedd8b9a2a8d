"""Print how many samples the rules of an SLO read: `python -m tests.experiments.load.samples`.

It is counted from the expressions: of each selection the series, times the samples of its range.
What a server says of both base rules is the same (`tests.experiments.load.base_series`).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import promql_parser

from slogen import SLO, AlertPolicy, Events, Selector, Service, Settings, build, naming

if TYPE_CHECKING:
    from slogen.rules import RuleGroup

SCRAPE = 30
RAW = "requests_total"
_HOURLY = (naming.ERRORS_SUM, naming.EVENTS_SUM, naming.EVENTS_HOUR)


def samples_a_second(window: str, series: int, slow: str) -> dict[str, float]:
    """Return the samples that each group reads for a second, all rules and alerts on.

    Args:
        window: Of the SLO.
        series: How many raw series there are; half of them are bad.
        slow: The interval of the slow groups.
    """
    requests = Selector(RAW)
    slo = SLO(
        service=Service("shop"),
        name="availability",
        objective="99.9%",
        window=window,
        sli=Events(total=requests, bad=requests.where('code=~"5.."')),
        alerts=AlertPolicy(low=True, violated=True, incomplete=True),
        settings=Settings(slow_interval=slow),
    )
    (built,) = build(slo).rules
    return {
        group.name.rpartition(":")[2]: _read(group, series, float(group.interval.seconds))
        for group in built.groups
    }


def _read(group: RuleGroup, series: int, interval: float) -> float:
    found = 0

    def visit(node: promql_parser.Expr) -> None:
        nonlocal found
        if isinstance(node, promql_parser.MatrixSelector):
            name = node.vector_selector.name or ""
            samples = round(node.range.total_seconds() / _interval(name, interval))
            # Its selector is visited by itself, too.
            found += (samples - 1) * _series(node.vector_selector, series)
        elif isinstance(node, promql_parser.VectorSelector):
            found += _series(node, series)

    for rule in group.rules:
        promql_parser.walk(promql_parser.parse(rule.expr), visit)
    return found / interval


def _series(selector: promql_parser.VectorSelector, series: int) -> int:
    if selector.name != RAW:
        return 1
    return series // 2 if selector.matchers.matchers else series


def _interval(name: str, slow: float) -> float:
    """Return the seconds between two samples of a series."""
    if name in _HOURLY:
        return 3_600
    if name == naming.EVENTS_LATELY:
        return 600
    return slow if name == naming.COVERAGE else SCRAPE


def main() -> None:
    """Print a table of Markdown."""
    lines = [
        "| window | raw series | slow groups every 1m | every 2m |",
        "| --- | ---: | ---: | ---: |",
    ]
    for window in ("7d", "28d"):
        for series in (8, 100):
            totals = (sum(samples_a_second(window, series, slow).values()) for slow in ("1m", "2m"))
            cells = " | ".join(f"{total:.0f}" for total in totals)
            lines.append(f"| {window} | {series} | {cells} |")
    sys.stdout.write("\n".join((*lines, "")))


if __name__ == "__main__":
    main()
