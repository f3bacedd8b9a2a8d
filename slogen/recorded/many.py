"""Recorded series of many SLOs at once, for who reads them by name and not SLO by SLO."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.naming import EVENTS_HOUR, HOUR_LABEL, literal_regex
from slogen.plan.hours import UNRECORDED
from slogen.promql.expr import Aggregation, Binary, Expr, Series, call, max_without
from slogen.promql.selector import Matcher
from slogen.recorded.alerts import firing
from slogen.recorded.hours import OPEN, SUM_OF_HOUR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slogen.plan import ResolvedSLO
    from slogen.units import Duration


def series_of(slos: Sequence[ResolvedSLO], metric: str) -> Series:
    """Return a series that is recorded for some SLOs, which share the names of their labels."""
    return Series(metric, (_ids(slos),))


def newest_of(slos: Sequence[ResolvedSLO], metric: str) -> Aggregation:
    """Return the newest samples of a series of some SLOs, one for each group.

    max without (slo_service, slo_name) (slo:period_coverage:ratio{slo_id=~"x|y"})
    """
    return max_without(_edited(slos), series_of(slos, metric))


def alerts_of(slos: Sequence[ResolvedSLO]) -> Series:
    """Return the alerts of some SLOs that fire."""
    return firing(_ids(slos))


def counted_of(slos: Sequence[ResolvedSLO], increase: str, window: Duration) -> Aggregation:
    """Return how much there was in a window of more than an hour, of each group of some SLOs.

    sum without (slo_service, slo_name, slo_hour) (
        sum_over_time(slo:sli_errors:sum1h{slo_id=~"x|y"}[1d])
        or
        max without (slo_service, slo_name) (slo:sli_errors:open{slo_id=~"x|y"})
        unless
        group without (slo_service, slo_name) (
            last_over_time(slo:sli_errors:sum1h{slo_id=~"x|y"}[2h])
        )
    )

    That is what `slogen.compiler.hours.summed` is for one SLO.
    """
    whole = call("sum_over_time", series_of(slos, SUM_OF_HOUR[increase]).over(window))
    return _sum(slos, whole.or_(_open(slos, increase)))


def open_of(slos: Sequence[ResolvedSLO], increase: str, hours: Sequence[str]) -> Aggregation:
    """Return how much there was in hours that are not recorded yet.

    Args:
        slos: The SLOs.
        increase: The base series.
        hours: The numbers that these hours bear, of which there is one at least.
    """
    return _sum(slos, _open(slos, increase, (Matcher(HOUR_LABEL, "=~", "|".join(hours)),)))


def hours_of(slos: Sequence[ResolvedSLO], increase: str, window: Duration) -> Aggregation:
    """Return how much the hours that were recorded within a window held."""
    hours = series_of(slos, SUM_OF_HOUR[increase]).over(window)
    return _sum(slos, call("sum_over_time", hours))


def hours_with_data_of(slos: Sequence[ResolvedSLO], window: Duration) -> Aggregation:
    """Return how many hours with data were recorded within a window."""
    hours = series_of(slos, EVENTS_HOUR).over(window)
    return _sum(slos, call("count_over_time", hours))


def first_hour_of(slos: Sequence[ResolvedSLO], window: Duration) -> Aggregation:
    """Return when the first of the hours began that were recorded within a window."""
    hours = series_of(slos, EVENTS_HOUR).over(window)
    labels = (*_edited(slos), HOUR_LABEL)
    return Aggregation("min", labels, call("min_over_time", hours), without=True)


def _open(slos: Sequence[ResolvedSLO], increase: str, matchers: tuple[Matcher, ...] = ()) -> Binary:
    """Return what no hour holds yet; an hour that was just recorded is not counted twice."""
    edited = _edited(slos)
    known = series_of(slos, SUM_OF_HOUR[increase]).over(UNRECORDED)
    recorded = Aggregation("group", edited, call("last_over_time", known), without=True)
    still_open = series_of(slos, OPEN[increase])
    chosen = attrs.evolve(still_open, matchers=(*still_open.matchers, *matchers))
    return max_without(edited, chosen).unless(recorded)


def _sum(slos: Sequence[ResolvedSLO], operand: Expr) -> Aggregation:
    labels = (*_edited(slos), HOUR_LABEL)
    return Aggregation("sum", labels, operand, without=True)


def _edited(slos: Sequence[ResolvedSLO]) -> tuple[str, str]:
    """Return the labels that an edit may change."""
    naming = slos[0].naming
    return (naming.service, naming.name)


def _ids(slos: Sequence[ResolvedSLO]) -> Matcher:
    ids = (literal_regex(slo.definition.id) for slo in slos)
    return Matcher(slos[0].naming.id, "=~", "|".join(ids))
