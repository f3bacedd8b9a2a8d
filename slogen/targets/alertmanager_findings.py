"""What is worth knowing about routes and alerts, though Alertmanager takes them as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.diagnostics import Code, Diagnostic
from slogen.spelling import did_you_mean
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from slogen.plan import ResolvedSLO
    from slogen.targets.routes import Route

ROUTE_WITHOUT_SLO = Code.warning(
    "route-without-slo",
    "a route of Alertmanager is for an owner or a severity that no alert has",
    why="No alert of this build takes the route. If its owner is misspelt, the alerts that it "
    "was meant for go to the receiver of another route.",
    remedy="Write the owner as the SLOs have it, or remove the route.",
)
INCIDENT_DIVIDED = Code.warning(
    "incident-divided",
    "alerts of an SLO differ in a label by which Alertmanager tells incidents apart",
    why="Alertmanager treats alerts as one incident if they agree in the labels of all groups "
    "and servers. If alerts of one SLO differ in such a label, they are several "
    "incidents, and Alertmanager sends both the page and the ticket.",
    remedy="Rename the label of the alerts, or give all alerts of the SLO the same value.",
)


def unused(routes: Iterable[Route], slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    """Yield which routes no alert of some SLOs takes."""
    owners = sorted({slo.definition.owner for slo in slos})
    for route in routes:
        if any(_takes_one_of(route, slo) for slo in slos):
            continue
        is_unknown = route.owner is not None and route.owner not in owners
        yield Diagnostic(
            entry=ROUTE_WITHOUT_SLO,
            found=_without_owner(route) if is_unknown else _without_alert(route),
            remedy=did_you_mean(route.owner, owners) if is_unknown and route.owner else "",
            argument="owner" if is_unknown or not route.severity else "severity",
            origin=route.origin,
        )


def _takes_one_of(route: Route, slo: ResolvedSLO) -> bool:
    is_owned = route.owner in (None, slo.definition.owner)
    return is_owned and any(alert.urgency in route.severities for alert in slo.alerts)


def _without_owner(route: Route) -> str:
    return f"no SLO of this build has the owner {quoted(route.owner or '')}"


def _without_alert(route: Route) -> str:
    whose = "no SLO of this build" if route.owner is None else f"no SLO of {quoted(route.owner)}"
    wanted = f" of the severity {quoted(route.severity)}" if route.severity else ""
    return f"{whose} has an alert{wanted}"


def divided(labels: Sequence[str], slos: Iterable[ResolvedSLO]) -> Iterator[Diagnostic]:
    """Yield which SLOs have alerts that differ in labels by which incidents are told apart."""
    for slo in slos:
        for label in labels:
            values = sorted({alert.labels.get(label, "") for alert in slo.alerts})
            if len(values) > 1:
                listed = ", ".join(map(quoted, values))
                yield Diagnostic(
                    entry=INCIDENT_DIVIDED,
                    found=f"its alerts have several values of {quoted(label)}: {listed}",
                    remedy="rename the label, or let all of these alerts have the same value",
                    slo_id=slo.definition.id,
                    origin=slo.definition.origin,
                )
