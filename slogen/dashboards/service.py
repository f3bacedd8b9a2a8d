"""The SLOs of a service, as its dashboard sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.dashboards.measures import Words
from slogen.dashboards.scope import Scope, chosen, chosen_or_none, exactly
from slogen.model.budget_policy import BudgetPolicy
from slogen.plan import ResolvedSLO
from slogen.promql.selector import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.units import Duration


@attrs.frozen(kw_only=True)
class Detail:
    """The SLOs of a service, and what the panels of its dashboard have to know.

    Attributes:
        scope: The series of the chosen SLO.
        slos: All SLOs of the service.
        words: Their severities.
        folder: The title of the dashboard's folder.
        budget_policy: How much of a budget has to be left for a deployment.
    """

    scope: Scope
    slos: tuple[ResolvedSLO, ...]
    words: Words
    folder: str
    budget_policy: BudgetPolicy

    @property
    def service(self) -> str:
        """The service's name."""
        return self.slos[0].definition.service.name

    @property
    def uid(self) -> str:
        """The uid of the dashboard."""
        return naming.uid("service", self.service, self.scope.naming)

    @property
    def fast_interval(self) -> Duration:
        """How often the base series are recorded at least."""
        return min(one.timing.fast_interval for one in self.slos)

    @property
    def legend(self) -> str:
        """How a group is called, in front of what a curve is about; nothing without groups."""
        labels = (*self.scope.groups, *self.scope.identity)
        return "".join(f"{{{{{label}}}}} " for label in labels)

    def are(self, slos: Iterable[ResolvedSLO]) -> tuple[Matcher, ...]:
        """Return the matcher for some SLOs of the service; none where they are all."""
        ids = tuple(one.definition.id for one in slos)
        return () if len(ids) == len(self.slos) else (exactly(self.scope.naming.id, *ids),)


def detail_scope(slos: tuple[ResolvedSLO, ...], look_back: Duration) -> Scope:
    """Return the scope of a service's dashboard."""
    names = slos[0].naming
    identity = tuple(
        dict.fromkeys(k for one in slos for k in one.identity if k not in one.naming.identity)
    )
    groups = tuple(dict.fromkeys(label for one in slos for label in one.definition.group_by))
    return Scope(
        naming=names,
        identity=identity,
        of_slos=(
            Matcher(names.id, "=", "$slo"),
            *(chosen(label, naming.by_variable(label)) for label in identity),
        ),
        of_groups=tuple(chosen(label, naming.by_variable(label)) for label in groups),
        of_alerts=tuple(chosen_or_none(label, naming.by_variable(label)) for label in groups),
        groups=groups,
        look_back=look_back,
    )


def decimals(slos: Iterable[ResolvedSLO]) -> int:
    """Return how many decimals the most precise of the objectives has, as a percentage."""
    shown = (str(one.definition.objective).rstrip("%").partition(".")[2] for one in slos)
    return max(map(len, shown))


def narrowed(one: Detail, slos: Iterable[ResolvedSLO]) -> Scope:
    """Return the scope in which the chosen SLO has to be one of some."""
    return attrs.evolve(one.scope, of_slos=(*one.scope.of_slos, *one.are(slos)))
