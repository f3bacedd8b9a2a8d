r"""The regexes of matchers: whether Prometheus takes them, and a spelling that all readers take.

promql-parser reads them with Rust's own engine, which takes what a server refuses (``x*+``,
``x{1001}``, ``(?x)``) and refuses what it takes (``[\w-.]``, ``[^[]``, ``\Qa.b\E``). So each regex
is checked here first, twice where that can be:

- Always by `slogen.promql.re2_grammar`, which knows all but the names of scripts (``\p{Letter}`` is
  none) and the oddest of classes (``[[:a]b:]``).
- By RE2 itself where google-re2 is installed (the extra ``slogen[re2]``), which knows these, too.
  Alone it would not do: unlike Go's RE2 it takes ``\C``, ``(?P<é>x)`` and ``x{9999999999}``.

Where versions differ the oldest counts: ``(?<name>x)`` needs Go 1.22, and so Prometheus 2.51. Of
what Go takes, promql-parser still refuses nestings of 250 groups and programs of 10 MB.
"""

from __future__ import annotations

import ast
import functools
import re
from typing import TYPE_CHECKING

from slogen.promql.lexing import Token, not_promql
from slogen.promql.quoting import quote
from slogen.promql.re2_grammar import NotRE2, RegexToken, class_items, code, regex_tokens

if TYPE_CHECKING:
    from collections.abc import Callable

_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$]")
_LARGEST_BYTE = 0xFF
_MOST_SHOWN = 80


def regex_fault(regex: str) -> str:
    r"""Return why Prometheus would refuse a regex; nothing where it would not.

    >>> regex_fault("5..|[^[]+")
    ''
    >>> regex_fault("x*+")
    'the regex "x*+" is not RE2: "+" repeats what "*" repeats already'
    """
    try:
        regex_tokens(regex)
    except NotRE2 as error:
        reason = str(error)
    else:
        reason = complaints_of_re2()(regex)
    shown = regex if len(regex) <= _MOST_SHOWN else f"{regex[:_MOST_SHOWN]}..."
    return f'the regex "{shown}" is not RE2: {reason}' if reason else ""


def with_regexes(lexed: tuple[Token, ...]) -> tuple[Token, ...]:
    r"""Return tokens, the regexes among them checked and in a spelling that promql-parser takes.

    >>> from slogen.promql.lexing import tokens
    >>> print("".join(token.text for token in with_regexes(tokens(r"x{pod=~`[\w-.]+`}"))))
    x{pod=~"[\\w\\-.]+"}

    Raises:
        InvalidPromQL: If Prometheus would refuse one of them.
    """
    done: list[Token] = []
    before = ""
    for token in lexed:
        is_regex = token.kind == "string" and before == "~"
        done.append(_checked(token, lexed) if is_regex else token)
        before = before if token.kind == "space" else token.text
    return tuple(done)


def _checked(token: Token, lexed: tuple[Token, ...]) -> Token:
    regex = ast.literal_eval(token.text)
    if reason := regex_fault(regex):
        raise not_promql("".join(each.text for each in lexed), "query", reason)
    return Token("string", quote("".join(map(_respelled, regex_tokens(regex)))))


def _respelled(token: RegexToken) -> str:
    """Return a token as both RE2 and Rust's engine read it."""
    match token.kind:
        case "quoted":
            return _SPECIAL.sub(r"\\\g<0>", token.text[2:-2])
        case "class":
            return _respelled_class(token.text)
        case "single":
            return _respelled_character(token.text)
        case _:
            return token.text


def _respelled_class(class_: str) -> str:
    """Return a class without the brackets and hyphens that mean more to Rust than to RE2."""
    items = class_items(class_)
    texts: list[str] = []
    is_behind_set = False
    for item in items:
        low, high = (_respelled_character(end or "") for end in item.group("low", "high"))
        if is_behind_set and low == "-" and (high or item is not items[-1]):
            low = r"\-"
        texts.append(item["set"] or (f"{low}-{high}" if high else low))
        is_behind_set = bool(item["set"])
    return f"{class_[: items[0].start()]}{''.join(texts)}]"


def _respelled_character(character: str) -> str:
    if character == "[":
        return r"\["
    if not re.match(r"\\[0-7]", character):
        return character
    number = code(character)
    return rf"\x{number:02x}" if number <= _LARGEST_BYTE else chr(number)


@functools.cache
def complaints_of_re2() -> Callable[[str], str]:
    """Return a function that returns what RE2 itself has against a regex, if it is installed."""
    try:
        import re2  # noqa: PLC0415 (who writes no regex does not pay for it)
    except ImportError:
        return lambda _: ""
    options = re2.Options()
    options.log_errors = False

    def complaint(regex: str) -> str:
        try:
            re2.compile(regex, options=options)
        except re2.error as error:
            (reason,) = error.args
            return str(reason.decode(errors="replace"))
        return ""

    return complaint
