"""Rules that are wrong break the law of conservation: a test that cannot fail proves nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.laws.conserving import Runs, trial
from tests.laws.histories import LENGTH, Course, pod
from tests.laws.kinds import KINDS, Kind
from tests.realtools.promtool import PromtoolError

if TYPE_CHECKING:
    from tests.laws.judge import Change

pytestmark = pytest.mark.long

_NEWEST = r"last_over_time\((?P<series>[^\[]+)\[90s\] offset 15s\)"
_OLDER = r"last_over_time\((?P=series)\[10m\] offset 45s\)"
_INCREASE = re.compile(
    rf"{_NEWEST}\s+- {_OLDER}\s+>= 0 < Inf\s+or\s+"
    rf"\(last_over_time\((?P=series)\[90s\] offset 15s\) >= 0\)\s+< 0.875 \* \({_OLDER} < Inf\)"
)
_FILL = re.compile(r"\s+or\s+0 \* max by \(run\) \(slo:sli_events:increase\{.*?\}\)")


def _replaced(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


WRONG: dict[str, Change] = {
    "no fill for a bad series that is not born": lambda text: _FILL.sub("", text),
    "resets are not seen": _replaced("0.875", "0"),
    "evaluations overlap": _replaced("offset 45s", "offset 1m"),
    "evaluations leave a gap": _replaced("offset 45s", "offset 30s"),
    "the longest gap is too short": _replaced("[10m]", "[8m]"),
    "the base range is too short": _replaced("[90s]", "[14s]"),
    "rate instead of what was counted": lambda text: _INCREASE.sub(
        lambda found: f"30 * rate({found['series']}[90s] offset 15s)", text
    ),
    "increase instead of what was counted": lambda text: _INCREASE.sub(
        lambda found: f"increase({found['series']}[30s] offset 15s)", text
    ),
}


def _histories(kind: Kind) -> Runs:
    """Return some histories, with every fault that can happen to scrapes."""
    courses = (
        Course(
            interval=interval,
            phase=phase,
            missed=frozenset({5, 6, 20}),
            gap=(700, gap),
            resets=(1900,),
            start=0,
            end=LENGTH,
            seed=seed,
        )
        for interval, phase in ((30, 7), (45, 11), (60, 43), (120, 101))
        for gap in (0, 600)
        for seed in range(4)
    )
    return {
        f"r{number}": [pod(course, kind.counters, kind.late)]
        for number, course in enumerate(courses)
    }


@pytest.mark.parametrize("line", ["2", "3"])
def test_right_rules_keep_the_law(line: str) -> None:
    """The histories that show what is wrong find nothing wrong with right rules."""
    trial(KINDS[0], line, _histories(KINDS[0])).judge()


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("fault", WRONG)
def test_wrong_rules_break_the_law(line: str, fault: str) -> None:
    """Each of these edits loses events, counts some twice, or leaves a series without samples."""
    change = WRONG[fault]

    with pytest.raises(PromtoolError, match="exp:"):
        trial(KINDS[0], line, _histories(KINDS[0]), change).judge()
