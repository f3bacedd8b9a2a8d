"""What promtool's word means for each scenario."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from slogen.proof.scenario import TextCheck
from slogen.trial.promtool import Outcome
from slogen.trial.verdicts import FileVerdict, file_verdict, marked
from slogen.units import Duration
from tests.trial.proofs import LOUD, QUIET, failed, part, probed, told


def seen(first: str, last: str) -> tuple[Decimal | None, Decimal | None]:
    """Return after how many seconds an alert was seen to fire, and to resolve."""
    found = file_verdict(part(), failed(*probed(first, last))).scenarios[0].observed
    assert found
    return found.fires, found.resolves


def test_what_failed_on_purpose_is_no_failure() -> None:
    """Where promtool reports what it had to report, and nothing besides, all has passed."""
    outcome = file_verdict(part(), failed(*probed()))

    assert [one.passed for one in outcome.scenarios] == [True, True]
    assert (outcome.trouble, outcome.output) == ("", "")


def test_the_order_of_reports_does_not_matter() -> None:
    """Each says by itself what it is about."""
    assert file_verdict(part(), failed(*reversed(probed()))) == file_verdict(
        part(), failed(*probed())
    )


def test_a_failure_is_that_of_its_check() -> None:
    """Two scenarios may ask the same at the same time, and one of them be right."""
    report = told(1, "check 0", "{} 1E+00")

    first, second = file_verdict(part(), failed(*probed(), report)).scenarios

    assert first.passed
    assert [failure.check for failure in second.failures] == [QUIET]
    assert (second.failures[0].mismatch.expected, second.failures[0].mismatch.got) == (
        "nil",
        "{} 1E+00",
    )


def test_all_failures_of_a_scenario_are_kept() -> None:
    """They come in the order of the checks."""
    reports = (told(0, "check 1", "nil", "{} 1E+00"), told(0, "check 0", "{} 1E+00"))

    first, second = file_verdict(part(), failed(*reports, *probed())).scenarios

    assert [failure.check for failure in first.failures] == [QUIET, LOUD]
    assert second.passed


def test_an_expression_that_cannot_be_asked_is_a_failure() -> None:
    """What promtool says against it is kept."""
    report = '    expr: "x\\n# slogen: scenario 1, check 0", time: 1h, err: 1:2: parse error: no\n'

    (failure,) = file_verdict(part(), failed(*probed(), report)).scenarios[1].failures

    assert failure.mismatch.error == "1:2: parse error: no"


def test_an_alert_fires_since_the_errors_began() -> None:
    """It resolves at the first evaluation that does not see it any more."""
    assert seen("5.4E+03", "7.8E+03") == (Decimal(1800), Decimal(660))


def test_an_alert_that_never_fired_was_never_seen() -> None:
    """Both probes say so with -1."""
    assert seen("-1E+00", "-1E+00") == (None, None)


def test_an_alert_that_fires_at_the_end_was_not_seen_to_resolve() -> None:
    """Nobody knows what comes after the end."""
    assert seen("5.4E+03", "1.08E+04") == (Decimal(1800), None)


def test_an_alert_may_fire_too_soon() -> None:
    """Before there are any errors."""
    assert seen("0E+00", "3.6E+03") == (Decimal(-3600), Decimal(-3540))


def undecided(outcome: Outcome) -> FileVerdict:
    """Return a verdict of which no scenario has passed."""
    found = file_verdict(part(), outcome)
    assert [(one.passed, one.failures, one.is_decided) for one in found.scenarios] == [
        (False, (), False)
    ] * 2
    return found


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_scenario_that_does_not_report_decides_nothing(missing: int) -> None:
    """A scenario that was not run, or not to its end, must not pass."""
    reports = probed()

    outcome = undecided(failed(*reports[:missing], *reports[missing + 1 :]))

    assert outcome.trouble.startswith("it did not tell how a scenario ended, '")


def test_a_success_decides_nothing() -> None:
    """Something has to be reported, so promtool has tested something else."""
    undecided(Outcome(0, "  SUCCESS\n", ""))


@pytest.mark.parametrize(
    "got",
    [
        "nil",
        "{} NaN",
        "{} +Inf",
        '{a="b"} 1E+00',
        "{} 1E+00, {} 1E+00",
        "{} 1E+00 ",
        "{} 5700",
        "{count:3, sum:5}",
    ],
)
def test_a_probe_that_gives_anything_else_decides_nothing(got: str) -> None:
    """A probe gives one sample without labels, as promtool writes numbers."""
    reports = probed()

    outcome = undecided(failed(told(0, "first", got), *reports[1:]))

    assert got in outcome.trouble


def test_a_probe_that_cannot_be_asked_decides_nothing() -> None:
    """What promtool says against it is told."""
    report = '    expr: "x\\n# slogen: scenario 1, end", time: 1h, err: parse error\n'

    outcome = undecided(failed(*probed()[:2], report))

    assert outcome.trouble.endswith("'sums add up': parse error")


@pytest.mark.parametrize(
    "report",
    [
        told(0, "check 2", "nil"),
        told(1, "first", "{} 1E+00"),
        told(2, "end", "{} 1E+00"),
        told(0, "middle", "{} 1E+00"),
        '    expr: "x", time: 1h, err: parse error\n',
        r'    expr: "x\n# slogen: scenario 0, check 0\n# more", time: 1h, err: parse error' + "\n",
    ],
)
def test_an_expression_that_was_not_asked_decides_nothing(report: str) -> None:
    """Somebody else's report is not taken for ours."""
    outcome = undecided(failed(*probed(), report))

    assert outcome.trouble.startswith("it printed an expression that was not asked: ")


