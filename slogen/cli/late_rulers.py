"""How much later than slogen predicts alerts fire on the rulers that a project writes rules for.

The plan, and promtool, are about Prometheus.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.cli.projects import chosen_targets
from slogen.targets.rule_files import RuleTarget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.model import Project
    from slogen.plan import ResolvedSLO
    from slogen.plan.rulers import RulerLateness


def late_rulers(project: Project, slos: Iterable[ResolvedSLO]) -> tuple[RulerLateness, ...]:
    """Return it for each target that writes rules, also where that is nothing.

    Args:
        project: What names the targets.
        slos: Those that the alerts are of, of which there is one at least.
    """
    timings = {slo.timing for slo in slos}
    targets = (one for one in chosen_targets(project) if isinstance(one, RuleTarget))
    return tuple({target.name: target.lateness(timings) for target in targets}.values())


def late_lines(rulers: Iterable[RulerLateness], than: str) -> tuple[str, ...]:
    """Return what there is to say for people, a line for each target.

    Args:
        rulers: How late they are.
        than: What says when alerts fire by the plan.
    """
    found = ((ruler.target, ruler.words(than)) for ruler in rulers)
    return tuple(f"{target}: {late}" for target, late in found if late)
