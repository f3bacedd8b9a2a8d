"""A label of `group_by` that a query cannot have stops the build."""

from __future__ import annotations

import pytest

from slogen.checks.group_label_lost import CHECK
from slogen.model import SLI, SLO, ErrorRatio, Events, TimeSlices, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO that is grouped by tenant."""
    return SLO(service="s", name="n", objective="99%", window="30d", group_by=("tenant",), sli=sli)


def slices(query: str) -> SLO:
    """Return an SLO of time slices that is grouped by tenant."""
    return slo(TimeSlices(query=query, good_when="< 5"))


def test_refuses_a_label_that_a_query_aggregates_away() -> None:
    """The error points at the label, and says what leaves it out."""
    (error,) = found(CHECK, slices("max by (job) (lag)"))

    assert error.message == (
        'group_by of s-n has "tenant", which query cannot have: max by (job) leaves it out'
    )
    assert error.remedy == "keep tenant in query, or leave it out of group_by"
    assert (error.code, error.severity) == ("group-label-lost", "error")
    assert (error.argument, place_of(error)) == ("group_by", "tenant")


def test_refuses_a_bad_side_that_lacks_it() -> None:
    """A group whose errors have no label would never have any."""
    total, bad = "sum by (tenant) (rate(a[$window]))", "sum(rate(b[$window]))"

    (error,) = found(CHECK, slo(Events(total=total, bad=bad)))

    assert "which bad cannot have: sum leaves it out" in error.message


@pytest.mark.parametrize(
    ("query", "lost_by"),
    [
        ("sum without (tenant) (lag)", "sum without (tenant)"),
        ('max by (tenant) (lag{tenant=""})', '{tenant=""}'),
        ("max by (tenant) (sum by (job) (lag))", "sum by (job)"),
        ("lag * on (job) up", "on (job)"),
        ("lag / ignoring (tenant) up", "ignoring (tenant)"),
        ("lag / sum(lag)", "sum"),
        ("lag * on (job) group_left (tenant) max by (job) (up)", "max by (job)"),
        ("vector(1)", "vector(1)"),
        ("sum(lag) or max(up)", "sum"),
        ("count(lag) > 5", "count"),
        ("label_replace(sum(lag), 'job', 'x', '', '')", "sum"),
        (
            "label_replace(sum(lag), 'tenant', '$1', 'pod', '(.*)')",
            "label_replace from pod, which sum leaves out,",
        ),
        ("label_replace(sum by (job) (lag), 'tenant', '$1', 'pod', '(.+)')", "sum by (job)"),
        (
            "label_join(sum by (job) (lag), 'tenant', '', 'zone', 'pod')",
            "label_join from zone, which sum by (job) leaves out,",
        ),
        (
            "label_join(sum(lag), 'tenant', '-', 'pod')",
            "label_join from pod, which sum leaves out,",
        ),
    ],
)
def test_knows_what_takes_a_label_away(query: str, lost_by: str) -> None:
    """Aggregations, joins and matchers can take a label away for good."""
    (error,) = found(CHECK, slices(query))

    assert error.found.endswith(f"cannot have: {lost_by} leaves it out")


@pytest.mark.parametrize(
    "query",
    [
        "lag",
        "max by (tenant, job) (lag)",
        "sum without (job) (lag)",
        "topk(3, lag)",
        "label_replace(sum(lag), 'tenant', 'x', '', '')",
        "label_replace(sum(lag), 'tenant', 'all$1', 'pod', '(.*)')",
        "label_replace(sum by (pod) (lag), 'tenant', '$1', 'pod', '(.*)')",
        "label_replace(sum by (tenant) (lag), 'tenant', '$1', 'pod', '(.+)')",
        "label_join(sum(lag), 'tenant', '-', 'zone', 'pod')",
        "label_join(sum by (pod) (lag), 'tenant', '', 'zone', 'pod')",
        "count_values('tenant', lag)",
        "lag * on (job) group_left (tenant) owner",
        "sum by (job) (lag) * on (job) group_left (tenant) owner",
        "lag * on (job) group_left () sum by (job) (up)",
        "sum by (job) (up) * on (job) group_right () lag",
        "lag / on (tenant) up",
        "lag and on (job) sum by (job) (up)",
        "sum(lag) or lag",
        "time() - lag",
        "absent(lag{tenant='a'})",
    ],
)
def test_is_silent_where_the_label_may_be_there(query: str) -> None:
    """Which labels series have is not for a query to say."""
    assert found(CHECK, slices(query)) == []


def test_is_silent_of_selectors_and_without_groups() -> None:
    """A selector keeps all labels; without groups there is nothing to lose."""
    alone = SLO(
        service="s",
        name="n",
        objective="99%",
        window="30d",
        sli=ErrorRatio(query="sum(a) / sum(b)"),
    )

    assert found(CHECK, slo(Up(gauge="up"))) == []
    assert found(CHECK, alone) == []


def test_refuses_a_selector_of_series_without_the_label() -> None:
    """A matcher that asks for series without the label leaves no group."""
    (error,) = found(CHECK, slo(Up(gauge='up{tenant=""}')))

    assert 'which gauge cannot have: tenant="" leaves it out' in error.message
