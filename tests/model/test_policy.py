"""Alert policies: presets, tiers of one's own, and the alerts about budget and data."""

from __future__ import annotations

from decimal import Decimal

import pytest

from slogen.errors import InvalidValue
from slogen.model import Alert, AlertPolicy, Severity, Tier

TIER = Tier("page", long="1h", burn_rate="14.4")
BESIDE_TIERS = ("exhausted", "low", "violated", "stale", "stale_groups", "incomplete")
SENT = ("page", "ticket")


def policy(**arguments: object) -> AlertPolicy:
    """Return a policy of arguments that are put together by a test."""
    return AlertPolicy(**arguments)  # type: ignore[arg-type]


def test_policies_are_presets_or_tiers() -> None:
    """A policy is a preset, tiers of one's own, both or nothing."""
    assert AlertPolicy.standard() == AlertPolicy(preset="standard")
    assert AlertPolicy.pages_only() == AlertPolicy(preset="pages_only")
    assert AlertPolicy.tickets_only() == AlertPolicy(preset="tickets_only")
    assert AlertPolicy(tiers=[TIER]).tiers == (TIER,)
    assert AlertPolicy(preset="pages_only", tiers=[TIER]).preset == "pages_only"


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"labels": {"channel": "shop"}},
        {"page": Alert(labels={"route": "shop"})},
        {"low": True},
        {"stale": False},
        {"min_bad_events": 10},
        {"tiers": []},
    ],
    ids=lambda arguments: next(iter(arguments), "nothing"),
)
def test_a_policy_without_tiers_has_the_standard_ones(arguments: dict[str, object]) -> None:
    """Whoever changes one thing of a policy keeps its tiers."""
    assert policy(**arguments).preset == "standard"


def test_tiers_replace_the_standard_ones() -> None:
    """Tiers of one's own stand alone, unless a preset is asked for beside them."""
    assert AlertPolicy(tiers=[TIER]) == AlertPolicy(preset="none", tiers=[TIER])
    assert policy(tiers=TIER).preset == "none"
    assert AlertPolicy(preset="standard", tiers=[TIER]).preset == "standard"


def test_alerts_about_a_spent_budget_and_missing_data_are_on() -> None:
    """Exhausted and stale are there unless switched off; the others have to be asked for."""
    made = AlertPolicy()

    assert (made.exhausted, made.stale) == (Alert(), Alert())
    assert (made.low, made.violated, made.stale_groups, made.incomplete) == (None,) * 4
    assert made.low_below == Decimal("0.25")
    assert made.min_bad_events == 3


def test_the_empty_policy_has_no_alert() -> None:
    """The policy without alerts has neither tiers nor other alerts."""
    made = AlertPolicy.none()

    assert (made.preset, made.tiers) == ("none", ())
    assert dict(made.switched) == dict.fromkeys(BESIDE_TIERS)
    assert made.others == ()


@pytest.mark.parametrize("name", BESIDE_TIERS)
def test_alerts_beside_tiers_are_switches(name: str) -> None:
    """True is the alert as it is, False and None are none, an alert is that alert."""
    own = Alert("page", for_="1m")

    assert getattr(policy(**{name: True}), name) == Alert()
    assert getattr(policy(**{name: False}), name) is None
    assert getattr(policy(**{name: None}), name) is None
    assert getattr(policy(**{name: own}), name) is own
    assert policy(**{name: own}).switched[name] is own


@pytest.mark.parametrize("name", SENT)
def test_a_preset_is_sent_as_it_is_or_as_an_alert_says(name: str) -> None:
    """How the preset's tiers are sent is left open, or is an alert."""
    own = Alert(labels={"route": "shop"}, keep_firing_for="30m")

    assert getattr(AlertPolicy(), name) is None
    assert policy(**{name: None}) == policy(**{name: Alert()}) == AlertPolicy()
    assert getattr(policy(**{name: own}), name) is own
    assert own in policy(**{name: own}).others


