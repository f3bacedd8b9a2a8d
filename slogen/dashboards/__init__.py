"""From resolved SLOs to dashboards: one for everything, one a service, one a team, one to review.

What the alerts use is what the panels show: recorded series, the tiers' own thresholds and windows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.dashboards.detail import detail
from slogen.dashboards.fleet import Fleet, fleet_scope
from slogen.dashboards.limits import burn_steps, paging_lines
from slogen.dashboards.measures import Words
from slogen.dashboards.overview import overview
from slogen.dashboards.report import report
from slogen.dashboards.scope import LOOK_BACK, chosen, exactly
from slogen.dashboards.service import Detail, decimals, detail_scope
from slogen.dashboards.team import team
from slogen.model.budget_policy import BudgetPolicy
from slogen.naming import DASHBOARD_FOLDER, OWNER_LABEL
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.dashboards.panels import Board
    from slogen.naming import Naming
    from slogen.plan import ResolvedSLO
    from slogen.promql.selector import Matcher


def boards(
    slos: Iterable[ResolvedSLO], budget_policy: BudgetPolicy | None = None
) -> tuple[Board, ...]:
    """Return the dashboards of SLOs: those about everything first, then services, then teams.

    SLOs whose labels have other names stand on dashboards of their own.

    Args:
        slos: The SLOs.
        budget_policy: How much of a budget has to be left for a deployment; more than nothing
            unless given.
    """
    policy = budget_policy or BudgetPolicy()
    by_naming: dict[Naming, list[ResolvedSLO]] = {}
    for one in slos:
        by_naming.setdefault(one.naming, []).append(one)
    return tuple(board for chosen in by_naming.values() for board in _boards(tuple(chosen), policy))


def _boards(slos: tuple[ResolvedSLO, ...], policy: BudgetPolicy) -> Iterator[Board]:
    owners = sorted({one.definition.owner for one in slos} - {""})
    everything = _fleet(slos, (chosen(OWNER_LABEL, "team"),) if owners else ())
    yield overview(everything, paging_lines(slos))
    yield report(everything)
    services: dict[str, list[ResolvedSLO]] = {}
    for one in slos:
        services.setdefault(one.definition.service.name, []).append(one)
    for name in sorted(services):
        own = tuple(services[name])
        siblings = _fleet(own, (), (exactly(own[0].naming.service, name),))
        yield detail(_detail(own, policy), siblings)
    for owner in owners:
        own = tuple(one for one in slos if one.definition.owner == owner)
        yield team(_fleet(own, (exactly(OWNER_LABEL, owner),)), owner)


def _fleet(
    slos: tuple[ResolvedSLO, ...],
    of_info: tuple[Matcher, ...],
    of_slos: tuple[Matcher, ...] | None = None,
) -> Fleet:
    """Return what dashboards have to know of SLOs: by default of services that are chosen."""
    names = slos[0].naming
    identity = dict.fromkeys(k for one in slos for k in one.identity if k not in names.identity)
    scope = fleet_scope(names, tuple(identity), of_info, _look_back(slos), of_slos)
    return Fleet(
        scope=attrs.evolve(scope, groups=_groups(slos)),
        slos=len(slos),
        services=tuple(sorted({one.definition.service.name for one in slos})),
        words=_words(slos),
        has_owners=any(one.definition.owner for one in slos),
        known=_known(names, of_info, of_slos),
        decimals=decimals(slos),
        burn=burn_steps(slos),
        counting=_counting(slos),
    )


def _counting(slos: tuple[ResolvedSLO, ...]) -> tuple[str, ...]:
    return tuple(sorted({s.definition.sli.kind for s in slos if s.definition.sli.counts_events}))


def _groups(slos: tuple[ResolvedSLO, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for one in slos for label in one.definition.group_by))


def _known(
    names: Naming, of_info: tuple[Matcher, ...], of_slos: tuple[Matcher, ...] | None
) -> tuple[str, ...]:
    """Return the labels that a dashboard of a service or a team need not show."""
    if of_slos is not None:
        return (names.service, OWNER_LABEL)
    return (OWNER_LABEL,) if any(m.value != "$team" for m in of_info) else ()


def _detail(slos: tuple[ResolvedSLO, ...], policy: BudgetPolicy) -> Detail:
    owners = [one.definition.service.owner for one in slos] + [one.definition.owner for one in slos]
    return Detail(
        scope=detail_scope(slos, _look_back(slos)),
        slos=slos,
        words=_words(slos),
        folder=next((owner for owner in owners if owner), DASHBOARD_FOLDER),
        budget_policy=policy,
    )


def _look_back(slos: tuple[ResolvedSLO, ...]) -> Duration:
    """Return how old a sample may be: two evaluations and a half, at least five minutes."""
    slowest = max(one.timing.slow_interval for one in slos)
    return max(LOOK_BACK, Duration.of_milliseconds(slowest.milliseconds * 5 // 2))


def _words(slos: tuple[ResolvedSLO, ...]) -> Words:
    """Return the settings' words for pages and tickets; slogen's own where no alert has any."""
    found: dict[str, dict[str, None]] = {"page": {}, "ticket": {}}
    for one in slos:
        for alert in one.alerts:
            if alert.urgency in found:
                found[alert.urgency][alert.severity] = None
    page, ticket = (tuple(sorted(found[word])) or (word,) for word in ("page", "ticket"))
    return Words(page=page, ticket=ticket)
