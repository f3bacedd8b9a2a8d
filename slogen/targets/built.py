"""What targets are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.model.project import Layout
from slogen.plan import ResolvedSLO
from slogen.rules import SLORules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Built", "Layout", "by_file"]


@attrs.frozen
class Built:
    """An SLO with every choice made, and its rules."""

    slo: ResolvedSLO
    rules: SLORules


def by_file(built: Iterable[Built], layout: Layout) -> Mapping[str, tuple[Built, ...]]:
    """Return the SLOs of each file by its name, sorted; within a file they keep their order.

    A file holds the SLOs of a service, one SLO, or all of them.
    """
    files: dict[str, list[Built]] = {}
    for one in built:
        names = {"service": one.rules.service, "slo": one.rules.slo_id, "single": "slogen"}
        files.setdefault(names[layout], []).append(one)
    return {name: tuple(files[name]) for name in sorted(files)}
