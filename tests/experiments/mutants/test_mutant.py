"""A mutant is a change of a syntax tree: it survives another layout, and fails where it is lost."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.experiments.mutants.mutant import Mutant, UnfitError

if TYPE_CHECKING:
    from collections.abc import Callable

MODULE = '''\
"""Budgets."""

LIMITS = ("ä", "b", "c", "d")
ORDER: dict[str, int] = {"or": 1, "and": 2, **OTHERS}


def left(total, bad):
    """total - bad"""
    # total - bad
    return total - bad


class Budget:
    def left(self, total):
        if (
            total  # all of them
            - self.bad
        ) > 0:
            self.known = True
        return f"ü {total - self.bad:>3} of {total}"

    def spent(self):
        def of(window):
            return self.bad / window

        return of(1)
'''

DIFFERENCE = """\
(
            total  # all of them
            - self.bad
        ) > 0"""
STRING = 'f"ü {total - self.bad:>3} of {total}"'


def mutant(function: str, replace: str, by: str) -> Mutant:
    """Return a mutant of the module above."""
    return Mutant(name="one", function=f"m:{function}", replace=replace, by=by, why="it is wrong")


@pytest.mark.parametrize(
    ("function", "replace", "by", "before", "after"),
    [
        ("left", "total - bad", "total", "return total - bad", "return (total)"),
        ("left", "return total - bad", "pass", "return total - bad", "pass"),
        ("LIMITS", "'b'", "'ß'", '"b"', "('ß')"),
        ("LIMITS", "('b', 'c')", "('c', 'b')", '"b", "c"', '"c", "b"'),
        ("LIMITS", "('ä', 'b')", "()", '("ä", "b", "c", "d")', '("c", "d")'),
        ("ORDER", "{'and': 2}", "{'and': 1}", '"and": 2', '"and": 1'),
        ("ORDER", "{**OTHERS}", "{}", ", **OTHERS", ""),
        ("Budget.left", "self.known = True", "self.known = False", "= True", "= False"),
        ("Budget.left", "total - self.bad > 0", "True", DIFFERENCE, "True"),
        ("Budget.left", STRING, "''", STRING, "''"),
        ("Budget.spent.of", "self.bad / window", "self.bad", "self.bad / window", "self.bad"),
    ],
)
def test_what_is_named_is_replaced(
    function: str, replace: str, by: str, before: str, after: str
) -> None:
    """Expressions, statements and neighbours of a tuple are replaced, and nothing else is."""
    assert MODULE.count(before) == 1

    changed = mutant(function, replace, by).applied(MODULE)

    assert tree(changed) == tree(MODULE.replace(before, after))


def test_a_part_of_a_string_is_replaced() -> None:
    """An f-string is written anew where a part of it is another."""
    once = MODULE.replace("            total  # all of them\n            - self.bad\n", "0")

    changed = mutant("Budget.left", "total - self.bad", "self.bad").applied(once)

    assert 'f"ü {self.bad:>3} of {total}"' in changed.replace("(f'", 'f"').replace("')", '"')


def test_other_lines_are_left_alone() -> None:
    """Comments and lines stay where they are, so that nothing but the change is another."""
    lines = MODULE.splitlines()

    changed = mutant("left", "total - bad", "total").applied(MODULE).splitlines()

    assert [line for line in changed if line not in lines] == ["    return (total)"]
    assert len(changed) == len(lines)


@pytest.mark.parametrize(
    "layout", [ast.unparse, lambda tree: "\n\n\n" + ast.unparse(tree).replace(", ", ",\n  ")]
)
def test_another_layout_is_the_same(layout: Callable[[ast.Module], str]) -> None:
    """Lines, quotes and comments of the module do not matter."""
    one = mutant("LIMITS", '("c", "d")', '("d",)')

    assert tree(one.applied(layout(ast.parse(MODULE)))) == tree(one.applied(MODULE))


@pytest.mark.parametrize(
    ("function", "replace", "message"),
    [
        ("right", "total - bad", "one: m:right is defined 0 times"),
        ("Budget", "total", "one: `total` occurs 3 times in m:Budget"),
        ("left", "bad - total", "one: `bad - total` occurs nowhere in m:left"),
        ("LIMITS", "('b', 'd')", r"one: `\('b', 'd'\)` occurs nowhere in m:LIMITS"),
    ],
)
def test_what_is_not_there_once_is_refused(function: str, replace: str, message: str) -> None:
    """A definition or an expression that is gone, or there twice, is named."""
    with pytest.raises(UnfitError, match=f"^{message}$"):
        mutant(function, replace, "0").applied(MODULE)


def test_two_definitions_of_a_name_are_refused() -> None:
    """Nobody could tell which one is meant."""
    with pytest.raises(UnfitError, match=r"^one: m:left is defined 2 times$"):
        mutant("left", "total - bad", "0").applied(f"{MODULE}\n\nleft = total - bad\n")


@given(
    items=st.lists(st.sampled_from(["a", "é", "x + 1", "'§'", "f(y)"]), min_size=2, max_size=8),
    data=st.data(),
)
def test_neighbours_are_replaced_where_they_are(items: list[str], data: st.DataObject) -> None:
    """Of a list any run of items can be another, if it is there once."""
    begin = data.draw(st.integers(0, len(items) - 1))
    end = data.draw(st.integers(begin + 1, len(items)))
    wanted = items[begin:end]
    size = end - begin
    times = sum(items[place : place + size] == wanted for place in range(len(items) - size + 1))
    one = mutant("ALL", f"[{', '.join(wanted)}]", "[new]")
    module = f"ALL = [{', '.join(items)}]\n"

    if times > 1:
        with pytest.raises(UnfitError, match=f"occurs {times} times"):
            one.applied(module)
    elif size == len(items):
        assert tree(one.applied(module)) == tree("ALL = [new]")
    else:
        expected = f"ALL = [{', '.join([*items[:begin], 'new', *items[end:]])}]"
        assert tree(one.applied(module)) == tree(expected)


def tree(text: str) -> str:
    """Return what a module means, whatever it looks like."""
    return ast.dump(ast.parse(text))
