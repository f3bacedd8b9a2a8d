"""From an SLO and the settings to everything that the compiler has to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InputError, InvalidValue, raise_all
from slogen.model import SLO, Settings
from slogen.naming import Naming
from slogen.plan.alerts import BESIDE_TIERS, ResolvedAlert, resolve_alert
from slogen.plan.checks import (
    clashes,
    duplicates,
    forgotten_groups,
    newer_queries,
    repeated_alerts,
)
from slogen.plan.tiers import (
    LoweredTier,
    OmittedTier,
    ResolvedTier,
    TierPlan,
    min_bad_events,
    resolve_tiers,
)
from slogen.plan.timing import LONGEST_FAST_WINDOW, Timing
from slogen.source import caller
from slogen.units import Duration

if TYPE_CHECKING:
    from decimal import Decimal

CURRENT_WINDOW = Duration("5m")
VIOLATION_WINDOW = Duration("1h")


@attrs.frozen(kw_only=True)
class ResolvedSLO:
    """An SLO with every choice made.

    Attributes:
        definition: What the user meant.
        naming: The names of the labels.
        identity: The labels that tell its series from all others.
        timing: The intervals and ranges of its rules.
        version: The oldest version of Prometheus that runs the rules.
        tiers: Its burn-rate alerts.
        exhausted: The alert about a spent budget, if it is wanted; the others likewise.
        min_bad_events: How many bad events the alerts besides tiers ask for, if that matters.
        grafana: The address of Grafana, or the empty text.
        windows: The windows that error ratios are recorded over, the shortest first.
        lowered: The tiers of a preset whose burn rates were lowered.
        omitted: The tiers of a preset that were left out.
        settings: What its service and the build say, with what it says itself.
    """

    definition: SLO
    naming: Naming
    identity: Mapping[str, str] = attrs.field(hash=False)
    timing: Timing
    version: tuple[int, int]
    tiers: tuple[ResolvedTier, ...]
    exhausted: ResolvedAlert | None
    low: ResolvedAlert | None
    violated: ResolvedAlert | None
    stale: ResolvedAlert | None
    stale_groups: ResolvedAlert | None
    incomplete: ResolvedAlert | None
    min_bad_events: int | None
    grafana: str
    windows: tuple[Duration, ...]
    lowered: tuple[LoweredTier, ...] = ()
    omitted: tuple[OmittedTier, ...] = ()
    settings: Settings = attrs.field(eq=False, repr=False)

    @property
    def budget(self) -> Decimal:
        """The error budget as a ratio."""
        return self.definition.objective.budget

    @property
    def period(self) -> Duration:
        """The SLO's own window."""
        return self.definition.window.length

    @property
    def alerts(self) -> tuple[ResolvedAlert, ...]:
        """All of its alerts: those of its tiers, and the others that are wanted."""
        return (*(tier.alert for tier in self.tiers), *self.others.values())

    @property
    def others(self) -> Mapping[str, ResolvedAlert]:
        """The alerts besides tiers that are wanted, by the arguments of the policy."""
        alerts = {name: getattr(self, name) for name in BESIDE_TIERS}
        return {name: alert for name, alert in alerts.items() if alert}

    @property
    def counts_missing(self) -> bool:
        """Whether a moment without data counts as bad."""
        return self.definition.sli.when_missing == "bad"

    @property
    def current_window(self) -> Duration:
        """The window of the current burn rate."""
        return CURRENT_WINDOW

    @property
    def violation_window(self) -> Duration:
        """The window over which the objective-violated alert looks at the SLI."""
        return VIOLATION_WINDOW

    @property
    def exhaustion_windows(self) -> tuple[Duration, ...]:
        """The windows whose bad events say when the budget will be gone, the shorter one first."""
        windows = {min(window, self.period) for window in (VIOLATION_WINDOW, LONGEST_FAST_WINDOW)}
        return tuple(sorted(windows))


def resolve(slos: SLO | Iterable[SLO], settings: Settings) -> tuple[ResolvedSLO, ...]:
    """Return the SLOs ready to be compiled, in the order given.

    Raises:
        InputError: If two share an id, settings do not fit together, or a tier makes no sense for
            its SLO; all faults together.
    """
    chosen = _distinct((slos,) if isinstance(slos, SLO) else slos)
    faults: list[InputError] = list(duplicates(chosen))
    resolved: list[ResolvedSLO] = []
    for given in chosen:
        effective = given.settings.over(given.service.settings).over(settings)
        slo = _with_defaults(given, effective)
        try:
            timing = Timing.of(effective, is_difference=slo.sli.is_difference)
        except InvalidValue as fault:
            faults.append(fault)
            continue
        plan = resolve_tiers(slo, effective, timing)
        faults += [*plan.faults, *clashes(slo, effective), *newer_queries(slo, effective)]
        resolved.append(_resolved(slo, effective, timing, plan))
        faults += repeated_alerts(slo, resolved[-1].others)
        faults += forgotten_groups(slo, resolved[-1].stale_groups)
    raise_all(faults)
    return tuple(resolved)


def _resolved(slo: SLO, settings: Settings, timing: Timing, plan: TierPlan) -> ResolvedSLO:
    naming, policy = settings.naming or Naming(), slo.alerts
    values = (slo.id, slo.service.name, slo.name)
    wanted = {
        name: resolve_alert(slo, settings, alert, BESIDE_TIERS[name]) if alert else None
        for name, alert in policy.switched.items()
    }
    wanted.update(dict.fromkeys(_never_firing(slo)))
    return ResolvedSLO(
        definition=slo,
        naming=naming,
        identity={**dict(zip(naming.identity, values, strict=True)), **settings.identity},
        timing=timing,
        version=settings.version,
        tiers=plan.tiers,
        lowered=plan.lowered,
        omitted=plan.omitted,
        min_bad_events=min_bad_events(slo),
        grafana=settings.grafana or "",
        windows=_windows(slo, plan.tiers),
        settings=settings,
        **wanted,
    )


def _never_firing(slo: SLO) -> tuple[str, ...]:
    """Return the alerts that cannot fire: about a group where there is one, about bad moments."""
    is_bad = slo.sli.when_missing == "bad"
    never = {"stale": is_bad and not slo.group_by, "stale_groups": is_bad or not slo.group_by}
    return tuple(name for name in never if never[name])


def _distinct(slos: Iterable[SLO]) -> tuple[SLO, ...]:
    """Return each object once."""
    if not isinstance(slos, Iterable):
        raise InvalidValue("slos", repr(slos), "SLO(...) objects", origin=caller())
    chosen = {id(slo): slo for slo in slos}
    for slo in chosen.values():
        if not isinstance(slo, SLO):
            raise InvalidValue("an item of slos", repr(slo), "SLO(...) objects", origin=caller())
    return tuple(chosen.values())


def _with_defaults(slo: SLO, settings: Settings) -> SLO:
    """Fill in what neither the SLO nor its service says."""
    owner, runbook = slo.owner or settings.owner or "", slo.runbook or settings.runbook or ""
    if (owner, runbook) == (slo.owner, slo.runbook):
        return slo
    return attrs.evolve(slo, owner=owner, runbook=runbook)


def _windows(slo: SLO, tiers: tuple[ResolvedTier, ...]) -> tuple[Duration, ...]:
    period = slo.window.length
    # Dashboards show the last hour of every SLO, whatever its alerts look at.
    needed = {CURRENT_WINDOW, VIOLATION_WINDOW, min(LONGEST_FAST_WINDOW, period), period}
    needed.update(window for tier in tiers for window in (tier.short, tier.long))
    return tuple(sorted(needed))
