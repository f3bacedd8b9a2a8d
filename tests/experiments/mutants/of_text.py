"""Mutants of all else that writes text: YAML, rule files, units, names, lists."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_TEXT = (
    *mutants(
        "slogen.cli.listing:_guard",
        (
            "list-says-all-are-guarded",
            "slo.min_bad_events if kind in _GUARDED else None",
            "slo.min_bad_events",
            "stale waits for no bad event",
        ),
    ),
    *mutants(
        "slogen.targets.yaml_text:scalar",
        (
            "words-unquoted",
            "_PLAIN.fullmatch(text) and text.casefold() not in _WORDS",
            "_PLAIN.fullmatch(text)",
            "on is true",
        ),
        (
            "controls-unescaped",
            "_UNPRINTABLE.sub(lambda match: f'\\\\u{ord(match[0]):04x}', quoted)",
            "quoted",
            "YAML refuses what does not print",
        ),
    ),
    *mutants(
        "slogen.targets.yaml_text:_PLAIN_EXPRESSION",
        (
            "comment-in-expression",
            (
                "'(?!.*(?:: | #))[A-Za-z0-9][A-Za-z0-9_:* "
                "]*[({][\\\\x20-\\\\x7e]*[\\\\x21-\\\\x39\\\\x3b-\\\\x7e]'"
            ),
            "'[A-Za-z0-9][A-Za-z0-9_:* ]*[({][\\\\x20-\\\\x7e]*[\\\\x21-\\\\x39\\\\x3b-\\\\x7e]'",
            "what follows # is a comment",
        ),
    ),
    *mutants(
        "slogen.targets.yaml_text:block",
        (
            "line-break-added",
            "'|-\\n'",
            "'|\\n'",
            "annotations end with an empty line",
        ),
    ),
    *mutants(
        "slogen.targets.yaml_text:_fits_a_literal",
        (
            "indented-literal",
            "not text.startswith((' ', '\\n')) and (not text.endswith((' ', '\\n')))",
            "not text.endswith((' ', '\\n'))",
            "a first line that is indented decides the margin",
        ),
    ),
    *mutants(
        "slogen.targets.rule_groups:_rule",
        (
            "file-for-dropped",
            "yield f'{margin}  for: {rule.for_}'",
            "pass",
            "alerts do not wait",
        ),
        (
            "file-keep-dropped",
            "yield f'{margin}  keep_firing_for: {rule.keep_firing_for}'",
            "pass",
            "pages flap",
        ),
        (
            "file-labels",
            "_mapping('labels', rule.labels, indent + 2)",
            "_mapping('labels', {}, indent + 2)",
            "no labels",
        ),
    ),
    *mutants(
        "slogen.targets.rule_groups:query_offset",
        (
            "file-query-offset",
            "{'query_offset': str(group.query_offset)} if group.query_offset else {}",
            "{'query_offset': str(group.query_offset)} if False else {}",
            "late data is missed",
        ),
    ),
    *mutants(
        "slogen.units:_SECONDS",
        (
            "ms-as-s",
            "Decimal('1e-3')",
            "Decimal(1)",
            "200 ms are 200 s",
        ),
    ),
    *mutants(
        "slogen.units:Duration.seconds",
        (
            "seconds",
            "Decimal(self.milliseconds) / 1000",
            "Decimal(self.milliseconds) / 100",
            "x10",
        ),
    ),
    *mutants(
        "slogen.units:percentage",
        (
            "percentage",
            "exponent + 2",
            "exponent + 1",
            "99.9 % is 9.99 %",
        ),
    ),
    *mutants(
        "slogen.units:ratio",
        (
            "percent-in",
            "-2",
            "-3",
            "0.0999",
        ),
    ),
    *mutants(
        "slogen.units:_ROUNDED",
        (
            "rounding",
            "Context(prec=6, rounding=ROUND_HALF_EVEN)",
            "Context(prec=2, rounding=ROUND_HALF_EVEN)",
            "two digits",
        ),
    ),
    *mutants(
        "slogen.units:number",
        (
            "trailing-zeros",
            "text.rstrip('0')",
            "text",
            "2.50 is another label than 2.5",
        ),
    ),
    *mutants(
        "slogen.units:_DURATION_MILLISECONDS",
        (
            "week",
            "(31536000000, 604800000, 86400000, 3600000, 60000, 1000, 1)",
            "(31536000000, 432000000, 86400000, 3600000, 60000, 1000, 1)",
            "five days",
        ),
    ),
    *mutants(
        "slogen.naming:EVENTS_INCREASE",
        (
            "one-base-series",
            "'slo:sli_events:increase'",
            "'slo:sli_errors:increase'",
            "errors are events",
        ),
    ),
    *mutants(
        "slogen.naming:ratio_rate",
        (
            "windows-share-a-name",
            "f'slo:sli_error:ratio_rate{window}'",
            "f'slo:sli_error:ratio_rate'",
            "windows are one series",
        ),
    ),
    *mutants(
        "slogen.naming:group",
        (
            "groups-share-a-name",
            "f'slogen:{slo_id}:{part}'",
            "f'slogen:{part}'",
            "groups clash in a file",
        ),
    ),
    *mutants(
        "slogen.naming:HEALTHY",
        (
            "states-swapped",
            "('healthy', 'warning', 'critical', 'exhausted')",
            "('healthy', 'critical', 'warning', 'exhausted')",
            "warning is critical",
        ),
    ),
    *mutants(
        "slogen.naming:Naming.identity",
        (
            "identity-swapped",
            "(self.id, self.service, self.name)",
            "(self.id, self.name, self.service)",
            "services are named like SLOs",
        ),
    ),
)
