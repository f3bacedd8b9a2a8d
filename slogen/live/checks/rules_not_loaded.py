"""A server does not evaluate a rule group of an SLO.

The server does not record the series of this group, and the alerts of it never fire. The rule file
is not among the server's `rule_files`, or the server has not reloaded its configuration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.diagnostics import Code, Diagnostic
from slogen.live.checks.live_check import LiveCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.live.checks.view import ServerView, Subject


def _find(subject: Subject, view: ServerView) -> Iterator[Diagnostic]:
    groups = view.groups()
    if groups is None:
        return
    missing = [group.name for group in subject.rules.groups if group.name not in groups]
    if missing:
        yield Diagnostic(
            entry=CHECK.code,
            found=f"the server does not evaluate {', '.join(missing)}",
            remedy="add the file that slogen build writes to its rule_files, and reload it",
            slo_id=subject.slo.definition.id,
            origin=subject.slo.definition.origin,
        )


CHECK = LiveCheck(
    code=Code.warning(
        "rules-not-loaded", "a server does not evaluate a rule group of an SLO", doc=__doc__
    ),
    find=_find,
)
