"""Series of an SLI lack a label of `group_by`.

All series without the label become one group, whose budget mixes what you wanted to tell apart.
Correct the name of the label, or add the label where the series are scraped.
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
    by = subject.slo.definition.group_by
    for _, source in needed_of(subject.slo) if by else ():
        samples = view.series(source, by)
        for label in by:
            lacking = sum(sample.value for sample in samples if not sample.labels.get(label))
            if lacking:
                total = sum(sample.value for sample in samples)
                yield diagnostic_of(
                    subject.slo,
                    "group_by",
                    source,
                    entry=CHECK.code,
                    found=f'{lacking:g} of {total:g} series of {source} have no label "{label}"',
                    remedy="correct the label's name, or add it where they are scraped",
                    part=label,
                )


CHECK = LiveCheck(
    code=Code.warning(
        "group-label-missing", "series of an SLI lack a label of group_by", doc=__doc__
    ),
    find=_find,
)
