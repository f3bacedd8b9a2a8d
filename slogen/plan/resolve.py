"""From an SLO and the settings to everything that the compiler has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import DuplicateID, InputError, raise_all
from slogen.model import SLO, Settings
from slogen.naming import Naming
from slogen.plan.tiers import ResolvedTier, resolve_tiers
from slogen.plan.timing import LONGEST_FAST_WINDOW, Timing
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from slogen.plan.findings import Finding

CURRENT_WINDOW = Duration("5m")


@attrs.frozen(kw_only=True)
class ResolvedSLO:
    """An SLO with every choice made.

    Attributes:
        slo: What the user meant.
        naming: The names of the labels.
        timing: The intervals and ranges of its rules.
        tiers: Its burn-rate alerts.
        windows: The windows that error ratios are recorded over, the shortest first; the last
            one that is as long as the SLO's own is always among them.
    """

    slo: SLO
    naming: Naming
    timing: Timing
    tiers: tuple[ResolvedTier, ...]
    windows: tuple[Duration, ...]

    @property
    def budget(self) -> Decimal:
        """The error budget as a ratio."""
        return self.slo.objective.budget

    @property
    def period(self) -> Duration:
        """The SLO's own window."""
        return self.slo.window.length

    @property
    def current_window(self) -> Duration:
        """The window of the current burn rate."""
        return CURRENT_WINDOW

    @property
    def exhaustion_window(self) -> Duration:
        """The window whose burn rate says when the budget will be gone."""
        return min(LONGEST_FAST_WINDOW, self.period)


def resolve(
    slos: Iterable[SLO], settings: Settings
) -> tuple[tuple[ResolvedSLO, ...], tuple[Finding, ...]]:
    """Return the SLOs ready to be compiled, in the order given, and what there is to say.

    Raises:
        InputError: If two share an id, or a tier makes no sense for its SLO; all faults together.
    """
    chosen = tuple(slos)
    faults: list[InputError] = list(_duplicates(chosen))
    timing = Timing.of(settings)
    resolved: list[ResolvedSLO] = []
    findings: list[Finding] = []
    for slo in chosen:
        tiers, found, wrong = resolve_tiers(slo)
        findings += found
        faults += wrong
        resolved.append(
            ResolvedSLO(
                slo=slo,
                naming=settings.naming,
                timing=timing,
                tiers=tiers,
                windows=_windows(slo, tiers),
            )
        )
    raise_all(faults)
    return tuple(resolved), tuple(findings)


def _duplicates(slos: tuple[SLO, ...]) -> Iterable[DuplicateID]:
    first: dict[str, SLO] = {}
    for slo in slos:
        if (other := first.setdefault(slo.id, slo)) is not slo:
            yield DuplicateID(slo.id, other.origin, slo.origin)


def _windows(slo: SLO, tiers: tuple[ResolvedTier, ...]) -> tuple[Duration, ...]:
    period = slo.window.length
    needed = {CURRENT_WINDOW, min(LONGEST_FAST_WINDOW, period), period}
    needed.update(window for tier in tiers for window in (tier.short, tier.long))
    return tuple(sorted(needed))
