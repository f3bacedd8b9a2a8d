"""The rules that Sloth generated, read back: what they say about each SLO."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from slogen.errors import InvalidValue
from slogen.formats.imported.generated import OldAlert, OldSLO
from slogen.naming import OBJECTIVE, PERIOD_DAYS, Naming, ratio_rate
from slogen.promql.burn_conditions import burn_conditions, constant
from slogen.promql.query import Query
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slogen.formats.imported.generated import GeneratedRule

_NAMING = Naming.sloth()
_INDICATOR = ratio_rate(Duration("5m"))
_RANGE = re.compile(r"\[5m(?=[\]:])")
_INFO = re.compile("^sloth_")


def old_slos(rules: Sequence[GeneratedRule]) -> dict[str, OldSLO]:
    """Return what rules say, by the ids of SLOs."""
    found: dict[str, OldSLO] = {}
    for rule in rules:
        slo_id = rule.labels.get(_NAMING.id, "")
        if rule.record and slo_id:
            _enter(found.setdefault(slo_id, OldSLO()), rule.record, rule.expr, rule.labels)
    for rule in rules:
        if rule.alert:
            _enter_alert(found, rule.alert, rule.expr, rule.labels)
    return found


def _enter(slo: OldSLO, record: str, expr: str, labels: Mapping[str, str]) -> None:
    if record == OBJECTIVE:
        slo.objective = constant(expr)
    elif record == PERIOD_DAYS:
        slo.days = constant(expr)
    elif record == _INDICATOR:
        slo.labels = _own(labels)
        try:
            slo.ratio = Query(_RANGE.sub("[$window", expr))
        except InvalidValue:
            slo.ratio = None


def _enter_alert(
    found: Mapping[str, OldSLO], name: str, expr: str, labels: Mapping[str, str]
) -> None:
    """Enter an alert into the SLO that its expression names."""
    match = re.search(rf'{_NAMING.id}="([^"]*)"', expr)
    slo = found.get(match[1]) if match else None
    severity = labels.get(_NAMING.severity or "", "")
    if slo is not None and severity:
        both = {**slo.labels, **_own(labels)}
        slo.alerts.append(
            OldAlert(name=name, severity=severity, labels=both, conditions=burn_conditions(expr))
        )


def _own(labels: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in labels.items() if not _INFO.match(name)}
