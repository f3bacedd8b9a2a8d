"""What rules record at their first evaluation after the blocks of a backfill were loaded."""

from __future__ import annotations

import shlex
import shutil
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from slogen import SLO, Events, Selector, Settings, build, naming
from slogen.live import Prometheus, backfill
from slogen.live.filling.forms import commands
from tests.realtools.backfill import Past, Run
from tests.realtools.packages import find
from tests.realtools.processes import run
from tests.realtools.server import running_prometheus
from tests.realtools.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slogen.live import FilledSLO
    from tests.realtools.server import PrometheusServer

DAY = 86_400
DAYS = 32
PACE = 60
EVENTS_A_SCRAPE, BAD_SINCE = 1_000, 3 * DAY
"""One of a thousand requests failed, and in the last three days one of a hundred."""
EXPECTED = 'sum(increase(requests_total{job="shop"}[30d]))'
REQUESTS = Selector('requests_total{job="shop"}')
SETTINGS = Settings(scrape_interval="30s", slow_interval="30s")
RAN = 5 * 3_600
"""For how many seconds the rules have run."""
KEEPING = "--storage.tsdb.retention.time=90d"


def slo() -> SLO:
    """Return an SLO of 30 days."""
    sli = Events(total=REQUESTS, bad=REQUESTS.where('code="500"'))
    return SLO(service="shop", name="availability", objective="99%", window="30d", sli=sli)


def counters(now: int) -> Iterator[tuple[str, list[tuple[int, float]]]]:
    """Yield counters until now."""
    bad, good = [], []
    failed = total = 0
    for at in range(now - DAYS * DAY, now, PACE):
        total += EVENTS_A_SCRAPE
        failed += EVENTS_A_SCRAPE // (100 if at > now - BAD_SINCE else 1_000)
        bad.append((at, float(failed)))
        good.append((at, float(total - failed)))
    yield 'requests_total{job="shop",code="500"}', bad
    yield 'requests_total{job="shop",code="200"}', good


@pytest.mark.parametrize("line", ["2", "3"])
def test_a_new_slo_has_the_budget_of_an_old_one(line: str, tmp_path: Path) -> None:
    """At the first evaluation after blocks were loaded the rules know the whole window."""
    now = int(time.time())
    past = Past(line=line, folder=tmp_path / "past")
    past.add_samples(counters(now))
    built = build(slo(), SETTINGS)
    built.write(tmp_path)
    groups = tuple(group for rules in built.rules for group in rules.groups)
    past.add_rules([Run(groups=groups, spans=((now - RAN, now),))])
    out = tmp_path / "shop.om"
    with past.serving() as server:
        (found,) = backfill(Prometheus(server.address), slo(), SETTINGS, out=out).slos
        counted = server.query(EXPECTED)[0][1]
    _load(line, out, past.data)
    rules = [tmp_path / "prometheus" / "shop.yaml"]
    with running_prometheus(
        line, rules, folder=tmp_path, data=past.data, arguments=[KEEPING]
    ) as server:
        until(lambda: server.query(naming.BUDGET_REMAINING), seconds=120)

        assert found.hours >= 30 * 24
        assert server.query(naming.COVERAGE)[0][1] == 1
        _check_seam(server, found)
        _check_period(server, counted)


def _load(line: str, out: Path, data: Path) -> None:
    """Run the commands that are printed."""
    make, _ = map(shlex.split, commands(out))
    outcome = run(find("promtool", line), *make[1:], seconds=300, folder=out.parent)
    assert not outcome.code, outcome.output
    for block in (out.parent / f"{out.name}.blocks").iterdir():
        shutil.move(block, data / block.name)


def _check_seam(server: PrometheusServer, found: FilledSLO) -> None:
    """Check that base series go on from the backfill to the rules at even distances."""
    assert found.started is not None
    window = f"{naming.EVENTS_INCREASE}[5m]"
    data = server.get("/api/v1/query", query=window, time=found.started + 60)["result"]
    times = sorted(float(at) for series in data for at, _ in series["values"])

    assert times[0] < found.started < times[-1]
    assert {round(1_000 * (b - a)) for a, b in pairwise(times)} == {30_000}


def _check_period(server: PrometheusServer, counted: float) -> None:
    """Check what the rules say of 30 days against what was counted."""
    (_, ratio), *_ = server.query(naming.RATIO_PERIOD)
    (_, left), *_ = server.query(naming.BUDGET_REMAINING)
    (_, events), *_ = server.query(naming.EVENTS_PERIOD)
    expected = (27 * 0.001 + 3 * 0.01) / 30

    # The window begins at a full hour, and one hour of a month is 0.14 %.
    assert ratio == pytest.approx(expected, rel=0.003)
    assert left == pytest.approx(1 - expected / 0.01, abs=0.002)
    assert events == pytest.approx(counted, rel=0.003)
