"""Tiers: presets by window, what is lowered and left out, and what cannot fire."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidValue
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
from slogen.plan.presets import preset_tiers
from slogen.plan.tiers import LoweredTier, OmittedTier, ResolvedTier, resolve_tiers
from slogen.units import Duration, number

if TYPE_CHECKING:
    from slogen.errors import InputError

EVENTS = Events(total="requests", bad="errors")
LONG = ["page 14.4 1h/5m", "page 6 6h/30m", "ticket 3 1d/2h", "ticket 1 3d/6h"]
MIDDLE = ["page 14.4 1h/5m", "page 6 6h/30m", "ticket 2 1d/2h"]
SHORT = ["page 12 30m/5m", "page 4 3h/15m", "ticket 2 6h/30m"]
PAGE = Tier("page", long="1h", burn_rate="14.4")


STANDARD = AlertPolicy.standard()
OBJECTIVES = st.decimals("0.1", "0.99999", places=5)
WINDOWS = st.integers(1, 90 * 24).map(lambda hours: Duration(f"{hours}h"))
TIMES: list[SLI] = [
    ErrorRatio(query="error_ratio"),
    TimeSlices(query="age", good_when="<= 300"),
    Up(gauge="up"),
]


def slo(
    objective: str = "99.9%",
    window: str = "30d",
    *tiers: Tier,
    alerts: AlertPolicy = STANDARD,
    group_by: str | tuple[str, ...] = (),
    sli: SLI = EVENTS,
) -> SLO:
    """Return an SLO with the standard policy, or with tiers of one's own."""
    return SLO(
        service="s",
        name="n",
        objective=objective,
        window=window,
        sli=sli,
        alerts=AlertPolicy(tiers=tiers) if tiers else alerts,
        group_by=group_by,
    )


def planned(
    made: SLO,
) -> tuple[tuple[ResolvedTier, ...], tuple[LoweredTier | OmittedTier, ...], tuple[InputError, ...]]:
    """Return an SLO's tiers where settings are empty, what presets had to change, and faults."""
    plan = resolve_tiers(made, Settings())
    return plan.tiers, (*plan.lowered, *plan.omitted), plan.faults


def words(tiers: tuple[ResolvedTier, ...]) -> list[str]:
    """Return what matters of tiers on a line each."""
    return [f"{t.alert.severity} {number(t.threshold)} {t.long}/{t.short}" for t in tiers]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("366d", LONG),
        ("30d", LONG),
        ("14d", LONG),
        ("335h", MIDDLE),
        ("7d", MIDDLE),
        ("3d", MIDDLE),
        ("71h", SHORT),
        ("1d", SHORT),
        ("6h", SHORT),
        ("3h", SHORT[:2]),
        ("1h", SHORT[:1]),
    ],
)
def test_presets_follow_the_window(window: str, expected: list[str]) -> None:
    """The standard policy has the tiers of the SLO's window, and none longer than it."""
    tiers, _, faults = planned(slo(window=window))

    assert words(tiers) == expected
    assert faults == ()


def test_tickets_only_wakes_nobody() -> None:
    """The policy of tickets has the standard one's tickets."""
    tiers, changes, _ = planned(slo(alerts=AlertPolicy.tickets_only()))

    assert words(tiers) == LONG[2:]
    assert changes == ()


def test_none_has_no_tiers() -> None:
    """The empty policy has none."""
    assert planned(slo(alerts=AlertPolicy.none())) == ((), (), ())


def test_own_tiers_follow_the_presets() -> None:
    """A policy with both has the preset's tiers first."""
    own = Tier("ticket", long="2h", burn_rate=5)
    policy = AlertPolicy(preset="standard", tiers=[own])

    tiers, _, _ = planned(slo(alerts=policy))

    assert words(tiers) == [*LONG, "ticket 5 2h/10m"]


def test_fitting_presets_say_nothing() -> None:
    """Where nothing is changed there is nothing to say."""
    _, changes, _ = planned(slo("99.9%", "30d"))

    assert changes == ()


def test_lowers_what_cannot_be_reached() -> None:
    """A burn rate beyond an error ratio of 0.9 is lowered to it, and both burn rates are kept."""
    tiers, changes, _ = planned(slo("90%", "30d"))

    assert words(tiers) == ["page 9 1h/5m", *LONG[1:]]
    (lowered,) = changes
    assert isinstance(lowered, LoweredTier)
    assert (lowered.wanted, lowered.threshold) == (Decimal("14.4"), Decimal(9))
    assert (lowered.tier.severity, str(lowered.tier.long)) == ("page", "1h")


def test_leaves_out_twins() -> None:
    """Of two tiers that are lowered to one burn rate the longer says nothing new."""
    tiers, changes, _ = planned(slo("80%", "30d"))

    assert words(tiers) == ["page 4.5 1h/5m", *LONG[2:]]
    lowered, omitted = changes
    assert isinstance(lowered, LoweredTier)
    assert isinstance(omitted, OmittedTier)
    assert (omitted.wanted, omitted.threshold) == (Decimal(6), Decimal("4.5"))
    assert omitted.covered_by is not None
    assert str(omitted.covered_by.long) == "1h"


def test_leaves_out_what_exceeds_the_window() -> None:
    """A tier of a preset that is longer than the SLO's window is left out, and kept apart."""
    _, changes, _ = planned(slo(window="3h"))

    (omitted,) = changes
    assert isinstance(omitted, OmittedTier)
    assert (omitted.wanted, str(omitted.tier.long), omitted.covered_by) == (Decimal(2), "6h", None)


