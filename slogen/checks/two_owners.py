"""A service is defined twice, with two owners.

Its alerts and its dashboard would go to one team or the other, depending on the SLO. Give the
service one owner; an SLO that another team answers for has an `owner` of its own. Where `identity`
tells two services of one name apart, such as those of two environments, each may have its owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import BuildCheck
from slogen.diagnostics import Code, Diagnostic
from slogen.recorded.series import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.model import Service
    from slogen.plan import ResolvedSLO


def _find(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, ...], Service] = {}
    for identity, service in _services(slos):
        if not service.owner:
            continue
        other = first.setdefault(identity, service)
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


def _services(slos: Sequence[ResolvedSLO]) -> Iterator[tuple[tuple[str, ...], Service]]:
    """Yield each service once, behind what tells it from others: its name, and `identity`."""
    seen = set()
    for slo in slos:
        service = slo.definition.service
        labels = (slo.identity[label] for label in key(slo) if label != slo.naming.id)
        identity = (service.name, *labels)
        if (identity, id(service)) not in seen:
            seen.add((identity, id(service)))
            yield identity, service


CHECK = BuildCheck(
    code=Code.error("two-owners", "a service is defined with two owners", doc=__doc__), find=_find
)
