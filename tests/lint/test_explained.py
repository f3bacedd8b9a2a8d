"""What is said about a code, and in which form findings are printed for people."""

from __future__ import annotations

from slogen.diagnostics import Fix
from slogen.lint.explained import explained
from slogen.lint.text import paragraphs
from tests.lint.findings import CHANGED, ODD, WRONG, finding


def test_a_code_has_a_title_a_reason_and_a_remedy() -> None:
    """Each is a paragraph."""
    assert explained(ODD) == "odd: warning\n\nSomething may harm.\n\nIt may harm.\n\nDo less.\n"


def test_what_is_not_known_is_left_out() -> None:
    """A code without a reason has its title alone."""
    assert explained(CHANGED) == "changed: note\n\nSomething was changed.\n"


def test_an_error_says_how_a_command_ends() -> None:
    """The remedy of an error stands in its message."""
    assert explained(WRONG) == (
        "wrong: error\n\nSomething is wrong.\n\n"
        "The message says what is allowed, and what to do.\n\n"
        "A command that finds it ends with 3.\n"
    )


def test_paragraphs_have_carets_and_fixes() -> None:
    """Findings without a line of the source are their words alone."""
    text = paragraphs([finding(fix=Fix("odd", "even")), finding(entry=CHANGED, slo_id="")])

    assert text == (
        "slos/shop.yaml:1:1: warning: shop-a: it is odd [odd]\n"
        "  --fix writes: even\n"
        "\n"
        "slos/shop.yaml:1:1: note: it is odd [changed]\n"
    )
    assert paragraphs([]) == ""
