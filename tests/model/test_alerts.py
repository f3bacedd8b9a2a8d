"""Alerts and tiers: defaults, refusals, equality."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidValue
from slogen.model import Alert, Tier
from slogen.units import Duration

SHORT_WINDOWS = [
    *[("4m", "2m"), ("5m", "2m"), ("6m", "3m"), ("9m", "4m"), ("10m", "5m"), ("30m", "5m")],
    *[("1h", "5m"), ("71m", "5m"), ("72m", "6m"), ("2h", "10m"), ("3h", "15m"), ("6h", "30m")],
    *[("1d", "2h"), ("3d", "6h"), ("30d", "60h")],
]
TIER = Tier("page", long="1h", burn_rate="14.4")


def tier(**changes: object) -> Tier:
    """Return a tier with some arguments of one's own."""
    arguments: dict[str, object] = {"severity": "page", "long": "1h", "burn_rate": 2, **changes}
    return Tier(**arguments)  # type: ignore[arg-type]


def alert(**arguments: object) -> Alert:
    """Return an alert of arguments that are put together by a test."""
    return Alert(**arguments)  # type: ignore[arg-type]


def test_an_alert_leaves_all_open() -> None:
    """An alert without a word has nothing of its own: all depends on which alert it is."""
    made = Alert()

    assert (made.severity, made.name, made.for_, made.keep_firing_for) == (None, None, None, None)
    assert (made.runbook, dict(made.labels), dict(made.annotations)) == ("", {}, {})


def test_an_alert_converts_its_arguments() -> None:
    """Texts become durations; mappings are sorted and can only be read."""
    made = Alert(
        "ticket", for_="5m", keep_firing_for=timedelta(hours=1), labels={"b": "2", "a": "1"}
    )

    assert (made.severity, made.for_, made.keep_firing_for) == (
        "ticket",
        Duration("5m"),
        Duration("1h"),
    )
    assert list(made.labels) == ["a", "b"]
    with pytest.raises(TypeError, match=r"does not support item assignment"):
        made.labels["a"] = "3"  # type: ignore[index]


@pytest.mark.parametrize("argument", ["for_", "keep_firing_for"])
@pytest.mark.parametrize("value", ["0s", "0m", "0h", "0", timedelta(0)])
def test_a_delay_may_be_nothing(argument: str, value: object) -> None:
    """A delay of nothing is one that was given, unlike None: it switches a default off."""
    made = getattr(alert(**{argument: value}), argument)

    assert made == Duration.zero()
    assert not made


@pytest.mark.parametrize("argument", ["for_", "keep_firing_for"])
@pytest.mark.parametrize("value", ["", "x", "-1s", 5, 0, True, ["5m"], timedelta(seconds=-1)])
def test_refuses_what_is_no_delay(argument: str, value: object) -> None:
    """A delay is a duration, and blamed on its argument if it is not."""
    with pytest.raises(InvalidValue, match=rf"Alert\.{argument} is .*\n  allowed: ") as caught:
        alert(**{argument: value})

    assert caught.value.argument == argument


@pytest.mark.parametrize(
    ("argument", "value", "text"),
    [
        ("severity", "critical", 'ARG is \'critical\'\n  allowed: "page", "ticket" or "info"'),
        ("name", "", "ARG is ''\n  allowed: 1 to 120 characters, no space at either end"),
        ("name", 5, "ARG is 5\n  allowed: a text"),
        (
            "runbook",
            "wiki",
            "ARG is 'wiki'\n  allowed: an address that begins with https:// or http://",
        ),
        (
            "labels",
            {"slo_id": "x"},
            'a key of ARG is "slo_id"\n  allowed: a label that neither slogen nor an',
        ),
        (
            "labels",
            {"severity": "x"},
            'a key of ARG is "severity"\n  allowed: a label that neither slogen nor',
        ),
        ("labels", 5, 'ARG is 5\n  allowed: a mapping such as {"team": "core"}'),
        ("annotations", 5, 'ARG is 5\n  allowed: a mapping such as {"team": "core"}'),
        (
            "annotations",
            {"a-b": "x"},
            "a key of ARG is 'a-b'\n  allowed: letters, digits and _, not a digit",
        ),
        ("annotations", {"a": 5}, 'ARG["a"] is 5\n  allowed: a text'),
    ],
)
def test_refusals_name_the_argument(argument: str, value: object, text: str) -> None:
    """What is refused is blamed on the alert's argument."""
    with pytest.raises(InvalidValue, match=r" is ") as caught:
        alert(**{argument: value})

    assert str(caught.value).startswith(text.replace("ARG", f"Alert.{argument}"))


@pytest.mark.parametrize("argument", ["labels", "annotations"])
def test_refuses_templates_that_prometheus_cannot_run(argument: str) -> None:
    """A template that fails would make the alert's label an error message."""
    with pytest.raises(InvalidValue, match=rf'Alert\.{argument}\["team"\] is'):
        alert(**{argument: {"team": "{{ $labels.job "}})


