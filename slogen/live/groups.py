"""Which group of an SLO a series is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.plan import ResolvedSLO

Group = tuple[str, ...]
"""The values of the labels of ``group_by``; the empty tuple where there are none."""


def group_of(slo: ResolvedSLO, labels: Mapping[str, str]) -> Group:
    """Return the group of a series of an SLO by its labels; a label that is missing is empty."""
    return tuple(labels.get(name, "") for name in slo.definition.group_by)
