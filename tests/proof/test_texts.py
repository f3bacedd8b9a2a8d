"""Which texts of alerts a proof shows."""

from __future__ import annotations

from slogen import SLO, AlertPolicy, Events, Selector, Service, Settings, Up, build
from slogen.proof import prove

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
    (one,) = build(slo).built
    return {
        scenario.name: {
            f"{check.alert}: {alert.annotations['summary']}"
            for check in scenario.texts
            for alert in check.alerts
        }
        for part in prove(one.slo, one.rules).parts
        for scenario in part.scenarios
        if scenario.texts
    }


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
    policy = AlertPolicy(preset="standard", low=True, annotations=words)

    assert _shown(_slo(policy)) == {}


def test_kinds_that_count_time_say_something_else_for_each_group() -> None:
    """So much time is counted at once that each window is as bad as the others."""
    old = _shown(_slo(sli=Up(gauge="up"), objective="99%", group_by="instance"))[_OLD]

    assert {text.partition(" (")[2] for text in old if "Page" in text} == {
        "instance=instance-a): targets are down for 15.2% of their time over 1h; 1% is allowed",
        "instance=instance-a): targets are down for 15.2% of their time over 6h; 1% is allowed",
        "instance=instance-b): targets are down for 18.3% of their time over 1h; 1% is allowed",
        "instance=instance-b): targets are down for 18.3% of their time over 6h; 1% is allowed",
    }


def test_series_that_are_recorded_every_five_minutes_are_not_seen() -> None:
    """Prometheus 3 sees what is less than five minutes old: texts without series show nothing."""
    assert _shown(_slo(settings=Settings(slow_interval="5m"))) == {}
    assert _shown(_slo(settings=Settings(slow_interval="4m"))).keys() == {_YOUNG, _OLD}
