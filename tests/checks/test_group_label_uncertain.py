"""A recorded series whose name does not list a label of `group_by` is a warning."""

from __future__ import annotations

import pytest

from slogen.checks.group_label_uncertain import CHECK
from slogen.model import SLO, ErrorRatio, Up
from tests.checks.checking import found, place_of


def slo(sli: Up | ErrorRatio) -> SLO:
    """Return an SLO that is grouped by tenant."""
    return SLO(service="s", name="n", objective="99%", window="30d", group_by=["tenant"], sli=sli)


def test_warns_of_a_level_without_the_label() -> None:
    """The warning points at the metric, whose name says which labels it kept."""
    sli = ErrorRatio(query="max(job:errors:ratio5m)")

    (warning,) = found(CHECK, slo(sli))

    assert warning.message == (
        's-n: group_by has "tenant", which the name of job:errors:ratio5m does not list'
    )
    assert warning.remedy == "read series that have tenant, or leave it out of group_by"
    assert (warning.code, warning.severity) == ("group-label-uncertain", "warning")
    assert (warning.argument, place_of(warning)) == ("query", "job:errors:ratio5m")


def test_warns_of_a_selector() -> None:
    """A gauge may have been recorded, too."""
    assert len(found(CHECK, slo(Up(gauge="job:up:min")))) == 1


def test_is_silent_where_the_level_has_it() -> None:
    """A level is a list of labels, joined by underscores."""
    assert found(CHECK, slo(ErrorRatio(query="max by (tenant) (job_tenant:errors:ratio5m)"))) == []


@pytest.mark.parametrize(
    "query",
    [
        'label_replace(job:errors:ratio, "tenant", "$1", "customer", "(.+)")',
        "max by (tenant) (instance:cpu:ratio * on (instance) group_left (tenant) job:tenants:info)",
        'job:errors:ratio{tenant=~".+"}',
        "max by (tenant) (lag) > bool scalar(job:lag:p99)",
    ],
)
def test_is_silent_where_the_query_gives_the_label(query: str) -> None:
    """By a function, from other series, by a matcher; and where another series may have it."""
    assert found(CHECK, slo(ErrorRatio(query=query))) == []


def test_is_silent_of_other_names() -> None:
    """Only names of three parts follow the convention; series that are scraped have none."""
    assert found(CHECK, slo(Up(gauge="app:up"))) == []
    assert found(CHECK, slo(Up(gauge="up"))) == []
