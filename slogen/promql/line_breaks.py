"""Where a long query is broken, so that it can be read."""

from __future__ import annotations

from itertools import pairwise

from slogen.promql.lexing import Token, operators, tokens

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
# Behind these a sign belongs to a number.
_SIGNED = frozenset({"", "@", "bool", "offset"})
_END = Token("space", "")


def operands(text: str) -> tuple[str, ...]:
    """Return tidy PromQL with a line for each operand of its outermost operators.

    Joined by line breaks they are read as the same query.

    >>> operands('sum(hits{path=~"a or b"}) > 5 or on () vector(-1)')
    ('sum(hits{path=~"a or b"})', '> 5', 'or on () vector(-1)')
    """
    lines, depth, before = [""], 0, _END
    for token, after in pairwise((*tokens(text), _END)):
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        is_operand = before.text.lower() not in _SIGNED and not operators([before])
        if token.kind == "space" and not depth and is_operand and operators([after]):
            lines.append("")
        else:
            lines[-1] += token.text
        before = before if token.kind == "space" else token
    return tuple(lines)
