"""Reading PromQL through promql-parser, so that no text whatever ends in a crash."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import promql_parser

from slogen.promql.lexing import durations, nesting, not_promql, operators, tokens

if TYPE_CHECKING:
    from slogen.promql.lexing import Token

LONGEST_QUERY = 20_000
DEEPEST_QUERY = 100
MOST_OPERATORS = 1_000

# Go keeps a duration as nanoseconds in 64 bits.
_LONGEST_SECONDS = 2**63 / 1e9
_MOST_SHOWN = 40
_PLAIN_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
# What only the tokens can judge: other strings, bytes in strings, comments, large numbers, "or"
# between matchers.
_DOUBTFUL = re.compile(
    r"""['`#\f\ud800-\udfff\ufffd]|\\[x0-7uU]|[0-9]{10}|[0-9.][eE][0-9+]"""
    r"""|(?i:offset)[\s+-]*(?i:inf|nan)|"\s*(?i:or)\b"""
)


def parse(text: str, subject: str = "query", longest: int = LONGEST_QUERY) -> promql_parser.Expr:
    """Parse a PromQL expression.

    Args:
        text: The expression.
        subject: What it is, for messages.
        longest: How many characters it may have.

    Raises:
        InvalidPromQL: If it is not one, or is too long or too deep to be parsed safely.
    """
    plain = _is_plain(text)
    readable = (
        text if plain else "".join(token.text for token in safe_tokens(text, subject, longest))
    )
    try:
        return promql_parser.parse(readable)
    except (ValueError, OverflowError) as error:
        raise not_promql(text, subject, str(error)) from error
    except BaseException as error:
        # A panic of the Rust parser derives from BaseException, as Ctrl-C does.
        if type(error).__name__ != "PanicException":
            raise
        raise not_promql(text, subject, "the parser cannot read it") from None


def safe_tokens(
    text: str, subject: str = "query", longest: int = LONGEST_QUERY
) -> tuple[Token, ...]:
    """Return the tokens of a text that may be parsed.

    Raises:
        InvalidPromQL: If promql-parser would crash, take minutes, or read what Prometheus refuses.
    """
    if len(text) > longest:
        raise not_promql(text, subject, f"it is longer than {longest} characters")
    lexed = tokens(text, subject)
    reason = _size_fault(lexed) or _number_fault(lexed) or _matcher_fault(lexed)
    if reason:
        raise not_promql(text, subject, reason)
    return lexed


def _is_plain(text: str) -> bool:
    """Return whether promql-parser may have a text as it stands.

    It saves most of the time, which counts: slogen parses the 17,000 rules of 1,000 SLOs.
    """
    short = len(text) <= MOST_OPERATORS and sum(map(text.count, "([{")) <= DEEPEST_QUERY
    return short and not _DOUBTFUL.search(text)


def _size_fault(lexed: tuple[Token, ...]) -> str:
    """Return why promql-parser would die of a segmentation fault, or take minutes."""
    if nesting(lexed) > DEEPEST_QUERY:
        return f"it is nested deeper than {DEEPEST_QUERY} levels"
    if operators(lexed) > MOST_OPERATORS:
        return f"it has more than {MOST_OPERATORS} operators"
    return ""


def _number_fault(lexed: tuple[Token, ...]) -> str:
    """Return which number Prometheus refuses, where promql-parser reads infinity or panics."""
    for token in lexed:
        if token.kind == "number" and _value(token) == float("inf"):
            return f"the number {token.text[:_MOST_SHOWN]} is out of range"
    for token in (lexed[index] for index in durations(lexed)):
        if token.text.lower() in {"inf", "nan"} or _value(token) > _LONGEST_SECONDS:
            return f"the duration {token.text[:_MOST_SHOWN]} is out of range"
    return ""


def _value(token: Token) -> float:
    """Return the value of a number without a unit, else 0."""
    return float(token.text) if _PLAIN_NUMBER.fullmatch(token.text) else 0


def _matcher_fault(lexed: tuple[Token, ...]) -> str:
    """Return what is wrong with ``{a="b" or c="d"}``, which is not PromQL but MetricsQL."""
    solid = [token for token in lexed if token.kind != "space"]
    for before, token in itertools.pairwise(solid):
        if before.kind == "string" and token.text.lower() == "or":
            return 'no "or" between matchers in PromQL: use a regex, such as code=~"500|503"'
    return ""
