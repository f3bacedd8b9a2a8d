"""From SLOs and a Prometheus to what their alerts would have done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, timedelta, tzinfo
from typing import TYPE_CHECKING

import attrs
import numpy as np

from slogen.live.groups import Group
from slogen.live.replay.counts import Counts, Times
from slogen.live.replay.evaluation import lead, replayed
from slogen.live.replay.judging import RecordedAlert, judged, tier_result
from slogen.live.replay.reading import (
    Increments,
    phase_of,
    read_alerts,
    read_raw,
    read_recorded,
    read_seen,
)
from slogen.live.replay.results import (
    Backtest,
    CountedPart,
    GroupResult,
    Incident,
    NotCompared,
    PolicyResult,
)
from slogen.plan import ResolvedSLO, ResolvedTier
from slogen.recorded.alerts import any_alert
from slogen.units import Duration, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.live.readings import Fleet

Alerts = Mapping[tuple[Group, str, str], tuple[int, ...]]

_SEEN_FOR = Duration("5m")
"""How long an instant query sees a sample, by default."""

PARTS = 340
"""In how many parts of the time a picture shows what was counted."""


@attrs.frozen
class Others:
    """Other definitions of SLOs, which are replayed over the same counts.

    Attributes:
        name: The file, folder or revision that they come from.
        slos: The SLOs.
    """

    name: str
    slos: tuple[ResolvedSLO, ...]


def backtested(  # noqa: PLR0913 (all but two have to be named)
    fleet: Fleet,
    length: Duration,
    *,
    incidents: Sequence[Incident] | None = None,
    zone: tzinfo = UTC,
    raw: bool = False,
    others: Others | None = None,
) -> Backtest:
    """Return what the burn-rate alerts of SLOs would have done over what was counted.

    Args:
        fleet: The SLOs, who is asked, and the moment at which the replay ends.
        length: How long it is.
        incidents: When the service was bad; None if nobody says so, and nothing is judged.
        zone: Where those live who are paged, for pages at night.
        raw: Whether the rules' expressions are evaluated over raw series, also where the rules
            recorded something.
        others: Other definitions, which are replayed as well.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    end = round(fleet.at.timestamp() * 1_000)
    start = end - length.milliseconds
    within = [each for each in incidents or () if _touches(each, start / 1_000, end / 1_000)]
    view = _View(span=(start, end), incidents=None if incidents is None else within, zone=zone)
    has_alerts = _has_alerts(fleet, length)
    known = {slo.definition.id: slo for slo in others.slos} if others else {}
    groups: list[GroupResult] = []
    uncounted: list[str] = []
    not_compared: list[NotCompared] = []
    samples = 0
    for slo in fleet.slos:
        other = known.get(slo.definition.id)
        if others and (reason := _difference(slo, other)):
            not_compared.append(NotCompared(slo=slo.definition.id, reason=reason))
            other = None
        before = max(lead(each) for each in (slo, other) if each)
        read = _read(fleet, slo, view.span, before, raw=raw, has_alerts=has_alerts)
        samples += read.found.samples
        groups += view.groups((slo, other), read)
        if not read.found.counts:
            uncounted.append(slo.definition.id)
    return Backtest(
        server=fleet.prometheus.url,
        start=view.span[0] / 1_000,
        end=end / 1_000,
        samples=samples,
        groups=tuple(groups),
        uncounted=tuple(uncounted),
        has_incidents=incidents is not None,
        incidents_outside=len(incidents or ()) - len(within),
        against=others.name if others else "",
        not_compared=tuple(not_compared),
        not_replayed=tuple(
            dict.fromkeys(alert.name for slo in fleet.slos for alert in slo.others.values())
        ),
    )


def _has_alerts(fleet: Fleet, length: Duration) -> bool:
    """Return whether the server recorded alerts of any kind, at any time of the replay."""
    start = fleet.at - timedelta(milliseconds=length.milliseconds)
    return bool(fleet.prometheus.query_range(any_alert(), start, fleet.at, _SEEN_FOR))


def _touches(incident: Incident, start: float, end: float) -> bool:
    return incident.end > start and incident.start < end


def _difference(slo: ResolvedSLO, other: ResolvedSLO | None) -> str:
    """Return why two definitions of an SLO have no counts in common; the empty text if they do."""
    if other is None:
        return "it is new"
    if slo.definition.sli != other.definition.sli:
        return "its SLI counts other events"
    if slo.definition.group_by != other.definition.group_by:
        return "it has other groups"
    return "" if slo.timing == other.timing else "its rules run at other times"


