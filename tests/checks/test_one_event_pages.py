"""A page for a single event at the traffic that is given is a warning."""

from __future__ import annotations

from slogen.checks.given import Given
from slogen.checks.one_event_pages import CHECK
from slogen.model import SLO, AlertPolicy, Events, Tier, Up
from tests.checks.checking import found_given

EVENTS = Events(total="requests", bad="errors")
UNGUARDED = AlertPolicy(min_bad_events=1)
LEAST = Given(traffic=1_667)
"""A little more than 69.4 events an hour."""


def slo(alerts: AlertPolicy = UNGUARDED, sli: Events | Up = EVENTS) -> SLO:
    """Return an SLO."""
    return SLO(service="s", name="n", objective="99.9%", window="30d", sli=sli, alerts=alerts)


def test_says_which_tier_pages() -> None:
    """Below 69.4 events an hour a single bad one is above 14.4 times the budget."""
    (warning,) = found_given(CHECK, slo(), Given(traffic=1_666))

    assert warning.message == (
        "s-n: at 1666 events a day a single bad event is above 14.4x over 1h, and pages"
    )
    assert warning.remedy == "let it wait for three bad events: min_bad_events: 3"
    assert (warning.code, warning.severity) == ("one-event-pages", "warning")
    assert warning.argument == "alerts"


def test_is_silent_with_more_traffic_a_guard_or_tickets_alone() -> None:
    """Nobody is woken by one event, or nobody has said how many there are."""
    tickets = AlertPolicy(preset="tickets_only", min_bad_events=1)

    assert found_given(CHECK, slo(), LEAST) == []
    assert found_given(CHECK, slo(AlertPolicy()), Given(traffic=1)) == []
    assert found_given(CHECK, slo(tickets), Given(traffic=1)) == []
    assert found_given(CHECK, slo(sli=Up(gauge="up")), Given(traffic=1)) == []
    assert found_given(CHECK, slo(), Given()) == []


def test_is_silent_where_the_alert_waits_for_longer_than_the_short_window() -> None:
    """One bad event has left the window of 5m before the alert has waited for 6m."""
    waiting, short = (
        AlertPolicy(
            tiers=[Tier(severity="page", long="1h", short="5m", burn_rate=14.4, for_=for_)],
            min_bad_events=1,
        )
        for for_ in ("6m", "5m")
    )

    assert found_given(CHECK, slo(waiting), Given(traffic=1)) == []
    assert len(found_given(CHECK, slo(short), Given(traffic=1))) == 1
