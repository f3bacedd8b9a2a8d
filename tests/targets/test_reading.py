"""Rules are read back from the files that hold them, and from nothing else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.rules import RecordingRule
from slogen.targets.json_ir import JSON
from slogen.targets.prometheus import Prometheus
from slogen.targets.reading import rules_of_json, rules_of_yaml
from tests.targets.samples import RULE, built_of
from tests.targets.strategies import MAPPINGS, RECORDING, TEXTS

if TYPE_CHECKING:
    from slogen.rules import Rule
    from slogen.targets.target import Target

NAMES = frozenset({"slo:a", "slo_b"})
WANTED = RecordingRule(record="slo:a", expr="sum(\n  x\n)", labels={"slo_id": "x", "n": "1h"})
WRITTEN = st.builds(
    RecordingRule, record=st.sampled_from(sorted(NAMES)), expr=TEXTS, labels=MAPPINGS.filter(bool)
)
TARGETS = pytest.mark.parametrize("target", [Prometheus(), JSON()], ids=lambda one: one.name)


def text(target: Target, *rules: Rule) -> str:
    """Return the file that a target writes for some rules."""
    (file,) = target.render((built_of("s", "s-n", *rules),), "service")
    return file.text


@TARGETS
@given(rules=st.lists(WRITTEN | RECORDING, min_size=1, max_size=4))
def test_reads_what_was_written(target: Target, rules: list[RecordingRule]) -> None:
    """Whatever texts a rule holds, it is read as it was; rules of other names are left out."""
    read = target.recording_rules(text(target, *rules), NAMES)

    assert list(read) == [rule for rule in rules if rule.record in NAMES]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text[: text.rindex("      - record: one")].rstrip("\n"),
        lambda text: "  " + text.replace("\n", "\n  "),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.split("\n", 3)[3],
    ],
    ids=["windows", "no-end", "indented", "no-blank-lines", "no-head"],
)
def test_reads_rules_wherever_they_stand(change: object) -> None:
    """How far a rule is indented, and how lines end, is all the same."""
    assert callable(change)
    file = change(text(Prometheus(), RULE, WANTED, RULE))

    assert rules_of_yaml(file, NAMES) == (WANTED,)


@pytest.mark.parametrize(
    "rule",
    [
        "expr: [",
        "expr: *gone",
        "expr: x",
        "expr: [x]\n        labels: {a: b}",
        "expr: x\n        labels: [a, b]",
        "expr: x\n        labels: {a: {b: c}}",
        "expr: x\n        labels: {a: !!python/name:os.system b}",
        f"expr: x\n        labels: {'[' * 100_000}",
        "expr: x\n       labels: {a: b}",
        "\texpr: x",
        "expr: \x00",
        "<<<<<<< HEAD",
    ],
)
def test_what_is_no_rule_is_passed_over(rule: str) -> None:
    """A file that was torn or edited raises nothing, and gives no rule that is not whole."""
    assert rules_of_yaml(f"groups:\n      - record: slo:a\n        {rule}\n", NAMES) == ()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "1",
        '{"slos": 1}',
        '{"slos": {"a": 1}}',
        *(
            f'{{"slos": [{{"groups": [{{"rules": [{rule}]}}]}}]}}'
            for rule in (
                "1",
                "{}",
                '{"record": "slo:a"}',
                '{"record": "slo:a", "expr": "x", "labels": {"a": 1}}',
            )
        ),
        "[" * 100_000,
        "1" * 10_000,
    ],
)
def test_json_that_holds_no_rules_is_passed_over(content: str) -> None:
    """A file that was torn or edited raises nothing, and gives no rule that is not whole."""
    assert rules_of_json(content, NAMES) == ()


@given(st.text() | TEXTS.map("      - record: slo:a\n        {}\n".format))
def test_any_text_has_an_answer(content: str) -> None:
    """There is no text that raises anything."""
    content = content.encode(errors="replace").decode()

    rules_of_yaml(content, NAMES)
    rules_of_json(content, NAMES)


def test_a_large_file_is_read_quickly() -> None:
    """Only the rules that are asked for are parsed: 20 MB take seconds, and not minutes."""
    file = text(Prometheus(), WANTED, *[RULE] * 250_000)
    assert len(file) > 20_000_000
    began = time.process_time()

    rules = rules_of_yaml(file, NAMES)

    assert rules == (WANTED,)
    assert time.process_time() - began < 5
