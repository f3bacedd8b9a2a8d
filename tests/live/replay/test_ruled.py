"""What a replay finds, against the alerts of a real Prometheus that ran the same rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from slogen import SLO, Events, Latency, Selector, Settings
from slogen.live import Prometheus, backtest
from slogen.live.replay.forms import backtest_text
from slogen.live.replay.results import Agreement
from tests.live.replay.counters import PACE, counters
from tests.live.replay.ruled import START, ruled

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.live import Backtest
    from tests.live.replay.counters import Bursts

HOURS = 3
BURSTS: Bursts = ((3, 4, 0.3), (60, 12, 0.9), (80, 3, 0.5), (110, 40, 0.06))
OTHER: Bursts = ((100, 8, 0.6),)
SETTINGS = Settings()
REQUESTS = Selector('requests_total{job="shop"}')
SLOS = tuple(
    SLO(service="shop", name=name, objective="99.5%", window="7d", group_by=by, sli=sli)
    for name, by, sli in (
        ("bad", [], Events(total=REQUESTS, bad=REQUESTS.where('code="500"'))),
        ("good", [], Events(total=REQUESTS, good=REQUESTS.where('code!="500"'))),
        ("routes", ["route"], Events(total=REQUESTS, bad=REQUESTS.where('code="500"'))),
        ("latency", [], Latency(histogram="request_seconds", under="200ms")),
    )
)


def courses(minutes: int) -> dict[str, list[int]]:
    """Return what each raw series counts, of two routes with faults of their own."""
    found: dict[str, list[int]] = {}
    for seed, (route, bursts) in enumerate({"cart": BURSTS, "search": OTHER}.items()):
        bad, good = counters(minutes, bursts, seed)
        labels = f'job="shop",route="{route}"'
        found[f'requests_total{{{labels},code="500"}}'] = bad
        found[f'requests_total{{{labels},code="200"}}'] = good
        total = [sum(pair) for pair in zip(bad, good, strict=True)]
        found[f'request_seconds_bucket{{{labels},le="0.2"}}'] = good
        found[f'request_seconds_bucket{{{labels},le="+Inf"}}'] = total
        found[f"request_seconds_count{{{labels}}}"] = total
    return found


@pytest.mark.parametrize("line", ["2", "3"])
def test_a_replay_finds_the_alerts_of_a_server_that_ran_the_rules(
    line: str, tmp_path: Path
) -> None:
    """From base series and from raw ones: each alert begins and ends within one evaluation."""
    end = datetime.fromtimestamp(START, tz=UTC) + timedelta(hours=HOURS, seconds=-PACE)
    with ruled(line, SLOS, SETTINGS, courses(60 * HOURS), tmp_path) as server:
        prometheus = Prometheus(server.address)
        recorded, raw = (
            backtest(prometheus, SLOS, SETTINGS, at=end, length=f"{HOURS}h", raw=raw)
            for raw in (False, True)
        )
    print(backtest_text(recorded))
    print(backtest_text(raw))
    for found in (recorded, raw):
        assert {group.is_raw for group in found.groups} == {found is raw}
        assert all(_differences(found).values())


def _differences(found: Backtest) -> dict[str, Agreement | None]:
    return {
        f"{group.slo} {group.group} {tier.window}": tier.agreement
        for group in found.groups
        for tier in group.now.tiers
    }
