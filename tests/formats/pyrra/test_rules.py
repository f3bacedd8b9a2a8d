"""Rules that Pyrra generated, read back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from slogen import Events, Latency, Up
from slogen.formats.imported.generated import GeneratedRule, OldSLO
from slogen.formats.pyrra.rules import old_slos

LATENCY = (
    "(sum by (job) (rate(rpc_seconds_count[5m])) - sum by (job) "
    '(rate(rpc_seconds_bucket{le="1"}[5m]))) / sum by (job) (rate(rpc_seconds_count[5m]))'
)
GAUGE = "(sum(count_over_time(up[5m])) - sum(sum_over_time(up[5m]))) / sum(count_over_time(up[5m]))"


def recorded(expr: str, *, record: str = "requests:burnrate5m", namespace: str = "") -> OldSLO:
    """Return what a recording rule of an SLO says."""
    rule = GeneratedRule(
        record=record, alert="", expr=expr, labels={"slo": "errors"}, namespace=namespace
    )
    (found,) = old_slos([rule]).values()
    return found


@pytest.mark.parametrize(
    ("expr", "kind", "selector"),
    [
        (
            'sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]))',
            Events,
            "requests_total",
        ),
        (LATENCY, Latency, "rpc_seconds"),
        ("1 - histogram_fraction(0, 0.2, sum(rate(rpc_seconds[5m])))", Latency, "rpc_seconds"),
        ("1 - histogram_fraction(0,0.2, rate(rpc_seconds[5m]))", Latency, "rpc_seconds"),
        (GAUGE, Up, "up"),
        (GAUGE.replace("sum(", "sum by (job) ("), Up, "up"),
    ],
)
def test_each_kind_of_burn_rate_is_an_indicator(expr: str, kind: type, selector: str) -> None:
    """The indicator of a rule is the one that the definition has."""
    found = recorded(expr).indicator

    assert found is not None
    assert isinstance(found.sli, kind)
    assert str(found.sli.selectors[0]) == selector


def test_a_native_histogram_stays_one() -> None:
    """Its limit is in seconds."""
    found = recorded("1 - histogram_fraction(0, 0.2, sum(rate(rpc_seconds[5m])))").indicator

    assert found is not None
    assert isinstance(found.sli, Latency)
    assert found.sli.native
    assert found.sli.under == Decimal("0.2")


def test_what_is_no_query_says_no_indicator() -> None:
    """A rule that cannot be read is no traceback."""
    assert recorded("sum(").indicator is None


def test_the_longest_range_is_the_window() -> None:
    """With performanceOverAccuracy there is an increase over 5m, too."""
    rules = [
        GeneratedRule(record=f"a:increase{window}", alert="", expr="a", labels={"slo": "a"})
        for window in ("4w", "5m")
    ]

    assert old_slos(rules)["a"].days == 28


def test_rules_of_a_resource_have_its_namespace() -> None:
    """A plain file says none; a label is no service, since total's matchers are labels, too."""
    labels = ({"slo": "a"}, {"slo": "a", "service": "shop"})
    rules = [
        GeneratedRule(record="a:increase4w", alert="", expr="a", labels=own, namespace=namespace)
        for own in labels
        for namespace in ("", "prod")
    ]

    assert list(old_slos(rules)) == ["a", "prod-a"]


def test_other_rules_with_a_label_slo_are_nobodys() -> None:
    """Only series that Pyrra names are Pyrra's."""
    rule = GeneratedRule(record="requests:rate5m", alert="", expr="a", labels={"slo": "a"})

    assert old_slos([rule]) == {}


@pytest.mark.parametrize(
    ("factor", "word", "severity"),
    [(14, "critical", "page"), (14, "p1", "page"), (2, "p3", "ticket"), (1, "info", "info")],
)
def test_alerts_have_windows_limits_and_severities(factor: int, word: str, severity: str) -> None:
    """A word that nobody knows is a page where the burn rate is one of Pyrra's critical ones."""
    limit = f"> ({factor} * (1-0.999))"
    rules = [
        GeneratedRule(record="a:increase4w", alert="", expr="a", labels={"slo": "a"}),
        GeneratedRule(
            record="",
            alert="ErrorBudgetBurn",
            expr=f'a:burnrate5m{{slo="a"}} {limit} and a:burnrate1h{{slo="a"}} {limit}',
            labels={"slo": "a", "severity": word, "short": "5m", "long": "1h", "team": "x"},
        ),
        GeneratedRule(
            record="", alert="SLOMetricAbsent", expr="absent(a) == 1", labels={"slo": "a"}
        ),
    ]
    slo = old_slos(rules)["a"]
    (alert,) = slo.alerts

    assert slo.objective == Decimal("0.999")
    assert alert.severity == severity
    assert dict(alert.labels) == {"severity": word, "team": "x"}
    assert [(str(c.long), str(c.short), c.limit) for c in alert.conditions] == [
        ("1h", "5m", factor * Decimal("0.001"))
    ]
