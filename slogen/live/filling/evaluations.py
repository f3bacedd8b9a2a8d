"""When the rules of an SLO are evaluated, and what that means for hours that are recorded once."""

from __future__ import annotations

import attrs

from slogen.plan.hours import FIRST_SECOND, HOUR, SECONDS_BETWEEN_TRIES

HOUR_MS = HOUR.milliseconds
MARK_MS = 1_000 * SECONDS_BETWEEN_TRIES
"""Between two records of the events of the last half hour, in milliseconds."""


@attrs.frozen(kw_only=True)
class Evaluations:
    """When rules are evaluated; all times are in milliseconds since the epoch.

    Attributes:
        fast: Between two evaluations of the fast group.
        slow: Between two evaluations of the other groups.
        fast_at: Any evaluation of the fast group, which tells the others; so with the next two.
        slow_at: Any evaluation of the slow group.
        budget_at: Any evaluation of the budget group.
        start: The beginning of the first hour that is computed.
        started: When the rules began to record.
    """

    fast: int
    slow: int
    fast_at: int = 0
    slow_at: int = 0
    budget_at: int = 0
    start: int
    started: int

    @property
    def end(self) -> int:
        """The last moment that is computed: the evaluation before the first of the rules."""
        # An hour that was filled before begins with the hour, and not with an evaluation.
        last = self.started - 1
        return last - (last - self.fast_at) % self.fast

    def first_fast(self, since: int) -> int:
        """Return the first evaluation of the fast group after a moment."""
        return _first(since + 1, self.fast_at, self.fast)

    def turn(self, hour: int) -> int:
        """Return when an hour since the epoch is recorded: at the first try."""
        over = (hour + 1) * HOUR_MS
        return _first(over + 1_000 * FIRST_SECOND, self.slow_at, self.slow)

    def mark(self, number: int) -> int:
        """Return when the events of a half hour are recorded, for ten minutes since the epoch."""
        return _first(number * MARK_MS, self.budget_at, self.slow)

    def is_shared(self, hour: int) -> bool:
        """Whether the rules began within an hour: its end is theirs."""
        return self.started < (hour + 1) * HOUR_MS


def _first(since: int, evaluation: int, interval: int) -> int:
    """Return the first evaluation from a moment on, this included."""
    return since + (evaluation - since) % interval
