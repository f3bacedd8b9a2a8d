"""What a version of Prometheus lacks is refused for it, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen.errors import InvalidPromQL
from slogen.promql.query import Query
from slogen.promql.versions import FUNCTIONS, features
from tests.promql.verdicts import refused

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.promql.versions import Version

FLAG = "promql-experimental-functions"
SINCE = {
    "histogram_stddev(x)": ("histogram_stddev()", (2, 47)),
    "histogram_stdvar(x)": ("histogram_stdvar()", (2, 47)),
    "histogram_avg(x)": ("histogram_avg()", (2, 51)),
    "histogram_avg (x)": ("histogram_avg()", (2, 51)),
    "sum(rate(x[300]))": ("the number 300 as a duration", (3, 0)),
    "sum_over_time(x[1h:60])": ("the number 60 as a duration", (3, 0)),
    "x offset 300": ("the number 300 as a duration", (3, 0)),
    "x offset -1.5": ("the number 1.5 as a duration", (3, 0)),
    "x > 1h": ("the duration 1h as a number", (3, 0)),
    "x > -1h30m": ("the duration 1h30m as a number", (3, 0)),
    "x @ 1h": ("the duration 1h as a number", (3, 0)),
    "topk(5m, x)": ("the duration 5m as a number", (3, 0)),
    "x offset 5m + 1m": ("the duration 1m as a number", (3, 0)),
    '{"x"}': ('the quoted name "x"', (3, 0)),
    '{"x.y", a="b"}': ('the quoted name "x.y"', (3, 0)),
    '{a="b", "x"}': ('the quoted name "x"', (3, 0)),
    'x{"a.b"="c"}': ('the quoted name "a.b"', (3, 0)),
    "x{'a'=~'b'}": ('the quoted name "a"', (3, 0)),
    'sum by ("a.b") (x)': ('the quoted name "a.b"', (3, 0)),
    'sum(x) WITHOUT (a, "b")': ('the quoted name "b"', (3, 0)),
    'x + on ("a") y': ('the quoted name "a"', (3, 0)),
    'x + ignoring ("a") y': ('the quoted name "a"', (3, 0)),
    'x + on (a) group_left ("b") y': ('the quoted name "b"', (3, 0)),
    'x + on (a) group_right ("b") y': ('the quoted name "b"', (3, 0)),
    "first_over_time(x[5m])": ("first_over_time()", (3, 14)),
}
EXPERIMENTAL = {
    "mad_over_time(x[5m])": ("mad_over_time()", FLAG),
    'sort_by_label(x, "a")': ("sort_by_label()", FLAG),
    'sort_by_label_desc(x, "a")': ("sort_by_label_desc()", FLAG),
    "limitk(1, x)": ("limitk()", FLAG),
    "LimitK by (a) (1, x)": ("limitk()", FLAG),
    "limitk without (a) (1, x)": ("limitk()", FLAG),
    "limit_ratio(0.5, x)": ("limit_ratio()", FLAG),
    "info(x)": ("info()", FLAG),
    "double_exponential_smoothing(x[5m], 0.5, 0.5)": ("double_exponential_smoothing()", FLAG),
    "ts_of_last_over_time(x[5m])": ("ts_of_last_over_time()", FLAG),
    "ts_of_max_over_time(x[5m])": ("ts_of_max_over_time()", FLAG),
    "ts_of_min_over_time(x[5m])": ("ts_of_min_over_time()", FLAG),
    "ts_of_first_over_time(x[5m])": ("ts_of_first_over_time()", FLAG),
    "x + fill(0) y": ("fill()", "promql-binop-fill-modifiers"),
    "x + on (a) group_left (b) fill_left (0) y": ("fill_left()", "promql-binop-fill-modifiers"),
    "x + fill_right(0) y": ("fill_right()", "promql-binop-fill-modifiers"),
    'histogram_quantiles(x, "q", 0.5, 0.9)': ("histogram_quantiles()", FLAG),
    "vector(start())": ("start()", FLAG),
    "vector(end())": ("end()", FLAG),
    "vector(range())": ("range()", FLAG),
    "vector(step())": ("step()", FLAG),
    "vector(max_of(1, 2))": ("max_of()", FLAG),
    "vector(min_of(1, 2))": ("min_of()", FLAG),
    "start_timestamp(x)": ("start_timestamp()", "use-start-timestamps"),
    "integral(x[5m])": ("integral()", FLAG),
}
OLD = (
    *("x offset -5m", "x @ start()", "x @ end ()", "x @ 1.5", "x @ 5 offset 1m", "x @ start() > 1"),
    *("rate(x[5m:1m] @ end())", "rate(x[1h30m])", "x > 3600", "x > 0x1F", "x > 1e3", "x == Inf"),
    *("step", "range + start", "fill", "limitk", 'limitk{a="b"}', "info + x", "info offset 5m"),
    *("sum by (step) (x)", "sum by (limitk, info) (x)", 'x{fill="a"}', "x / on (start, end) y"),
    *('label_replace(x, "a", "$1", "b", "c")', 'label_join(x, "a", ",", "b", "c")'),
    *('count_values("a", x)', 'x{a="b", c=~"d|e", f!="g"}', "x{a='b'}", 'x{a="1h", b="info(x)"}'),
    *("sum(x) by (a)", "x atan2 y", "group(x)", "clamp(x, 1, 2)", "sgn(x)", "histogram_count(x)"),
    *("histogram_sum(x)", "histogram_fraction(0, 1, x)", "histogram_quantile(0.5, x)", "pi() * x"),
    *("present_over_time(x[5m])", "last_over_time(x[5m])", "absent_over_time(x[5m])", "acosh(x)"),
    *("sum_over_time(x{job='a'}[5m:])", "x # first_over_time(y[300])"),
)
VERSIONS_TRIED: dict[str, Version] = {"2": (2, 42), "3": (3, 5)}


@pytest.mark.parametrize(("text", "name", "since"), [(text, *rest) for text, rest in SINCE.items()])
def test_refuses_what_is_newer(text: str, name: str, since: Version) -> None:
    """What came with a version is refused before it, with that version as the remedy."""
    query = Query(text)
    before = (since[0], since[1] - 1) if since[1] else (2, 55)
    fault = query.fault_on(before)

    assert query.fault_on(since) is None
    assert str(fault) == (
        f"Query is {query.text!r}: {name} is not in Prometheus {before[0]}.{before[1]}\n"
        f"  allowed: what Prometheus {before[0]}.{before[1]} knows\n"
        f'  remedy: let the settings say prometheus "{since[0]}.{since[1]}", or write it without'
    )


@pytest.mark.parametrize(
    ("text", "name", "flag"), [(text, *rest) for text, rest in EXPERIMENTAL.items()]
)
def test_refuses_what_is_experimental(text: str, name: str, flag: str) -> None:
    """What needs a feature flag is refused for all versions, with the flag's name."""
    query = Query(text)
    fault = query.fault_on((9, 0))

    assert query.fault_on((2, 42)) is not None
    assert str(fault) == (
        f"Query is {query.text!r}: {name} is experimental: it needs --enable-feature={flag}\n"
        "  allowed: what Prometheus 9.0 knows\n"
        "  remedy: write the query without it: slogen's rules must not need a feature flag"
    )


