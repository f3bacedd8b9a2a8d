"""With Sloth's names, what was made for Sloth's rules finds the same in slogen's."""

from __future__ import annotations

import re

import pytest

from slogen import Settings, build, load
from slogen.naming import ALERT_SERIES, Naming
from slogen.rules import AlertingRule, RecordingRule
from tests import golden_cases
from tests.experiments.migration.dashboard import QUERIES
from tests.rule_files import metrics

RULES = build(
    load(golden_cases.FOLDER / "sloth-events" / "slos.yaml"), Settings(naming=Naming.sloth())
)
EVERY = [rule for slo in RULES.rules for group in slo.groups for rule in group.rules]
RECORDED = {rule.record: rule for rule in EVERY if isinstance(rule, RecordingRule)}
ALERTS = [rule for rule in EVERY if isinstance(rule, AlertingRule)]


@pytest.mark.parametrize("panel", QUERIES)
def test_each_series_of_a_dashboard_is_recorded_with_its_labels(panel: str) -> None:
    """A panel's series exist, and bear each of Sloth's labels that the panel asks for."""
    query = QUERIES[panel]
    labels = set(re.findall(r"sloth_(?:id|service|slo)\b(?!_)", query))

    for metric in set(metrics(query)) - {ALERT_SERIES}:
        rule = RECORDED[metric]
        assert all(label in f"{rule.expr}{dict(rule.labels)}" for label in labels)


def test_each_alert_has_the_severity_that_sloths_routes_ask_for() -> None:
    """A route on sloth_severity gets every page and every ticket."""
    assert {alert.labels["sloth_severity"] for alert in ALERTS} == {"page", "ticket"}
    assert {(alert.labels["sloth_severity"], alert.labels["severity"]) for alert in ALERTS} == {
        ("page", "page"),
        ("ticket", "ticket"),
    }


def test_the_series_of_sloth_all_exist() -> None:
    """Each series that Sloth records for 30 days has a namesake."""
    rules = (golden_cases.FOLDER / "sloth-verify" / "rules.yaml").read_text("utf-8")
    recorded = set(re.findall(r"- record: (\S+)", rules))

    assert len(recorded) == 15
    assert recorded <= set(RECORDED)
