"""Traffic of a group, step by step, and what is true of it: plain sums that know of no rules."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

Step = tuple[int, int] | None
"""Events and bad ones of a step; None where the group has no series."""

Run = tuple[int, Step]
"""How often a step comes, one after the other, and the step."""

NEVER = (0, 0)
_LAST_HOURS = 6 * 3600


def steps(*runs: Run) -> list[Step]:
    """Return runs of steps, one after the other.

    >>> steps((2, (10, 1)), (1, None))
    [(10, 1), (10, 1), None]
    """
    return [step for times, step in runs for _ in range(times)]


@attrs.frozen(kw_only=True)
class Budget:
    """What an SLO allows.

    Attributes:
        ratio: The part of the events that may be bad.
        period: The SLO's window, in seconds.
        memory: For how long a group that is away is remembered, in seconds.
    """

    ratio: float
    period: int
    memory: int

    def allows(self, events: int, age: int) -> float:
        """Return how many bad events a period allows.

        The events of the time that the group has existed for, as if they went on for a period.
        """
        return events / min(age / self.period, 1) * self.ratio


@attrs.frozen(kw_only=True)
class Traffic:
    """What a group did, from time 0 on.

    A series counts from 0 on when it appears: its first step has no events.

    Attributes:
        steps: Its traffic, one step after the other; a scrape is at the end of each.
        seconds: The length of a step.
        before: Events and bad ones before time 0, all of them more than six hours before.
        older: For how many seconds before time 0 it has existed.
    """

    steps: Sequence[Step]
    seconds: int
    before: tuple[int, int] = NEVER
    older: int = 0

    def counted(self, time: int, window: int) -> tuple[int, int]:
        """Return the events and the bad ones in a window that ends at a time."""
        first = max((time - window) // self.seconds + 1, 1)
        last = time // self.seconds
        events, bad = self.before if time - window < -_LAST_HOURS else NEVER
        for number in range(first, min(last + 1, len(self.steps))):
            step = self.steps[number]
            if step and self.steps[number - 1]:
                events, bad = events + step[0], bad + step[1]
        return events, bad

    def age(self, time: int, memory: int) -> int:
        """Return for how many seconds the group has existed, as far back as is remembered."""
        if self.older and time < memory:
            return time + self.older
        first = max(time - memory, 0) // self.seconds
        there = (n for n in range(first, len(self.steps)) if self.steps[n])
        return time - next(there) * self.seconds

    def allowed(self, time: int, budget: Budget) -> float:
        """Return how many bad events the budget of a whole period allows."""
        return budget.allows(self.counted(time, budget.period)[0], self.age(time, budget.memory))

    def left(self, time: int, budget: Budget) -> float:
        """Return the part of the budget that is left."""
        return 1 - self.counted(time, budget.period)[1] / self.allowed(time, budget)

    def lasts(self, time: int, budget: Budget) -> float:
        """Return the seconds until the budget is spent, by the faster of one hour and six."""
        left = self.allowed(time, budget) - self.counted(time, budget.period)[1]
        hours = (window for window in (3600, 21600) if window <= budget.period)
        return left / max(self.counted(time, window)[1] / window for window in hours)

    def counters(self, labels: str) -> dict[str, str]:
        """Return the counters of good and of bad requests, as promtool writes series."""
        good, wrong = 0, 0
        values: tuple[list[str], list[str]] = ([], [])
        for number, step in enumerate(self.steps):
            if step is None:
                texts = ("_", "_")
            elif number == 0 or self.steps[number - 1] is None:
                good, wrong = 0, 0
                texts = ("0", "0")
            else:
                good, wrong = good + step[0] - step[1], wrong + step[1]
                texts = (str(good), str(wrong))
            for samples, text in zip(values, texts, strict=True):
                samples.append(text)
        return {
            f'requests_total{{code="{code}"{labels}}}': " ".join(samples)
            for code, samples in zip(("200", "500"), values, strict=True)
        }
