"""Two Prometheus servers behind one Thanos or Mimir would record the same series.

A query over all servers then finds two series for one SLO, or adds up those of two clusters.
Dashboards show twice the events, and a ruler that reads both servers judges a mixture. Choose a
label in which the servers differ, and put it into `identity` with the value of each server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import GivenCheck
from slogen.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.checks.given import Given
    from slogen.plan import ResolvedSLO


def _find(slo: ResolvedSLO, given: Given) -> Iterator[Diagnostic]:
    labels = given.external_labels
    if labels and not {*labels} & {*slo.identity}:
        listed = " or ".join(labels)
        yield Diagnostic(
            entry=CHECK.code,
            found=f"its series have no {listed}, and are the same on each Prometheus",
            remedy=f"write {labels[0]} into identity, with the value of each Prometheus",
            slo_id=slo.definition.id,
            origin=slo.definition.origin,
        )


CHECK = GivenCheck(
    code=Code.warning(
        "identity-shared", "two Prometheus servers would record the same series", doc=__doc__
    ),
    find=_find,
)
