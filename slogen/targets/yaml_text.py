"""YAML for the fixed shape of rule files, such that every reader reads the same strings.

A general dumper takes 5 to 145 times as long, and none quotes for YAML 1.1, YAML 1.2 and Go's
yaml.v3 at once: what one of them would read as a number, a date or a truth value is quoted here.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_:./-]*[A-Za-z0-9_/-]")
_PLAIN_EXPRESSION = re.compile(
    r"(?!.*(?:: | #))[A-Za-z0-9][A-Za-z0-9_:* ]*[({][\x20-\x7e]*[\x21-\x39\x3b-\x7e]"
)
_WORDS = frozenset(
    {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"}
)
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@lru_cache(maxsize=4096)
def scalar(text: str) -> str:
    """Return a text as a scalar on one line: plain where that is safe everywhere, else quoted.

    >>> scalar("page"), scalar("on"), scalar("14.4"), scalar("1:30")
    ('page', '"on"', '"14.4"', '"1:30"')
    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    # JSON's strings are YAML's double-quoted ones, but for a few characters that do not print.
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def expression(text: str, indent: int) -> str:
    """Return PromQL as a value: plain on one line where that is safe, else as `block` does."""
    return text if _PLAIN_EXPRESSION.fullmatch(text) else block(text, indent)


def promql(text: str) -> str:
    """Return PromQL as a value on one line, quoted as a person would quote it.

    >>> print(promql('up{job="shop"}'), promql('{job="shop"}'))
    up{job="shop"} '{job="shop"}'
    """
    if _PLAIN_EXPRESSION.fullmatch(text):
        return text
    is_simple = text.isascii() and text.isprintable() and "'" not in text
    return f"'{text}'" if is_simple and '"' in text else scalar(text)


def block(text: str, indent: int) -> str:
    """Return a text as a value: a literal block where it has several lines.

    Args:
        text: The value.
        indent: How many spaces the lines of a literal block begin with.
    """
    if "\n" not in text or not _fits_a_literal(text):
        return scalar(text)
    margin = " " * indent
    return "|-\n" + "\n".join(margin + line if line else "" for line in text.split("\n"))


def _fits_a_literal(text: str) -> bool:
    """Tell whether a literal block keeps every character and can be told where it begins."""
    if not text.replace("\n", "").isprintable() or _UNPRINTABLE.search(text):
        return False
    return not text.startswith((" ", "\n")) and not text.endswith((" ", "\n"))
