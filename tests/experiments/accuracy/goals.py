"""What was to be reached, and whether it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from tests.experiments.accuracy import history
from tests.experiments.accuracy.markdown import percent
from tests.experiments.accuracy.summary import summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.experiments.accuracy.measuring import Measured
    from tests.experiments.accuracy.summary import Summary

HEAD = ("goal", "raw series", "measured", "reached")
PERIOD, COUNT, SAMPLES = 0.0005, 0.005, 450
NO_WORSE = ("1h", "6h", "1d", "3d")
"""The windows that may be no worse than the raw way at the 95th percentile."""

_SAMPLES_OF = 100


@attrs.frozen
class Verdict:
    """A goal, what was measured, and whether that is enough."""

    goal: str
    series: int
    measured: str
    is_reached: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of a table."""
        return self.goal, f"{self.series}", self.measured, "yes" if self.is_reached else "**no**"


def verdicts(found: Sequence[Measured]) -> Iterator[Verdict]:
    """Yield a verdict on each goal for each number of series that says something about it."""
    for judge in (_period, _windows, _counts, _samples):
        for measured in found:
            yield from judge(measured)


def _period(measured: Measured) -> Iterator[Verdict]:
    chosen = measured.enough_at_own_time(history.PERIOD)
    if off := summary(each.off_at_own_time for each in chosen):
        words = f"{history.PERIOD} at its own time: at worst {percent(PERIOD)} off"
        yield Verdict(words, measured.series, percent(off.worst), off.worst <= PERIOD)


def _windows(measured: Measured) -> Iterator[Verdict]:
    for window in NO_WORSE:
        slogen, raw = (_off(measured, window, way) for way in (history.SLOGEN, history.RAW))
        if slogen and raw:
            words = f"{window} at the moment asked: p95 no worse than {history.RAW}"
            both = f"{percent(slogen.p95)}, raw {percent(raw.p95)}"
            yield Verdict(words, measured.series, both, slogen.p95 <= raw.p95)


def _off(measured: Measured, window: str, way: str) -> Summary | None:
    return summary(each.off(way) for each in measured.enough(window))


def _counts(measured: Measured) -> Iterator[Verdict]:
    for window in history.COUNTED:
        for part, name in enumerate(("events", "bad events")):
            chosen = measured.enough_counted(window)
            off = [each.off_at_own_time(part) for each in chosen]
            if off:
                words = f"{name} of {window} at their own time: at worst {percent(COUNT)} off"
                above = sum(each > COUNT for each in off)
                shown = f"{percent(max(off))}, missed at {above} of {len(off)} moments"
                yield Verdict(words, measured.series, shown, not above)


def _samples(measured: Measured) -> Iterator[Verdict]:
    if measured.series == _SAMPLES_OF:
        read = measured.cost.asked
        words = f"{history.PERIOD}: at most {SAMPLES} samples a second"
        yield Verdict(words, measured.series, f"{read:,.0f}", read <= SAMPLES)
