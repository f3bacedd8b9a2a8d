"""The templates of alerts, and which labels there are for them to print.

Prometheus hands a template the labels of the expression's result alone, not those that the rule
adds to the alert (`rules/alerting.go`, `AlertingRule.Eval`); vmalert hands it both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.diagnostics import Diagnostic
from slogen.plan import ResolvedSLO
from slogen.recorded.series import key
from slogen.source import Occurrence
from slogen.templates import labels_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from slogen.diagnostics import Code
    from slogen.model import Alert, AlertPolicy
    from slogen.plan import ResolvedAlert
    from slogen.source import Origin

_WHOLE = "stale"
"""The alert about an SLI as a whole, whose groups are gone with its data."""
_ARGUMENTS = ("labels", "annotations")


@attrs.define
class PrintedLabel:
    """A label that a template prints, of all alerts of a build that use the template.

    Attributes:
        slo: The first of their SLOs.
        argument: What the template stands in: ``labels`` or ``annotations``.
        name: The name of the label or annotation that it gives.
        text: The template.
        label: The label that it prints.
        is_in_result: Whether the result of an alert's expression has it.
        is_of_rule: Whether an alert has it from its rule.
    """

    slo: ResolvedSLO
    argument: str
    name: str
    text: str
    label: str
    is_in_result: bool = False
    is_of_rule: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether no alert has it."""
        return not (self.is_in_result or self.is_of_rule)

    @property
    def is_of_another_file(self) -> bool:
        """Whether the template and the SLO were written in two files."""
        origin, argument = self.place()
        places = origin, self.slo.definition.origin
        files = {place.file for one in places if one and (place := one.position(argument))}
        return len(files) > 1

    def place(self) -> tuple[Origin | None, str]:
        """Return where the template was written: an object, and its argument."""
        policy, settings = self.slo.definition.alerts, self.slo.settings
        holders: tuple[Alert | AlertPolicy, ...] = (*policy.tiers, *policy.others, policy)
        for holder in holders:
            if getattr(holder, self.argument).get(self.name) == self.text:
                return holder.origin, self.argument
        of_all: Mapping[str, str] = getattr(settings, f"alert_{self.argument}")
        is_of_all = of_all.get(self.name) == self.text
        return settings.origin, f"alert_{self.argument}" if is_of_all else "severity_labels"


def printed_labels(slos: Sequence[ResolvedSLO]) -> Iterator[PrintedLabel]:
    """Yield the labels that templates print; a template that many alerts share is told once."""
    found: dict[tuple[str, str, str, str], PrintedLabel] = {}
    for slo in slos:
        for alert, in_result in labels_of_results(slo):
            for argument, name, text in _templates(alert):
                for label in labels_shown(text):
                    use = PrintedLabel(slo, argument, name, text, label)
                    use = found.setdefault((argument, name, text, label), use)
                    use.is_in_result |= label in in_result
                    use.is_of_rule |= label in alert.labels or label in _of_rules(slo)
    yield from found.values()


def diagnostic(use: PrintedLabel, entry: Code, found: str, remedy: str) -> Diagnostic:
    """Return what there is to say about a label, at the template."""
    origin, argument = use.place()
    return Diagnostic(
        entry=entry,
        found=found,
        remedy=remedy,
        argument=argument,
        origin=origin,
        part=Occurrence(f"$labels.{use.label}"),
    )


def labels_of_results(slo: ResolvedSLO) -> Iterator[tuple[ResolvedAlert, frozenset[str]]]:
    """Yield the alerts of an SLO, each with the labels of its expression's result."""
    whole = frozenset(key(slo))
    groups = whole | set(slo.definition.group_by)
    for tier in slo.tiers:
        yield tier.alert, groups
    for name, alert in slo.others.items():
        yield alert, whole if name == _WHOLE else groups


def _templates(alert: ResolvedAlert) -> Iterator[tuple[str, str, str]]:
    for argument in _ARGUMENTS:
        for name, text in getattr(alert, argument).items():
            if "$labels" in text:
                yield argument, name, text


def _of_rules(slo: ResolvedSLO) -> frozenset[str]:
    names = slo.naming
    return frozenset(
        {
            *slo.identity,
            naming.ALERT_LABEL,
            naming.SEVERITY_LABEL,
            names.owner,
            names.window,
            names.burn_rate,
            names.severity or "",
        }
    )
