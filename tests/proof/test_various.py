"""Every kind of SLO brings a proof, and its rules pass it under both lines of promtool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest
import yaml

from slogen import SLO, Alert, AlertPolicy, Events, Service, build
from slogen.targets.files import HEADER
from tests.proof.various import LATE, VARIOUS
from tests.realtools import promtool

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.model.project import Layout

TARGETS = ("prometheus", "promtool-tests")
RUNS = [
    *((slo, line) for slo in VARIOUS for line in ("2", "3")),
    (LATE, "3"),
]


def _written(slo: SLO, folder: Path) -> list[Path]:
    """Write the rules of an SLO and their tests, and return the files of tests."""
    build(slo).write(folder, TARGETS)
    return sorted(folder.glob("promtool-tests/*.yaml"))


@pytest.mark.long
@pytest.mark.parametrize(("slo", "line"), RUNS, ids=[f"{slo.id}-{line}" for slo, line in RUNS])
def test_rules_pass_their_own_proof(slo: SLO, line: str, tmp_path: Path) -> None:
    """Each file of its proof passes."""
    assert "SUCCESS" in promtool.test_rules(line, _written(slo, tmp_path))


@pytest.mark.parametrize("slo", [*VARIOUS, LATE], ids=lambda slo: slo.id)
def test_files_can_be_read(slo: SLO, tmp_path: Path) -> None:
    """They begin with the header, are YAML of any version, and every scenario has a name."""
    for file in _written(slo, tmp_path):
        text = file.read_text()
        tests = yaml.safe_load(text)["tests"]

        assert text.startswith(HEADER)
        asked = {"promql_expr_test", "alert_rule_test"}
        assert all(test["name"] and test.keys() & asked for test in tests)


@pytest.mark.parametrize("slo", VARIOUS, ids=lambda slo: slo.id)
def test_every_tier_and_every_alert_has_a_scenario(slo: SLO, tmp_path: Path) -> None:
    """What the rules can tell, some scenario expects to be told."""
    (one,) = build(slo).built
    texts = "".join(file.read_text() for file in _written(slo, tmp_path))
    expected = {
        sample["labels"]
        for document in texts.split(HEADER)[1:]
        for test in yaml.safe_load(document)["tests"]
        for check in test.get("promql_expr_test", ())
        for sample in check["exp_samples"]
    }
    alerts = [rule for group in one.rules.groups for rule in group.rules if hasattr(rule, "alert")]
    telling = {"slo_window", "slo_burn_rate", "sloth_window"}

    for rule in alerts:
        labels = {f'alertname="{rule.alert}"'} | {
            f'{name}="{value}"' for name, value in rule.labels.items() if name in telling
        }
        assert any(all(label in sample for label in labels) for sample in expected), rule.alert


def test_a_file_says_why_base_series_are_fed(tmp_path: Path) -> None:
    """Where there are no raw series to make, the head of the file says so."""
    (native,) = (slo for slo in VARIOUS if slo.id == "native-latency")
    first, *_ = _written(native, tmp_path)

    assert "# The base series are fed, not the raw ones: Prometheus 2.42" in first.read_text()


@pytest.mark.parametrize(
    ("slo_id", "series"),
    [
        ("ratio", "probe_failure_ratio"),
        ("slices", 'queue_length{pool="pool-a"}'),
        ("up-of-one-job", 'up{job="shop"}'),
    ],
)
def test_raw_series_of_states_are_fed(slo_id: str, series: str, tmp_path: Path) -> None:
    """An SLI that counts time is shown from the series that it reads."""
    (one,) = (slo for slo in VARIOUS if slo.id == slo_id)
    texts = [file.read_text() for file in _written(one, tmp_path)]

    assert any(f"- series: {series}\n" in text for text in texts)
    assert not any("The base series are fed" in text for text in texts)


def test_two_metrics_that_nobody_feeds(tmp_path: Path) -> None:
    """Tiers that fire only while both metrics are seen are not shown without; a remark says so."""
    slo = SLO(
        service=Service("shop"),
        name="shipped",
        objective="99%",
        window="30d",
        sli=Events(
            total="rate(orders_total[$window])",
            good="rate(shipped_total[$window]) + rate(sent_total[$window])",
        ),
    )
    files = _written(slo, tmp_path)
    texts = [file.read_text() for file in files]

    assert all("# Tiers and texts of alerts are not shown: " in text for text in texts)
    assert not any("fires at a total outage, and resolves" in text for text in texts)
    assert "SUCCESS" in promtool.test_rules("3", files)


@pytest.mark.parametrize(("layout", "name"), [("service", "shop"), ("single", "slogen")])
def test_a_test_reads_the_rules_of_its_layout(layout: Layout, name: str, tmp_path: Path) -> None:
    """Whatever a rule file holds, the tests of an SLO find it."""
    build(VARIOUS[1]).write(tmp_path, TARGETS, layout)
    files = sorted(tmp_path.glob("promtool-tests/*.yaml"))

    assert f'rule_files: ["../prometheus/{name}.yaml"]' in files[0].read_text()
    assert "SUCCESS" in promtool.test_rules("3", files[:1])


@pytest.mark.parametrize("line", ["2", "3"])
def test_alerts_of_one_name_are_told_apart(line: str, tmp_path: Path) -> None:
    """By their severity, or by a label that one of them has, as whoever gets them does."""
    name = "SLOErrorBudgetExhausted"
    policy = AlertPolicy(
        preset="none",
        low=Alert(name=name, severity="info"),
        violated=Alert(name=name, labels={"about": "objective"}),
    )
    slo = attrs.evolve(VARIOUS[0], group_by=[], alerts=policy)

    assert "SUCCESS" in promtool.test_rules(line, _written(slo, tmp_path))