def test_alerts_are_values() -> None:
    """Alerts are equal wherever they were written, hashable and frozen."""
    one, other = Alert("page", labels={"a": "b"}), Alert("page", labels={"a": "b"})

    assert one == other
    assert hash(one) == hash(other)
    assert one != Alert("page", labels={"a": "c"})
    with pytest.raises(AttributeError, match=r"can't set attribute"):
        one.severity = "ticket"  # type: ignore[misc]


def test_a_tier_converts_its_arguments() -> None:
    """Texts become durations and exact numbers."""
    made = tier(long="6h", short="30m", burn_rate=14.4, for_="2m", keep_firing_for="5m")

    assert (made.long, made.short) == (Duration("6h"), Duration("30m"))
    assert (made.for_, made.keep_firing_for) == (Duration("2m"), Duration("5m"))
    assert made.burn_rate == Decimal("14.4")


def test_a_tier_has_defaults() -> None:
    """A tier of three arguments fires at once and has no bound of its own."""
    assert (TIER.for_, TIER.keep_firing_for, TIER.min_bad_events) == (None, None, None)
    assert TIER.spends is None


def test_a_tier_may_spend_a_part_of_the_budget() -> None:
    """A part of the budget stands for a burn rate that depends on the SLO's window."""
    made = Tier("page", long="1h", spends="2%")

    assert (made.spends, made.burn_rate) == (Decimal("0.02"), None)


@pytest.mark.parametrize(("long", "short"), SHORT_WINDOWS)
def test_the_short_window_is_a_twelfth_of_the_long_one(long: str, short: str) -> None:
    """The short window is a twelfth of the long one, but at least 5m and at most half of it."""
    assert tier(long=long).short == Duration(short)


@given(st.integers(4, 30 * 24 * 60))
def test_every_long_window_has_a_short_one(minutes: int) -> None:
    """Whatever long window is taken, the default beside it is valid."""
    made = tier(long=f"{minutes}m")

    assert Duration("2m") <= made.short
    assert 2 * made.short <= made.long
    assert made.short.milliseconds % Duration("1m").milliseconds == 0


@pytest.mark.parametrize("long", ["3m", "2m", "1m", "30s", "90s"])
def test_blames_the_long_window_for_a_missing_short_one(long: str) -> None:
    """A long window that leaves no room for the default is what the user has to change."""
    with pytest.raises(InvalidValue, match=r"Tier\.long is") as caught:
        tier(long=long)

    assert str(caught.value) == f"Tier.long is {long}\n  allowed: whole minutes, from 4m"


@pytest.mark.parametrize("value", ["Page", "critical", "", 5, ["page"]])
def test_refuses_other_severities(value: object) -> None:
    """There are three severities; words of the house are a matter of settings."""
    with pytest.raises(InvalidValue, match=r"Tier\.severity is") as caught:
        tier(severity=value)

    assert str(caught.value) == (
        f'Tier.severity is {value!r}\n  allowed: "page", "ticket" or "info"'
    )


def test_a_tier_needs_a_severity() -> None:
    """Whom a tier tells has no default, unlike with other alerts."""
    with pytest.raises(InvalidValue, match=r"Tier\.severity is") as caught:
        Tier(long="1h", burn_rate=2)

    assert str(caught.value) == (
        'Tier.severity is not given\n  allowed: "page", "ticket" or "info"'
    )
    assert caught.value.position is not None


@pytest.mark.parametrize(
    ("arguments", "found"),
    [({}, "not given"), ({"burn_rate": 2, "spends": "2%"}, "given beside spends")],
)
def test_a_tier_has_one_threshold(arguments: dict[str, object], found: str) -> None:
    """Without a threshold there is no alert, and two of them may contradict each other."""
    with pytest.raises(InvalidValue, match=r"Tier\.burn_rate is") as caught:
        tier(**{"burn_rate": None, **arguments})

    assert str(caught.value) == (
        f"Tier.burn_rate is {found}\n  allowed: exactly one of burn_rate and spends"
    )


@pytest.mark.parametrize("value", [0, 0.5, "0.999", -1, Decimal("0.1")])
def test_refuses_burn_rates_below_one(value: Decimal | float | str) -> None:
    """A burn rate below 1 would fire while all is well."""
    with pytest.raises(InvalidValue, match=r"Tier\.burn_rate is") as caught:
        tier(burn_rate=value)

    assert str(caught.value) == (
        f"Tier.burn_rate is {value}\n  allowed: a number of at least 1, such as 14.4\n"
        "  remedy: below 1 the budget lasts for the whole window, so there is nothing to alert "
        "about"
    )


