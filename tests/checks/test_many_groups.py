"""Groups by a label with very many values are a warning."""

from __future__ import annotations

from slogen.checks.many_groups import CHECK
from slogen.model import SLO, Up
from tests.checks.checking import found, place_of


def slo(*labels: str) -> SLO:
    """Return an SLO that is grouped by labels."""
    sli = Up(gauge="up")
    return SLO(service="s", name="n", objective="99%", window="30d", group_by=labels, sli=sli)


def test_warns_of_a_label_with_a_value_for_each_person() -> None:
    """The warning points at the label, and says what to group by."""
    sli = Up(gauge="up")

    (warning,) = found(
        CHECK,
        SLO(service="s", name="n", objective="99%", window="30d", group_by=["user_id"], sli=sli),
    )

    assert warning.message == (
        's-n: group_by has "user_id", which by its name has very many values, each with series '
        "and a budget of its own"
    )
    assert warning.remedy == (
        "group by what you would act on, such as a tenant, a region or a route"
    )
    assert (warning.code, warning.severity) == ("many-groups", "warning")
    assert (warning.argument, place_of(warning)) == ("group_by", "user_id")


def test_warns_of_each_label() -> None:
    """Two such labels are worse than one."""
    assert len(found(CHECK, slo("pod", "tenant", "trace_id"))) == 2


def test_is_silent_of_other_labels() -> None:
    """A tenant, a region or a route is what groups are for."""
    assert found(CHECK, slo("tenant", "region", "route", "user_agent_family")) == []
