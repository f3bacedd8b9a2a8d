"""Error ratios at which it is worth knowing when a tier's alert fires, and what they cost."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.units import quotient

if TYPE_CHECKING:
    from slogen.plan.resolve import ResolvedSLO
    from slogen.plan.tiers import ResolvedTier
    from slogen.units import Duration

_ALL = Decimal(1)
_NAMES = {None: "a total outage", 10: "ten times its burn rate", 2: "twice its burn rate"}
MULTIPLES: tuple[int | None, ...] = tuple(_NAMES)
"""The levels of a tier, by how many times its threshold they are; None is a total outage."""


@attrs.frozen
class ErrorLevel:
    """How bad things are, as a tier sees it.

    Attributes:
        times: How many times the tier's threshold; None where everything is bad.
        ratio: The error ratio, above the one at the tier's threshold, and at most 1.
    """

    times: int | None
    ratio: Decimal

    @property
    def is_total(self) -> bool:
        """Whether everything is bad."""
        return self.times is None

    @property
    def name(self) -> str:
        """The level in words, such as ``twice its burn rate``."""
        return _NAMES[self.times]


def error_limit(slo: ResolvedSLO, tier: ResolvedTier) -> Decimal:
    """Return the error ratio that both windows of a tier have to exceed: at its threshold."""
    return tier.threshold * slo.budget


def error_levels(slo: ResolvedSLO, tier: ResolvedTier) -> tuple[ErrorLevel, ...]:
    """Return a total outage, ten times and twice a tier's threshold; none of these above 1.

    >>> from slogen import SLO, Events, Service, Settings
    >>> from slogen.plan import resolve
    >>> sli = Events(total="requests_total", bad="failures_total")
    >>> slo = SLO(service=Service("shop"), name="a", objective="99%", window="30d", sli=sli)
    >>> (plan,) = resolve(slo, Settings())
    >>> [str(level.ratio) for level in error_levels(plan, plan.tiers[0])]
    ['1', '0.288']
    """
    limit = error_limit(slo, tier)
    levels = (ErrorLevel(times, limit * times if times else _ALL) for times in MULTIPLES)
    return tuple(level for level in levels if level.is_total or level.ratio < _ALL)


def budget_spent(slo: ResolvedSLO, ratio: Decimal, time: Duration) -> Decimal:
    """Return which part of the whole error budget a constant error ratio spends in a time.

    >>> from slogen import SLO, Events, Service, Settings
    >>> from slogen.plan import resolve
    >>> from slogen.units import Duration
    >>> sli = Events(total="requests_total", bad="failures_total")
    >>> slo = SLO(service=Service("shop"), name="a", objective="99%", window="30d", sli=sli)
    >>> (plan,) = resolve(slo, Settings())
    >>> budget_spent(plan, Decimal("0.5"), Duration("72m"))
    Decimal('0.0833333')
    """
    return quotient(ratio * time.milliseconds, slo.budget * slo.period.milliseconds)
