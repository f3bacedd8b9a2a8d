"""A running server as checks see it: each question is asked once, and nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import attrs

from slogen.checks.reading import read_by
from slogen.errors import InvalidValue
from slogen.live.errors import QueryFailed, WrongServer
from slogen.model import Events, Latency
from slogen.plan import ResolvedSLO
from slogen.plan.hours import DAY
from slogen.promql.expr import Aggregation, Expr, Series, Text, call
from slogen.promql.selector import Selector
from slogen.rules import SLORules
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from slogen.live.client import Prometheus, Sample
    from slogen.promql.query import Query

COUNT_SUFFIX, BUCKET_SUFFIX = "_count", "_bucket"
"""How Prometheus calls the series of a classic histogram."""


@attrs.frozen(kw_only=True)
class Subject:
    """An SLO, and the rules that its definition makes.

    Attributes:
        slo: The SLO, with every choice made.
        rules: Its rule groups.
    """

    slo: ResolvedSLO
    rules: SLORules


class ServerView:
    """A server at one moment."""

    def __init__(
        self, prometheus: Prometheus, at: datetime, asked: Callable[[], None] = lambda: None
    ) -> None:
        """Take who is asked about when, and what is called for each answer; nothing is asked."""
        self._prometheus = prometheus
        self._at = at
        self._asked = asked
        self._known: dict[object, Any] = {}

    def series(self, source: Selector | Query, by: tuple[str, ...] = ()) -> tuple[Sample, ...]:
        """Return how many series a source has now, of each group that labels make.

        Raises:
            ServerError: If there is no answer that can be used.
        """
        return self.query(Aggregation("count", by, expr_of(source)))

    def query(self, expr: Expr) -> tuple[Sample, ...]:
        """Return what an expression is, asked once."""
        if expr not in self._known:
            self._known[expr] = self._prometheus.query(expr, self._at)
            self._asked()
        found: tuple[Sample, ...] = self._known[expr]
        return found

    def metric_type(self, metric: str) -> str:
        """Return what its exporter calls a metric, such as ``gauge``; empty if nobody says."""
        data = self._get(f"/api/v1/metadata?metric={quote(metric, safe='')}")
        said = data.get(metric) if isinstance(data, dict) else None
        given = said if isinstance(said, list) else ()
        types = {str(each.get("type")) for each in given if isinstance(each, dict)}
        return types.pop() if len(types) == 1 else ""

    def groups(self) -> Mapping[str, Mapping[str, Any]] | None:
        """Return the rule groups that the server evaluates, by name; None if it does not say."""
        data = self._get("/api/v1/rules")
        groups = data.get("groups") if isinstance(data, dict) else None
        if not isinstance(groups, list):
            return None
        return {str(group.get("name")): group for group in groups if isinstance(group, dict)}

    def rules(self, group: str) -> tuple[Mapping[str, Any], ...]:
        """Return the rules of a group as the server says them."""
        said = (self.groups() or {}).get(group, {}).get("rules")
        given = said if isinstance(said, list) else ()
        return tuple(rule for rule in given if isinstance(rule, dict))

    def retention(self) -> Duration | None:
        """Return for how long the server keeps samples, if it says so."""
        data = self._get("/api/v1/status/runtimeinfo")
        said = data.get("storageRetention") if isinstance(data, dict) else None
        words = said.split() if isinstance(said, str) else []
        try:
            return Duration(words[0]) if words else None
        except InvalidValue:
            # It keeps so many bytes, or samples of any age.
            return None

    def events_a_day(self, slo: ResolvedSLO) -> int | None:
        """Return how many events an SLO had in the last day, if a selector counts them."""
        counter = counter_of(slo)
        if counter is None:
            return None
        samples = self.query(Aggregation("sum", (), call("increase", counter.over(DAY))))
        return max(round(samples[0].value), 0) or None if samples else None

    def _get(self, path: str) -> Any:  # noqa: ANN401 (JSON of any shape)
        """Return the data behind a path; None where a server does not have it."""
        if path not in self._known:
            try:
                self._known[path] = self._prometheus.get(path)
            except (WrongServer, QueryFailed):
                self._known[path] = None
        return self._known[path]


def needed_of(slo: ResolvedSLO) -> Iterator[tuple[str, Selector | Query]]:
    """Yield what an SLO cannot do without, each with the argument that it was given as."""
    sli = slo.definition.sli
    names = {id(source): name for name, source in read_by(sli)}
    for source in sli.needed:
        yield names.get(id(source), "histogram"), source


def counter_of(slo: ResolvedSLO) -> Series | None:
    """Return the counter of all events, where a selector names it."""
    match slo.definition.sli:
        case Events(total=Selector() as total):
            return Series(total.metric, total.matchers)
        case Latency(native=False, histogram=histogram):
            return Series(f"{histogram.metric}{COUNT_SUFFIX}", histogram.matchers)
        case _:
            return None


def expr_of(source: Selector | Query) -> Expr:
    """Return what an SLI reads as an expression."""
    if isinstance(source, Selector):
        return Series(source.metric, source.matchers)
    return Text(source.with_window(Duration("5m")), is_atomic=source.is_atomic)
