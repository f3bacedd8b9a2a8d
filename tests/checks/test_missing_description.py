"""SLOs without a description are a note."""

from __future__ import annotations

from slogen import checks
from slogen.checks.missing_description import CHECK
from slogen.model import Settings
from slogen.plan import resolve
from tests.checks.checking import WHOLE, found_in_build, plain_slo


def test_names_some_of_many() -> None:
    """One note is enough for all of them; it stands at the first."""
    slos = [plain_slo(name) for name in "abcde"]

    (note,) = found_in_build(CHECK, *slos)

    assert note.message == "s-a, s-b, s-c and 2 more: no description"
    assert note.origin == slos[0].origin
    assert note.remedy == "write in a sentence what is promised, and to whom"
    assert (note.code, note.severity, note.argument) == (
        "missing-description",
        "note",
        "description",
    )


def test_is_silent_of_what_has_one() -> None:
    """What a service or the SLO says is enough."""
    assert found_in_build(CHECK, plain_slo("a", WHOLE, "All is well.")) == []


def test_a_build_is_silent_about_it() -> None:
    """It is for who puts a house in order, and no matter of what is built."""
    slos = resolve(plain_slo("a"), Settings())

    assert "missing-description" not in [said.code for said in checks.check_build(slos)]
    assert "missing-description" in [said.code for said in checks.check_house(slos)]
