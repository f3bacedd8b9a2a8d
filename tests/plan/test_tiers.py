"""Tiers: their bounds, what they wait for, and what cannot fire."""

from __future__ import annotations

import re

import attrs
import pytest

from slogen.errors import InvalidValue
from slogen.model import (
    SLI,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Settings,
    Tier,
    TimeSlices,
    Up,
)
from slogen.plan.tiers import ResolvedTier, min_bad_events, resolve_tiers
from slogen.plan.timing import Timing
from slogen.units import Duration, number
from tests.plan.planning import EVENTS, PAGE, planned, slo

EVENT_COUNTS: list[SLI] = [EVENTS, Latency(histogram="rpc_seconds", under="1s")]
TIMES: list[SLI] = [
    ErrorRatio(query="error_ratio"),
    TimeSlices(query="age", good_when="<= 300"),
    Up(gauge="up"),
]


def test_refuses_a_tier_that_cannot_fire() -> None:
    """A tier beyond 100 % errors is refused, with the highest burn rate that makes sense."""
    made = slo("80%", "30d", PAGE)

    _, _, (fault,) = planned(made)

    assert isinstance(fault, InvalidValue)
    assert (fault.origin, fault.argument) == (PAGE.origin, "burn_rate")
    assert str(fault) == (
        "Tier.burn_rate is 14.4 in the page tier over 1h of s-n\n"
        "  allowed: a burn rate below 5 for an objective of 80%\n"
        "  remedy: it would need an error ratio of 288%; a burn rate of 4.5 fires from 90%"
    )


@pytest.mark.parametrize(("burn_rate", "faults"), [("4.999", 0), ("5", 1), ("5.001", 1)])
def test_the_limit_is_one_hundred_percent(burn_rate: str, faults: int) -> None:
    """A tier that needs exactly 100 % errors can never exceed them."""
    made = slo("80%", "30d", Tier("page", long="1h", burn_rate=burn_rate))

    assert len(planned(made)[2]) == faults


def test_refuses_a_tier_that_exceeds_the_window() -> None:
    """A tier of the user's that is longer than the SLO's window is refused."""
    made = slo("99.9%", "1d", Tier("ticket", long="3d", burn_rate=2))

    _, _, (fault,) = planned(made)

    assert isinstance(fault, InvalidValue)
    assert fault.argument == "long"
    assert str(fault) == (
        "Tier.long is 3d in a ticket tier of s-n\n  allowed: at most the SLO's window, which is 1d"
    )


def test_tells_the_faults_of_all_tiers() -> None:
    """One run shows every tier that is wrong."""
    made = slo("80%", "1d", PAGE, Tier("ticket", long="3d", burn_rate=2))

    assert len(planned(made)[2]) == 2


@pytest.mark.parametrize(
    ("part", "long", "window", "burn_rate"),
    [
        ("2%", "1h", "30d", "14.4"),
        ("5%", "6h", "30d", "6"),
        ("10%", "3d", "30d", "1"),
        ("2%", "1h", "28d", "13.44"),
        ("5%", "6h", "28d", "5.6"),
        ("10%", "2d", "28d", "1.4"),
        ("2%", "1h", "90d", "43.2"),
        ("5%", "6h", "90d", "18"),
        ("2%", "1h", "7d", "3.36"),
        ("5%", "6h", "7d", "1.4"),
        ("10%", "1h", "24h", "2.4"),
        ("50%", "6h", "24h", "2"),
        ("100%", "24h", "24h", "1"),
        ("10%", "7h", "30d", "10.2857"),
    ],
)
def test_a_part_of_the_budget_is_a_burn_rate(
    part: str, long: str, window: str, burn_rate: str
) -> None:
    """The burn rate is the part times the SLO's window by the long one, as in the SRE Workbook."""
    tiers, changes, faults = planned(slo("99.9%", window, Tier("page", long=long, spends=part)))

    assert [number(tier.threshold) for tier in tiers] == [burn_rate]
    assert (changes, faults) == ((), ())


