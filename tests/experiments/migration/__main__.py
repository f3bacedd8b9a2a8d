"""Print what Sloth's rules and slogen's say of one hour: `python -m tests.experiments.migration`.

A quiet time with many errors is followed by a busy one with few. Both tools' rules run in one real
Prometheus; slogen's with the names of Sloth run in another one, beside an Alertmanager.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen.naming import PERIOD_BURN_RATE, RATIO_PERIOD, Naming
from tests.experiments.migration.dashboard import QUERIES, ROUTES
from tests.experiments.migration.rules import SCRAPED_EVERY, definitions, of_slogen, of_sloth
from tests.realtools.alertmanager import running_alertmanager
from tests.realtools.exporter import changing_exporter, scraping
from tests.realtools.server import running_prometheus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from tests.realtools.alertmanager import Alertmanager
    from tests.realtools.exporter import Exporter
    from tests.realtools.server import PrometheusServer

_LINE = "3"
_GOOD, _BAD = 'http_requests_total{code="200"}', 'http_requests_total{code="500"}'
_NIGHT = {_GOOD: 1.6, _BAD: 0.4}
_DAY = {_GOOD: 99.5, _BAD: 0.5}
_OLD = 'max(slo:sli_error:ratio_rate1h{sloth_id="shop-availability"})'
_NEW = f'max({RATIO_PERIOD}{{slo_id="shop-availability"}})'
_BUDGET = 0.02


@attrs.frozen
class Found:
    """What was read in the end.

    Attributes:
        truth: The part of all requests that failed.
        old: Sloth's ratio of the window, and how many times it is what the objective allows.
        new: slogen's.
        panels: How many series each query of the dashboard gives.
        receivers: Which receivers each severity of Sloth's went to.
    """

    truth: float
    old: tuple[float, float]
    new: tuple[float, float]
    panels: dict[str, int]
    receivers: dict[str, set[str]]


def main() -> None:
    """Measure, and print tables of Markdown."""
    parser = argparse.ArgumentParser(prog="python -m tests.experiments.migration")
    parser.add_argument("--minutes", type=float, default=13, help="of night, and of day")
    parser.add_argument("--sloth", default="sloth", help="the program; v0.16.0 was measured")
    chosen = parser.parse_args()
    sys.stdout.write("\n".join((*_tables(_measured(chosen.minutes * 60, chosen.sloth)), "")))


def _measured(seconds: float, program: str) -> Found:
    with tempfile.TemporaryDirectory() as name, changing_exporter(_NIGHT) as exporter:
        folder = Path(name)
        source = definitions(folder)
        both = [of_sloth(folder, program), of_slogen(source, folder / "new")]
        named = [of_slogen(source, folder / "named", Naming.sloth())]
        receivers = [{"name": name} for name in ("other", "pager", "tickets")]
        configuration = {"route": ROUTES, "receivers": receivers}
        with (
            running_alertmanager(_LINE, configuration, folder=folder) as alertmanager,
            _prometheus(both, folder / "one", exporter) as one,
            _prometheus(named, folder / "two", exporter, alertmanager.target) as two,
        ):
            time.sleep(seconds)
            exporter.counters.run_at(_DAY)
            time.sleep(seconds)
            return _read(exporter, one, two, alertmanager)


def _prometheus(
    rules: list[Path], folder: Path, exporter: Exporter, *alertmanagers: str
) -> AbstractContextManager[PrometheusServer]:
    folder.mkdir()
    return running_prometheus(
        _LINE,
        rules,
        folder=folder,
        scrape_configs=[scraping(exporter.target, every=SCRAPED_EVERY)],
        evaluation_interval=SCRAPED_EVERY,
        alertmanagers=alertmanagers,
    )


def _read(
    exporter: Exporter, one: PrometheusServer, two: PrometheusServer, alertmanager: Alertmanager
) -> Found:
    counted = exporter.counters.values()
    receivers: dict[str, set[str]] = {}
    for alert in alertmanager.alerts():
        names = {receiver["name"] for receiver in alert["receivers"]}
        receivers.setdefault(alert["labels"]["sloth_severity"], set()).update(names)
    return Found(
        truth=counted[_BAD] / sum(counted.values()),
        old=(_number(one, _OLD), _number(one, _burned("sloth_id"))),
        new=(_number(one, _NEW), _number(one, _burned("slo_id"))),
        panels={panel: len(two.query(query)) for panel, query in QUERIES.items()},
        receivers=receivers,
    )


def _burned(label: str) -> str:
    return f'max({PERIOD_BURN_RATE}{{{label}="shop-availability"}})'


def _number(server: PrometheusServer, query: str) -> float:
    ((_, value),) = server.query(query)
    return value


def _tables(found: Found) -> Iterator[str]:
    yield "| | error ratio of the window | of what the objective allows |"
    yield "| --- | ---: | ---: |"
    rows = {
        "truth": (found.truth, found.truth / _BUDGET),
        "slogen": found.new,
        "Sloth": found.old,
    }
    for name, (ratio, burned) in rows.items():
        yield f"| {name} | {ratio:.2%} | {burned:.0%} |"
    yield ""
    yield "| what a dashboard for Sloth asks | series |"
    yield "| --- | ---: |"
    for panel, amount in found.panels.items():
        yield f"| {panel} | {amount} |"
    yield ""
    for severity, names in sorted(found.receivers.items()):
        yield f"sloth_severity={severity} went to: {', '.join(sorted(names))}"


if __name__ == "__main__":
    main()
