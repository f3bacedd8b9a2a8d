"""A service is defined twice, with two owners.

Alerts and the dashboard of the service would go to one team or to the other, depending on the SLO.
Give the service one owner, in its own definition or in the settings. If another team answers for a
single SLO, give that SLO an `owner`. If `identity` tells apart two services of one name, such as
those of two environments, each may have an owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.checks.check import BuildCheck
from slogen.diagnostics import Code, Diagnostic
from slogen.source import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.plan import ResolvedSLO


def _find(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, ...], _Owned] = {}
    for owned in dict.fromkeys(map(_Owned.of, slos)):
        if not owned.owner:
            continue
        other = first.setdefault(owned.service, owned)
        if other.owner != owned.owner:
            place = other.origin.position("owner") if other.origin else None
            yield Diagnostic(
                entry=CHECK.code,
                found=f'service {owned.service[0]} has the owner "{owned.owner}" here, and '
                f'"{other.owner}" elsewhere',
                allowed="one owner a service",
                remedy="name one of the two in both places; an SLO may have an owner of its own",
                details=(f"the other one: {place or 'position unknown'}",),
                argument="owner",
                origin=owned.origin,
            )


@attrs.frozen
class _Owned:
    """A service and its owner, which it has from itself or from settings.

    Attributes:
        service: Its name, and the labels of `identity`, which tell it from others of that name.
        owner: Empty where only the SLO may have one.
        origin: Where the owner was written.
    """

    service: tuple[str, ...]
    owner: str
    origin: Origin | None = attrs.field(eq=False)

    @classmethod
    def of(cls, slo: ResolvedSLO) -> _Owned:
        """Return the service of an SLO."""
        defined, settings = slo.definition, slo.settings
        of_settings = "" if defined.settings.owner else settings.owner or ""
        is_of_settings = not defined.service.owner and defined.owner == of_settings
        return cls(
            service=(defined.service.name, *settings.identity.values()),
            owner=of_settings if is_of_settings else defined.service.owner,
            origin=settings.origin if is_of_settings else defined.service.origin,
        )


CHECK = BuildCheck(
    code=Code.error("two-owners", "a service is defined with two owners", doc=__doc__), find=_find
)
