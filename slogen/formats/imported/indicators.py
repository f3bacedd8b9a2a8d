"""From the queries of other tools to indicators: counters wherever that says the same.

What sums, subtracts and divides counters becomes their selectors, so that slogen counts events
instead of reading rates; a bucket of a histogram beside its count becomes a latency.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import attrs

from slogen.model import SLI, ErrorRatio, Events, Latency, Up
from slogen.model.sli.latency import unit_of
from slogen.promql.counted_sums import (
    CountedSum,
    Term,
    counted_ratio,
    counted_sum,
    gauge_of_ratio,
)
from slogen.promql.query import Query
from slogen.promql.selector import Matcher, Selector, braced
from slogen.units import length

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_COUNT, _BUCKET, _LIMIT = "_count", "_bucket", "le"
_ALL_OF_A_HISTOGRAM = Matcher(_LIMIT, "=", "+Inf")
_IN_SECONDS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_SHORTEST, _LONGEST = Decimal("1e-9"), Decimal("1e9")
"""Between which limits a bucket's bound is a length of time."""
_NO_LENGTHS = (
    *("_bytes", "_bits", "_ratio", "_percent", "_celsius", "_meters"),
    *("_grams", "_joules", "_volts", "_amperes"),
)
"""How names of histograms end that measure something else than time."""
_PLAIN_VALUE = re.compile(r"[\w-]+", re.ASCII)


@attrs.frozen(kw_only=True)
class Indicator:
    """An indicator that was made of queries.

    Attributes:
        sli: The indicator.
        group_by: The labels whose values each have a ratio of their own.
        needless: The parts of the queries that are left out because they say nothing.
        is_counted: Whether counters are counted, so that the period's ratio is events over events.
        merged: The counters that became one, where several did.
        mixed: Whether one query has rates and the other one increases.
        is_per_series: Whether the queries keep all labels, so that each series had its own ratio.
    """

    sli: SLI
    group_by: tuple[str, ...] = ()
    needless: tuple[str, ...] = ()
    is_counted: bool = True
    merged: tuple[str, ...] = ()
    mixed: bool = False
    is_per_series: bool = False


def of_events(errors: Query, total: Query) -> Indicator:
    """Return the indicator of two queries, for bad events and for all events.

    Raises:
        InvalidValue: If they are none that events can be counted by.
    """
    part, whole = counted_sum(errors), counted_sum(total)
    if part is None or whole is None or not _have_same_labels(part, whole):
        return Indicator(sli=Events(total=total, bad=errors), is_counted=False)
    return _counted(part, whole, is_good=False)


def of_ratio(ratio: Query) -> Indicator:
    """Return the indicator of a query that gives the part of events that are bad.

    Raises:
        InvalidValue: If it is none that events can be counted by.
    """
    if (gauge := gauge_of_ratio(ratio)) is not None:
        return Indicator(sli=Up(gauge=gauge), is_counted=False)
    found = counted_ratio(ratio)
    if found is None or not _have_same_labels(*found[:2]):
        return Indicator(sli=ErrorRatio(query=ratio), is_counted=False)
    part, whole, is_good = found
    return _counted(part, whole, is_good=is_good)


def _have_same_labels(part: CountedSum, whole: CountedSum) -> bool:
    if part.by is None or whole.by is None:
        return part.by is whole.by
    return set(part.by) == set(whole.by)


def _counted(part: CountedSum, whole: CountedSum, *, is_good: bool) -> Indicator:
    """Return the indicator of two sums of counters.

    Args:
        part: The bad events, or the good ones.
        whole: All events.
        is_good: Whether the part is that of the good ones.
    """
    terms = part.terms
    if part.subtracted and not is_good and _selectors(part.added) == _selectors(whole.terms):
        terms, is_good = part.subtracted, True
    elif part.subtracted and is_good and _selectors(part.added) == _selectors(whole.terms):
        terms, is_good = part.subtracted, False
    total, counter = _counter(whole.terms, part.by), _counter(terms, part.by)
    counter = _narrowed(total, counter, of_one={term.selector for term in whole.terms})
    sli: SLI | None = _bucket_of(total, counter) if is_good else None
    if sli is None:
        sli = _events(total, counter, is_good=is_good)
    several = (summed for summed in (whole.terms, terms) if len(summed) > 1 and _merged(summed))
    return Indicator(
        sli=sli,
        group_by=part.by or (),
        needless=(*part.needless, *whole.needless),
        merged=tuple(str(term.selector) for summed in several for term in summed),
        mixed=len({term.function for term in (*part.terms, *whole.terms)}) > 1,
        is_per_series=part.by is None,
    )


def _events(total: Selector | Query, part: Selector | Query, *, is_good: bool) -> Events:
    """Return events; what is good unless a label has some value is bad where it has it."""
    if not is_good:
        return Events(total=total, bad=part)
    if isinstance(total, Selector) and isinstance(part, Selector) and total.metric == part.metric:
        own = [matcher for matcher in part.matchers if matcher not in total.matchers]
        if len(own) == 1 and own[0].operator.startswith("!"):
            return Events(total=total, bad=total.where(str(own[0].negated)))
    return Events(total=total, good=part)


