"""Which texts of alerts a proof shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import SLO, Alert, AlertPolicy, Events, Selector, Service, Settings, Up, build
from slogen.proof import prove

if TYPE_CHECKING:
    from slogen.proof.scenario import TextCheck

_REQUESTS = Selector('http_requests_total{job="shop"}')
_EVENTS = Events(total=_REQUESTS, bad=_REQUESTS.where('code=~"5.."'))
_YOUNG = "alerts of a young SLO say what is so of their own group"
_OLD = "alerts of an old SLO say what is so of their own group"
_ALL = AlertPolicy(preset="standard", low=True, violated=True)


def _slo(alerts: AlertPolicy = _ALL, **said: object) -> SLO:
    usual = {"id": "x", "name": "x", "objective": "99.9%", "sli": _EVENTS, **said}
    return SLO(service=Service("shop"), window="30d", alerts=alerts, **usual)  # type: ignore[arg-type]


def _shown(slo: SLO) -> dict[str, set[str]]:
    """Return the alerts of which texts are shown, and the summaries, by the scenario."""
    return {
        name: {
            f"{check.alert}: {alert.annotations['summary']}"
            for check in checks
            for alert in check.alerts
        }
        for name, checks in _checks(slo).items()
    }


def _checks(slo: SLO) -> dict[str, tuple[TextCheck, ...]]:
    """Return the checks of texts by their scenarios."""
    (one,) = build(slo).built
    return {
        scenario.name: scenario.texts
        for part in prove(one.slo, one.rules).parts
        for scenario in part.scenarios
        if scenario.texts
    }


def _remarks(slo: SLO) -> list[str]:
    """Return what a proof says that it cannot show."""
    (one,) = build(slo).built
    return list(prove(one.slo, one.rules).remarks)


def test_each_alert_about_errors_says_something_else_for_each_group() -> None:
    """A young SLO still has some budget, an old one has none."""
    young, old = _shown(_slo(group_by="tenant")).values()
    low, spent = "SLOErrorBudgetLow", "SLOErrorBudgetExhausted"
    budget = "of the error budget of 30d is"

    assert young == {
        *_burning("its first 1d 13h 9m 0s"),
        f"{low}: shop x (tenant=tenant-a): 21.6% {budget} left",
        f"{low}: shop x (tenant=tenant-b): 5.58% {budget} left",
    }
    assert old == {
        *_burning("3d"),
        f"{spent}: shop x (tenant=tenant-a): 1520% {budget} spent",
        f"{spent}: shop x (tenant=tenant-b): 1830% {budget} spent",
        f"{low}: shop x (tenant=tenant-a): the error budget of 30d is spent",
        f"{low}: shop x (tenant=tenant-b): the error budget of 30d is spent",
    }


def _burning(longest: str) -> set[str]:
    """Return the summaries of the tiers and of the violated objective."""
    windows = {
        "SLOBurnRatePage": ("1h", "6h"),
        "SLOBurnRateTicket": ("1d", longest),
        "SLOObjectiveViolated": ("1h",),
    }
    return {
        f"{alert}: shop x (tenant=tenant-{tenant}): {share} of requests fail over {window}; "
        "0.1% are allowed"
        for alert, some in windows.items()
        for window in some
        for tenant, share in (("a", "1.52%"), ("b", "1.83%"))
    }


def test_an_alert_whose_text_is_not_known_is_left_out() -> None:
    """Its name stands for all rules of that name; the others are shown."""
    words = {"note": "{{ $value | humanizePercentage }}"}
    page = Alert(annotations=words)
    policy = AlertPolicy(preset="standard", low=page, violated=page)
    young, old = _shown(_slo(policy)).values()

    assert {text.partition(":")[0] for text in young} == {"SLOBurnRatePage", "SLOBurnRateTicket"}
    assert {text.partition(":")[0] for text in old - young} == {
        "SLOBurnRateTicket",
        "SLOErrorBudgetExhausted",
    }
    assert _remarks(_slo(policy)) == [
        (
            "Texts of SLOErrorBudgetLow, SLOObjectiveViolated are not compared: "
            f"slogen does not know what {words['note']} prints."
        )
    ]


@pytest.mark.parametrize(
    "template",
    [
        "{{ with printf `max(up{instance=%q})` $labels.instance | query }}x{{ end }}",
        "{{ with query `max(slo:period_coverage:ratio)` }}{{ . | first | value }}{{ end }}",
        "{{ if gt $value 0.0 }}x{{ end }}",
        "{{ . | urlquery }}",
    ],
)
def test_a_query_of_the_users_own_is_not_asked(template: str) -> None:
    """It may ask other series than slogen's own texts, or one that no rule knows."""
    slo = _slo(AlertPolicy(preset="standard", annotations={"note": template}))
    action = template.partition(" }}")[0] + " }}"
    shown = action if len(action) < 66 else f"{action[:60]}... }}}}"

    assert _shown(slo) == {}
    assert _remarks(slo) == [
        f"Texts of alerts are not compared: slogen does not know what {shown} prints."
    ]


