"""Tiers are found in the expressions of other tools, and nothing else is taken for one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from slogen.promql.burn_conditions import burn_conditions, constant

SHORT, LONG = "slo:sli_error:ratio_rate30m", "slo:sli_error:ratio_rate6h"


@pytest.mark.parametrize(
    "text",
    [
        "up and down",
        f"{SHORT} > 1",
        f"{SHORT} > 0.1 and {LONG} > 0.2",
        f"{SHORT} > 0.1 and {SHORT} > 0.1",
        f"{SHORT} > on () {LONG} and {LONG} > 0.1",
        f"{SHORT} < 0.1 and {LONG} < 0.1",
        "errors > 0.1 and other > 0.1",
        "sum(",
    ],
)
def test_what_is_no_tier_is_none(text: str) -> None:
    """Two windows, one limit, above: anything else is no tier."""
    assert burn_conditions(text) == ()


def test_several_tiers_are_joined_by_or() -> None:
    """Each pair of windows is a tier of its own, in the order of the text."""
    tier = "({short} > (6 * 0.01) and max({long} > 0.06) without (w))"
    text = " or ".join(
        tier.format(short=short, long=long)
        for short, long in (
            (SHORT, LONG),
            ("slo:sli_error:ratio_rate2h", "slo:sli_error:ratio_rate1d"),
        )
    )

    found = burn_conditions(text)

    assert [(str(each.long), str(each.short), each.limit) for each in found] == [
        ("6h", "30m", Decimal("0.06")),
        ("1d", "2h", Decimal("0.06")),
    ]


@pytest.mark.parametrize(
    ("text", "value"), [("vector(30)", "30"), ("vector(1-0.95)", "0.05"), ("2 * 3", "6")]
)
def test_constants_are_read(text: str, value: str) -> None:
    """Whatever way a number is written, it is that number."""
    assert constant(text) == Decimal(value)


@pytest.mark.parametrize("text", ["up", "vector(up)", "1 / 2", "vector("])
def test_other_texts_are_no_constants(text: str) -> None:
    """What reads a series, or is no expression, is no number."""
    assert constant(text) is None
