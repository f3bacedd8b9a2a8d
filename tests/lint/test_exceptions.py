"""Exceptions: what they match, on which days, and what is said about idle ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen.lint.exceptions import LintException, expired, not_excepted, unused
from tests.lint.findings import CHANGED, WRONG, finding

if TYPE_CHECKING:
    from slogen.diagnostics import Diagnostic

LAST_DAY = date(2027, 3, 31)
AFTER = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("exception", "is_hidden"),
    [
        (LintException(code="odd", reason="r", slo="shop-a"), True),
        (LintException(code="odd", reason="r", slo="shop-*"), True),
        (LintException(code="odd", reason="r", slo="shop"), False),
        (LintException(code="odd", reason="r", slo="SHOP-A"), False),
        (LintException(code="changed", reason="r", slo="*"), False),
        (LintException(code="odd", reason="r", path="slos/*.yaml"), True),
        (LintException(code="odd", reason="r", path="*.yaml"), True),
        (LintException(code="odd", reason="r", path="shop.yaml"), False),
        (LintException(code="odd", reason="r", path="shop.yaml", folder=Path("slos")), True),
        (LintException(code="odd", reason="r", path="../slos/*", folder=Path("other")), True),
        (LintException(code="odd", reason="r", slo="shop-a", path="old/*"), False),
    ],
)
def test_matches_code_slo_and_path(exception: LintException, *, is_hidden: bool) -> None:
    """All that an exception names has to match; paths count from the project file."""
    found = finding()

    assert (not_excepted([found], [exception], LAST_DAY) == ()) is is_hidden


def test_an_slo_is_no_file() -> None:
    """A finding about a file alone is about no SLO, whatever the pattern."""
    found = finding(slo_id="")

    assert not_excepted([found], [LintException(code="odd", reason="r", slo="*")], LAST_DAY) == (
        found,
    )


def test_findings_that_read_the_same_are_told_apart() -> None:
    """An exception for one file does not hide the same words about another one."""
    exception = LintException(code="odd", reason="r", path="old/*")
    old, new = finding(slo_id="", file="old/a.yaml"), finding(slo_id="", file="new/a.yaml")

    (left,) = not_excepted([old, new], [exception], LAST_DAY)

    assert left is new


def test_an_error_in_a_definition_cannot_be_excepted() -> None:
    """Nothing can be built of it, whoever accepts it."""
    found = finding(entry=WRONG)

    assert not_excepted([found], [LintException(code="wrong", reason="r", slo="*")], LAST_DAY) == (
        found,
    )


def test_holds_until_the_end_of_its_last_day() -> None:
    """On the day after it hides nothing, and that is said with the day."""
    exception = LintException(code="odd", reason="r", slo="shop-*", path="slos/*", until=LAST_DAY)
    found = finding()

    assert not_excepted([found], [exception], LAST_DAY) == ()
    assert list(expired([exception], LAST_DAY)) == []
    assert not_excepted([found], [exception], AFTER) == (found,)
    (note,) = expired([exception], AFTER)
    assert note.message == (
        'the exception from odd for slo "shop-*" and path "slos/*" held until 2027-03-31'
    )


@pytest.mark.parametrize(
    ("found", "is_unused"),
    [([finding()], False), ([finding(entry=CHANGED)], True), ([], True)],
)
def test_says_what_hides_nothing(found: list[Diagnostic], *, is_unused: bool) -> None:
    """An exception without a finding is unused, unless it has expired, which is said anyway."""
    holding = LintException(code="odd", reason="r", slo="shop-*")
    over = LintException(code="odd", reason="r", slo="shop-*", until=LAST_DAY)

    notes = [note.message for note in unused([holding, over], found, AFTER)]

    assert notes == (['no finding of odd is about slo "shop-*"'] if is_unused else [])
