"""A server takes more than half of a rule group's interval to evaluate it.

A group that takes longer than its interval misses evaluations, and events between them are lost.
Select fewer series, group by fewer labels, or make `fast_interval` longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.diagnostics import Code, Diagnostic
from slogen.live.checks.live_check import LiveCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.live.checks.view import ServerView, Subject


def _find(subject: Subject, view: ServerView) -> Iterator[Diagnostic]:
    groups = view.groups() or {}
    for group in subject.rules.groups:
        took = groups.get(group.name, {}).get("evaluationTime")
        interval = float(group.interval.seconds)
        if isinstance(took, int | float) and took > interval / 2:
            yield Diagnostic(
                entry=CHECK.code,
                found=f"{group.name} takes {took:.1f}s of its {group.interval} to evaluate",
                remedy="select fewer series, group by fewer labels, or make fast_interval longer",
                slo_id=subject.slo.definition.id,
                origin=subject.slo.definition.origin,
            )


CHECK = LiveCheck(
    code=Code.warning(
        "rules-slow", "a rule group takes more than half of its interval", doc=__doc__
    ),
    find=_find,
)
