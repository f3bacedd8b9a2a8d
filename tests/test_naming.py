"""Every name that slogen emits, and that none is emitted from elsewhere."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen import naming
from slogen.naming import Naming
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent / "slogen"
ELSEWHERE = [path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "naming.py"]

RESERVED = (
    *("severity", "status", "owner", "le", "quantile", "alertname", "__name__"),
    *("slo_id", "slo_service", "slo_name", "slo_window", "slo_owner", "slo_burn_rate"),
    *("sloth_id", "sloth_service", "sloth_slo", "sloth_window"),
)
_NOT_EMITTED = re.compile(r"^slo_p(eriod|lugins)$|\$\{slo:queryparam\}")
ASCII_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (naming.ERRORS_INCREASE, "slo:sli_errors:increase"),
        (naming.EVENTS_INCREASE, "slo:sli_events:increase"),
        (naming.RATIO_PERIOD, "slo:sli_error:ratio_period"),
        (naming.OBJECTIVE, "slo:objective:ratio"),
        (naming.ERROR_BUDGET, "slo:error_budget:ratio"),
        (naming.PERIOD_DAYS, "slo:time_period:days"),
        (naming.CURRENT_BURN_RATE, "slo:current_burn_rate:ratio"),
        (naming.PERIOD_BURN_RATE, "slo:period_burn_rate:ratio"),
        (naming.BUDGET_REMAINING, "slo:period_error_budget_remaining:ratio"),
        (naming.COVERAGE, "slo:period_coverage:ratio"),
        (naming.TIME_TO_EXHAUSTION, "slo:time_to_exhaustion:seconds"),
        (naming.BUDGET_STATUS, "slo:error_budget_status"),
        (naming.STATUS_LABEL, "status"),
        (naming.SEVERITY_LABEL, "severity"),
        (naming.ALERT_PAGE, "SLOBurnRatePage"),
        (naming.ALERT_TICKET, "SLOBurnRateTicket"),
        (naming.ERRORS_SUM, "slo:sli_errors:sum1h"),
        (naming.EVENTS_SUM, "slo:sli_events:sum1h"),
        (naming.EVENTS_HOUR, "slo:sli_events:hour"),
        (naming.ERRORS_OPEN, "slo:sli_errors:open"),
        (naming.EVENTS_OPEN, "slo:sli_events:open"),
        (naming.ERRORS_PERIOD, "slo:sli_errors:period"),
        (naming.EVENTS_PERIOD, "slo:sli_events:period"),
        (naming.DATA_RATIO, "slo:sli_data:ratio"),
        (naming.SEEN_RATIO, "slo:sli_seen:ratio"),
        (naming.HOUR_LABEL, "slo_hour"),
        (naming.MISSING_LABEL, "slo_missing"),
        (naming.EVENTS_LATELY, "slo:sli_events:sum30m"),
        (naming.GROUP_EVENTS_LATELY, "slo:sli_group_events:sum30m"),
        (naming.ALERT_INFO, "SLOBurnRateInfo"),
        (naming.ALERT_STALE_GROUPS, "SLOGroupDataStale"),
        (naming.ALERT_INCOMPLETE, "SLODataIncomplete"),
        (naming.ratio_rate(Duration("1h")), "slo:sli_error:ratio_rate1h"),
        (naming.ratio_rate(Duration("24h")), "slo:sli_error:ratio_rate1d"),
        (naming.group("shop-latency", "fast"), "slogen:shop-latency:fast"),
    ],
)
def test_names_are_those_of_the_design(name: str, expected: str) -> None:
    """Dashboards and alerts of users hang on these names: they never change by accident."""
    assert name == expected


def test_own_labels() -> None:
    """Slogen's own labels begin with ``slo_``."""
    assert attrs.asdict(Naming()) == {
        "id": "slo_id",
        "service": "slo_service",
        "name": "slo_name",
        "window": "slo_window",
        "owner": "slo_owner",
        "burn_rate": "slo_burn_rate",
        "info": "slo_info",
        "severity": None,
    }


def test_labels_of_sloth() -> None:
    """Sloth's preset writes the labels that dashboards for Sloth read."""
    assert attrs.asdict(Naming.sloth()) == {
        "id": "sloth_id",
        "service": "sloth_service",
        "name": "sloth_slo",
        "window": "sloth_window",
        "owner": "slo_owner",
        "burn_rate": "slo_burn_rate",
        "info": "sloth_slo_info",
        "severity": "sloth_severity",
    }


