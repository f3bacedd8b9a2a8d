"""Edits that lose or mix the history of an SLO: warnings of ``slogen build``, in all its forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from slogen.cli.exits import Exit
from tests.cli.running import build, without_notes

SLOS = """\
apiVersion: slogen/v1
settings:
  slow_interval: 2m
services:
  - name: shop
    slos:
      - name: orders
        objective: 99.9%
        window: 30d
        sli:
          events:
            total: orders_total
            bad: 'orders_total{is="failed"}'
      - name: others
        objective: 99.9%
        window: 30d
        sli:
          up:
            gauge: up
"""
INTERVAL = "slow_interval: 2m"
EVENTS = """\
        sli:
          events:
            total: orders_total
            bad: 'orders_total{is="failed"}'
"""
UP = "        sli:\n          up: {gauge: shop_up}\n"
GROUPS = """\
warning: shop-orders: what was recorded has no tenant: each group begins anew, and for 30d the \
old history stays as a group without tenant [history-lost]
  before: group_by nothing
  now: group_by tenant
  remedy: keep `group_by`, or give the SLO a new id, so that all of its history begins anew
"""
KIND = """\
warning: shop-orders: events were recorded, and seconds will be: windows sum both until 30d have \
passed [history-mixed]
  before: kind events
  now: kind up
  remedy: keep the kind of the SLI, or give the SLO a new id, so that all of its history begins anew
"""
RULES = Path("out/prometheus/shop-orders.yaml")


def edit(old: str, new: str) -> None:
    """Write the definitions with an edit."""
    assert old in SLOS
    Path("slos.yaml").write_text(SLOS.replace(old, new, 1))


@pytest.fixture(autouse=True)
def _built(folder: Path) -> None:
    """Begin with an output folder that holds what was built before an edit."""
    assert folder.is_dir()
    Path("slos.yaml").write_text(SLOS)
    build("slos.yaml")


def labels(before: str, after: str) -> str:
    """Return the warnings about SLOs that are recorded and selected by other labels."""
    return "".join(
        f"slos.yaml:{line}:9: warning: {slo_id}: the rules do not find what was "
        "recorded: all windows and the budget start again [history-lost]\n"
        f"  recorded: slo:sli_events:increase{{{before.replace('ID', slo_id)}}}\n"
        f"  selected: slo:sli_events:increase{{{after.replace('ID', slo_id)}}}\n"
        "  remedy: keep `identity` and `naming` as they were, unless everything shall start again\n"
        for line, slo_id in ((7, "shop-orders"), (14, "shop-others"))
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (INTERVAL, "naming: sloth", labels('slo_id="ID"', 'sloth_id="ID"')),
        (INTERVAL, "identity: {env: prod}", labels('slo_id="ID"', 'slo_id="ID",env="prod"')),
        (EVENTS, f"        group_by: [tenant]\n{EVENTS}", f"slos.yaml:10:19: {GROUPS}"),
        (EVENTS, UP, f"slos.yaml:11:11: {KIND}"),
        (INTERVAL, "slow_interval: 5m", ""),
        ("failed", "lost", ""),
        ("- name: orders", "- name: orders\n        id: shop-sales", ""),
    ],
    ids=["naming", "identity", "group_by", "kind", "slow_interval", "same-kind", "id"],
)
def test_says_what_an_edit_does(old: str, new: str, said: str) -> None:
    """A warning for each SLO whose history is lost or mixed, at its place; the build is fine."""
    edit(old, new)

    result = build("slos.yaml", "--prune")

    warnings, _, summary = without_notes(result.stderr).rpartition("slogen: ")
    assert result.exit_code == Exit.FINE
    assert warnings == said
    assert summary.startswith("2 SLOs, ")


def test_a_check_says_what_a_build_would() -> None:
    """With --check the warning is there before anything is written."""
    edit(EVENTS, UP)

    checked = build("slos.yaml", "--check")

    assert checked.exit_code == Exit.FINDINGS
    assert checked.stderr.startswith(f"slos.yaml:11:11: {KIND}slogen: 1 file in out would change")
    assert KIND in build("slos.yaml").stderr


def test_says_it_once() -> None:
    """The second build finds no more what was recorded before the edit, and says nothing."""
    edit(EVENTS, UP)
    build("slos.yaml")

    assert "warning" not in build("slos.yaml").stderr


def test_a_program_reads_the_warning() -> None:
    """It is a diagnostic as all others are, in the one document on stderr."""
    edit(EVENTS, UP)

    result = build("slos.yaml", "--format", "json")

    (warning,) = json.loads(result.stderr)["diagnostics"]
    assert result.exit_code == Exit.FINE
    assert warning == {
        "severity": "warning",
        "code": "history-mixed",
        "file": "slos.yaml",
        "line": 11,
        "column": 11,
        "end_column": 13,
        "path": "$.services[0].slos[0].sli",
        "slo": "shop-orders",
        "argument": "sli",
        "message": "shop-orders: events were recorded, and seconds will be: windows sum both until "
        "30d have passed",
        "allowed": None,
        "remedy": "keep the kind of the SLI, or give the SLO a new id, so that all of its history "
        "begins anew",
        "details": [line.strip() for line in KIND.splitlines()[1:]],
    }


def test_github_marks_the_line() -> None:
    """The warning is an annotation of the pull request that edits the definition."""
    edit(EVENTS, UP)

    result = build("slos.yaml", "--format", "github")

    assert result.stderr.startswith("::warning file=slos.yaml,line=11,col=11,")
    assert "title=slogen history-mixed::shop-orders: events were recorded" in result.stderr


@pytest.mark.parametrize("layout", ["service", "single"])
def test_finds_what_was_recorded_in_another_layout(layout: str) -> None:
    """An SLO that moves to another file has its history there, too."""
    edit(EVENTS, UP)

    assert KIND in build("slos.yaml", "--layout", layout).stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"slo:sli_events:increase\n        expr:", b"slo:sli_events:increase\n       expr: ["),
        (b"        labels:\n", b""),
        (b"kind: events", b"kind: later"),
        (b"slo:sli_events:increase", b"slo:sli_events:rate"),
        (b"\n", b"\n\x00\xff"),
        (b"groups:", b"groups: " + b"[" * 100_000),
    ],
    ids=["torn", "no-labels", "later", "earlier", "bytes", "deep"],
)
def test_a_broken_old_file_is_no_fault(old: bytes, new: bytes) -> None:
    """What cannot be read is replaced without a word, as ever."""
    before = RULES.read_bytes()
    assert old in before
    RULES.write_bytes(before[:300] + before[300:].replace(old, new))
    edit(EVENTS, UP)

    result = build("slos.yaml")

    assert result.exit_code == Exit.FINE
    assert "Traceback" not in result.stderr
    assert b"kind: up" in RULES.read_bytes()
