"""An indicator reads metrics of something that is not maintained any more.

The SLO works for as long as the software that makes these metrics runs. The software that replaces
it has other names and labels, so the SLO will have a new history. Change the SLO together with the
software, and run both for one window, so that the budget does not start again on the day of the
change.
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
