"""Targets: what was compiled, as files. One module a target, each with the same function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.targets import json_ir, prometheus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.targets.built import Built, Layout
    from slogen.targets.files import File

    Render = Callable[[tuple[Built, ...], Layout], tuple[File, ...]]


def _promtool_tests(built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:
    """Import what proofs need only where they are asked for: every build starts sooner."""
    from slogen.targets import promtool_tests  # noqa: PLC0415 (start-up)

    return promtool_tests.render(built, layout)


TARGETS: Mapping[str, Render] = {
    "json": json_ir.render,
    "prometheus": prometheus.render,
    "promtool-tests": _promtool_tests,
}
"""Every target by its name, which is also the folder that its files stand in."""
