"""What to write instead of PromQL that is refused: made of the text that the user wrote.

A remedy that quotes PromQL has been read before it is said, so that it is not refused next.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidPromQL
from slogen.promql.lexing import WINDOW, placed_tokens
from slogen.promql.query import Query
from slogen.promql.rates import is_counted, lone_selector
from slogen.promql.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RANGE = re.compile(
    r"\[\s*(?:\{\{[^{}]*\}\}|\[\[\w*\]\]|\$\w+|\$\{[\w:]+\}|<\w+>|%\w|[0-9][0-9a-z]*)\s*(?=[]:])"
)
"""A range, fixed or to be filled in by another tool."""
_SLOTH = re.compile(r"\{\{\s*\.window\s*\}\}")
_INCREASE = re.compile(r"\b(?:increase|irate|delta|idelta)(?=\s*\()")
_DOTTED = re.compile(r"[a-zA-Z_:][\w:]*(?:[.-][\w:]+)*\.[\w:.-]*[\w:]")
_BRACED = re.compile(r"\s*\{(.*)\}\s*", re.DOTALL)
_NAMED = re.compile(
    r"""\{"(?P<quoted>[^"]*)"(?:,(?P<matchers>.*))?\}|(?P<plain>[\w:]+)\{(?P<others>.*)\}""",
    re.DOTALL,
)
"""A selector whose metric is in quotes, and one of which a label is."""
_PARTS = re.compile(r"_(?:bucket|count|sum|total)$")
_FROM_3 = 'where the settings say prometheus "3.0" or later, write'


def read_selector(value: Selector | str, remedy_of: Callable[[str], str]) -> Selector:
    """Return a selector.

    Args:
        value: The selector, or its text.
        remedy_of: What says what to write instead of a text that is none.

    Raises:
        InvalidPromQL: If it is none.
    """
    try:
        return Selector(value)
    except InvalidPromQL as fault:
        remedy = (remedy_of(value) if isinstance(value, str) else "") or fault.remedy
        raise attrs.evolve(fault, remedy=remedy) from fault.__cause__


def counter_remedy(text: str) -> str:
    """Return what to write for a text that is neither a selector nor a query over ``$window``.

    >>> print(counter_remedy("sum(rate(hits_total[5m]))"))
    write $window for the range: sum(rate(hits_total[$window]))
    or the counter alone, which loses no event: hits_total
    """
    quoted = quoted_names(text)
    if query := _query(f"sum(rate({quoted}[{WINDOW}]))") if quoted else None:
        return f"{_FROM_3} a query: {query}"
    ranged = _INCREASE.sub("rate", _with_window(text))
    if (query := _query(ranged)) and query.uses_window:
        sloth = ", which Sloth calls {{.window}}," if _SLOTH.search(text) else ""
        alone = lone_selector(query) if is_counted(query) else ""
        more = f"\nor the counter alone, which loses no event: {alone}" if alone else ""
        return f"write {WINDOW}{sloth} for the range: {query}{more}"
    if range_of := re.fullmatch(r"\s*(.*\S)\s*\[[^][]*\]\s*", text, re.DOTALL):
        return f"leave out the range: {range_of[1]}"
    return _without_range(text)


def _without_range(text: str) -> str:
    """Return how the metric of a query without a range is read over one."""
    query = _query(text)
    is_selector = query is not None and _query(f"rate({query}[{WINDOW}])") is not None
    if query is None or is_selector or query.has_offset or not query.metrics:
        return ""
    metric = query.metrics[0]
    return (
        f"write a query of events per second: rate({metric}[{WINDOW}]) of a counter, "
        f"last_over_time({metric}[{WINDOW}]) of a gauge"
    )


def histogram_remedy(text: str) -> str:
    """Return what to write for a text that is no histogram's selector.

    >>> histogram_remedy("histogram_quantile(0.9, rate(request_seconds_bucket[5m]))")
    'write the histogram alone: request_seconds'
    """
    if (name := quoted_names(text)) and (match := _NAMED.fullmatch(name)):
        base = _PARTS.sub("", match["quoted"] or match["plain"])
        matchers = match["matchers"] or match["others"] or ""
        bucket = f'{{"{base}_bucket",le="0.5"{"," if matchers else ""}{matchers}}}'
        count = f'{{"{base}_count"{"," if matchers else ""}{matchers}}}'
        return (
            f"{_FROM_3} events of queries instead of latency\n"
            f"total: sum(rate({count}[{WINDOW}]))\ngood: sum(rate({bucket}[{WINDOW}]))\n"
            "with the bound of your bucket in place of 0.5"
        )
    metrics = _metrics(text)
    return (
        f"write the histogram alone: {_PARTS.sub('', metrics[0])}{_rest(text)}" if metrics else ""
    )


def gauge_remedy(text: str) -> str:
    """Return what to write for a text that is no gauge's selector.

    >>> print(gauge_remedy("avg(up) by (job)"))
    write the gauge alone: up
    or error_ratio, whose query may be any expression between 0 and 1
    """
    if name := quoted_names(text):
        return f"{_FROM_3} error_ratio instead of up, with the query 1 - avg({name})"
    if metrics := _metrics(text):
        more = "or error_ratio, whose query may be any expression between 0 and 1"
        return f"write the gauge alone: {metrics[0]}{_rest(text)}\n{more}"
    return ""


def _rest(text: str) -> str:
    """Return what a selector has besides its metric, for a remedy that names the metric alone."""
    return "{...}, with its matchers" if "{" in text else ""


def quoted_names(text: str) -> str:
    """Return a selector whose names have other characters, with the names in quotes.

    >>> quoted_names("http.server.requests"), quoted_names("hits_total")
    ('{"http.server.requests"}', '')
    """
    plain = text.strip()
    if dotted := _DOTTED.match(plain):
        braced = _BRACED.fullmatch(plain[dotted.end() :] or "{}")
        if braced is None:
            return ""
        text = f'{{"{dotted[0]}"{"," if braced[1] else ""}{braced[1]}}}'
    query = _query(text) if '"' in text else None
    selector = _query(f"rate({text}[{WINDOW}])") if query else None
    is_new = selector is not None and selector.fault_on((2, 42)) is not None
    return query.text if query and is_new else ""


def _metrics(text: str) -> tuple[str, ...]:
    query = _query(_with_window(text))
    return query.metrics if query else ()


def _query(text: str) -> Query | None:
    try:
        return Query(text)
    except InvalidPromQL:
        return None


def _with_window(text: str) -> str:
    """Return a text in which every range that stands outside of strings is ``$window``."""
    strings = [token for token in placed_tokens(text) if token.kind == "string"]

    def pieces() -> Iterator[str]:
        done = 0
        for token in strings:
            yield _RANGE.sub(f"[{WINDOW}", text[done : token.begin])
            yield text[token.begin : token.end]
            done = token.end
        yield _RANGE.sub(f"[{WINDOW}", text[done:])

    return "".join(pieces())
