"""How long each target takes to write the rules of many SLOs, and how large its files are."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import attrs

from slogen import build
from slogen.targets import target_class
from tests.experiments.bench.slos import slos

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = (
    "prometheus",
    "prometheus-operator",
    "mimir",
    "thanos",
    "victoriametrics",
    "victoriametrics-operator",
    "alertmanager",
    "catalogue",
)
"""Those that write what was compiled; proofs and dashboards have tables of their own."""


@attrs.frozen
class TargetCost:
    """What a target costs, beside compiling.

    Attributes:
        name: That of the target.
        slos: How many SLOs there are.
        files: How many files it writes.
        megabytes: How large they are together.
        seconds: How long it takes until all texts are there.
    """

    name: str
    slos: int
    files: int
    megabytes: float
    seconds: float


def targets(count: int) -> Iterator[TargetCost]:
    """Yield what each target costs; no text is kept."""
    rules = build(slos(count))
    for name in NAMES:
        target = target_class(name)(origin=None)
        began = perf_counter()
        files = target.render(rules.built, "service")
        size = sum(len(file.text.encode()) for file in files)
        yield TargetCost(name, count, len(files), size / 1e6, perf_counter() - began)
