"""The groups of an SLO that a proof speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.proof.sampling import distinct

if TYPE_CHECKING:
    from slogen.promql.selector import Matcher
    from slogen.proof.subject import Labels


def group_labels(group_by: tuple[str, ...], matchers: tuple[Matcher, ...]) -> tuple[Labels, ...]:
    """Return the labels of a group, and of a second one where matchers leave room for it.

    Args:
        group_by: The labels by which the SLO groups.
        matchers: What the labels have to satisfy.

    Raises:
        CannotSample: If no group satisfies the matchers.
    """
    values = {
        label: distinct(label, tuple(own for own in matchers if own.label == label), 2)
        for label in group_by
    }
    first = {label: names[0] for label, names in values.items()}
    second = {label: names[-1] for label, names in values.items()}
    return (first,) if first == second else (first, second)
