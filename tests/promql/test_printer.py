"""Printed expressions mean what was built, however they are broken into lines."""

from __future__ import annotations

from decimal import Decimal

import attrs
import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.promql.expr import (
    INFINITY,
    Aggregation,
    Binary,
    Call,
    Expr,
    GrafanaRange,
    Number,
    Series,
    Subquery,
    as_bool,
    call,
    sum_by,
    times_one,
)
from slogen.promql.printer import WIDTH, text
from slogen.promql.selector import Matcher
from slogen.units import Duration

A, B, C = (Series(name, ()) for name in "abc")
HOUR = Duration("1h")
LONG = Series("a_metric_whose_name_fills_the_line", (Matcher("slo_id", "=", "shop-availability"),))

LABELS = st.lists(st.sampled_from(["tenant", "job", "region"]), unique=True).map(tuple)
NUMBERS = st.decimals(-1000, 1000, places=3).map(Number) | st.just(INFINITY)
WINDOWS = st.sampled_from(["5m", "90s", "1d", "30d"]).map(Duration)
MATCHERS = st.builds(
    Matcher,
    st.sampled_from(["a", "by", "slo_id"]),
    st.sampled_from(["=", "!="]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.just("x" * 60),
)
SERIES = st.builds(
    Series,
    st.sampled_from(["up", "slo:sli_errors:rate", "a_long_name" * 6]),
    st.lists(MATCHERS, max_size=2).map(tuple),
)
RANGES = st.builds(Series.over, SERIES, WINDOWS, st.none() | WINDOWS)
LEAVES = (
    SERIES
    | st.builds(call, st.sampled_from(["rate", "sum_over_time"]), RANGES)
    | st.builds(call, st.just("vector"), NUMBERS)
)


def _larger(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    arithmetic = st.sampled_from(["+", "-", "*", "/"])
    comparison = st.sampled_from([">", ">=", "<", "<="])
    sets = st.sampled_from(["and", "or", "unless"])
    return (
        st.builds(Binary, inner, arithmetic, inner | NUMBERS)
        | st.builds(Binary, NUMBERS, arithmetic, inner)
        | st.builds(Binary, inner, comparison, inner | NUMBERS, bool_=st.booleans())
        | st.builds(Binary, inner, sets, inner, on=st.none() | LABELS)
        | st.builds(times_one, inner, inner, LABELS)
        | st.builds(Aggregation, st.sampled_from(["sum", "max", "count"]), LABELS, inner)
        | st.builds(call, st.just("clamp"), inner, NUMBERS, NUMBERS)
        | st.builds(call, st.just("abs"), inner)
    )


EXPRESSIONS: st.SearchStrategy[Expr] = st.recursive(LEAVES, _larger, max_leaves=10)


def shape(node: promql_parser.Expr | Expr) -> object:
    """Return an expression as nested tuples, the same for what was built and what was parsed."""
    match node:
        case Number(value):
            return float(value)
        case Series(metric, matchers, (Duration() | None) as window, offset):
            found = [(m.label, m.operator, m.value) for m in matchers]
            return (metric, found, _span(window), _span(offset))
        case Call(function, arguments):
            return (function, [shape(argument) for argument in arguments])
        case Aggregation(operator, by, operand):
            return (operator, list(by), shape(operand))
        case Binary(left, op, right, bool_, on, group_left):
            labels = None if on is None else list(on)
            return (shape(left), op, bool_, labels, group_left, shape(right))
    return _parsed_shape(node)


def _parsed_shape(node: object) -> object:
    match node:
        case promql_parser.ParenExpr():
            return shape(node.expr)
        case promql_parser.NumberLiteral():
            return node.val
        case promql_parser.MatrixSelector() | promql_parser.VectorSelector():
            return _selection_shape(node)
        case promql_parser.Call():
            return (node.func.name, [shape(argument) for argument in node.args])
        case promql_parser.AggregateExpr():
            return (str(node.op), node.modifier.labels if node.modifier else [], shape(node.expr))
    assert isinstance(node, promql_parser.BinaryExpr)
    modifier = node.modifier
    matching = modifier.matching if modifier else None
    labels = matching.labels if matching else None
    bool_ = modifier is not None and modifier.return_bool
    many = modifier is not None and "ManyToOne" in str(modifier.card)
    return (shape(node.lhs), str(node.op), bool_, labels, many, shape(node.rhs))


def _selection_shape(node: promql_parser.MatrixSelector | promql_parser.VectorSelector) -> object:
    window = node.range if isinstance(node, promql_parser.MatrixSelector) else None
    node = node.vector_selector if isinstance(node, promql_parser.MatrixSelector) else node
    operators = {"Equal": "=", "NotEqual": "!="}
    matchers = [
        (m.name, operators[str(m.op).rpartition(".")[2]], m.value) for m in node.matchers.matchers
    ]
    return (node.name, matchers, window, node.offset)


def _span(duration: Duration | None) -> object:
    return promql_parser.parse_duration(str(duration)) if duration else None


@given(EXPRESSIONS)
def test_printed_expressions_mean_what_was_built(expr: Expr) -> None:
    """A parser reads the tree that was built: every parenthesis that is needed stands there."""
    assert shape(promql_parser.parse(text(expr))) == shape(expr)


@given(EXPRESSIONS)
def test_line_breaks_change_nothing(expr: Expr) -> None:
    """An expression on many lines is the one that stands on one line."""
    lines = text(expr).split("\n")
    flat = " ".join(line.strip() for line in lines)

    assert promql_parser.parse("\n".join(lines)).prettify() == promql_parser.parse(flat).prettify()


@given(EXPRESSIONS)
def test_breaks_only_what_does_not_fit(expr: Expr) -> None:
    """Several lines are used only where one is too long, and none ends with a space."""
    lines = text(expr).split("\n")
    flat = " ".join(line.strip() for line in lines).replace("( ", "(").replace(" )", ")")

    assert len(lines) == 1 or len(flat) > WIDTH
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (A + B + C, "a + b + c"),
        (A - (B - C), "a - (b - c)"),
        (A - (B + C), "a - (b + c)"),
        (A / B / C, "a / b / c"),
        (A / (B * C), "a / (b * c)"),
        ((A + B) * C, "(a + b) * c"),
        (A + B * C, "a + b * c"),
        (1 - A / B, "1 - a / b"),
        (2 * (1 - A), "2 * (1 - a)"),
        (A / (B > 0), "a / (b > 0)"),
        ((A >= 0) < INFINITY, "a >= 0 < Inf"),
        (Binary(A, ">", B < C), "a > (b < c)"),
        (A + B <= C, "a + b <= c"),
        (A.or_(B).and_(C), "(a or b) and c"),
        (A.or_(B.and_(C)), "a or b and c"),
        (A.and_(B).or_(C), "a and b or c"),
        (A.and_(B.or_(C)), "a and (b or c)"),
        (A.and_(B).unless(C), "a and b unless c"),
        (A.and_(B.unless(C)), "a and (b unless c)"),
        (A.or_(B) * 2, "(a or b) * 2"),
        (A.and_(B, on=("x", "y")), "a and on (x, y) b"),
        (A.unless(B, on=()), "a unless on () b"),
        (as_bool(A > 1), "a > bool 1"),
        (as_bool(A <= 1) - as_bool(A <= 0), "(a <= bool 1) - (a <= bool 0)"),
        (times_one(A, B, ("x",)) / 2, "a * on (x) group_left () b / 2"),
        (sum_by((), A), "sum(a)"),
        (sum_by(("x", "y"), A), "sum by (x, y) (a)"),
        (call("clamp_min", A - B, 0), "clamp_min(a - b, 0)"),
        (call("time"), "time()"),
        (A.over(HOUR, Duration("75s")), "a[1h] offset 75s"),
        (Series("a", (), offset=HOUR), "a offset 1h"),
        (attrs.evolve(A.over(HOUR), ahead=HOUR), "a[1h] offset -1h"),
        (A * Decimal("-0.50"), "a * -0.5"),
        (A * Decimal("1E-7"), "a * 0.0000001"),
        (Binary(A, ">=", Number(Decimal("-Infinity"))), "a >= -Inf"),
        (Binary(A, ">=", Number(Decimal("NaN"))), "a >= NaN"),
    ],
)
def test_known_expressions(expr: Expr, expected: str) -> None:
    """Parentheses stand where precedence needs them, and nowhere else."""
    assert text(expr) == expected


