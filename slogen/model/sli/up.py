"""An indicator that looks at a gauge again and again: time is what it counts."""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.model.arguments import blamed
from slogen.promql.selector import Selector
from slogen.source import Origin, caller


@attrs.frozen(kw_only=True, field_transformer=blamed)
class Up:
    """A gauge that is 1 while all is well and 0 otherwise, such as ``up``.

    Compiles to seconds: those since the evaluation before as events, and the part of them that
    targets were down for as errors: with three targets of which one is down, a third.

    Attributes:
        gauge: The gauge; values outside of 0 and 1 are left out.
        origin: Where it was written down.
    """

    kind: ClassVar[str] = "up"
    counts_events: ClassVar[bool] = False
    is_difference: ClassVar[bool] = False
    counts_whole_events: ClassVar[bool] = False

    gauge: Selector = attrs.field(converter=Selector)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    @property
    def queries(self) -> tuple[()]:
        """No free query: the gauge is all."""
        return ()

    @property
    def selectors(self) -> tuple[Selector]:
        """The gauge."""
        return (self.gauge,)

    @property
    def bad_in_words(self) -> str:
        """What counts as bad."""
        return f"times when {self.gauge} is 0"
