"""A template of an alert prints a label that the alert cannot have.

An alert has only the labels of `group_by` and those that tell SLOs apart. Labels of single series,
such as `pod`, are summed up before. So the template prints nothing for this label, and whoever is
paged reads a sentence with a gap. Leave the label out of the template, or add it to `group_by` if
each value is to have its own budget.
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
        if use.is_missing and not use.is_of_another_file:
            found = f'template of "{use.name}" prints $labels.{use.label}, which no alert has'
            remedy = f"add {use.label} to group_by, or leave it out of the template"
            if use.is_of_groups:
                remedy = (
                    "leave it out: this alert is about the SLI as a whole, and not about a group"
                )
            yield diagnostic(use, CHECK.code, found, remedy)


CHECK = BuildCheck(
    code=Code.error(
        "template-label-missing", "a template prints a label that no alert has", doc=__doc__
    ),
    find=_find,
)
