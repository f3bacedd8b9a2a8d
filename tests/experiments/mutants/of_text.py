"""Mutants of all that writes text: PromQL, YAML, numbers, names, templates, proofs."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

_QUOTING = mutants(
    "slogen/promql/quoting.py",
    ("quote-unescaped", """'"': '\\\\"', """, "", "a quote ends a string"),
    ("backslash-unescaped", r'"\\": "\\\\", ', "", "a backslash is eaten"),
    ("quick-path", r""" and '"' not in text""", "", "a quote ends a string"),
    ("short-escape", "{code:08x}", "{code:04x}", "PromQL refuses an escape of four digits"),
)

_EXPR = mutants(
    "slogen/promql/expr.py",
    ("many-to-many", "on=on, group_left=True", "on=on", "the coverage matches one group only"),
    (
        "one-minus-x",
        'return Binary(expression(other), "-", self)',
        'return Binary(self, "-", expression(other))',
        "1 - x is x - 1",
    ),
    (
        "division",
        'Binary(self, "/", expression(other))',
        'Binary(self, "*", expression(other))',
        "a ratio is a product",
    ),
    ("unless-is-and", '"unless", other', '"and", other', "what is there is gone"),
    ("over-loses-offset", "self.matchers, window, offset)", "self.matchers, window)", "no offsets"),
)

_PRINTER = mutants(
    "slogen/promql/printer.py",
    ("and-binds-as-or", '"and": 2,', '"and": 1,', "or is printed inside of and without brackets"),
    (
        "left-unbracketed",
        "return binding < _BINDING[expr.operator]",
        "return binding < 0",
        "(a or b) and c is a or b and c",
    ),
    (
        "right-unbracketed",
        "_BINDING[right.operator] <= _BINDING[expr.operator]",
        "_BINDING[right.operator] < _BINDING[expr.operator]",
        "a - (b - c) is a - b - c",
    ),
    ("bool-dropped", 'words.append("bool")', "pass", "a comparison filters"),
    ("ignoring-for-on", 'f"on ({', 'f"ignoring ({', "all labels but these match"),
    ("group-right", 'f"group_left ({', 'f"group_right ({', "many is one"),
    ("offset-sign", 'f" offset {offset}"', 'f" offset -{offset}"', "the future is read"),
    ("without-is-by", '"without" if expr.without else "by"', '"by"', "le stays, all else goes"),
    ("minus-infinity", '"-Infinity": "-Inf"', '"-Infinity": "Inf"', "nothing is above Inf"),
    (
        "query-unbracketed",
        "return not left.is_atomic",
        "return False",
        "a query is torn by the operator behind it",
    ),
)

_SELECTOR = mutants(
    "slogen/promql/selector.py",
    ("good-part-not-opposite", "extra[0].negated)", "extra[0])", "good events are bad"),
    ("where-forgets", "self.matchers + added", "added", "bad events of all jobs count"),
)

_YAML = mutants(
    "slogen/targets/yaml_text.py",
    ("words-unquoted", " and text.casefold() not in _WORDS", "", "on is true"),
    (
        "controls-unescaped",
        'return _UNPRINTABLE.sub(lambda match: f"\\\\u{ord(match[0]):04x}", quoted)',
        "return quoted",
        "YAML refuses what does not print",
    ),
    ("comment-in-expression", "(?!.*(?:: | #))", "", "what follows # is a comment"),
    ("line-break-added", 'return "|-\\n"', 'return "|\\n"', "annotations end with an empty line"),
    (
        "indented-literal",
        'not text.startswith((" ", "\\n")) and not',
        "not",
        "a first line that is indented decides the margin",
    ),
)

_RULE_FILES = mutants(
    "slogen/targets/rule_groups.py",
    ("file-for-dropped", "if rule.for_:", "if not rule.for_:", "alerts do not wait"),
    ("file-keep-dropped", "if rule.keep_firing_for:", "if False:", "pages flap"),
    (
        "file-query-offset",
        "if group.query_offset else {}",
        "if False else {}",
        "late data is missed",
    ),
    (
        "file-labels",
        '_mapping("labels", rule.labels, ',
        '_mapping("labels", {}, ',
        "no labels",
    ),
)

_UNITS = mutants(
    "slogen/units.py",
    ("ms-as-s", '"ms": Decimal("1e-3")', '"ms": Decimal(1)', "200 ms are 200 s"),
    ("seconds", "Decimal(self.milliseconds) / 1000", "Decimal(self.milliseconds) / 100", "x10"),
    ("percentage", "exponent + 2)", "exponent + 1)", "99.9 % is 9.99 %"),
    ("percent-in", "Decimal(match[1]).scaleb(-2)", "Decimal(match[1]).scaleb(-3)", "0.0999"),
    ("rounding", "_ROUNDED = Context(prec=6", "_ROUNDED = Context(prec=2", "two digits"),
    (
        "trailing-zeros",
        'text.rstrip("0").rstrip(".")',
        'text.rstrip(".")',
        "2.50 is another label than 2.5",
    ),
    ("week", "31_536_000_000, 604_800_000,", "31_536_000_000, 432_000_000,", "five days"),
)

_NAMING = mutants(
    "slogen/naming.py",
    (
        "one-base-series",
        '"slo:sli_events:increase"',
        '"slo:sli_errors:increase"',
        "errors are events",
    ),
    ("windows-share-a-name", "ratio_rate{window}", "ratio_rate", "windows are one series"),
    ("groups-share-a-name", "slogen:{slo_id}:{part}", "slogen:{part}", "groups clash in a file"),
    (
        "states-swapped",
        '"healthy", "warning", "critical", "exhausted"',
        '"healthy", "critical", "warning", "exhausted"',
        "warning is critical",
    ),
    (
        "identity-swapped",
        "(self.id, self.service, self.name)",
        "(self.id, self.name, self.service)",
        "services are named like SLOs",
    ),
)

_TEMPLATES = mutants(
    "slogen/templates.py",
    ("braces-executed", """return text.replace("{", '{{"{"}}')""", "return text", "names run"),
    ("brace-at-end", ' or text.endswith("{")', "", "a brace joins the one of the next action"),
    ("carriage-return", r'{"`", "\r"} & set', '{"`"} & set', "Go drops a character of an id"),
)

_PROOF = (
    *mutants(
        "slogen/proof/hourly.py",
        (
            "proof-hours-without-modulo",
            "if hour % HOURS_TOLD_APART == number",
            "if hour == number",
            "hours from the fifth on are not fed",
        ),
        (
            "proof-hours-on-both-sides",
            "taken = min(rest, whole - place % whole)",
            "taken = min(rest, whole)",
            "a run that begins within an hour is all of that hour",
        ),
        (
            "proof-hour-at-its-beginning",
            "found = [Samples(whole, None)]",
            "found = []",
            "an hour is there before it has begun",
        ),
        (
            "proof-hour-every-hour-and-a-sample",
            "found.append(Samples(whole - 1, None))",
            "found.append(Samples(whole, None))",
            "each hour is a sample late, and the next one later",
        ),
        (
            "proof-hour-that-is-not-over",
            "if sum(run.count for run in of_hour) < whole:",
            "if sum(run.count for run in of_hour) < 1:",
            "a part of an hour is recorded",
        ),
        (
            "proof-hours-of-one-sample",
            "known = [run.count * run.value for",
            "known = [run.value for",
            "an hour has the events of a sample",
        ),
        (
            "proof-hour-of-its-first-run",
            "sum(known[1:], known[0])",
            "known[0]",
            "an hour has the events before something changed",
        ),
    ),
    *mutants(
        "slogen/proof/feeds.py",
        (
            "proof-hours-upside-down",
            "self.subject.recorded(SUM_OF_HOUR[metric], labels)",
            "self.subject.recorded(SUM_OF_HOUR[naming.EVENTS_INCREASE], labels)",
            "good hours are bad",
        ),
        (
            "proof-hours-not-fed",
            "if self.hours and (found := sums(runs, self.step)):",
            "if not self.hours and (found := sums(runs, self.step)):",
            "slow tiers see nothing but what is open",
        ),
        (
            "proof-age-of-another-time",
            "values=gauge([Samples(1, self.born)])",
            "values=gauge([Samples(1, self.born + 43200)])",
            "an SLO is younger than the scenario",
        ),
        (
            "proof-observed-without-hours",
            "of_base_series(pace, HOUR if self.hours else None)",
            "of_base_series(pace, None)",
            "hours are seen before they are over",
        ),
    ),
    *mutants(
        "slogen/proof/summing.py",
        (
            "proof-hour-with-the-next",
            "first, counted = seconds(between(fast, HOUR)), seconds(until)",
            "first, counted = seconds(until), seconds(until)",
            "the hour holds what is open as well",
        ),
        (
            "proof-hour-not-tried",
            "1000 * (FIRST_SECOND + SECONDS_BETWEEN_TRIES)",
            "100 * (FIRST_SECOND + SECONDS_BETWEEN_TRIES)",
            "an hour is expected before it is recorded",
        ),
        (
            "proof-good-hour-forgotten",
            "good = Fraction(HOUR.milliseconds, step.milliseconds) if reads_hours",
            "good = Fraction(0) if reads_hours",
            "what was recorded under an earlier name does not count",
        ),
    ),
    *mutants(
        "slogen/proof/spending.py",
        (
            "proof-spent-at-once",
            "return Fraction(age, slo.period.milliseconds) * Fraction(self.ratio)",
            "return Fraction(self.ratio)",
            "a young SLO has spent what an old one would have",
        ),
    ),
    *mutants(
        "slogen/proof/lasting.py",
        (
            "proof-lasts-by-a-full-window",
            "return bad * Fraction(held, ended.milliseconds) / Fraction(window.seconds)",
            "return bad / Fraction(ended.seconds)",
            "bad events of half an hour are a whole hour's",
        ),
        (
            "proof-lasts-without-what-is-spent",
            "Fraction(seen / at) - bad",
            "Fraction(seen / at)",
            "all of the budget is left",
        ),
        (
            "proof-lasts-by-the-slower-window",
            "return left / max(",
            "return left / min(",
            "a budget lasts as long as the slower window says",
        ),
    ),
    *mutants(
        "slogen/proof/burning.py",
        (
            "proof-above",
            'Decimal("1.05"), ',
            'Decimal("0.5"), ',
            "a proof asks below the threshold",
        ),
        ("proof-below", 'Decimal("0.95")', 'Decimal("1.1")', "what is quiet is above"),
    ),
    *mutants(
        "slogen/proof/kinds/up.py",
        (
            "proof-up",
            "show=lambda ratio: 1 - ratio",
            "show=lambda ratio: ratio",
            "a gauge that is up is down",
        ),
    ),
    *mutants(
        "slogen/proof/kinds/time_slices.py",
        (
            "proof-side",
            "bad[0] if ratio else good[0]",
            "good[0] if ratio else bad[0]",
            "values are on the other side of the limit",
        ),
    ),
    *mutants(
        "slogen/proof/kinds/queried.py",
        (
            "proof-undone",
            "(value - self.query.constant) / self.query.factor",
            "value - self.query.constant",
            "a query does not give what is wanted",
        ),
    ),
    *mutants(
        "slogen/promql/linear.py",
        (
            "linear-labels",
            "(label in named) is is_by",
            "label in named",
            "labels are kept that a query drops",
        ),
    ),
    *mutants(
        "slogen/proof/matching.py",
        (
            "proof-part-of-value",
            'matcher.operator in {"=", "=~"})',
            'matcher.operator in {"="})',
            "a regex matches what it does not",
        ),
        ("proof-dot", "options.dot_nl = True", "options.dot_nl = False", "dots miss line breaks"),
    ),
    *mutants(
        "slogen/proof/notation.py",
        ("proof-counter", "count * increase, True", "increase, True", "counters go back"),
    ),
    *mutants(
        "slogen/proof/sampling.py",
        (
            "proof-misses",
            "(*matchers, broken.negated)",
            "(*matchers, broken)",
            "good events are bad",
        ),
    ),
)

_ALERT_TEXTS = (
    *mutants(
        "slogen/compiler/template_queries.py",
        ("percent-unescaped", '.replace("%", "%%")', "", "a % in an id is a verb of printf"),
        (
            "other-group-in-annotation",
            'Matcher(label, "=", _STANDS_FOR + label)',
            'Matcher(label, "!=", _STANDS_FOR + label)',
            "a page says what another group has left",
        ),
        ("since-of-any-alert", "(named, *own,", "(*own,", "since another alert of the SLO"),
        ("since-of-any-tier", "*own, *of_alert, ", "*own, ", "since another tier of the alert"),
        ("moment-by-the-day", '"2006-01-02 15:04"', '"2006-01-02"', "no hour is said"),
        ("young-is-old", "if lt $age", "if gt $age", "a young SLO speaks of 6h"),
        ("three-digits", "%.3g", "%.2g", "99.93% are 1e+02%"),
    ),
    *mutants(
        "slogen/compiler/sentences.py",
        ("no-part-of-the-age", ".or_(of_window)", "", "nothing is said where no age is recorded"),
        (
            "of-the-window",
            "of_window * window.seconds / call",
            "of_window * call",
            "a young target is down for a part of what it never saw",
        ),
        ("until-while-young", ".and_(is_old_enough)", "", "minutes are reckoned as an hour"),
        ("left-is-spent", "| value) 0.0 }}}}{some}", "| value) 0.0 }}}}{none}", "all is spent"),
        ("are-and-is", "'are' if sli.counts_events", "'is' if sli.counts_events", "grammar"),
        ("description-joined", 'lines += ["", *map', "lines += [*map", "the author defines bad"),
    ),
    *mutants(
        "slogen/compiler/annotations.py",
        ("share-of-one", "slo.budget.scaleb(2) * VALUE", "slo.budget * VALUE", "9.1% are 0.091%"),
        (
            "left-for-spent",
            "calculated(slo, 100 * (1 - VALUE)), WHOLE_PERCENTAGE",
            "calculated(slo, 100 * VALUE), WHOLE_PERCENTAGE",
            "-150% of the budget is spent",
        ),
        ("low-below-nothing", "if gt $value 0.0", "if gt $value 1.0", "what is left is spent"),
    ),
    *mutants(
        "slogen/compiler/missing_data.py",
        ("pasted-window", "needed.with_window(slo.timing.base_range)", "needed.text", "$window"),
        ("pasted-unquoted", 'printf "%q" $labels', 'printf "%s" $labels', "a quote ends a string"),
        ("targets-by-any-label", " if m.label in _OF_TARGETS", "", "up has no such label"),
    ),
    *mutants(
        "slogen/model/sli/comparison.py",
        ("missed-is-met", '"<=": "above {}"', '"<=": "below {}"', "good times are called bad"),
    ),
    *mutants(
        "slogen/model/sli/events.py",
        ("bad-window", "counter.with_window(window) if", "str(counter) if", "$window is shown"),
        ("slow-fails", 'matcher.label == "le"', 'matcher.label == "code"', "slow events fail"),
    ),
    *mutants(
        "slogen/compiler/shapes.py",
        ("links-last", "{**links, **texts,", "{**texts, **links,", "links stand below the texts"),
        ("no-since", 'f"{since}{annotations[', 'f"{annotations[', "nobody knows since when"),
    ),
)

OF_TEXT = (
    *(*_QUOTING, *_EXPR, *_PRINTER, *_SELECTOR, *_YAML, *_RULE_FILES),
    *(*_UNITS, *_NAMING, *_TEMPLATES, *_ALERT_TEXTS, *_PROOF),
)
