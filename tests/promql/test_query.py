"""Queries: what is read, what is refused, and where the window goes."""

from __future__ import annotations

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidPromQL
from slogen.promql.parsing import parse
from slogen.promql.query import Query
from slogen.units import Duration

HOUR = Duration("1h")
ALLOWED = "an expression that gives an instant vector, such as sum(rate(errors_total[$window]))"
WRITE_WINDOW = "write $window where a duration stands, such as rate(errors_total[$window])"
APPLY = "apply a function to the range, such as rate(errors_total[$window])"
WRAP = "write vector(...) around a number, or read a metric"
OPERANDS = ["x", "(x)", "1", "time()", "vector(1)", "sum(x)", "x[5m]", "x[5m:]", '"a"', "scalar(x)"]
OPERATIONS = [
    "{} + {}",
    "{} > {}",
    "{} > bool {}",
    "{} or {}",
    "-{}",
    "({})",
    "abs({})",
    "rate({})",
]
DANGEROUS = {
    "5,000 operators": "+".join(["foo"] * 5_000),
    "1,000,000 operators": "+".join(["foo"] * 1_000_000),
    "10,000 parentheses": f"{'(' * 10_000}foo{')' * 10_000}",
    "NUL": "\x00",
    "surrogate": 'foo{a="\ud800"}',
    "escaped surrogate": 'foo{a="\\ud800"}',
    "offset Inf": "foo offset Inf",
    "range 1e30": "rate(foo[1e30])",
    "many NULs in a string": f'foo{{a="{chr(0) * 19_000}"}}',
    "quotes": '"' * 1_000_000,
    "windows": "$window" * 2_000,
    "braces": "{{" * 9_000,
}
SNIPPETS = [
    *("foo", "[$window]", "$window", "$", "{", "}", "(", ")", '"', "`", "'", "a=", "[", "]", ":"),
    *("=~", " or ", "1e9", " offset ", "@", "-", "5", "sum", "rate(foo[5m])", "#", "\n", "\\"),
]


