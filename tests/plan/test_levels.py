"""Error ratios at which it is worth knowing when a tier fires, and what they cost."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen import SLO, AlertPolicy, ErrorRatio, Events, Service, Settings, Tier
from slogen.plan import ResolvedSLO, resolve, time_to_fire
from slogen.plan.levels import MULTIPLES, budget_spent, error_levels, error_limit
from slogen.units import Duration

EVENTS = Events(total="requests_total", bad="failures_total")
OBJECTIVES = st.decimals("0.1", "0.9999", places=4)
BURN_RATES = st.decimals("1", "14.4", places=1)


def planned(objective: Decimal | str, *tiers: Tier) -> ResolvedSLO:
    """Return an SLO of 30 days with tiers of its own, or those of the preset."""
    policy = AlertPolicy(preset="none", tiers=tiers) if tiers else AlertPolicy.standard()
    slo = SLO(
        service=Service("shop"),
        name="a",
        objective=objective,
        window="30d",
        sli=EVENTS,
        alerts=policy,
    )
    (plan,) = resolve(slo, Settings())
    return plan


@pytest.mark.parametrize(
    ("objective", "ratios"),
    [
        ("99.9%", ["1", "0.144", "0.0288"]),
        ("99%", ["1", "0.288"]),
        ("96%", ["1"]),
    ],
)
def test_levels_are_error_ratios_that_can_be(objective: str, ratios: list[str]) -> None:
    """Ten times and twice a threshold are left out where not even a total outage is that bad."""
    plan = planned(objective)

    levels = error_levels(plan, plan.tiers[0])

    assert [level.ratio for level in levels] == list(map(Decimal, ratios))
    assert levels[0].is_total
    assert not any(level.is_total for level in levels[1:])


def test_a_multiple_that_is_all_is_a_total_outage() -> None:
    """Twice an error ratio of a half is not said twice."""
    plan = planned("90%", Tier("page", long="1h", burn_rate="5"))

    assert [level.times for level in error_levels(plan, plan.tiers[0])] == [None]


@given(OBJECTIVES, BURN_RATES)
def test_a_tier_fires_at_each_level(objective: Decimal, burn_rate: Decimal) -> None:
    """And the worse things are, the sooner."""
    budget = 1 - objective
    burn_rate = min(burn_rate, (Decimal("0.9") / budget).quantize(Decimal("0.1")))
    if burn_rate < 1 or burn_rate * budget >= 1:
        return
    plan = planned(objective, Tier("page", long="1h", burn_rate=burn_rate))
    (tier,) = plan.tiers

    levels = error_levels(plan, tier)
    latest = [times.latest for level in levels if (times := time_to_fire(plan, tier, level.ratio))]

    assert len(latest) == len(levels)
    assert latest == sorted(latest)
    assert all(level.ratio > error_limit(plan, tier) for level in levels)
    assert {level.times for level in levels} <= set(MULTIPLES)


@given(
    st.decimals("0.0001", "1", places=4),
    st.integers(1, 30 * 86_400).map(lambda seconds: Duration(f"{seconds}s")),
)
def test_what_is_spent_is_errors_over_allowed_errors(ratio: Decimal, time: Duration) -> None:
    """Six digits of it are exact."""
    plan = planned("99.9%")
    exact = Fraction(ratio) * Fraction(time.seconds) / (Fraction(1, 1000) * 30 * 86_400)

    spent = Fraction(budget_spent(plan, ratio, time))

    assert abs(spent - exact) <= exact / 10**5


def test_a_total_outage_as_long_as_the_budget_spends_all_of_it() -> None:
    """99.9 % of 30 days allow 43 minutes and 12 seconds."""
    assert budget_spent(planned("99.9%"), Decimal(1), Duration("43m12s")) == 1


def test_other_kinds_have_levels_as_well() -> None:
    """What counts is the burn rate, not what is counted."""
    slo = SLO(
        service=Service("shop"),
        name="a",
        objective="99%",
        window="30d",
        sli=ErrorRatio(query="error_ratio"),
    )
    (plan,) = resolve(slo, Settings())

    assert [level.ratio for level in error_levels(plan, plan.tiers[1])] == [
        Decimal(1),
        Decimal("0.60"),
        Decimal("0.12"),
    ]
