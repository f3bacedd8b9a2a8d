"""``slogen convert``: what its options change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run

OPENSLO = """\
apiVersion: openslo/v1
kind: SLO
metadata: {name: errors}
spec:
  service: shop
  indicator:
    metadata: {name: i}
    spec:
      ratioMetric:
        rawType: failure
        raw: {metricSource: {type: Prometheus, spec: {query: e}}}
  budgetingMethod: Occurrences
  objectives: [{target: 0.99}]
"""
SLOTH = """\
version: prometheus/v1
service: shop
slos:
  - name: errors
    objective: 99
    sli: {raw: {error_ratio_query: "e[{{.window}}]"}}
    alerting: {name: Errors, page_alert: {disable: true}, ticket_alert: {disable: true}}
"""
PYRRA = """\
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: errors, namespace: shop}
spec: {target: "99", window: 4w, indicator: {bool_gauge: {metric: up}}}
"""


@pytest.mark.parametrize(
    ("text", "window"),
    [
        (OPENSLO, "7d"),
        (SLOTH.replace("e[{{.window}}]", "avg_over_time(e[{{.window}}])"), "7d"),
        (f"{OPENSLO}  timeWindow: [{{duration: 2w, isRolling: true}}]\n", "14d"),
        (PYRRA, "28d"),
    ],
)
def test_a_window_is_that_of_files_that_say_none(
    text: str, window: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The option says what a file leaves open, and changes nothing that a file says."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(text, "utf-8")
    result = run("convert", "a.yaml", "--window", "7d")

    assert result.exit_code == 0, result.stderr
    assert f"        window: {window}\n" in result.stdout
