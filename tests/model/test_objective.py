"""Objectives: how much has to be good, exact and unmistakable."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidValue
from slogen.model import Objective

ALLOWED = '  allowed: more than 0 % and less than 100 %, such as "99.9%"'
RATIOS = st.decimals("0.0000000001", "0.9999999999", places=10)


@pytest.mark.parametrize(
    ("value", "ratio"),
    [
        ("99.9%", "0.999"),
        ("99.9 %", "0.999"),
        (" 99.9% ", "0.999"),
        ("99.90%", "0.999"),
        ("0.5%", "0.005"),
        ("99.99999999%", "0.9999999999"),
        ("0.999", "0.999"),
        ("5e-1", "0.5"),
        (0.999, "0.999"),
        (0.1, "0.1"),
        (Decimal("0.9990"), "0.999"),
        (Objective("95%"), "0.95"),
    ],
)
def test_reads_percentages_and_ratios(value: Objective | Decimal | float | str, ratio: str) -> None:
    """A percentage and a ratio say the same, and a float counts as its digits."""
    assert str(Objective(value).ratio) == ratio


@given(RATIOS)
def test_prints_what_reads_back(ratio: Decimal) -> None:
    """A printed objective is the text of the same objective."""
    objective = Objective(ratio)

    assert objective.ratio == ratio
    assert Objective(str(objective)) == objective


@given(RATIOS)
def test_the_budget_is_what_is_left_of_one(ratio: Decimal) -> None:
    """Objective and budget make 1, exactly."""
    objective = Objective(ratio)

    assert objective.ratio + objective.budget == 1
    assert 0 < objective.budget < 1


@pytest.mark.parametrize("value", ["0%", "100%", "100.0%", "0", "1", 0, 1, 1.0, 0.0, "-0.5", -1])
def test_refuses_none_and_all(value: float | str) -> None:
    """Neither 0 % nor 100 % nor less than nothing is an objective."""
    with pytest.raises(InvalidValue, match=r"Objective is .*\n  allowed: more than 0 % and less"):
        Objective(value)


@pytest.mark.parametrize(
    ("value", "found", "percentage"),
    [("99.9", '"99.9"', "99.9%"), (99.9, "99.9", "99.9%"), (5, "5", "5%")],
)
def test_refuses_numbers_that_could_mean_either(
    value: float | str, found: str, percentage: str
) -> None:
    """A number above 1 is no ratio, and could be a percentage or a mistake."""
    with pytest.raises(InvalidValue, match=r"Objective is") as caught:
        Objective(value)

    assert str(caught.value) == (
        f'Objective is {found}\n{ALLOWED}\n  remedy: write "{percentage}" if that is a percentage'
    )


@pytest.mark.parametrize("value", ["100%", "100", 100, 100.0, Decimal(100), "100 %", 1, "1.0"])
def test_no_remedy_is_refused_next(value: Decimal | float | str) -> None:
    """For 100 %, however it is written, the remedy names an objective that is taken."""
    with pytest.raises(InvalidValue, match="Objective is") as caught:
        Objective(value)

    assert caught.value.remedy.endswith(
        '100 % leaves no error budget: write a lower objective, such as "99.99%"'
    )


@pytest.mark.parametrize("value", ["101", 150, "150%", "1000%", -1, "0%"])
def test_what_could_mean_nothing_has_no_remedy(value: float | str) -> None:
    """Where nobody can guess the objective, what is allowed is all that is said."""
    with pytest.raises(InvalidValue, match="Objective is") as caught:
        Objective(value)

    assert not caught.value.remedy


@pytest.mark.parametrize("value", ["99,9%", "99.9 percent", "99,9 Percent", "99.9pct", "99,9 %"])
def test_a_percentage_in_another_form_is_spelled_out(value: str) -> None:
    """A comma, or a word for the sign, has a remedy that is taken."""
    with pytest.raises(InvalidValue, match="Objective is") as caught:
        Objective(value)

    assert caught.value.remedy == 'write "99.9%"'


@pytest.mark.parametrize("value", ["99.999999999%", "0.99999999999", 1e-11, "1e-15"])
def test_refuses_more_decimals_than_a_float_carries(value: float | str) -> None:
    """An objective has at most eight decimals of a percentage."""
    with pytest.raises(InvalidValue, match=r"allowed: at most 8 decimals of a percentage"):
        Objective(value)


@pytest.mark.parametrize("value", ["1e-999999999", "1e999999999", Decimal("1E-20")])
def test_refuses_numbers_that_nobody_could_print(value: Decimal | str) -> None:
    """A number of a billion digits is a mistake, and would fill the memory when printed."""
    with pytest.raises(InvalidValue, match=r"Objective is") as caught:
        Objective(value)

    assert str(caught.value) == f'Objective is "{value}"\n{ALLOWED}'


@pytest.mark.parametrize(
    "value",
    ["", "99,9%", "99.%", ".5%", "-1%", "99.9%%", "%", "nan", "inf", "three nines", "1000%"],
)
def test_refuses_other_texts(value: str) -> None:
    """A text that is neither a percentage nor a number is refused."""
    with pytest.raises(InvalidValue, match="allowed: more than 0 % and less than 100 %") as caught:
        Objective(value)

    assert f'"{value}"' in caught.value.found


@pytest.mark.parametrize("value", ["\u0669\u0669%", "\uff19\uff19%", "0.\u0669"])
def test_refuses_digits_that_are_not_ascii(value: str) -> None:
    """Digits of other scripts are no way to write an objective, as they are none for a duration."""
    with pytest.raises(InvalidValue, match="allowed: more than 0 % and less than 100 %"):
        Objective(value)


@pytest.mark.parametrize("value", [True, None, b"99%", ["99%"], float("nan"), float("inf")])
def test_refuses_other_types(value: object) -> None:
    """Only texts and finite numbers are objectives."""
    with pytest.raises(InvalidValue, match="allowed: more than 0 % and less than 100 %"):
        Objective(value)  # type: ignore[arg-type]


def test_objectives_are_values() -> None:
    """Objectives are equal by their ratio, ordered by it, hashable and frozen."""
    objective = Objective("99.9%")

    assert objective == Objective("0.99900")
    assert hash(objective) == hash(Objective(0.999))
    assert objective > Objective("99%")
    with pytest.raises(AttributeError, match="can't set attribute"):
        objective.ratio = Decimal(0)  # type: ignore[misc]