@given(OBJECTIVES, WINDOWS)
def test_every_preset_tier_can_fire(ratio: Decimal, window: Duration) -> None:
    """Whatever the objective, no preset asks for an error ratio above 0.9, or one below budget."""
    made = slo(str(ratio), str(window))

    tiers, _, faults = planned(made)

    assert faults == ()
    assert tiers
    assert all(tier.threshold * made.objective.budget <= Decimal("0.9") for tier in tiers)
    assert all(tier.threshold >= 1 for tier in tiers)


@given(OBJECTIVES, WINDOWS)
def test_preset_tiers_fit_into_the_window(ratio: Decimal, window: Duration) -> None:
    """No tier of a preset looks back further than the SLO's window."""
    tiers, _, _ = planned(slo(str(ratio), str(window)))

    assert all(tier.short < tier.long <= window for tier in tiers)


@given(OBJECTIVES, WINDOWS)
def test_no_two_preset_tiers_say_the_same(ratio: Decimal, window: Duration) -> None:
    """A longer window always comes with a lower burn rate."""
    tiers, _, _ = planned(slo(str(ratio), str(window)))

    rates = [tier.threshold for tier in tiers]
    assert sorted(set(rates), reverse=True) == rates
    assert sorted({tier.long for tier in tiers}) == [tier.long for tier in tiers]


@given(OBJECTIVES, WINDOWS)
def test_what_a_preset_lacks_is_told(ratio: Decimal, window: Duration) -> None:
    """Every tier of a preset is there as it stands in the book, or a fact says why not."""
    made = slo(str(ratio), str(window))
    count = len(preset_tiers(made.alerts, window))

    tiers, changes, _ = planned(made)

    assert len(tiers) + len([c for c in changes if isinstance(c, OmittedTier)]) == count
    assert len([c for c in changes if isinstance(c, LoweredTier)]) <= len(tiers)


@given(OBJECTIVES, st.sampled_from(["30d", "7d", "1d", "6h"]))
def test_tickets_only_keeps_a_ticket(ratio: Decimal, window: str) -> None:
    """Without pages a ticket is left, and no page is."""
    tiers, _, faults = planned(slo(str(ratio), window, alerts=AlertPolicy.tickets_only()))

    assert faults == ()
    assert {tier.alert.severity for tier in tiers} == {"ticket"}


def test_refuses_a_tier_that_cannot_fire() -> None:
    """A tier beyond 100 % errors is refused, with the highest burn rate that makes sense."""
    made = slo("80%", "30d", PAGE)

    _, _, (fault,) = planned(made)

    assert isinstance(fault, InvalidValue)
    assert (fault.origin, fault.argument) == (PAGE.origin, "burn_rate")
    assert str(fault) == (
        "Tier.burn_rate is 14.4 in the page over 1h of s-n\n"
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
        "Tier.long is 3d in a ticket of s-n\n  allowed: at most the SLO's window, which is 1d"
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
        "Tier.spends is 5% in the ticket over 3d of s-n, a burn rate of 0.5\n"
        "  allowed: a burn rate of 1 and more\n"
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
        "Tier.spends is 2% in the page over 1h of s-n, a burn rate of 14.4\n"
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
        "Tier.min_bad_events is 5 in the page over 1h of s-n\n"
        "  allowed: nothing: this kind of SLI counts time, not events"
    )


@pytest.mark.parametrize("sli", TIMES, ids=lambda sli: str(sli.kind))
def test_groups_of_time_have_no_bound(sli: SLI) -> None:
    """The default bound of groups is one of events."""
    tiers, _, faults = planned(slo("99.9%", "30d", PAGE, group_by="tenant", sli=sli))

    assert [tier.min_bad_events for tier in tiers] == [None]
    assert faults == ()


def test_groups_of_requests_have_a_bound() -> None:
    """A histogram counts events as counters do."""
    sli = Latency(histogram="rpc_seconds", under="1s")

    tiers, _, _ = planned(slo("99.9%", "30d", PAGE, group_by="tenant", sli=sli))

    assert [tier.min_bad_events for tier in tiers] == [3]


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

    made, *_ = resolve_tiers(slo(), settings).tiers

    assert (made.alert.name, made.alert.severity) == ("Burn", "critical")


def test_groups_need_three_bad_events() -> None:
    """A small tenant's single error is no burn rate, unless the user says so."""
    own = attrs.evolve(PAGE, min_bad_events=1)

    assert resolved(PAGE).min_bad_events is None
    assert resolved(PAGE, group_by="tenant").min_bad_events == 3
    assert resolved(own, group_by="tenant").min_bad_events == 1
    assert resolved(attrs.evolve(PAGE, min_bad_events=7)).min_bad_events == 7


@pytest.mark.parametrize(
    ("long", "warm_up"),
    [("1h", "5m"), ("6h", "5m"), ("7h", "210m"), ("1d", "12h"), ("3d", "36h"), ("30d", "15d")],
)
def test_tiers_wait_for_young_groups(long: str, warm_up: str) -> None:
    """A tier waits until its short window was seen, one of more than 6h until half the long one."""
    made = resolved(Tier("ticket", long=long, short="5m", burn_rate=2))

    assert made.warm_up == Duration(warm_up)


def test_a_tier_waits_for_its_short_window_at_least() -> None:
    """Where the short window is more than half of the long one, it decides."""
    made = resolved(Tier("ticket", long="8h", short="6h", burn_rate=2))

    assert made.warm_up == Duration("6h")


def test_for_is_kept() -> None:
    """How long a condition has to hold is the user's choice."""
    assert resolved(PAGE).alert.for_ is None
    assert resolved(attrs.evolve(PAGE, for_="2m")).alert.for_ == Duration("2m")
