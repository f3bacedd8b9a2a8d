"""The templates of alerts, and which labels there are for them to print.

Prometheus hands a template the labels of the expression's result alone, not those that the rule
adds to the alert (`rules/alerting.go`, `AlertingRule.Eval`); vmalert hands it both.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.diagnostics import Diagnostic
from slogen.plan import ResolvedSLO
from slogen.recorded.series import key
from slogen.source import Occurrence, Origin
from slogen.templates import labels_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from slogen.diagnostics import Code
    from slogen.model import Alert, AlertPolicy
    from slogen.plan import ResolvedAlert

_WHOLE = "stale"
"""The alert about an SLI as a whole, whose groups are gone with its data."""
_ARGUMENTS = ("labels", "annotations")


@attrs.define
class PrintedLabel:
    """A label that a template prints, of all alerts of a build that use the template.

    Attributes:
        slo: The first of their SLOs.
        origin: The object in which the template was written.
        argument: The argument of that object.
        name: The name of the label or annotation that it gives.
        text: The template.
        label: The label that it prints.
        is_in_result: Whether the result of an alert's expression has it.
        is_of_rule: Whether an alert has it from its rule.
        is_of_groups: Whether alerts about single groups would have it.
    """

    slo: ResolvedSLO
    origin: Origin | None
    argument: str
    name: str
    text: str
    label: str
    is_in_result: bool = False
    is_of_rule: bool = False
    is_of_groups: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether no alert has it."""
        return not (self.is_in_result or self.is_of_rule)

    @property
    def is_of_another_file(self) -> bool:
        """Whether other files find it, too: it stands apart from the SLO, or both in ``_*``."""
        template = f"{self.argument}.{self.name}"
        origins = (self.origin, template), (self.slo.definition.origin, None)
        places = [origin.position(argument) for origin, argument in origins if origin]
        files = {place.file for place in places if place}
        return len(files) > 1 or any(PurePath(file).name.startswith("_") for file in files)


def printed_labels(slos: Sequence[ResolvedSLO]) -> Iterator[PrintedLabel]:
    """Yield the labels that templates print; a template that many alerts share is told once."""
    found: dict[tuple[object, ...], PrintedLabel] = {}
    for slo in slos:
        for alert, in_result in labels_of_results(slo):
            for kind, name, text in _templates(alert):
                for label in labels_shown(text):
                    origin, argument = _written(slo, kind, name, text)
                    use = PrintedLabel(slo, origin, argument, name, text, label)
                    use = found.setdefault((origin, argument, name, text, label), use)
                    use.is_in_result |= label in in_result
                    use.is_of_rule |= label in alert.labels or label in _of_rules(slo)
                    use.is_of_groups |= label in slo.definition.group_by
    yield from found.values()


def diagnostic(use: PrintedLabel, entry: Code, found: str, remedy: str) -> Diagnostic:
    """Return what there is to say about a label, at the template."""
    return Diagnostic(
        entry=entry,
        found=found,
        remedy=remedy,
        argument=f"{use.argument}.{use.name}",
        origin=use.origin,
        part=Occurrence(f"$labels.{use.label}"),
    )


def _written(slo: ResolvedSLO, kind: str, name: str, text: str) -> tuple[Origin | None, str]:
    """Return where a template of ``labels`` or ``annotations`` stands: an object, its argument."""
    policy, settings = slo.definition.alerts, slo.settings
    holders: tuple[Alert | AlertPolicy, ...] = (*policy.tiers, *policy.others, policy)
    for holder in holders:
        if getattr(holder, kind).get(name) == text:
            return holder.origin, kind
    of_all: Mapping[str, str] = getattr(settings, f"alert_{kind}")
    is_of_all = of_all.get(name) == text
    return settings.origin, f"alert_{kind}" if is_of_all else "severity_labels"


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
            if "$labels" in text or ".Labels" in text:
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
