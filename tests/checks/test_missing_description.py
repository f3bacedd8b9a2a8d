"""SLOs without a description are a note."""

from __future__ import annotations

from slogen import checks
from slogen.checks.missing_description import CHECK
from slogen.model import Settings
from slogen.plan import resolve
from tests.checks.checking import WHOLE, found_in_build, plain_slo


def test_is_found_for_each_slo() -> None:
    """An exception may be about one of them; people read it once for all."""
    first, second = found_in_build(CHECK, plain_slo("a"), plain_slo("b"))

    assert (first.message, second.message) == ("s-a: no description", "s-b: no description")
    assert first.remedy == "write in a sentence what is promised, and to whom"
    assert (first.severity, first.argument) == ("note", "description")
    assert (first.code, first.entry.is_of_many) == ("missing-description", True)


def test_is_silent_of_what_has_one() -> None:
    """What a service or the SLO says is enough."""
    assert found_in_build(CHECK, plain_slo("a", WHOLE, "All is well.")) == []


def test_a_build_is_silent_about_it() -> None:
    """It is for who puts a house in order, and no matter of what is built."""
    slos = resolve(plain_slo("a"), Settings())

    assert "missing-description" not in [said.code for said in checks.check_build(slos)]
    assert "missing-description" in [said.code for said in checks.check_house(slos)]
