"""The rules that Pyrra generated, read back: what they say about each SLO."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InputError, InvalidValue
from slogen.formats.imported.generated import OldAlert, OldSLO
from slogen.formats.imported.indicators import Indicator, latency
from slogen.formats.pyrra.tiers import severity_of
from slogen.promql.burn_conditions import BurnCondition, burn_conditions, constant
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from slogen.formats.imported.generated import GeneratedRule
    from slogen.model import Severity

_ID, _OBJECTIVE = "slo", "pyrra_objective"
_BURN_RATE = re.compile(r":burnrate(\w+)$")
_WHOLE = re.compile(r":(?:increase|count|sum)(\w+)$")
_TARGET = re.compile(r"\(1\s*-\s*([0-9.]+)\)")
_GROUPS = re.compile(r"\bby\s*\([^()]*\)")
_NATIVE = re.compile(
    r"1 - histogram_fraction\(0,\s*([^,]+),\s*(?:sum\s*\(\s*)?rate\((.+)\[\$window\]\)\)*"
)
_OWN = frozenset({_ID, "short", "long", "exhaustion", "burnrate_tier"})
"""The labels that Pyrra itself gives to alerts."""
_FAST = 7
"""The burn rate from which on Pyrra says critical."""


def old_slos(rules: Sequence[GeneratedRule]) -> dict[str, OldSLO]:
    """Return what rules say, by namespaces and names of SLOs; by names where none is known."""
    found: dict[str, OldSLO] = {}
    shortest: dict[str, Duration] = {}
    for rule in rules:
        if _ID not in rule.labels or not _is_of_pyrra(rule):
            continue
        key = _key(rule)
        slo = found.setdefault(key, OldSLO(name=rule.labels[_ID]))
        if rule.record == _OBJECTIVE:
            slo.objective = constant(rule.expr)
        elif window := _window_in(rule.record, _BURN_RATE):
            if key not in shortest or window < shortest[key]:
                shortest[key] = window
                _enter_ratio(slo, rule)
        elif window := _window_in(rule.record, _WHOLE):
            slo.days = max(slo.days or Decimal(0), window / Duration("1d"))
    for rule in rules:
        if rule.alert and _key(rule) in found:
            _enter_alert(found[_key(rule)], rule)
    return found


def _is_of_pyrra(rule: GeneratedRule) -> bool:
    is_series = _BURN_RATE.search(rule.record) or _WHOLE.search(rule.record)
    return bool(is_series) or rule.record == _OBJECTIVE


def _key(rule: GeneratedRule) -> str:
    """Return the id, if the namespace is the service; a label may be one that total asks for."""
    name = rule.labels.get(_ID, "")
    return f"{rule.namespace}-{name}" if rule.namespace else name


def _window_in(record: str, pattern: re.Pattern[str]) -> Duration | None:
    match = pattern.search(record)
    try:
        return Duration(match[1]) if match else None
    except InvalidValue:
        return None


def _enter_ratio(slo: OldSLO, rule: GeneratedRule) -> None:
    """Enter the query of a burn rate, without its groups, which the definition says elsewhere."""
    written = _BURN_RATE.search(rule.record)
    assert written is not None  # noqa: S101 (its window was read)
    text = re.sub(rf"\[{written[1]}(?=[\]:])", "[$window", _GROUPS.sub("", rule.expr))
    slo.labels = _without_own(rule.labels)
    native = _NATIVE.fullmatch(text.strip())
    try:
        slo.ratio = Query(text)
        slo.known = _native(Selector(native[2]), native[1]) if native else None
    except InputError:
        slo.ratio = slo.known = None


def _native(histogram: Selector, limit: str) -> Indicator | None:
    found = latency(histogram, limit.strip())
    if found is None:
        return None
    return Indicator(sli=attrs.evolve(found, native=True))


def _enter_alert(slo: OldSLO, rule: GeneratedRule) -> None:
    """Enter a burn-rate alert; the one on absence has no windows to compare."""
    conditions = burn_conditions(rule.expr, _window_of)
    target = _TARGET.search(rule.expr)
    if not conditions or target is None:
        return
    slo.objective = slo.objective or _number(target[1])
    severity = severity_of(rule.labels.get("severity", ""), _usual(conditions, slo.objective))
    labels = {**slo.labels, **_without_own(rule.labels)}
    slo.alerts.append(
        OldAlert(name=rule.alert, severity=severity, labels=labels, conditions=conditions)
    )


def _window_of(metric: str) -> str:
    match = _BURN_RATE.search(metric)
    return match[1] if match else ""


def _usual(conditions: Iterable[BurnCondition], objective: Decimal | None) -> Severity:
    budget = 1 - (objective or Decimal(0))
    is_fast = any(budget and condition.limit / budget >= _FAST for condition in conditions)
    return "page" if is_fast else "ticket"


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _without_own(labels: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in labels.items() if name not in _OWN}
