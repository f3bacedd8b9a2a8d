"""What the tests of checks share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler import compile_slo
from slogen.model import SLO, Service, Settings, Up
from slogen.plan import resolve

if TYPE_CHECKING:
    from slogen.checks.check import BuildCheck, Check, GivenCheck
    from slogen.checks.given import Given
    from slogen.diagnostics import Diagnostic

WHOLE = Service("s", owner="a", runbook="https://r.example.com")
"""A service that lacks nothing."""


def plain_slo(name: str, service: Service | None = None, description: str = "") -> SLO:
    """Return an SLO of a service, of one without anything unless given."""
    return SLO(
        service=service or Service("s"),
        name=name,
        objective="99%",
        window="30d",
        description=description,
        sli=Up(gauge="up"),
    )


def found(check: Check, slo: SLO, settings: Settings | None = None) -> list[Diagnostic]:
    """Return what a check finds in an SLO."""
    (resolved,) = resolve(slo, settings or Settings())
    sizes = tuple(len(group.rules) for group in compile_slo(resolved).groups)
    return list(check.find(resolved, sizes))


def found_in_build(
    check: BuildCheck, *slos: SLO, settings: Settings | None = None
) -> list[Diagnostic]:
    """Return what a check finds in SLOs that are built together."""
    return list(check.find(resolve(slos, settings or Settings())))


def summed_up(check: BuildCheck, *slos: SLO) -> list[Diagnostic]:
    """Return what a build says of SLOs that are built together."""
    assert check.sum_up is not None
    return list(check.sum_up(resolve(slos, Settings())))


def found_given(check: GivenCheck, slo: SLO, given: Given) -> list[Diagnostic]:
    """Return what a check finds in an SLO where a user gives some facts."""
    (resolved,) = resolve(slo, Settings())
    return list(check.find(resolved, given))


def place_of(diagnostic: Diagnostic) -> str:
    """Return the text that a diagnostic points at in its file."""
    place = diagnostic.position
    assert place is not None
    line, carets = place.excerpt()
    begin = carets.index("^")
    return line[begin : begin + carets.count("^")]
