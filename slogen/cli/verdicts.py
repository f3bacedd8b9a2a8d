"""What promtool's word on a file of tests means: for each scenario, what failed and what was seen.

Each expression is marked with a comment, by which promtool's report of it is known again. Each
scenario is asked something that has to be reported, so that none passes unseen.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.cli.promtool import Mismatch, Unreadable, mismatches
from slogen.proof.scenario import Check, Detection, Paced, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.cli.promtool import Outcome

_MARK = re.compile(r'.*\\n# slogen: scenario (\d+), (first|last|end|check \d+)"')
_VALUE = re.compile(r"\{\} (-?\d+(?:\.\d+)?E[+-]\d+)")
_NEVER = Decimal(-1)

_Told = dict[tuple[int, str], Mismatch]


@attrs.frozen
class Failure:
    """A check that failed.

    Attributes:
        check: What was asked.
        told: What promtool says to that.
    """

    check: Check
    told: Mismatch


@attrs.frozen
class Seen:
    """When an alert really fired, in seconds.

    Attributes:
        detection: What was predicted.
        fires: How long after the errors began; None if it never fired.
        resolves: How long after the errors ended; None if it never fired, or did not end.
    """

    detection: Detection
    fires: Decimal | None
    resolves: Decimal | None


@attrs.frozen(kw_only=True)
class Verdict:
    """What came out of a scenario.

    Attributes:
        scenario: What happened.
        failures: What the rules did not make of it.
        seen: When the alert fired, where the scenario is about one.
        is_decided: Whether promtool came to a verdict that could be read.
    """

    scenario: Scenario
    failures: tuple[Failure, ...] = ()
    seen: Seen | None = None
    is_decided: bool = True

    @property
    def passed(self) -> bool:
        """Whether all is as it should be."""
        return self.is_decided and not self.failures


@attrs.frozen(kw_only=True)
class FileVerdict:
    """What came out of a file of tests.

    Attributes:
        verdicts: One for each scenario, in the order of the file.
        trouble: Why they are not decided, if so.
        output: What promtool printed, if so.
    """

    verdicts: tuple[Verdict, ...]
    trouble: str = ""
    output: str = ""


def marked(part: Paced) -> Paced:
    """Return scenarios in which each check is known again, and each scenario reports."""
    scenarios = (
        attrs.evolve(scenario, checks=(*_marked_checks(scenario, place), *_probes(scenario, place)))
        for place, scenario in enumerate(part.scenarios)
    )
    return attrs.evolve(part, scenarios=tuple(scenarios))


def _marked_checks(scenario: Scenario, place: int) -> Iterator[Check]:
    for index, check in enumerate(scenario.checks):
        yield attrs.evolve(check, expr=_marked(check.expr, place, f"check {index}"))


def _probes(scenario: Scenario, place: int) -> Iterator[Check]:
    """Yield checks that fail whatever happens, so that promtool prints what they give."""
    detection = scenario.detection
    if detection is None:
        at = scenario.checks[-1].at if scenario.checks else scenario.step
        yield Check(remark="the scenario ends", expr=_marked("vector(1)", place, "end"), at=at)
        return
    for word, expr in (
        ("first", f"min({detection.first})"),
        ("last", f"max({detection.last})"),
    ):
        always = _marked(f"{expr} or vector(-1)", place, word)
        yield Check(remark=f"the alert's {word} firing", expr=always, at=detection.until)


def _marked(expr: str, place: int, word: str) -> str:
    return f"{expr}\n# slogen: scenario {place}, {word}"


def verdict(part: Paced, outcome: Outcome) -> FileVerdict:
    """Return what came out of scenarios that were run as `marked` gives them.

    Args:
        part: The scenarios, not marked.
        outcome: How promtool ended.
    """
    try:
        return FileVerdict(verdicts=_verdicts(part, _told(mismatches(outcome))))
    except Unreadable as reason:
        undecided = (Verdict(scenario=one, is_decided=False) for one in part.scenarios)
        output = f"{outcome.stdout.strip()}\n{outcome.stderr}".strip("\n")
        return FileVerdict(verdicts=tuple(undecided), trouble=str(reason), output=output)


def _verdicts(part: Paced, told: _Told) -> tuple[Verdict, ...]:
    verdicts = tuple(
        _verdict(part, scenario, place, told) for place, scenario in enumerate(part.scenarios)
    )
    for one in told.values():
        raise _not_asked(one)
    return verdicts


def _told(found: tuple[Mismatch, ...]) -> _Told:
    told: _Told = {}
    for one in found:
        mark = _MARK.fullmatch(one.expr)
        if not mark:
            raise _not_asked(one)
        key = (int(mark[1]), mark[2])
        if key in told:
            raise Unreadable(f"it printed an expression twice: {one.expr}")
        told[key] = one
    return told


def _not_asked(told: Mismatch) -> Unreadable:
    return Unreadable(f"it printed an expression that was not asked: {told.expr}")


def _verdict(part: Paced, scenario: Scenario, place: int, told: _Told) -> Verdict:
    """Return the verdict on a scenario, and take what is told about it."""
    failures = tuple(
        Failure(check, told.pop((place, f"check {index}")))
        for index, check in enumerate(scenario.checks)
        if (place, f"check {index}") in told
    )
    if scenario.detection is None:
        _taken(told, scenario, place, "end")
        return Verdict(scenario=scenario, failures=failures)
    first, last = (_taken(told, scenario, place, word) for word in ("first", "last"))
    return Verdict(
        scenario=scenario, failures=failures, seen=_seen(scenario.detection, part, first, last)
    )


def _seen(detection: Detection, part: Paced, first: Decimal, last: Decimal) -> Seen:
    is_over = last not in (_NEVER, detection.until.seconds)
    return Seen(
        detection=detection,
        fires=None if first == _NEVER else first - detection.began.seconds,
        resolves=last + part.pace.seconds - detection.ended.seconds if is_over else None,
    )


def _taken(told: _Told, scenario: Scenario, place: int, word: str) -> Decimal:
    """Return what a probe gave: exactly one sample, without labels."""
    mismatch = told.pop((place, word), None)
    value = mismatch and not mismatch.error and _VALUE.fullmatch(mismatch.got)
    if not value:
        found = f": {mismatch.error or mismatch.got}" if mismatch else ""
        raise Unreadable(f"it did not tell how a scenario ended, {scenario.name!r}{found}")
    return Decimal(value[1])