@pytest.mark.parametrize("name", SENT)
@pytest.mark.parametrize("value", [True, False])
def test_a_severity_of_a_preset_is_no_switch(name: str, value: object) -> None:
    """Which tiers there are says the preset, which the remedy names."""
    with pytest.raises(InvalidValue, match=rf"AlertPolicy\.{name} is") as caught:
        policy(**{name: value})

    assert caught.value.argument == name
    assert str(caught.value) == (
        f"AlertPolicy.{name} is {value}\n  allowed: an Alert(...)\n"
        '  remedy: leave it out; preset="pages_only" has no tickets, preset="tickets_only" no pages'
    )


@pytest.mark.parametrize("preset", [None, "none", "pages_only", "tickets_only"])
@pytest.mark.parametrize(("name", "having"), [("page", "pages_only"), ("ticket", "tickets_only")])
def test_refuses_to_send_own_tiers_as_those_of_a_preset(
    name: Severity, having: str, preset: str | None
) -> None:
    """A label for pages would be lost where all of them are tiers of one's own."""
    given = {"preset": preset} if preset else {}
    tiers = [Tier(name, long="1h", burn_rate=5)]
    sent = {name: Alert(labels={"route": "shop"}), "tiers": tiers}
    if preset == having:
        assert getattr(policy(**sent, **given), name).labels == {"route": "shop"}
        return

    with pytest.raises(InvalidValue, match=rf"AlertPolicy\.{name} is given") as caught:
        policy(**sent, **given)

    assert caught.value.argument == name
    assert str(caught.value) == (
        f"AlertPolicy.{name} is given, and all {name}s are tiers of your own\n"
        f"  allowed: {name} where the preset has {name}s, or no tier of your own is one\n"
        f'  remedy: say in each tier how it is sent, or add preset="{having}"'
    )


@pytest.mark.parametrize("preset", ["none", "pages_only", "tickets_only"])
def test_what_a_preset_does_not_have_may_be_said(preset: str) -> None:
    """A policy that many SLOs share says how pages and tickets are sent, and each takes a part."""
    sent = Alert(labels={"route": "shop"})

    made = policy(preset=preset, page=sent, ticket=sent, tiers=[Tier("info", long="1h", spends=1)])

    assert (made.page, made.ticket) == (sent, sent)


@pytest.mark.parametrize("name", SENT)
@pytest.mark.parametrize("value", ["page", 1, ["page"], {"labels": {}}])
def test_refuses_what_says_nothing_about_sending(name: str, value: object) -> None:
    """What is no alert is shown; there is nothing else to say about it."""
    with pytest.raises(InvalidValue, match=rf"AlertPolicy\.{name} is") as caught:
        policy(**{name: value})

    assert str(caught.value) == f"AlertPolicy.{name} is {value!r}\n  allowed: an Alert(...)"


@pytest.mark.parametrize("value", [1, 3, 10**6])
def test_counts_of_bad_events_are_whole(value: int) -> None:
    """A bound of one bad event is no bound; any other whole number is one."""
    assert AlertPolicy(min_bad_events=value).min_bad_events == value


@pytest.mark.parametrize("value", [-1, True, "3", 2.5, None])
def test_refuses_bounds_that_count_nothing(value: object) -> None:
    """Nobody can ask for no bad event, for a part of one, or for a text."""
    with pytest.raises(InvalidValue, match=r"AlertPolicy\.min_bad_events is") as caught:
        policy(min_bad_events=value)

    assert str(caught.value) == (
        f"AlertPolicy.min_bad_events is {value!r}\n  allowed: a whole number of at least 1"
    )


@pytest.mark.parametrize("value", [0, False])
def test_says_how_a_bound_is_switched_off(value: object) -> None:
    """Who wants no bound writes 0 first, and 1 is right."""
    with pytest.raises(InvalidValue, match=r"\n  remedy: write 1 for no bound$"):
        policy(min_bad_events=value)


