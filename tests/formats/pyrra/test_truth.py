"""What slogen makes of Pyrra's files, and what Pyrra makes of them, beside the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from slogen import build, load
from slogen.naming import RATIO_PERIOD
from tests.realtools import promtool

if TYPE_CHECKING:
    from pathlib import Path

STEPS = 90
"""How many scrapes each of two times has: 45m at one every 30s."""
NIGHT, DAY = (54, 6), (1485, 15)
"""How many good and bad requests there are between two scrapes, in each of them."""
FILES = """\
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: ratio, namespace: shop}
spec:
  target: "98"
  window: 2h
  indicator:
    ratio:
      errors: {metric: 'http_requests_total{code=~"5.."}'}
      total: {metric: http_requests_total}
---
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: parts, namespace: shop}
spec:
  target: "98"
  window: 2h
  indicator:
    ratio:
      errors: {metric: failed_total}
      success: {metric: served_total}
---
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: latency, namespace: shop}
spec:
  target: "98"
  window: 2h
  indicator:
    latency:
      success: {metric: 'rpc_seconds_bucket{le="0.5"}'}
      total: {metric: rpc_seconds_count}
---
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: gauge, namespace: shop}
spec:
  target: "98"
  window: 2h
  indicator:
    bool_gauge: {metric: probe_success}
"""
PYRRA = {
    "ratio": (
        'sum(increase(http_requests_total{code=~"5.."}[2h])) / '
        "sum(increase(http_requests_total[2h]))"
    ),
    "parts": (
        "sum(increase(failed_total[2h])) / "
        "(sum(increase(failed_total[2h])) + sum(increase(served_total[2h])))"
    ),
    "latency": (
        '1 - sum(increase(rpc_seconds_bucket{le="0.5"}[2h])) / sum(increase(rpc_seconds_count[2h]))'
    ),
    "gauge": (
        "1 - sum(sum_over_time(probe_success[2h])) / sum(count_over_time(probe_success[2h]))"
    ),
}
"""The ratio of the window of each SLO, as Pyrra's rules ask for it."""


def counter(night: int, day: int) -> str:
    """Return a counter in promtool's notation, which rests in the end."""
    between = night * STEPS
    return f"0+{night}x{STEPS} {between + day}+{day}x{STEPS - 1} {between + day * STEPS}+0x20"


def traffic() -> dict[str, str]:
    """Return the series that both tools' rules read; what fails has no series in the night."""
    good, bad = zip(NIGHT, DAY, strict=True)
    every = [sum(pair) for pair in (NIGHT, DAY)]
    return {
        'http_requests_total{code="200"}': counter(*good),
        'http_requests_total{code="503"}': counter(*bad),
        "served_total": counter(*good),
        "failed_total": f"_x{STEPS - 1} 0 {DAY[1]}+{DAY[1]}x{STEPS - 1} {DAY[1] * STEPS}+0x20",
        'rpc_seconds_bucket{le="0.5"}': counter(*good),
        'rpc_seconds_bucket{le="+Inf"}': counter(*every),
        "rpc_seconds_count": counter(*every),
        "probe_success": f"1x{STEPS - 1} 0x19 1x{STEPS}",
    }


def truths() -> dict[str, float]:
    """Return what part of each SLO's window is bad, by counting."""
    good, bad = (STEPS * sum(pair) for pair in zip(NIGHT, DAY, strict=True))
    only = STEPS * DAY[1]
    return {
        "ratio": bad / (good + bad),
        "parts": only / (good + only),
        "latency": bad / (good + bad),
        "gauge": 20 / (2 * STEPS + 17),
    }


def of_pyrra(folder: Path) -> Path:
    """Write the ratios of Pyrra as rules."""
    rules = [{"record": f"pyrra:{name}", "expr": expr} for name, expr in PYRRA.items()]
    path = folder / "pyrra-rules.yaml"
    with path.open("w") as file:
        YAML().dump({"groups": [{"name": "pyrra", "rules": rules}]}, file)
    return path


@pytest.mark.parametrize("line", ["2", "3"])
def test_both_tools_say_the_truth(line: str, tmp_path: Path) -> None:
    """Bad over all of a window in which traffic grows: slogen's number is within a thousandth.

    That of a gauge is within a hundredth, since promtool runs groups in any order and each
    evaluation counts time; Pyrra's are within a hundredth, too.
    """
    definitions = tmp_path / "pyrra.yaml"
    definitions.write_text(FILES, "utf-8")
    built = build(load(definitions))
    built.write(tmp_path / "out")
    rules = [*sorted((tmp_path / "out" / "prometheus").glob("*.yaml")), of_pyrra(tmp_path)]
    expected = [
        {
            "expr": f"abs({asked} / {truth!r} - 1) <= bool {off}",
            "eval_time": "1h38m",
            "exp_samples": [{"labels": labels, "value": 1}],
        }
        for name, truth in truths().items()
        for asked, off, labels in (
            (f'{RATIO_PERIOD}{{slo_id="shop-{name}"}}', _off(name), _identity(name)),
            (f"pyrra:{name}", 0.01, "{}"),
        )
    ]
    test = {
        "rule_files": [str(path) for path in rules],
        "evaluation_interval": "30s",
        "tests": [
            {
                "interval": "30s",
                "input_series": [
                    {"series": name, "values": values} for name, values in traffic().items()
                ],
                "promql_expr_test": expected,
            }
        ],
    }
    path = tmp_path / "truth.yaml"
    with path.open("w") as file:
        YAML().dump(test, file)

    assert "SUCCESS" in promtool.test_rules(line, [path])


def _off(name: str) -> float:
    return 0.01 if name == "gauge" else 0.001


def _identity(name: str) -> str:
    return f'{{slo_id="shop-{name}",slo_name="{name}",slo_service="shop"}}'
