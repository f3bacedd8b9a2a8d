"""What users write has an example to copy in its docstring, and pytest runs it."""

from __future__ import annotations

import doctest
import inspect

import pytest

import slogen
from slogen import live

COPIED = [
    *((slogen, name) for name in slogen.__all__),
    *((live, name) for name in ("BudgetPolicy", "Connection", "Incident", "Prometheus")),
    *((live, name) for name in ("forecast", "gate", "report")),
]


@pytest.mark.parametrize(
    ("module", "name"), COPIED, ids=lambda given: getattr(given, "__name__", given)
)
def test_has_an_example(module: object, name: str) -> None:
    """It has one, and not only an import."""
    text = inspect.getdoc(getattr(module, name)) or ""
    examples = doctest.DocTestParser().get_examples(text)

    assert any(example.want for example in examples)
