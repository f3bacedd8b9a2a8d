"""The labels of `group_by` make more than a thousand groups.

Each group has some forty recorded series, alerts and a budget, and nobody looks at so many. Group
by something that you would act on, such as a tenant, a region or a route.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.reading import diagnostic_of
from slogen.diagnostics import Code
from slogen.live.checks.live_check import LiveCheck
from slogen.live.checks.view import needed_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.live.checks.view import ServerView, Subject

_MOST = 1_000


def _find(subject: Subject, view: ServerView) -> Iterator[Diagnostic]:
    by = subject.slo.definition.group_by
    for _, source in needed_of(subject.slo) if by else ():
        groups = len(view.series(source, by))
        if groups > _MOST:
            yield diagnostic_of(
                subject.slo,
                "group_by",
                source,
                entry=CHECK.code,
                found=f"{', '.join(by)} make {groups} groups of {source}",
                allowed=f"up to {_MOST}",
                remedy="group by what you would act on, such as a tenant, a region or a route",
            )


CHECK = LiveCheck(
    code=Code.warning(
        "too-many-groups", "the labels of group_by make more than a thousand groups", doc=__doc__
    ),
    find=_find,
)
