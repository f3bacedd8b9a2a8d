"""Low traffic: when one bad event matters, and how long a total outage lasts until it is paged."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.model import SLO, AlertPolicy, Events, Settings, Tier
from slogen.plan import resolve, time_to_fire
from slogen.plan.traffic import least_traffic, time_to_alert, traffic_of_one_error

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO, ResolvedTier

STANDARD = AlertPolicy.standard()
EVENTS = Events(total="requests_total", bad="failures_total")
TRAFFIC = st.fractions(Fraction(1, 100), 100_000, max_denominator=100)


def planned(alerts: AlertPolicy = STANDARD, objective: str = "99.9%") -> ResolvedSLO:
    """Return an SLO of 30 days that counts events."""
    slo = SLO(
        service="shop", name="a", objective=objective, window="30d", sli=EVENTS, alerts=alerts
    )
    (plan,) = resolve(slo, Settings())
    return plan


def pages(slo: ResolvedSLO) -> list[ResolvedTier]:
    """Return the tiers that wake somebody."""
    return [tier for tier in slo.tiers if tier.alert.urgency == "page"]


@pytest.mark.parametrize(
    ("objective", "limits"),
    [
        ("99%", ["6.94444", "2.77778", "1.38889", "1.38889"]),
        ("99.9%", ["69.4444", "27.7778", "13.8889", "13.8889"]),
        ("99.99%", ["694.444", "277.778", "138.889", "138.889"]),
    ],
)
def test_below_which_traffic_one_error_matters(objective: str, limits: list[str]) -> None:
    """One bad event of n is 1/n, which is compared with burn rate and budget."""
    slo = planned(objective=objective)

    found = [traffic_of_one_error(slo, tier) for tier in slo.tiers]

    assert [f"{float(limit):.6g}" for limit in found] == limits


@pytest.mark.parametrize("place", range(4))
@given(more=st.fractions(Fraction(1, 1000), 10))
def test_the_traffic_of_one_error_is_a_limit(place: int, more: Fraction) -> None:
    """With less traffic one bad event in the long window is above the burn rate, with more not."""
    slo = planned()
    tier = slo.tiers[place]
    limit = traffic_of_one_error(slo, tier)
    hours = Fraction(tier.long.milliseconds, 3_600_000)

    def burn_rate(traffic: Fraction) -> Fraction:
        return 1 / (traffic * hours) / Fraction(slo.budget)

    assert burn_rate(limit) == tier.threshold
    assert burn_rate(limit / (1 + more)) > tier.threshold > burn_rate(limit * (1 + more))


@pytest.mark.parametrize(
    ("traffic", "fires"),
    [
        ("100000", "66s to 128s"),
        ("60", "135s to 255s"),
        ("12", "615s to 975s"),
        ("6", "1215s to 1875s"),
        ("3", "2415s to 3675s"),
        ("2", "3615s to 5475s"),
        ("0.4", "18015s to 27075s"),
        ("0.3", "None"),
    ],
)
def test_the_first_page_of_a_total_outage(traffic: str, fires: str) -> None:
    """The third bad event pages; below one in three hours no window of a page holds three."""
    slo = planned()

    assert str(time_to_alert(slo, pages(slo), Decimal(traffic))) == fires


def test_a_ticket_comes_where_no_page_does() -> None:
    """Longer windows hold three events of less traffic."""
    slo = planned()

    assert str(time_to_alert(slo, slo.tiers, Decimal("0.3"))) == "24015s to 36135s"


def test_without_the_guard_the_first_event_pages() -> None:
    """Where one bad event is enough, and is above the burn rate, none is waited for."""
    slo = planned(AlertPolicy(preset="standard", min_bad_events=1))

    assert str(time_to_alert(slo, pages(slo), Decimal(12))) == "15s to 432s"


def test_no_tier_is_no_alert() -> None:
    """A policy without pages never pages."""
    slo = planned(AlertPolicy.tickets_only())

    assert time_to_alert(slo, pages(slo), Decimal(60)) is None


@pytest.mark.parametrize(("long", "least"), [("1h", "2"), ("6h", "1/3"), ("1d", "1/12")])
def test_the_least_traffic(long: str, least: str) -> None:
    """Three events are two distances apart, which a window has to be longer than."""
    (tier,) = (tier for tier in planned().tiers if str(tier.long) == long)

    assert least_traffic(tier) == Fraction(least)


@pytest.mark.parametrize("place", range(4))
@given(part=st.fractions(Fraction(1, 100), Fraction(99, 100)))
def test_no_alert_below_the_least_traffic(place: int, part: Fraction) -> None:
    """At the least traffic and below it nobody can count on the alert, well above it everybody."""
    slo = planned()
    tier = slo.tiers[place]

    assert time_to_alert(slo, [tier], least_traffic(tier) * part) is None
    assert time_to_alert(slo, [tier], least_traffic(tier)) is None
    assert time_to_alert(slo, [tier], least_traffic(tier) * Fraction(11, 10))


@pytest.mark.parametrize(
    ("for_", "traffic", "fires"),
    [
        ("2m", "60", "255s to 375s"),
        ("2m", "6", "1335s to 1995s"),
        ("4m", "6", "None"),
        ("10m", "60", "735s to 855s"),
        ("10m", "6", "None"),
    ],
)
def test_an_alert_with_a_delay(for_: str, traffic: str, fires: str) -> None:
    """Where the short window is empty between two events, the condition must hold until then."""
    tier = Tier("page", long="1h", short="5m", burn_rate="14.4", for_=for_)
    slo = planned(AlertPolicy(tiers=[tier]))

    assert str(time_to_alert(slo, slo.tiers, Decimal(traffic))) == fires


def test_a_short_window_of_a_slow_tier() -> None:
    """The hour that a long window sees besides its own is none of the short window's."""
    tier = Tier("ticket", long="1d", short="30m", burn_rate="3")
    slo = planned(AlertPolicy(tiers=[tier]))

    assert str(time_to_alert(slo, slo.tiers, Decimal(1))) == "7215s to 10935s"


@given(traffic=TRAFFIC, more=st.fractions(1, 10))
def test_more_traffic_is_paged_no_later(traffic: Fraction, more: Fraction) -> None:
    """The more events fail, the sooner there are enough."""
    slo = planned()
    less, more_ = (time_to_alert(slo, pages(slo), rate) for rate in (traffic, traffic * more))

    if less:
        assert more_
        assert more_.latest <= less.latest


@pytest.mark.parametrize("place", range(4))
def test_much_traffic_is_as_without_events(place: int) -> None:
    """With very many events the answer is that of a constant error ratio."""
    slo = planned()
    tier = slo.tiers[place]

    assert time_to_alert(slo, [tier], Fraction(10**9)) == time_to_fire(slo, tier, Decimal(1))
