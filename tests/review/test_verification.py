"""What another tool's rules and an SLO's own say alike is told from what differs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from slogen import build, load
from slogen.formats.generated import read_rules
from slogen.review.verification import sentence, verify
from tests import golden_cases

if TYPE_CHECKING:
    from pathlib import Path

CASE = golden_cases.FOLDER / "sloth-verify"


def differences(rules: str, folder: Path) -> list[str]:
    """Return what differs between the golden definitions and a text of rules."""
    file = folder / "rules.yaml"
    file.write_text(rules, "utf-8")
    built = build(load(CASE / "slos.yaml"))
    (old,) = read_rules(file).values()
    _, differs = sentence(verify(built.slos[0], built.rules[0], old))
    return differs


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("vector(30)", "vector(7)", "window: 7 days before, 30 days now"),
        ("(14.4 *", "(2 *", "page: burn rate over 1h/5m: 2x before, 14.4x now"),
        ("ratio_rate6h{", "ratio_rate4h{", "page: burn rate over 6h/30m: none before, 6x now"),
        ("severity: critical", "severity: high", "page: label severity: high before, critical now"),
        ("channel: backlog", "queue: backlog", "ticket: label queue: backlog before, none now"),
        ("alert: Checkout", "alert: Shop", "page: name: ShopErrors before, CheckoutErrors now"),
        (
            "payments_total[5m]",
            "orders_total[5m]",
            (
                'indicator: events: orders_total, payments_total{status="failed"} before, events: '
                'payments_total, payments_total{status="failed"} now'
            ),
        ),
    ],
)
def test_an_edit_of_old_rules_is_seen(old: str, new: str, said: str, tmp_path: Path) -> None:
    """Each thing that is compared is compared: what is edited differs, and nothing else."""
    rules = (CASE / "rules.yaml").read_text("utf-8")

    assert old in rules
    assert said in differences(rules.replace(old, new), tmp_path)
    assert differences(rules, tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(14.4 * 0.0004999999999999716)", "0.0072"),
        ('status = "failed"', "status=~'failed'"),
        (") or vector(0)", ") or on() vector(0)"),
    ],
)
def test_another_spelling_is_the_same(old: str, new: str, tmp_path: Path) -> None:
    """What PromQL takes for the same agrees, and so does the noise of floats."""
    rules = (CASE / "rules.yaml").read_text("utf-8")

    assert old in rules
    assert differences(rules.replace(old, new), tmp_path) == []


def test_queries_that_count_no_events_are_compared_as_they_stand(tmp_path: Path) -> None:
    """What slogen keeps as two queries is what Sloth divides: it agrees, until it is edited."""
    definitions, rules = tmp_path / "sloth.yml", tmp_path / "rules.yml"
    total = "clamp_min(sum(rate(all_total[{{.window}}] offset 5m)), 1)"
    bad = "sum(rate(bad_total[{{.window}}] offset 5m))"
    definitions.write_text(
        "version: prometheus/v1\nservice: shop\nslos:\n  - name: orders\n    objective: 99\n"
        f"    sli: {{events: {{error_query: '{bad}', total_query: '{total}'}}}}\n",
        "utf-8",
    )
    ratio = f"({bad})\n/\n({total})".replace("{{.window}}", "5m")
    built = build(load(definitions))

    def said(expr: str) -> list[str]:
        record = {"record": "slo:sli_error:ratio_rate5m", "expr": expr}
        rule = {**record, "labels": {"sloth_id": "shop-orders"}}
        rules.write_text(json.dumps({"groups": [{"name": "old", "rules": [rule]}]}), "utf-8")
        old = read_rules(rules)["shop-orders"]
        _, differs = sentence(verify(built.slos[0], built.rules[0], old))
        return [line for line in differs if line.startswith("indicator")]

    assert said(ratio) == []
    assert len(said(ratio.replace("bad_total", "odd_total"))) == 1
