"""Real servers of both lines show every hostile string as it was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from slogen.compiler.sharing import Compiled
from slogen.rules import AlertingRule, RuleGroup
from slogen.units import Duration
from tests.hostile.expressions import form, strings
from tests.hostile.places import LINKS, described
from tests.hostile.rules import HOSTILE, built, page, page_labels
from tests.hostile.strings import STRINGS
from tests.realtools.server import running_prometheus
from tests.realtools.waiting import until

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from slogen import RuleSet
    from slogen.rules import Rule
    from slogen.targets.built import Built

FIRING = "firing"
"""The group of all pages, made to fire at once."""

_LONG = 1_000
_BURNS = "Burn rate: 1.0x. The alert fires above 14.4x over both 1h and 5m.\n"
_MOVING = re.compile(rf"\A(Since [0-9: -]+ UTC\.\n)?{re.escape(_BURNS)}(Budget: [^\n]+\.\n)?")
_YOUNG = re.compile(r"(?<= of events fail) over its first [0-9dhms. ]+(?=; 0\.1% are allowed\Z)")
"""What has no end: the alert is seen twice, and a few SLOs have data, by the time that we look."""


def _firing(rules: RuleSet) -> RuleSet:
    """Return the pages of all SLOs, so that they fire at once and show their words."""
    pages = (attrs.evolve(page(o.rules.groups), expr="vector(1)") for o in rules.built)
    group = RuleGroup(name=FIRING, interval=Duration("1s"), rules=tuple(pages))
    first = rules.built[0]
    one = attrs.evolve(first, compiled=Compiled.alone(attrs.evolve(first.rules, groups=(group,))))
    return attrs.evolve(rules, built=(one,))


def _written(rules: RuleSet, path: Path) -> Path:
    (file,) = rules.render("prometheus", layout="single")
    path.write_bytes(file.text.encode())
    return path


def _meant(rule: Rule) -> dict[str, object]:
    """Return what a rule says in somebody's own words."""
    shown: dict[str, object] = {"strings": strings(rule.expr), "labels": _filled(rule.labels)}
    if isinstance(rule, AlertingRule):
        return {**shown, "name": rule.alert, "annotations": dict(rule.annotations)}
    return {**shown, "name": rule.record}


def _shown(rule: Mapping[str, Any]) -> dict[str, object]:
    """Return the same of a rule that a server shows."""
    words = {key: rule[key] for key in ("name", "annotations") if key in rule}
    return {**words, "strings": strings(rule["query"]), "labels": _filled(rule["labels"])}


def _filled(labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels without those that are empty, which are none to Prometheus."""
    return {name: value for name, value in labels.items() if value}


def _told(rule: Mapping[str, Any]) -> list[dict[str, object]]:
    """Return the rendered labels and annotations of the alerts of a rule, as at first sight."""
    alerts = []
    for alert in rule["alerts"]:
        annotations = {
            **alert["annotations"],
            "description": _MOVING.sub(_BURNS, alert["annotations"]["description"]),
            "summary": _YOUNG.sub("", alert["annotations"]["summary"]),
        }
        alerts.append({"labels": alert["labels"], "annotations": annotations})
    return alerts


def _to_tell(words: Mapping[str, str], one: Built) -> list[dict[str, object]]:
    """Return what the one page of an SLO has to tell."""
    sli: Any = one.slo.definition.sli
    bad, total = (query.with_window(one.slo.timing.base_range) for query in (sli.bad, sli.total))
    lines = [_BURNS.rstrip("\n"), "Objective: 99.9% over 6h."]
    lines += [f"Owner: {words['owner']}"] if words["owner"] else []
    lines += [f"Bad: {bad}, of all {total}", "", described(words["description"]).strip("\n")]
    summary = f"{words['service']} {words['name']}: 0.1% of events fail; 0.1% are allowed"
    annotations = {
        "summary": summary,
        "description": "\n".join(lines),
        "runbook_url": LINKS + words["runbook"],
        "note": words["annotation"].strip("\n"),
    }
    return [{"labels": page_labels(words), "annotations": annotations}]


@pytest.mark.long
@pytest.mark.parametrize("line", ["2", "3"])
def test_all_strings_arrive(line: str, tmp_path: Path) -> None:
    """Names, values, labels and annotations are equal, and templates render as the text itself."""
    rules, firing = built(), _firing(built())
    files = [_written(rules, tmp_path / "rules.yaml"), _written(firing, tmp_path / "firing.yaml")]
    seen = f'count(ALERTS{{slo_window="1h"}}) == {len(HOSTILE)}'

    with running_prometheus(line, files, folder=tmp_path) as server:
        until(lambda: server.query(seen), seconds=60, pause=0.5)
        loaded = {group["name"]: group["rules"] for group in server.rule_groups()}
    pages = loaded.pop(FIRING)
    groups = {group.name: group for one in rules.built for group in one.rules.groups}
    pairs = (
        (_meant(rule), _shown(found))
        for name, group in groups.items()
        for rule, found in zip(group.rules, loaded[name], strict=True)
    )
    forms = [
        [form(rule["query"]) for group in one.rules.groups for rule in loaded[group.name]]
        for one in rules.built
    ]
    told = (
        (_to_tell(words, one), _told(rule))
        for words, one, rule in zip(HOSTILE, rules.built, pages, strict=True)
    )
    print(f"Prometheus {line}: {len(STRINGS)} strings in {len(groups)} groups")  # noqa: T201 (-rA)

    assert loaded.keys() == groups.keys()
    assert [pair for pair in pairs if pair[0] != pair[1]] == []
    # A query whose text is too long to stand several times in one expression is read as a rate.
    firsts: dict[bool, list[str]] = {}
    lengths = (len(words["matcher"]) + len(words["regex"]) > _LONG for words in HOSTILE)
    alike = zip(lengths, forms, strict=True)
    assert [form for is_long, form in alike if form != firsts.setdefault(is_long, form)] == []
    assert [pair for pair in told if pair[0] != pair[1]] == []