@pytest.mark.parametrize("label", [*RESERVED, "slo_mine", "sloth_mine", "__address__"])
def test_reserves_labels_that_are_set_for_the_user(label: str) -> None:
    """A label that slogen, an alert or a histogram sets cannot be the user's."""
    assert naming.is_reserved(label)


@pytest.mark.parametrize(
    "label", ["tenant", "job", "team", "slow", "slo", "_id", "Severity", "region"]
)
def test_leaves_other_labels_to_the_user(label: str) -> None:
    """Any other label is free."""
    assert not naming.is_reserved(label)


@pytest.mark.parametrize(
    ("kind", "name", "names", "expected"),
    [
        ("overview", "", Naming(), "slogen-overview"),
        ("report", "", Naming.sloth(), "slogen-sloth-report"),
        ("service", "backend-api", Naming(), "slo-backend-api"),
        ("service", "Backend_API", Naming.sloth(), "sloth-Backend_API"),
        ("service", "backend.api", Naming(), "slo-backend-api-2611739864"),
        ("service", "a" * 36, Naming(), f"slo-{'a' * 36}"),
        ("team", "team-data", Naming(), "slogen-team-team-data"),
    ],
)
def test_uids_of_dashboards(kind: str, name: str, names: Naming, expected: str) -> None:
    """Links and permissions hang on a dashboard's uid: it never changes by accident."""
    assert naming.uid(kind, name, names) == expected


@given(st.text(), st.sampled_from(["service", "team"]))
def test_every_name_has_a_uid_that_grafana_takes(name: str, kind: str) -> None:
    """At most 40 characters, and none that an address would not hold."""
    made = naming.uid(kind, name, Naming())

    assert naming.is_uid(made)
    assert naming.is_label_name(naming.resource(made).replace("-", "_").lower())
    assert len(naming.folder(name)) <= 40


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_names_have_two_uids_and_folders(one: str, other: str) -> None:
    """What is told apart by its name is told apart by its dashboard."""
    assert (naming.uid("service", one, Naming()) == naming.uid("service", other, Naming())) == (
        one == other
    )
    assert (naming.folder(one) == naming.folder(other)) == (one == other)


@given(st.text())
def test_a_literal_regex_is_the_text(text: str) -> None:
    """A name in a dashboard's query matches itself, and is no variable of Grafana's."""
    pattern = naming.literal_regex(text)

    assert re.fullmatch(pattern, text)
    assert not re.search(r"\$\w|\$\{|\[\[", pattern.replace("[$]", ""))


@given(st.text(st.sampled_from(f"{ASCII_LETTERS}0123456789_"), min_size=1))
def test_letters_digits_and_underscores_are_label_names(text: str) -> None:
    """A label's name is made of letters, digits and underscores, not beginning with a digit."""
    expected = not text[0].isdigit()

    assert naming.is_label_name(text) is expected
    assert naming.is_metric_name(f":{text}")


@pytest.mark.parametrize("text", ["", "1a", "a-b", "a.b", "a b", "a\n", "\na", "é", "٣", "a\x00"])
def test_other_texts_name_nothing(text: str) -> None:
    """What only Prometheus 3 takes in quotes, or no version, is no name."""
    assert not naming.is_label_name(text)
    assert not naming.is_metric_name(text)


def test_only_metrics_have_colons() -> None:
    """A colon belongs into the name of a metric, not of a label."""
    assert naming.is_metric_name("a:b")
    assert not naming.is_label_name("a:b")


@pytest.mark.parametrize("path", ELSEWHERE, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_names_stand_in_naming_alone(path: Path) -> None:
    """No string but a docstring holds the beginning of an emitted name outside of naming.py.

    Two keys of Sloth's files begin like labels, and a variable of Grafana's ends like a prefix.
    """
    strangers = [
        f"{path.name}:{node.lineno}: {node.value!r}"
        for node in _strings(ast.parse(path.read_text(encoding="utf-8")))
        if re.search("slo[:_]", _NOT_EMITTED.sub("", str(node.value)))
    ]

    assert strangers == []


def _strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Return the string literals of a module, the parts of f-strings too, without docstrings."""
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node
