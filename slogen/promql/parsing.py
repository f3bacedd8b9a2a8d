"""Reading PromQL through promql-parser, so that no text whatever ends in a crash."""

from __future__ import annotations

import promql_parser

from slogen.errors import InvalidPromQL

LONGEST_QUERY = 20_000
DEEPEST_QUERY = 100
MOST_OPERATORS = 1_000
_OPENING, _CLOSING = "([{", ")]}"
_OPERATORS = frozenset("+-*/%^=<>!")


def parse(text: str, subject: str = "query") -> promql_parser.Expr:
    """Parse a PromQL expression.

    Raises:
        InvalidPromQL: If it is not one, or is too long or too deep to be parsed safely.
    """
    _check_size(text, subject)
    try:
        return promql_parser.parse(text)
    except ValueError as error:
        raise _fault(text, subject, str(error)) from error
    except BaseException as error:
        # A panic of the Rust parser derives from BaseException, as Ctrl-C does.
        if type(error).__name__ != "PanicException":
            raise
        raise _fault(text, subject, "the parser cannot read it") from None


def _check_size(text: str, subject: str) -> None:
    """Refuse what promql-parser answers with a segmentation fault or minutes of work."""
    if len(text) > LONGEST_QUERY:
        raise _fault(text, subject, f"it is longer than {LONGEST_QUERY} characters")
    if sum(map(text.count, _OPENING)) > DEEPEST_QUERY and _depth(text) > DEEPEST_QUERY:
        raise _fault(text, subject, f"it is nested deeper than {DEEPEST_QUERY} levels")
    if sum(map(text.count, _OPERATORS)) > MOST_OPERATORS:
        raise _fault(text, subject, f"it has more than {MOST_OPERATORS} operators")


def _depth(text: str) -> int:
    """Return the deepest nesting; brackets in strings count too, which errs on the safe side."""
    depth = deepest = 0
    for character in text:
        if character in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif character in _CLOSING:
            depth = max(0, depth - 1)
    return deepest


def _fault(text: str, subject: str, reason: str) -> InvalidPromQL:
    shown = text if len(text) <= 200 else f"{text[:200]}..."  # noqa: PLR2004 (as much as a terminal shows)
    return InvalidPromQL(
        subject, f"not PromQL: {reason}", "a PromQL expression", f"look at: {shown}"
    )
