"""A label of `group_by` has very many values by its name.

Each value of the label gets its own recorded series, alerts and budget. A hundred thousand users
are millions of series. A label whose value is new with each request or restart, such as `trace_id`
or `pod`, begins a new budget each time. Group by something that you would act on, such as a tenant,
a region or a route.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.diagnostics import Code, Diagnostic
from slogen.source import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO


_MANY = frozenset(
    {
        "client_ip",
        "container_id",
        "email",
        "ip",
        "pod",
        "pod_name",
        "pod_uid",
        "remote_addr",
        "remote_ip",
        "request_id",
        "session",
        "session_id",
        "span_id",
        "trace_id",
        "uid",
        "url",
        "user",
        "user_id",
        "username",
    }
)
"""Labels with a value for each person, machine or request."""


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    for label in slo.definition.group_by:
        if label.lower() in _MANY:
            yield Diagnostic(
                entry=CHECK.code,
                found=f'group_by has "{label}", which by its name has very many values, each '
                "with series and a budget of its own",
                remedy="group by what you would act on, such as a tenant, a region or a route",
                slo_id=slo.definition.id,
                argument="group_by",
                origin=slo.definition.origin,
                part=Occurrence(label),
            )


CHECK = Check(
    code=Code.warning(
        "many-groups", "a label of group_by has very many values by its name", doc=__doc__
    ),
    find=_find,
)
