"""Resources for the Prometheus operator: valid, named for good, split where they are large."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from slogen import Settings, build, load, naming
from slogen.errors import InvalidValue, OutputError
from slogen.review.comparison.history import RECORDS, histories
from slogen.rules import RecordingRule
from slogen.targets.files import HEADER
from slogen.targets.prometheus import Prometheus
from slogen.targets.prometheus_operator import PrometheusOperator
from slogen.targets.rule_groups import GroupWriter
from slogen.targets.rule_resources import LARGEST
from tests.golden_cases import FOLDER, ROOT
from tests.realtools import promtool
from tests.targets import schemas
from tests.targets.samples import RULE, built, built_of
from tests.targets.strategies import GROUPS

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.rule_set import RuleSet
    from slogen.rules import RuleGroup
    from slogen.targets.built import Built, Layout

INPUTS = [
    ROOT / "docs" / "examples" / "erp",
    FOLDER / "group-by" / "slos.py",
    FOLDER / "kinds" / "slos.py",
]
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=130)


@pytest.fixture(params=INPUTS, ids=lambda path: path.parent.name)
def rules(request: pytest.FixtureRequest) -> RuleSet:
    """Return what is built from definitions: the ERP, one with groups, and one of every kind."""
    return build(load(request.param), Settings(prometheus="3.5", query_offset="1m"))


def large(service: str, slo_id: str, size: int) -> Built:
    """Return an SLO whose rules are nearly so many bytes of YAML."""
    expr = "x" * (size - 500)
    return built_of(service, slo_id, RecordingRule(record="one", expr=expr, labels={"a": "b"}))


def resources(*slos: Built, layout: Layout = "service", **options: Any) -> dict[str, Any]:  # noqa: ANN401 (options)
    """Return what the files of the target hold, by their paths."""
    files = PrometheusOperator(**options).render(slos, layout)
    return {file.path: yaml.safe_load(file.text) for file in files}


def test_a_resource_holds_the_groups_of_the_rule_file(rules: RuleSet) -> None:
    """What the operator hands to Prometheus is what the target for Prometheus writes."""
    found = {
        file.path.partition("/")[2]: yaml.safe_load(file.text)["spec"]
        for file in rules.render("prometheus-operator")
    }

    assert found == {
        file.path.partition("/")[2]: yaml.safe_load(file.text) for file in rules.render()
    }


def test_kubernetes_and_promtool_accept_it(rules: RuleSet, tmp_path: Path) -> None:
    """Each file is a resource with known fields alone, and its rules pass promtool's checks."""
    target = PrometheusOperator(namespace="a", labels={"b": "c"}, annotations={"d": "e: f"})
    files = []
    for number, file in enumerate(rules.render(target)):
        resource = yaml.safe_load(file.text)
        schemas.check(resource, schemas.PROMETHEUS_RULE)
        files.append(tmp_path / f"{number}.yaml")
        files[-1].write_text(yaml.safe_dump(resource["spec"]))

    assert promtool.check_rules("3", files).count("SUCCESS") == len(files)


def test_a_file_looks_like_this() -> None:
    """Metadata first, then the groups as a rule file has them."""
    target = PrometheusOperator(
        namespace="monitoring", labels={"release": "kube-prometheus"}, annotations={"a/b": "c"}
    )

    (file,) = target.render((built_of("shop", "shop-a", RULE),), "service")

    assert file.path == "prometheus-operator/shop.yaml"
    assert file.text == (
        f"{HEADER}\n"
        "apiVersion: monitoring.coreos.com/v1\n"
        "kind: PrometheusRule\n"
        "metadata:\n"
        "  name: slo-shop\n"
        "  namespace: monitoring\n"
        "  labels:\n"
        "    release: kube-prometheus\n"
        "  annotations:\n"
        '    a/b: "c"\n'
        "spec:\n"
        "  groups:\n"
        "    - name: slogen:shop-a:fast\n"
        "      interval: 30s\n"
        "      rules:\n"
        "        - record: one\n"
        "          expr: vector(1)\n"
        "          labels:\n"
        '            slo_id: "x"\n'
    )


@given(GROUPS)
def test_any_group_reads_back(group: RuleGroup) -> None:
    """Whatever texts the rules hold, the resource holds the same as the rule file."""
    (resource,) = resources(built(group)).values()
    (file,) = Prometheus().render((built(group),), "service")

    assert resource["spec"] == yaml.safe_load(file.text)


