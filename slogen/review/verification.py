"""What the rules of another tool and an SLO's own say alike, and what differently."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.model import Events
from slogen.promql.canonical import canonical
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.rules import AlertingRule
from slogen.units import Duration, number, percentage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from slogen.formats.imported.generated import OldAlert, OldSLO
    from slogen.model import SLI
    from slogen.plan import ResolvedSLO, ResolvedTier
    from slogen.rules import SLORules

_DIGITS = 6
_SAMPLE = Duration("5m")


@attrs.frozen
class Point:
    """Something that both rules say.

    Attributes:
        name: What it is.
        old: What the other tool's rules say.
        new: What slogen's say.
    """

    name: str
    old: str
    new: str

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.old == self.new


def verify(slo: ResolvedSLO, rules: SLORules, old: OldSLO) -> tuple[Point, ...]:
    """Return what the rules of an SLO say, beside what those of another tool say.

    Args:
        slo: The SLO with every choice made.
        rules: Its rules.
        old: What the other tool's rules say about it.
    """
    return (
        Point("objective", _percentage(old.objective), str(slo.definition.objective)),
        Point("window", _days(old.days), _days(slo.definition.window.days)),
        _indicator(slo.definition.sli, old),
        *_alerts(slo, rules, old),
    )


def _percentage(value: Decimal | None) -> str:
    return "none" if value is None else percentage(round(value, 2 * _DIGITS).normalize())


def _days(value: Decimal | None) -> str:
    return "none" if value is None else f"{number(value)} days"


def _indicator(sli: SLI, old: OldSLO) -> Point:
    """Compare the indicators: equal in meaning is equal, whatever the spelling."""
    if old.ratio is not None and _asks_for(sli, old.ratio):
        return Point("indicator", _spelled(sli), _spelled(sli))
    found = old.indicator
    if found is None or type(found.sli) is not type(sli):
        was = "none" if old.ratio is None else str(old.ratio)
        return Point("indicator", was, _spelled(sli))
    was, now = _spelled(found.sli), _spelled(sli)
    return Point("indicator", was, was if _meaning(found.sli) == _meaning(sli) else now)


def _asks_for(sli: SLI, ratio: Query) -> bool:
    """Tell whether a ratio divides the two queries of an indicator as they stand."""
    if not isinstance(sli, Events) or not isinstance(sli.total, Query):
        return False
    if not isinstance(sli.bad, Query):
        return False
    bad, total = (side.with_window(_SAMPLE) for side in (sli.bad, sli.total))
    return canonical(f"({bad}) / ({total})") == canonical(ratio.with_window(_SAMPLE))


def _meaning(sli: SLI) -> dict[str, object]:
    """Return the arguments of an indicator in one spelling."""
    values = attrs.asdict(sli, recurse=False, filter=lambda field, _: field.name != "origin")
    return {name: _canonical(value) for name, value in values.items()}


def _canonical(value: object) -> object:
    if isinstance(value, Selector):
        return canonical(str(value))
    with_window = getattr(value, "with_window", None)
    return value if with_window is None else canonical(with_window(_SAMPLE))


def _spelled(sli: SLI) -> str:
    texts: Iterable[Query | Selector] = (*sli.queries, *sli.selectors)
    return f"{sli.kind}: {', '.join(map(str, texts))}"


def _alerts(slo: ResolvedSLO, rules: SLORules, old: OldSLO) -> Iterator[Point]:
    """Yield the points about alerts, severity by severity."""
    for severity in dict.fromkeys(
        (*(alert.severity for alert in old.alerts), *(tier.alert.urgency for tier in slo.tiers))
    ):
        before = [alert for alert in old.alerts if alert.severity == severity]
        now = [tier for tier in slo.tiers if tier.alert.urgency == severity]
        yield Point(
            f"{severity}: name",
            ", ".join(dict.fromkeys(alert.name for alert in before)) or "none",
            ", ".join(dict.fromkeys(tier.alert.name for tier in now)) or "none",
        )
        yield from _tiers(severity, before, now, old.objective)
        yield from _labels(severity, before, _rules_of(rules, now))


def _tiers(
    severity: str,
    before: Iterable[OldAlert],
    now: Iterable[ResolvedTier],
    objective: Decimal | None,
) -> Iterator[Point]:
    """Yield the thresholds of tiers by their windows."""
    budget = Decimal(1) - (objective or Decimal(0))
    conditions = [condition for alert in before for condition in alert.conditions]
    old = {(c.long, c.short): _rate(c.limit / budget) for c in conditions if budget}
    new = {(tier.long, tier.short): _rate(tier.threshold) for tier in now}
    for long, short in dict.fromkeys((*old, *new)):
        windows = (long, short)
        yield Point(
            f"{severity}: burn rate over {long}/{short}",
            old.get(windows, "none"),
            new.get(windows, "none"),
        )


def _rate(value: Decimal) -> str:
    return f"{number(round(value, _DIGITS).normalize())}x"


def _rules_of(rules: SLORules, tiers: Sequence[ResolvedTier]) -> list[Mapping[str, str]]:
    """Return the labels of the alerts of some tiers."""
    names = {tier.alert.name for tier in tiers}
    windows = {str(tier.long) for tier in tiers}
    every = (rule for group in rules.groups for rule in group.rules)
    return [
        rule.labels
        for rule in every
        if isinstance(rule, AlertingRule)
        and rule.alert in names
        and windows & set(rule.labels.values())
    ]


def _labels(
    severity: str, before: Iterable[OldAlert], now: list[Mapping[str, str]]
) -> Iterator[Point]:
    """Yield the labels that the old alerts have; those that only slogen has harm nobody."""
    wanted = {name: value for alert in before for name, value in alert.labels.items()}
    for name, value in wanted.items():
        found = dict.fromkeys(labels.get(name, "none") for labels in now)
        yield Point(f"{severity}: label {name}", value, ", ".join(found) or "none")


def sentence(points: Iterable[Point]) -> tuple[list[str], list[str]]:
    """Return what agrees and what differs, a line each."""
    every = tuple(points)
    agrees = [f"{point.name} ({point.new})" for point in every if point.agrees]
    differs = [f"{p.name}: {p.old} before, {p.new} now" for p in every if not p.agrees]
    return agrees, differs
