"""Edits that keep an id: a warning where the history is lost or mixed, none where it goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from slogen import SLO, ErrorRatio, Events, Latency, Settings, TimeSlices, Up, build, naming
from slogen.naming import Naming
from slogen.targets.edits import findings
from slogen.targets.output import TEMPORARY, Change
from slogen.units import Duration
from tests.realtools import promtool

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.diagnostics import Diagnostic
    from slogen.rule_set import RuleSet

EVENTS = Events(total="requests", bad="errors")
UP = Up(gauge="up")
SETTINGS = {field.name for field in attrs.fields(Settings)} - {"origin", "owner", "runbook"}


def built(**changes: Any) -> RuleSet:  # noqa: ANN401 (any argument)
    """Return the rules of an SLO; arguments are the SLO's own, or those of its settings."""
    settings = {name: value for name, value in changes.items() if name in SETTINGS}
    arguments = {name: value for name, value in changes.items() if name not in SETTINGS}
    slo = {"service": "shop", "name": "slow", "id": "shop-slow", "sli": EVENTS, "window": "30d"}
    return build(SLO(objective="99%", **{**slo, **arguments}), Settings(**settings))


def edited(before: RuleSet, after: RuleSet, target: str = "prometheus") -> tuple[Diagnostic, ...]:
    """Return what is said when the files of some rules replace those of others."""
    old = {file.path: file.text for file in before.render(target)}
    new = {file.path: file.text for file in after.render(target)}
    changes = (Change(path, old.get(path), new.get(path)) for path in sorted(old | new))
    return findings(after.built, changes)


@pytest.mark.parametrize(
    ("before", "after", "recorded", "selected"),
    [
        ({}, {"identity": {"env": "prod"}}, "", ',env="prod"'),
        ({"identity": {"env": "a"}}, {"identity": {"env": "b"}}, ',env="a"', ',env="b"'),
        ({"identity": {"a": "1"}}, {"identity": {"b": "1"}}, ',a="1"', ',b="1"'),
    ],
    ids=["added", "changed", "renamed"],
)
def test_other_labels_of_identity_lose_the_history(
    before: dict[str, Any], after: dict[str, Any], recorded: str, selected: str
) -> None:
    """Rules select by labels that what was recorded does not have."""
    (finding,) = edited(built(**before), built(**after))

    assert finding.text == (
        "shop-slow: the rules do not find what was recorded: all windows and the budget start again"
        f'\n  recorded: slo:sli_events:increase{{slo_id="shop-slow"{recorded}}}'
        f'\n  selected: slo:sli_events:increase{{slo_id="shop-slow"{selected}}}'
        "\n  remedy: keep `identity` and `naming` as they were, unless everything shall start again"
    )
    assert (finding.code, finding.severity) == ("history-lost", "warning")


@pytest.mark.parametrize("names", [(Naming(), Naming.sloth()), (Naming.sloth(), Naming())])
def test_other_names_of_labels_lose_the_history(names: tuple[Naming, Naming]) -> None:
    """The label that holds the id has another name."""
    before, after = names

    (finding,) = edited(built(naming=before), built(naming=after))

    assert finding.code == "history-lost"
    assert finding.details == (
        f'recorded: slo:sli_events:increase{{{before.id}="shop-slow"}}',
        f'selected: slo:sli_events:increase{{{after.id}="shop-slow"}}',
    )


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        ((), ("tenant",), "tenant"),
        (("region",), ("region", "tenant"), "tenant"),
        (("region",), ("tenant",), "tenant"),
        ((), ("tenant", "region"), "tenant and region"),
    ],
)
@pytest.mark.parametrize("sli", [EVENTS, UP])
def test_new_groups_begin_anew(
    sli: Events | Up, before: tuple[str, ...], after: tuple[str, ...], label: str
) -> None:
    """What was recorded does not have the label that the groups are told apart by."""
    (finding,) = edited(built(sli=sli, group_by=before), built(sli=sli, group_by=after))

    assert finding.text == (
        f"shop-slow: what was recorded has no {label}: each group begins anew, and for 30d the old "
        f"history stays as a group without {label}"
        f"\n  before: group_by {', '.join(before) or 'nothing'}"
        f"\n  now: group_by {', '.join(after)}"
        "\n  remedy: keep `group_by`, or give the SLO a new id, so that all of its history begins "
        "anew"
    )
    assert (finding.code, finding.argument) == ("history-lost", "group_by")


