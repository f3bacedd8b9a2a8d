"""What the rules have recorded, read by the names of series: few queries for many SLOs.

What a query gives is sorted by SLO and group. Of several series of one group, which there are for
minutes after a rename, or for ever where two rulers record into one store, the largest counts, as
it does for the rules. Who reckons with several numbers of a group keeps those of a ruler together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import attrs

from slogen import naming
from slogen.live.client import Curve, Prometheus, Sample
from slogen.live.groups import group_of
from slogen.live.reports import FiringAlert, Ruler
from slogen.plan import ResolvedSLO
from slogen.recorded.alerts import any_alert
from slogen.recorded.many import alerts_of, newest_of
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slogen.model import Severity
    from slogen.promql.expr import Expr

S = TypeVar("S", Sample, Curve)

Key = tuple[str, tuple[str, ...]]
"""A group: the id of its SLO, and the values of the labels of ``group_by``."""
Numbers = Mapping[Key, float]
"""A number for each group."""
SeriesKey = tuple[Key, Ruler]
"""A series of a group: what tells it from others is which ruler recorded it."""
SeriesNumbers = Mapping[SeriesKey, float]
"""A number for each series."""
Points = tuple[tuple[float, float], ...]
"""Times in seconds since the epoch, forward, and numbers."""
SeriesCurves = Mapping[SeriesKey, Points]
"""Points for each series."""

MOST_SLOS = 100
"""How many SLOs a query is about at most: that bounds the answers."""


@attrs.frozen(kw_only=True)
class Steps:
    """The moments of a range query: from one to another, so far apart."""

    start: datetime
    end: datetime
    step: Duration


@attrs.frozen(kw_only=True)
class Fleet:
    """SLOs that are asked about together, at one moment.

    Attributes:
        prometheus: Who is asked.
        slos: The SLOs; those of one part share the names of their labels.
        at: The moment.
        asked: Called for each query that is answered.
    """

    prometheus: Prometheus
    slos: tuple[ResolvedSLO, ...]
    at: datetime
    asked: Callable[[], None] = lambda: None

    def parts(self, slos: Iterable[ResolvedSLO] | None = None) -> Iterator[tuple[ResolvedSLO, ...]]:
        """Yield the SLOs, or some of them, in parts that a query can be about."""
        by_naming: dict[naming.Naming, list[ResolvedSLO]] = {}
        for slo in self.slos if slos is None else slos:
            by_naming.setdefault(slo.naming, []).append(slo)
        for members in by_naming.values():
            for begin in range(0, len(members), MOST_SLOS):
                yield tuple(members[begin : begin + MOST_SLOS])

    def numbers(
        self,
        made: Callable[[Sequence[ResolvedSLO]], Expr],
        slos: Iterable[ResolvedSLO] | None = None,
        at: datetime | None = None,
    ) -> Numbers:
        """Return a number for each group.

        Args:
            made: Returns the query about some SLOs.
            slos: The SLOs that it is about; all unless given.
            at: The moment, if it is another.

        Raises:
            ServerError: If there is no answer that can be used.
        """
        found: dict[Key, float] = {}
        for (key, _), value in self.of_rulers(made, slos, at).items():
            found[key] = max(value, found.get(key, value))
        return found

    def of_rulers(
        self,
        made: Callable[[Sequence[ResolvedSLO]], Expr],
        slos: Iterable[ResolvedSLO] | None = None,
        at: datetime | None = None,
    ) -> SeriesNumbers:
        """Return a number for each series of each group; the arguments are those of `numbers`.

        Raises:
            ServerError: If there is no answer that can be used.
        """
        found: dict[SeriesKey, float] = {}
        for part in self.parts(slos):
            samples = self.prometheus.query(made(part), at or self.at)
            self.asked()
            known = {slo.definition.id: slo for slo in part}
            for key, sample in _sorted(part, samples):
                series = key, _ruler(known[key[0]], sample)
                found[series] = max(sample.value, found.get(series, sample.value))
        return found

    def curves(
        self,
        made: Callable[[Sequence[ResolvedSLO]], Expr],
        slos: Iterable[ResolvedSLO],
        steps: Steps,
    ) -> SeriesCurves:
        """Return times and numbers of each series of each group.

        Raises:
            ServerError: If there is no answer that can be used.
        """
        found: dict[SeriesKey, dict[float, float]] = {}
        for part in self.parts(slos):
            answer = self.prometheus.query_range(made(part), steps.start, steps.end, steps.step)
            self.asked()
            _merge(found, part, answer)
        return {series: tuple(sorted(points.items())) for series, points in found.items()}

    def samples(
        self, made: Callable[[Sequence[ResolvedSLO]], Expr], slos: Iterable[ResolvedSLO]
    ) -> SeriesCurves:
        """Return the samples of each series in a window that ends at the moment, as recorded.

        Raises:
            ServerError: If there is no answer that can be used.
        """
        found: dict[SeriesKey, dict[float, float]] = {}
        for part in self.parts(slos):
            answer = self.prometheus.samples(made(part), self.at)
            self.asked()
            _merge(found, part, answer)
        return {series: tuple(sorted(points.items())) for series, points in found.items()}

    def newest(self, metric: str, slos: Iterable[ResolvedSLO] | None = None) -> Numbers:
        """Return the newest samples of a series."""
        return self.numbers(lambda part: newest_of(part, metric), slos)

    def least(self, metric: str) -> Numbers:
        """Return the newest samples of a series; of those of several rulers the least."""
        found: dict[Key, float] = {}
        for (key, _), value in self.of_rulers(partial(newest_of, metric=metric)).items():
            found[key] = min(value, found.get(key, value))
        return found

    def constants(self, metric: str) -> Mapping[str, tuple[float, ...]]:
        """Return the numbers of each SLO, by their ids: one, or those of rulers that differ."""
        found: dict[str, set[float]] = {}
        for ((slo_id, _), _), value in self.of_rulers(partial(newest_of, metric=metric)).items():
            found.setdefault(slo_id, set()).add(value)
        return {slo_id: tuple(sorted(values)) for slo_id, values in found.items()}

    def has_alerts(self) -> bool:
        """Return whether the server has series of alerts at all, of whatever rules.

        Raises:
            ServerError: If there is no answer that can be used.
        """
        samples = self.prometheus.query(any_alert(), self.at)
        self.asked()
        return bool(samples)

    def alerts(self) -> Mapping[str, tuple[FiringAlert, ...]]:
        """Return the alerts that fire, by the ids of SLOs."""
        found: dict[str, list[FiringAlert]] = {}
        for part in self.parts():
            known = {slo.definition.id: slo for slo in part}
            samples = self.prometheus.query(alerts_of(part), self.at)
            self.asked()
            for sample in samples:
                slo = known.get(sample.labels.get(part[0].naming.id, ""))
                if slo and _is_its_own(slo, sample):
                    alert = _alert(slo, sample.labels)
                    if alert not in (listed := found.setdefault(slo.definition.id, [])):
                        listed.append(alert)
        return {slo_id: tuple(sorted(found[slo_id], key=_order)) for slo_id in found}


def _sorted(part: Sequence[ResolvedSLO], series: Iterable[S]) -> Iterator[tuple[Key, S]]:
    """Yield the series of some SLOs by group; what belongs to another Prometheus is left out."""
    known = {slo.definition.id: slo for slo in part}
    for each in series:
        slo = known.get(each.labels.get(part[0].naming.id, ""))
        if slo and _is_its_own(slo, each):
            yield (slo.definition.id, group_of(slo, each.labels)), each


def _ruler(slo: ResolvedSLO, sample: Sample | Curve) -> Ruler:
    """Return the labels of a series that neither its SLO nor its group gives it."""
    own = {naming.NAME_LABEL, *slo.identity, *slo.definition.group_by}
    return frozenset((label, value) for label, value in sample.labels.items() if label not in own)


def _merge(
    found: dict[SeriesKey, dict[float, float]],
    part: Sequence[ResolvedSLO],
    curves: Iterable[Curve],
) -> None:
    """Add the points of curves; of two of one ruler at one time the larger counts."""
    known = {slo.definition.id: slo for slo in part}
    for key, curve in _sorted(part, curves):
        points = found.setdefault((key, _ruler(known[key[0]], curve)), {})
        for at, value in curve.points:
            points[at] = max(value, points.get(at, value))


def _is_its_own(slo: ResolvedSLO, sample: Sample | Curve) -> bool:
    """Tell whether a series bears the labels that tell one Prometheus from another."""
    edited = (slo.naming.service, slo.naming.name)
    return all(
        sample.labels.get(label, "") == value
        for label, value in slo.identity.items()
        if label not in edited
    )


def _alert(slo: ResolvedSLO, labels: Mapping[str, str]) -> FiringAlert:
    name, severity = labels.get(naming.ALERT_LABEL, ""), labels.get(naming.SEVERITY_LABEL, "")
    return FiringAlert(
        name=name,
        severity=severity,
        urgency=_urgency(slo, name, severity),
        window=labels.get(slo.naming.window, ""),
        group={label: labels[label] for label in slo.definition.group_by if label in labels},
    )


def _urgency(slo: ResolvedSLO, name: str, severity: str) -> Severity | None:
    """Return how urgent an alert is in slogen's words, by its name or else by its severity.

    What has the name of a page is one, whatever severity the server's rules give it.
    """
    named = [alert for alert in slo.alerts if alert.name == name]
    for alert in named:
        if alert.severity == severity:
            return alert.urgency
    if any(alert.urgency == "page" for alert in named):
        return "page"
    page = slo.settings.severities.get("page", "page")
    return "page" if severity == page else None


def _order(alert: FiringAlert) -> tuple[bool, str, str, tuple[str, ...]]:
    return alert.urgency != "page", alert.name, alert.window, tuple(alert.group.values())
