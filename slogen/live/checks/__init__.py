"""What a running Prometheus says against definitions. One check is one module.

A check asks a `ServerView` and changes nothing there. Its module's docstring is its explanation; to
add one, write the module and enter it in `CHECKS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks import check_given
from slogen.checks.given import Given
from slogen.live.checks import (
    bucket_missing,
    data_late,
    group_label_missing,
    not_a_counter,
    rules_differ,
    rules_not_loaded,
    rules_slow,
    series_missing,
    too_many_groups,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.diagnostics import Diagnostic
    from slogen.live.checks.live_check import LiveCheck
    from slogen.live.checks.view import ServerView, Subject

CHECKS: tuple[LiveCheck, ...] = (
    rules_not_loaded.CHECK,
    rules_differ.CHECK,
    rules_slow.CHECK,
    series_missing.CHECK,
    not_a_counter.CHECK,
    bucket_missing.CHECK,
    group_label_missing.CHECK,
    too_many_groups.CHECK,
    data_late.CHECK,
)
"""The checks of an SLO and its rules, in the order in which they are made."""

CODES = tuple(check.code for check in CHECKS)
"""What their diagnostics are about."""


def findings(
    view: ServerView, subjects: Iterable[Subject], given: Given | None = None
) -> tuple[Diagnostic, ...]:
    """Return what a server says against SLOs, and what its traffic and retention say.

    Args:
        view: The server.
        subjects: The SLOs, each with its rules.
        given: What the user says about traffic and retention, which goes before what is measured.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    said = given or Given()
    found: list[Diagnostic] = []
    for subject in subjects:
        for check in CHECKS:
            found += check.find(subject, view)
        measured = Given(
            traffic=None if said.traffic else view.events_a_day(subject.slo),
            retention=None if said.retention else view.retention(),
        )
        found += check_given((subject.slo,), measured)
    return tuple(found)
