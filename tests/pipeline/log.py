"""What happened when, and how long the plan said that it takes."""

from __future__ import annotations

import time

import attrs

from slogen.plan.detection import TimeRange


@attrs.frozen(kw_only=True)
class Wait:
    """How long something took.

    Attributes:
        took: In real seconds.
        plan: How long it takes by `slogen.plan.detection`, in the rules' own time.
        speed: How many times faster than real time that runs.
    """

    took: float
    plan: TimeRange
    speed: int

    @property
    def earliest(self) -> float:
        """The plan's earliest time in real seconds."""
        return float(self.plan.earliest.seconds) / self.speed

    @property
    def latest(self) -> float:
        """The plan's latest time in real seconds."""
        return float(self.plan.latest.seconds) / self.speed

    def __str__(self) -> str:
        return (
            f"after {self.took:.1f} s; by the plan {self.earliest:.1f} s to {self.latest:.1f} s, "
            f"which is {self.plan} of the rules' own time"
        )


@attrs.define
class Log:
    """Lines, each with the seconds since the first."""

    lines: list[str] = attrs.field(factory=list)
    _began: float = attrs.field(factory=time.monotonic)

    def say(self, what: str) -> float:
        """Add a line about what happens now, and return the time."""
        now = time.monotonic()
        self.add(now, what)
        return now

    def add(self, moment: float, what: str) -> None:
        """Add a line about what happened at a moment, as `time.monotonic` says it."""
        self.lines.append(f"{moment - self._began:6.1f} s  {what}")

    def __str__(self) -> str:
        return "\n".join(self.lines) + "\n"
