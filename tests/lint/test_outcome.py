"""What is shown: selection, severities, exceptions and baseline together, and the exit code."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from slogen.exits import Exit
from slogen.lint.baseline import dumped
from slogen.lint.exceptions import LintException
from slogen.lint.outcome import Outcome, Question, outcome
from slogen.lint.settings import LintSettings
from tests.lint.findings import CHANGED, ODD, WRONG, finding

if TYPE_CHECKING:
    from slogen.diagnostics import Code, Diagnostic
    from slogen.lint.settings import SeverityChoice

TODAY = date(2027, 3, 31)
USED = LintException(code="odd", slo="*", reason="known")
IDLE = LintException(code="changed", slo="x", reason="known")
OVER = LintException(code="odd", slo="*", reason="known", until=date(2027, 3, 30))


def shown(
    *found: Diagnostic,
    severities: dict[str, SeverityChoice] | None = None,
    exceptions: tuple[LintException, ...] = (),
    **question: Any,  # noqa: ANN401 (the other attributes of a question)
) -> Outcome:
    """Return what is shown of findings."""
    settings = LintSettings(severities=severities or {}, exceptions=exceptions)
    return outcome(found, Question(settings=settings, today=TODAY, **question))


def codes(found: Outcome) -> list[tuple[str, str]]:
    """Return the codes that are shown, with how bad they are."""
    return [(each.code, each.severity) for each in found.shown]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ((), Exit.FINE),
        ((CHANGED,), Exit.FINE),
        ((CHANGED, ODD), Exit.FINDINGS),
        ((ODD, WRONG), Exit.INPUT),
    ],
)
def test_the_exit_code_is_that_of_the_worst(entries: tuple[Code, ...], code: Exit) -> None:
    """Notes are fine, a warning is 1, and a definition that is wrong 3."""
    assert shown(*(finding(entry=entry) for entry in entries)).exit == code


@pytest.mark.parametrize(
    ("severity", "expected", "code"),
    [
        ("ignore", [], Exit.FINE),
        ("note", [("odd", "note")], Exit.FINE),
        ("warning", [("odd", "warning")], Exit.FINDINGS),
        ("error", [("odd", "error")], Exit.FINDINGS),
    ],
)
def test_a_project_says_how_bad_a_code_is(
    severity: SeverityChoice, expected: list[tuple[str, str]], code: Exit
) -> None:
    """An error by a project's choice is no definition that cannot be built: it ends with 1."""
    found = shown(finding(), severities={"odd": severity})

    assert codes(found) == expected
    assert found.exit == code


def test_the_message_is_the_same_however_bad_it_is() -> None:
    """The SLO is named first, also where a project makes an error of a warning."""
    (diagnostic,) = shown(finding(), severities={"odd": "error"}).shown

    assert diagnostic.message == "shop-a: it is odd"


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), ["changed", "odd"]),
        (("odd",), (), ["odd"]),
        ((), ("odd",), ["changed"]),
        (("odd", "changed"), ("odd",), ["changed"]),
    ],
)
def test_codes_are_chosen(
    select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]
) -> None:
    """What is ignored is not shown, though it be selected."""
    found = shown(finding(), finding(entry=CHANGED), select=select, ignore=ignore)

    assert [code for code, _ in codes(found)] == expected


def test_an_error_in_a_definition_is_always_shown() -> None:
    """Whatever is asked for: not everything was checked."""
    assert codes(shown(finding(entry=WRONG), select=("odd",))) == [("wrong", "error")]


def test_findings_stand_in_the_order_of_their_places() -> None:
    """File, line and column count, whichever was found first."""
    places = [("b", 1, 1), ("a", 10, 1), ("a", 2, 5), ("a", 2, 1)]
    found = shown(*(finding(file=file, line=line, column=col) for file, line, col in places))

    assert [str(each.position) for each in found.shown] == ["a:2:1", "a:2:5", "a:10:1", "b:1:1"]


def test_says_which_exceptions_are_idle() -> None:
    """Unused and expired ones are notes; what an expired one was about is shown again."""
    found = shown(finding(), exceptions=(IDLE, OVER))

    assert codes(found) == [
        ("expired-exception", "note"),
        ("unused-exception", "note"),
        ("odd", "warning"),
    ]
    assert found.excepted == 0


def test_a_flag_forbids_idle_exceptions() -> None:
    """They are errors then, whatever else is selected, and it ends with 1."""
    found = shown(exceptions=(IDLE, OVER), forbids_idle=True, select=("odd",))

    assert codes(found) == [("expired-exception", "error"), ("unused-exception", "error")]
    assert found.exit == Exit.FINDINGS


def test_idle_exceptions_can_be_left_alone() -> None:
    """Their codes are codes like others."""
    assert codes(shown(exceptions=(IDLE,), ignore=("unused-exception",))) == []
    assert codes(shown(exceptions=(IDLE,), severities={"unused-exception": "ignore"})) == []
    assert codes(shown(exceptions=(IDLE,), select=("odd",))) == []


def test_of_a_part_of_a_project_nobody_knows_what_is_unused() -> None:
    """Nor where a definition is wrong: not everything was checked."""
    assert codes(shown(exceptions=(IDLE,), is_whole=False)) == []
    assert codes(shown(finding(entry=WRONG), exceptions=(IDLE,))) == [("wrong", "error")]


def test_an_exception_is_used_whatever_is_selected() -> None:
    """What a run does not show does not make an exception idle."""
    found = shown(finding(), exceptions=(USED,), select=("unused-exception",))

    assert (codes(found), found.excepted) == ([], 1)


def test_a_baseline_hides_what_is_known() -> None:
    """New ones are shown, however bad a project takes them; idle exceptions are always new."""
    known = Counter(dumped([finding(), finding(found="gone")], Path()).splitlines())
    found = shown(
        finding(line=7),
        finding(found="new"),
        known=known,
        exceptions=(IDLE,),
        severities={"odd": "error"},
    )

    assert [each.message for each in found.shown] == [
        'no finding of changed is about slo "x"',
        "shop-a: new",
    ]
    assert (found.known, found.gone) == (1, 1)
