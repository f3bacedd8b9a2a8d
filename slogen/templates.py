"""Text for Prometheus' templates, in which labels and annotations of alerts are written.

The language is Go's text/template (https://pkg.go.dev/text/template), the functions are those of
https://prometheus.io/docs/prometheus/latest/configuration/template_reference/. `check` reads an
action as Go does: into tokens, whose kinds are spelled as a string of letters, one a token, which
has to match the form of the action.

    {{ with query (printf "%s" $labels.job) | first }}    is    k_i_(i_s_vf)_|_i    is    k_i_p_|_i
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# text/template/funcs.go; the same from Go 1.18 on.
_GO = "and call eq ge gt html index js le len lt ne not or print printf println slice urlquery"
# template/template.go of Prometheus 2.42; the same until 3.5. `tmpl` is for consoles only.
_PROMETHEUS = (
    "args externalURL first graphLink humanize humanize1024 humanizeDuration humanizePercentage "
    "humanizeTimestamp label match parseDuration pathPrefix query reReplaceAll safeHtml "
    "sortByLabel stripDomain stripPort strvalue tableLink title toLower toTime toUpper value"
)
FUNCTIONS = frozenset(f"{_GO} {_PROMETHEUS}".split())
"""What a template may call in every version of Prometheus that is supported."""
_LATER = {"now": "3.6", "toDuration": "3.6", "urlQueryEscape": "3.8"}
_VARIABLES = frozenset({"$", "$externalLabels", "$externalURL", "$labels", "$value"})

_SPACE = r"[ \t\r\n]"
_ENDS = rf"(?={_SPACE}|[.,|:()]|\}}\}}|\Z)"
"""What may follow a name: ``$value-1`` is neither a name nor a difference."""
_ESCAPE = r"\\(?:[abfnrtv\\]|x[\da-fA-F]{2}|[0-3][0-7]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})"
_NUMBER = (
    r"[+-]?(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+"
    r"|(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?!\w)"
)
_KINDS = {
    "_": rf"{_SPACE}+(?!-\}}\}})",
    "s": rf'"(?:[^"\\\n]|\\"|{_ESCAPE})*"|`[^`]*`',
    "c": rf"{_NUMBER}|'(?:[^'\\\n]|\\'|{_ESCAPE})'|(?:true|false|nil|\.){_ENDS}",
    "k": rf"(?:else{_SPACE}+if|if|else|end|range|with|define|block|template|break|continue){_ENDS}",
    "v": rf"\$\w*{_ENDS}",
    "f": rf"\.[^\W\d]\w*{_ENDS}",
    "i": rf"[^\W\d]\w*{_ENDS}",
}
"""Space, string, other constant, keyword, variable, field, identifier of a function."""
_TOKEN = re.compile("|".join(f"(?P<{k}>{v})" for k, v in _KINDS.items()) + r"|:=|[=,|()]")
_OPENING = re.compile(rf"\{{\{{(?:-(?={_SPACE}))?")
_CLOSING = re.compile(rf"(?:{_SPACE}-)?\}}\}}")
_COMMENT = re.compile(
    rf"\{{\{{(?:-{_SPACE})?/\*(?:(?!\*/).)*\*/(?:{_SPACE}-)?\}}\}}", flags=re.DOTALL
)


def _pipeline(variables: str) -> str:
    """Return the form ``declaration? command ("|" command)*``; Go lets the end be a "|", too."""
    operand = "(?:[vfip]f*|[cs])"
    command = f"{operand}(?:_{operand})*_?"
    return rf"_?(?:{variables}[:=]_?)?{command}(?:\|_?(?![cs]){command})*(?:\|_?)?"


_ONE = _pipeline("v_?")
_PARENTHESISED = re.compile(rf"\({_ONE}\)")
_FORMS = {
    "": (_ONE, "{{ $value | humanize }}"),
    "if": (_ONE, "{{ if gt $value 1.0 }}"),
    "else if": (_ONE, "{{ else if gt $value 1.0 }}"),
    "with": (_ONE, '{{ with query "up" }}'),
    "range": (_pipeline("v_?(?:,_?v_?)?"), '{{ range $index, $sample := query "up" }}'),
    "else": ("_?", "{{ else }} or {{ else if $value }}"),
    "end": ("_?", "{{ end }}"),
    "break": ("_?", "{{ break }}"),
    "continue": ("_?", "{{ continue }}"),
    "define": ("_?s_?", '{{ define "name" }}'),
    "block": (f"_?s{_ONE}", '{{ block "name" . }}'),
    "template": (f"_?s(?:_?|{_ONE})", '{{ template "name" . }}'),
}
"""What follows a keyword, and an example."""

_INDEX = "other names than letters, digits and _ are read with {{ index $labels `a-b` }}"
_UNREADABLE = {
    "": "close the action with }}",
    "}": "close the action with }}",
    "{": "to show the braces themselves, write {{ `{{` }}",
    '"': "close the string; one with backslashes, such as a regular expression, stands in `...`",
    "'": "a text of several characters stands in double quotes",
    "`": "close the string with another `",
    "/*": "a comment is {{/* ... */}}, without spaces outside of the asterisks",
    ".": _INDEX,
    "[": _INDEX,
    **dict.fromkeys("+-*/%", "templates do not calculate: let the PromQL do that"),
    **dict.fromkeys("<>!&", "comparisons are functions: gt $value 1.0"),
}
"""What to do about an action that cannot be read on at a character."""

_DECIDING = frozenset(
    "and eq ge gt le len lt match ne not or reReplaceAll".split()  # noqa: SIM905 (readable)
)
"""Functions that a label may be handed to that is not there."""
_LABELS: tuple[tuple[str, ...], ...] = (("$labels",), (".Labels",), ("$", ".Labels"))
"""The labels of an alert, as a variable and as a field of the dot and of ``$``."""
_OF_VALUE = frozenset("$value and eq ge gt le lt ne not or".split())  # noqa: SIM905 (readable)
"""What a condition about the value of an alert is made of, beside constants."""
_BLOCKS = frozenset({"if", "with", "range", "define", "block"})
"""What is open until ``{{ end }}``."""
_LONGEST = 80


@attrs.frozen
class _Token:
    kind: str
    text: str


@attrs.frozen
class _Action:
    """What stands between ``{{`` and ``}}``, after the keyword."""

    source: str
    keyword: str
    tokens: tuple[_Token, ...]


@attrs.define(kw_only=True)
class _Block:
    """What an action has opened and ``{{ end }}`` will close; the whole text is the outermost."""

    source: str
    keyword: str
    variables: set[str]
    loops: bool
    ends: bool = False


def check(text: str) -> None:
    """Refuse what `promtool check rules` would refuse as the template of a label or annotation.

    Whether the template can be executed, only an alert shows: that types agree, that a field or
    a template of that name exists.

    >>> check("{{ $labels.job }} burns {{ $value | humanize }}x too fast")
    >>> check("burns {{ $value | humanise }}x too fast")
    Traceback (most recent call last):
    slogen.errors.InvalidValue: template is '{{ $value | humanise }}'
      allowed: functions of Go's templates and of Prometheus 2.42
      remedy: did you mean humanize?

    Raises:
        InvalidValue: If a version of Prometheus from 2.42 on would not load the rule.
    """
    blocks = [_Block(source="", keyword="", variables=set(_VARIABLES), loops=False)]
    for action in _actions(text):
        _check_form(action)
        _check_place(action, blocks)
        if action.keyword in {"if", "with", "range"}:
            blocks.append(_opened(action, blocks[-1]))
        _check_variables(action, blocks[-1].variables)
        if action.keyword in {"define", "block"}:
            # They are templates of their own, which see nothing but what they are given.
            blocks.append(_opened(action, blocks[0], variables={"$"}))
    if len(blocks) > 1:
        raise _refusal(blocks[-1].source, "actions that are closed by {{ end }}", "add {{ end }}")


def labels_shown(text: str) -> tuple[str, ...]:
    """Return the labels that a template prints, each once.

    A label that a condition asks for, or that stands beside ``or`` and the like, is not among them:
    whoever wrote that knows that it may be missing. Nor is what stands between a condition and its
    end, since the condition may say whether it is there; one about the value alone does not.

    >>> labels_shown("{{ $labels.pod }} of {{ if $labels.job }}{{ $labels.job }}{{ end }}")
    ('pod',)
    """
    shown: dict[str, None] = {}
    asked: set[str] = set()
    may_ask: list[bool] = []
    for action in _actions(text):
        named = dict.fromkeys(_labels_in(action))
        texts = {token.text for token in action.tokens}
        if ":=" in texts and not named and "$labels" in texts:
            return ()  # Another variable may stand for all labels from here on.
        if action.keyword in _BLOCKS:
            may_ask.append(not _is_of_value(action))
        elif action.keyword == "else if":
            may_ask[-1] |= not _is_of_value(action)
        elif action.keyword == "end":
            may_ask.pop()
        if action.keyword or ":=" in texts or _DECIDING & texts:
            asked.update(named)
        elif not any(may_ask):
            shown |= named
    return tuple(label for label in shown if label not in asked)


def _is_of_value(action: _Action) -> bool:
    """Tell whether an action is a condition about the value of an alert, and about no label."""
    named = {token.text for token in action.tokens if token.kind in "vfi" or token.text == "."}
    return action.keyword in {"if", "else if"} and named <= _OF_VALUE


def _labels_in(action: _Action) -> Iterator[str]:
    """Yield the labels of the alert that an action reads, as fields or by ``index``."""
    operands = _operands(action)
    for operand in operands:
        for labels in _LABELS:
            if operand[: len(labels)] == labels and len(operand) > len(labels):
                yield operand[len(labels)].removeprefix(".")
    for function, labels, name in zip(operands, operands[1:], operands[2:], strict=False):
        if function == ("index",) and labels in _LABELS:
            yield "".join(name).strip('"`')


def _operands(action: _Action) -> list[tuple[str, ...]]:
    """Return what an action names, each in its parts, such as ``$``, ``.Labels`` and ``.job``."""
    operands: list[list[str]] = [[]]
    for token in action.tokens:
        if token.kind in {"_", "("}:
            operands.append([])
        else:
            operands[-1].append(token.text)
    return [tuple(operand) for operand in operands if operand]


def _actions(text: str) -> Iterator[_Action]:
    position = 0
    while opening := _OPENING.search(text, position):
        comment = _COMMENT.match(text, opening.start())
        if comment:
            position = comment.end()
            continue
        tokens = []
        position = opening.end()
        while not (closing := _CLOSING.match(text, position)):
            token = _TOKEN.match(text, position)
            if not token:
                raise _unreadable(text[opening.start() :], text[position:])
            tokens.append(_Token(token.lastgroup or token[0][0], token[0]))
            position = token.end()
        position = closing.end()
        yield _action(text[opening.start() : position], tokens)


def _action(source: str, tokens: list[_Token]) -> _Action:
    solid = next((i for i, token in enumerate(tokens) if token.kind != "_"), len(tokens))
    if solid == len(tokens) or tokens[solid].kind != "k":
        return _Action(source, "", tuple(tokens))
    keyword = " ".join(tokens[solid].text.split())
    return _Action(source, keyword, tuple(tokens[solid + 1 :]))


def _check_form(action: _Action) -> None:
    form, example = _FORMS[action.keyword]
    kinds, folded = "", "".join(token.kind for token in action.tokens)
    while kinds != folded:
        kinds, folded = folded, _PARENTHESISED.sub("p", folded)
    if not re.fullmatch(form, folded):
        calls = {"(", ","} & {token.kind for token in action.tokens}
        remedy = "arguments are set apart by spaces: printf `%d` (len $labels)" if calls else ""
        raise _refusal(action.source, f"an action such as {example}", remedy)
    for token in action.tokens:
        if token.kind == "i" and token.text not in FUNCTIONS:
            raise _unknown_function(action.source, token.text)


def _check_place(action: _Action, blocks: list[_Block]) -> None:
    """Refuse an action that may not stand here; close and turn the innermost block."""
    block = blocks[-1]
    match action.keyword:
        case "end" if len(blocks) > 1:
            blocks.pop()
        case "else" if block.keyword in {"if", "with", "range"} and not block.ends:
            block.ends = True
            block.loops = blocks[-2].loops if block.keyword == "range" else block.loops
        case "else if" if block.keyword == "if" and not block.ends:
            pass
        case "end" | "else" | "else if":
            allowed = "{{ else }} and {{ end }} after the {{ if }}, or such, that is open"
            raise _refusal(action.source, allowed, "remove it")
        case "break" | "continue" if not block.loops:
            raise _refusal(action.source, "{{ break }} and {{ continue }} in {{ range }}")
        case "define" if len(blocks) > 1:
            raise _refusal(action.source, "{{ define }} outside of other actions")


def _opened(action: _Action, outer: _Block, variables: set[str] | None = None) -> _Block:
    return _Block(
        source=action.source,
        keyword=action.keyword,
        variables=variables or set(outer.variables),
        loops=outer.loops or action.keyword == "range",
    )


def _check_variables(action: _Action, variables: set[str]) -> None:
    """Refuse unknown variables, and add to the known ones those that the action declares."""
    solid = [token for token in action.tokens if token.kind != "_"]
    for token, after in pairwise((*solid, _Token("", ""))):
        if token.kind != "v":
            continue
        if after.kind in {":", "=", ","}:
            variables.add(token.text)
        elif token.text not in variables:
            raise _unknown_variable(action.source, token.text, variables)


def _unreadable(source: str, rest: str) -> InvalidValue:
    fault = re.sub(r"^\$?[^\W\d]\w*", "", rest)  # A name is readable, not what follows it.
    otherwise = f"it cannot be read from {_shown(fault)} on"
    remedy = _UNREADABLE.get(fault[:2], _UNREADABLE.get(fault[:1], otherwise))
    return _refusal(source, "Go's text/template between {{ and }}", remedy)


def _unknown_variable(source: str, name: str, known: set[str]) -> InvalidValue:
    remedy = _suggestion(name, known) or f"declare {name} before, with :="
    if name in _VARIABLES:
        remedy = "{{ define }} and {{ block }} see only what they are handed, as {{ . }}"
    return _refusal(source, f"the variables known here: {', '.join(sorted(known))}", remedy)


def _unknown_function(source: str, name: str) -> InvalidValue:
    otherwise = f"a label is written $labels.{name}, a text in double quotes"
    remedy = _suggestion(name, FUNCTIONS | _VARIABLES) or otherwise
    if name in _LATER:
        remedy = f"{name} came with Prometheus {_LATER[name]}"
    return _refusal(source, "functions of Go's templates and of Prometheus 2.42", remedy)


def _suggestion(name: str, known: Iterable[str]) -> str:
    similar = get_close_matches(name, sorted(known), n=1, cutoff=0.75)
    return f"did you mean {similar[0]}?" if similar else ""


def _refusal(source: str, allowed: str, remedy: str = "") -> InvalidValue:
    return InvalidValue("template", _shown(source), allowed, remedy)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}...")


def literal(text: str) -> str:
    """Return a template that prints exactly this text.

    >>> literal("plain"), literal("use {{ $value }}")
    ('plain', 'use {{"{"}}{{"{"}} $value }}')
    """
    if "{{" in text or text.endswith("{"):
        return text.replace("{", '{{"{"}}')
    return text


def plain(template: str) -> str:
    """Return the text that a template of `literal` prints.

    >>> plain(literal("use {{ $value }}"))
    'use {{ $value }}'
    """
    return template.replace('{{"{"}}', "{")


def string(text: str) -> str:
    """Return a text as a string inside of a template's braces: raw, where that can be.

    >>> print(string('up{job="api"}'), string("`"))
    `up{job="api"}` "`"
    """
    if not {"`", "\r"} & set(text):  # Go drops carriage returns from raw strings.
        return f"`{text}`"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