def test_an_alert_that_waits_for_long_is_left_out_alone() -> None:
    """All others are asked within the first hour."""
    alerts = AlertPolicy(preset="standard", low=Alert(for_="57m"), exhausted=Alert(for_="55m"))
    shown = set().union(*_shown(_slo(alerts)).values())

    assert {text.partition(":")[0] for text in shown} == {
        "SLOBurnRatePage",
        "SLOBurnRateTicket",
        "SLOErrorBudgetExhausted",
    }
    assert _remarks(_slo(alerts)) == [
        (
            "Texts of SLOErrorBudgetLow are not compared: "
            "one waits for 57m, which is too long for the scenario."
        )
    ]


def test_an_alert_that_one_scenario_compares_is_compared() -> None:
    """Of the young SLO the budget gets low while the scenario lasts."""
    slo = _slo(AlertPolicy(preset="standard", low=True, low_below="21.7%"))
    young, old = _shown(slo).values()

    assert not any("SLOErrorBudgetLow" in text for text in young)
    assert any("SLOErrorBudgetLow" in text for text in old)
    assert _remarks(slo) == []


def test_remarks_are_about_alerts_that_could_be_compared() -> None:
    """No alert about errors, or all of them compared: nothing is to be said."""
    query = Settings(query_offset="2m", prometheus="3.5")
    queries = Events(total="rate(all[$window])", good="rate(good[$window])")

    assert _remarks(_slo(AlertPolicy.none())) == []
    assert _remarks(_slo()) == []
    assert "Tiers and texts of alerts are not shown: " in _remarks(_slo(sli=queries))[-1]
    assert _remarks(_slo(settings=Settings(slow_interval="5m"))) == [
        (
            "Texts of alerts are not compared: "
            "with a slow_interval of 5m promtool no longer sees what was recorded last."
        )
    ]
    assert _remarks(_slo(settings=query))[0].startswith(
        "Windows above 6h, the budget and texts of alerts are not shown: "
    )


def test_an_alert_about_an_hour_knows_that_its_slo_is_as_old() -> None:
    """A text says when the budget is spent once an hour has been seen: of 1h that is all of it."""
    slo = SLO(
        service=Service("shop"), name="x", objective="99%", window="1h", sli=_EVENTS, alerts=_ALL
    )

    assert _shown(slo).keys() == {_OLD}
    assert _remarks(slo) == []


def test_an_id_with_braces_has_texts() -> None:
    """Braces within a query's quotes do not end an action."""
    texts = _shown(_slo(id='a {{ b }} "c"', name="a"))

    assert texts.keys() == {_YOUNG, _OLD}


def test_kinds_that_count_time_say_something_else_for_each_group() -> None:
    """So much time is counted at once that each window is as bad as the others."""
    old = _shown(_slo(sli=Up(gauge="up"), objective="99%", group_by="instance"))[_OLD]

    assert {text.partition(" (")[2] for text in old if "Page" in text} == {
        "instance=instance-a): targets are down for 15.2% of their time over 1h; 1% is allowed",
        "instance=instance-a): targets are down for 15.2% of their time over 6h; 1% is allowed",
        "instance=instance-b): targets are down for 18.3% of their time over 1h; 1% is allowed",
        "instance=instance-b): targets are down for 18.3% of their time over 6h; 1% is allowed",
    }


def test_good_events_of_another_metric_are_seen_later() -> None:
    """A tier fires from the first evaluation on that sees both metrics."""
    good = Events(total=_REQUESTS, good="good_total")

    assert {
        (check.alert, alert.annotations["description"].partition(" UTC")[0])
        for check in _checks(_slo(sli=good, settings=Settings(offset="150s")))[_OLD]
        for alert in check.alerts
    } == {
        ("SLOBurnRatePage", "Since 1970-01-01 00:03"),
        ("SLOBurnRateTicket", "Since 1970-01-01 00:03"),
        ("SLOErrorBudgetExhausted", "Since 1970-01-01 00:00"),
        ("SLOErrorBudgetLow", "Since 1970-01-01 00:00"),
        ("SLOObjectiveViolated", "Since 1970-01-01 00:00"),
    }


def test_series_that_are_recorded_every_five_minutes_are_not_seen() -> None:
    """Prometheus 3 sees what is less than five minutes old: texts without series show nothing."""
    assert _shown(_slo(settings=Settings(slow_interval="5m"))) == {}
    assert _shown(_slo(settings=Settings(slow_interval="4m"))).keys() == {_YOUNG, _OLD}
