"""What promtool's word on a file of tests means: for each scenario, what failed and what was seen.

Each expression is marked with a comment, by which promtool's report of it is known again. Each
scenario is asked something that has to be reported, so that none passes unseen.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.proof.scenario import Check, Detection, Paced, Scenario, TextCheck
from slogen.trial.promtool import Mismatch, Unreadable, mismatches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.trial.promtool import Outcome

_MARK = re.compile(r'.*\\n# slogen: scenario (\d+), (first|last|end|check \d+)"')
_VALUE = re.compile(r"\{\} (-?\d+(?:\.\d+)?E[+-]\d+)")
_NEVER = Decimal(-1)

_Mismatches = dict[tuple[int, str], Mismatch]
"""The mismatches of a file by the scenario and the check or probe that they are about."""


@attrs.frozen
class Failure:
    """A check that failed.

    Attributes:
        check: What was asked.
        mismatch: What promtool says to that.
    """

    check: Check | TextCheck
    mismatch: Mismatch

    @property
    def expr(self) -> str:
        """The expression that was asked; empty where alerts were asked for."""
        return self.check.expr if isinstance(self.check, Check) else ""

    @property
    def alert(self) -> str:
        """The name of the alerts that were asked for; empty where an expression was asked."""
        return self.check.alert if isinstance(self.check, TextCheck) else ""


@attrs.frozen
class SeenTimes:
    """When an alert was really sent, beside the prediction; in seconds.

    Attributes:
        predicted: What the arithmetic says of when it is sent.
        fires: How long after the errors began; None if it never fired.
        resolves: How long after the errors ended; None if it never fired, or did not end.
    """

    predicted: Detection
    fires: Decimal | None
    resolves: Decimal | None


@attrs.frozen(kw_only=True)
class ScenarioVerdict:
    """What came out of a scenario.

    Attributes:
        scenario: What happened.
        failures: What the rules did not make of it.
        observed: When the alert fired, where the scenario is about one.
        is_decided: Whether promtool came to a verdict that could be read.
    """

    scenario: Scenario
    failures: tuple[Failure, ...] = ()
    observed: SeenTimes | None = None
    is_decided: bool = True

    @property
    def passed(self) -> bool:
        """Whether all is as it should be."""
        return self.is_decided and not self.failures


@attrs.frozen(kw_only=True)
class FileVerdict:
    """What came out of a file of tests.

    Attributes:
        scenarios: What came out of each scenario, in the order of the file.
        trouble: Why they are not decided, if so.
        output: What promtool printed, if so.
    """

    scenarios: tuple[ScenarioVerdict, ...]
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
        times = [check.at for check in scenario.checks] + [check.at for check in scenario.texts]
        at = times[-1] if times else scenario.step
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


def file_verdict(part: Paced, outcome: Outcome) -> FileVerdict:
    """Return what came out of scenarios that were run as `marked` gives them.

    Args:
        part: The scenarios, not marked.
        outcome: How promtool ended.
    """
    try:
        return FileVerdict(scenarios=_verdicts(part, _by_mark(part, mismatches(outcome))))
    except Unreadable as reason:
        undecided = (ScenarioVerdict(scenario=one, is_decided=False) for one in part.scenarios)
        output = f"{outcome.stdout.strip()}\n{outcome.stderr}".strip("\n")
        return FileVerdict(scenarios=tuple(undecided), trouble=str(reason), output=output)


def _verdicts(part: Paced, reported: _Mismatches) -> tuple[ScenarioVerdict, ...]:
    verdicts = tuple(
        _verdict(part, scenario, place, reported) for place, scenario in enumerate(part.scenarios)
    )
    for one in reported.values():
        raise _not_asked(one)
    return verdicts


def _by_mark(part: Paced, found: tuple[Mismatch, ...]) -> _Mismatches:
    reported: _Mismatches = {}
    places = {scenario.name: place for place, scenario in enumerate(part.scenarios)}
    for one in found:
        mark = _MARK.fullmatch(one.expr)
        if one.alert and one.test in places:
            key = (places[one.test], _of_alert(one.alert))
        elif mark:
            key = (int(mark[1]), mark[2])
        else:
            raise _not_asked(one)
        if key in reported:
            raise Unreadable(f"it printed an expression twice: {one.alert or one.expr}")
        reported[key] = one
    return reported


def _of_alert(name: str) -> str:
    """Return what tells the texts of an alert from the other checks of a scenario."""
    return f"alert {name}"


def _not_asked(mismatch: Mismatch) -> Unreadable:
    if mismatch.alert:
        return Unreadable(f"it printed an alert that was not asked for: {mismatch.alert}")
    return Unreadable(f"it printed an expression that was not asked: {mismatch.expr}")


def _verdict(part: Paced, scenario: Scenario, place: int, reported: _Mismatches) -> ScenarioVerdict:
    """Return the verdict on a scenario, and take what is reported about it."""
    failures = tuple(
        Failure(check, reported.pop((place, f"check {index}")))
        for index, check in enumerate(scenario.checks)
        if (place, f"check {index}") in reported
    )
    failures += tuple(
        Failure(check, reported.pop((place, _of_alert(check.alert))))
        for check in scenario.texts
        if (place, _of_alert(check.alert)) in reported
    )
    if scenario.detection is None:
        _taken(reported, scenario, place, "end")
        return ScenarioVerdict(scenario=scenario, failures=failures)
    first, last = (_taken(reported, scenario, place, word) for word in ("first", "last"))
    return ScenarioVerdict(
        scenario=scenario,
        failures=failures,
        observed=_observation(scenario.detection, part, first, last),
    )


def _observation(detection: Detection, part: Paced, first: Decimal, last: Decimal) -> SeenTimes:
    moved = detection.moved.seconds
    is_over = last != _NEVER and last + moved < detection.until.seconds
    over = last + part.pace.seconds - detection.ended.seconds + moved
    return SeenTimes(
        predicted=_as_sent(detection),
        fires=None if first == _NEVER else first - detection.began.seconds + moved,
        resolves=over if is_over else None,
    )


def _as_sent(detection: Detection) -> Detection:
    """Return a prediction of when an alert is sent, not of the time that its samples bear."""
    moved, resolves = detection.moved, detection.resolves
    return attrs.evolve(
        detection,
        fires=detection.fires.later(moved),
        resolves=resolves.later(moved) if resolves else None,
    )


def _taken(reported: _Mismatches, scenario: Scenario, place: int, word: str) -> Decimal:
    """Return what a probe gave: exactly one sample, without labels."""
    mismatch = reported.pop((place, word), None)
    value = mismatch and not mismatch.error and _VALUE.fullmatch(mismatch.got)
    if not value:
        found = f": {mismatch.error or mismatch.got}" if mismatch else ""
        raise Unreadable(f"it did not tell how a scenario ended, {scenario.name!r}{found}")
    return Decimal(value[1])
