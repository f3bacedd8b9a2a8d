"""Which alerts of an SLO are about the same incident, so that one of them is enough to be sent.

Alertmanager's word for that is to inhibit: while a source alert fires, its targets are not sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import attrs

from slogen.model import Severity
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.plan.alerts import ResolvedAlert
    from slogen.plan.resolve import ResolvedSLO

AlertRole = Literal["burn_rate", "exhausted", "low", "violated", "data"]
"""What an alert is about: how fast the budget goes, how much is left, or whether data is there."""
_ABOUT_BUDGET: Mapping[str, AlertRole] = {
    "exhausted": "exhausted",
    "low": "low",
    "violated": "violated",
}
"""By the arguments of the policy that switch them; the others are about data."""


@attrs.frozen
class IncidentAlert:
    """An alert, as far as its labels and its meaning tell it from the SLO's others.

    Attributes:
        role: What it is about.
        urgency: Its severity in slogen's words.
        name: As ``alert_names`` of the settings has it.
        severity: In the words of ``severities`` in the settings.
        window: The long window of a burn-rate alert; None for all others.
    """

    role: AlertRole
    urgency: Severity
    name: str
    severity: str
    window: Duration | None

    @property
    def rank(self) -> int:
        """How urgent it is: 0 for a page, more for what can wait."""
        return get_args(Severity).index(self.urgency)

    def inhibits(self, other: IncidentAlert) -> bool:
        """Tell whether who has got this alert need not get another one of the same SLO and group.

        Nothing inhibits what is more urgent. A burn-rate alert inhibits those that are less urgent
        or look at a longer window, and those about the budget, which it says is being spent. A page
        inhibits all that is less urgent. A spent budget inhibits the word that it is low.
        """
        if self.rank > other.rank:
            return False
        if self.role == "exhausted":
            return other.role in ("low", "violated")
        if self.role != "burn_rate":
            return False
        if other.role == "burn_rate":
            return self.rank < other.rank or self._is_faster_than(other)
        is_page = self.urgency == "page" and other.urgency != "page"
        return is_page or other.role in _ABOUT_BUDGET

    def _is_faster_than(self, other: IncidentAlert) -> bool:
        return bool(self.window and other.window and self.window < other.window)


def incident_alerts(slo: ResolvedSLO) -> tuple[IncidentAlert, ...]:
    """Return the alerts of an SLO; of tiers that differ in their burn rate alone, one."""
    tiers = (_alert("burn_rate", tier.alert, tier.long) for tier in slo.tiers)
    others = (
        _alert(_ABOUT_BUDGET.get(name, "data"), alert, None) for name, alert in slo.others.items()
    )
    return tuple(dict.fromkeys((*tiers, *others)))


def _alert(role: AlertRole, alert: ResolvedAlert, window: Duration | None) -> IncidentAlert:
    return IncidentAlert(role, alert.urgency, alert.name, alert.severity, window)
