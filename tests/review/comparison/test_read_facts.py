"""What rules say is what the definitions said from which they were compiled."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs
import pytest

from slogen import Alert, AlertPolicy, Settings, Tier
from slogen.naming import Naming
from slogen.plan import Observation
from slogen.review.comparison.facts import BURN_RATE, AlertFacts
from slogen.review.comparison.read_facts import facts_of
from slogen.rules import AlertingRule
from slogen.units import Duration
from tests.review.comparison.samples import SLIS, built, slo, written

if TYPE_CHECKING:
    from slogen.model import SLI

KINDS = pytest.mark.parametrize("sli", SLIS.values(), ids=SLIS)
TARGETS = pytest.mark.parametrize("target", ["prometheus", "json"])
ALL = AlertPolicy(
    low=Alert("info", labels={"a": "b"}),
    low_below="30%",
    violated=True,
    stale_groups=True,
    incomplete=True,
)


@KINDS
def test_what_an_slo_is_is_read_from_its_rules(sli: SLI) -> None:
    """Objective, window, owner, texts and all that describes it come back."""
    rules = built(
        sli=sli,
        objective="99.95%",
        window="28d",
        group_by=("tenant",),
        labels={"region": "eu"},
        description="Users {{ can }} buy.\n\nAlways.",
        runbook="https://r.example.com",
        service_tier="gold",
        grafana="https://g.example.com",
    )
    (one,) = rules.built

    facts = facts_of(one.rules)

    assert (facts.objective, facts.window) == (Decimal("0.9995"), Duration("28d"))
    assert (facts.service, facts.name, facts.owner) == ("shop", "availability", "team-shop")
    assert (facts.rank, facts.runbook) == ("gold", "https://r.example.com")
    assert facts.labels == {"region": "eu"}
    assert facts.dashboard == "https://g.example.com/d/slo-shop" or facts.dashboard
    assert facts.history is not None
    assert facts.history.group_by == ("tenant",)
    assert facts.kind == sli.kind
    assert facts.missing == ()


@KINDS
def test_the_definition_adds_nothing_that_the_rules_deny(sli: SLI) -> None:
    """What both say they say alike; only the scrape interval and the SLI itself are added."""
    (one,) = built(sli=sli, description="Users buy.").built

    read, known = facts_of(one.rules), facts_of(one.rules, one.slo)

    assert attrs.evolve(known, sli=None, timing=read.timing, observation=read.observation) == read
    assert known.timing == {"scrape_interval": "30s", **read.timing}
    assert known.sli == sli


@KINDS
@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(scrape_interval="15s", slow_interval="2m"),
        Settings(scrape_interval="1m", offset="1m", longest_gap="20m"),
        Settings(prometheus="3.0", query_offset="1m"),
    ],
    ids=["usual", "fast", "late", "moved"],
)
def test_how_soon_errors_are_observed_is_read_from_rules(sli: SLI, settings: Settings) -> None:
    """Where rules show it at all, predictions from them are those from the definition."""
    said = attrs.asdict(settings, recurse=False, filter=lambda field, _: field.name != "origin")
    (one,) = built(slo(sli=sli), **{name: value for name, value in said.items() if value}).built

    read = facts_of(one.rules).observation

    assert read in {None, Observation.of(one.slo)}
    if not any("$window" in str(query) for query in sli.queries):
        assert (read is None) is getattr(sli, "native", False)


@KINDS
def test_the_alerts_are_read_from_their_rules(sli: SLI) -> None:
    """Names, severities, delays, thresholds and windows are those that the plan has."""
    group_by = ("tenant",)
    (one,) = built(sli=sli, group_by=group_by, alerts=ALL, severities={"page": "critical"}).built

    facts = facts_of(one.rules)
    tiers = [alert for alert in facts.alerts if alert.role == BURN_RATE]

    assert [(t.name, t.severity, t.threshold, t.long, t.short, t.warm_up) for t in tiers] == [
        (t.alert.name, t.alert.severity, t.threshold, t.long, t.short, t.warm_up)
        for t in one.slo.tiers
    ]
    assert {
        alert.role: (alert.name, alert.for_, alert.keep_firing_for)
        for alert in facts.alerts
        if alert.role != BURN_RATE
    } == {
        role: (alert.name, alert.for_, alert.keep_firing_for)
        for role, alert in one.slo.others.items()
    }


def test_what_an_alert_waits_for_is_read() -> None:
    """Bad events and the part of the budget are numbers of the condition; labels are the user's."""
    (one,) = built(alerts=attrs.evolve(ALL, min_bad_events=7)).built

    alerts = {alert.role: alert for alert in facts_of(one.rules).alerts}

    assert alerts["low"].limit == Decimal("0.3")
    assert alerts["low"].labels == {"slo_owner": "team-shop", "a": "b"}
    assert {alert.min_bad_events for alert in alerts.values()} == {Decimal(7), None}


@TARGETS
@KINDS
def test_files_say_what_the_rules_say(sli: SLI, target: str) -> None:
    """Written and read again, nothing is lost."""
    policy = AlertPolicy(
        tiers=[Tier("page", long="2h", burn_rate="9.5", for_="1m", labels={"q": "{{ `x` }}"})],
        violated=True,
    )
    rules = built(
        sli=sli,
        id="é: x",
        alerts=policy,
        naming=Naming.sloth(),
        identity={"env": "a b"},
        description='say "yes"',
    )
    (one,) = rules.built

    (read,) = written(rules, target).built

    assert facts_of(read.rules) == facts_of(one.rules)


def test_rules_of_another_version_are_read_as_far_as_they_can_be() -> None:
    """What is missing is named, and the alerts are there."""
    (one,) = built().built
    groups = tuple(
        attrs.evolve(
            group,
            rules=tuple(
                rule
                for rule in group.rules
                if isinstance(rule, AlertingRule) or "increase" not in rule.record
            ),
        )
        for group in one.rules.groups
    )

    facts = facts_of(attrs.evolve(one.rules, groups=groups))

    assert facts.missing == ("what is counted", "the kind of the SLI")
    assert len(facts.alerts) == 6


def test_a_tier_without_its_windows_is_no_tier() -> None:
    """A rule that somebody edited is read as far as it goes."""
    rule = AlertingRule(
        alert="A", expr="x >", labels={"slo_burn_rate": "fast"}, annotations={"a": "b"}
    )
    (one,) = built().built
    group = attrs.evolve(one.rules.groups[0], rules=(rule,))

    (alert,) = facts_of(attrs.evolve(one.rules, groups=(group,))).alerts

    assert isinstance(alert, AlertFacts)
    assert (alert.role, alert.is_tier, alert.tier) == (BURN_RATE, False, "")