@pytest.mark.parametrize("text", OLD)
def test_takes_what_is_old(text: str) -> None:
    """What Prometheus 2.42 knows is refused for no version."""
    assert Query(text).fault_on((2, 42)) is None


@pytest.mark.parametrize("line", VERSIONS_TRIED)
def test_promtool_agrees(line: str, tmp_path: Path) -> None:
    """What is refused for a version is what that version refuses."""
    texts = [*SINCE, *EXPERIMENTAL, *OLD]
    expected = [text for text in texts if Query(text).fault_on(VERSIONS_TRIED[line])]

    assert refused(line, texts, tmp_path) == expected


def test_each_function_is_tried() -> None:
    """Every function of the table stands in a query above."""
    tried = {feature.name for text in (*SINCE, *EXPERIMENTAL) for feature in features(text)}

    assert {feature.name for feature in FUNCTIONS.values()} <= tried


def test_names_the_first_of_several() -> None:
    """Of several things that are too new one is named at a time."""
    fault = Query('histogram_avg({"x"}) > 1h').fault_on((2, 42))

    assert fault is not None
    assert "histogram_avg() is not in Prometheus 2.42" in fault.found


def test_window_is_a_duration() -> None:
    """The placeholder is no number, so that every version knows what it stands for."""
    assert Query("sum(rate(x[$window])) + sum(rate(x[$window:]))").fault_on((2, 42)) is None


def test_a_fault_has_the_place_of_the_query() -> None:
    """A query that is too new is marked where it was written."""
    fault = Query("histogram_avg(x)").fault_on((2, 42))

    assert fault is not None
    assert fault.position is not None
    assert fault.position.excerpt()[1].endswith(" ^^^^^^^^^^^^^^^^^^")


def test_says_what_became_of_holt_winters() -> None:
    """A function of Prometheus 2 that Prometheus 3 removed is refused with another one."""
    with pytest.raises(InvalidPromQL, match=r"remedy: Prometheus 3 no longer has holt_winters\(\)"):
        Query("holt_winters(x[5m], 0.5, 0.5)")
