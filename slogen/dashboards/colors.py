"""Colours and the words for values: each means the same on all dashboards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slogen import naming

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.dashboards.panels import Step

GOOD, WARN, BAD, WORST, UNKNOWN = "green", "yellow", "orange", "red", "purple"
INFORMS = "blue"

BUDGET: tuple[Step, ...] = ((WORST, None), (BAD, 0), (WARN, 0.25), (GOOD, 0.5))
"""What is left of a budget: the alert about a low one speaks at 25 %."""
LASTS: tuple[Step, ...] = (
    ("text", None), (WORST, 0), (BAD, 86_400), (WARN, 7 * 86_400), (GOOD, 30 * 86_400),
)  # fmt: skip
SHARE_MET: tuple[Step, ...] = ((WORST, None), (BAD, 0.9), (GOOD, 1))
PLAIN: tuple[Step, ...] = (("text", None),)
NEVER_SECONDS = -1
"""What stands for "never" where a time is asked for and the budget is not being overspent."""

NOT_RECORDED = -1
"""What stands for a moment without data in strips."""

STATE_OK, STATE_TICKET, STATE_NO_DATA, STATE_PAGE = range(4)

STATUS_COLORS = {
    naming.HEALTHY: GOOD,
    naming.WARNING: WARN,
    naming.CRITICAL: BAD,
    naming.EXHAUSTED: WORST,
    naming.UNMEASURED: UNKNOWN,
}


def counted(color: str) -> tuple[Step, ...]:
    """Return the colours of a number that should be 0."""
    return ((GOOD, None), (color, 1))


def sli_decimals(of_objective: int) -> int:
    """Return how many decimals tell an SLI from its objective, and from 100 %."""
    return max(3, of_objective + 2)


def texts(**names: tuple[float, str]) -> Mapping[str, Any]:
    """Return a mapping of values to texts, each with its colour.

    >>> texts(OK=(0, "green"))["options"]["0"]
    {'text': 'OK', 'color': 'green', 'index': 0}
    """
    options = {
        f"{value:g}": {"text": name.replace("_", " "), "color": color, "index": index}
        for index, (name, (value, color)) in enumerate(names.items())
    }
    return {"type": "value", "options": options}


NEVER = texts(spent=(0, WORST), not_at_this_rate=(NEVER_SECONDS, GOOD))
STATES = texts(
    OK=(STATE_OK, GOOD),
    Ticket=(STATE_TICKET, BAD),
    No_data=(STATE_NO_DATA, UNKNOWN),
    PAGE=(STATE_PAGE, WORST),
)
MET = texts(Met=(1, GOOD), Missed=(0, WORST))
FIRING_INFO, FIRING_TICKET, FIRING_PAGE = 1, 2, 3
FIRING = texts(
    quiet=(0, GOOD),
    informs=(FIRING_INFO, INFORMS),
    ticket=(FIRING_TICKET, BAD),
    page=(FIRING_PAGE, WORST),
)
NO_DATA: Mapping[str, Any] = {
    "type": "special",
    "options": {"match": "null+nan", "result": {"text": "No data", "color": UNKNOWN, "index": 9}},
}
"""Without it Grafana gives a missing value the colour of the lowest step: green, or red."""
