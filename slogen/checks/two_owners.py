"""A service is defined twice, with two owners.

Its alerts and its dashboard would go to one team or the other, depending on the SLO. Give the
service one owner; an SLO that another team answers for has an `owner` of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import BuildCheck
from slogen.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.model import Service
    from slogen.plan import ResolvedSLO


def _find(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    first: dict[str, Service] = {}
    for service in {id(slo.definition.service): slo.definition.service for slo in slos}.values():
        if not service.owner:
            continue
        other = first.setdefault(service.name, service)
        if other.owner != service.owner:
            place = other.origin.position("owner") if other.origin else None
            yield Diagnostic(
                entry=CHECK.code,
                found=f'service {service.name} has the owner "{service.owner}" here, and '
                f'"{other.owner}" elsewhere',
                allowed="one owner a service",
                remedy="name one of the two in both places; an SLO may have an owner of its own",
                details=(f"the other one: {place or 'position unknown'}",),
                argument="owner",
                origin=service.origin,
            )


CHECK = BuildCheck(
    code=Code.error("two-owners", "a service is defined with two owners", doc=__doc__), find=_find
)