@given(st.lists(NAMES, min_size=2, max_size=2, unique=True), st.integers(1, 99))
def test_names_are_valid_and_nobody_elses(names: list[str], number: int) -> None:
    """Any two files have resources with two names, which Kubernetes takes, also after a split."""
    one, other = (naming.rule_resource(name) for name in names)
    later = naming.rule_resource(names[0], number)

    for name in (one, later):
        assert re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.\d+)?", name)
        assert len(name) <= 63 + len(".99")
    assert one != other
    assert later != other


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("service", {"slo-shop": 2, "slo-stock": 1}),
        ("slo", {"slo-shop-a": 1, "slo-shop-b": 1, "slo-stock-a": 1}),
        ("single", {"slo-slogen": 3}),
    ],
)
def test_the_layout_decides_what_a_resource_holds(layout: Layout, expected: dict[str, int]) -> None:
    """A resource stands for a file of the layout, and has a name made from that."""
    slos = (
        built_of("shop", "shop-a", RULE),
        built_of("shop", "shop-b", RULE),
        built_of("stock", "stock-a", RULE),
    )

    found = resources(*slos, layout=layout)

    groups = {one["metadata"]["name"]: len(one["spec"]["groups"]) for one in found.values()}
    assert groups == expected


def test_what_is_large_is_split() -> None:
    """Each resource is below the limit, and together they hold all SLOs in their order."""
    slos = tuple(large("shop", f"shop-{number}", 200_000) for number in range(5))

    files = PrometheusOperator(kustomization=True).render(slos, "service")
    found = {file.path: yaml.safe_load(file.text) for file in files}
    kustomization = found.pop("prometheus-operator/kustomization.yaml")

    assert {path: one["metadata"]["name"] for path, one in found.items()} == {
        "prometheus-operator/shop.yaml": "slo-shop",
        "prometheus-operator/shop+2.yaml": "slo-shop.2",
        "prometheus-operator/shop+3.yaml": "slo-shop.3",
    }
    assert max(len(file.text.encode()) for file in files) <= LARGEST
    groups = [group["name"] for one in found.values() for group in one["spec"]["groups"]]
    assert groups == [f"slogen:shop-{number}:fast" for number in range(5)]
    assert kustomization["resources"] == ["shop+2.yaml", "shop+3.yaml", "shop.yaml"]
    for one in found.values():
        schemas.check(one, schemas.PROMETHEUS_RULE)


def test_a_split_is_said() -> None:
    """A note names the file and how many there are; what is small is not spoken of."""
    slos = tuple(large("shop", f"shop-{number}", 200_000) for number in range(3))

    (finding,) = PrometheusOperator().findings((*slos, built_of("stock", "s", RULE)), "service")

    assert str(finding) == (
        "note: prometheus-operator/shop.yaml would be above 500,000 bytes: "
        "it is split into 2 files [rules-split]"
    )
    assert list(PrometheusOperator().findings(slos, "slo")) == []


def test_an_slo_that_is_too_large_is_refused() -> None:
    """No resource could hold it: all such SLOs are named, with their sizes."""
    slos = tuple(large("shop", slo_id, LARGEST + 600) for slo_id in ("shop-a", "shop-b"))
    size = len(GroupWriter(indent=4).text(slos[0])) + 1

    with pytest.raises(InvalidValue, match=r"^the YAML of the rules of shop-a is ") as caught:
        PrometheusOperator().render(slos[:1], "slo")
    with pytest.raises(Exception, match=r"shop-a is .*\n.*\n.*\n.*shop-b is "):
        PrometheusOperator().render(slos, "slo")

    assert str(caught.value) == (
        f"the YAML of the rules of shop-a is {size:,} bytes\n"
        "  allowed: at most 500,000: an operator copies them into a ConfigMap\n"
        "  remedy: write fewer tiers, or shorter queries, labels and annotations"
    )


def test_the_size_is_known_before_it_is_written() -> None:
    """The size of an SLO's groups is that of their text, also where texts are filled in."""
    writer = GroupWriter(indent=4)
    for one in build(load(INPUTS[0])).built:
        assert writer.size(one) == len(writer.text(one).encode()) + 1


def test_kustomize_is_told_the_files() -> None:
    """A kustomization names every resource, and no service can be in its place."""
    found = resources(built_of("shop", "a", RULE), kustomization=True)

    assert found["prometheus-operator/kustomization.yaml"] == {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": ["shop.yaml"],
    }
    with pytest.raises(OutputError, match=r"would be a file of rules and that of kustomize"):
        resources(built_of("kustomization", "a", RULE), kustomization=True)
    assert len(resources(built_of("kustomization", "a", RULE))) == 1


def test_a_switch_is_true_or_false() -> None:
    """A word is no switch: TOML has true and false."""
    with pytest.raises(
        InvalidValue, match=r"^PrometheusOperator\.kustomization is 'yes'\n  allowed"
    ):
        PrometheusOperator(kustomization="yes")  # type: ignore[arg-type]


def test_history_is_read_from_it() -> None:
    """An edit that loses history is seen in a folder that holds resources alone."""
    rules = build(load(INPUTS[1]))
    (file,) = rules.render("prometheus-operator")

    found = histories(PrometheusOperator.recording_rules(file.text, RECORDS))

    assert found["shop-availability"].group_by == ("tenant", "region")
