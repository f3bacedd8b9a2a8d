"""The burn-rate tiers of an SLO: lines in charts, and how near each is to its threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.dashboards import measures
from slogen.dashboards.colors import FIRING, FIRING_INFO, FIRING_PAGE, FIRING_TICKET, PLAIN
from slogen.dashboards.scope import exactly, labelled, union
from slogen.dashboards.service import narrowed
from slogen.dashboards.tables import CENTRED, FILLED, Column, Frame, Names, cells, table
from slogen.plan import ResolvedSLO
from slogen.plan.tiers import ResolvedTier
from slogen.promql.expr import Text, call
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.dashboards.panels import Panel
    from slogen.dashboards.scope import Scope
    from slogen.dashboards.service import Detail
    from slogen.promql.expr import Expr

TIER = "tier"
LEVELS: Mapping[str, int] = {
    "info": FIRING_INFO,
    "ticket": FIRING_TICKET,
    "page": FIRING_PAGE,
}
"""What stands for a firing alert in tables and strips, by how urgent it is."""


@attrs.frozen
class SharedTier:
    """A tier, and the SLOs of the service that have it."""

    tier: ResolvedTier
    slos: tuple[ResolvedSLO, ...]

    @property
    def words(self) -> str:
        """What it is called on dashboards."""
        tier = self.tier
        return (
            f"{tier.alert.urgency} above {number(tier.threshold)}x ({tier.long} and {tier.short})"
        )


def shared_tiers(one: Detail) -> tuple[SharedTier, ...]:
    """Return the tiers of a service's SLOs; those that read alike are one."""
    found: dict[str, SharedTier] = {}
    for slo in one.slos:
        for tier in slo.tiers:
            own = SharedTier(tier, (slo,))
            others = found[own.words].slos if own.words in found else ()
            found[own.words] = SharedTier(tier, (*others, slo))
    return tuple(found.values())


def lines(one: Detail) -> Expr | None:
    """Return the threshold of each tier that the chosen SLO has, labelled with what it is."""
    found = [_threshold(narrowed(one, shared.slos), shared.tier) for shared in shared_tiers(one)]
    words = (shared.words for shared in shared_tiers(one))
    named = [labelled(line, TIER, tier) for line, tier in zip(found, words, strict=True)]
    return union(named) if named else None


def tier_table(one: Detail, width: int) -> Panel | None:
    """Return a row for each tier of the chosen SLO; None where no SLO of the service has any."""
    shared = shared_tiers(one)
    if not shared:
        return None
    rate = cells("suffix:x", PLAIN, 92, decimals=1)
    worst = " Of groups, the highest burn rate of each window." if one.scope.groups else ""

    def column(title: str, of: Callable[[Scope, ResolvedTier], Expr]) -> Column:
        rows = (
            labelled(of(narrowed(one, each.slos), each.tier), TIER, each.words) for each in shared
        )
        return Column(title=title, expr=union(rows), properties=rate)

    state = attrs.evolve(
        column("State", _state),
        properties=cells("none", PLAIN, 75, cell=FILLED, mappings=[FIRING]) | CENTRED,
    )
    frame = Frame(
        title="Tiers",
        description="A tier fires while its burn rates over both windows are above its threshold, "
        f"if the SLO is old enough and has enough bad events.{worst}",
        order=("-State", "-Threshold"),
        rows=max(len(slo.tiers) for slo in one.slos),
        no_value="This SLO has no tiers.",
        width=width,
    )
    return table(
        frame,
        (
            state,
            column("Burn long", lambda scope, tier: _highest(measures.burn(scope, tier.long))),
            column("Burn short", lambda scope, tier: _highest(measures.burn(scope, tier.short))),
            column("Threshold", _threshold),
        ),
        Names(first=(TIER,), titles={TIER: "Tier"}, properties={"Tier": {"custom.minWidth": 200}}),
    )


def _highest(expr: Expr) -> Expr:
    return call("max", expr)


def _threshold(scope: Scope, tier: ResolvedTier) -> Expr:
    exists = call("max", scope.constant(naming.OBJECTIVE))
    return 0 * exists + Text(number(tier.threshold), is_atomic=True)


def _state(scope: Scope, tier: ResolvedTier) -> Expr:
    names, alert = scope.naming, tier.alert
    fires = scope.alerts(
        exactly(naming.ALERT_LABEL, alert.name),
        exactly(names.window, str(tier.long)),
        exactly(names.burn_rate, number(tier.threshold)),
    )
    quiet = 0 * call("max", scope.constant(naming.OBJECTIVE))
    return (LEVELS[alert.urgency] * call("max", fires)).or_(quiet)
