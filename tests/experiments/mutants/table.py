"""All mutants, and why those that nothing notices are none."""

from __future__ import annotations

import attrs

from tests.experiments.mutants.of_budget import OF_BUDGET
from tests.experiments.mutants.of_checks import OF_CHECKS
from tests.experiments.mutants.of_compiler import OF_COMPILER
from tests.experiments.mutants.of_hours import OF_HOURS
from tests.experiments.mutants.of_kinds import OF_KINDS
from tests.experiments.mutants.of_plan import OF_PLAN
from tests.experiments.mutants.of_sharing import OF_SHARING
from tests.experiments.mutants.of_text import OF_TEXT
from tests.experiments.mutants.of_traffic import OF_TRAFFIC

EQUIVALENT = {
    "carriage-return": "no carriage return comes so far: PromQL's quoting has written it as \\r",
}
"""Why a mutant does the same as slogen, by its name."""

MUTANTS = tuple(
    attrs.evolve(one, equivalent=EQUIVALENT.get(one.name, ""))
    for one in (
        *OF_COMPILER,
        *OF_KINDS,
        *OF_HOURS,
        *OF_BUDGET,
        *OF_PLAN,
        *OF_TRAFFIC,
        *OF_TEXT,
        *OF_SHARING,
        *OF_CHECKS,
    )
)
