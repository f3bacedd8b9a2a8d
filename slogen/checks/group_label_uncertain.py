"""A label of `group_by` may be gone from a recorded series, as its name says.

The name of a recorded series has the form `level:metric:operations`, and the level lists the labels
that were kept. If the label of `group_by` was not kept, all series become one group. Read the
series that the recording rule reads, or leave the label out of `group_by`. slogen says nothing if
the query has a matcher for the label, or adds the label with `label_replace` or `group_left`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, read_by, selectors_of
from slogen.diagnostics import Code
from slogen.promql.labels import labels_given
from slogen.promql.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO
    from slogen.promql.matchers import SelectorNode

_COLONS = 2


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    for argument, source in read_by(slo.definition.sli):
        selectors = selectors_of(source)
        given = labels_given(source) if isinstance(source, Query) else frozenset[str]()
        for label in slo.definition.group_by:
            if label in given or not all(_may_lack(selector, label) for selector in selectors):
                continue
            metric = selectors[0].metric
            yield diagnostic_of(
                slo,
                argument,
                source,
                entry=CHECK.code,
                found=f'group_by has "{label}", which the name of {metric} does not list',
                remedy=f"read series that have {label}, or leave it out of group_by",
                part=metric,
            )


def _may_lack(selector: SelectorNode, label: str) -> bool:
    """Tell whether a recorded series says by its name that it lacks a label, and nothing asks."""
    level, *others = selector.metric.split(":")
    is_asked = any(matcher.label == label for matcher in selector.matchers)
    return len(others) == _COLONS and label not in level and not is_asked


CHECK = Check(
    code=Code.warning(
        "group-label-uncertain", "a recorded series may not have a label of group_by", doc=__doc__
    ),
    find=_find,
)
