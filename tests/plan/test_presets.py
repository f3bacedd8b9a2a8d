"""Presets: their tiers by window, how they are sent, and what is lowered and left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.model import Alert, AlertPolicy, Severity, Tier
from slogen.plan.presets import preset_tiers
from slogen.plan.tiers import LoweredTier, OmittedTier
from slogen.units import Duration
from tests.plan.planning import STANDARD, planned, slo, words

if TYPE_CHECKING:
    from slogen.model.policy import Preset

LONG = ["page 14.4 1h/5m", "page 6 6h/30m", "ticket 3 1d/2h", "ticket 1 3d/6h"]
MIDDLE = ["page 14.4 1h/5m", "page 6 6h/30m", "ticket 2 1d/2h"]
SHORT = ["page 12 30m/5m", "page 4 3h/15m", "ticket 2 6h/30m"]
MINUTE = Duration("1m").milliseconds
OBJECTIVES = st.decimals("0.1", "0.99999", places=5)
WINDOWS = st.integers(1, 366 * 24).map(lambda hours: Duration(f"{hours}h"))


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
        ("13h", SHORT),
        ("12h", ["page 6 30m/5m", "ticket 2 3h/15m"]),
        ("7h", ["page 6 17m/5m", "ticket 2 105m/8m"]),
        ("6h", ["page 6 15m/5m", "ticket 2 90m/7m"]),
        ("3h", ["page 6 7m/3m", "ticket 2 45m/5m"]),
        ("2h", ["page 6 5m/2m", "ticket 2 30m/5m"]),
        ("1h", ["page 6 4m/2m", "ticket 2 15m/5m"]),
    ],
)
def test_presets_follow_the_window(window: str, expected: list[str]) -> None:
    """The standard policy has the tiers of the SLO's window; below 13h they are parts of it."""
    tiers, _, faults = planned(slo(window=window))

    assert words(tiers) == expected
    assert faults == ()


def test_tickets_only_wakes_nobody() -> None:
    """The policy of tickets has the standard one's tickets."""
    tiers, changes, _ = planned(slo(alerts=AlertPolicy.tickets_only()))

    assert words(tiers) == LONG[2:]
    assert changes == ()


@pytest.mark.parametrize(
    ("window", "expected"), [("30d", LONG[:2]), ("1d", SHORT[:2]), ("12h", ["page 6 30m/5m"])]
)
def test_pages_only_sends_no_ticket(window: str, expected: list[str]) -> None:
    """The policy of pages has the standard one's pages, as they are."""
    tiers, changes, _ = planned(slo(window=window, alerts=AlertPolicy.pages_only()))

    assert words(tiers) == expected
    assert changes == ()


def test_a_policy_with_labels_keeps_its_tiers() -> None:
    """Whoever says nothing about tiers has the standard ones."""
    tiers, _, _ = planned(slo(alerts=AlertPolicy(labels={"channel": "shop"})))

    assert words(tiers) == LONG
    assert {tier.alert.labels["channel"] for tier in tiers} == {"shop"}


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
    assert str(omitted.covered_by.long) == "1h"


@given(WINDOWS)
def test_no_tier_of_a_preset_is_left_out_for_the_window(window: Duration) -> None:
    """Where the objective lets burn rates be reached, every window has the whole preset."""
    tiers, changes, _ = planned(slo("99.9%", str(window)))

    assert len(tiers) == len(preset_tiers(STANDARD, window))
    assert changes == ()


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
    """No tier of a preset looks back further than the SLO's window, nor less than can be seen."""
    tiers, _, _ = planned(slo(str(ratio), str(window)))

    assert all(Duration("2m") <= tier.short < tier.long <= window for tier in tiers)
    assert all(Duration("4m") <= tier.long for tier in tiers)
    lengths = {each.milliseconds for tier in tiers for each in (tier.short, tier.long)}
    assert {length % MINUTE for length in lengths} == {0}


@given(OBJECTIVES, WINDOWS)
def test_no_preset_tier_needs_more_than_the_budget(ratio: Decimal, window: Duration) -> None:
    """When a tier fires its long window has spent a part of the budget, and never all of it."""
    tiers, _, _ = planned(slo(str(ratio), str(window)))

    for tier in tiers:
        spent = tier.threshold * tier.long.milliseconds / window.milliseconds
        assert 0 < spent <= 1


