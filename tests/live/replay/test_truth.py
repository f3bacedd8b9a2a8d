"""What a replay finds, against promtool, which evaluates the rules on the same counters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from slogen import SLO, Events, Selector, Settings, build
from slogen.live.replay.evaluation import replayed
from slogen.plan import resolve
from tests.live.replay.counters import PACE, counted, counters
from tests.realtools import promtool

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.live.replay.evaluation import TierReplay
    from tests.live.replay.counters import Bursts

MINUTES = 14 * 60
BURSTS: Bursts = (
    (3, 4, 0.3),
    (130, 12, 0.9),
    (150, 3, 0.5),
    (300, 100, 0.04),
    (780, 20, 0.3),
)
SETTINGS = Settings(slow_interval="30s")


def slo() -> SLO:
    """Return an SLO whose tiers read base series and hours."""
    requests = Selector('requests_total{job="shop"}')
    sli = Events(total=requests, bad=requests.where('code="500"'))
    return SLO(service="shop", name="availability", objective="99.5%", window="7d", sli=sli)


@pytest.mark.parametrize("line", ["3"])
def test_a_replay_finds_the_alerts_that_promtool_finds(line: str, tmp_path: Path) -> None:
    """Each tier fires at as many evaluations, and begins and ends at the same ones."""
    bad, good = counters(MINUTES, BURSTS)
    (plan,) = resolve(slo(), SETTINGS)
    tiers = replayed(plan, counted(bad, good), 0, 1_000 * MINUTES * 60 - 1)
    asked = [each for tier in tiers for each in _asked(tier)]
    built = build(slo(), SETTINGS)
    built.write(tmp_path)
    # Without an order promtool evaluates groups in another one each time.
    order = {"group_eval_order": [group.name for one in built.rules for group in one.groups]}
    path = tmp_path / "test.yml"
    path.write_text(json.dumps(_test(bad, good, asked) | order))

    assert all(len(tier.firings) > 0 for tier in tiers)
    assert "SUCCESS" in promtool.test_rules(line, [path])


def _asked(tier: TierReplay) -> list[tuple[int, str, int]]:
    """Return seconds, queries, and what each has to be; 0 stands for nothing."""
    alerts = f'ALERTS{{alertstate="firing",slo_window="{tier.tier.long}"}}'
    last = int(tier.times[-1]) // 1_000
    found, evaluations = [], 0
    for firing in tier.firings:
        start, end = firing.start // 1_000, (firing.end or 1_000 * (last + PACE)) // 1_000
        evaluations += (end - start) // PACE
        found += [(start - PACE, f"count({alerts})", 0), (start, f"count({alerts})", 1)]
        found.append((end - PACE, f"count({alerts})", 1))
        if firing.end is not None:
            found.append((end, f"count({alerts})", 0))
    return [*found, (last, f"sum(count_over_time({alerts}[14h]))", evaluations)]


def _test(bad: list[int], good: list[int], asked: list[tuple[int, str, int]]) -> dict[str, object]:
    series = [
        {"series": f'requests_total{{job="shop",code="{code}"}}', "values": " ".join(map(str, it))}
        for code, it in (("500", bad), ("200", good))
    ]
    expressions = [
        {
            "expr": query,
            "eval_time": f"{at}s",
            "exp_samples": [{"labels": "{}", "value": value}] if value else [],
        }
        for at, query, value in asked
    ]
    return {
        "rule_files": ["prometheus/shop-availability.yaml"],
        "evaluation_interval": f"{PACE}s",
        "tests": [
            {"interval": f"{PACE}s", "input_series": series, "promql_expr_test": expressions}
        ],
    }
