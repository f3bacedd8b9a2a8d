"""A template of an alert prints a label that its rule adds, which Prometheus does not show it.

Prometheus, Mimir and Thanos hand a template the labels of the expression's result alone: the id of
the SLO and the labels of `group_by`. What the rule itself sets, such as `severity` or
`slo_service`, is empty there, though the alert has it; only vmalert shows it. Write the text itself
in place of the label.
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
        "a template prints a label that Prometheus does not show it",
        doc=__doc__,
    ),
    find=_find,
)
