"""What an SLO means, in numbers and in sentences."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from slogen import (
    SLO,
    Alert,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Service,
    Settings,
    Tier,
    TimeSlices,
    Up,
    build,
)
from slogen.errors import InvalidValue
from slogen.plan import TimeRange
from slogen.units import Duration
from tests.review.explanation.explaining import EVENTS, REQUESTS, explained

SLOW = AlertPolicy(preset="none", tiers=[Tier("page", long="1h", burn_rate="2")])
STALE = "Without data nothing is bad: if an outage ends the metrics, only SLODataStale fires"


def test_the_budget_is_a_share_and_a_time() -> None:
    """99.9 % of 30 days allow a total outage of 43 minutes and 12 seconds."""
    explanation = explained()

    assert explanation.slo.budget == Decimal("0.001")
    assert explanation.budget_time == Duration("43m12s")
    assert explanation.traffic is None


def test_a_tier_in_numbers() -> None:
    """The times are those of the documentation, and what is spent follows from them."""
    page = explained().tiers[0]

    assert page.error_ratio == Decimal("0.0144")
    assert page.spends == Decimal("0.02")
    assert [found.level.times for found in page.detections] == [None, 10, 2]
    assert page.detections[0].fires == TimeRange(Duration("66s"), Duration("128s"))
    # 128 s of 2592 s.
    assert page.detections[0].budget_spent == Decimal("0.0493827")
    # The short window of 5m, but for what one error in seventy keeps above, and 10m on top.
    assert Duration("14m") < page.resolves.earliest < page.resolves.latest < Duration("17m")
    assert page.one_error_below == Fraction(625, 9)
    assert page.silent_up_to == 2
    assert page.at_traffic is None


def test_traffic_says_what_a_budget_is_worth() -> None:
    """5,000 events a day are 150,000 in 30 days, and one in a thousand may be bad."""
    given = explained(traffic=5_000)

    assert given.traffic is not None
    assert (given.traffic.events_a_day, given.traffic.events) == (5_000, 150_000)
    assert given.traffic.bad_events == 150


def test_a_little_traffic_delays_alerts() -> None:
    """At 60 events an hour an outage pages after four minutes, at 2 perhaps never."""
    busy, quiet = (explained(traffic=24 * hourly).tiers[0].at_traffic for hourly in (60, 2))

    assert busy == TimeRange(Duration("135s"), Duration("255s"))
    assert quiet is None


def test_time_has_no_traffic() -> None:
    """What counts time has no events, whatever is said about them."""
    explanation = explained(traffic=5_000, sli=Up(gauge="up"), objective="99%")

    assert explanation.traffic is None
    for each in explanation.tiers:
        assert (each.one_error_below, each.silent_up_to, each.at_traffic) == (None, None, None)


def test_what_cannot_be_is_left_out() -> None:
    """Of an objective of 95 % ten times 14.4 times the budget is more than everything."""
    page, *_, last = explained(objective="95%").tiers

    assert [found.level.times for found in page.detections] == [None]
    assert [found.level.times for found in last.detections] == [None, 10, 2]


def test_other_alerts_say_when_they_fire() -> None:
    """Each in words, with its own settings."""
    policy = AlertPolicy(low=True, low_below="40%", violated=True, incomplete=True)

    conditions = {each.kind: each.condition for each in explained(alerts=policy).alerts}

    assert conditions == {
        "exhausted": "the error budget of 30d is spent, and 3 events were bad",
        "low": "less than 40% of the error budget is left, and 3 events were bad",
        "violated": "over 1h less than 99.9% is good, and 3 events were bad",
        "stale": "the whole SLI has no data, and was not idle before",
        "incomplete": "less than 95% of an hour's evaluations had data",
    }


def test_groups_say_what_they_read_and_record() -> None:
    """What a group records itself is nothing that it reads."""
    slo = SLO(service="shop", name="a", objective="99.9%", window="30d", sli=EVENTS)
    rules = build(slo)

    fast, slow, budget = rules.explain(slo.id).groups

    assert fast.reads == ("http_requests_total", "slo:period_coverage:ratio")
    assert fast.alerts == ("SLOBurnRatePage",)
    assert slow.reads == (
        "slo:sli_errors:increase",
        "slo:sli_events:increase",
        "slo:sli_error:ratio_rate2h",
        "slo:sli_error:ratio_rate6h",
    )
    assert "slo:error_budget_status" in budget.records
    assert [group.rules for group in (fast, slow, budget)] == [
        len(group.rules) for group in rules.rules[0].groups
    ]


def test_an_unknown_id_is_refused() -> None:
    """With the one that was meant."""
    slo = SLO(service="shop", name="availability", objective="99.9%", window="30d", sli=EVENTS)

    with pytest.raises(InvalidValue) as caught:
        build(slo).explain("shop-availabilty")

    assert str(caught.value) == (
        'id is "shop-availabilty"\n'
        "  allowed: shop-availability\n"
        '  remedy: did you mean "shop-availability"?'
    )


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        (
            {"alerts": SLOW},
            "Errors of 0.1% to 0.2% spend the error budget, and no tier fires: the slowest is 2x.",
        ),
        (
            {"alerts": AlertPolicy.none()},
            "It has no tier: no alert says how fast the error budget burns.",
        ),
        (
            {"objective": "80%"},
            "The preset's page over 1h has 4.5x instead of 14.4x, which would need errors of 288%.",
        ),
        ({}, "With 20 events in 30 days or fewer, a total outage fires no tier."),
        (
            {"group_by": "tenant"},
            "With 20 events in 30 days or fewer of one group, a total outage fires no tier.",
        ),
        ({}, "A new SLO: no tier fires before it has data for 6m to 1d12h."),
        ({"alerts": SLOW}, "A new SLO: no tier fires before it has data for 6m."),
        (
            {"group_by": "tenant"},
            "A new group: no tier fires before it has data for 6m to 1d12h.",
        ),
        (
            {"sli": Events(total=REQUESTS, good="answers_total")},
            (
                "While one of the two metrics is missing, no tier fires: an outage and a scrape "
                "that fails look the same."
            ),
        ),
        (
            {"sli": Up(gauge="up", when_missing="bad"), "objective": "99%"},
            "Moments without data count as bad, so that nothing is missed when data ends.",
        ),
        ({}, f"{STALE}, after 10m."),
        ({"alerts": AlertPolicy(stale=Alert(for_="0s"))}, f"{STALE}, at once."),
        (
            {"alerts": AlertPolicy(stale=False)},
            "Without data nothing is bad, and no alert says so: the stale alert is switched off.",
        ),
        (
            {"sli": Latency(histogram="rpc_seconds", under="1s")},
            "Where the histogram has no bucket at the threshold, nothing is recorded.",
        ),
        (
            {"sli": Latency(histogram="rpc_seconds", under="1s", native=True)},
            "Between two buckets of the native histogram the share is interpolated.",
        ),
        (
            {"sli": Up(gauge="up"), "objective": "99%"},
            "Targets that are no longer discovered are not down: only known ones count.",
        ),
        (
            {"sli": TimeSlices(query="lag", good_when="< 3"), "objective": "99%"},
            "Each 30s is good or bad as a whole, by one evaluation of the query.",
        ),
        (
            {"sli": ErrorRatio(query="error_ratio"), "objective": "99%"},
            "Each moment weighs the same, however many events it had.",
        ),
        (
            {"sli": Events(total="max(rate(a[$window]))", bad="max(rate(b[$window]))")},
            (
                "Its queries estimate events: what happens while scrapes are missed for longer "
                "than 90s is lost."
            ),
        ),
        ({}, "What a new series counted before its first scrape is not seen."),
        (
            {"settings": Settings(offset="1m", longest_gap="20m")},
            (
                "Samples later than 1m are lost for ever, and so is what was counted in a gap of "
                "more than 20m."
            ),
        ),
        (
            {},
            (
                "Where Prometheus keeps samples for less than 30d, what it has lost counts as free "
                "of errors."
            ),
        ),
    ],
)
def test_what_it_will_not_see_is_said(said: dict[str, Any], limit: str) -> None:
    """Each sentence follows from facts about the SLO."""
    assert limit in explained(**said).limits


def test_a_limit_that_does_not_hold_is_not_said() -> None:
    """A tier at 1x sees all that spends the budget; one bad event is enough for a tier alone."""
    policy = AlertPolicy(min_bad_events=1)

    limits = explained(alerts=policy).limits

    assert not [limit for limit in limits if "spend the error budget" in limit]
    assert not [limit for limit in limits if "total outage" in limit]


def test_a_service_owns_its_slo() -> None:
    """What is said of the service is the SLO's."""
    owned = SLO(
        service=Service("shop", owner="team-shop"),
        name="a",
        objective="99.9%",
        window="30d",
        sli=EVENTS,
    )

    assert (
        build(owned)
        .explain("shop-a")
        .text()
        .startswith("shop-a: 99.9% over 30d, owned by team-shop\n")
    )


@pytest.mark.parametrize("traffic", [0, -3, True, 2.5, "x"])
def test_traffic_is_a_number_of_events_a_day(traffic: object) -> None:
    """What is none would give times that are none."""
    with pytest.raises(InvalidValue, match="a whole number of events a day from 1 on"):
        explained(traffic)  # type: ignore[arg-type]


def test_a_tier_that_is_left_out_is_a_limit() -> None:
    """A build says so, too: a preset's tier that a low objective does not allow."""
    said = explained(objective="80%").limits

    assert ("The preset's page at 6x over 6h is left out: it could be at most 4.5x.") in said


@pytest.mark.parametrize(("prometheus", "is_said"), [("2.42", True), ("3.0", False)])
def test_a_native_histogram_is_a_rate_before_prometheus_3(
    prometheus: str, *, is_said: bool
) -> None:
    """It cannot be counted there."""
    sli = Latency(histogram="h_seconds", under="200ms", native=True)
    said = explained(sli=sli, settings=Settings(prometheus=prometheus)).limits

    assert any("is read as a rate" in text for text in said) is is_said
