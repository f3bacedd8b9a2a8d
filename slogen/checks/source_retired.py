"""An indicator reads metrics of something that is not maintained any more.

It goes on working as long as what makes the metrics runs. What replaces it has other names and
labels, and so a history of its own: plan the change of the SLO with that of the software, and run
both for a window, so that budgets do not begin anew on the day of the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, read_by, selectors_of
from slogen.diagnostics import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


_ENTRIES = {"nginx_ingress_controller_": "nginx_ingress_requests"}
"""Entries that say it, by what the names of their metrics begin with."""


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    for argument, source in read_by(slo.definition.sli):
        for selector in selectors_of(source):
            if legacy := _legacy(selector.metric):
                yield diagnostic_of(
                    slo,
                    argument,
                    source,
                    entry=CHECK.code,
                    found=f"{selector.metric} is legacy: {legacy}",
                    remedy="plan which metrics replace it",
                    part=selector.metric,
                )
                return


def _legacy(metric: str) -> str:
    """Return why nobody should begin to use what a metric comes from; empty if that is not so."""
    entry = next((entry for begin, entry in _ENTRIES.items() if metric.startswith(begin)), None)
    if entry is None:
        return ""
    from slogen.library import entries  # noqa: PLC0415 (start-up)

    return entries()[entry].exporter.legacy


CHECK = Check(
    code=Code.note(
        "source-retired",
        "an indicator reads metrics of something that is not maintained any more",
        doc=__doc__,
        is_of_many=True,
    ),
    find=_find,
)
