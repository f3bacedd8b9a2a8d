"""Routes of Alertmanager: which receiver gets the alerts of an owner or a severity."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import attrs

from slogen.errors import InputError, InvalidValue
from slogen.model import Severity, arguments
from slogen.model.alerts import SEVERITIES
from slogen.naming import SEVERITY_LABEL
from slogen.source import Origin, caller
from slogen.targets.matchers import matcher
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from slogen.naming import Naming
    from slogen.plan import ResolvedSLO

    Words = Mapping[Severity, tuple[str, ...]]


def _severity(value: Severity) -> Severity:
    if value not in get_args(Severity):
        raise InvalidValue("severity", repr(value), SEVERITIES)
    return value


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class Route:
    """Which receiver gets some of the alerts.

    >>> Route(owner="team-backend", severity="page", receiver="backend-pager").receiver
    'backend-pager'

    Attributes:
        receiver: The name of the receiver in the configuration of Alertmanager.
        owner: The owner whose alerts it gets; None for those of everybody.
        severity: The severity of the alerts that it gets, in slogen's words; None for each.
        origin: Where it was written down.
    """

    receiver: str = attrs.field(converter=arguments.name)
    owner: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(arguments.name)
    )
    severity: Severity | None = attrs.field(
        default=None, converter=attrs.converters.optional(_severity)
    )
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    @property
    def severities(self) -> frozenset[Severity]:
        """The severities of the alerts that it gets."""
        return frozenset([self.severity] if self.severity else get_args(Severity))

    def takes(self, owner: str | None, severity: Severity) -> bool:
        """Tell whether it gets all alerts of an owner, or of everybody, that have a severity."""
        return self.owner in (None, owner) and severity in self.severities

    def matchers(self, naming: Naming, words: Words) -> tuple[str, ...]:
        """Return the matchers of its alerts; none where it takes all.

        Args:
            naming: The names of the labels.
            words: The words that alerts have for each severity.
        """
        owner = () if self.owner is None else (matcher(naming.owner, [self.owner]),)
        if self.severity is None:
            return owner
        return (*owner, matcher(SEVERITY_LABEL, words[self.severity]))


def severity_words(slos: Iterable[ResolvedSLO]) -> Words:
    """Return the words that the alerts of SLOs have for each severity, sorted."""
    said = [slo.settings.severities for slo in slos]
    return {
        severity: tuple(sorted({words.get(severity, severity) for words in said} or {severity}))
        for severity in get_args(Severity)
    }


def route_faults(routes: Sequence[Route], words: Words) -> Iterator[InputError]:
    """Yield what is wrong with routes: no alert reaches one, or its severity is not told apart."""
    for position, route in enumerate(routes):
        if _is_hidden(route, routes[:position]):
            yield InvalidValue(
                "Route.receiver",
                f"{quoted(route.receiver)}, and routes in front of it take all of its alerts",
                "routes that each take some alerts: the first that fits counts",
                "put the route that takes less in front",
                origin=route.origin,
                argument="receiver",
            )
        if route.severity:
            yield from _same_words(route, route.severity, words)


def _is_hidden(route: Route, earlier: Sequence[Route]) -> bool:
    """Tell whether no alert is left for a route that stands behind others."""
    return all(any(one.takes(route.owner, each) for one in earlier) for each in route.severities)


def _same_words(route: Route, severity: Severity, words: Words) -> Iterator[InputError]:
    for other, others in words.items():
        shared = sorted({*words[severity]} & {*others})
        if other != severity and shared:
            yield InvalidValue(
                "Route.severity",
                f"{quoted(severity)}, and alerts of that severity say {quoted(shared[0])}, as "
                f"those of {quoted(other)} do",
                "a severity with a word of its own",
                f"leave the severity out, or let `severities` have another word for {other}",
                origin=route.origin,
                argument="severity",
            )
