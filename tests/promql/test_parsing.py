"""No text whatever crashes the parser, or keeps it busy."""

from __future__ import annotations

import promql_parser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slogen.errors import InvalidPromQL
from slogen.promql.parsing import DEEPEST_QUERY, LONGEST_QUERY, MOST_OPERATORS, parse

DANGEROUS = {
    "5,000 chained operators": "+".join(["foo"] * 5_000),
    "5,000 signs": f"{'-' * 5_000}foo",
    "10,000 parentheses": f"{'(' * 10_000}foo{')' * 10_000}",
    "9,000 parentheses": f"{'(' * 9_000}foo{')' * 9_000}",
    "10,000 open parentheses": "(" * 10_000,
    "10,000 open braces": "{" * 10_000,
    "nested calls": f"{'abs(' * 3_000}foo{')' * 3_000}",
    "2,800 chained words": " or ".join(["foo"] * 2_800),
    "offset Inf": "foo offset Inf",
    "offset NaN": "foo offset NaN",
    "offset 1e30": "foo offset -1e30",
    "range 1e30": "foo[1e30]",
    "step 1e30": "foo[5m:1e30]",
    "range of digits": f"foo[{'9' * 30}d]",
    "NUL": "\x00",
    "surrogate": 'foo{a="\ud800"}',
    "huge regex": 'foo{a=~"(x{1000}){1000}"}',
}
SNIPPETS = [
    "foo",
    "[5m]",
    "{",
    "}",
    "(",
    ")",
    '"',
    "a=",
    "=~",
    " or ",
    "1e",
    "offset ",
    "@",
    "-",
    "5",
]


@pytest.mark.parametrize(
    "text", ["up", 'up{a="b"}', "sum by (a) (rate(x[5m]))", "a and on () b", "1"]
)
def test_reads_promql(text: str) -> None:
    """An expression of PromQL is read as such."""
    assert parse(text).prettify() == text


@pytest.mark.parametrize("text", DANGEROUS.values(), ids=DANGEROUS)
def test_refuses_dangerous_texts(text: str) -> None:
    """What would crash the parser, or keep it busy for minutes, is refused before it is read."""
    with pytest.raises(InvalidPromQL, match="query is not PromQL: "):
        parse(text)


@pytest.mark.parametrize("text", ["foo offset Inf", "foo[1e30]"])
def test_a_panic_prints_nothing(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    """The library prints nothing, not even where the parser below it panics."""
    with pytest.raises(InvalidPromQL, match="query is not PromQL: "):
        parse(text)

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        f'up{{a="{"x" * (LONGEST_QUERY - 20)}"}}',
        f"{'(' * DEEPEST_QUERY}foo{')' * DEEPEST_QUERY}",
        "+".join(["a"] * (MOST_OPERATORS + 1)),
        "+".join(["(a)"] * (DEEPEST_QUERY + 100)),
    ],
    ids=["long", "deep", "chained", "wide"],
)
def test_reads_up_to_the_limits(text: str) -> None:
    """Up to each limit a text is read, so that no sensible query is refused."""
    assert parse(text) is not None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x" * (LONGEST_QUERY + 1), "it is longer than 20000 characters"),
        ("(" * (DEEPEST_QUERY + 1), "it is nested deeper than 100 levels"),
        ("-" * (MOST_OPERATORS + 1), "it has more than 1000 operators"),
        ("", "no expression found in input"),
        ("up{", "unexpected end of input"),
    ],
)
def test_says_why(text: str, reason: str) -> None:
    """A refusal gives the reason, and the beginning of the text."""
    with pytest.raises(InvalidPromQL, match="SLO is not PromQL") as caught:
        parse(text, "SLO")

    shown = text if len(text) <= 200 else f"{text[:200]}..."
    assert reason in caught.value.found
    assert str(caught.value) == (
        f"SLO is {caught.value.found}\n  allowed: a PromQL expression\n  remedy: look at: {shown}"
    )


def test_does_not_swallow_an_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is no panic: it goes through."""

    def interrupted(_: str) -> None:
        raise KeyboardInterrupt("now")

    monkeypatch.setattr(promql_parser, "parse", interrupted)

    with pytest.raises(KeyboardInterrupt, match="now"):
        parse("up")


@settings(max_examples=200)
@given(st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=3), max_size=8).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever a user types is an expression or a fault, never anything else."""
    try:
        expression = parse(text)
    except InvalidPromQL as fault:
        assert str(fault)  # noqa: PT017 (either outcome is fine)
    else:
        assert expression is not None
