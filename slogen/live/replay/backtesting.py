"""From SLOs and a Prometheus to what their alerts would have done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

import attrs
import numpy as np

from slogen.live.replay.counts import Counts
from slogen.live.replay.evaluation import check_replayable, lead, replayed
from slogen.live.replay.judging import judged, tier_result
from slogen.live.replay.reading import Group, read_alerts, read_raw, read_recorded
from slogen.live.replay.results import (
    Backtest,
    CountedPart,
    GroupResult,
    Incident,
    NotCompared,
    PolicyResult,
)
from slogen.plan import ResolvedSLO
from slogen.recorded.alerts import any_alert
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.live.readings import Fleet
    from slogen.live.replay.evaluation import TierReplay
    from slogen.live.replay.reading import Increments
    from slogen.units import Duration

    Alerts = Mapping[tuple[Group, str, str], tuple[int, ...]]

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
        InvalidValue: If an SLO is of a kind that is not replayed.
        ServerError: If there is no answer that can be used.
    """
    for slo in fleet.slos:
        check_replayable(slo)
    end = round(fleet.at.timestamp() * 1_000)
    view = _View(span=(end - length.milliseconds, end), incidents=incidents, zone=zone)
    has_alerts = bool(fleet.prometheus.query(any_alert(), fleet.at))
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
        found = _increments(fleet, slo, (view.span[0] - before, end), raw=raw)
        alerts = None
        if has_alerts and found.counts:
            alerts = read_alerts(fleet.prometheus, slo, *view.span, fleet.asked)
        samples += found.samples
        groups += view.groups((slo, other), found, alerts)
        if not found.counts:
            uncounted.append(slo.definition.id)
    return Backtest(
        server=fleet.prometheus.url,
        start=view.span[0] / 1_000,
        end=end / 1_000,
        samples=samples,
        groups=tuple(groups),
        uncounted=tuple(uncounted),
        has_incidents=incidents is not None,
        against=others.name if others else "",
        not_compared=tuple(not_compared),
    )


def _difference(slo: ResolvedSLO, other: ResolvedSLO | None) -> str:
    """Return why two definitions of an SLO have no counts in common; the empty text if they do."""
    if other is None:
        return "it is new"
    if slo.definition.sli != other.definition.sli:
        return "its SLI counts other events"
    if slo.definition.group_by != other.definition.group_by:
        return "it has other groups"
    return "" if slo.timing == other.timing else "its rules run at other times"


def _increments(fleet: Fleet, slo: ResolvedSLO, span: tuple[int, int], *, raw: bool) -> Increments:
    """Return what was recorded of an SLO; where nothing was, what its rules would have recorded."""
    asked = (fleet.prometheus, slo, *span, fleet.asked)
    if raw:
        return read_raw(*asked)
    found = read_recorded(*asked)
    return found if found.counts else read_raw(*asked)


@attrs.frozen(kw_only=True)
class _View:
    """How a replay is looked at: its beginning and end in milliseconds, and what judges it."""

    span: tuple[int, int]
    incidents: Sequence[Incident] | None
    zone: tzinfo

    def groups(
        self,
        sides: tuple[ResolvedSLO, ResolvedSLO | None],
        found: Increments,
        alerts: Alerts | None,
    ) -> Iterator[GroupResult]:
        slo, other = sides
        for group, counts in found.counts.items():
            errors, events = self._counted(counts)
            first_hour = found.first_hours.get(group)
            own = _Counted(group=group, counts=counts, first_hour=first_hour, events=events)
            yield GroupResult(
                slo=slo.definition.id,
                group=tuple(zip(slo.definition.group_by, group, strict=True)),
                is_raw=found.is_raw,
                counted_from=max(int(counts.times[0]), self.span[0]) / 1_000,
                events=events,
                errors=errors,
                parts=self._parts(counts),
                now=self._policy(slo, own, alerts),
                before=self._policy(other, own, alerts) if other else None,
            )

    def _policy(self, slo: ResolvedSLO, own: _Counted, alerts: Alerts | None) -> PolicyResult:
        length = self.span[1] - self.span[0]
        budget = float(slo.budget) * own.events * slo.period.milliseconds / length
        tiers = tuple(
            tier_result(replay, budget, self.zone, _of_tier(replay, own.group, alerts))
            for replay in replayed(slo, own.counts, *self.span, own.first_hour)
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


@attrs.frozen(kw_only=True, eq=False)
class _Counted:
    """What is known of a group: its counts, when it began, and its events in the replay."""

    group: Group
    counts: Counts
    first_hour: int | None
    events: float


def _of_tier(replay: TierReplay, group: Group, alerts: Alerts | None) -> tuple[int, ...] | None:
    """Return when an alert did fire; None where no alert was recorded at all."""
    tier = replay.tier
    key = (group, str(tier.long), number(tier.threshold))
    return None if alerts is None else alerts.get(key, ())
