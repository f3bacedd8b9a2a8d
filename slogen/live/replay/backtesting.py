"""From SLOs and a Prometheus to what their alerts would have done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

import attrs
import numpy as np

from slogen.live.replay.evaluation import check_replayable, lead, replayed
from slogen.live.replay.judging import judged, tier_result
from slogen.live.replay.reading import read_alerts, read_recorded
from slogen.live.replay.results import Backtest, GroupResult, Incident
from slogen.recorded.alerts import any_alert
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.live.readings import Fleet
    from slogen.live.replay.counts import Counts
    from slogen.live.replay.evaluation import TierReplay
    from slogen.live.replay.reading import Group, Recorded
    from slogen.plan import ResolvedSLO
    from slogen.units import Duration

    Alerts = Mapping[tuple[Group, str, str], tuple[int, ...]]


def backtest(
    fleet: Fleet,
    length: Duration,
    *,
    incidents: Sequence[Incident] | None = None,
    zone: tzinfo = UTC,
) -> Backtest:
    """Return what the burn-rate alerts of SLOs would have done over what was recorded.

    Args:
        fleet: The SLOs, who is asked, and the moment at which the replay ends.
        length: How long it is.
        incidents: When the service was bad; None if nobody says so, and nothing is judged.
        zone: Where those live who are paged, for pages at night.

    Raises:
        InvalidValue: If an SLO is of a kind that is not replayed.
        ServerError: If there is no answer that can be used.
    """
    for slo in fleet.slos:
        check_replayable(slo)
    end = round(fleet.at.timestamp() * 1_000)
    span = (end - length.milliseconds, end)
    view = _View(span=span, incidents=incidents, zone=zone)
    has_alerts = bool(fleet.prometheus.query(any_alert(), fleet.at))
    groups: list[GroupResult] = []
    unrecorded: list[str] = []
    samples = 0
    for slo in fleet.slos:
        found = read_recorded(fleet.prometheus, slo, span[0] - lead(slo), end, fleet.asked)
        alerts = None
        if has_alerts and found.counts:
            alerts = read_alerts(fleet.prometheus, slo, *span, fleet.asked)
        samples += found.samples
        groups += view.groups(slo, found, alerts)
        if not found.counts:
            unrecorded.append(slo.definition.id)
    return Backtest(
        server=fleet.prometheus.url,
        start=span[0] / 1_000,
        end=end / 1_000,
        samples=samples,
        groups=tuple(groups),
        unrecorded=tuple(unrecorded),
        has_incidents=incidents is not None,
    )


@attrs.frozen(kw_only=True)
class _View:
    """How a replay is looked at: its beginning and end in milliseconds, and what judges it."""

    span: tuple[int, int]
    incidents: Sequence[Incident] | None
    zone: tzinfo

    def groups(
        self, slo: ResolvedSLO, recorded: Recorded, alerts: Alerts | None
    ) -> Iterator[GroupResult]:
        for group, counts in recorded.counts.items():
            replays = replayed(slo, counts, *self.span, recorded.first_hours.get(group))
            errors, events = self._counted(counts)
            budget = float(slo.budget) * events * slo.period.milliseconds / self._length
            tiers = tuple(
                tier_result(replay, budget, self.zone, _of_tier(replay, group, alerts))
                for replay in replays
            )
            pages = [fired for tier in tiers if tier.is_page for fired in tier.fired]
            judgements, false = judged(self.incidents or (), pages)
            yield GroupResult(
                slo=slo.definition.id,
                group=tuple(zip(slo.definition.group_by, group, strict=True)),
                events=events,
                errors=errors,
                tiers=tiers,
                judgements=judgements,
                false_pages=None if self.incidents is None else false,
            )

    @property
    def _length(self) -> int:
        return self.span[1] - self.span[0]

    def _counted(self, counts: Counts) -> tuple[float, float]:
        since, until = (np.array([moment], dtype=np.int64) for moment in self.span)
        errors, events = counts.sums(since, until)
        return float(errors[0]), float(events[0])


def _of_tier(replay: TierReplay, group: Group, alerts: Alerts | None) -> tuple[int, ...] | None:
    """Return when an alert did fire; None where no alert was recorded at all."""
    tier = replay.tier
    key = (group, str(tier.long), number(tier.threshold))
    return None if alerts is None else alerts.get(key, ())
