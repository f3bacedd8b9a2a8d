"""Mutants of checks: what is found though it is right, and what is not though it is wrong."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

_FACTS = (
    *mutants(
        "slogen/promql/value_ranges.py",
        (
            "limit-is-a-value",
            '"<": ValueRange(high=limit, has_high=False)',
            '"<": ValueRange(high=limit)',
            "a value at the limit is dropped, and said to be there",
        ),
        (
            "filter-within-a-sum",
            '_AS_ITS_SERIES = frozenset({"max",',
            '_AS_ITS_SERIES = frozenset({"sum", "max",',
            "a sum is larger than what is summed",
        ),
        (
            "number-on-the-left",
            'MIRRORED = {"<": ">"',
            'MIRRORED = {"<": "<"',
            "1000 > x is x < 1000",
        ),
        ("bool-filters", "node.modifier.return_bool:", "not node.modifier:", "0 and 1 are given"),
    ),
    *mutants(
        "slogen/formats/slogen_yaml/unused.py",
        ("shared-files-offer", 'if "services" in root:', "if root:", "others inherit a house's"),
        ("bases-are-unused", ', BASED_ON: "policies"', "", "a policy is based on it"),
    ),
    *mutants(
        "slogen/promql/labels.py",
        (
            "topk-drops-labels",
            '_SELECTING = frozenset({"topk",',
            '_SELECTING = frozenset({"kpot",',
            "the largest series keep their labels",
        ),
        (
            "replaced-label-is-lost",
            "_LABELLING and _is_text(node.args[1], label)",
            "_LABELLING and not _is_text(node.args[1], label)",
            "label_replace brings a label back",
        ),
        (
            "joined-label-is-lost",
            "return right if label in brought else left",
            "return left",
            "group_left brings a label",
        ),
        ("both-sides-of-or", 'if str(node.op) != "or" or right', "if True or right", "or has both"),
    ),
    *mutants(
        "slogen/promql/regex_sets.py",
        (
            "repeat-is-a-beginning",
            'after is not None and after.kind == "repeat"',
            'after is not None and after.kind == "close"',
            '"ab*" and "a" have a text in common',
        ),
        (
            "some-alternative",
            "return tuple(known) if len(known) ==",
            "return tuple(known) if 1 <=",
            "a|5.. is no list",
        ),
        ("flags-are-nothing", 'token.kind == "flags"', 'token.kind == "none"', "(?i)a matches A"),
    ),
    *mutants(
        "slogen/promql/matchers.py",
        (
            "one-value-is-enough",
            "if refusing and None not in refusing:",
            "if any(refusing):",
            "500|503 without 500 is 503",
        ),
        (
            "unknown-is-refused",
            "return is_matched is (",
            "return is_matched is not (",
            "all refused",
        ),
    ),
    *mutants(
        "slogen/templates.py",
        ("asked-is-shown", "if label not in asked", "if label", "a template may ask for a label"),
        (
            "default-is-no-question",
            "or _DECIDING & texts:",
            "or False:",
            '{{ or $labels.pod "none" }} knows that it may be missing',
        ),
    ),
)
_CHECKS = (
    *mutants(
        "slogen/checks/verdict_never_changes.py",
        (
            "missing-is-never-bad",
            " and not slo.counts_missing",
            "",
            "what the query drops is bad where missing data is",
        ),
    ),
    *mutants(
        "slogen/checks/contradictory_matchers.py",
        (
            "any-total-contradicts",
            "if matcher.operator in _NEGATIVE else None",
            "if matcher else None",
            "the gateway counts all, the backend what is bad",
        ),
    ),
    *mutants(
        "slogen/checks/alert_templates.py",
        (
            "groups-of-what-is-gone",
            "whole if name == _WHOLE else groups",
            "groups",
            "an SLI without data has no groups",
        ),
        ("last-alert-decides", "is_in_result |= label", "is_in_result = label", "shared policies"),
    ),
    *mutants(
        "slogen/checks/two_owners.py",
        (
            "no-owner-is-one",
            "        if not owned.owner:",
            "        if False:",
            "no owner is none",
        ),
    ),
    *mutants(
        "slogen/checks/part_not_in_total.py",
        (
            "implied-is-not-enough",
            "return not contradiction((matcher.negated, *own))",
            "return True",
            'code!="404" and code!="500" is within code!="404"',
        ),
    ),
    *mutants(
        "slogen/checks/missing_data_hidden.py",
        ("bad-is-hidden", 'return argument == "total"', "return True", "bad events may be 0"),
    ),
    *mutants(
        "slogen/checks/comparison_drops_values.py",
        ("missing-may-be-meant", " or slo.counts_missing", "", "dropped values are bad on purpose"),
    ),
    *mutants(
        "slogen/checks/same_indicator.py",
        ("another-window", "slo.sli, slo.window,", "slo.sli,", "two windows are two objectives"),
    ),
)

OF_CHECKS = (*_FACTS, *_CHECKS)