@pytest.mark.parametrize("name", BESIDE_TIERS)
@pytest.mark.parametrize("value", ["page", 1, 0, ["page"], AlertPolicy()])
def test_refuses_what_is_no_alert(name: str, value: object) -> None:
    """An alert beside tiers is a switch or an alert, not the severity of one."""
    with pytest.raises(InvalidValue, match=rf"AlertPolicy\.{name} is") as caught:
        policy(**{name: value})

    assert caught.value.found == repr(value)
    assert caught.value.allowed == "True, False or an Alert(...)"


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        *((name, "True, False or an Alert(...)") for name in BESIDE_TIERS),
        *((name, "an Alert(...)") for name in SENT),
    ],
)
def test_refuses_a_tier_as_another_alert(name: str, allowed: str) -> None:
    """A tier has windows and a threshold, which another alert would ignore without a word."""
    with pytest.raises(InvalidValue, match=rf"AlertPolicy\.{name} is") as caught:
        policy(**{name: TIER})

    assert str(caught.value) == (
        f"AlertPolicy.{name} is a tier over 1h\n  allowed: {allowed}\n"
        "  remedy: tiers=[...] takes it"
    )


@pytest.mark.parametrize("preset", ["Standard", "", "page", None, ["standard"]])
def test_refuses_unknown_presets(preset: object) -> None:
    """A preset that nobody knows is no policy: it must not become the standard one unseen."""
    with pytest.raises(InvalidValue, match=r"AlertPolicy\.preset is") as caught:
        policy(preset=preset)

    assert str(caught.value) == (
        f"AlertPolicy.preset is {preset!r}\n"
        '  allowed: "standard", "pages_only", "tickets_only", "none"'
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
    ("argument", "value", "subject"),
    [
        ("labels", {"severity": "x"}, "a key of AlertPolicy.labels"),
        ("labels", {"slo_id": "x"}, "a key of AlertPolicy.labels"),
        ("labels", {"team": "{{ $labels.job"}, 'AlertPolicy.labels["team"]'),
        ("annotations", {"a-b": "x"}, "a key of AlertPolicy.annotations"),
        ("annotations", {"summary": "{{ nothing }}"}, 'AlertPolicy.annotations["summary"]'),
    ],
)
def test_refusals_name_the_argument(argument: str, value: object, subject: str) -> None:
    """What is refused of labels and annotations is blamed on the policy's argument."""
    with pytest.raises(InvalidValue, match=r" is ") as caught:
        policy(**{argument: value})

    assert caught.value.argument == argument
    assert caught.value.subject == subject


@pytest.mark.parametrize("severity", ["page", "ticket", "info"])
def test_policies_are_values(severity: Severity) -> None:
    """Policies are equal wherever they were written, hashable and frozen."""
    one = AlertPolicy(tiers=[Tier(severity, long="1h", burn_rate=2)], labels={"a": "b"})
    other = AlertPolicy(tiers=(Tier(severity, long="1h", burn_rate=2),), labels={"a": "b"})

    assert one == other
    assert hash(one) == hash(other)
    assert one != AlertPolicy(tiers=one.tiers)
    with pytest.raises(AttributeError, match=r"can't set attribute"):
        one.tiers = ()  # type: ignore[misc]


@pytest.mark.parametrize(
    "changes",
    [
        {"preset": "pages_only"},
        {"page": Alert(labels={"route": "shop"})},
        {"ticket": Alert(labels={"route": "shop"})},
        {"min_bad_events": 4},
        {"stale_groups": True},
        {"incomplete": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_policies_differ_in_every_argument(changes: dict[str, object]) -> None:
    """A policy that says something else is another one; the same words are the same policy."""
    made = policy(**changes)

    assert made != AlertPolicy()
    assert (made, hash(made)) == (policy(**changes), hash(policy(**changes)))


def test_tiers_are_limited() -> None:
    """A policy that thousands of SLOs share cannot be made of thousands of tiers."""
    tier = Tier("page", long="1h", burn_rate=14.4)

    assert len(AlertPolicy(tiers=[tier] * 50).tiers) == 50
    with pytest.raises(InvalidValue, match=r"AlertPolicy\.tiers is a list of 51"):
        AlertPolicy(tiers=[tier] * 51)
