"""Targets: what was compiled, as files. One module a target, each with the same function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.targets import prometheus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.rules import SLORules
    from slogen.targets.files import File

    Render = Callable[[tuple[SLORules, ...]], tuple[File, ...]]

TARGETS: Mapping[str, Render] = {"prometheus": prometheus.render}
