"""A template of an alert prints a label that its rule adds, which Prometheus does not show it.

Prometheus, Mimir and Thanos give a template only the labels of the expression's result: the id of
the SLO and the labels of `group_by`. Labels that the rule sets, such as `severity` or
`slo_service`, are empty in the template, although the alert has them. Only vmalert shows them.
Write the text itself instead of the label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.alert_templates import diagnostic, printed_labels
from slogen.checks.check import BuildCheck
from slogen.diagnostics import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


def _find(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    for use in printed_labels(slos):
        if use.is_of_rule and not use.is_in_result:
            found = (
                f'the template of "{use.name}" prints $labels.{use.label}, which the rule sets: '
                "Prometheus prints nothing there"
            )
            yield diagnostic(use, CHECK.code, found, "write the text itself in place of the label")


CHECK = BuildCheck(
    code=Code.warning(
        "template-label-of-rule",
        "a template prints a label that Prometheus leaves empty there",
        doc=__doc__,
    ),
    find=_find,
)
