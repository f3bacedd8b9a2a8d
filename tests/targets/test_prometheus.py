"""Rule files read back to the rules that they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from ruamel.yaml import YAML

from slogen import SLO, Events, Service, build
from slogen.rules import AlertingRule, RecordingRule, Rule, RuleGroup
from slogen.targets.files import HEADER
from slogen.targets.prometheus import Prometheus
from slogen.units import Duration
from tests.targets.samples import RULE, built, built_of
from tests.targets.strategies import GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.targets.built import Layout


def read(text: str, *, version: str = "1.1") -> tuple[RuleGroup, ...]:
    """Return the groups that stand in a rule file."""
    reader = yaml.safe_load if version == "1.1" else YAML(typ="safe", pure=True).load
    document = reader(text)
    assert set(document) == {"groups"}
    return tuple(_group(group) for group in document["groups"])


def _group(group: Mapping[str, Any]) -> RuleGroup:
    spans = {key: Duration(group[key]) for key in ("interval", "query_offset") if key in group}
    assert set(group) == {"name", "rules", *spans}
    rules = tuple(_rule(dict(rule)) for rule in group["rules"])
    return RuleGroup(name=group["name"], rules=rules, **spans)


def _rule(rule: dict[str, Any]) -> Rule:
    labels = rule.pop("labels", None) or {}
    if "record" in rule:
        return RecordingRule(labels=labels, **rule)
    spans: dict[str, Any] = {
        name: Duration(rule.pop(key)) if key in rule else None
        for name, key in (("for_", "for"), ("keep_firing_for", "keep_firing_for"))
    }
    annotations = rule.pop("annotations", None) or {}
    return AlertingRule(labels=labels, annotations=annotations, **rule, **spans)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_build_reads_back(version: str) -> None:
    """The rules of an SLO come back from the file as they were, for every reader."""
    slo = SLO(
        service=Service('Größe: "1" {{x}}', owner="on", runbook="https://r/#a"),
        name="1:30",
        objective="99.9%",
        window="30d",
        sli=Events(total='requests{path=~"a\\\\.b|c: d #e"}', bad='errors{x="\\n"}'),
        group_by="tenant",
        description="a: b\n\n  {{ c }} # d",
        labels={"team": "no"},
    )
    built = build([slo])

    (file,) = built.render()

    assert read(file.text, version=version) == built.rules[0].groups


@settings(deadline=None)  # a busy machine is no fault of the rules
@given(GROUPS)
def test_any_group_reads_back(group: RuleGroup) -> None:
    """Whatever stands in the rules, also labels named like words of YAML, comes back."""
    (file,) = Prometheus().render((built(group),), "service")

    assert read(file.text, version="1.1") == (group,)
    assert read(file.text, version="1.2") == (group,)


def test_a_service_has_one_file() -> None:
    """All SLOs of a service stand in its file, in their order, and files are sorted by name."""
    slos = (built_of("b", "b-2", RULE), built_of("a", "a-1", RULE), built_of("b", "b-1", RULE))

    files = Prometheus().render(slos, "service")

    assert [file.path for file in files] == ["prometheus/a.yaml", "prometheus/b.yaml"]
    assert [group.name for group in read(files[1].text)] == ["slogen:b-2:fast", "slogen:b-1:fast"]


def test_a_file_is_one_document_with_a_header() -> None:
    """Prometheus loads only the first document of a file, so there is one."""
    (file,) = Prometheus().render(
        (built_of("a", "a-1", RULE), built_of("a", "a-2", RULE)), "service"
    )

    assert file.text.startswith(f"{HEADER}\ngroups:\n")
    assert file.text.endswith("\n")
    assert not file.text.endswith("\n\n")
    assert len(list(yaml.safe_load_all(file.text))) == 1


def test_a_file_looks_like_this() -> None:
    """The shape is that of the Prometheus docs: name, interval, rules; alerts with ``for``."""
    alert = AlertingRule(
        alert="Burns",
        expr="a > 1\nand\nb > 1",
        for_=Duration("2m"),
        keep_firing_for=Duration("10m"),
        labels={"severity": "page", "slo_window": "1h"},
        annotations={"summary": "x {{ $value }}"},
    )

    (file,) = Prometheus().render((built_of("a", "a-1", RULE, alert),), "service")

    assert file.text == (
        f"{HEADER}\n"
        "groups:\n"
        "  - name: slogen:a-1:fast\n"
        "    interval: 30s\n"
        "    rules:\n"
        "      - record: one\n"
        "        expr: vector(1)\n"
        "        labels:\n"
        '          slo_id: "x"\n'
        "      - alert: Burns\n"
        "        expr: |-\n"
        "          a > 1\n"
        "          and\n"
        "          b > 1\n"
        "        for: 2m\n"
        "        keep_firing_for: 10m\n"
        "        labels:\n"
        "          severity: page\n"
        '          slo_window: "1h"\n'
        "        annotations:\n"
        '          summary: "x {{ $value }}"\n'
    )


def test_nothing_makes_no_file() -> None:
    """Without SLOs there is no file."""
    assert Prometheus().render((), "service") == ()


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("service", ["prometheus/a.yaml", "prometheus/b.yaml"]),
        ("slo", ["prometheus/a-1.yaml", "prometheus/b-1.yaml", "prometheus/b-2.yaml"]),
        ("single", ["prometheus/slogen.yaml"]),
    ],
)
def test_layouts_decide_the_files(layout: Layout, expected: list[str]) -> None:
    """A file holds the SLOs of a service, one of them, or all."""
    slos = (built_of("b", "b-2", RULE), built_of("a", "a-1", RULE), built_of("b", "b-1", RULE))

    assert [file.path for file in Prometheus().render(slos, layout)] == expected


def test_layouts_hold_the_same_groups() -> None:
    """Only the files differ: every group is in one of them, as it was."""
    slos = (built_of("b", "b-2", RULE), built_of("a", "a-1", RULE), built_of("b", "b-1", RULE))
    layouts: tuple[Layout, ...] = ("service", "slo", "single")

    service, slo, single = (
        sorted(
            group.name for file in Prometheus().render(slos, layout) for group in read(file.text)
        )
        for layout in layouts
    )

    assert service == slo == single
