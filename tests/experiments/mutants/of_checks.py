"""Mutants of checks."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_CHECKS = (
    *mutants(
        "slogen.formats.slogen_yaml.unused:unused",
        (
            "shared-files-offer",
            "'services' in root",
            "root",
            "others inherit a house's",
        ),
    ),
    *mutants(
        "slogen.formats.slogen_yaml.unused:_REFERRING",
        (
            "bases-are-unused",
            "{'alerts': 'policies', BASED_ON: 'policies', 'sli': 'slis'}",
            "{'alerts': 'policies', 'sli': 'slis'}",
            "a policy is based on it",
        ),
    ),
    *mutants(
        "slogen.checks.verdict_never_changes:_find",
        (
            "missing-is-never-bad",
            "values.satisfies(sli.good_when.operator, limit) and (not slo.counts_missing)",
            "values.satisfies(sli.good_when.operator, limit)",
            "what the query drops is bad where missing data is",
        ),
    ),
    *mutants(
        "slogen.checks.contradictory_matchers:_outside",
        (
            "any-total-contradicts",
            "matcher.operator in _NEGATIVE",
            "matcher",
            "the gateway counts all, the backend what is bad",
        ),
    ),
    *mutants(
        "slogen.checks.alert_templates:labels_of_results",
        (
            "groups-of-what-is-gone",
            "whole if name == _WHOLE else groups",
            "groups",
            "an SLI without data has no groups",
        ),
    ),
    *mutants(
        "slogen.checks.alert_templates:printed_labels",
        (
            "last-alert-decides",
            "use.is_in_result |= label in in_result",
            "use.is_in_result = label in in_result",
            "shared policies",
        ),
    ),
    *mutants(
        "slogen.checks.two_owners:_find",
        (
            "no-owner-is-one",
            "not owned.owner",
            "False",
            "no owner is none",
        ),
    ),
    *mutants(
        "slogen.checks.part_not_in_total:_is_left",
        (
            "implied-is-not-enough",
            "not contradiction((matcher.negated, *own))",
            "True",
            'code!="404" and code!="500" is within code!="404"',
        ),
    ),
    *mutants(
        "slogen.checks.missing_data_hidden:_is_good",
        (
            "bad-is-hidden",
            "argument == 'total'",
            "True",
            "bad events may be 0",
        ),
    ),
    *mutants(
        "slogen.checks.comparison_drops_values:_find",
        (
            "missing-may-be-meant",
            "sli.counts_events or slo.counts_missing",
            "sli.counts_events",
            "dropped values are bad on purpose",
        ),
    ),
    *mutants(
        "slogen.checks.same_indicator:_find",
        (
            "another-window",
            "(slo.window,)",
            "()",
            "two windows are two objectives",
        ),
    ),
)
