"""Addresses in alerts: from what wakes a person to what that person wants to see."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from slogen import naming
from slogen.templates import literal

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO

_LATELY = "from=now-6h&to=now"
"""An alert is about the last hours: in a week they would be a sliver at the edge."""


def dashboard_url(slo: ResolvedSLO) -> str:
    """Return the template of the address of an SLO's dashboard, with the group that is meant.

    An alert about all groups, such as the one about missing data, has no labels of groups.
    """
    uid = naming.uid("service", slo.definition.service.name, slo.naming)
    fixed = [f"var-slo={quote(slo.definition.id, safe='')}"]
    fixed += [
        f"var-{naming.by_variable(label)}={quote(value, safe='')}"
        for label, value in slo.identity.items()
        if label not in slo.naming.identity
    ]
    groups = "".join(map(_group, slo.definition.group_by))
    page = f"{slo.grafana.rstrip('/')}/d/{uid}?{'&'.join(fixed)}"
    return f"{literal(page)}{groups}&{_LATELY}"


def _group(label: str) -> str:
    variable = f"&var-{naming.by_variable(label)}={{{{ . | urlquery }}}}"
    return f"{{{{ with $labels.{label} }}}}{variable}{{{{ end }}}}"
