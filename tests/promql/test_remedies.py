"""What to write instead of PromQL that is refused: remedies that are taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidPromQL
from slogen.model import Events, Latency, Up
from slogen.promql.matcher_words import matcher_remedy
from slogen.promql.remedies import counter_remedy, gauge_remedy, histogram_remedy, quoted_names

ALONE = "or the counter alone, which loses no event: "


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("sum(rate(x[5m]))", "sum(rate(x[$window]))"),
        ("sum(rate(x[$__rate_interval]))", "sum(rate(x[$window]))"),
        ("sum(rate(x[${window}]))", "sum(rate(x[$window]))"),
        ("sum(rate(x[[[window]]]))", "sum(rate(x[$window]))"),
        ("sum(increase(x[1h]))", "sum(rate(x[$window]))"),
        ('rate(x{a="[5m]"}[5m]) + rate(y[5m])', 'rate(x{a="[5m]"}[$window]) + rate(y[$window])'),
        ("count(last_over_time(x[5m]))", "count(last_over_time(x[$window]))"),
    ],
)
def test_a_range_gives_way_to_the_window(text: str, query: str) -> None:
    """A range that is fixed, or that another tool fills in, is `$window` in the remedy."""
    first = counter_remedy(text).split("\n")[0]

    assert first == f"write $window for the range: {query}"


def test_the_window_of_sloth_is_named() -> None:
    """Who pastes a query of Sloth reads what its placeholder is called here."""
    remedy = counter_remedy('sum(rate(x{code=~"5.."}[{{.window}}]))')

    assert remedy == (
        "write $window, which Sloth calls {{.window}}, for the range: "
        'sum(rate(x{code=~"5.."}[$window]))\n' + ALONE + 'x{code=~"5.."}'
    )


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("sum(rate(x[5m]))", True), ("rate(x[5m])", True), ("sum(rate(x[5m])) * 2", False)],
)
def test_a_counter_alone_is_told_where_it_says_the_same(text: str, is_told: bool) -> None:  # noqa: FBT001
    """What sums the rate of one counter is better said by the counter."""
    assert (ALONE in counter_remedy(text)) == is_told


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("x[5m]", "leave out the range: x"),
        (
            "count(x)",
            (
                "write a query of events per second: rate(x[$window]) of a counter, "
                "last_over_time(x[$window]) of a gauge"
            ),
        ),
        ("x offset 5m", ""),
        ('{job="a"}', ""),
        ("no PromQL (", ""),
    ],
)
def test_what_has_no_range_is_told_how_to_have_one(text: str, remedy: str) -> None:
    """A gauge's count and a counter's rate both need `$window`; a selector's fault is another."""
    assert counter_remedy(text) == remedy


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("http.server.requests", '{"http.server.requests"}'),
        ('http.server.requests{job="a"}', '{"http.server.requests",job="a"}'),
        ('{"http.server.requests"}', '{"http.server.requests"}'),
        ('x{"service.name"="a"}', 'x{"service.name"="a"}'),
        ("hits_total", ""),
        ('hits_total{a="b"}', ""),
        ("http.server.requests(", ""),
    ],
)
def test_names_of_utf8_metrics_are_quoted(text: str, selector: str) -> None:
    """A name with a dot is one of Prometheus 3, in quotes; other names are left alone."""
    assert quoted_names(text) == selector


@pytest.mark.parametrize("text", ['{"http.server.requests"}', "http.server.requests"])
def test_the_remedy_for_a_utf8_counter_is_taken(text: str) -> None:
    """The query that a remedy names is one that `Events` takes."""
    with pytest.raises(InvalidPromQL) as caught:
        Events(total=text, bad="errors_total")
    query = caught.value.remedy.partition("a query: ")[2]

    assert query == 'sum(rate({"http.server.requests"}[$window]))'
    assert Events(total=query, bad="errors_total").queries
    assert "2.42" not in str(caught.value)


def test_a_utf8_histogram_is_counted_by_queries() -> None:
    """A histogram with dots in its name is read as events, by its buckets and its count."""
    with pytest.raises(InvalidPromQL) as caught:
        Latency(histogram='{"http.server.duration"}', under="500ms", unit="s")
    _, total, good, bound = (line.partition(": ")[2] for line in caught.value.remedy.split("\n"))

    assert (bound, caught.value.remedy.split("\n")[-1][:14]) == ("", "with the bound")
    assert Events(total=total, good=good).queries


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ('{"http.server.duration"}', '{"http.server.duration_count"}'),
        (
            '{"http.server.duration","service.name"="shop"}',
            '{"http.server.duration_count","service.name"="shop"}',
        ),
        ('seconds{"service.name"="shop"}', '{"seconds_count","service.name"="shop"}'),
        ('http.duration{job="a"}', '{"http.duration_count",job="a"}'),
    ],
)
def test_the_queries_of_a_utf8_histogram_keep_its_matchers(text: str, total: str) -> None:
    """Whoever follows the remedy counts the same series, not those of all services."""
    _, said, good, _ = histogram_remedy(text).split("\n")

    assert said == f"total: sum(rate({total}[$window]))"
    assert good.removeprefix("good: ") == said.removeprefix("total: ").replace(
        '_count"', '_bucket",le="0.5"'
    )


def test_a_histogram_is_named_by_itself() -> None:
    """A quantile is no histogram, but it tells which one is meant."""
    with pytest.raises(InvalidPromQL, match="write the histogram alone: request_seconds") as caught:
        Latency(
            histogram="histogram_quantile(0.9, rate(request_seconds_bucket[5m]))", under="500ms"
        )

    assert histogram_remedy("no PromQL (") == ""
    assert caught.value.argument == "histogram"


def test_a_gauge_is_named_by_itself() -> None:
    """An average of gauges tells which gauge is meant, and `error_ratio` takes what is no gauge."""
    with pytest.raises(InvalidPromQL, match="write the gauge alone: up\n"):
        Up(gauge="avg(up)")

    assert gauge_remedy('avg(up{job="a"})').startswith(
        "write the gauge alone: up{...}, with its matchers\n"
    )
    assert "1 - avg({" in gauge_remedy('{"service.up"}')
    assert gauge_remedy("no PromQL (") == ""


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ('code=="500"', "write one = for a value that has to be equal"),
        ('code~="5.."', "write =~ for a regex that has to match"),
        ("code=~5..", "put the value between double quotes"),
        ('code="5" and x="y"', "write a comma between matchers: each of them has to hold"),
        ('{code="5"}', "leave out the braces"),
        ("code=\u201c500\u201d", 'write straight quotes: "'),
        ('x{a="b"', "close the brace with }"),
        ('x where a="b"', "write matchers on labels within braces"),
        (
            'status.code="500"',
            "write _ for the dot or the dash, unless Prometheus stores the label with it",
        ),
        ('code="a and b == c"', ""),
        ('code="500"', ""),
    ],
)
def test_matchers_of_other_languages_have_a_remedy(text: str, remedy: str) -> None:
    """What other languages write is said as PromQL writes it; strings are left alone."""
    assert matcher_remedy(text) == remedy


@given(st.text(alphabet='xa."[]{}$5m()=~+ \n', max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    """No text makes a remedy fail."""
    remedies = (counter_remedy(text), histogram_remedy(text), gauge_remedy(text))

    assert all(isinstance(remedy, str) for remedy in (*remedies, matcher_remedy(text)))
