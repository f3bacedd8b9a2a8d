"""Mutants of the plan: timing, tiers, presets, alerts."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_PLAN = (
    *mutants(
        "slogen.plan.timing:_base_range",
        (
            "base-range-of-two-scrapes",
            "max(3 * scrape, _SHORTEST_BASE_RANGE)",
            "max(2 * scrape, _SHORTEST_BASE_RANGE)",
            "none may be missed",
        ),
    ),
    *mutants(
        "slogen.plan.timing:_SLOW_INTERVALS",
        (
            "slow-interval",
            "(Duration('1m'), Duration('2m'))",
            "(Duration('2m'), Duration('4m'))",
            "budgets are twice as old",
        ),
    ),
    *mutants(
        "slogen.plan.timing:LONGEST_FAST_WINDOW",
        (
            "fast-windows-up-to-1h",
            "Duration('6h')",
            "Duration('1h')",
            "6h pages read hours, and come late",
        ),
    ),
    *mutants(
        "slogen.plan.alerts:BURN_RATE",
        (
            "page-stays-1m",
            (
                "AlertDefaults(name=naming.ALERT_PAGE, severity='page', "
                "keep_firing_for=Duration('10m'))"
            ),
            (
                "AlertDefaults(name=naming.ALERT_PAGE, severity='page', "
                "keep_firing_for=Duration('1m'))"
            ),
            "pages flap",
        ),
        (
            "tickets-wake-people",
            "AlertDefaults(name=naming.ALERT_TICKET)",
            "AlertDefaults(name=naming.ALERT_TICKET, severity='page')",
            "a ticket is a page",
        ),
        (
            "infos-are-tickets",
            "AlertDefaults(name=naming.ALERT_INFO, severity='info')",
            "AlertDefaults(name=naming.ALERT_INFO)",
            "what is for information alone is a ticket",
        ),
    ),
    *mutants(
        "slogen.plan.alerts:BESIDE_TIERS",
        (
            "stale-at-once",
            "AlertDefaults(name=naming.ALERT_STALE, for_=Duration('10m'))",
            "AlertDefaults(name=naming.ALERT_STALE)",
            "each restart is stale data",
        ),
        (
            "exhausted-ends-at-once",
            "AlertDefaults(name=naming.ALERT_EXHAUSTED, keep_firing_for=Duration('1h'))",
            "AlertDefaults(name=naming.ALERT_EXHAUSTED)",
            "a good moment ends the alert, and a bad one sends it again",
        ),
        (
            "low-at-once",
            "AlertDefaults(name=naming.ALERT_LOW, for_=Duration('5m'))",
            "AlertDefaults(name=naming.ALERT_LOW)",
            "a moment below the limit is a ticket",
        ),
        (
            "violated-at-once",
            "AlertDefaults(name=naming.ALERT_VIOLATED, for_=Duration('5m'))",
            "AlertDefaults(name=naming.ALERT_VIOLATED)",
            "a moment below the objective is a ticket",
        ),
        (
            "stale-groups-at-once",
            "AlertDefaults(name=naming.ALERT_STALE_GROUPS, for_=Duration('10m'))",
            "AlertDefaults(name=naming.ALERT_STALE_GROUPS)",
            "each restart of a group is stale data",
        ),
        (
            "incomplete-at-once",
            "AlertDefaults(name=naming.ALERT_INCOMPLETE, for_=Duration('1h'))",
            "AlertDefaults(name=naming.ALERT_INCOMPLETE)",
            "a gap that is over in minutes is a ticket",
        ),
    ),
    *mutants(
        "slogen.plan.alerts:resolve_alert",
        (
            "labels-of-a-severity-lost",
            "{**settings.severity_labels.get(severity, {})}",
            "{}",
            "pages go to nobody's pager",
        ),
        (
            "labels-of-a-severity-win",
            "{**settings.severity_labels.get(severity, {}), **slo.alerts.labels}",
            "{**slo.alerts.labels, **settings.severity_labels.get(severity, {})}",
            "a policy cannot send its pages elsewhere",
        ),
    ),
    *mutants(
        "slogen.plan.alerts:_delay",
        (
            "zero-delay-is-default",
            "(default if given is None else given) or None",
            "given or default",
            "a delay cannot be switched off",
        ),
    ),
    *mutants(
        "slogen.model.policy:USUAL_MIN_BAD_EVENTS",
        (
            "four-bad-events",
            "3",
            "4",
            "one more",
        ),
        (
            "two-bad-events",
            "3",
            "2",
            "one less",
        ),
    ),
    *mutants(
        "slogen.model.policy:AlertPolicy._default_preset",
        (
            "a-policy-loses-its-tiers",
            "'none' if self.tiers else 'standard'",
            "'none'",
            "a policy with labels alone has no tiers",
        ),
    ),
    *mutants(
        "slogen.plan.tiers:_guard",
        (
            "one-bad-event-is-a-bound",
            "least > 1",
            "least > 0",
            "the guard cannot be switched off",
        ),
        (
            "time-has-a-bound",
            "slo.sli.counts_events and least > 1",
            "least > 1",
            "three seconds of an outage are asked for",
        ),
    ),
    *mutants(
        "slogen.plan.tiers:_resolved",
        (
            "own-bound-lost",
            "tier.min_bad_events or slo.alerts.min_bad_events",
            "slo.alerts.min_bad_events",
            "a tier cannot ask for more bad events than the policy",
        ),
        (
            "first-scrape-is-seen",
            "tier.short + 2 * timing.fast_interval",
            "tier.short",
            "the first scrape of a pod, which fails, pages",
        ),
        (
            "warm-up-quarter",
            "tier.long.milliseconds // 2",
            "tier.long.milliseconds // 4",
            "too soon",
        ),
        (
            "no-warm-up",
            "max(half, seen) if waits else seen",
            "seen",
            "slow tiers judge a young SLO",
        ),
        (
            "no-warm-up-of-fast-tiers",
            "max(half, seen) if waits else seen",
            "max(half, seen) if waits else Duration('1s')",
            "the first bad minute of a new group pages",
        ),
        (
            "fast-tiers-warm-up-as-slow-ones",
            "max(half, seen) if waits else seen",
            "max(half, seen)",
            "a new group that fails pages nobody for half an hour",
        ),
    ),
    *mutants(
        "slogen.plan.tiers:HIGHEST_PRESET_RATIO",
        (
            "presets-up-to-100-percent",
            "Decimal('0.9')",
            "Decimal('1')",
            "a tier asks for an outage without a single good event",
        ),
    ),
    *mutants(
        "slogen.plan.tiers:ResolvedTier.is_slow",
        (
            "6h-tier-is-slow",
            "self.long > LONGEST_FAST_WINDOW",
            "self.long >= LONGEST_FAST_WINDOW",
            "6h pages come every 2m",
        ),
    ),
    *mutants(
        "slogen.plan.tiers:_faults",
        (
            "unreachable-tier",
            "burn_rate * budget >= 1",
            "burn_rate * budget > 1",
            "never fires",
        ),
    ),
    *mutants(
        "slogen.plan.tiers:_reachable",
        (
            "reachable-rounded-up",
            "exact.quantize(Decimal('0.1'), rounding=ROUND_FLOOR)",
            "exact.quantize(Decimal('0.1'), rounding=ROUND_CEILING)",
            "above 90 %",
        ),
    ),
    *mutants(
        "slogen.plan.tiers:_burn_rate",
        (
            "spends-upside-down",
            "quotient(tier.spends * _milliseconds(slo), Decimal(tier.long.milliseconds))",
            "quotient(tier.spends * Decimal(tier.long.milliseconds), _milliseconds(slo))",
            "a part of the budget is another burn rate",
        ),
    ),
    *mutants(
        "slogen.plan.tiers:ResolvedTier.spends",
        (
            "spends-of-the-short-window",
            "self.long.milliseconds",
            "self.short.milliseconds",
            "the part of the budget is a twelfth",
        ),
    ),
    *mutants(
        "slogen.plan.presets:_BY_SHORTEST_WINDOW",
        (
            "preset-burn-rate",
            (
                "(_tier('page', '14.4', '1h', '5m'), _tier('page', '6', '6h', '30m'), "
                "_tier('ticket', '3', '1d', '2h'))"
            ),
            (
                "(_tier('page', '24.4', '1h', '5m'), _tier('page', '6', '6h', '30m'), "
                "_tier('ticket', '3', '1d', '2h'))"
            ),
            "the book says 14.4",
        ),
        (
            "preset-window",
            "_tier('ticket', '3', '1d', '2h')",
            "_tier('ticket', '3', '1d', '1h')",
            "the book says 2h",
        ),
        (
            "preset-below-3d",
            "_tier('page', '4', '3h', '15m')",
            "_tier('page', '8', '3h', '15m')",
            "twice as deaf",
        ),
        (
            "presets-of-long-windows-from-12h",
            "Duration('12h1ms')",
            "Duration('12h')",
            "a 12h window's ticket takes all of the budget",
        ),
    ),
    *mutants(
        "slogen.plan.presets:_standard",
        (
            "preset-border",
            "window >= shortest",
            "window > shortest",
            "14d is a short window",
        ),
    ),
    *mutants(
        "slogen.plan.presets:_PAGED_PART",
        (
            "pages-of-short-windows",
            "(24, 4)",
            "(12, 4)",
            "a page comes when half of the budget is gone",
        ),
    ),
    *mutants(
        "slogen.plan.presets:_MINUTE",
        (
            "shortest-tier",
            "Duration('4m')",
            "Duration('1m')",
            "an SLO of an hour cannot be built",
        ),
    ),
    *mutants(
        "slogen.plan.presets:preset_tiers",
        (
            "pages-only-has-tickets",
            "{'pages_only': 'ticket', 'tickets_only': 'page'}",
            "{'pages_only': 'page', 'tickets_only': 'page'}",
            "who is woken?",
        ),
        (
            "preset-sent-as-ever",
            "sent[tier.severity]",
            "None",
            "labels of the policy's pages are lost",
        ),
    ),
    *mutants(
        "slogen.plan.presets:_sent",
        (
            "severity-of-a-preset-is-fixed",
            "said.pop('severity') or tier.severity",
            "tier.severity if said.pop('severity') else tier.severity",
            "a page cannot become an info",
        ),
    ),
    *mutants(
        "slogen.plan.resolve:_never_firing",
        (
            "stale-where-missing-is-bad",
            "is_bad and (not slo.group_by)",
            "False",
            "an alert that cannot fire is there",
        ),
        (
            "stale-groups-of-none",
            "is_bad or not slo.group_by",
            "is_bad",
            "one group of none is said to be gone",
        ),
    ),
    *mutants(
        "slogen.plan.resolve:_windows",
        (
            "short-windows-lost",
            "(tier.short, tier.long)",
            "(tier.long,)",
            "alerts read windows that nobody records",
        ),
    ),
    *mutants(
        "slogen.plan.resolve:ResolvedSLO.exhaustion_windows",
        (
            "exhaustion-beyond-period",
            "min(window, self.period)",
            "window",
            "the budget of an SLO of 4h lasts by what happened before its window",
        ),
    ),
    *mutants(
        "slogen.plan.resolve:_resolved",
        (
            "settings-identity-lost",
            "{**settings.identity}",
            "{}",
            "two Prometheus servers record the same series",
        ),
    ),
    *mutants(
        "slogen.plan.resolve:CURRENT_WINDOW",
        (
            "current-window",
            "Duration('5m')",
            "Duration('1h')",
            "late",
        ),
    ),
)