@attrs.frozen(kw_only=True, eq=False)
class _Read:
    """What was read of an SLO.

    Attributes:
        found: What was counted.
        alerts: When its alerts did fire; None where no alert was recorded at all.
        evaluated: What the rules recorded, by which their evaluations are known.
        seen: See `read_seen`.
    """

    found: Increments
    alerts: Alerts | None
    evaluated: Mapping[Group, Counts]
    seen: Mapping[Group, Times] | None

    def of_tier(self, slo: ResolvedSLO, tier: ResolvedTier, group: Group) -> RecordedAlert | None:
        """Return when an alert did fire; None where no alert was recorded at all."""
        if self.alerts is None:
            return None
        return RecordedAlert(
            times=self.alerts.get((group, str(tier.long), number(tier.threshold)), ()),
            evaluated=self.evaluated.get(group, self.found.counts[group]),
            pace=slo.timing.fast_interval.milliseconds,
        )


def _read(  # noqa: PLR0913 (all but four have to be named)
    fleet: Fleet,
    slo: ResolvedSLO,
    span: tuple[int, int],
    before: int,
    *,
    raw: bool,
    has_alerts: bool,
) -> _Read:
    """Read what was recorded of an SLO; where nothing was, what its rules would have recorded."""
    start, end = span
    server, asked = fleet.prometheus, fleet.asked
    alerts = read_alerts(server, slo, start, end, asked) if has_alerts else None
    found = None if raw else read_recorded(server, slo, start - before, end, asked)
    if found is None or not found.counts:
        ran = read_recorded(server, slo, start, end, asked).counts if alerts else {}
        phase = phase_of(slo, ran)
        found = read_raw(server, slo, start - before, end, asked, phase=phase)
        evaluated = ran
    else:
        evaluated = found.counts
    seen = read_seen(server, slo, start, end, asked, counts=found.counts)
    return _Read(found=found, alerts=alerts, evaluated=evaluated, seen=seen)


@attrs.frozen(kw_only=True)
class _View:
    """How a replay is looked at: its beginning and end in milliseconds, and what judges it."""

    span: tuple[int, int]
    incidents: Sequence[Incident] | None
    zone: tzinfo

    def groups(
        self, sides: tuple[ResolvedSLO, ResolvedSLO | None], read: _Read
    ) -> Iterator[GroupResult]:
        slo, other = sides
        for group, counts in read.found.counts.items():
            errors, events = self._counted(counts)
            counted_from = max(int(counts.times[0]), self.span[0])
            pace = slo.timing.fast_interval.milliseconds
            traffic = events / max(self.span[1] - counted_from, pace)
            yield GroupResult(
                slo=slo.definition.id,
                group=tuple(zip(slo.definition.group_by, group, strict=True)),
                is_raw=read.found.is_raw,
                unit="events" if slo.definition.sli.counts_events else "seconds",
                counted_from=counted_from / 1_000,
                events=events,
                errors=errors,
                parts=self._parts(counts),
                now=self._policy(slo, read, group, traffic),
                before=self._policy(other, read, group, traffic) if other else None,
            )

    def _policy(self, slo: ResolvedSLO, read: _Read, group: Group, traffic: float) -> PolicyResult:
        """Return what a policy comes to at a traffic of so many events in a millisecond."""
        budget = float(slo.budget) * traffic * slo.period.milliseconds
        replays = replayed(
            slo,
            read.found.counts[group],
            *self.span,
            first_hour=read.found.first_hours.get(group),
            seen=None if read.seen is None else read.seen[group],
        )
        tiers = tuple(
            tier_result(replay, budget, self.zone, read.of_tier(slo, replay.tier, group))
            for replay in replays
        )
        pages = [fired for tier in tiers if tier.is_page for fired in tier.fired]
        judgements, false = judged(self.incidents or (), pages)
        return PolicyResult(
            objective=str(slo.definition.objective),
            tiers=tiers,
            judgements=judgements,
            false_pages=None if self.incidents is None else false,
        )

    def _parts(self, counts: Counts) -> tuple[CountedPart, ...]:
        borders = np.linspace(*self.span, PARTS + 1).round().astype(np.int64)
        errors, events = counts.sums(borders[:-1], borders[1:])
        of_parts = zip(borders[:-1], borders[1:], events, errors, strict=True)
        return tuple(
            CountedPart(
                start=int(start) / 1_000,
                end=int(end) / 1_000,
                events=float(all_),
                errors=float(bad),
            )
            for start, end, all_, bad in of_parts
        )

    def _counted(self, counts: Counts) -> tuple[float, float]:
        since, until = (np.array([moment], dtype=np.int64) for moment in self.span)
        errors, events = counts.sums(since, until)
        return float(errors[0]), float(events[0])
