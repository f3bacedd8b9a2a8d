"""An indicator that a query gives as a ratio of bad events, again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.model.arguments import blamed
from slogen.model.sli.missing import WhenMissing, when_missing
from slogen.promql.query import Query
from slogen.source import Origin, caller

if TYPE_CHECKING:
    from slogen.units import Duration


@attrs.frozen(kw_only=True, field_transformer=blamed)
class ErrorRatio:
    """A query that gives the part of events that are bad, where the events cannot be counted.

    Each moment weighs the same, however many events it had. Compiles to seconds: those since the
    evaluation before as events, and the part ``clamp(max by (G) (query >= -Inf), 0, 1)`` of them as
    errors: of several series in a group the worst one counts.

    Attributes:
        query: PromQL that gives a ratio between 0 and 1; ``$window`` stands for the base range.
        when_missing: What a moment without data is: ``unknown`` counts for nothing, ``bad`` as bad.
            Without ``group_by`` all moments count, with it those of a group from its first data on,
            until its last data is older than four thirds of the window.
        origin: Where it was written down.

    >>> ErrorRatio(query="1 - avg_over_time(mail_delivered_ratio[$window])").kind
    'error_ratio'
    """

    kind: ClassVar[str] = "error_ratio"
    counts_events: ClassVar[bool] = False
    is_difference: ClassVar[bool] = False
    counts_whole_events: ClassVar[bool] = False

    query: Query = attrs.field(converter=Query)
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
        """Return what counts as bad, with a window for ``$window``."""
        missing = ", and the time when it is missing" if self.when_missing == "bad" else ""
        return f"the ratio given by {self.query.with_window(window)}{missing}"

    def good_in_words(self, window: Duration) -> str:
        """Return what counts as good, with a window for ``$window``."""
        return f"what the ratio given by {self.query.with_window(window)} leaves of 1"

    def bad_share(self, share: str) -> str:
        """Return the clause that says how much is bad.

        >>> ErrorRatio(query="errors_ratio").bad_share("9%")
        'the error ratio is 9%'
        """
        return f"the error ratio is {share}"
