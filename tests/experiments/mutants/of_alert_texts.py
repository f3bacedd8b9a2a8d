"""Mutants of what alerts say."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_ALERT_TEXTS = (
    *mutants(
        "slogen.templates:literal",
        (
            "braces-executed",
            "text.replace('{', '{{\"{\"}}')",
            "text",
            "names run",
        ),
        (
            "brace-at-end",
            "'{{' in text or text.endswith('{')",
            "'{{' in text",
            "a brace joins the one of the next action",
        ),
    ),
    *mutants(
        "slogen.templates:string",
        (
            "carriage-return",
            "{'`', '\\r'}",
            "{'`'}",
            "Go drops a character of an id",
        ),
    ),
    *mutants(
        "slogen.templates:labels_shown",
        (
            "asked-is-shown",
            "label not in asked",
            "label",
            "a template may ask for a label",
        ),
        (
            "default-is-no-question",
            "_DECIDING & texts",
            "False",
            '{{ or $labels.pod "none" }} knows that it may be missing',
        ),
    ),
    *mutants(
        "slogen.compiler.template_queries:asked",
        (
            "percent-unescaped",
            "query.replace('%', '%%')",
            "query",
            "a % in an id is a verb of printf",
        ),
    ),
    *mutants(
        "slogen.compiler.template_queries:_group",
        (
            "other-group-in-annotation",
            "Matcher(label, '=', _STANDS_FOR + label)",
            "Matcher(label, '!=', _STANDS_FOR + label)",
            "a page says what another group has left",
        ),
    ),
    *mutants(
        "slogen.compiler.template_queries:active_since",
        (
            "since-of-any-alert",
            "(named, *own, *of_alert, *_group(slo))",
            "(*own, *of_alert, *_group(slo))",
            "since another alert of the SLO",
        ),
        (
            "since-of-any-tier",
            "(named, *own, *of_alert, *_group(slo))",
            "(named, *own, *_group(slo))",
            "since another tier of the alert",
        ),
    ),
    *mutants(
        "slogen.compiler.template_queries:MOMENT",
        (
            "moment-by-the-day",
            "'{{ (. | first | value | toTime).Format \"2006-01-02 15:04\" }} UTC'",
            "'{{ (. | first | value | toTime).Format \"2006-01-02\" }} UTC'",
            "no hour is said",
        ),
    ),
    *mutants(
        "slogen.compiler.template_queries:over",
        (
            "young-is-old",
            "'{{ $age := . | first | value }}{{ if lt $age '",
            "'{{ $age := . | first | value }}{{ if gt $age '",
            "a young SLO speaks of 6h",
        ),
    ),
    *mutants(
        "slogen.compiler.template_queries:PERCENTAGE",
        (
            "three-digits",
            "'{{ . | first | value | printf \"%.3g\" }}%'",
            "'{{ . | first | value | printf \"%.2g\" }}%'",
            "99.93% are 1e+02%",
        ),
    ),
    *mutants(
        "slogen.compiler.sentences:bad_now",
        (
            "no-part-of-the-age",
            "call('clamp_max', of_age, _ALL).or_(of_window)",
            "call('clamp_max', of_age, _ALL)",
            "nothing is said where no age is recorded",
        ),
        (
            "of-the-window",
            "of_window * window.seconds / call('clamp_max', age(slo), window.seconds)",
            "of_window * call('clamp_max', age(slo), window.seconds)",
            "a young target is down for a part of what it never saw",
        ),
    ),
    *mutants(
        "slogen.compiler.sentences:spent_by",
        (
            "until-while-young",
            "(call('time') + of_group(slo, naming.TIME_TO_EXHAUSTION)).and_(is_old_enough)",
            "call('time') + of_group(slo, naming.TIME_TO_EXHAUSTION)",
            "minutes are reckoned as an hour",
        ),
    ),
    *mutants(
        "slogen.compiler.sentences:budget_left",
        (
            "left-is-spent",
            "some",
            "none",
            "all is spent",
        ),
    ),
    *mutants(
        "slogen.compiler.sentences:_bad",
        (
            "are-and-is",
            "'are' if sli.counts_events else 'is'",
            "'is' if sli.counts_events else 'is'",
            "grammar",
        ),
    ),
    *mutants(
        "slogen.compiler.sentences:definition",
        (
            "description-joined",
            "['', *map(literal, defined.description.split('\\n'))]",
            "[*map(literal, defined.description.split('\\n'))]",
            "the author defines bad",
        ),
    ),
    *mutants(
        "slogen.compiler.annotations:burn_rate_annotations",
        (
            "share-of-one",
            "slo.budget.scaleb(2)",
            "slo.budget",
            "9.1% are 0.091%",
        ),
    ),
    *mutants(
        "slogen.compiler.annotations:exhausted_annotations",
        (
            "left-for-spent",
            "1 - VALUE",
            "VALUE",
            "-150% of the budget is spent",
        ),
    ),
    *mutants(
        "slogen.compiler.annotations:low_annotations",
        (
            "low-below-nothing",
            "f'{{{{ if gt $value 0.0 }}}}{some}{{{{ else }}}}{none}{{{{ end }}}}'",
            "f'{{{{ if gt $value 1.0 }}}}{some}{{{{ else }}}}{none}{{{{ end }}}}'",
            "what is left is spent",
        ),
    ),
    *mutants(
        "slogen.compiler.annotations:violated_annotations",
        (
            "good-for-bad",
            "1 - VALUE",
            "VALUE",
            "99.7% of requests fail",
        ),
    ),
    *mutants(
        "slogen.compiler.annotations:stale_annotations",
        (
            "all-is-a-group",
            "end_of_data(slo)",
            "end_of_data(slo, of_group=True)",
            "the text speaks of a group where all of the data ended",
        ),
    ),
    *mutants(
        "slogen.compiler.annotations:stale_groups_annotations",
        (
            "which-group",
            "title(slo)",
            "name(slo)",
            "nobody knows whose data ended",
        ),
    ),
    *mutants(
        "slogen.compiler.annotations:incomplete_annotations",
        (
            "there-for-missing",
            "1 - VALUE",
            "VALUE",
            "88% of the data is missing",
        ),
    ),
    *mutants(
        "slogen.compiler.missing_data:_pasted",
        (
            "pasted-window",
            "needed.with_window(slo.timing.base_range)",
            "needed.text",
            "$window",
        ),
        (
            "pasted-unquoted",
            "f'{{{{ printf \"%q\" $labels.{label} }}}}'",
            "f'{{{{ printf \"%s\" $labels.{label} }}}}'",
            "a quote ends a string",
        ),
    ),
    *mutants(
        "slogen.compiler.missing_data:_up",
        (
            "targets-by-any-label",
            "(m for m in matchers if m.label in _OF_TARGETS)",
            "(m for m in matchers)",
            "up has no such label",
        ),
    ),
    *mutants(
        "slogen.model.sli.comparison:_MISSED",
        (
            "missed-is-met",
            "{'<=': 'above {}'}",
            "{'<=': 'below {}'}",
            "good times are called bad",
        ),
    ),
    *mutants(
        "slogen.model.sli.events:_read_over",
        (
            "bad-window",
            "counter.with_window(window)",
            "str(counter)",
            "$window is shown",
        ),
    ),
    *mutants(
        "slogen.model.sli.events:Events.bad_share",
        (
            "slow-fails",
            "matcher.label == 'le'",
            "matcher.label == 'code'",
            "slow events fail",
        ),
    ),
    *mutants(
        "slogen.compiler.links:dashboard_url",
        (
            "link-with-any-id",
            "quote(slo.definition.id, safe='')",
            "slo.definition.id",
            "an & in an id ends the variable",
        ),
        (
            "link-is-a-template",
            "literal(page)",
            "page",
            "braces of an address are run",
        ),
    ),
    *mutants(
        "slogen.compiler.links:_group",
        (
            "link-with-any-group",
            "f'&var-{naming.by_variable(label)}={{{{ . | urlquery }}}}'",
            "f'&var-{naming.by_variable(label)}={{{{ . }}}}'",
            "an & in the name of a group ends the variable",
        ),
    ),
)
