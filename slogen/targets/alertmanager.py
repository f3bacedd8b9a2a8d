"""Alertmanager: ``alertmanager/slogen.yaml``, by which one incident is one notification.

Source: https://prometheus.io/docs/alerting/latest/configuration/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.errors import InvalidValue, raise_all
from slogen.model import arguments
from slogen.targets.alertmanager_findings import divided, unused
from slogen.targets.external_labels import external_labels
from slogen.targets.files import HEADER, File
from slogen.targets.inhibit_rules import incident_labels, inhibit_rules
from slogen.targets.matchers import exists
from slogen.targets.routes import Route, route_faults, severity_words
from slogen.targets.target import Target
from slogen.targets.yaml_text import promql, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.naming import Naming
    from slogen.plan import ResolvedSLO
    from slogen.targets.built import Built, Layout
    from slogen.targets.routes import Words

_DEFAULT = "default"
_MERGING = """\
# To merge it: put the items of route.routes in front of yours, and those of inhibit_rules beside
# yours. The receivers are your own: those below stand here for amtool, and send nothing."""

_SLOS = "# Made from these SLOs; a build without one of them is another file:"


def _routes(value: Iterable[Route]) -> tuple[Route, ...]:
    routes = tuple(value) if isinstance(value, list | tuple) else (value,)
    for route in routes:
        if not isinstance(route, Route):
            raise InvalidValue("routes", repr(route), 'a list of Route(receiver="...", ...)')
    return routes


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class Alertmanager(Target):
    """A configuration of Alertmanager: routes, grouping and inhibition for the alerts of SLOs.

    >>> Alertmanager(routes=[Route(severity="page", receiver="pager")]).routes[0].receiver
    'pager'

    Attributes:
        routes: Which receivers get the alerts; the first that fits counts, and what fits none goes
            to the receiver of the route that these stand in.
        external_labels: The names of labels that servers add to alerts (``external_labels`` of
            Prometheus): what differs in one of them is no incident of the other's.
    """

    name: ClassVar[str] = "alertmanager"
    help: ClassVar[str] = "routes, grouping and inhibition, so that an incident is one notification"

    routes: tuple[Route, ...] = attrs.field(
        default=(),
        converter=_routes,
        metadata={
            "help": "which receiver gets which alerts: tables with `receiver` and perhaps `owner` "
            "and `severity`; the first that fits counts",
            "items": Route,
        },
    )
    external_labels: tuple[str, ...] = attrs.field(
        default=(),
        converter=external_labels,
        metadata={
            "help": "labels that servers add to alerts, such as `cluster`: what differs in one of "
            "them is another incident"
        },
    )

    @classmethod
    def slo_ids(cls, text: str) -> tuple[str, ...]:
        """Return the ids of the SLOs that the file was made from, which it lists at its end."""
        _, _, listed = text.replace("\r\n", "\n").partition(f"\n{_SLOS}\n")
        mark = "#   "
        lines = listed.split("\n")
        return tuple(line.removeprefix(mark) for line in lines if line.startswith(mark))

    def findings(self, built: tuple[Built, ...], layout: Layout) -> Iterator[Diagnostic]:  # noqa: ARG002 (one file in every layout)
        """Yield which routes are for owners that no SLO has, and whose alerts are divided."""
        slos = tuple(one.slo for one in built)
        for naming in _namings(slos):
            labels = incident_labels(naming, slos, self.external_labels)
            yield from divided(labels, (slo for slo in slos if slo.naming == naming))
        yield from unused(self.routes, slos)

    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:  # noqa: ARG002 (one file in every layout)
        """Return the one file.

        Raises:
            InvalidValue: If no alert reaches a route, or its severity has the word of another one.
        """
        slos = tuple(one.slo for one in built)
        words = severity_words(slos)
        raise_all(list(route_faults(self.routes, words)))
        receivers = dict.fromkeys((_DEFAULT, *(route.receiver for route in self.routes)))
        lines = (
            *(HEADER, _MERGING, "route:", f"  receiver: {_DEFAULT}"),
            *self._routes_yaml(slos, words),
            *self._inhibit_rules_yaml(slos),
            *("receivers:", *(f"  - name: {scalar(name)}" for name in receivers)),
            *(_SLOS, *sorted(f"#   {slo.definition.id}" for slo in slos)),
        )
        return (File(f"{self.folder}/slogen.yaml", "\n".join(lines) + "\n"),)

    def _routes_yaml(self, slos: tuple[ResolvedSLO, ...], words: Words) -> Iterator[str]:
        if slos:
            yield "  routes:"
        for naming in _namings(slos):
            labels = incident_labels(naming, slos, self.external_labels)
            yield "    # One notification for each SLO, and for each of its groups."
            yield f"    - matchers: {_flow(promql(exists(naming.id)))}"
            yield f"      group_by: {_flow(*map(scalar, labels))}"
            if self.routes:
                yield "      routes:"
            for route in self.routes:
                yield f"        - receiver: {scalar(route.receiver)}"
                if matchers := route.matchers(naming, words):
                    yield f"          matchers: {_flow(*map(promql, matchers))}"

    def _inhibit_rules_yaml(self, slos: tuple[ResolvedSLO, ...]) -> Iterator[str]:
        rules = [
            rule
            for naming in _namings(slos)
            for rule in inhibit_rules(naming, slos, self.external_labels)
        ]
        if rules:
            yield "inhibit_rules:"
        meaning = ""
        for rule in rules:
            if rule.meaning != meaning:
                yield f"  # {rule.meaning}"
            meaning = rule.meaning
            yield f"  - source_matchers: {_flow(*map(promql, rule.source))}"
            yield f"    target_matchers: {_flow(*map(promql, rule.target))}"
            yield f"    equal: {_flow(*map(scalar, rule.equal))}"


def _namings(slos: Iterable[ResolvedSLO]) -> tuple[Naming, ...]:
    return tuple(dict.fromkeys(slo.naming for slo in slos))


def _flow(*items: str) -> str:
    """Return a list of YAML on one line."""
    return f"[{', '.join(items)}]"