def nested(operands: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw operations on operands, whether or not their types fit."""
    texts = st.tuples(st.sampled_from(OPERATIONS), operands, operands)
    return texts.map(lambda drawn: drawn[0].format(*drawn[1:]))


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("up", "up"),
        ("  sum(\n    up # all\n  )\n", "sum(up)"),
        ("up{a=~`\\d`}", 'up{a=~"\\\\d"}'),
        ("rate(up[ $window ])", "rate(up[$window])"),
        ("vector(1)", "vector(1)"),
        ("1 + up", "1 + up"),
        ("-up", "-up"),
        ("(up)", "(up)"),
        ("1 > bool up or absent(down)", "1 > bool up or absent(down)"),
    ],
)
def test_has_one_spelling(text: str, tidied: str) -> None:
    """A query is kept on one line, without comments, with its placeholder."""
    query = Query(text)

    assert query.text == tidied
    assert str(query) == tidied
    assert Query(tidied) == query


@pytest.mark.parametrize(
    ("text", "over_an_hour"),
    [
        ("rate(x[$window])", "rate(x[1h])"),
        ("rate(x[$window]) / rate(y[$window])", "rate(x[1h]) / rate(y[1h])"),
        ("avg_over_time(x[$window:30s])", "avg_over_time(x[1h:30s])"),
        ("avg_over_time(x[1d:$window])", "avg_over_time(x[1d:1h])"),
        ("x offset $window", "x offset 1h"),
        ("x OFFSET -$window", "x OFFSET -1h"),
        ("rate(x[$window] offset $window)", "rate(x[1h] offset 1h)"),
        ("rate(x{a='$window'}[$window])", 'rate(x{a="$window"}[1h])'),
    ],
)
def test_puts_the_window_where_a_duration_stands(text: str, over_an_hour: str) -> None:
    """The placeholder gives way in brackets and behind offset, and stays in strings."""
    query = Query(text)

    assert query.uses_window
    assert query.with_window(HOUR) == over_an_hour


@pytest.mark.parametrize("text", ["rate(x[5m])", 'x{a="[$window]"}', "x # [$window]"])
def test_may_do_without_the_window(text: str) -> None:
    """A query with a window of its own is the same over every window."""
    query = Query(text)

    assert not query.uses_window
    assert query.with_window(HOUR) == query.text


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("up", ("up",)),
        ("b + a * b", ("b", "a")),
        ("vector(1)", ()),
        ('{__name__="a:b", c="d"}', ("a:b",)),
        ('{__name__=~"a"} or {c="d"}', ()),
        ("sum by (a) (rate(b[5m])) / -(c) > bool d", ("b", "c", "d")),
        ("max_over_time(rate(a[$window])[1h:])", ("a",)),
        ("topk(scalar(a), b)", ("a", "b")),
        ('label_replace(a, "b", "$1", "c", "(.*)")', ("a",)),
        ('count_values("a", b) and on (c) d', ("b", "d")),
    ],
)
def test_knows_the_metrics_it_reads(text: str, metrics: tuple[str, ...]) -> None:
    """Each metric is named once, in the order of the text; labels and functions are none."""
    assert Query(text).metrics == metrics


@pytest.mark.parametrize(
    "text",
    [
        *("up", 'up{a="b + c"}', "up offset 5m", "rate(up[5m])", "vector(1)", "(a + b)", "(-a)"),
        *("sum(a + b)", "sum by (c) (a)", "sum(a) by (c)", "sum (a) without (c)", "up @ 5"),
    ],
)
def test_atoms_need_no_parentheses(text: str) -> None:
    """Selectors, calls, aggregations and what stands in parentheses may be operands as they are."""
    query = Query(text)

    assert query.is_atomic
    assert f"2 ^ {parse(query.text).prettify()}" == parse(f"2 ^ {text}").prettify()


@pytest.mark.parametrize("text", ["a + b", "a or b", "(a) + (b)", "-a", "+a", "-(a)", "sum(a) > 1"])
def test_operations_need_parentheses(text: str) -> None:
    """What has an operator outside of parentheses could fall apart behind another one."""
    assert not Query(text).is_atomic


@pytest.mark.parametrize(
    ("text", "found", "remedy"),
    [
        ("up[5m]", "which is a range vector", APPLY),
        ("(up[$window])", "which is a range vector", APPLY),
        ("rate(up[1m])[5m:]", "which is a range vector", APPLY),
        ('"up"', "which is a string", "read a metric: a text has no samples"),
        ('("up")', "which is a string", "read a metric: a text has no samples"),
        ("1", "which is a scalar", WRAP),
        ("time()", "which is a scalar", WRAP),
        ("-(1) + scalar(up)", "which is a scalar", WRAP),
        ("1 > bool 2", "which is a scalar", WRAP),
    ],
)
def test_refuses_what_is_no_instant_vector(text: str, found: str, remedy: str) -> None:
    """Ranges, strings and numbers are refused, with what to make of them."""
    with pytest.raises(InvalidPromQL, match="Query is") as caught:
        Query(text)

    assert str(caught.value) == (
        f"Query is {text!r}, {found}\n  allowed: {ALLOWED}\n  remedy: {remedy}"
    )


@pytest.mark.parametrize(
    "text",
    [
        *("rate(x[$__rate_interval])", "rate(x[${__range}])", "rate(x[$interval])", "rate(x[$])"),
        *("rate(x[{{.window}}])", "rate(x[{{ .window }}])", "rate(x[[[window]]])", "rate($x[5m])"),
        *("rate(x[$windows])", "rate(x[$Window])", "rate(x[$window_])", "rate(x[$windowé])"),
        *("x * $window", "$window", "(:$window)", "x:$window", "x @ $window", "rate(x[5$window])"),
        *("rate(x[$window5m])", "sum by ($window) (x)", "x{a=$window}"),
    ],
)
def test_refuses_other_placeholders(text: str) -> None:
    """The placeholders of Sloth and Grafana, and a window that is no duration, get the remedy."""
    with pytest.raises(InvalidPromQL, match=r"Query is .*: not PromQL: ") as caught:
        Query(text)

    assert caught.value.found.startswith(f"{text!r}: not PromQL: ")
    assert caught.value.allowed == ALLOWED
    assert caught.value.remedy == WRITE_WINDOW


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no expression found in input"),
        (" # nothing\n", "no expression found in input"),
        ("sum(", "unclosed left parenthesis"),
        ("up up", "invalid promql query"),
        ("x), (y", "unexpected right parenthesis ')'"),
        ("x) + (y", "unexpected right parenthesis ')'"),
        ("rate(up)", "expected type matrix in call to function 'rate', got vector"),
        ('up{a="', 'unterminated string "'),
        ('up{a="\\q"}', 'invalid escape sequence in the string "\\q"'),
        ("up > 1e400", "the number 1e400 is out of range"),
        (
            'up{a="b" or c="d"}',
            'no "or" between matchers in PromQL: use a regex, such as code=~"500|503"',
        ),
    ],
)
def test_refuses_what_is_no_promql(text: str, words: str) -> None:
    """A text that no parser reads is refused with the text and the parser's words."""
    with pytest.raises(InvalidPromQL, match="Query is") as caught:
        Query(text)

    assert str(caught.value) == f"Query is {text!r}: not PromQL: {words}\n  allowed: {ALLOWED}"


@pytest.mark.parametrize("value", [None, 5, b"up", ["up"]])
def test_refuses_other_types(value: object) -> None:
    """Only texts and queries are queries."""
    with pytest.raises(InvalidPromQL, match="Query is") as caught:
        Query(value)  # type: ignore[arg-type]

    assert str(caught.value) == f"Query is {value!r}\n  allowed: {ALLOWED}"


def test_a_long_text_is_cut() -> None:
    """A fault shows the beginning of a long text, not all of it."""
    with pytest.raises(InvalidPromQL, match="Query is") as caught:
        Query("x" * 1_000 + "+")

    assert caught.value.found.startswith(f"'{'x' * 199}...: not PromQL: ")


def test_a_fault_points_to_the_text() -> None:
    """The fault is marked where the text stands."""
    with pytest.raises(InvalidPromQL, match="Query is") as caught:
        Query(
            text="up[5m]",
        )

    position = caught.value.position
    assert position is not None
    assert position.excerpt()[1].endswith("  ^^^^^^^^")


def test_queries_are_values() -> None:
    """Two queries of one text are equal wherever they stand, and frozen."""
    query, again = Query("sum( up )"), Query("sum(up) # again")

    assert query == again
    assert hash(query) == hash(again)
    assert Query(query) == query
    assert Query(query).origin is query.origin
    assert repr(query) == "Query(text='sum(up)')"
    with pytest.raises(AttributeError, match="can't set attribute"):
        query.text = "down"  # type: ignore[misc]


@pytest.mark.parametrize("text", DANGEROUS.values(), ids=DANGEROUS)
def test_refuses_dangerous_texts(text: str) -> None:
    """What would crash the parser, or keep it busy for minutes, is refused before it is read."""
    with pytest.raises(InvalidPromQL, match=r"Query is .*not PromQL: "):
        Query(text)


@pytest.mark.parametrize(
    "text",
    [
        "+".join(["foo"] * 1_001),
        " or ".join(["foo"] * 1_001),
        f"{'-' * 1_000}foo",
        "^".join(["x"] * 900),
    ],
    ids=["sum", "union", "signs", "powers"],
)
def test_large_queries_are_read(text: str) -> None:
    """Up to the limits of the parser every question is answered."""
    query = Query(text)
    answers = (query.metrics, query.is_atomic, query.uses_window, len(query.with_window(HOUR)))

    assert answers[1:] == (False, False, len(text))
    assert len(answers[0]) == 1


@given(st.recursive(st.sampled_from(OPERANDS), nested, max_leaves=8))
def test_agrees_with_the_type_checker(text: str) -> None:
    """A query is what may be summed up: any instant vector, and nothing else."""
    try:
        promql_parser.parse(text)
        promql_parser.parse(f"sum({text})")
    except ValueError:
        with pytest.raises(InvalidPromQL, match="Query is"):
            Query(text)
    else:
        assert Query(text).text == text


@given(st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=3), max_size=8).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever a user types is a query or a fault; a query is PromQL over every window."""
    try:
        query = Query(text)
    except InvalidPromQL as fault:
        assert str(fault).startswith("Query is")  # noqa: PT017 (either outcome is fine)
    else:
        assert Query(query.text) == query
        assert Query(query.with_window(HOUR)).metrics == query.metrics
