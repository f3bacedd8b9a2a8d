"""All mutants, and why those that nothing notices are none."""

from __future__ import annotations

import attrs

from tests.experiments.mutants.of_alert_texts import OF_ALERT_TEXTS
from tests.experiments.mutants.of_alerts import OF_ALERTS
from tests.experiments.mutants.of_budget import OF_BUDGET
from tests.experiments.mutants.of_checks import OF_CHECKS
from tests.experiments.mutants.of_compiler import OF_COMPILER
from tests.experiments.mutants.of_detection import OF_DETECTION
from tests.experiments.mutants.of_feeds import OF_FEEDS
from tests.experiments.mutants.of_hours import OF_HOURS
from tests.experiments.mutants.of_kinds import OF_KINDS
from tests.experiments.mutants.of_plan import OF_PLAN
from tests.experiments.mutants.of_promql import OF_PROMQL
from tests.experiments.mutants.of_proof import OF_PROOF
from tests.experiments.mutants.of_proof_texts import OF_PROOF_TEXTS
from tests.experiments.mutants.of_raw_series import OF_RAW_SERIES
from tests.experiments.mutants.of_text import OF_TEXT
from tests.experiments.mutants.of_windows import OF_WINDOWS

EQUIVALENT = {
    "carriage-return": "no carriage return comes so far: PromQL's quoting has written it as \\r",
}
"""Why a mutant does the same as slogen, by its name."""

MUTANTS = tuple(
    attrs.evolve(one, equivalent=EQUIVALENT.get(one.name, ""))
    for one in (
        *OF_COMPILER,
        *OF_WINDOWS,
        *OF_KINDS,
        *OF_HOURS,
        *OF_BUDGET,
        *OF_ALERTS,
        *OF_ALERT_TEXTS,
        *OF_PLAN,
        *OF_DETECTION,
        *OF_PROMQL,
        *OF_TEXT,
        *OF_CHECKS,
        *OF_PROOF,
        *OF_PROOF_TEXTS,
        *OF_RAW_SERIES,
        *OF_FEEDS,
    )
)
