"""An indicator that judges a value again and again: time is what it counts."""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.model.arguments import blamed
from slogen.model.sli.comparison import Comparison
from slogen.promql.query import Query
from slogen.source import Origin, caller


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
        origin: Where it was written down.
    """

    kind: ClassVar[str] = "time_slices"
    counts_events: ClassVar[bool] = False
    is_difference: ClassVar[bool] = False
    counts_whole_events: ClassVar[bool] = False

    query: Query = attrs.field(converter=Query)
    good_when: Comparison = attrs.field(converter=Comparison)
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
    def bad_in_words(self) -> str:
        """What counts as bad."""
        return f"times when not {self.query} {self.good_when}"
