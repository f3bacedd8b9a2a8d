"""Choices about what is bad that nobody can make for all, with a text for alerts each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from slogen.model import Events

if TYPE_CHECKING:
    from slogen.promql.selector import Selector

Counted = Literal["good", "bad", "left_out"]
"""What becomes of some events: they count as good, they count as bad, or nobody counts them."""

_IN_WORDS = {"good": "counts as good", "bad": "counts as bad", "left_out": "is left out"}


@attrs.frozen
class Choice:
    """What is chosen for a value of the label that says how a request ended.

    Attributes:
        value: The value, such as ``499``; empty where the label is.
        meaning: What it says, such as ``a client that left``.
        counted: What becomes of such requests.
    """

    value: str
    meaning: str
    counted: str

    def __str__(self) -> str:
        what = f"{self.value}, {self.meaning}," if self.value else self.meaning
        return f"{what} {_IN_WORDS[self.counted]}"


def client_left(counted: str) -> Choice:
    """Return the choice about 499, which proxies write where the client closed the connection."""
    return Choice("499", "a client that left", counted)


def too_many(counted: str) -> Choice:
    """Return the choice about 429, too many requests."""
    return Choice("429", "a client that was limited", counted)


def events_by(total: Selector, label: str, bad: str, *choices: Choice) -> Events:
    """Return events of which a label says how they ended.

    Args:
        total: The counter.
        label: The label.
        bad: The values, as a regular expression, that are bad whatever is chosen.
        choices: What is chosen for other values.
    """
    left_out = [choice.value for choice in choices if choice.counted == "left_out"]
    also_bad = [choice.value for choice in choices if choice.counted == "bad"]
    if left_out:
        total = total.where(_matcher(label, "!", left_out))
    return Events(
        total=total,
        bad=total.where(_matcher(label, "", [bad, *also_bad])),
        note="; ".join(map(str, choices)),
    )


def _matcher(label: str, negation: str, values: list[str]) -> str:
    """Return a matcher of values; a regular expression only where one is needed."""
    (text,) = values if len(values) == 1 else ("|".join(values),)
    is_plain = text.replace("_", "").isalnum()
    operator = {"": "=", "!": "!="}[negation] if is_plain else {"": "=~", "!": "!~"}[negation]
    return f'{label}{operator}"{text}"'
