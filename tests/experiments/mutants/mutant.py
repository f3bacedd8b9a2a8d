"""What a mutant is, and how it is applied: to a syntax tree, wherever the code stands in its file.

A mutant names a definition and what it replaces within. Both are read as Python, so that neither
line breaks nor quotes nor the place of a function matter: only another meaning makes it fail.
"""

from __future__ import annotations

import ast
import textwrap
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

_Code = ast.expr | ast.stmt
_Several = ast.Tuple | ast.List | ast.Dict
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class UnfitError(ValueError):
    """A mutant does not fit: its definition is gone, or what it replaces is not there once."""


@attrs.frozen(kw_only=True)
class Mutant:
    """One change that makes slogen wrong.

    Attributes:
        name: Unique, in a few words.
        function: What is changed, as `slogen.units:Duration.seconds`: a function, a method, a class
            or a constant of a module.
        replace: An expression or a statement that occurs once in it. Of a tuple, a list or a
            dictionary neighbours are enough: `(b, c)` is found in `(a, b, c, d)`.
        by: What stands there instead, of the same sort.
        why: What is wrong then.
        equivalent: Why nothing has to notice, if so.
    """

    name: str
    function: str
    replace: str
    by: str
    why: str
    equivalent: str = ""

    @property
    def module(self) -> str:
        """The module's name, as it is imported."""
        return self.function.partition(":")[0]

    @property
    def definition(self) -> str:
        """The qualified name within the module."""
        return self.function.partition(":")[2]

    @property
    def file(self) -> str:
        """The module's file, below the checkout, of a module that is no package."""
        return f"{self.module.replace('.', '/')}.py"

    def applied(self, text: str) -> str:
        """Return the text of the module with the change, which leaves all other lines alone.

        Raises:
            UnfitError: If the definition is not there, or what is replaced is not there once.
        """
        definition = self._defined(ast.parse(text))
        old, new = _parsed(self.replace, self.by)
        found = list(_changes(definition, old, new))
        if len(found) != 1:
            times = f"{len(found)} times" if found else "nowhere"
            raise UnfitError(f"{self.name}: `{self.replace}` occurs {times} in {self.function}")
        return _spliced(text, *found[0])

    def _defined(self, tree: ast.Module) -> ast.AST:
        """Return what the name is of, from the outermost name to the innermost one."""
        scopes: list[ast.AST] = [tree]
        for name in self.definition.split("."):
            scopes = [node for scope in scopes for node in _named(scope, name)]
        if len(scopes) != 1:
            raise UnfitError(f"{self.name}: {self.function} is defined {len(scopes)} times")
        return scopes[0]


def mutants(function: str, *changes: tuple[str, str, str, str]) -> tuple[Mutant, ...]:
    """Return mutants of one definition; each is a name, what was, what is, and why it is wrong."""
    return tuple(
        Mutant(name=name, function=function, replace=replace, by=by, why=why)
        for name, replace, by, why in changes
    )


def _named(scope: ast.AST, name: str) -> Iterator[ast.AST]:
    """Yield what a module, a class or a function defines by a name."""
    for node in getattr(scope, "body", ()):
        if isinstance(node, _Definition):
            if node.name == name:
                yield node
        elif name in _assigned(node):
            yield node


def _assigned(node: ast.stmt) -> tuple[str, ...]:
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign):
        targets = [node.target]
    else:
        return ()
    names = (part for target in targets for part in ast.walk(target))
    return tuple(part.id for part in names if isinstance(part, ast.Name))


def _parsed(replace: str, by: str) -> tuple[_Code, _Code]:
    """Return what is replaced and what by: two expressions, or two statements."""
    old, new = (ast.parse(textwrap.dedent(code)).body[0] for code in (replace, by))
    if isinstance(old, ast.Expr) and isinstance(new, ast.Expr):
        return old.value, new.value
    return old, new


def _changes(
    definition: ast.AST, old: _Code, new: _Code
) -> Iterator[tuple[tuple[_Code, ...], _Code]]:
    """Yield where a piece of code is, as a path from the outside, and what stands there instead."""
    wanted = ast.dump(old)
    for path in _paths(definition):
        if ast.dump(path[-1]) == wanted:
            yield path, new
        elif type(path[-1]) is type(old) is type(new) and isinstance(old, _Several):
            yield from ((path, other) for other in _with_neighbours(path[-1], old, new))


def _paths(node: ast.AST, above: tuple[_Code, ...] = ()) -> Iterator[tuple[_Code, ...]]:
    """Yield each expression and statement, behind those that it is a part of."""
    path = (*above, node) if isinstance(node, _Code) else above
    if path is not above:
        yield path
    for child in ast.iter_child_nodes(node):
        yield from _paths(child, path)


def _with_neighbours(whole: ast.AST, old: ast.AST, new: ast.AST) -> Iterator[_Code]:
    """Yield a tuple, list or dictionary in which some neighbours are exchanged for others."""
    fields = ("keys", "values") if isinstance(whole, ast.Dict) else ("elts",)
    items, wanted, given = (
        list(zip(*(getattr(node, field) for field in fields), strict=True))
        for node in (whole, old, new)
    )
    size, looks = len(wanted), _dumped(wanted)
    for place in range(len(items) - size + 1):
        if _dumped(items[place : place + size]) == looks:
            mixed = [*items[:place], *given, *items[place + size :]]
            columns = {field: [item[i] for item in mixed] for i, field in enumerate(fields)}
            yield type(whole)(**columns, **_context(whole))  # type: ignore[misc]


def _context(node: ast.AST) -> dict[str, ast.expr_context]:
    return {"ctx": node.ctx} if isinstance(node, ast.Tuple | ast.List) else {}


def _dumped(items: list[tuple[ast.AST | None, ...]]) -> list[list[str]]:
    return [[ast.dump(part) if part else "**" for part in item] for item in items]


def _spliced(text: str, path: tuple[_Code, ...], new: _Code) -> str:
    """Return a text in which the last node of a path is another.

    Parts of an f-string have no place of their own in Python 3.11: all of the string is written.
    """
    old = path[-1]
    strings = [node for node in path if isinstance(node, ast.JoinedStr)]
    if strings and strings[0] is not old:
        _Exchange(old, new).visit(strings[0])
        old = new = strings[0]
    code = ast.unparse(ast.fix_missing_locations(new))
    if isinstance(new, ast.stmt):
        code = textwrap.indent(code, " " * old.col_offset).lstrip()
    else:
        code = f"({code})"
    lines = text.encode().splitlines(keepends=True)
    begin = sum(map(len, lines[: old.lineno - 1])) + old.col_offset
    end = sum(map(len, lines[: (old.end_lineno or 0) - 1])) + (old.end_col_offset or 0)
    whole = b"".join(lines)
    return (whole[:begin] + code.encode() + whole[end:]).decode()


class _Exchange(ast.NodeTransformer):
    """Put one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else super().generic_visit(node)
