"""VictoriaMetrics answers the same questions with the same numbers."""

from __future__ import annotations

import time
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from slogen import naming
from slogen.live import Prometheus
from slogen.live.forms.documents import report_document
from slogen.live.readings import Fleet
from slogen.live.reporting import reported
from tests.live.past import DAYS, History, requests
from tests.live.world import erp
from tests.realtools.hours import HOUR, named
from tests.realtools.victoria import running_victoria
from tests.realtools.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slogen.live.reports import Report

_LAG = 60
"""Seconds that VictoriaMetrics looks back at least: it holds back what has just arrived."""


def _lines(history: History, at: int) -> Iterator[str]:
    """Yield what the rules would have recorded at a moment, in the text that is imported."""
    own = dict(history.slo.identity)
    errors, events = history.window(float(history.slo.period.seconds), at)
    values = {
        naming.OBJECTIVE: float(history.slo.definition.objective.ratio),
        naming.PERIOD_DAYS: 30.0,
        naming.ERRORS_PERIOD: errors,
        naming.EVENTS_PERIOD: events,
        naming.COVERAGE: 1.0,
        naming.DATA_RATIO: 1.0,
        naming.TIME_TO_EXHAUSTION: 0.0,
        "slo:sli_error:ratio_rate1h": 0.001,
        "slo:sli_error:ratio_rate6h": 0.002,
    }
    series = [(named(name, own), [(at, value)]) for name, value in values.items()]
    alert = {**own, "alertname": "ErrorBudgetExhausted", "severity": "critical"}
    series.append((named(naming.ALERT_SERIES, {**alert, "alertstate": "firing"}), [(at, 1.0)]))
    for name, samples in (*series, *history.series()):
        yield from (f"{name} {value!r} {moment}000" for moment, value in samples)


def test_says_what_prometheus_would_say(tmp_path: Path) -> None:
    """Status, burn rates of hours, months and histories have the numbers of the arithmetic."""
    now = int(time.time()) - _LAG
    (slo,) = (slo for slo in erp() if slo.definition.id == "database-availability")
    first = now // HOUR - DAYS * 24
    history = History(slo=slo, counts=requests(90_000, 0.7, 4), first=first, now=now)
    with running_victoria(
        folder=tmp_path, scrape_configs=(), arguments=("-retentionPeriod=1y",)
    ) as server:
        body = "\n".join(_lines(history, now)).encode()
        url = f"{server.address}/api/v1/import/prometheus"
        urllib.request.urlopen(url, data=body, timeout=60).close()  # noqa: S310 (this machine)
        urllib.request.urlopen(f"{server.address}/internal/force_flush", timeout=60).close()  # noqa: S310
        at = datetime.fromtimestamp(now, UTC)
        fleet = Fleet(prometheus=Prometheus(f"{server.address}/prometheus"), slos=(slo,), at=at)
        report = until(lambda: _known(fleet), seconds=60, pause=1)
        # Of a month that has just begun too little is in hours: the last one is asked about.
        judged = at if at.day > 2 else at.replace(day=1) - timedelta(days=1)
        month = reported(fleet, f"{judged:%Y-%m}", history=True)
    (group,) = report.slos[0].groups
    errors, events = history.window(float(slo.period.seconds), now)
    day_errors, day_events = history.window(24 * HOUR, now)
    start = datetime(judged.year, judged.month, 1, tzinfo=UTC)
    end = (start + timedelta(days=32)).replace(day=1)
    month_errors, month_events = history.between(start.timestamp(), end.timestamp())

    assert group.errors == pytest.approx(errors)
    assert group.events == pytest.approx(events)
    assert group.measured == pytest.approx(1.0)
    assert group.burn_rates["24h"] == pytest.approx(day_errors / day_events / 0.0005, rel=0.05)
    assert [alert.urgency for alert in report.slos[0].pages] == ["page"]
    assert month.slos[0].groups[0].errors == pytest.approx(month_errors, rel=0.01)
    assert month.slos[0].groups[0].events == pytest.approx(month_events, rel=0.01)
    assert report_document(report)["warnings"] == []


def _known(fleet: Fleet) -> Report | None:
    """Return the report once what was imported can be read."""
    report = reported(fleet)
    return report if report.slos[0].groups and report.slos[0].pages else None
