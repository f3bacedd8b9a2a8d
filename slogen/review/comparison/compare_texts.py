"""Annotations that changed by themselves, and not only because something else did.

The texts of an alert repeat its SLO: the objective, the owner, what is bad. Where these changed, it
is said with them, and not for each text again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from slogen.review.comparison.changes import Change
from slogen.templates import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.review.comparison.facts import AlertFacts, SLOFacts

_OWN = ("summary", "description")
"""The annotations that slogen writes, unless the user writes others."""
_LINKS = {"runbook_url": "runbook", "dashboard_url": "dashboard"}
_NUMBER = re.compile(r"\d[\d.]*(?:ms|[smhdx%])?")


def annotation_changes(
    before: SLOFacts, after: SLOFacts, old: AlertFacts, new: AlertFacts
) -> Iterator[Change]:
    """Yield the annotations that differ, but for what follows from what is said elsewhere."""
    is_other_sli = (before.events, before.errors, before.history) != (
        after.events,
        after.errors,
        after.history,
    )
    for name in sorted({*old.annotations, *new.annotations}):
        was, now = old.annotations.get(name, ""), new.annotations.get(name, "")
        if was == now or (name in _OWN and is_other_sli):
            continue
        if name in _LINKS and was == _link(before, name) and now == _link(after, name):
            continue
        if name in _OWN and _masked(was, before, old) == _masked(now, after, new):
            continue
        yield Change(field=f"annotation {name}", before=was, after=now)


def _link(slo: SLOFacts, annotation: str) -> str:
    return literal(getattr(slo, _LINKS[annotation]) or "")


def _masked(text: str, slo: SLOFacts, alert: AlertFacts) -> str:
    """Return a text in which what is said elsewhere stands for itself."""
    parts = {
        f"\n\n{literal(slo.description or '')}": "" if slo.description else None,
        literal(f"{slo.service} {slo.name}"): "NAME",
        f"\nOwner: {literal(slo.owner)}\n": "\n" if slo.owner else None,
        f'alertname="{alert.name}"': "ALERT",
    }
    for part, stand_in in parts.items():
        if stand_in is not None:
            text = text.replace(part, stand_in)
    return _NUMBER.sub("#", text)
