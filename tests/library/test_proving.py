"""The rules of every entry are proven by promtool, as those of any indicator are."""

from __future__ import annotations

import attrs
import pytest

from slogen import build
from tests.library.cases import CASES, Case
from tests.realtools.packages import find

FIRST = {case.entry: case for case in reversed(CASES)}


@pytest.mark.long
@pytest.mark.parametrize("case", FIRST.values(), ids=FIRST.keys())
def test_an_entry_is_proven(case: Case) -> None:
    """What the rules make of the series that an entry reads is what the scenarios say."""
    promtool = find("promtool", "3")
    slo = attrs.evolve(case.slo("n"), settings=None)

    (verdict,) = build([slo]).test(str(promtool))

    assert verdict.passed