@given(st.integers(1, 12).map(lambda hours: Duration(f"{hours}h")))
def test_tiers_of_short_windows_spend_known_parts(window: Duration) -> None:
    """Of 12h and less a page comes at a quarter of the budget, a ticket at half, to the minute."""
    page, ticket = planned(slo("99.9%", str(window)))[0]
    minutes = window.milliseconds // MINUTE

    assert (page.threshold, ticket.threshold) == (Decimal(6), Decimal(2))
    assert page.long.milliseconds == max(minutes // 24, 4) * MINUTE
    assert ticket.long.milliseconds == minutes // 4 * MINUTE


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


ROUTE = {"route": "{{ $labels.tenant }}"}
SENT = Alert(
    name="Mine",
    for_="2m",
    keep_firing_for="30m",
    runbook="https://runbooks.example.com/mine",
    labels=ROUTE,
    annotations={"note": "read"},
)


def test_page_says_how_a_presets_pages_are_sent() -> None:
    """Name, delays, runbook, labels and annotations reach the pages; the tiers stay the same."""
    tiers, changes, faults = planned(slo(alerts=AlertPolicy(page=SENT)))

    assert words(tiers) == LONG
    assert (changes, faults) == ((), ())
    for tier in tiers[:2]:
        alert = tier.alert
        assert (alert.name, alert.severity, alert.runbook) == ("Mine", "page", SENT.runbook)
        assert (alert.for_, alert.keep_firing_for) == (Duration("2m"), Duration("30m"))
        assert (dict(alert.labels), dict(alert.annotations)) == (ROUTE, {"note": "read"})
    usual = planned(slo())[0]
    assert tiers[2:] == usual[2:]


def test_ticket_says_how_a_presets_tickets_are_sent() -> None:
    """What is said about tickets reaches all of them, and no page."""
    tiers, _, _ = planned(slo(alerts=AlertPolicy(ticket=SENT)))

    assert [tier.alert.name for tier in tiers] == ["SLOBurnRatePage"] * 2 + ["Mine"] * 2
    assert [tier.alert.keep_firing_for for tier in tiers] == [
        *[Duration("10m")] * 2,
        *[Duration("30m")] * 2,
    ]
    assert tiers[:2] == planned(slo())[0][:2]


@given(OBJECTIVES, WINDOWS, st.sampled_from(["standard", "pages_only", "tickets_only"]))
def test_how_tiers_are_sent_changes_no_condition(
    ratio: Decimal, window: Duration, preset: Preset
) -> None:
    """Whatever the window and the objective, the conditions are those of the preset as it is."""

    def conditions(policy: AlertPolicy) -> list[tuple[object, ...]]:
        tiers, _, faults = planned(slo(str(ratio), str(window), alerts=policy))
        assert faults == ()
        return [(tier.long, tier.short, tier.threshold, tier.warm_up) for tier in tiers]

    tuned = AlertPolicy(preset=preset, page=SENT, ticket=Alert("info", for_="0s"))

    assert conditions(tuned) == conditions(AlertPolicy(preset=preset))


@pytest.mark.parametrize(
    ("severity", "name", "keep"),
    [
        ("page", "SLOBurnRatePage", "10m"),
        ("ticket", "SLOBurnRateTicket", None),
        ("info", "SLOBurnRateInfo", None),
    ],
)
def test_a_presets_tier_may_have_another_severity(
    severity: Severity, name: str, keep: str | None
) -> None:
    """A page that is sent as another severity has the name and the delays of that one."""
    tiers, _, _ = planned(slo(alerts=AlertPolicy(page=Alert(severity))))

    alert = tiers[0].alert
    assert (alert.name, alert.severity, alert.urgency) == (name, severity, severity)
    assert alert.keep_firing_for == (Duration(keep) if keep else None)
    assert len(tiers) == len(LONG)


def test_a_delay_of_a_presets_tier_can_be_switched_off() -> None:
    """A delay of nothing is no delay, here as elsewhere."""
    tiers, _, _ = planned(slo(alerts=AlertPolicy(page=Alert(keep_firing_for="0s"))))

    assert tiers[0].alert.keep_firing_for is None


def test_own_tiers_are_sent_as_they_say() -> None:
    """What is said about a preset's pages and tickets is not said about tiers of one's own."""
    own = Tier("ticket", long="2h", burn_rate=5)
    policy = AlertPolicy(preset="standard", tiers=[own], page=SENT, ticket=SENT)

    tiers, _, _ = planned(slo(alerts=policy))

    assert [tier.alert.name for tier in tiers] == [*["Mine"] * 4, "SLOBurnRateTicket"]
    assert dict(tiers[-1].alert.labels) == {}


@given(OBJECTIVES, st.sampled_from(["30d", "7d", "1d", "12h", "6h", "1h"]))
def test_tickets_only_keeps_a_ticket(ratio: Decimal, window: str) -> None:
    """Without pages a ticket is left, and no page is."""
    tiers, _, faults = planned(slo(str(ratio), window, alerts=AlertPolicy.tickets_only()))

    assert faults == ()
    assert {tier.alert.severity for tier in tiers} == {"ticket"}
