"""Mutants of the plan: timing, tiers, presets, alerts, detection."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

_TIMING = mutants(
    "slogen/plan/timing.py",
    (
        "base-range-of-two-scrapes",
        "max(3 * scrape, _SH",
        "max(2 * scrape, _SH",
        "none may be missed",
    ),
    (
        "slow-interval",
        '_SLOW_INTERVALS = (Duration("1m"), Duration("2m"))',
        '_SLOW_INTERVALS = (Duration("2m"), Duration("4m"))',
        "budgets are twice as old",
    ),
    (
        "fast-windows-up-to-1h",
        'LONGEST_FAST_WINDOW = Duration("6h")',
        'LONGEST_FAST_WINDOW = Duration("1h")',
        "6h pages read hours, and come late",
    ),
)

_ALERTS = mutants(
    "slogen/plan/alerts.py",
    (
        "page-stays-1m",
        'severity="page", keep_firing_for=Duration("10m")',
        'severity="page", keep_firing_for=Duration("1m")',
        "pages flap",
    ),
    (
        "stale-at-once",
        'name=naming.ALERT_STALE, for_=Duration("10m")',
        "name=naming.ALERT_STALE",
        "each restart is stale data",
    ),
    (
        "labels-of-a-severity-lost",
        "**settings.severity_labels.get(severity, {}),",
        "",
        "pages go to nobody's pager",
    ),
    (
        "labels-of-a-severity-win",
        "**settings.severity_labels.get(severity, {}),\n            **slo.alerts.labels,",
        "**slo.alerts.labels,\n            **settings.severity_labels.get(severity, {}),",
        "a policy cannot send its pages elsewhere",
    ),
    (
        "zero-delay-is-default",
        "(default if given is None else given) or None",
        "given or default",
        "a delay cannot be switched off",
    ),
)

_POLICY = mutants(
    "slogen/model/policy.py",
    ("four-bad-events", "USUAL_MIN_BAD_EVENTS = 3", "USUAL_MIN_BAD_EVENTS = 4", "one more"),
    ("two-bad-events", "USUAL_MIN_BAD_EVENTS = 3", "USUAL_MIN_BAD_EVENTS = 2", "one less"),
    (
        "a-policy-loses-its-tiers",
        'return "none" if self.tiers else "standard"',
        'return "none"',
        "a policy with labels alone has no tiers",
    ),
)

_TIERS = mutants(
    "slogen/plan/tiers.py",
    ("one-bad-event-is-a-bound", "least > 1", "least > 0", "the guard cannot be switched off"),
    (
        "time-has-a-bound",
        "least if slo.sli.counts_events and least > 1",
        "least if least > 1",
        "three seconds of an outage are asked for",
    ),
    (
        "own-bound-lost",
        "_guard(slo, tier.min_bad_events or slo.alerts.min_bad_events)",
        "_guard(slo, slo.alerts.min_bad_events)",
        "a tier cannot ask for more bad events than the policy",
    ),
    (
        "first-scrape-is-seen",
        "tier.short + 2 * timing.fast_interval",
        "tier.short",
        "the first scrape of a pod, which fails, pages",
    ),
    (
        "presets-up-to-100-percent",
        'HIGHEST_PRESET_RATIO = Decimal("0.9")',
        'HIGHEST_PRESET_RATIO = Decimal("1")',
        "a tier asks for an outage without a single good event",
    ),
    ("warm-up-quarter", "tier.long.milliseconds // 2", "tier.long.milliseconds // 4", "too soon"),
    (
        "no-warm-up",
        "max(half, seen) if waits else seen",
        "seen",
        "slow tiers judge a young SLO",
    ),
    (
        "no-warm-up-of-fast-tiers",
        "max(half, seen) if waits else seen",
        'max(half, seen) if waits else Duration("1s")',
        "the first bad minute of a new group pages",
    ),
    (
        "fast-tiers-warm-up-as-slow-ones",
        "max(half, seen) if waits else seen",
        "max(half, seen)",
        "a new group that fails pages nobody for half an hour",
    ),
    ("6h-tier-is-slow", "self.long > LONGEST", "self.long >= LONGEST", "6h pages come every 2m"),
    ("unreachable-tier", "burn_rate * budget >= 1", "burn_rate * budget > 1", "never fires"),
    ("reachable-rounded-up", "rounding=ROUND_FLOOR)", "rounding=ROUND_CEILING)", "above 90 %"),
    (
        "spends-upside-down",
        "quotient(tier.spends * _milliseconds(slo), Decimal(tier.long.milliseconds))",
        "quotient(tier.spends * Decimal(tier.long.milliseconds), _milliseconds(slo))",
        "a part of the budget is another burn rate",
    ),
)

_PRESETS = mutants(
    "slogen/plan/presets.py",
    (
        "preset-burn-rate",
        'Duration("14d"),\n        (\n            _tier("page", "14.4"',
        'Duration("14d"),\n        (\n            _tier("page", "24.4"',
        "the book says 14.4",
    ),
    (
        "preset-window",
        '_tier("ticket", "3", "1d", "2h")',
        '_tier("ticket", "3", "1d", "1h")',
        "the book says 2h",
    ),
    ("preset-below-3d", '_tier("page", "4", "3h"', '_tier("page", "8", "3h"', "twice as deaf"),
    ("preset-border", "window >= shortest", "window > shortest", "14d is a short window"),
    (
        "presets-of-long-windows-from-12h",
        'Duration("12h1ms")',
        'Duration("12h")',
        "a 12h window's ticket takes all of the budget",
    ),
    (
        "pages-of-short-windows",
        "_PAGED_PART, _TICKET_PART = 24, 4",
        "_PAGED_PART, _TICKET_PART = 12, 4",
        "a page comes when half of the budget is gone",
    ),
    (
        "shortest-tier",
        'Duration("1m").milliseconds, Duration("4m").milliseconds',
        'Duration("1m").milliseconds, Duration("1m").milliseconds',
        "an SLO of an hour cannot be built",
    ),
    ("pages-only-has-tickets", '"pages_only": "ticket"', '"pages_only": "page"', "who is woken?"),
    (
        "preset-sent-as-ever",
        "_sent(tier, sent[tier.severity])",
        "_sent(tier, None)",
        "labels of the policy's pages are lost",
    ),
    (
        "severity-of-a-preset-is-fixed",
        'said.pop("severity") or tier.severity',
        'tier.severity if said.pop("severity") else tier.severity',
        "a page cannot become an info",
    ),
)

_RESOLVE = mutants(
    "slogen/plan/resolve.py",
    (
        "stale-where-missing-is-bad",
        '"stale": is_bad and not slo.group_by',
        '"stale": False',
        "an alert that cannot fire is there",
    ),
    (
        "stale-groups-of-none",
        '"stale_groups": is_bad or not slo.group_by',
        '"stale_groups": is_bad',
        "one group of none is said to be gone",
    ),
    (
        "short-windows-lost",
        "for window in (tier.short, tier.long)",
        "for window in (tier.long,)",
        "alerts read windows that nobody records",
    ),
    (
        "exhaustion-beyond-period",
        "min(window, self.period) for window in (VIOLATION_WINDOW",
        "window for window in (VIOLATION_WINDOW",
        "the budget of an SLO of 4h lasts by what happened before its window",
    ),
    (
        "settings-identity-lost",
        "values, strict=True)), **settings.identity}",
        "values, strict=True))}",
        "two Prometheus servers record the same series",
    ),
    (
        "current-window",
        'CURRENT_WINDOW = Duration("5m")',
        'CURRENT_WINDOW = Duration("1h")',
        "late",
    ),
)

_DETECTION = (
    *mutants(
        "slogen/plan/detection.py",
        (
            "detection-delay",
            "math.ceil(seconds(delay) / interval) * interval",
            "Fraction(0)",
            "delays are not looked at",
        ),
        (
            "detection-slow-wait",
            "wait = observation.slow if is_slow else Fraction(0)",
            "wait = Fraction(0)",
            "slow alerts come later than predicted",
        ),
        (
            "detection-old-enough",
            "ranges.append(old_enough)",
            "pass",
            "of a young SLO alerts come later than predicted",
        ),
        (
            "detection-age-is-exact",
            "return missing - fast, missing + 2 * fast + 2 * observation.slow",
            "return missing, missing + 2 * fast + 2 * observation.slow",
            "the age is counted from the evaluation before the first one",
        ),
        (
            "detection-age-is-fresh",
            "return missing - fast, missing + 2 * fast + 2 * observation.slow",
            "return missing - fast, missing + 2 * fast",
            "the age is recorded by a slow group",
        ),
    ),
    *mutants(
        "slogen/plan/changes.py",
        (
            "detection-share",
            "return self.delay + (1 - share) * self.length",
            "return self.delay + share * self.length",
            "alerts end as fast as they begin",
        ),
        (
            "detection-evaluation",
            "delay=observation.longest_delay + fast,\n            length",
            "delay=observation.longest_delay,\n            length",
            "errors are seen later than predicted",
        ),
        (
            "detection-least-open",
            "_LEAST_OPEN = Fraction(FIRST_SECOND)",
            "_LEAST_OPEN = Fraction(2 * FIRST_SECOND)",
            "a long window is shorter than predicted just before an hour is recorded",
        ),
        (
            "detection-most-open",
            "_MOST_OPEN = seconds(HOUR) + FIRST_SECOND",
            "_MOST_OPEN = seconds(HOUR)",
            "a long window is longer than predicted, until an hour is recorded",
        ),
        (
            "detection-open-is-evaluated",
            "longest + _MOST_OPEN + observation.slow",
            "longest + _MOST_OPEN",
            "hours are recorded by the next slow evaluation, not at once",
        ),
        (
            "detection-long-windows-are-exact",
            "shortest, longest = shortest + least, longest + _MOST_OPEN + observation.slow",
            "pass",
            "a long window is as long as it says",
        ),
        (
            "detection-of-no-hours",
            "            return _changes_of_hours(shortest, observation.hour)\n",
            "            pass\n",
            "where hours are fed alone, they are seen at their end",
        ),
        (
            "detection-hours-of-a-window",
            "math.ceil(window / hour), window // hour + 1",
            "window // hour - 1, window // hour - 1",
            "a window has an hour less than it is long",
        ),
        (
            "detection-hour-on-the-border",
            "math.ceil(window / hour), window // hour + 1",
            "math.ceil(window / hour), window // hour",
            "in Prometheus 2 the hours at both ends count",
        ),
        (
            "detection-hours-at-once",
            "_SampledChange(delay=hour, interval=hour, samples=least, is_lucky=True)",
            "_SampledChange(delay=Fraction(0), interval=hour, samples=least, is_lucky=True)",
            "an hour is seen before it is over",
        ),
        (
            "detection-young",
            "share * (lived + self.delay) / (1 - share)",
            "share * lived",
            "a young window is as slow as a full one",
        ),
    ),
    *mutants(
        "slogen/plan/observation.py",
        (
            "detection-lag",
            "shortest = longest = seconds(timing.lag_of_counters)",
            "shortest = longest = Fraction(0)",
            "errors are seen later than predicted",
        ),
    ),
)

OF_PLAN = (*_TIMING, *_ALERTS, *_POLICY, *_TIERS, *_PRESETS, *_RESOLVE, *_DETECTION)
