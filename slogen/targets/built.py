"""What targets are made from."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from slogen.compiler import compile_slo
from slogen.compiler.sharing import Compiled
from slogen.model.project import Layout
from slogen.plan import ResolvedSLO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from slogen.rules import SLORules

__all__ = ["Built", "Layout", "by_file"]


@attrs.frozen
class Built:
    """An SLO with every choice made, and what it was compiled to, which follows from that.

    Attributes:
        slo: The SLO.
        compiled: What it shares with others of its shape, and its own texts.
    """

    slo: ResolvedSLO
    compiled: Compiled = attrs.field(eq=False)

    @property
    def slo_id(self) -> str:
        """The id of the SLO."""
        return self.slo.definition.id

    @cached_property
    def rules(self) -> SLORules:
        """Its rules, which are compiled when they are asked for."""
        return compile_slo(self.slo) if self.compiled.texts else self.compiled.shared.rules


def by_file(built: Iterable[Built], layout: Layout) -> Mapping[str, tuple[Built, ...]]:
    """Return the SLOs of each file by its name, sorted; within a file they keep their order.

    A file holds the SLOs of a service, one SLO, or all of them.
    """
    files: dict[str, list[Built]] = {}
    for one in built:
        defined = one.slo.definition
        names = {"service": defined.service.name, "slo": defined.id, "single": "slogen"}
        files.setdefault(names[layout], []).append(one)
    return {name: tuple(files[name]) for name in sorted(files)}
