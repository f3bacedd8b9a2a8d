"""Alerts with every choice made: the nearest word counts."""

from __future__ import annotations

import pytest

from slogen.errors import InvalidValue
from slogen.model import SLO, Alert, AlertPolicy, Events, Settings
from slogen.naming import ALERTS
from slogen.plan.alerts import (
    BESIDE_TIERS,
    BURN_RATE,
    AlertDefaults,
    ResolvedAlert,
    resolve_alert,
)
from slogen.plan.resolve import resolve
from slogen.units import Duration

SETTINGS = Settings()
POLICY = AlertPolicy()
DELAYED = AlertDefaults(name="SLODataStale", for_=Duration("5m"), keep_firing_for=Duration("1h"))
RUNBOOK = "https://runbooks.example.com"


def resolved(
    alert: Alert,
    defaults: AlertDefaults = DELAYED,
    settings: Settings = SETTINGS,
    policy: AlertPolicy = POLICY,
) -> ResolvedAlert:
    """Return an alert of some SLO with every choice made."""
    slo = SLO(
        service="s",
        name="n",
        objective="99.9%",
        window="30d",
        sli=Events(total="requests", bad="errors"),
        runbook=f"{RUNBOOK}/slo",
        alerts=policy,
    )
    return resolve_alert(slo, settings, alert, defaults)


@pytest.mark.parametrize(
    ("defaults", "name", "severity", "for_", "keep_firing_for"),
    [
        (BURN_RATE["page"], "SLOBurnRatePage", "page", None, "10m"),
        (BURN_RATE["ticket"], "SLOBurnRateTicket", "ticket", None, None),
        (BURN_RATE["info"], "SLOBurnRateInfo", "info", None, None),
        (BESIDE_TIERS["exhausted"], "SLOErrorBudgetExhausted", "ticket", None, "1h"),
        (BESIDE_TIERS["low"], "SLOErrorBudgetLow", "ticket", "5m", None),
        (BESIDE_TIERS["violated"], "SLOObjectiveViolated", "ticket", "5m", None),
        (BESIDE_TIERS["stale"], "SLODataStale", "ticket", "10m", None),
        (BESIDE_TIERS["stale_groups"], "SLOGroupDataStale", "ticket", "10m", None),
        (BESIDE_TIERS["incomplete"], "SLODataIncomplete", "ticket", "1h", None),
    ],
)
def test_every_alert_has_defaults(
    defaults: AlertDefaults,
    name: str,
    severity: str,
    for_: str | None,
    keep_firing_for: str | None,
) -> None:
    """What nobody says is what the design says."""
    made = resolved(Alert(), defaults)

    assert (made.name, made.severity) == (name, severity)
    assert made.for_ == (Duration(for_) if for_ else None)
    assert made.keep_firing_for == (Duration(keep_firing_for) if keep_firing_for else None)
    assert made.runbook == ""
    assert (dict(made.labels), dict(made.annotations)) == ({}, {})


def test_defaults_are_there_for_every_alert() -> None:
    """No alert that the policy switches, and no name that the house may change, is left out."""
    names = [defaults.name for defaults in (*BURN_RATE.values(), *BESIDE_TIERS.values())]

    assert list(BESIDE_TIERS) == list(POLICY.switched)
    assert sorted(names) == sorted(ALERTS)


def test_an_alerts_own_words_win() -> None:
    """What an alert says of itself is kept."""
    own = Alert("page", name="Mine", for_="1m", keep_firing_for="2m", runbook=f"{RUNBOOK}/own")

    made = resolved(own, settings=Settings(alert_names={"SLODataStale": "Stale"}))

    assert (made.name, made.severity, made.runbook) == ("Mine", "page", f"{RUNBOOK}/own")
    assert (made.for_, made.keep_firing_for) == (Duration("1m"), Duration("2m"))


@pytest.mark.parametrize("zero", ["0s", "0m", "0h", "0"])
def test_a_delay_of_nothing_switches_the_default_off(zero: str) -> None:
    """A rule without a delay has no such line, instead of one that says 0."""
    made = resolved(Alert(for_=zero, keep_firing_for=zero))

    assert (made.for_, made.keep_firing_for) == (None, None)


def test_delays_are_switched_off_one_by_one() -> None:
    """One delay of nothing leaves the other as it is."""
    assert resolved(Alert(for_="0s")).keep_firing_for == Duration("1h")
    assert resolved(Alert(keep_firing_for="0s")).for_ == Duration("5m")


def test_a_name_of_the_house_is_used() -> None:
    """The house may rename slogen's alerts; an alert that is not named keeps its name."""
    settings = Settings(alert_names={"SLODataStale": "SLIMissing"})

    assert resolved(Alert(), settings=settings).name == "SLIMissing"
    assert resolved(Alert(), BESIDE_TIERS["low"], settings).name == "SLOErrorBudgetLow"


@pytest.mark.parametrize(
    ("alert", "severity"),
    [
        (Alert("page"), "critical"),
        (Alert("info"), "none"),
        (Alert("ticket"), "ticket"),
        (Alert(), "ticket"),
    ],
)
def test_a_severity_is_in_the_houses_words(alert: Alert, severity: str) -> None:
    """The house may have other words for severities, also for those of an alert's own."""
    settings = Settings(severities={"page": "critical", "info": "none"})

    assert resolved(alert, settings=settings).severity == severity
    assert resolved(alert, settings=settings).urgency == (alert.severity or "ticket")