@pytest.mark.parametrize("sli", [ErrorRatio(query="x"), TimeSlices(query="x", good_when="> 1"), UP])
@pytest.mark.parametrize("is_back", [False, True])
def test_another_unit_is_mixed(sli: ErrorRatio | TimeSlices | Up, *, is_back: bool) -> None:
    """A kind that counts events, against one that counts seconds, in both directions."""
    kinds = (sli, EVENTS) if is_back else (EVENTS, sli)
    units = ("seconds", "events") if is_back else ("events", "seconds")
    before, after = (built(sli=kind, window="7d") for kind in kinds)

    (finding,) = edited(before, after)

    assert finding.text == (
        f"shop-slow: {units[0]} were recorded, and {units[1]} will be: windows sum both until 7d "
        f"have passed\n  before: kind {kinds[0].kind}\n  now: kind {kinds[1].kind}"
        "\n  remedy: keep the kind of the SLI, or give the SLO a new id, so that all of its "
        "history begins anew"
    )
    assert (finding.code, finding.argument) == ("history-mixed", "sli")


def test_seconds_of_groups_are_not_those_of_the_whole() -> None:
    """Two groups counted two seconds each second, the whole counts one."""
    before = built(sli=UP, group_by=("tenant", "region"))

    (finding,) = edited(before, built(sli=UP, group_by=("tenant",)))

    assert finding.code == "history-mixed"
    assert finding.message == (
        "shop-slow: the seconds of more groups were recorded than will be: windows sum both until "
        "30d have passed"
    )
    assert finding.details == ("before: group_by tenant, region", "now: group_by tenant")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"slow_interval": "5m"}),
        ({}, {"scrape_interval": "15s"}),
        ({}, {"prometheus": "3.0"}),
        ({}, {"service": "store", "name": "other"}),
        ({}, {"window": "7d"}),
        ({}, {"labels": {"a": "b"}, "owner": "me"}),
        ({}, {"sli": Latency(histogram="x_seconds", under="1s")}),
        ({}, {"sli": Events(total="sum_of_requests", good="other")}),
        ({"sli": UP}, {"sli": ErrorRatio(query="x")}),
        ({"identity": {"env": "prod"}}, {}),
        ({"group_by": ("tenant",)}, {}),
        ({"group_by": ("tenant", "region")}, {"group_by": ("region", "tenant")}),
        ({"sli": UP, "group_by": ("a", "b")}, {"sli": UP, "group_by": ("b", "a")}),
        ({}, {"id": "shop-other"}),
    ],
)
def test_nothing_is_said_where_the_history_goes_on(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    """What later rules do not select or sum by may change; so may what events are counted by."""
    assert edited(built(**before), built(**after)) == ()


def test_says_each_fault_of_each_slo() -> None:
    """Several edits of an SLO are several warnings; SLOs that were not edited have none."""
    slos = [built(id=name).slos[0].definition for name in ("a", "b", "c")]
    changed = [
        attrs.evolve(slos[0], group_by=("tenant",), settings=Settings(identity={"env": "prod"})),
        slos[1],
        attrs.evolve(slos[2], sli=UP),
    ]

    found = edited(build(slos), build(changed))

    assert [(one.slo_id, one.code, one.argument) for one in found] == [
        ("a", "history-lost", None),
        ("a", "history-lost", "group_by"),
        ("c", "history-mixed", "sli"),
    ]


@pytest.mark.parametrize("edit", [{"identity": {"env": "prod"}}, {"group_by": ("tenant",)}])
def test_what_is_lost_is_not_mixed(edit: dict[str, Any]) -> None:
    """Windows that begin anew hold one unit alone."""
    found = edited(built(), built(sli=UP, **edit))

    assert [finding.code for finding in found] == ["history-lost"]


def test_finds_an_slo_in_another_file() -> None:
    """What an SLO recorded stands where it stood before, whatever file it moves to."""
    (finding,) = edited(built(), built(service="store", sli=UP))

    assert finding.code == "history-mixed"


def test_reads_the_target_json() -> None:
    """Rules are data for somebody who loads them."""
    (finding,) = edited(built(), built(sli=UP), "json")

    assert finding.code == "history-mixed"


def test_says_the_same_of_two_targets_once() -> None:
    """An edit is one edit, however many targets are written."""
    before, after = built(), built(sli=UP)
    old = [file for target in ("prometheus", "json") for file in before.render(target)]
    changes = [Change(file.path, file.text, None) for file in old]

    assert len(findings(after.built, changes)) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda path, _: Change(path, None, "new"),
        lambda path, _: Change(path, "", None),
        lambda path, text: Change(path, text[: len(text) // 9], None),
        lambda path, text: Change(f"other/{path}", text, None),
        lambda path, text: Change(f"{path}{TEMPORARY}", text, None),
        lambda _, text: Change("slogen.manifest", text, None),
        lambda _, text: Change("grafana/slo/a.json", text, None),
    ],
    ids=["new", "empty", "torn", "no-target", "temporary", "manifest", "dashboard"],
)
def test_what_holds_no_old_rules_is_passed_over(change: Any) -> None:  # noqa: ANN401 (a function)
    """A file that is new, torn or no rule file says nothing about what was recorded."""
    (file,) = built().render()

    assert findings(built(sli=UP).built, [change(file.path, file.text)]) == ()


def test_stands_where_the_slo_is_written_down() -> None:
    """The place is that of the argument which was edited, where the SLO gives it."""
    (finding,) = edited(built(), built(sli=UP))

    assert finding.position is not None
    assert finding.position.file == "tests/targets/test_edits.py"


@pytest.mark.parametrize(
    ("before", "after", "is_found"),
    [
        ({}, {"service": "store", "name": "other"}, True),
        ({"identity": {"env": "a"}}, {}, True),
        ({"group_by": ("tenant",)}, {}, True),
        ({"group_by": ("tenant", "region")}, {"group_by": ("region",)}, True),
        ({}, {"identity": {"env": "a"}}, False),
        ({"identity": {"env": "a"}}, {"identity": {"env": "b"}}, False),
        ({}, {"naming": Naming.sloth()}, False),
        ({}, {"group_by": ("tenant",)}, False),
        ({"group_by": ("region",)}, {"group_by": ("tenant",)}, False),
    ],
)
def test_prometheus_finds_what_nothing_is_said_about(
    before: dict[str, Any], after: dict[str, Any], *, is_found: bool, tmp_path: Path
) -> None:
    """The new rules find an hour of history or do not, just as the warnings say."""
    old, new = built(**before), built(**after)
    ratio = series(new, naming.ratio_rate(Duration("1h")))
    counts = {naming.EVENTS_INCREASE: 10, naming.ERRORS_INCREASE: 1}
    test = {
        "interval": "30s",
        "input_series": [
            {"series": series(old, name), "values": f"{count}x120"}
            for name, count in counts.items()
        ],
        "promql_expr_test": [
            {
                "expr": ratio,
                "eval_time": "1h",
                "exp_samples": [{"labels": ratio, "value": 0.1}] if is_found else [],
            }
        ],
    }
    (tmp_path / "rules.yaml").write_text(new.render()[0].text)
    (tmp_path / "test.yaml").write_text(
        json.dumps({"rule_files": ["rules.yaml"], "evaluation_interval": "30s", "tests": [test]})
    )

    said = [finding.code for finding in edited(old, new)]

    assert ("history-lost" in said) is not is_found
    promtool.test_rules("3", [tmp_path / "test.yaml"])


def series(rules: RuleSet, name: str) -> str:
    """Return a series of an SLO's as PromQL selects it, for the value x of each group's label."""
    (slo,) = rules.slos
    labels = {**slo.identity, **dict.fromkeys(slo.definition.group_by, "x")}
    return f"{name}{{{','.join(f'{label}={json.dumps(text)}' for label, text in labels.items())}}}"
