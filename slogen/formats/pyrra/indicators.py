"""The indicators of Pyrra's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidValue
from slogen.formats.imported.indicators import Indicator, of_events
from slogen.formats.imported.notes import CONTRADICTION, DIFFERS
from slogen.formats.pyrra.spec import (
    AnyIndicatorSpec,
    GaugeSpec,
    LatencySpec,
    MetricSpec,
    NativeLatencySpec,
    RatioSpec,
)
from slogen.model import Events, Latency, Up
from slogen.model.sli.latency import unit_of
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.source import read_from
from slogen.units import length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slogen.formats.imported.notes import Notes
    from slogen.promql.selector import Matcher

_LIMIT, _EVERYTHING = "le", "+Inf"


def indicator_of(spec: AnyIndicatorSpec, notes: Notes) -> Indicator:
    """Return the indicator of an SLO, and say what differs.

    Raises:
        InvalidValue: If it cannot be read.
    """
    assert spec.origin is not None  # noqa: S101 (it was read from a file)
    with read_from(spec.origin):
        match spec:
            case RatioSpec():
                found = _of_ratio(spec)
            case LatencySpec():
                found = _of_latency(spec)
            case NativeLatencySpec():
                found = _of_native_latency(spec, notes)
            case GaugeSpec():
                found = Indicator(sli=Up(gauge=spec.metric), is_counted=False)
    found = attrs.evolve(found, group_by=spec.grouping)
    _say(found, spec, notes)
    return found


def metric_of(spec: AnyIndicatorSpec) -> str:
    """Return the metric that Pyrra names its series after."""
    if isinstance(spec, GaugeSpec):
        return spec.metric.metric
    counter = spec.total
    if counter is None and isinstance(spec, RatioSpec):
        counter = spec.errors
    assert counter is not None  # noqa: S101 (two of a ratio's three are there)
    return counter.metric.metric


def _of_ratio(spec: RatioSpec) -> Indicator:
    if spec.total is None:
        assert spec.errors is not None  # noqa: S101 (two of three are there)
        assert spec.success is not None  # noqa: S101 (two of three are there)
        _refuse_the_same(spec.errors, spec.success, "errors", "success")
        return _of_two_parts(spec.errors.metric, spec.success.metric, spec.grouping)
    part = spec.errors or spec.success
    assert part is not None  # noqa: S101 (two of three are there)
    _refuse_the_same(part, spec.total, "errors" if spec.errors else "success")
    total, counted = (_rate(s.metric, spec.grouping) for s in (spec.total, part))
    return of_events(Query(counted if spec.errors else f"{total} - {counted}"), Query(total))


def _of_two_parts(errors: Selector, success: Selector, by: Sequence[str]) -> Indicator:
    """Return the indicator of events that are the sum of two counters; either may be missing."""
    bad, good = _rate(errors, by), _rate(success, by)
    found = of_events(Query(bad), Query(f"{bad} + {good}"))
    if isinstance(found.sli, Events) and isinstance(found.sli.total, Selector):
        return found
    total = Query(f"({bad} or 0 * {good}) + ({good} or 0 * {bad})")
    return Indicator(sli=Events(total=total, bad=errors), group_by=tuple(by))


def _of_latency(spec: LatencySpec) -> Indicator:
    limits = [matcher for matcher in spec.success.metric.matchers if matcher.label == _LIMIT]
    if not any(m.operator == "=" and m.value != _EVERYTHING for m in limits):
        raise InvalidValue(
            "metric",
            _without_limit(limits),
            'a bucket of the histogram, such as http_request_duration_seconds_bucket{le="0.5"}',
            "for events that are good without a limit write ratio, with success and total",
            origin=spec.success.origin,
            argument="metric",
        )
    _refuse_the_same(spec.success, spec.total, "success")
    total, success = (_rate(s.metric, spec.grouping) for s in (spec.total, spec.success))
    return of_events(Query(f"{total} - {success}"), Query(total))


def _without_limit(limits: Sequence[Matcher]) -> str:
    """Return what is wrong with a bucket that has no limit."""
    if not limits:
        return "given without le"
    reason = "is that of all events" if limits[0].operator == "=" else "selects no single bucket"
    return f"{limits[0]}, which {reason}"


def _of_native_latency(spec: NativeLatencySpec, notes: Notes) -> Indicator:
    """Return the latency of a native histogram; Pyrra takes seconds for its unit, always."""
    histogram = spec.total.metric
    unit = unit_of(histogram.metric) or "s"
    if unit != "s":
        found = (
            f"{histogram.metric} measures in {unit}, and Pyrra takes it for seconds: "
            f"{length(spec.latency)} is taken as it is said here"
        )
        notes.add(CONTRADICTION, found, spec.origin, argument="latency")
    try:
        sli = Latency(histogram=histogram, under=spec.latency, unit=unit, native=True)
    except InvalidValue as fault:
        raise attrs.evolve(
            fault, subject="metric", origin=spec.total.origin, argument="metric"
        ) from fault
    return Indicator(sli=sli)


def _rate(selector: Selector, by: Sequence[str]) -> str:
    """Return what a counter counts, as a query."""
    groups = f" by ({', '.join(by)}) " if by else ""
    return f"sum{groups}(rate({selector}[$window]))"


def _refuse_the_same(part: MetricSpec, whole: MetricSpec, key: str, other: str = "total") -> None:
    """Refuse a part of the events that is all of them, or that is both good and bad.

    Raises:
        InvalidValue: If both select the same.
    """
    mine, its = part.metric, whole.metric
    if mine.metric == its.metric and set(mine.matchers) == set(its.matchers):
        found = f"{mine}, the same as {other}"
        quality = "bad" if key == "errors" else "good"
        allowed = f"the part of total that is {quality}"
        if other != "total":
            allowed = f"the events that are {quality}, and none of {other}"
        remedy = 'add a matcher, such as code=~"5.."' if key == "errors" else "add a matcher"
        raise InvalidValue(key, found, allowed, remedy, origin=part.origin, argument="metric")


def _say(found: Indicator, spec: AnyIndicatorSpec, notes: Notes) -> None:
    """Say what the numbers of an SLO mean instead of what they mean in Pyrra."""
    place = spec.origin
    if isinstance(spec, GaugeSpec):
        notes.add(
            DIFFERS,
            "each moment counts the part of the targets that is down; Pyrra counts samples, so "
            "that a target that is scraped more often weighs more",
            place,
        )
    elif isinstance(spec, NativeLatencySpec):
        notes.add(
            DIFFERS,
            "slow observations are counted; Pyrra estimates their part anew for each window",
            place,
        )
    else:
        notes.add(
            DIFFERS,
            "the ratio of the whole window is bad events over all events in both tools; slogen "
            "adds up exact counts, Pyrra extrapolates with increase()",
            place,
        )
    if isinstance(spec, LatencySpec) and not isinstance(found.sli, Latency):
        notes.add(
            DIFFERS,
            "success is counted as the good part of total, and not as a latency: it is no bucket "
            "of total's histogram with total's matchers, or measures something else than time",
            place,
        )
    if found.merged:
        many = ", ".join(found.merged)
        notes.add(DIFFERS, f"one counter stands for {many}; one of them may be missing", place)
    if found.group_by:
        labels = ", ".join(found.group_by)
        notes.add(DIFFERS, f"each {labels} has an error budget of its own (group_by)", place)
