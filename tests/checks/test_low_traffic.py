"""With little traffic a single bad event matters; a note says so, and what the guard costs."""

from __future__ import annotations

import attrs
import pytest

from slogen.checks.low_traffic import CHECK
from slogen.model import (
    SLI,
    SLO,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Settings,
    Tier,
    TimeSlices,
    Up,
)
from tests.checks.checking import found_in_build, place_of, summed_up

EVENTS = Events(total="requests", bad="errors")
PAGE = Tier("page", long="1h", burn_rate="14.4")
WAITS = "would page, so pages wait for 3; a total outage"


def slo(
    alerts: AlertPolicy | None = None,
    *,
    objective: str = "99.9%",
    window: str = "30d",
    sli: SLI = EVENTS,
    group_by: tuple[str, ...] = (),
) -> SLO:
    """Return an SLO that counts events, with the standard policy."""
    return SLO(
        service="s",
        name="n",
        objective=objective,
        window=window,
        sli=sli,
        alerts=alerts or AlertPolicy(),
        group_by=group_by,
    )


def said(made: SLO) -> str:
    """Return the only note about an SLO."""
    (note,) = summed_up(CHECK, made)
    return note.message


def test_says_what_the_guard_is_for_and_what_it_costs() -> None:
    """From which traffic on one error is harmless, and how soon an outage pages below it."""
    made = SLO(service="s", name="n", objective="99.9%", window="30d", sli=EVENTS)

    (note,) = summed_up(CHECK, made)

    assert note.message == (
        f"s-n: below 70 events an hour a single bad event {WAITS} pages after 4m at 60 events an "
        "hour, 16m at 12, 31m at 6, 61m at 3, 91m at 2, and never below 8 events a day"
    )
    assert (note.code, note.severity, note.argument) == ("low-traffic", "note", "alerts")
    assert place_of(note).startswith("SLO(")


def test_an_objective_that_allows_more_errors() -> None:
    """Only traffic that the guard matters for is spoken of."""
    assert said(slo(objective="99%")) == (
        f"s-n: below 7 events an hour a single bad event {WAITS} pages after 31m at 6 events an "
        "hour, 61m at 3, 91m at 2, and never below 8 events a day"
    )
    assert said(slo(objective="80%")) == (
        f"s-n: below 2 events an hour a single bad event {WAITS} never pages below 2 events an hour"
    )


def test_without_a_guard_one_error_pages() -> None:
    """Whoever switches the guard off hears what follows."""
    policy = AlertPolicy(min_bad_events=1)

    assert said(slo(policy)) == "s-n: below 70 events an hour a single bad event pages"


def test_one_tier_without_a_guard_is_enough() -> None:
    """The note is about the tier that pages for a single event, though another one waits."""
    more = Tier("page", long="6h", burn_rate="6", min_bad_events=1)

    assert said(slo(AlertPolicy(tiers=[PAGE, more]))) == (
        "s-n: below 28 events an hour a single bad event pages"
    )


def test_guards_may_differ() -> None:
    """Each number that tiers wait for is named."""
    more = Tier("page", long="6h", burn_rate="6", min_bad_events=10)

    assert "so pages wait for 3 or 10; " in said(slo(AlertPolicy(tiers=[PAGE, more])))


def test_of_groups_each_has_its_own_traffic() -> None:
    """Alerts of an SLO with groups are about one of them."""
    assert said(slo(group_by=("tenant",))).startswith(
        "s-n: below 70 events an hour of one group a single bad event would page, "
    )


def test_without_pages_it_is_about_tickets() -> None:
    """The most urgent tiers are those that matter."""
    assert said(slo(AlertPolicy.tickets_only())) == (
        "s-n: below 14 events an hour a single bad event would open a ticket, so tickets wait for "
        "3; a total outage opens a ticket after 17m at 12 events an hour, 32m at 6, 62m at 3, "
        "92m at 2, and never below 20 events in 30 days"
    )


def test_information_is_neither() -> None:
    """A tier that is sent for information notifies."""
    policy = AlertPolicy(tiers=[Tier("info", long="1h", burn_rate="14.4", min_bad_events=1)])

    assert said(slo(policy)) == "s-n: below 70 events an hour a single bad event notifies"


def test_slos_that_are_alike_share_a_note() -> None:
    """Of many SLOs it gives the range of traffic, and the time and traffic of the worst."""
    slow = attrs.evolve(slo(objective="90%", window="7d"), id="s-slow")
    rare = Settings(scrape_interval="1m")
    strict = attrs.evolve(slo(objective="99.99%"), id="s-strict", settings=rare)

    (note,) = summed_up(CHECK, slo(), strict, slow)

    assert note.message == (
        f"s-n and 2 other SLOs: below 2 to 695 events an hour a single bad event {WAITS} pages "
        "after 5m at 60 events an hour, 17m at 12, 32m at 6, 62m at 3, 92m at 2, and "
        "never below 8 events a day"
    )
    assert (note.slo_id, place_of(note)) == ("", "alerts or AlertPolicy()")


def test_slos_with_different_guards_have_notes_of_their_own() -> None:
    """Whoever has no guard, groups or no pages is not hidden among the others."""
    slos = [
        slo(),
        attrs.evolve(slo(AlertPolicy(min_bad_events=1)), id="s-one"),
        attrs.evolve(slo(AlertPolicy.tickets_only()), id="s-tickets"),
        attrs.evolve(slo(group_by=("tenant",)), id="s-groups"),
        attrs.evolve(slo(), id="s-same"),
    ]

    notes = [note.message.partition(": ")[0] for note in summed_up(CHECK, *slos)]

    assert notes == ["s-one", "s-n and 1 other SLO", "s-groups", "s-tickets"]


def test_slos_that_page_from_different_traffics_on_have_notes_of_their_own() -> None:
    """A month pages from eight events a day on, and an SLO of six hours from eight an hour on."""
    short = attrs.evolve(slo(window="6h"), id="s-short")

    month, hours = (note.message for note in summed_up(CHECK, slo(), short))

    assert (month.partition(": ")[0], month.partition("never ")[2]) == (
        "s-n",
        "below 8 events a day",
    )
    assert hours.partition(": ")[0] == "s-short"
    assert hours.partition("never ")[2] == "below 8 events an hour"


def test_latency_counts_events_too() -> None:
    """A request that takes too long is a bad event."""
    sli = Latency(histogram="request_seconds", under="300ms")

    assert said(slo(sli=sli)).startswith("s-n: below 70 events an hour a single bad event ")


@pytest.mark.parametrize(
    "sli",
    [Up(gauge="up"), TimeSlices(query="age", good_when="<= 300"), ErrorRatio(query="error_ratio")],
)
def test_is_silent_where_time_is_counted(sli: SLI) -> None:
    """What counts time has no traffic."""
    assert summed_up(CHECK, slo(sli=sli)) == []


def test_is_silent_without_tiers() -> None:
    """Nobody is woken by an SLO without burn-rate alerts."""
    assert summed_up(CHECK, slo(AlertPolicy.none())) == []


def test_is_found_for_each_slo() -> None:
    """An exception may be about one of them, so that lint has a note for each."""
    found = found_in_build(CHECK, slo(), attrs.evolve(slo(), name="b", id="s-b"))

    assert [note.slo_id for note in found] == [slo().id, "s-b"]
    assert found[0].found == found[1].found
