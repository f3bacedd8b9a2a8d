"""Tests for promtool: ``promtool-tests/<id>.<pace>.yaml``, about the rules of target prometheus.

Source: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.errors import ToolMissing
from slogen.proof import prove
from slogen.targets.built import by_file
from slogen.targets.files import HEADER, File, file_name
from slogen.targets.prometheus import Prometheus
from slogen.targets.target import Target
from slogen.targets.yaml_text import block, promql, scalar
from slogen.units import clock, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof import Paced, Proof, Scenario
    from slogen.proof.scenario import Check, TextCheck
    from slogen.targets.built import Built, Layout

_RULER = """\
# promtool evaluates as Prometheus does. On other rulers alerts may fire later: their rule files say
# at the head how much."""
PACKAGES = {"re2": "google-re2>=1.1", "rstr": "rstr>=3.2,<4"}
"""What the extra ``slogen[proof]`` requires, by the modules that it holds."""


@attrs.frozen(kw_only=True)
class PromtoolTests(Target):
    """Test files of each SLO: one for each pace at which it is evaluated."""

    name: ClassVar[str] = "promtool-tests"
    help: ClassVar[str] = "tests of the rule files, for promtool"

    @classmethod
    def slo_ids(cls, text: str) -> frozenset[str]:
        """Return the id of the SLO whose groups a file tests."""
        from slogen.targets.reading import slo_ids_of_groups  # noqa: PLC0415 (start-up)

        head, _, _ = text.partition("\ntests:")
        return slo_ids_of_groups(head)

    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:
        """Return the test files of each SLO, about the rule files of the layout.

        Raises:
            ToolMissing: If a selector has a regex, and the extra ``slogen[proof]`` is not
                installed.
        """
        return tuple(
            File(
                f"{self.folder}/{file_name(proof.slo_id)}.{part.pace}.yaml",
                text(proof, part, f"../{Prometheus.name}/{file_name(name)}.yaml"),
            )
            for name, slos in by_file(built, layout).items()
            for proof in map(proof_of, slos)
            for part in proof.parts
        )


def proof_of(one: Built) -> Proof:
    """Return what the rules of an SLO have to do.

    Raises:
        ToolMissing: If a selector has a regex, and the extra ``slogen[proof]`` is not installed.
    """
    try:
        return prove(one.slo, one.rules)
    except ModuleNotFoundError as error:
        if error.name not in PACKAGES:
            raise
        # An extra could be named only as slogen itself was installed: from an index or a checkout.
        remedy = f"pip install {' '.join(map(shlex.quote, PACKAGES.values()))}"
        name = PACKAGES[error.name].partition(">")[0]
        raise ToolMissing(name, "no such library", (remedy,)) from error


def text(proof: Proof, part: Paced, rule_file: str) -> str:
    """Return a test file.

    Args:
        proof: What is shown about the SLO.
        part: The scenarios of the file.
        rule_file: Where the rules are, seen from the file.
    """
    lines = [HEADER, _RULER, *(f"# {remark}" for remark in proof.remarks)]
    lines += [f"rule_files: [{scalar(rule_file)}]", f"evaluation_interval: {part.pace}"]
    lines += ["group_eval_order:", *(f"  - {scalar(name)}" for name in proof.groups), "tests:"]
    for scenario in part.scenarios:
        lines += _scenario(scenario)
    return "\n".join(lines) + "\n"


def _scenario(scenario: Scenario) -> Iterator[str]:
    yield f"  - name: {scalar(scenario.name)}"
    yield f"    interval: {scenario.step}"
    yield from (f"    # {remark}" for remark in scenario.remarks)
    yield "    input_series:"
    for one in scenario.inputs:
        yield f"      - series: {promql(one.series)}"
        yield f"        values: {scalar(one.values)}"
    if scenario.texts:
        yield "    alert_rule_test:"
        for expected in scenario.texts:
            yield from _text_check(expected)
    if scenario.checks:
        yield "    promql_expr_test:"
        for check in scenario.checks:
            yield from _check(check)


def _text_check(check: TextCheck) -> Iterator[str]:
    yield f"      # {check.remark}"
    yield f"      - alertname: {scalar(check.alert)}"
    yield f"        eval_time: {clock(check.at)}"
    yield "        exp_alerts:"
    for alert in check.alerts:
        first, *others = alert.labels.items()
        yield "          - exp_labels:"
        for name, value in (first, *others):
            yield f"              {name}: {scalar(value)}"
        yield "            exp_annotations:"
        for name, value in alert.annotations.items():
            yield f"              {name}: {block(value, 16)}"


def _check(check: Check) -> Iterator[str]:
    yield f"      # {check.remark}"
    yield f"      - expr: {promql(check.expr)}"
    yield f"        eval_time: {clock(check.at)}"
    if not check.samples:
        yield "        exp_samples: []"
        return
    yield "        exp_samples:"
    for sample in check.samples:
        yield f"          - labels: {promql(sample.labels)}"
        yield f"            value: {number(sample.value)}"