@pytest.mark.parametrize(
    ("alert", "label"),
    [
        (Alert("page"), "pager"),
        (Alert("ticket"), "board"),
        (Alert(), "board"),
        (Alert("info"), "all"),
    ],
)
def test_labels_of_a_severity_are_those_of_the_alerts(alert: Alert, label: str) -> None:
    """An alert has the labels of its own severity; of words of the house they know nothing."""
    settings = Settings(
        severities={"page": "ticket"},
        severity_labels={"page": {"route": "pager"}, "ticket": {"route": "board"}},
        alert_labels={"route": "all"},
    )

    assert dict(resolved(alert, settings=settings).labels) == {"route": label}


def test_labels_go_from_the_nearest_to_the_farthest() -> None:
    """An alert's labels win over the policy's, those over the severity's, those over all others."""
    names = "abcd"
    settings = Settings(
        alert_labels=dict.fromkeys(names, "settings"),
        severity_labels={"ticket": dict.fromkeys(names[1:], "severity")},
    )
    policy = AlertPolicy(labels=dict.fromkeys(names[2:], "policy"))

    made = resolved(Alert(labels={"d": "alert"}), settings=settings, policy=policy)

    assert dict(made.labels) == {"a": "settings", "b": "severity", "c": "policy", "d": "alert"}


@pytest.mark.parametrize("kind", ["labels", "annotations"])
def test_the_nearest_word_counts(kind: str) -> None:
    """An alert's own words win over the policy's, and those over the settings'."""
    settings = Settings(
        alert_labels={"a": "settings", "b": "settings", "c": "settings"},
        alert_annotations={"a": "settings", "b": "settings", "c": "settings"},
    )
    words = {"b": "policy", "c": "policy", "d": "policy"}
    policy = AlertPolicy(labels=words, annotations=words)
    own = {"c": "alert", "e": "alert"}

    made = resolved(Alert(labels=own, annotations=own), settings=settings, policy=policy)

    assert dict(getattr(made, kind)) == {
        "a": "settings",
        "b": "policy",
        "c": "alert",
        "d": "policy",
        "e": "alert",
    }


def test_labels_are_no_annotations() -> None:
    """What is said of the one is not said of the other."""
    made = resolved(
        Alert(labels={"a": "1"}),
        settings=Settings(alert_annotations={"b": "2"}),
        policy=AlertPolicy(labels={"c": "3"}),
    )

    assert dict(made.labels) == {"c": "3", "a": "1"}
    assert dict(made.annotations) == {"b": "2"}


SAME = {"SLOErrorBudgetExhausted": "Budget", "SLOErrorBudgetLow": "Budget"}


def _with_low(low: Alert) -> SLO:
    return SLO(
        service="s",
        name="n",
        objective="99.9%",
        window="30d",
        sli=Events(total="requests", bad="errors"),
        alerts=AlertPolicy(low=low),
    )


def test_two_alerts_of_one_name_are_refused() -> None:
    """Prometheus would record one ALERTS_FOR_STATE of both, and Alertmanager take them for one."""
    with pytest.raises(InvalidValue, match=r"as exhausted is") as raised:
        resolve(_with_low(Alert()), Settings(alert_names=SAME))

    assert str(raised.value) == (
        'AlertPolicy.low is the alert "Budget" of s-n, as exhausted is\n'
        "  allowed: alerts that can be told apart\n"
        "  remedy: give one of them another name, severity or label"
    )


@pytest.mark.parametrize("low", [Alert(severity="info"), Alert(labels={"of": "low"})])
def test_two_alerts_of_one_name_may_differ_otherwise(low: Alert) -> None:
    """A severity or a label tells them apart."""
    (slo,) = resolve(_with_low(low), Settings(alert_names=SAME))

    assert [slo.low and slo.low.name, slo.exhausted and slo.exhausted.name] == ["Budget", "Budget"]


def _with_groups(delay: str, group_by: list[str]) -> SLO:
    return SLO(
        service="s",
        name="n",
        objective="99.9%",
        window="30d",
        sli=Events(total="requests", bad="errors"),
        group_by=group_by,
        alerts=AlertPolicy(stale_groups=Alert(for_=delay)),
    )


def test_an_alert_about_a_group_that_waits_until_it_is_forgotten_is_refused() -> None:
    """Rules look back for a day, and at what they recorded every ten minutes."""
    with pytest.raises(InvalidValue, match=r"stale_groups") as raised:
        resolve(_with_groups("1d", ["tenant"]), Settings())

    assert str(raised.value) == (
        "Alert.for_ is 1d in AlertPolicy.stale_groups of s-n\n"
        "  allowed: at most 23h\n"
        "  remedy: a group is forgotten a day after its last data, "
        "so that the alert could never fire"
    )


@pytest.mark.parametrize(("delay", "group_by"), [("23h", ["tenant"]), ("1d", [])])
def test_an_alert_about_a_group_may_wait_for_most_of_a_day(delay: str, group_by: list[str]) -> None:
    """Where there are no groups there is no such alert."""
    (slo,) = resolve(_with_groups(delay, group_by), Settings())

    assert (slo.stale_groups is not None) is bool(group_by)
