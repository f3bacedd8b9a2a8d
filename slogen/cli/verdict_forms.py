"""What came out of proofs, for programs: as one JSON document, and as errors of each scenario."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from slogen.cli.report import difference, question
from slogen.diagnostics import Code, Diagnostic
from slogen.trial.codes import PROOF_FAILED, PROOF_UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from slogen.plan import TimeRange
    from slogen.plan.rulers import RulerLateness
    from slogen.source import Origin
    from slogen.trial import Failure, FileVerdict, ScenarioVerdict, SeenTimes, SLOVerdict, Tool
    from slogen.units import Duration

VERSION = 1
"""Goes up when a reader of the last JSON would misread the next."""


def as_json(
    verdicts: Iterable[SLOVerdict], tool: Tool, rulers: Iterable[RulerLateness] = ()
) -> str:
    """Return the document; times are seconds.

    Args:
        verdicts: What came out of the proofs.
        tool: The promtool, which evaluates as Prometheus does.
        rulers: How much later alerts fire on the rulers that the rules are built for.
    """
    document = {
        "version": VERSION,
        "promtool": tool.version,
        "slos": [_slo(verdict) for verdict in verdicts],
        "rulers": [ruler.as_json() for ruler in rulers],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _slo(verdict: SLOVerdict) -> dict[str, object]:
    return {
        "id": verdict.slo_id,
        "passed": verdict.passed,
        "remarks": list(verdict.remarks),
        "scenarios": [
            _scenario(scenario, file) for file in verdict.files for scenario in file.scenarios
        ],
    }


def _scenario(verdict: ScenarioVerdict, file: FileVerdict) -> dict[str, object]:
    return {
        "name": verdict.scenario.name,
        "verdict": _word(verdict),
        "reason": None if verdict.is_decided else file.trouble,
        "alert": _alert(verdict.observed) if verdict.observed else None,
        "failures": [_failure(failure) for failure in verdict.failures],
    }


def _word(verdict: ScenarioVerdict) -> str:
    if not verdict.is_decided:
        return "undecided"
    return "passed" if verdict.passed else "failed"


def _alert(observed: SeenTimes) -> dict[str, object]:
    predicted, tier = observed.predicted, observed.predicted.tier
    return {
        "name": tier.alert.name,
        "burn_rate": float(tier.threshold),
        "long": str(tier.long),
        "short": str(tier.short),
        "error_ratio": float(predicted.ratio),
        "evaluated_every": _seconds(predicted.pace),
        "fires_after": _times(predicted.fires, observed.fires),
        "resolves_after": (
            _times(predicted.resolves, observed.resolves) if predicted.resolves else None
        ),
    }


def _times(predicted: TimeRange, seen: Decimal | None) -> dict[str, float | None]:
    return {
        "earliest": _seconds(predicted.earliest),
        "latest": _seconds(predicted.latest),
        "seen": None if seen is None else float(seen),
    }


def _seconds(time: Duration) -> float:
    return float(time.seconds)


def _failure(failure: Failure) -> dict[str, object]:
    return {
        "meaning": failure.check.remark,
        "expr": failure.expr or None,
        "alert": failure.alert or None,
        "at": _seconds(failure.check.at),
        "expected": failure.mismatch.expected or None,
        "got": failure.mismatch.got or None,
        "error": failure.mismatch.error or None,
    }


def as_errors(verdict: SLOVerdict, origin: Origin | None) -> Iterator[Diagnostic]:
    """Yield an error for each scenario that failed, and for each file without a verdict.

    Args:
        verdict: What came out of the proof of an SLO.
        origin: Where the SLO was written down.
    """
    for scenario in verdict.scenarios:
        if scenario.failures:
            details = [line for failure in scenario.failures for line in _lines(failure)]
            yield _error(PROOF_FAILED, verdict, origin, scenario.scenario.name, details)
    for file in verdict.files:
        if file.trouble:
            head = f"no verdict from promtool: {file.trouble}"
            yield _error(PROOF_UNDECIDED, verdict, origin, head, file.output.splitlines())


def _lines(failure: Failure) -> tuple[str, ...]:
    return (question(failure), *difference(failure))


def _error(
    entry: Code, verdict: SLOVerdict, origin: Origin | None, head: str, details: list[str]
) -> Diagnostic:
    return Diagnostic(
        entry=entry,
        found=f"{verdict.slo_id}: {head}",
        details=tuple(details),
        slo_id=verdict.slo_id,
        origin=origin,
    )