def test_set_operators_stand_on_their_own_line() -> None:
    """What is too long for a line is broken at the weakest operator first."""
    assert text((LONG > 1).and_(LONG > 2)) == (
        'a_metric_whose_name_fills_the_line{slo_id="shop-availability"} > 1\n'
        "and\n"
        'a_metric_whose_name_fills_the_line{slo_id="shop-availability"} > 2'
    )


def test_arithmetic_operators_begin_a_line() -> None:
    """A long operand on the right of an arithmetic operator moves to the next line with it."""
    assert text(LONG / LONG) == (
        'a_metric_whose_name_fills_the_line{slo_id="shop-availability"}\n'
        '/ a_metric_whose_name_fills_the_line{slo_id="shop-availability"}'
    )


def test_a_parenthesis_that_does_not_fit_is_a_block() -> None:
    """What stands in parentheses is indented by two spaces where it takes several lines."""
    assert text(call("clamp_max", sum_by((), LONG / LONG), 1)) == (
        "clamp_max(\n"
        "  sum(\n"
        '    a_metric_whose_name_fills_the_line{slo_id="shop-availability"}\n'
        '    / a_metric_whose_name_fills_the_line{slo_id="shop-availability"}\n'
        "  ),\n"
        "  1\n"
        ")"
    )


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (Series("a", (), Duration("5m"), at_end=True), "a[5m] @ end()"),
        (Series("a", (), Duration("5m"), Duration("7d")), "a[5m] offset 7d"),
        (Aggregation("topk", (), Series("a", ()), parameter=20), "topk(20, a)"),
        (Aggregation("topk", ("x",), Series("a", ()), parameter=1), "topk by (x) (1, a)"),
        (
            Subquery(Series("a", ()) > 1, Duration("1d"), Duration("5m")),
            "(a > 1)[1d:5m]",
        ),
        (Subquery(Series("a", ()), Duration("1d"), Duration("5m")), "a[1d:5m]"),
        (
            Binary(
                Series("a", ()),
                "*",
                Series("b", ()),
                on=("x",),
                group_left=True,
                brings=("owner",),
            ),
            "a * on (x) group_left (owner) b",
        ),
    ],
)
def test_expressions_of_dashboards(expr: Expr, expected: str) -> None:
    """What dashboards ask over their range is PromQL, too."""
    assert text(expr) == expected
    promql_parser.parse(f"sum_over_time({expected})" if expected.endswith("]") else expected)


def test_a_subquery_can_end_a_whole_range_earlier() -> None:
    """A dashboard compares a range with the one before it: Grafana puts its length in."""
    minute = Duration("1m")
    before = Subquery(Series("a", ()), minute, minute, offset=GrafanaRange())

    assert text(call("last_over_time", before)) == ("last_over_time(a[1m:1m] offset $__range)")
