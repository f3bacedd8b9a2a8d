"""Targets: what was compiled, as files. One module a target, each with the same function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.targets import json_ir, prometheus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.targets.built import Built, Layout
    from slogen.targets.files import File

    Render = Callable[[tuple[Built, ...], Layout], tuple[File, ...]]


GRAFANA_TARGETS = ("grafana", "grafana-configmap", "grafana-operator")
"""The ways to give dashboards to Grafana."""


def _promtool_tests(built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:
    """Import what proofs need only where they are asked for: every build starts sooner."""
    from slogen.targets import promtool_tests  # noqa: PLC0415 (start-up)

    return promtool_tests.render(built, layout)


def _grafana(name: str) -> Render:
    """Return a target that imports grafanalib only when it is asked for."""

    def render(built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:  # noqa: ARG001
        from slogen.targets import grafana  # noqa: PLC0415 (start-up)

        return grafana.render(name, grafana.dashboards(built))

    return render


TARGETS: Mapping[str, Render] = {
    **{name: _grafana(name) for name in GRAFANA_TARGETS},
    "json": json_ir.render,
    "prometheus": prometheus.render,
    "promtool-tests": _promtool_tests,
}
"""Every target by its name, which is also the folder that its files stand in."""
