"""The one printer of PromQL: a line where it fits, else broken where a reader would break it."""

from __future__ import annotations

from slogen.promql.expr import (
    Aggregation,
    Binary,
    Call,
    Expr,
    GrafanaRange,
    Number,
    Series,
    Subquery,
    Text,
)
from slogen.promql.parsing import parse
from slogen.promql.quoting import quote
from slogen.promql.selector import braced
from slogen.units import Duration, number

WIDTH = 100
_MOST_TIMES_LONGER = 3
_INDENT = "  "
_SET_OPERATORS = frozenset({"and", "or", "unless"})
_BINDING = {
    "or": 1,
    "and": 2,
    "unless": 2,
    ">": 3,
    ">=": 3,
    "<": 3,
    "<=": 3,
    "==": 3,
    "!=": 3,
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "%": 5,
}


_COMPARISON = _BINDING[">"]


def text(expr: Expr) -> str:
    """Return an expression as PromQL, on as few lines as can be read.

    Set operators stand on a line of their own, arithmetic ones at the beginning of a line, and a
    parenthesis that does not fit opens a block.
    """
    return "\n".join(_lines(expr))


def _lines(expr: Expr) -> list[str]:
    """Return an expression's lines, from the leaves up: what fits on one line is one line."""
    match expr:
        case Binary():
            lines = _binary_lines(expr)
        case Series():
            lines = [_selection(expr)]
        case Number():
            lines = [_number(expr)]
        case Call():
            lines = _call_lines(expr)
        case Aggregation():
            lines = _aggregation_lines(expr)
        case Subquery():
            *lines, last = _operand_lines(expr.operand, isinstance(expr.operand, Binary))
            lines.append(f"{last}[{expr.window}:{expr.step}]{_offset(expr.offset)}")
        case _:
            assert isinstance(expr, Text)  # noqa: S101 (there is no other shape)
            lines = _text_lines(expr)
    return lines


def _call_lines(expr: Call) -> list[str]:
    parts = [_lines(argument) for argument in expr.arguments]
    if all(len(lines) == 1 for lines in parts):
        flat = f"{expr.function}({', '.join(lines[0] for lines in parts)})"
        if len(flat) <= WIDTH:
            return [flat]
    return _block(f"{expr.function}(", _argument_lines(parts))


def _argument_lines(parts: list[list[str]]) -> list[str]:
    """Return the lines of arguments; those of one line that follow each other share one."""
    lines: list[str] = []
    shares = False
    for part in parts:
        if lines:
            lines[-1] += ","
        if shares and len(part) == 1 and len(lines[-1]) + len(part[0]) < WIDTH:
            lines[-1] += f" {part[0]}"
        else:
            lines += part
        shares = len(part) == 1
    return lines


def _aggregation_lines(expr: Aggregation) -> list[str]:
    head, lines = _head(expr), _lines(expr.operand)
    if expr.parameter is not None:
        word = quote(expr.parameter) if isinstance(expr.parameter, str) else expr.parameter
        lines = [f"{word}, {lines[0]}", *lines[1:]]
    if len(lines) == 1 and len(head) + len(lines[0]) + 2 <= WIDTH:
        return [f"{head}({lines[0]})"]
    return _block(f"{head}(", lines)


def _text_lines(expr: Text) -> list[str]:
    if len(expr.text) <= WIDTH:
        return [expr.text]
    if "\n" in expr.text:
        return expr.text.split("\n")
    pretty = parse(expr.text).prettify()
    # promql-parser leaves characters that do not print as they are.
    # A chain of many operators is indented so deeply that one line reads better.
    is_readable = len(pretty) <= _MOST_TIMES_LONGER * len(expr.text)
    if is_readable and pretty.replace("\n", "").isprintable():
        return pretty.split("\n")
    return [expr.text]


def _binary_lines(expr: Binary) -> list[str]:
    left = _operand_lines(expr.left, _left_needs_parentheses(expr))
    right = _operand_lines(expr.right, _right_needs_parentheses(expr))
    operator = _operator(expr)
    if len(left) == 1 and len(right) == 1:
        flat = f"{left[0]} {operator} {right[0]}"
        if len(flat) <= WIDTH:
            return [flat]
    if expr.operator in _SET_OPERATORS:
        return [*left, operator, *right]
    if len(right) == 1 and len(left[-1]) + len(operator) + len(right[0]) + 2 <= WIDTH:
        return [*left[:-1], f"{left[-1]} {operator} {right[0]}"]
    return [*left, f"{operator} {right[0]}", *right[1:]]


def _operand_lines(expr: Expr, parentheses: bool) -> list[str]:  # noqa: FBT001 (private, one fact)
    lines = _lines(expr)
    if not parentheses:
        return lines
    return [f"({lines[0]})"] if len(lines) == 1 else _block("(", lines)


def _block(opening: str, lines: list[str]) -> list[str]:
    return [opening, *(_INDENT + line for line in lines), ")"]


def _number(expr: Number) -> str:
    if expr.value.is_finite():
        return number(expr.value)
    return {"Infinity": "Inf", "-Infinity": "-Inf"}.get(str(expr.value), "NaN")


def _selection(expr: Series) -> str:
    window = f"[{expr.window}]" if expr.window else ""
    offset = _offset(expr.offset)
    if expr.ahead:
        offset = f" offset -{expr.ahead}"
    at = " @ end()" if expr.at_end else ""
    return f"{expr.metric}{braced(expr.matchers)}{window}{at}{offset}"


def _offset(offset: Duration | GrafanaRange | None) -> str:
    return f" offset {offset}" if offset else ""


def _head(expr: Aggregation) -> str:
    word = "without" if expr.without else "by"
    return f"{expr.operator} {word} ({', '.join(expr.by)}) " if expr.by else expr.operator


def _operator(expr: Binary) -> str:
    words: list[str] = [expr.operator]
    if expr.bool_:
        words.append("bool")
    if expr.on is not None:
        words.append(f"on ({', '.join(expr.on)})")
    if expr.group_left:
        words.append(f"group_left ({', '.join(expr.brings)})")
    return " ".join(words)


def _left_needs_parentheses(expr: Binary) -> bool:
    left = expr.left
    if isinstance(left, Text):
        return not left.is_atomic
    if not isinstance(left, Binary):
        return False
    binding = _BINDING[left.operator]
    if binding == _BINDING[expr.operator] == _COMPARISON:
        # A chain such as ``x >= 0 < Inf`` reads well; one that goes on with more than a number not.
        return not isinstance(expr.right, Number)
    return binding < _BINDING[expr.operator]


def _right_needs_parentheses(expr: Binary) -> bool:
    right = expr.right
    if isinstance(right, Text):
        return not right.is_atomic
    return isinstance(right, Binary) and _BINDING[right.operator] <= _BINDING[expr.operator]