def _selectors(terms: Iterable[Term]) -> set[tuple[str, frozenset[Matcher], bool]]:
    return {
        (term.selector.metric, frozenset(term.selector.matchers), term.is_added) for term in terms
    }


def _counter(terms: tuple[Term, ...], by: tuple[str, ...] | None) -> Selector | Query:
    """Return the counter that counts what several do, or the query that adds them."""
    if len(terms) == 1:
        return terms[0].selector
    merged = _merged(terms)
    return merged if merged is not None else Query(_added(terms, by or ()))


def _added(terms: tuple[Term, ...], by: tuple[str, ...]) -> str:
    """Return the sum of counters as a query; what is filled up with 0 stays so."""
    grouping = f" by ({', '.join(by)}) " if by else ""
    text = ""
    for term in terms:
        rate = f"sum{grouping}(rate({term.selector}[$window]))"
        rate = f"({rate} or vector(0))" if term.is_filled and not by else rate
        sign = "+" if term.is_added is terms[0].is_added else "-"
        text = f"{text} {sign} {rate}" if text else rate
    return text


def _merged(terms: tuple[Term, ...]) -> Selector | None:
    """Return one selector for counters that differ in the value of one label; None for others."""
    first, *others = (term.selector for term in terms)
    if len({term.is_added for term in terms}) > 1 or any(s.metric != first.metric for s in others):
        return None
    every = [set(selector.matchers) for selector in (first, *others)]
    common = set.intersection(*every)
    apart = [matchers - common for matchers in every]
    if any(len(matchers) != 1 for matchers in apart):
        return None
    odd = [matcher for matchers in apart for matcher in matchers]
    values = [matcher.value for matcher in odd]
    is_plain = all(m.operator == "=" and _PLAIN_VALUE.fullmatch(m.value) for m in odd)
    if not is_plain or len({m.label for m in odd}) > 1 or len(set(values)) < len(values):
        return None
    either = Matcher(odd[0].label, "=~", "|".join(values))
    return _selector(first.metric, (*(m for m in first.matchers if m in common), either))


def _selector(metric: str, matchers: tuple[Matcher, ...]) -> Selector:
    return Selector(f"{metric}{braced(matchers)}")


def _narrowed(
    total: Selector | Query, part: Selector | Query, of_one: Collection[Selector]
) -> Selector | Query:
    """Return a part of the total with its matchers behind those of the total.

    Args:
        total: All events.
        part: Some events.
        of_one: The counters that the total stands for: each of them is a part of it.
    """
    if not isinstance(total, Selector) or not isinstance(part, Selector):
        return part
    own = tuple(matcher for matcher in part.matchers if matcher not in total.matchers)
    is_part = total.metric == part.metric and set(total.matchers) <= set(part.matchers)
    is_part = is_part or (part in of_one and bool(own))
    return _selector(part.metric, (*total.matchers, *own)) if is_part else part


def _bucket_of(total: Selector | Query, good: Selector | Query) -> Latency | None:
    """Return the latency whose good events are a bucket of the histogram that has the total."""
    if not isinstance(total, Selector) or not isinstance(good, Selector):
        return None
    name = good.metric.removesuffix(_BUCKET)
    if total.metric == f"{name}{_COUNT}":
        matchers = total.matchers
    elif total.metric == good.metric and _ALL_OF_A_HISTOGRAM in total.matchers:
        matchers = tuple(m for m in total.matchers if m != _ALL_OF_A_HISTOGRAM)
    else:
        return None
    own = [matcher for matcher in good.matchers if matcher not in matchers]
    limits = [m for m in own if m.label == _LIMIT and m.operator == "="]
    if (
        name == good.metric
        or len(own) != 1
        or not limits
        or not set(matchers) <= set(good.matchers)
    ):
        return None
    return latency(_selector(name, matchers), limits[0].value)


def latency(histogram: Selector, limit: str) -> Latency | None:
    """Return the latency whose limit is that of a bucket; None where it is no length of time.

    >>> latency(Selector("rpc_duration_seconds"), "0.25").under
    Decimal('0.25')
    >>> latency(Selector("http_response_size_bytes"), "1024") is None
    True

    Args:
        histogram: The histogram; seconds are its unit where its name tells none.
        limit: The value of the label ``le``.
    """
    unit = unit_of(histogram.metric) or "s"
    if histogram.metric.endswith(_NO_LENGTHS):
        return None
    try:
        bound = Decimal(limit)
    except InvalidOperation:
        return None
    if not bound.is_finite() or not _SHORTEST <= bound <= _LONGEST:
        return None
    return Latency(histogram=histogram, under=length(bound / _IN_SECONDS[unit]), unit=unit)
