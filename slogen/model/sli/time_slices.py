"""An indicator that judges a value again and again: time is what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.model.arguments import blamed
from slogen.model.sli.comparison import Comparison
from slogen.model.sli.missing import WhenMissing, when_missing
from slogen.promql.query import Query
from slogen.source import Origin, caller

if TYPE_CHECKING:
    from slogen.units import Duration


@attrs.frozen(kw_only=True, field_transformer=blamed)
class TimeSlices:
    """A query whose value is good or bad: each evaluation is a slice of time.

    Compiles to seconds: those since the evaluation before as events and, for
    ``good_when="<= 300"``, as errors where ``max by (G) ((query >= -Inf) > bool 300)``: a slice is
    bad when one series of the group is.

    >>> print(TimeSlices(query="time() - max(updated_timestamp)", good_when="<= 300").good_when)
    <= 300

    Attributes:
        query: PromQL that gives the value to judge; ``$window`` stands for the base range.
        good_when: The comparison that good values satisfy.
        when_missing: What a moment without data is: ``unknown`` counts for nothing, ``bad`` as bad.
            Without ``group_by`` all moments count, with it those of a group from its first data on,
            until its last data is older than four thirds of the window.
        origin: Where it was written down.
    """

    kind: ClassVar[str] = "time_slices"
    counts_events: ClassVar[bool] = False
    is_difference: ClassVar[bool] = False
    counts_whole_events: ClassVar[bool] = False

    query: Query = attrs.field(converter=Query)
    good_when: Comparison = attrs.field(converter=Comparison)
    when_missing: WhenMissing = attrs.field(default="unknown", converter=when_missing)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    @property
    def queries(self) -> tuple[Query]:
        """The free query."""
        return (self.query,)

    @property
    def selectors(self) -> tuple[()]:
        """No selector: the query is all."""
        return ()

    @property
    def needed(self) -> tuple[Query]:
        """The query, without whose result there is no data."""
        return (self.query,)

    def bad_in_words(self, window: Duration) -> str:
        """Return what counts as bad, with a window for ``$window``.

        >>> from slogen.units import Duration
        >>> TimeSlices(query="queue_length", good_when="<= 300").bad_in_words(Duration("1m"))
        'the time when queue_length is above 300'
        """
        missing = " or missing" if self.when_missing == "bad" else ""
        value, bad = self.query.with_window(window), self.good_when.missed_in_words
        return f"the time when {value} is {bad}{missing}"

    def good_in_words(self, window: Duration) -> str:
        """Return what counts as good, with a window for ``$window``.

        >>> from slogen.units import Duration
        >>> TimeSlices(query="queue_length", good_when="<= 300").good_in_words(Duration("1m"))
        'the time when queue_length is 300 or less'
        """
        return f"the time when {self.query.with_window(window)} is {self.good_when.met_in_words}"

    def bad_share(self, share: str) -> str:
        """Return the clause that says how much is bad.

        >>> TimeSlices(query="queue_length", good_when="<= 300").bad_share("9%")
        'bad for 9% of the time'
        """
        return f"bad for {share} of the time"
