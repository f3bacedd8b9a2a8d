"""Selectors of raw series: the labels that satisfy one, and those that fail it by one matcher."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.promql.selector import Matcher
from slogen.proof.matching import matches
from slogen.proof.sampling import further, near_misses, satisfying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.subject import Labels

LE = "le"
"""The label of a histogram's buckets, which no stray can do without."""

_FREE_LABELS = ("pod", "instance", "node", "replica", "copy")


@attrs.frozen
class Selection:
    """A metric and matchers on its labels.

    Attributes:
        metric: The metric's name.
        matchers: What the labels have to satisfy.
    """

    metric: str
    matchers: tuple[Matcher, ...]

    def has(self, metric: str, labels: Labels) -> bool:
        """Tell whether a series is selected."""
        return metric == self.metric and matches(self.matchers, labels)

    def labels(self, group: Labels) -> Labels:
        """Return the labels of a series of a group.

        Raises:
            CannotSample: If none can be made that are selected.
        """
        return satisfying(self.matchers, beside=group)

    def near_misses(self, group: Labels) -> tuple[Labels, ...]:
        """Return the labels of series of a group that each fail one matcher."""
        misses = near_misses(self.matchers, beside=group)
        return tuple(labels for matcher, labels in misses if matcher.label != LE)

    def misses(self, group: Labels) -> Iterator[tuple[str, Labels]]:
        """Yield all labels that fail one matcher, by this value and others, with its label."""
        for matcher, labels in near_misses(self.matchers, beside=group):
            yield matcher.label, labels
        yield from self.other_misses(group)

    def other_misses(self, group: Labels) -> Iterator[tuple[str, Labels]]:
        """Yield labels that fail the same matchers as `near_misses`, by other values.

        With each is the label that has another value.
        """
        for matcher, labels in near_misses(self.matchers, beside=group):
            if matcher.label not in {LE, *group}:
                changed = tuple(m.negated if m is matcher else m for m in self.matchers)
                yield from _with_others(labels, matcher.label, changed)

    def other_hits(self, labels: Labels, group: Labels) -> Iterator[tuple[str, Labels]]:
        """Yield labels that are selected like these, but for another value of one of them.

        With each is the label that has another value.
        """
        for label in dict.fromkeys(matcher.label for matcher in self.matchers):
            if label not in {LE, *group}:
                yield from _with_others(labels, label, self.matchers)

    def free_label(self, group: Labels) -> str:
        """Return a label that neither a matcher nor the group names."""
        return free_label((self,), group)


def free_label(selections: tuple[Selection, ...], group: Labels) -> str:
    """Return a label by which there may be several series, whatever selections and group name."""
    named = {m.label for selection in selections for m in selection.matchers} | {*group}
    numbered = (f"copy_{place}" for place in range(len(named) + 1))
    return next(label for label in (*_FREE_LABELS, *numbered) if label not in named)


def _with_others(
    labels: Labels, label: str, matchers: tuple[Matcher, ...]
) -> Iterator[tuple[str, Labels]]:
    """Yield labels in which one has another value that matchers allow, each behind that one."""
    return (
        (label, {**labels, label: value})
        for value in further(label, matchers)
        if value != labels.get(label)
    )
