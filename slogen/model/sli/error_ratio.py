"""An indicator that a query gives as a ratio of bad events, again and again."""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.model.arguments import blamed
from slogen.promql.query import Query
from slogen.source import Origin, caller


@attrs.frozen(kw_only=True, field_transformer=blamed)
class ErrorRatio:
    """A query that gives the part of events that are bad, where the events cannot be counted.

    Each moment weighs the same, however many events it had. Compiles to seconds: those since the
    evaluation before as events, and the part ``clamp(max by (G) (query >= -Inf), 0, 1)`` of them as
    errors: of several series in a group the worst one counts.

    Attributes:
        query: PromQL that gives a ratio between 0 and 1; ``$window`` stands for the base range.
        origin: Where it was written down.
    """

    kind: ClassVar[str] = "error_ratio"
    counts_events: ClassVar[bool] = False
    is_difference: ClassVar[bool] = False
    counts_whole_events: ClassVar[bool] = False

    query: Query = attrs.field(converter=Query)
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
        return f"the ratio {self.query}"