def test_an_expression_that_is_reported_twice_decides_nothing() -> None:
    """Each is asked once."""
    outcome = undecided(failed(*probed(), *probed()[:1]))

    assert outcome.trouble.startswith("it printed an expression twice: ")


def test_what_was_printed_is_kept_where_nothing_is_decided() -> None:
    """Both streams, since nobody knows which one matters."""
    outcome = undecided(Outcome(2, "\nhello\n\n", "  panic: no more memory\n\n"))

    assert outcome.trouble == "it ended with code 2"
    assert outcome.output == "hello\n  panic: no more memory"


def test_marks_do_not_change_what_is_asked() -> None:
    """Each check keeps its expression, time and samples; a comment below tells it from others."""
    first, second = marked(part()).scenarios

    assert first.checks[:2] == (
        attrs.evolve(QUIET, expr=f"{QUIET.expr}\n# slogen: scenario 0, check 0"),
        attrs.evolve(LOUD, expr=f"{LOUD.expr}\n# slogen: scenario 0, check 1"),
    )
    assert second.checks[0].expr == f"{QUIET.expr}\n# slogen: scenario 1, check 0"


def test_each_scenario_is_asked_something_that_has_to_be_reported() -> None:
    """No sample is expected of an expression that always gives one."""
    first, second = marked(part()).scenarios

    assert [(check.expr, check.samples) for check in (*first.checks[2:], *second.checks[1:])] == [
        ("min(first_seen) or vector(-1)\n# slogen: scenario 0, first", ()),
        ("max(last_seen) or vector(-1)\n# slogen: scenario 0, last", ()),
        ("vector(1)\n# slogen: scenario 1, end", ()),
    ]


def test_a_scenario_without_checks_is_asked_too() -> None:
    """At its first step, since there is no other time."""
    scenario = attrs.evolve(part().scenarios[1], checks=())

    (only,) = marked(attrs.evolve(part(), scenarios=(scenario,))).scenarios

    assert [check.at for check in only.checks] == [scenario.step]


@pytest.mark.parametrize(
    ("first", "last", "fires", "resolves"),
    [
        ("5.4E+03", "1.074E+04", Decimal(1_860), None),
        ("5.4E+03", "7.5E+03", Decimal(1_860), Decimal(420)),
    ],
    ids=["still-fires", "is-over"],
)
def test_times_are_those_at_which_an_alert_is_sent(
    first: str, last: str, fires: Decimal, resolves: Decimal | None
) -> None:
    """Where groups are evaluated a minute in the past a sample says a minute less than a clock."""
    scenario = part().scenarios[0]
    assert scenario.detection
    moved = attrs.evolve(scenario.detection, moved=Duration("1m"))
    late = attrs.evolve(
        part(), scenarios=(attrs.evolve(scenario, detection=moved), *part().scenarios[1:])
    )

    found = file_verdict(late, failed(*probed(first, last))).scenarios[0].observed

    assert found
    assert (found.fires, found.resolves) == (fires, resolves)
    assert str(found.predicted.fires) == "1859500ms to 2039001ms"
    assert str(found.predicted.resolves) == "60001ms to 810s"


SAYS = TextCheck(remark="each group with its own numbers", alert="A", at=Duration("9m"), alerts=())
TEXTS = "    name: sums add up,\n    alertname: A, time: 9m, \n        exp:[], \n        got:[]\n"


def test_texts_that_differ_are_a_failure_of_their_scenario() -> None:
    """The name of the scenario and that of the alert say what they are about."""
    first, second = part().scenarios
    asked = attrs.evolve(part(), scenarios=(first, attrs.evolve(second, texts=(SAYS,))))
    fine, wrong = file_verdict(asked, failed(TEXTS, *probed())).scenarios
    assert fine.passed
    (failure,) = wrong.failures
    assert (failure.check, failure.alert, failure.expr) == (SAYS, "A", "")


def test_texts_that_nobody_asked_for_are_no_verdict() -> None:
    """Nothing that promtool reports is passed over."""
    verdict = file_verdict(part(), failed(TEXTS, *probed()))
    assert verdict.trouble == "it printed an alert that was not asked for: A"