def test_refuses_a_part_that_is_no_overspending() -> None:
    """A part that is spent while all is well would always alert; what may be said is named."""
    tier = Tier("ticket", long="3d", spends="5%")

    _, _, (fault,) = planned(slo("99.9%", "30d", tier))

    assert isinstance(fault, InvalidValue)
    assert (fault.origin, fault.argument) == (tier.origin, "spends")
    assert str(fault) == (
        "Tier.spends is 5% in the ticket tier over 3d of s-n, a burn rate of 0.5\n"
        "  allowed: a burn rate of at least 1\n"
        "  remedy: 3d of a window of 30d may spend 10% of the budget and more"
    )


@pytest.mark.parametrize("long", ["4m", "1h", "3h", "6h", "7h", "11h", "1d", "55h", "7d"])
@pytest.mark.parametrize("window", ["7d", "28d", "30d", "90d"])
def test_the_part_that_a_refusal_names_is_accepted(long: str, window: str) -> None:
    """Who does what a remedy says is not refused again."""
    _, _, (fault,) = planned(slo("99.9%", window, Tier("ticket", long=long, spends="0.001%")))
    named = re.search(r"may spend (\S+) of", str(fault))
    assert named is not None

    _, _, faults = planned(slo("99.9%", window, Tier("ticket", long=long, spends=named[1])))

    assert [str(again) for again in faults] == []


def test_refuses_a_part_that_cannot_be_spent() -> None:
    """A part that is more than 100 % errors would spend in the long window is refused."""
    _, _, (fault,) = planned(slo("90%", "30d", Tier("page", long="1h", spends="2%")))

    assert str(fault) == (
        "Tier.spends is 2% in the page tier over 1h of s-n, a burn rate of 14.4\n"
        "  allowed: a burn rate below 10 for an objective of 90%\n"
        "  remedy: it would need an error ratio of 144%; a burn rate of 9 fires from 90%"
    )


@pytest.mark.parametrize("sli", TIMES, ids=lambda sli: str(sli.kind))
def test_refuses_to_count_bad_events_of_time(sli: SLI) -> None:
    """What counts time has no bad events: the bound would be one of seconds."""
    tier = Tier("page", long="1h", burn_rate=2, min_bad_events=5)

    _, _, (fault,) = planned(slo("99.9%", "30d", tier, sli=sli))

    assert isinstance(fault, InvalidValue)
    assert (fault.origin, fault.argument) == (tier.origin, "min_bad_events")
    assert str(fault) == (
        "Tier.min_bad_events is 5 in the page tier over 1h of s-n\n"
        "  allowed: nothing: this kind of SLI counts time, not events"
    )


@pytest.mark.parametrize("group_by", [(), "tenant"])
@pytest.mark.parametrize("least", [1, 3, 10])
@pytest.mark.parametrize("sli", TIMES, ids=lambda sli: str(sli.kind))
def test_time_has_no_bound(sli: SLI, least: int, group_by: str | tuple[str, ...]) -> None:
    """A bound of bad events is one of events, also where a policy of many SLOs has it."""
    policy = AlertPolicy(min_bad_events=least)
    made = slo("99.9%", "30d", alerts=policy, group_by=group_by, sli=sli)

    tiers, _, faults = planned(made)

    assert [tier.min_bad_events for tier in tiers] == [None] * 4
    assert min_bad_events(made) is None
    assert faults == ()


@pytest.mark.parametrize("group_by", [(), "tenant"])
@pytest.mark.parametrize("sli", EVENT_COUNTS, ids=lambda sli: str(sli.kind))
@pytest.mark.parametrize(
    ("policy", "least"),
    [
        (AlertPolicy(), 3),
        (AlertPolicy(min_bad_events=10), 10),
        (AlertPolicy(min_bad_events=2), 2),
        (AlertPolicy(min_bad_events=1), None),
    ],
    ids=["3", "10", "2", "none"],
)
def test_events_have_the_policys_bound(
    policy: AlertPolicy, least: int | None, sli: SLI, group_by: str | tuple[str, ...]
) -> None:
    """Three bad events unless the policy says another number; one is no bound at all."""
    made = slo("99.9%", "30d", alerts=policy, group_by=group_by, sli=sli)

    tiers, _, _ = planned(made)

    assert [tier.min_bad_events for tier in tiers] == [least] * 4
    assert min_bad_events(made) == least


