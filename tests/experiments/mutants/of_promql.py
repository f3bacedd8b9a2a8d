"""Mutants of PromQL: expressions, printer, quoting, what is known of labels and values."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_PROMQL = (
    *mutants(
        "slogen.promql.quoting:_ESCAPES",
        (
            "quote-unescaped",
            "{'\\\\': '\\\\\\\\', '\"': '\\\\\"', '\\n': '\\\\n', '\\r': '\\\\r', '\\t': '\\\\t'}",
            "{'\\\\': '\\\\\\\\', '\\n': '\\\\n', '\\r': '\\\\r', '\\t': '\\\\t'}",
            "a quote ends a string",
        ),
        (
            "backslash-unescaped",
            "{'\\\\': '\\\\\\\\', '\"': '\\\\\"', '\\n': '\\\\n', '\\r': '\\\\r', '\\t': '\\\\t'}",
            "{'\"': '\\\\\"', '\\n': '\\\\n', '\\r': '\\\\r', '\\t': '\\\\t'}",
            "a backslash is eaten",
        ),
    ),
    *mutants(
        "slogen.promql.quoting:quote",
        (
            "quick-path",
            "text.isascii() and text.isprintable() and ('\"' not in text) and ('\\\\' not in text)",
            "text.isascii() and text.isprintable() and ('\\\\' not in text)",
            "a quote ends a string",
        ),
    ),
    *mutants(
        "slogen.promql.quoting:_escaped",
        (
            "short-escape",
            "f'\\\\U{code:08x}'",
            "f'\\\\U{code:04x}'",
            "PromQL refuses an escape of four digits",
        ),
    ),
    *mutants(
        "slogen.promql.expr:times_one",
        (
            "many-to-many",
            "Binary(many, '*', one, on=on, group_left=True, brings=brings)",
            "Binary(many, '*', one, on=on, brings=brings)",
            "the coverage matches one group only",
        ),
    ),
    *mutants(
        "slogen.promql.expr:Expr.__rsub__",
        (
            "one-minus-x",
            "Binary(expression(other), '-', self)",
            "Binary(self, '-', expression(other))",
            "1 - x is x - 1",
        ),
    ),
    *mutants(
        "slogen.promql.expr:Expr.__truediv__",
        (
            "division",
            "Binary(self, '/', expression(other))",
            "Binary(self, '*', expression(other))",
            "a ratio is a product",
        ),
    ),
    *mutants(
        "slogen.promql.expr:Expr.unless",
        (
            "unless-is-and",
            "Binary(self, 'unless', other, on=on)",
            "Binary(self, 'and', other, on=on)",
            "what is there is gone",
        ),
    ),
    *mutants(
        "slogen.promql.expr:Series.over",
        (
            "over-loses-offset",
            "Series(self.metric, self.matchers, window, offset)",
            "Series(self.metric, self.matchers, window)",
            "no offsets",
        ),
    ),
    *mutants(
        "slogen.promql.printer:_BINDING",
        (
            "and-binds-as-or",
            "{'and': 2}",
            "{'and': 1}",
            "or is printed inside of and without brackets",
        ),
    ),
    *mutants(
        "slogen.promql.printer:_left_needs_parentheses",
        (
            "left-unbracketed",
            "binding < _BINDING[expr.operator]",
            "binding < 0",
            "(a or b) and c is a or b and c",
        ),
        (
            "query-unbracketed",
            "not left.is_atomic",
            "False",
            "a query is torn by the operator behind it",
        ),
    ),
    *mutants(
        "slogen.promql.printer:_right_needs_parentheses",
        (
            "right-unbracketed",
            "_BINDING[right.operator] <= _BINDING[expr.operator]",
            "_BINDING[right.operator] < _BINDING[expr.operator]",
            "a - (b - c) is a - b - c",
        ),
    ),
    *mutants(
        "slogen.promql.printer:_operator",
        (
            "bool-dropped",
            "words.append('bool')",
            "pass",
            "a comparison filters",
        ),
        (
            "ignoring-for-on",
            "f\"on ({', '.join(expr.on)})\"",
            "f\"ignoring ({', '.join(expr.on)})\"",
            "all labels but these match",
        ),
        (
            "group-right",
            "f\"group_left ({', '.join(expr.brings)})\"",
            "f\"group_right ({', '.join(expr.brings)})\"",
            "many is one",
        ),
    ),
    *mutants(
        "slogen.promql.printer:_offset",
        (
            "offset-sign",
            "f' offset {offset}'",
            "f' offset -{offset}'",
            "the future is read",
        ),
    ),
    *mutants(
        "slogen.promql.printer:_head",
        (
            "without-is-by",
            "'without' if expr.without else 'by'",
            "'by'",
            "le stays, all else goes",
        ),
    ),
    *mutants(
        "slogen.promql.printer:_number",
        (
            "minus-infinity",
            "{'Infinity': 'Inf', '-Infinity': '-Inf'}",
            "{'Infinity': 'Inf', '-Infinity': 'Inf'}",
            "nothing is above Inf",
        ),
    ),
    *mutants(
        "slogen.promql.selector:Selector.without",
        (
            "good-part-not-opposite",
            "(*self.matchers, extra[0].negated)",
            "(*self.matchers, extra[0])",
            "good events are bad",
        ),
    ),
    *mutants(
        "slogen.promql.selector:Selector.where",
        (
            "where-forgets",
            "self.matchers + added",
            "added",
            "bad events of all jobs count",
        ),
    ),
    *mutants(
        "slogen.promql.linear:_aggregated",
        (
            "linear-labels",
            "(label in named) is is_by",
            "label in named",
            "labels are kept that a query drops",
        ),
    ),
    *mutants(
        "slogen.promql.linear:_merge",
        (
            "linear-greatest-of-negatives",
            "(operator == 'max') is (inner.factor > 0)",
            "operator == 'max'",
            "the greatest of negative values is said to be that of the greatest value",
        ),
    ),
    *mutants(
        "slogen.promql.value_ranges:_compared",
        (
            "limit-is-a-value",
            "ValueRange(high=limit, has_high=False)",
            "ValueRange(high=limit)",
            "a value at the limit is dropped, and said to be there",
        ),
    ),
    *mutants(
        "slogen.promql.value_ranges:_AS_ITS_SERIES",
        (
            "filter-within-a-sum",
            "{'max', 'min', 'avg', 'topk', 'bottomk', 'limitk', 'limit_ratio'}",
            "{'sum', 'max', 'min', 'avg', 'topk', 'bottomk', 'limitk', 'limit_ratio'}",
            "a sum is larger than what is summed",
        ),
    ),
    *mutants(
        "slogen.promql.value_ranges:_MIRRORED",
        (
            "number-on-the-left",
            "{'<': '>', '<=': '>=', '>': '<', '>=': '<='}",
            "{'<': '<', '<=': '>=', '>': '<', '>=': '<='}",
            "1000 > x is x < 1000",
        ),
    ),
    *mutants(
        "slogen.promql.value_ranges:_range_of_operation",
        (
            "bool-filters",
            "node.modifier is not None and node.modifier.return_bool",
            "node.modifier is not None and (not node.modifier)",
            "0 and 1 are given",
        ),
    ),
    *mutants(
        "slogen.promql.labels:_SELECTING",
        (
            "topk-drops-labels",
            "{'topk', 'bottomk', 'limitk', 'limit_ratio'}",
            "{'kpot', 'bottomk', 'limitk', 'limit_ratio'}",
            "the largest series keep their labels",
        ),
    ),
    *mutants(
        "slogen.promql.labels:_lost_by_call",
        (
            "replaced-label-is-lost",
            "_is_text(node.args[1], label)",
            "not _is_text(node.args[1], label)",
            "label_replace brings a label back",
        ),
    ),
    *mutants(
        "slogen.promql.labels:_lost_by_operation",
        (
            "joined-label-is-lost",
            "right if label in brought else left",
            "left",
            "group_left brings a label",
        ),
        (
            "both-sides-of-or",
            "str(node.op) != 'or'",
            "True",
            "or has both",
        ),
    ),
    *mutants(
        "slogen.promql.regex_sets:_begins",
        (
            "repeat-is-a-beginning",
            "after.kind == 'repeat'",
            "after.kind == 'close'",
            '"ab*" and "a" have a text in common',
        ),
    ),
    *mutants(
        "slogen.promql.regex_sets:values_of",
        (
            "some-alternative",
            "len(known) == len(texts)",
            "1 <= len(texts)",
            "a|5.. is no list",
        ),
    ),
    *mutants(
        "slogen.promql.regex_sets:_beginnings",
        (
            "flags-are-nothing",
            "token.kind == 'flags'",
            "token.kind == 'none'",
            "(?i)a matches A",
        ),
    ),
    *mutants(
        "slogen.promql.matchers:_contradictions",
        (
            "one-value-is-enough",
            "refusing and None not in refusing",
            "any(refusing)",
            "500|503 without 500 is 503",
        ),
    ),
    *mutants(
        "slogen.promql.matchers:refuses",
        (
            "unknown-is-refused",
            "is_matched is (matcher.operator not in _POSITIVE)",
            "is_matched is not (matcher.operator not in _POSITIVE)",
            "all refused",
        ),
    ),
)