@pytest.mark.parametrize("value", ["", "x", True, "nan", float("inf"), [2]])
def test_refuses_burn_rates_that_are_no_numbers(value: object) -> None:
    """A burn rate is a finite number."""
    with pytest.raises(
        InvalidValue, match=r"Tier\.burn_rate is .*\n  allowed: a number of at least 1"
    ):
        tier(burn_rate=value)


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("14.4x", "leave out the x: 14.4"),
        ("6 X", "leave out the X: 6"),
        ("3\u00d7", "leave out the \u00d7: 3"),
        ("x", ""),
        ("14.4xx", ""),
        ("14,4x", ""),
    ],
)
def test_a_burn_rate_with_a_sign_of_times_has_a_remedy(value: str, remedy: str) -> None:
    """People say 14.4x, and slogen prints it so; it reads the number alone."""
    with pytest.raises(InvalidValue, match=r"Tier\.burn_rate is") as caught:
        tier(burn_rate=value)

    assert caught.value.remedy == remedy


def test_refuses_burn_rates_that_nobody_could_print() -> None:
    """A number of a billion digits is a mistake, and would fill the memory when printed."""
    with pytest.raises(InvalidValue, match=r"Tier\.burn_rate is"):
        tier(burn_rate="1e999999999")


@pytest.mark.parametrize("value", ["0%", "101%", 0, -0.1, 2, "1.01", Decimal(5)])
def test_refuses_parts_that_are_none(value: Decimal | float | str) -> None:
    """A tier spends more than nothing of the budget, and not more than all of it."""
    with pytest.raises(InvalidValue, match=r"Tier\.spends is") as caught:
        Tier("page", long="1h", spends=value)

    assert str(caught.value) == (
        f'Tier.spends is {value!r}\n  allowed: a part of the error budget, such as "2%"'
    )


@pytest.mark.parametrize("value", ["100%", 1, "0.01%"])
def test_takes_every_part(value: float | str) -> None:
    """A tier may spend the whole budget."""
    assert Tier("page", long="1h", spends=value).spends is not None


@pytest.mark.parametrize("argument", ["long", "short"])
@pytest.mark.parametrize("value", ["1m", "90s", "150s", "119m59s"])
def test_refuses_windows_that_are_not_whole_minutes(argument: str, value: str) -> None:
    """Both windows are whole minutes: two at least, and four the long one."""
    shortest = {"long": "4m", "short": "2m"}[argument]

    with pytest.raises(InvalidValue, match=rf"Tier\.{argument} is") as caught:
        tier(**{"short": "2m", "long": "6h", argument: value})

    assert str(caught.value) == (
        f"Tier.{argument} is {Duration(value)}\n  allowed: whole minutes, from {shortest}"
    )
    assert caught.value.argument == argument


@pytest.mark.parametrize("short", ["1h", "61m", "1d"])
def test_refuses_a_short_window_that_is_not_shorter(short: str) -> None:
    """The short window is shorter than the long one."""
    with pytest.raises(InvalidValue, match=r"Tier\.short is") as caught:
        tier(short=short)

    assert str(caught.value) == (
        f"Tier.short is {Duration(short)}\n  allowed: shorter than the long window, which is 1h"
    )


@pytest.mark.parametrize("argument", ["long", "short"])
@pytest.mark.parametrize("value", ["", "x", "0s", 5])
def test_refuses_windows_that_are_no_duration(argument: str, value: object) -> None:
    """Every window of a tier is blamed on its argument; none is empty."""
    with pytest.raises(InvalidValue, match=rf"Tier\.{argument} is .*\n  allowed: a duration such"):
        tier(**{argument: value})


@pytest.mark.parametrize("value", [-1, 1.5, "3", True])
def test_refuses_counts_that_count_nothing(value: object) -> None:
    """A count of bad events is a whole number of at least 1."""
    with pytest.raises(InvalidValue, match=r"Tier\.min_bad_events is") as caught:
        tier(min_bad_events=value)

    assert str(caught.value) == (
        f"Tier.min_bad_events is {value!r}\n  allowed: a whole number of at least 1"
    )


def test_what_a_tier_inherits_is_blamed_on_the_tier() -> None:
    """An argument that every alert has is the tier's where a tier was written."""
    with pytest.raises(InvalidValue, match=r"^Tier\.runbook is 'wiki'"):
        tier(runbook="wiki")


def test_tiers_are_values() -> None:
    """Tiers are equal wherever they were written, hashable and frozen."""
    again = Tier("page", long="60m", short="5m", burn_rate=14.4)

    assert again == TIER
    assert hash(again) == hash(TIER)
    assert attrs.evolve(TIER, burn_rate=6) != TIER
    with pytest.raises(AttributeError, match=r"can't set attribute"):
        TIER.severity = "ticket"  # type: ignore[misc]


@pytest.mark.parametrize("text", ["{{ $value }}", "{{ if gt $value 1.0 }}a{{ end }}", "{{.Value}}"])
def test_refuses_labels_that_move_with_the_value(text: str) -> None:
    """Each value would make another alert, and one that has to wait would never fire."""
    with pytest.raises(InvalidValue, match="a template without") as caught:
        Alert("page", labels={"value": text})

    assert "put it into an annotation" in str(caught.value)
    assert Alert("page", annotations={"value": "{{ $value }}"}).annotations
    assert Alert("page", labels={"value": "$value"}).labels