@pytest.mark.parametrize(("own", "least"), [(1, None), (2, 2), (10, 10), (None, 7)])
def test_a_tiers_own_bound_wins(own: int | None, least: int | None) -> None:
    """A tier that says nothing has the policy's bound; one that says 1 has none."""
    tier = Tier("page", long="1h", burn_rate=2, min_bad_events=own)
    policy = AlertPolicy(tiers=[tier], min_bad_events=7)

    ((made,), _, _) = planned(slo(alerts=policy))

    assert made.min_bad_events == least


def resolved(tier: Tier, group_by: str | tuple[str, ...] = ()) -> ResolvedTier:
    """Return what becomes of one tier."""
    ((made,), _, _) = planned(slo("99.9%", "30d", tier, group_by=group_by))
    return made


def test_pages_keep_firing() -> None:
    """A page stays for 10m after its condition unless told otherwise, a ticket does not."""
    own = attrs.evolve(PAGE, keep_firing_for="3m")

    assert resolved(PAGE).alert.keep_firing_for == Duration("10m")
    assert resolved(own).alert.keep_firing_for == Duration("3m")
    assert resolved(attrs.evolve(PAGE, keep_firing_for="0s")).alert.keep_firing_for is None
    assert resolved(attrs.evolve(PAGE, severity="ticket")).alert.keep_firing_for is None


def test_tiers_speak_the_words_of_the_house() -> None:
    """Names and severities of tiers are those of the settings."""
    settings = Settings(severities={"page": "critical"}, alert_names={"SLOBurnRatePage": "Burn"})

    made, *_ = resolve_tiers(slo(), settings, Timing.of(settings)).tiers

    assert (made.alert.name, made.alert.severity) == ("Burn", "critical")


@pytest.mark.parametrize(
    ("long", "warm_up"),
    [("1h", "6m"), ("6h", "6m"), ("7h", "210m"), ("1d", "12h"), ("3d", "36h"), ("30d", "15d")],
)
def test_tiers_wait_for_young_groups(long: str, warm_up: str) -> None:
    """A tier waits until its short window was seen, one of more than 6h until half the long one."""
    made = resolved(Tier("ticket", long=long, short="5m", burn_rate=2))

    assert made.warm_up == Duration(warm_up)


def test_a_tier_waits_for_its_short_window_at_least() -> None:
    """Where the short window is more than half of the long one, it decides."""
    made = resolved(Tier("ticket", long="8h", short="6h", burn_rate=2))

    assert made.warm_up == Duration("361m")


@pytest.mark.parametrize(("interval", "warm_up"), [("15s", "330s"), ("30s", "6m"), ("60s", "7m")])
def test_what_was_seen_first_leaves_the_short_window(interval: str, warm_up: str) -> None:
    """A tier waits for two evaluations more: the first scrape, which often fails, is out then."""
    settings = Settings(scrape_interval=interval)

    made, *_ = resolve_tiers(slo(), settings, Timing.of(settings)).tiers

    assert (made.short, made.warm_up) == (Duration("5m"), Duration(warm_up))


@pytest.mark.parametrize(
    ("long", "short", "window"), [("1h", "59m", "1h"), ("1d", "1439m", "1d"), ("1d", "1439m", "2d")]
)
def test_a_tier_waits_no_longer_than_the_window_lasts(long: str, short: str, window: str) -> None:
    """No group gets older than the SLO's window: a tier that waited for longer would never fire."""
    settings = Settings(scrape_interval="60s")
    tier = Tier("ticket", long=long, short=short, burn_rate=2)

    made, *_ = resolve_tiers(slo("99.9%", window, tier), settings, Timing.of(settings)).tiers

    assert made.warm_up == min(made.short + Duration("2m"), Duration(window))


def test_a_difference_waits_for_half_of_the_long_window() -> None:
    """Of two metrics the first minutes say nothing: which was scraped last decides."""
    difference = Events(total="requests_total", good="served_total")

    ((made,), _, _) = planned(slo("99.9%", "30d", PAGE, sli=difference))

    assert made.warm_up == Duration("30m")


def test_for_is_kept() -> None:
    """How long a condition has to hold is the user's choice."""
    assert resolved(PAGE).alert.for_ is None
    assert resolved(attrs.evolve(PAGE, for_="2m")).alert.for_ == Duration("2m")
