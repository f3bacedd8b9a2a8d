"""Alertmanager's inhibit rules do what the plan says, whatever alerts are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from slogen import SLO, Alert, AlertPolicy, Events, Service, Settings, Tier
from slogen.errors import InputError
from slogen.naming import ALERTS, Naming
from slogen.plan import resolve
from slogen.plan.incidents import IncidentAlert, incident_alerts
from slogen.targets.inhibit_rules import InhibitRule, incident_labels, inhibit_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from slogen.plan import ResolvedSLO

    Labels = Mapping[str, str]

_MATCHER = re.compile(r'(\w+)(=~?)"(.*)"')
WORDS = st.sampled_from(["page", "ticket", "critical", "warning"])
NAMES = st.sampled_from(["Burns", "Spent", "SLOBurnRatePage", "a.b"])
SEVERITIES = st.sampled_from(["page", "ticket", "info"])
SETTINGS = st.builds(
    Settings,
    severities=st.dictionaries(SEVERITIES, WORDS),
    alert_names=st.dictionaries(st.sampled_from(sorted(ALERTS)), NAMES),
)
ALERT = st.booleans() | st.builds(Alert, SEVERITIES, name=st.none() | NAMES)
TIERS = st.builds(
    Tier,
    SEVERITIES,
    long=st.sampled_from(["1h", "6h", "1d"]),
    burn_rate=st.sampled_from([4, 5]),
    name=st.none() | NAMES,
)
POLICIES = st.builds(
    AlertPolicy,
    preset=st.sampled_from(["standard", "pages_only", "none"]),
    tiers=st.lists(TIERS, max_size=2, unique_by=lambda tier: (tier.severity, tier.long)),
    exhausted=ALERT,
    low=ALERT,
    violated=ALERT,
    stale=ALERT,
)


def labels(slo: ResolvedSLO, alert: IncidentAlert, **more: str) -> Labels:
    """Return the labels of an alert of an SLO, as far as rules ask for them."""
    window = {slo.naming.window: str(alert.window)} if alert.window else {}
    named = {"alertname": alert.name, "severity": alert.severity}
    return {slo.naming.id: slo.definition.id, **named, **window, **more}


def fits(matchers: Iterable[str], alert: Labels) -> bool:
    """Tell whether all matchers fit an alert, as Alertmanager reads them."""
    for matcher in matchers:
        parts = _MATCHER.fullmatch(matcher)
        assert parts is not None
        value, wanted = alert.get(parts[1], ""), parts[3].replace("\\\\", "\\")
        if not (re.fullmatch(wanted, value) if parts[2] == "=~" else wanted == value):
            return False
    return True


def inhibited(rules: Iterable[InhibitRule], firing: list[Labels]) -> list[Labels]:
    """Return the alerts that are not sent, as Alertmanager decides it.

    An alert that fits both sides of a rule is not inhibited by another one that does.
    """
    return [
        target
        for target in firing
        if any(
            fits(rule.target, target)
            and fits(rule.source, source)
            and all(source.get(label) == target.get(label) for label in rule.equal)
            and not (fits(rule.source, target) and fits(rule.target, source))
            for rule in rules
            for source in firing
            if source is not target
        )
    ]


def slos_of(
    chosen: Iterable[tuple[Settings, AlertPolicy]], *, group_by: str = ""
) -> tuple[ResolvedSLO, ...]:
    """Return SLOs that differ in their settings and policies."""
    return resolve(
        [
            SLO(
                service=Service("shop", settings=settings),
                name=f"n{number}",
                objective="99%",
                window="30d",
                sli=Events(total="requests_total", bad="failures_total"),
                alerts=policy,
                group_by=(group_by,) if group_by else (),
            )
            for number, (settings, policy) in enumerate(chosen)
        ],
        Settings(),
    )


@given(st.lists(st.tuples(SETTINGS, POLICIES), min_size=1, max_size=3), st.data())
def test_the_most_urgent_alert_is_always_sent(
    chosen: list[tuple[Settings, AlertPolicy]], data: st.DataObject
) -> None:
    """Whatever fires of an SLO, nothing is inhibited but by an alert that the plan lets do so.

    Names and words may be those of other alerts in other SLOs of the same build.
    """
    try:
        slos = slos_of(chosen)
    except InputError:
        reject()  # two tiers that cannot be told apart, which nothing else is about
    rules = inhibit_rules(Naming(), slos)
    slo = data.draw(st.sampled_from(slos))
    alerts = incident_alerts(slo)
    firing = data.draw(st.lists(st.sampled_from(alerts), unique=True)) if alerts else []

    by_alert = [(alert, labels(slo, alert)) for alert in firing]
    silent = [id(one) for one in inhibited(rules, [one for _, one in by_alert])]

    for alert, one in by_alert:
        if id(one) in silent:
            assert any(other.inhibits(alert) for other in firing)
    if firing:
        sent = [alert for alert, one in by_alert if id(one) not in silent]
        assert min(alert.rank for alert in sent) == min(alert.rank for alert in firing)


STANDARD = (Settings(), AlertPolicy())
EVERYTHING = (
    Settings(severities={"page": "critical"}),
    AlertPolicy(preset="standard", low=True, violated=True, incomplete=True),
)
ONE_NAME = (
    Settings(alert_names={"SLOBurnRatePage": "Burns", "SLOBurnRateTicket": "Burns"}),
    AlertPolicy(),
)


@pytest.mark.parametrize(
    "chosen",
    [[STANDARD], [EVERYTHING], [ONE_NAME], [STANDARD, EVERYTHING, ONE_NAME]],
    ids=["standard", "everything", "one-name", "together"],
)
def test_all_alerts_of_an_slo_are_one_notification(
    chosen: list[tuple[Settings, AlertPolicy]],
) -> None:
    """Where names can be told apart the fast page alone is sent, and rules of one build agree."""
    slos = slos_of(chosen)
    rules = inhibit_rules(Naming(), slos)

    for slo in slos:
        firing = [labels(slo, alert) for alert in incident_alerts(slo)]
        silent = inhibited(rules, firing)

        (sent,) = [alert for alert in firing if alert not in silent]
        assert sent["slo_window"] == "1h"


def test_groups_and_slos_are_incidents_of_their_own() -> None:
    """A page of one tenant inhibits no ticket of another one, nor one of another SLO."""
    slos = slos_of([STANDARD, STANDARD], group_by="tenant")
    rules = inhibit_rules(Naming(), slos)
    page, *_, ticket = (alert for alert in incident_alerts(slos[0]) if alert.role == "burn_rate")
    firing = [
        labels(slos[0], page, tenant="a"),
        labels(slos[0], ticket, tenant="a"),
        labels(slos[0], ticket, tenant="b"),
        labels(slos[1], ticket, tenant="a"),
    ]

    assert inhibited(rules, firing) == firing[1:2]


def test_alerts_of_others_are_left_alone() -> None:
    """An alert with one of these names that is about no SLO neither inhibits nor is inhibited."""
    rules = inhibit_rules(Naming(), slos_of([STANDARD]))
    firing: list[Labels] = [
        {"alertname": "SLOBurnRatePage", "severity": "page", "slo_window": "1h"},
        {"alertname": "SLOBurnRateTicket", "severity": "ticket", "slo_window": "1d"},
    ]

    assert inhibited(rules, firing) == []


def test_a_rule_that_is_not_true_of_every_slo_is_left_out() -> None:
    """Where an SLO calls its empty budget as another one calls its low one, no rule is about it."""
    names = {"SLOErrorBudgetExhausted": "Low", "SLOErrorBudgetLow": "Spent"}
    usual = {"SLOErrorBudgetExhausted": "Spent", "SLOErrorBudgetLow": "Low"}
    policy = AlertPolicy(preset="none", low=True, stale=False)

    alone = inhibit_rules(Naming(), slos_of([(Settings(alert_names=usual), policy)]))
    both = [(Settings(alert_names=usual), policy), (Settings(alert_names=names), policy)]

    assert [(rule.source[2], rule.target[2]) for rule in alone] == [
        ('alertname="Spent"', 'alertname="Low"')
    ]
    assert inhibit_rules(Naming(), slos_of(both)) == ()


def test_an_incident_is_told_by_identity_and_groups() -> None:
    """The id, the labels of the identity and those of all groups; nothing that can be edited."""
    slos = resolve(
        [
            SLO(
                service=Service("shop"),
                name=name,
                objective="99%",
                window="30d",
                sli=Events(total="requests_total", bad="failures_total"),
                group_by=labels,
            )
            for name, labels in {"a": ("tenant", "region"), "b": ("tenant",), "c": ()}.items()
        ],
        Settings(identity={"env": "prod"}),
    )

    assert incident_labels(Naming(), slos) == ("slo_id", "env", "region", "tenant")
