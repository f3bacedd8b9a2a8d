"""Two series of one name: after a rename with a restart, and where two rulers share a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import SLO, AlertPolicy, Events, Selector, Service, build
from slogen.rules import AlertingRule, RecordingRule
from tests.realtools.backfill import Past

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from slogen.rules import SLORules
    from tests.realtools.server import PrometheusServer

_END = 1_780_000_000
_VALUES = {"slo:sli_events:increase": 300.0, "slo:sli_errors:increase": 300.0}
"""Everything fails; all other series are ratios of 1, which are above any threshold."""

EXTRA = {
    "renamed": {"slo_service": "an-old-name", "slo_name": "another"},
    "second recorder": {"prometheus": "monitoring/replica-0"},
}


def _rules(group_by: tuple[str, ...]) -> SLORules:
    requests = Selector("http_requests_total")
    slo = SLO(
        service=Service("shop"),
        name="availability",
        objective="99%",
        window="30d",
        sli=Events(total=requests, bad=requests.where('code=~"5.."')),
        group_by=group_by,
        alerts=AlertPolicy(preset="standard", low=True, violated=True),
    )
    (rules,) = build(slo).rules
    return rules


def _series(rule: RecordingRule, labels: Mapping[str, str]) -> str:
    pairs = [f'{name}="{text}"' for name, text in {**rule.labels, **labels}.items()]
    return f"{rule.record}{{{','.join(pairs)}}}"


def _fed(folder: Path, line: str, rules: SLORules, others: Mapping[str, str]) -> Past:
    """Record an hour of every series twice, with the rule's labels and with others."""
    past = Past(line=line, folder=folder)
    times = range(_END - 3600, _END + 1, 30)
    recorded = [r for group in rules.groups for r in group.rules if isinstance(r, RecordingRule)]
    past.add_samples(
        (_series(rule, labels), [(time, _VALUES.get(rule.record, 1.0)) for time in times])
        for rule in recorded
        for labels in ({"tenant": "a"}, {"tenant": "a", **others})
    )
    return past


def _answers(server: PrometheusServer, rules: SLORules) -> dict[str, int]:
    """Return how many samples each rule gives, by its name; a rule that fails raises."""
    return {
        f"{rule.alert if isinstance(rule, AlertingRule) else rule.record} {number}": len(
            server.query(rule.expr, _END)
        )
        for group in rules.groups
        for number, rule in enumerate(group.rules)
    }


@pytest.mark.long
@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("others", EXTRA.values(), ids=EXTRA)
@pytest.mark.parametrize("group_by", [(), ("tenant",)])
def test_no_rule_fails_and_pages_go_on(
    group_by: tuple[str, ...], others: dict[str, str], line: str, tmp_path: Path
) -> None:
    """Each rule gives one sample a group, as without the second series, and the pages fire."""
    rules = _rules(group_by)

    with _fed(tmp_path, line, rules, others).serving() as server:
        found = _answers(server, rules)

    assert max(found.values()) == 1
    fast = [count for name, count in found.items() if name.startswith("SLOBurnRatePage")]
    assert fast == [1, 1]
