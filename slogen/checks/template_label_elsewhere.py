"""A template that other files may use prints a label that no alert of this build has.

The template stands in the settings, or in a policy of another file than the SLOs, so it may be
meant for SLOs that are not part of this build. For an SLO without the label, the template prints
nothing, and whoever is paged reads a sentence with a gap. Print the label only where it exists:
between `{{ with $labels.tenant }}` and `{{ end }}`.
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
        if use.is_missing and use.is_of_another_file:
            shown = f"$labels.{use.label}"
            found = f'template of "{use.name}" prints {shown}, which no alert that is built now has'
            remedy = f"print it only where it exists: {{{{ with {shown} }}}}...{{{{ end }}}}"
            yield diagnostic(use, CHECK.code, found, remedy)


CHECK = BuildCheck(
    code=Code.warning(
        "template-label-elsewhere",
        "a template of another file prints a label that no alert of this build has",
        doc=__doc__,
    ),
    find=_find,
)
