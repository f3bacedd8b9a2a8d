"""How long dashboards take, and how large they are, also where one service has all SLOs."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import attrs

from slogen import Service, build
from slogen.dashboards import boards
from slogen.dashboards.grafana import dashboard
from slogen.dashboards.migration import json_text, migrated
from tests.experiments.bench.slos import slos

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.model import SLO


@attrs.frozen
class DashboardCost:
    """The dashboards of some SLOs.

    Attributes:
        name: What the SLOs are.
        files: How many dashboards there are.
        seconds: How long each step took, by its name.
        sizes: How many bytes each dashboard has.
    """

    name: str
    files: int
    seconds: dict[str, float]
    sizes: tuple[int, ...]


def dashboards(count: int) -> Iterator[DashboardCost]:
    """Yield what was measured, for services of ten SLOs and for one of all."""
    usual = slos(count)
    yield _made(f"{count:,} SLOs of {len({slo.service.name for slo in usual})} services", usual)
    one = Service("shop", owner="team-shop")
    alone = tuple(attrs.evolve(slo, service=one) for slo in usual)
    yield _made(f"{count:,} SLOs of one service", alone)


def _made(name: str, chosen: tuple[SLO, ...]) -> DashboardCost:
    resolved = build(chosen).slos
    times = [perf_counter()]
    plain = boards(resolved)
    times.append(perf_counter())
    objects = [dashboard(board) for board in plain]
    times.append(perf_counter())
    texts = [json_text(migrated(one)) for one in objects]
    times.append(perf_counter())
    steps = ("panels and queries", "grafanalib", "migration and JSON")
    seconds = {
        step: end - begin for step, begin, end in zip(steps, times[:-1], times[1:], strict=True)
    }
    return DashboardCost(name, len(texts), seconds, tuple(len(text.encode()) for text in texts))
