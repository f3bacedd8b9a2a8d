"""Checks: what is worth knowing about SLOs that compile. One check is one module.

A check reads what `plan` and `compiler` made. What it finds with the severity ``error`` stops the
build. To add one, write its module, whose docstring is its explanation, and enter it in `CHECKS`,
in `BUILD_CHECKS` if it is about SLOs that are built together, or in `GIVEN_CHECKS` if it needs
facts that only the user has; the registry of codes and the docs have it from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks import (
    absent_in_query,
    bad_from_another_metric,
    comparison_drops_values,
    contradictory_matchers,
    division_in_aggregation,
    events_estimated,
    fixed_range,
    good_from_another_metric,
    group_label_lost,
    group_label_uncertain,
    group_too_large,
    grpc_code_spelling,
    identity_shared,
    label_left_open,
    low_traffic,
    many_groups,
    missing_data_hidden,
    missing_description,
    missing_owner,
    missing_runbook,
    objective_beyond_traffic,
    offset_not_applied,
    one_event_pages,
    part_not_in_total,
    probe_without_data,
    rate_of_gauge,
    regex_without_effect,
    retention_too_short,
    same_indicator,
    short_window_unusual,
    source_retired,
    template_label_elsewhere,
    template_label_missing,
    template_label_of_rule,
    tier_left_out,
    tier_lowered,
    two_owners,
    unusual_bucket,
    verdict_never_changes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.checks.check import BuildCheck, Check, GivenCheck
    from slogen.checks.given import Given
    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO

CHECKS: tuple[Check, ...] = (
    verdict_never_changes.CHECK,
    contradictory_matchers.CHECK,
    group_label_lost.CHECK,
    tier_lowered.CHECK,
    tier_left_out.CHECK,
    events_estimated.CHECK,
    offset_not_applied.CHECK,
    group_too_large.CHECK,
    group_label_uncertain.CHECK,
    part_not_in_total.CHECK,
    good_from_another_metric.CHECK,
    bad_from_another_metric.CHECK,
    regex_without_effect.CHECK,
    fixed_range.CHECK,
    missing_data_hidden.CHECK,
    absent_in_query.CHECK,
    comparison_drops_values.CHECK,
    division_in_aggregation.CHECK,
    rate_of_gauge.CHECK,
    unusual_bucket.CHECK,
    label_left_open.CHECK,
    grpc_code_spelling.CHECK,
    probe_without_data.CHECK,
    source_retired.CHECK,
    many_groups.CHECK,
    short_window_unusual.CHECK,
)
"""The checks of an SLO by itself, in the order in which they are made."""

BUILD_CHECKS: tuple[BuildCheck, ...] = (
    two_owners.CHECK,
    template_label_missing.CHECK,
    template_label_elsewhere.CHECK,
    template_label_of_rule.CHECK,
    same_indicator.CHECK,
    low_traffic.CHECK,
    missing_owner.CHECK,
    missing_runbook.CHECK,
    missing_description.CHECK,
)
"""The checks of all SLOs together, which follow."""

GIVEN_CHECKS: tuple[GivenCheck, ...] = (
    objective_beyond_traffic.CHECK,
    one_event_pages.CHECK,
    retention_too_short.CHECK,
    identity_shared.CHECK,
)
"""The checks that need facts which only the user has."""

ALL: tuple[Check | BuildCheck | GivenCheck, ...] = (*CHECKS, *BUILD_CHECKS, *GIVEN_CHECKS)
"""Every check."""

CODES = tuple(check.code for check in ALL)
"""What their diagnostics are about."""


def check(slo: ResolvedSLO, sizes: tuple[int, ...]) -> Iterator[Diagnostic]:
    """Find what is worth knowing about an SLO whose groups have so many rules each."""
    for entry in CHECKS:
        yield from entry.find(slo, sizes)


def check_build(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    """Find what a build says of SLOs that are built together."""
    for entry in BUILD_CHECKS:
        if not entry.is_of_house:
            yield from (entry.sum_up or entry.find)(slos)


def check_house(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    """Find all that is worth knowing about SLOs that belong together, and who answers for them."""
    for entry in BUILD_CHECKS:
        yield from entry.find(slos)


def check_given(slos: Sequence[ResolvedSLO], given: Given) -> Iterator[Diagnostic]:
    """Find what does not go with the facts that a user gives about traffic and servers."""
    for slo in slos:
        for entry in GIVEN_CHECKS:
            yield from entry.find(slo, given)
