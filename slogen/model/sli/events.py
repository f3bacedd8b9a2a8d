"""Indicators that count events with counters."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from slogen.errors import InvalidPromQL, InvalidValue
from slogen.model.arguments import blamed, line
from slogen.model.sli.event_names import event_name
from slogen.model.sli.missing import always_unknown
from slogen.promql.lexing import WINDOW
from slogen.promql.query import Query
from slogen.promql.rates import counter_function, is_counted
from slogen.promql.remedies import counter_remedy
from slogen.promql.selector import Selector
from slogen.source import Occurrence, Origin, caller
from slogen.units import Duration, quoted

_COUNTER = (
    'a metric and matchers, such as http_requests_total{service="api"}, or a query over $window, '
    "such as sum(rate(errors_total[$window]))"
)


def _counter(value: Selector | Query | str) -> Selector | Query:
    """Return a counter's selector, or the query that gives its rate over ``$window``."""
    counter = _selector_or_query(value)
    if isinstance(counter, Query) and (function := counter_function(counter)):
        allowed = f"a query that gives events per second over {WINDOW}"
        remedy = f"write rate(...[{WINDOW}]) instead of {function}(...)"
        part = Occurrence(f"{function}(")
        raise InvalidValue("counter", quoted(counter), allowed, remedy, part=part)
    return counter


def _selector_or_query(value: Selector | Query | str) -> Selector | Query:
    if isinstance(value, Query) and not value.uses_window:
        allowed = f"a selector, or a query over {WINDOW}"
        raise InvalidValue("counter", quoted(value), allowed)
    if isinstance(value, Selector | Query):
        return value
    if isinstance(value, str) and WINDOW in value and (query := Query(value)).uses_window:
        return query
    try:
        return Selector(value)
    except InvalidPromQL as fault:
        remedy = counter_remedy(value) if isinstance(value, str) else ""
        if not remedy:
            raise
        raise attrs.evolve(fault, allowed=_COUNTER, remedy=remedy) from fault.__cause__


def _same(total: Selector | Query, part: Selector | Query | None) -> bool:
    """Tell whether a part of the events is all of them, in whatever order the matchers stand."""
    if isinstance(total, Selector) and isinstance(part, Selector):
        return total.metric == part.metric and set(total.matchers) == set(part.matchers)
    return total == part


def _read_over(counter: Selector | Query, window: Duration) -> str:
    return counter.with_window(window) if isinstance(counter, Query) else str(counter)


def _metrics(counter: Selector | Query) -> set[str]:
    return {counter.metric} if isinstance(counter, Selector) else set(counter.metrics)


