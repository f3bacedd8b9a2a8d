"""A server evaluates other rules than the definitions make.

Somebody edited the definitions and did not build or load the rules, or edited the rule file. Alerts
and budgets follow the rules that are loaded. Build and load the rules again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.diagnostics import Code, Diagnostic
from slogen.live.checks.live_check import LiveCheck
from slogen.live.checks.rule_shape import expected_shape, seen_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.live.checks.view import ServerView, Subject

_MOST_NAMED = 3


def _find(subject: Subject, view: ServerView) -> Iterator[Diagnostic]:
    groups = view.groups() or {}
    names: list[str] = []
    for group in subject.rules.groups:
        if group.name in groups:
            seen = [seen_shape(rule) for rule in view.rules(group.name)]
            expected = [expected_shape(rule) for rule in group.rules]
            names += [shape.name for shape in expected if shape not in seen]
            names += [shape.name for shape in seen if shape not in expected]
    if names:
        distinct = list(dict.fromkeys(names))
        more = f" and {len(distinct) - _MOST_NAMED} more" if len(distinct) > _MOST_NAMED else ""
        yield Diagnostic(
            entry=CHECK.code,
            found=f"the server evaluates other rules: {', '.join(distinct[:_MOST_NAMED])}{more}",
            remedy="run slogen build, and load what it writes",
            slo_id=subject.slo.definition.id,
            origin=subject.slo.definition.origin,
        )


CHECK = LiveCheck(
    code=Code.warning(
        "rules-differ", "a server evaluates other rules than the definitions make", doc=__doc__
    ),
    find=_find,
)
