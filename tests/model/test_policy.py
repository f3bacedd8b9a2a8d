"""Alert policies: presets, tiers of one's own, and the four alerts about the budget."""

from __future__ import annotations

from decimal import Decimal

import pytest

from slogen.errors import InvalidValue
from slogen.model import Alert, AlertPolicy, Severity, Tier

TIER = Tier("page", long="1h", burn_rate="14.4")
BUDGET_ALERTS = ("exhausted", "low", "violated", "stale")


def policy(**arguments: object) -> AlertPolicy:
    """Return a policy of arguments that are put together by a test."""
    return AlertPolicy(**arguments)  # type: ignore[arg-type]


def test_policies_are_presets_or_tiers() -> None:
    """A policy is a preset, tiers of one's own, both or nothing."""
    assert AlertPolicy.standard() == AlertPolicy(preset="standard")
    assert AlertPolicy.tickets_only() == AlertPolicy(preset="tickets_only")
    assert AlertPolicy() == AlertPolicy(preset="none", tiers=())
    assert AlertPolicy(tiers=[TIER]).tiers == (TIER,)
    assert AlertPolicy(tiers=[TIER]).preset == "none"


def test_tells_of_a_spent_budget_and_of_missing_data() -> None:
    """Exhausted and stale are told unless told otherwise; low and violated have to be asked for."""
    made = AlertPolicy()

    assert (made.exhausted, made.stale) == (Alert(), Alert())
    assert (made.low, made.violated) == (None, None)
    assert made.low_below == Decimal("0.25")


def test_the_empty_policy_has_no_alert() -> None:
    """The policy without alerts tells nothing at all."""
    made = AlertPolicy.none()

    assert (made.preset, made.tiers) == ("none", ())
    assert [getattr(made, name) for name in BUDGET_ALERTS] == [None] * 4


@pytest.mark.parametrize("name", BUDGET_ALERTS)
def test_budget_alerts_are_switches(name: str) -> None:
    """True is the alert as it is, False and None are none, an alert is that alert."""
    own = Alert("page", for_="1m")

    assert getattr(policy(**{name: True}), name) == Alert()
    assert getattr(policy(**{name: False}), name) is None
    assert getattr(policy(**{name: None}), name) is None
    assert getattr(policy(**{name: own}), name) is own


@pytest.mark.parametrize("name", BUDGET_ALERTS)
@pytest.mark.parametrize("value", ["page", 1, 0, ["page"], AlertPolicy()])
def test_refuses_what_is_no_alert(name: str, value: object) -> None:
    """A budget alert is a switch or an alert, not the severity of one."""
    with pytest.raises(InvalidValue, match=rf"AlertPolicy\.{name} is") as caught:
        policy(**{name: value})

    assert str(caught.value) == (
        f"AlertPolicy.{name} is {value!r}\n  allowed: True, False or an Alert(...)"
    )


@pytest.mark.parametrize("name", BUDGET_ALERTS)
def test_refuses_a_tier_as_a_budget_alert(name: str) -> None:
    """A tier has windows and a threshold, which a budget alert would ignore without a word."""
    with pytest.raises(InvalidValue, match=rf"AlertPolicy\.{name} is .*\n  allowed: True, False"):
        policy(**{name: TIER})


@pytest.mark.parametrize("preset", ["Standard", "", "page", None, ["standard"]])
def test_refuses_unknown_presets(preset: object) -> None:
    """A preset that nobody knows is no policy: it must not become the standard one unseen."""
    with pytest.raises(InvalidValue, match=r"AlertPolicy\.preset is") as caught:
        policy(preset=preset)

    assert str(caught.value) == (
        f'AlertPolicy.preset is {preset!r}\n  allowed: "standard", "tickets_only", "none"'
    )


@pytest.mark.parametrize(
    ("tiers", "found"), [([5], "5"), (["page"], "'page'"), ("page", "'p'"), ([TIER, None], "None")]
)
def test_refuses_what_is_no_tier(tiers: object, found: str) -> None:
    """A policy's tiers are tiers; the first that is none is shown."""
    with pytest.raises(InvalidValue, match=r"AlertPolicy\.tiers is") as caught:
        policy(tiers=tiers)

    assert str(caught.value) == f"AlertPolicy.tiers is {found}\n  allowed: Tier(...) objects"


@pytest.mark.parametrize("tiers", [5, None])
def test_refuses_tiers_that_are_no_sequence(tiers: object) -> None:
    """What holds no tiers is a fault of the user."""
    with pytest.raises(InvalidValue, match=r"AlertPolicy\.tiers is") as caught:
        policy(tiers=tiers)

    assert str(caught.value) == f"AlertPolicy.tiers is {tiers}\n  allowed: a list of Tier(...)"


def test_a_tier_may_stand_alone() -> None:
    """One tier needs no brackets."""
    assert policy(tiers=TIER) == policy(tiers=[TIER])


@pytest.mark.parametrize("value", ["25%", 0.25, "0.25", Decimal("0.25")])
def test_low_is_a_part_of_the_budget(value: Decimal | float | str) -> None:
    """How little is low is a percentage or a ratio."""
    assert AlertPolicy(low_below=value).low_below == Decimal("0.25")


@pytest.mark.parametrize("value", ["0%", "100%", 0, 1, 25, "25", -0.1])
def test_refuses_parts_that_are_always_or_never_low(value: float | str) -> None:
    """The whole budget is no part of it, and neither is nothing: that is the exhausted alert."""
    with pytest.raises(InvalidValue, match=r"AlertPolicy\.low_below is") as caught:
        AlertPolicy(low_below=value)

    assert str(caught.value) == (
        f'AlertPolicy.low_below is {value!r}\n  allowed: a part of the error budget, such as "25%"'
    )


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("labels", {"severity": "x"}),
        ("labels", {"slo_id": "x"}),
        ("labels", {"team": "{{ $labels.job"}),
        ("annotations", {"a-b": "x"}),
        ("annotations", {"summary": "{{ nothing }}"}),
    ],
)
def test_refusals_name_the_argument(argument: str, value: object) -> None:
    """What is refused of labels and annotations is blamed on the policy's argument."""
    with pytest.raises(InvalidValue, match=rf"AlertPolicy\.{argument} is") as caught:
        policy(**{argument: value})

    assert caught.value.argument == argument


@pytest.mark.parametrize("severity", ["page", "ticket"])
def test_policies_are_values(severity: Severity) -> None:
    """Policies are equal wherever they were written, hashable and frozen."""
    one = AlertPolicy(tiers=[Tier(severity, long="1h", burn_rate=2)], labels={"a": "b"})
    other = AlertPolicy(tiers=(Tier(severity, long="1h", burn_rate=2),), labels={"a": "b"})

    assert one == other
    assert hash(one) == hash(other)
    assert one != AlertPolicy(tiers=one.tiers)
    with pytest.raises(AttributeError, match=r"can't set attribute"):
        one.tiers = ()  # type: ignore[misc]


def test_tiers_are_limited() -> None:
    """A policy that thousands of SLOs share cannot be made of thousands of tiers."""
    tier = Tier("page", long="1h", burn_rate=14.4)

    assert len(AlertPolicy(tiers=[tier] * 50).tiers) == 50
    with pytest.raises(InvalidValue, match=r"AlertPolicy\.tiers is a list of 51"):
        AlertPolicy(tiers=[tier] * 51)
