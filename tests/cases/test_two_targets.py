"""Good events that another target counts: what differs for a moment is not bad."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from slogen import SLO, Events, build
from tests.realtools import promtool

if TYPE_CHECKING:
    from pathlib import Path

_HOURS = 6
_STEP = 15
"""Seconds between two samples of a test; the two targets are scraped at every other one in turn."""
_TRAFFIC = (2, 10, 100)
"""Requests a second."""


def _cumulated(per_second: int, seed: int, step: int) -> list[int]:
    """Return a counter of events that come by chance, looked at every few seconds."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    value, values = 10_000, []
    for _ in range(_HOURS * 3600 // step + 2):
        values.append(value)
        value += sum(chance.random() < 0.5 for _ in range(2 * per_second * step))
    return values


def _test_file(folder: Path, series: dict[str, list[str]], step: int, groups: int = 1) -> Path:
    """Write a test that asks, after six hours, for the error ratio and for alerts."""
    lines = [
        "rule_files: [build/prometheus/shop-g.yaml]",
        "evaluation_interval: 30s",
        "tests:",
    ]
    lines += [f"- interval: {step}s", "  input_series:"]
    for name, values in series.items():
        lines += [f"  - series: '{name}'", f"    values: {' '.join(values)}"]
    lines += [
        "  promql_expr_test:",
        "  - expr: count(slo:sli_error:ratio_rate6h < 0.0001)",
        "    eval_time: 6h",
        f"    exp_samples: [{{labels: '{{}}', value: {groups}}}]",
        '  - expr: count_over_time(ALERTS{alertname=~"SLOBurnRate.*"}[6h])',
        "    eval_time: 6h",
        "    exp_samples: []",
    ]
    path = folder / "two.test.yaml"
    path.write_text("\n".join(lines) + "\n")
    return path


def _built(folder: Path, total: str, good: str, group_by: tuple[str, ...] = ()) -> None:
    sli = Events(total=total, good=good)
    slo = SLO(service="shop", name="g", objective="99.9%", window="30d", sli=sli, group_by=group_by)
    build(slo).write(folder / "build")


@pytest.mark.long
@pytest.mark.parametrize("line", ["2", "3"])
def test_gateways_and_backends_scraped_in_turn(line: str, tmp_path: Path) -> None:
    """Nothing fails: what one side counts before the other evens out, and nobody is paged.

    There is little traffic, some, and much of it.
    """
    _built(tmp_path, "gw_requests_total", "backend_ok_total", group_by=("traffic",))
    series = {}
    for per_second in _TRAFFIC:
        values = _cumulated(per_second, per_second, _STEP)
        labels = f'{{traffic="{per_second}"}}'
        at_gateway = [str(v) if n % 2 == 0 else "_" for n, v in enumerate(values)]
        at_backend = [str(v) if n % 2 else "_" for n, v in enumerate(values)]
        series[f"gw_requests_total{labels}"] = at_gateway
        series[f"backend_ok_total{labels}"] = at_backend

    test = _test_file(tmp_path, series, _STEP, groups=len(_TRAFFIC))
    assert "SUCCESS" in promtool.test_rules(line, [test])


@pytest.mark.long
@pytest.mark.parametrize("line", ["2", "3"])
def test_calls_that_are_handled_two_seconds_after_they_started(line: str, tmp_path: Path) -> None:
    """Calls under way are no failures, although at each scrape some have not ended."""
    _built(tmp_path, "grpc_server_started_total", 'grpc_server_handled_total{code="OK"}')
    values = _cumulated(10, 11, 2)
    started = [str(values[n]) for n in range(15, len(values), 15)]
    handled = [str(values[n - 1]) for n in range(15, len(values), 15)]
    series = {
        "grpc_server_started_total": started,
        'grpc_server_handled_total{code="OK"}': handled,
    }

    assert "SUCCESS" in promtool.test_rules(line, [_test_file(tmp_path, series, 30)])
