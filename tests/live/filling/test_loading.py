"""What rules record at their first evaluation after the blocks of a backfill were loaded."""

from __future__ import annotations

import shlex
import shutil
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import pytest

from slogen import SLO, Events, Selector, Settings, build, naming
from slogen.live import Prometheus, backfill
from slogen.live.filling.forms import commands
from tests.realtools.backfill import Past, Run
from tests.realtools.hours import BASES
from tests.realtools.packages import find
from tests.realtools.processes import run
from tests.realtools.server import running_prometheus
from tests.realtools.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slogen import RuleSet
    from slogen.live import FilledSLO
    from slogen.rules import RuleGroup
    from tests.realtools.server import PrometheusServer

DAY = 86_400
DAYS = 9
PACE = 60
EVENTS_A_SCRAPE, BAD_SINCE = 1_000, DAY
"""One of a thousand requests failed, and in the last day one of a hundred."""
EXPECTED = 'sum(increase(requests_total{job="shop"}[7d]))'
REQUESTS = Selector('requests_total{job="shop"}')
SETTINGS = Settings(scrape_interval="30s", slow_interval="30s")
RAN = 5 * 3_600
"""For how many seconds the rules have run."""
KEEPING = "--storage.tsdb.retention.time=90d"


def slo() -> SLO:
    """Return an SLO of seven days."""
    sli = Events(total=REQUESTS, bad=REQUESTS.where('code="500"'))
    return SLO(service="shop", name="availability", objective="99%", window="7d", sli=sli)


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
    past.add_rules([Run(groups=_remembered(built), spans=((now - RAN, now),))])
    out = tmp_path / "shop.om"
    with past.serving() as server:
        (found,) = backfill(Prometheus(server.address), slo(), SETTINGS, out=out).slos
        counted = server.query(EXPECTED)[0][1]
    _load(line, out, past.data)
    rules = [tmp_path / "prometheus" / "shop-availability.yaml"]
    with running_prometheus(
        line, rules, folder=tmp_path, data=past.data, arguments=[KEEPING]
    ) as server:
        until(lambda: server.query(naming.BUDGET_REMAINING), seconds=120)

        assert found.hours >= 7 * 24
        assert server.query(naming.COVERAGE)[0][1] == 1
        _check_seam(server, found)
        _check_period(server, counted)


def _remembered(built: RuleSet) -> tuple[RuleGroup, ...]:
    """Return the rules whose past the others read: the rest needs none."""
    chosen = {naming.ERRORS_INCREASE, naming.EVENTS_INCREASE, *BASES}
    return tuple(
        attrs.evolve(group, rules=kept)
        for rules in built.rules
        for group in rules.groups
        if (kept := tuple(r for r in group.rules if getattr(r, "record", "") in chosen))
    )


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
    """Check what the rules say of seven days against what was counted."""
    (_, ratio), *_ = server.query(naming.RATIO_PERIOD)
    (_, left), *_ = server.query(naming.BUDGET_REMAINING)
    (_, events), *_ = server.query(naming.EVENTS_PERIOD)
    expected = (6 * 0.001 + 0.01) / 7

    # The window begins at a full hour, and one hour of a week is 0.6 %.
    assert ratio == pytest.approx(expected, rel=0.007)
    assert left == pytest.approx(1 - expected / 0.01, abs=0.003)
    assert events == pytest.approx(counted, rel=0.007)
