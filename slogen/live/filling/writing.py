"""From SLOs and a Prometheus to a file of what their rules would have recorded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.base import counted
from slogen.errors import InvalidValue
from slogen.live.errors import ServerError
from slogen.live.filling.counting import Counting
from slogen.live.filling.evaluations import HOUR_MS, Evaluations
from slogen.live.filling.openmetrics import new_file, series
from slogen.live.filling.results import AFTER, Backfill, FilledSLO, State
from slogen.live.groups import group_of
from slogen.live.parts import in_parts, moment_of, samples_of
from slogen.plan.hours import DAY, remembered
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.recorded.series import recorded
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slogen.live.client import Curve
    from slogen.live.filling.openmetrics import NewFile
    from slogen.live.groups import Group
    from slogen.live.parts import Sample
    from slogen.live.readings import Fleet
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Expr

_LATELY = Duration("10m")
"""How far back the newest sample of each rule group is looked for."""


def check_fillable(slo: ResolvedSLO) -> None:
    """Refuse an SLO whose rules record what cannot be computed afterwards.

    Raises:
        InvalidValue: If a moment without data is bad.
    """
    if slo.counts_missing:
        raise InvalidValue(
            "when_missing",
            f"'bad' in {slo.definition.id}",
            "SLOs whose moments without data are not counted as bad",
            "such a moment is bad only while the rules run, and they did not: leave the SLO out,\n"
            "by choosing the others with --slo",
            origin=slo.definition.origin,
        )


def filled(fleet: Fleet, length: Duration | None, path: Path, *, all_samples: bool) -> Backfill:
    """Write what the rules would have recorded of SLOs before they began to.

    Args:
        fleet: The SLOs, who is asked, and the moment that is now.
        length: How far back it goes; None for the window of each SLO and a day more.
        path: The file, which must not exist.
        all_samples: Whether base series are written for all of the time, and not only for as long
            as the rules read them.

    Raises:
        InvalidValue: If an SLO is none that can be filled.
        OutputError: If the file cannot be written.
        ServerError: If there is no answer that can be used, or the server says that one may lack
            something.
    """
    for slo in fleet.slos:
        check_fillable(slo)
    slos: list[FilledSLO] = []
    warned = fleet.prometheus.warned
    with new_file(path) as file:
        for slo in fleet.slos:
            asked = length or slo.period + DAY
            slos.append(_fill(fleet, slo, asked, file, all_samples=all_samples))
        if fleet.prometheus.warned > warned:
            # What is missing in blocks that were loaded would be missing for good.
            raise ServerError(
                fleet.prometheus.url,
                f"warns that its answers may not be whole: {'; '.join(fleet.prometheus.doubts)}",
                "nothing was written: ask again once it has all of its data",
            )
    days = max((remembered(slo.period) / DAY for slo in fleet.slos), default=0)
    return Backfill(
        server=fleet.prometheus.url,
        path=path if file.samples else None,
        slos=tuple(slos),
        days=int(days),
    )


def _fill(
    fleet: Fleet, slo: ResolvedSLO, length: Duration, file: NewFile, *, all_samples: bool
) -> FilledSLO:
    """Write what is missing of an SLO, if something is and it can be written."""
    now = round(fleet.at.timestamp() * 1_000)
    start = (now - length.milliseconds) // HOUR_MS * HOUR_MS
    base = _first(fleet, slo, naming.EVENTS_INCREASE, start, now)
    hour = _first(fleet, slo, naming.EVENTS_SUM, start, base or now)
    began = base if hour is None else (hour // HOUR_MS - 1) * HOUR_MS
    if began is None or began <= start or began > now - AFTER.milliseconds:
        state = _unfilled(began, start)
        started = None if began is None else began / 1_000
        return FilledSLO(slo=slo.definition.id, state=state, start=start / 1_000, started=started)
    timing = slo.timing
    evaluations = Evaluations(
        fast=timing.fast_interval.milliseconds,
        slow=timing.slow_interval.milliseconds,
        fast_at=base or 0,
        slow_at=_latest(fleet, slo, naming.EVENTS_OPEN, now),
        budget_at=_latest(fleet, slo, naming.OBJECTIVE, now),
        start=start,
        started=began,
    )
    return _Filling(fleet, slo, evaluations).write(file, all_samples=all_samples)


def _unfilled(began: int | None, start: int) -> State:
    if began is None:
        return State.NO_RULES
    return State.COMPLETE if began <= start else State.TOO_EARLY


def _first(fleet: Fleet, slo: ResolvedSLO, metric: str, start: int, end: int) -> int | None:
    """Return when a series was first recorded."""
    for since in range(start, end, DAY.milliseconds):
        until = min(since + DAY.milliseconds, end)
        if times := [*_times(fleet, slo, metric, since, until)]:
            return min(times)
    return None


def _latest(fleet: Fleet, slo: ResolvedSLO, metric: str, now: int) -> int:
    """Return a moment at which a series was recorded lately; 0 if it was not."""
    return max(_times(fleet, slo, metric, now - _LATELY.milliseconds, now), default=0)


def _times(fleet: Fleet, slo: ResolvedSLO, metric: str, start: int, end: int) -> Iterator[int]:
    parts = samples_of(fleet.prometheus, recorded(slo, metric), start, end, fleet.asked)
    return (at for _, points in parts for at, _ in points)


class _Filling:
    """An SLO and its rules."""

    def __init__(self, fleet: Fleet, slo: ResolvedSLO, evaluations: Evaluations) -> None:
        self._fleet = fleet
        self._slo = slo
        self._evaluations = evaluations
        self._labels = {
            name: text for name, text in slo.identity.items() if name not in slo.definition.group_by
        }

    def write(self, file: NewFile, *, all_samples: bool) -> FilledSLO:
        """Write what is recorded, as it is read, and return what that was."""
        when = self._evaluations
        counting = Counting(self._slo, when)
        since = when.start - 1 if all_samples else when.end - LONGEST_FAST_WINDOW.milliseconds
        read, before = 0, file.samples
        for metric, group, samples in self._read():
            read += len(samples)
            counting.add(metric, group, samples)
            self._write_base(file, metric, group, [each for each in samples if each[0] > since])
        hours = 0
        for each in counting.recorded():
            hours += each.metric == naming.EVENTS_SUM
            name = self._series(each.metric, each.group, each.hour)
            file.write(name, each.at, each.value)
        written = file.samples - before
        return FilledSLO(
            slo=self._slo.definition.id,
            state=State.FILLED if written else State.NO_DATA,
            start=when.start / 1_000,
            started=when.started / 1_000,
            groups=len(counting.groups),
            hours=hours,
            read=read,
            written=written,
        )

    def _read(self) -> Iterator[tuple[str, Group, list[Sample]]]:
        """Yield what the rules would have counted, at the moments at which they are evaluated."""
        events, errors = counted(self._slo)
        when = self._evaluations
        for metric, expr in ((naming.ERRORS_INCREASE, errors), (naming.EVENTS_INCREASE, events)):
            ask = partial(self._ask, expr)
            for labels, points in in_parts(ask, when.start - 1, when.end, self._fleet.asked):
                if points:
                    yield metric, group_of(self._slo, labels), points

    def _ask(self, expr: Expr, since: int, until: int) -> tuple[Curve, ...]:
        first = self._evaluations.first_fast(since)
        if first > until:
            return ()
        step = self._slo.timing.fast_interval
        return self._fleet.prometheus.query_range(expr, moment_of(first), moment_of(until), step)

    def _write_base(self, file: NewFile, metric: str, group: Group, samples: list[Sample]) -> None:
        for at, value in samples:
            file.write(self._series(metric, group, at // HOUR_MS), at, value)

    def _series(self, metric: str, group: Group, hour: int | None) -> str:
        by = dict(zip(self._slo.definition.group_by, group, strict=False))
        number = {} if hour is None else {naming.HOUR_LABEL: str(hour % 4)}
        return series(metric, {**self._labels, **by, **number})