@attrs.frozen(kw_only=True, field_transformer=blamed)
class Events:
    """Counters of events: all of them, and either the bad or the good ones.

    Compiles to what the counters counted since the evaluation before, summed by group: of the
    total as events and, for ``bad``, of the bad ones as errors; for ``good``, errors are the total
    without the good ones.

    >>> requests = Selector('http_requests_total{job="api"}')
    >>> print(Events(total=requests, bad=requests.where('code=~"5.."')).bad)
    http_requests_total{job="api",code=~"5.."}

    Where a selector cannot say it, each may be a query that gives events per second over
    ``$window``, such as ``rate(hits_total[$window]) + rate(misses_total[$window])``. Where it only
    adds such rates, what the counters counted is added instead, so that nothing is lost; any other
    query loses what its rates do not see.

    Attributes:
        total: The counter of all events.
        bad: The counter of bad events; best a part of the total, made by ``where``.
        good: The counter of good events, where bad ones are not counted; best made likewise.
        when_missing: Always ``unknown``: without its counters nobody knows how many events there
            were.
        note: A clause of one line that alerts show behind what counts as bad, such as
            ``499, a client that left, counts as good``.
        origin: Where it was written down.

    Raises:
        InvalidValue: If not exactly one of ``bad`` and ``good`` is given, or it is the total.
    """

    kind: ClassVar[str] = "events"
    counts_events: ClassVar[bool] = True

    total: Selector | Query = attrs.field(converter=_counter)
    bad: Selector | Query | None = attrs.field(
        default=None, converter=attrs.converters.optional(_counter)
    )
    good: Selector | Query | None = attrs.field(
        default=None, converter=attrs.converters.optional(_counter)
    )
    when_missing: Literal["unknown"] = attrs.field(default="unknown", converter=always_unknown)
    note: str = attrs.field(default="", converter=line)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that one side, and one side only, is given."""
        if (self.bad is None) == (self.good is None):
            found = "given without bad or good" if self.bad is None else "given both bad and good"
            raise InvalidValue("Events", found, "exactly one of bad and good", origin=self.origin)
        side, part = ("good", self.good) if self.bad is None else ("bad", self.bad)
        if _same(self.total, part):
            raise InvalidValue(
                f"Events.{side}",
                "the same as total",
                'a part of the total, such as its series with code=~"5.."',
                origin=self.origin,
                argument=side,
            )

    @property
    def queries(self) -> tuple[Query, ...]:
        """The free queries among the counters."""
        sides = (self.total, self.bad, self.good)
        return tuple(side for side in sides if isinstance(side, Query))

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """The selectors among the counters."""
        sides = (self.total, self.bad, self.good)
        return tuple(side for side in sides if isinstance(side, Selector))

    @property
    def needed(self) -> tuple[Selector | Query, ...]:
        """The counters without which there is no data: bad events need not have happened yet."""
        return (self.total, self.good) if self.good and self.is_difference else (self.total,)

    def bad_in_words(self, window: Duration) -> str:
        """Return what counts as bad, with a window for ``$window``.

        >>> Events(total="requests_total", good="answers_total").bad_in_words(Duration("1m"))
        'what requests_total counts and answers_total does not'
        """
        note = f" ({self.note})" if self.note else ""
        return f"{self._bad_in_words(window)}{note}"

    def _bad_in_words(self, window: Duration) -> str:
        total, bad = _read_over(self.total, window), self.bad
        if self.is_part and isinstance(self.total, Selector) and isinstance(self.good, Selector):
            bad = self.total.without(self.good)
        if bad is not None:
            return f"{_read_over(bad, window)}, of all {total}"
        assert self.good is not None  # noqa: S101 (checked when it was made)
        return f"what {total} counts and {_read_over(self.good, window)} does not"

    def good_in_words(self, window: Duration) -> str:
        """Return what counts as good, with a window for ``$window``.

        >>> requests = Selector("requests_total")
        >>> sli = Events(total=requests, bad=requests.where('code=~"5.."'))
        >>> sli.good_in_words(Duration("1m"))
        'requests_total without code=~"5.."'
        """
        part = self.good or self.bad
        assert part is not None  # noqa: S101 (checked when it was made)
        narrowed = _read_over(part, window)
        if self.is_part and isinstance(self.total, Selector) and isinstance(part, Selector):
            matchers = (m for m in part.matchers if m not in self.total.matchers)
            narrowed = ",".join(map(str, matchers))
        return f"{_read_over(self.total, window)} {'with' if self.good else 'without'} {narrowed}"

    def bad_share(self, share: str) -> str:
        """Return the clause that says how much is bad; a bucket tells slow events, not failed ones.

        >>> Events(total="requests_total", good="answers_total").bad_share("9%")
        '9% of requests fail'
        """
        name = event_name(self.total.metric) if isinstance(self.total, Selector) else "events"
        matchers = (m for counter in self.selectors for m in counter.matchers)
        slow = any(matcher.label == "le" for matcher in matchers)
        return f"{share} of {name} {'are bad' if slow else 'fail'}"

    @property
    def is_part(self) -> bool:
        """Whether the bad or good events are a part of the total: the same metric, narrowed."""
        part = self.bad or self.good
        return (
            isinstance(self.total, Selector)
            and isinstance(part, Selector)
            and self.total.metric == part.metric
            and set(self.total.matchers) <= set(part.matchers)
        )

    @property
    def is_difference(self) -> bool:
        """Whether bad events are the total without the good events of another metric."""
        return self.good is not None and _metrics(self.total) != _metrics(self.good)

    @property
    def counts_whole_events(self) -> bool:
        """Whether each bad event counts as one: queries may give events per second instead."""
        return all(is_counted(query) for query in self.queries)
