"""A template that passes is one that Prometheus loads, and a literal prints as itself."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidValue
from slogen.templates import FUNCTIONS, check, literal, plain, string
from tests.realtools import promtool

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LINES = ("2", "3")
GOOD = (
    "",
    "plain text, 100 % of } and }} and {",
    "Instance {{$labels.instance}} of {{ $labels.job }} is down",
    "{{ $value }} {{ $value | humanize }} {{ $value|humanize1024|printf `%s`}}",
    '{{ $value | printf "%.1f" }}x, {{ printf "%.2f %% of %q" $value $labels.job }}',
    '{{ with query "up{job=\\"api\\"}" }}{{ . | first | value | humanizePercentage }}{{ end }}',
    "{{ with printf `up{job=%q}` $labels.job | query }}{{ .|first|value }}{{ else }}-{{ end }}",
    '{{ range query "up" }}{{ .Labels.instance }} {{ .Value }}\n{{ end }}',
    '{{ range $i, $s := query "up" }}{{ if $i }}, {{ end }}{{ $s.Labels.job }}{{ end }}',
    "{{ range $s := query `up` | sortByLabel `job` }}{{ $s }}{{ else }}none{{ end }}",
    "{{ range . }}{{ if .Value }}{{ break }}{{ else }}{{ continue }}{{ end }}{{ end }}",
    '{{ if eq $labels.a "x" }}{{ else if and (gt $value 1.0) (le $value 2e3) }}{{ else }}{{ end }}',
    "{{ if true }}{{ if false }}{{ end }}{{ else }}{{ with nil }}{{ end }}{{ end }}",
    "{{if(eq 1 1)}}{{ end }}{{if.Labels}}{{ end }}{{ with (index (query `up`) 0).Value }}{{ end }}",
    "{{ if true }}{{ $x := 1 }}{{ else }}{{ $x }}{{ end }}",
    "a  {{- $value -}}  b {{- /* trimmed comment */ -}} c {{- -3 -}} d {{3 -}}",
    "{{/* a comment with }} and\nlines */}}",
    '{{ "}}" }}{{ `raw " \\d }}` }}{{ "\\u00e9 \\x41 \\101 \\U0001F600 \\\\ \\" \\n" }}',
    "{{ 'c' }}{{ '\\'' }}{{ '\\n' }}{{ '\u00e9' }}",
    "{{ 1 }}{{ -1 }}{{ +1.5 }}{{ .5 }}{{ 1. }}{{ 1e-3 }}{{ 0x1F }}{{ 0b1 }}{{ 0o7 }}{{ 1_000 }}",
    "{{ $x := $labels.job }}{{ $x = `y` }}{{ $x }}{{$y:=1}}{{ $y }}{{ $x := $x }}",
    "{{ $x := printf `%d` 1 | title }}{{ print ($y := 2) $y }}",
    "{{ $externalLabels.cluster }} {{ $externalURL }} {{ externalURL }} {{ pathPrefix }} {{ $ }}",
    "{{ .Labels.job }} {{ .Value }} {{ .ExternalLabels.region }} {{ .ExternalURL }} {{ $.Value }}",
    "{{ .NoSuchField }} {{ $labels.a.b }} {{ print.x }} {{ (print 1).x }}",
    "{{ define `t` }}{{ . }}{{ $.x }}{{ $v := . }}{{ $v }}{{ end }}{{ template `t` $labels }}",
    '{{ block "b" $labels }}{{ .job }}{{ end }}{{ template "nowhere" }}{{ template "b" . }}',
    '{{ reReplaceAll "(\\\\d+)" `<$1>` $labels.instance | toUpper }} {{ match `^\\d` $labels.x }}',
    "{{\n  $value\n  | humanize\n}}",
    "{{ $labels.\u00fcber }} {{ `\u2713` }} \u2713",
    "{{ $value | }}",
    "{{ index $labels `a-b` }}{{ slice `abc` 1 2 }}{{ len $labels }}{{ not true }}{{ html `<` }}",
    *(f"{{{{ {name} }}}}" for name in sorted(FUNCTIONS)),
)
BAD = (
    *("{{", "{{ $value", "{{ $value }", "a {{ $value } }", "{{}}", "{{ }}", "{{- -}}", "{{{ 1 }}}"),
    *("{{ humanise $value }}", "{{ $value | humanizepercentage }}", "{{ value }}{{ labels.job }}"),
    *("{{ tmpl `a` . }}", "{{ elseif 1 }}", "{{ job }}", "{{ $value | join }}", "{{ IF true }}"),
    *("{{ $lables.job }}", "{{ $Value }}", "{{ $x }}{{ $x := 1 }}", "{{ $externalUrl }}"),
    *("{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }}", "{{ range $x := . }}{{ end }}{{ $x }}"),
    *("{{ define `t` }}{{ $labels.job }}{{ end }}", "{{ block `t` . }}{{ $value }}{{ end }}"),
    *("{{ range $i, $x }}{{ end }}", "{{ with $i, $x := . }}{{ end }}", "{{ $a, $b := 1 }}"),
    *("{{ | humanize }}", "{{ $value | | humanize }}", "{{ $value | 1 }}", "{{ $value | `x` }}"),
    *("{{ humanize($value) }}", "{{ humanize ($value }}", "{{ humanize $value) }}", "{{ () }}"),
    *("{{ printf `%s`, $value }}", "{{ printf `%s`$value }}", "{{ printf `%s` $value$value }}"),
    *("{{ $value * 100 }}", "{{ $value-1 }}", "{{ $value - 1 }}", "{{ 1+1 }}", "{{ $value > 1 }}"),
    *("{{ $labels.a-b }}", "{{ $labels['a'] }}", "{{ $labels.1a }}", "{{ 1x }}", "{{ 'ab' }}"),
    *('{{ "open }}', "{{ `open }}", "{{ 'o }}", '{{ "\\d" }}', '{{ "a\nb" }}', "{{ '' }}"),
    *("{{/* open", "{{ /* spaced */ }}", "{{/* spaced */ }}", "{{-/* a */}}", "{{/* a */ x }}"),
    *("{{ if true }}", "{{ if }}{{ end }}", "{{ if true }}{{ end }}{{ end }}", "{{ end if }}"),
    *("{{ end }}", "{{ else }}", "{{ with . }}{{ else if 1 }}{{ end }}", "{{ range }}{{ end }}"),
    *("{{ if 1 }}{{ else }}{{ else }}{{ end }}", "{{ if 1 }}{{ else }}{{ else if 2 }}{{ end }}"),
    *("{{ break }}", "{{ if 1 }}{{ continue }}{{ end }}", "{{ range . }}{{ break 1 }}{{ end }}"),
    *(
        "{{ range . }}{{ else }}{{ break }}{{ end }}",
        "{{ else 1 }}",
        "{{ if 1 }}{{ else 1 }}{{ end }}",
    ),
    *("{{ range . }}{{ block `b` . }}{{ break }}{{ end }}{{ end }}", "{{ define `t` }}"),
    *("{{ if 1 }}{{ define `t` }}{{ end }}{{ end }}", "{{ define t }}{{ end }}", "{{ define }}"),
    *("{{ block `b` }}{{ end }}", "{{ template }}", "{{ template t }}", "{{ template `t` | }}"),
    *(
        "{{ block `b` . }}{{ else }}{{ end }}",
        "{{ print end }}",
        "{{ $value := }}",
        "{{ $value : 1 }}",
    ),
)
NEWER = {
    "{{ with . }}{{ else with $value }}{{ end }}": "such as {{ else }} or {{ else if $value }}",
    "{{ now }}": "now came with Prometheus 3.6",
    "{{ toDuration 1 }}": "toDuration came with Prometheus 3.6",
    "{{ urlQueryEscape `a` }}": "urlQueryEscape came with Prometheus 3.8",
}
NEXT = "\n  "
MESSAGES = {
    "burns {{ $value | humanise }}x": (
        "template is '{{ $value | humanise }}'",
        "allowed: functions of Go's templates and of Prometheus 2.42",
        "remedy: did you mean humanize?",
    ),
    "{{ labels.job }}": (
        "template is '{{ labels.job }}'",
        "allowed: functions of Go's templates and of Prometheus 2.42",
        "remedy: did you mean $labels?",
    ),
    "{{ team }}": (
        "template is '{{ team }}'",
        "allowed: functions of Go's templates and of Prometheus 2.42",
        "remedy: a label is written $labels.team, a text in double quotes",
    ),
    "{{ $x := 1 }}{{ $lables.job }}": (
        "template is '{{ $lables.job }}'",
        "allowed: the variables known here: $, $externalLabels, $externalURL, $labels, $value, $x",
        "remedy: did you mean $labels?",
    ),
    "{{ $x }}": (
        "template is '{{ $x }}'",
        "allowed: the variables known here: $, $externalLabels, $externalURL, $labels, $value",
        "remedy: declare $x before, with :=",
    ),
    "{{ define `t` }}{{ $value }}": (
        "template is '{{ $value }}'",
        "allowed: the variables known here: $",
        "remedy: {{ define }} and {{ block }} see only what they are handed, as {{ . }}",
    ),
    "{{ humanize($value) }}": (
        "template is '{{ humanize($value) }}'",
        "allowed: an action such as {{ $value | humanize }}",
        "remedy: arguments are set apart by spaces: printf `%d` (len $labels)",
    ),
    "{{ if }}": ("template is '{{ if }}'", "allowed: an action such as {{ if gt $value 1.0 }}"),
    "{{ $value-1 }} percent": (
        "template is '{{ $value-1 }} percent'",
        "allowed: Go's text/template between {{ and }}",
        "remedy: templates do not calculate: let the PromQL do that",
    ),
    "see {{ $value " + "and so on " * 10: (
        f"template is '{{{{ $value {'and so on ' * 7}...'",
        "allowed: Go's text/template between {{ and }}",
        "remedy: close the action with }}",
    ),
    "{{ $value; }}": (
        "template is '{{ $value; }}'",
        "allowed: Go's text/template between {{ and }}",
        "remedy: it cannot be read from '; }}' on",
    ),
    "{{ if $value }}{{ if 1 }}{{ end }} forgotten": (
        "template is '{{ if $value }}'",
        "allowed: actions that are closed by {{ end }}",
        "remedy: add {{ end }}",
    ),
    "{{ end }}": (
        "template is '{{ end }}'",
        "allowed: {{ else }} and {{ end }} after the {{ if }}, or such, that is open",
        "remedy: remove it",
    ),
    "{{ break }}": (
        "template is '{{ break }}'",
        "allowed: {{ break }} and {{ continue }} in {{ range }}",
    ),
    "{{ if 1 }}{{ define `t` }}": (
        "template is '{{ define `t` }}'",
        "allowed: {{ define }} outside of other actions",
    ),
}
LITERALS = tuple(
    dict.fromkeys(
        (
            *("".join(pieces) for pieces in product(("{", "}}", "a "), repeat=3)),
            *("{{ $value }}", "{{- x -}} y", "{{/* c */}}", "{{ end }}", '{{"{"}}', "a{", "{a"),
            *(
                '"\\d" `x` \\',
                "two\nlines",
                "a\rb`\n",
                " {{\n}} ",
                "\u00fc \u2713 \U0001f525 {{",
                "%s",
            ),
        )
    )
)
FRAGMENTS = (
    *(
        "{{",
        "}}",
        "{{- ",
        " -}}",
        "{",
        "}",
        " ",
        "\n",
        "(",
        ")",
        "|",
        ":=",
        "=",
        ",",
        "-",
        ".",
        "$",
    ),
    *("$x", "$labels", ".a", "print", "foo", "1", "1.5e", '"', "`", "'", "\\", "/*", "*/", "\x00"),
    *(
        "if",
        "else",
        "end",
        "range",
        "with",
        "define",
        "block",
        "template",
        "break",
        '"t"',
        "\u00e9",
    ),
)


def _refused(line: str, templates: Iterable[str], folder: Path) -> set[str]:
    """Return those templates that promtool refuses as an annotation of an alert."""
    numbered = list(templates)
    rules = [
        {"alert": f"T{number}", "expr": "up", "annotations": {"text": text}}
        for number, text in enumerate(numbered)
    ]
    file = folder / f"rules-{line}.yml"
    # JSON is YAML, and written much faster.
    file.write_text(json.dumps({"groups": [{"name": "g", "rules": rules}]}, ensure_ascii=False))
    try:
        promtool.check_rules(line, [file])
    except promtool.PromtoolError as error:
        return {numbered[int(n)] for n in re.findall(r"__alert_T(\d+):", str(error))}
    return set()


def _passes(text: str) -> bool:
    try:
        check(text)
    except InvalidValue:
        return False
    return True


@pytest.mark.parametrize("text", GOOD)
def test_accepts_templates(text: str) -> None:
    """A template that every supported Prometheus loads passes."""
    check(text)


@pytest.mark.parametrize("text", BAD)
def test_refuses_what_is_no_template(text: str) -> None:
    """A text that Prometheus does not load as a template is refused."""
    with pytest.raises(InvalidValue, match=r"(?s)template is .*\n  allowed: "):
        check(text)


@pytest.mark.parametrize(("text", "words"), NEWER.items())
def test_refuses_what_the_oldest_prometheus_does_not_know(text: str, words: str) -> None:
    """A template that only later versions of Prometheus load is refused."""
    with pytest.raises(InvalidValue, match=re.escape(words)):
        check(text)


@pytest.mark.parametrize("line", LINES)
def test_promtool_is_of_the_same_opinion(line: str, tmp_path: Path) -> None:
    """The real promtool accepts what the table calls good, and refuses what it calls bad."""
    assert _refused(line, [*GOOD, *BAD], tmp_path) == set(BAD)


def test_the_oldest_promtool_does_not_know_what_is_newer(tmp_path: Path) -> None:
    """The real promtool 2.42 refuses what came later."""
    assert _refused("2", [*GOOD, *NEWER], tmp_path) == set(NEWER)


@pytest.mark.parametrize("line", LINES)
def test_promtool_agrees_about_damaged_templates(line: str, tmp_path: Path) -> None:
    """Whichever character is lost from a good template, promtool thinks the same of the rest."""
    damaged = {text[:i] + text[i + 1 :] for text in GOOD for i in range(len(text))}

    refused = {text for text in damaged if not _passes(text)}

    assert refused == _refused(line, sorted(damaged), tmp_path)


@pytest.mark.parametrize(("text", "message"), MESSAGES.items())
def test_says_what_is_wrong(text: str, message: tuple[str, ...]) -> None:
    """The action at fault is shown, with what is allowed there and what to do."""
    with pytest.raises(InvalidValue, match=rf"\A{re.escape(NEXT.join(message))}\Z"):
        check(text)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_nothing_but_a_refusal_is_raised(text: str) -> None:
    """Whatever the text, it passes or is refused."""
    with suppress(InvalidValue):
        check(text)


@pytest.mark.parametrize("text", ["{{ " + "(" * 2_000, "{{" + " " * 20_000, "{{ " + "1" * 20_000])
def test_long_texts_are_refused_in_no_time(text: str) -> None:
    """Neither depth nor length brings the check to its knees."""
    with pytest.raises(InvalidValue, match="close the action with"):
        check(text)


@given(st.text() | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_literals_are_templates(text: str) -> None:
    """Every text has a template, and can be a string in one."""
    check(literal(text))
    check(f"{{{{ {string(text)} }}}}")


@pytest.mark.parametrize("line", LINES)
def test_literals_print_themselves(line: str, tmp_path: Path) -> None:
    """Prometheus shows the very text that a literal or a string was made of."""
    templates = {f"literal{i}": literal(text) for i, text in enumerate(LITERALS)} | {
        f"string{i}": f"{{{{ {string(text)} }}}}" for i, text in enumerate(LITERALS)
    }
    printed = {
        f"{kind}{i}": text for kind in ("literal", "string") for i, text in enumerate(LITERALS)
    }
    rule = {"alert": "Up", "expr": "up", "annotations": templates}
    expected = {"eval_time": "1m", "alertname": "Up", "exp_alerts": [{"exp_annotations": printed}]}
    test = {
        "input_series": [{"series": "up", "values": "1 1"}],
        "alert_rule_test": [expected],
    }
    rules = tmp_path / "rules.yml"
    rules.write_text(json.dumps({"groups": [{"name": "g", "rules": [rule]}]}, ensure_ascii=False))
    tests = tmp_path / "tests.yml"
    tests.write_text(json.dumps({"rule_files": [rules.name], "tests": [test]}, ensure_ascii=False))

    output = promtool.test_rules(line, [tests])

    assert "SUCCESS" in output


@given(st.text())
def test_the_text_of_a_literal_can_be_had_back(text: str) -> None:
    """What a template of `literal` prints is known without printing it."""
    assert plain(literal(text)) == text
