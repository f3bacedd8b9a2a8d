"""A server has no series that an SLI cannot do without.

The rules then record nothing, and no alert ever fires except the one about stale data. The name or
a matcher is misspelled, nothing is scraped yet, or another server has the series.
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


def _find(subject: Subject, view: ServerView) -> Iterator[Diagnostic]:
    for argument, source in needed_of(subject.slo):
        if not view.series(source, subject.slo.definition.group_by):
            yield diagnostic_of(
                subject.slo,
                argument,
                source,
                entry=CHECK.code,
                found=f"the server has no series of {source}",
                remedy="correct the name or the matchers, or ask the server that scrapes it",
            )


CHECK = LiveCheck(
    code=Code.warning("series-missing", "a server has no series that an SLI needs", doc=__doc__),
    find=_find,
)
