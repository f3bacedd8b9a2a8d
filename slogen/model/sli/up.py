"""An indicator that looks at a gauge again and again: time is what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.model.arguments import blamed
from slogen.model.sli.missing import WhenMissing, when_missing
from slogen.promql.remedies import gauge_remedy, read_selector
from slogen.promql.selector import Selector
from slogen.source import Origin, caller

if TYPE_CHECKING:
    from slogen.units import Duration


def _gauge(value: Selector | str) -> Selector:
    return read_selector(value, gauge_remedy)


@attrs.frozen(kw_only=True, field_transformer=blamed)
class Up:
    """A gauge that is 1 while all is well and 0 otherwise, such as ``up``.

    Compiles to seconds: those since the evaluation before as events, and the part of them that
    targets were down for as errors: with three targets of which one is down, a third.

    Attributes:
        gauge: The gauge; values outside of 0 and 1 are left out.
        when_missing: What a moment without data is: ``unknown`` counts for nothing, ``bad`` as bad.
            Without ``group_by`` all moments count, with it those of a group from its first data on,
            until its last data is older than four thirds of the window.
        origin: Where it was written down.

    >>> Up(gauge='up{job="shop"}', when_missing="bad").gauge.metric
    'up'
    """

    kind: ClassVar[str] = "up"
    counts_events: ClassVar[bool] = False
    is_difference: ClassVar[bool] = False
    counts_whole_events: ClassVar[bool] = False

    gauge: Selector = attrs.field(converter=_gauge)
    when_missing: WhenMissing = attrs.field(default="unknown", converter=when_missing)
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
    def needed(self) -> tuple[Selector]:
        """The gauge, without which there is no data."""
        return (self.gauge,)

    def bad_in_words(self, window: Duration) -> str:  # noqa: ARG002 (a gauge has no window)
        """Return what counts as bad.

        >>> from slogen.units import Duration
        >>> Up(gauge="up", when_missing="bad").bad_in_words(Duration("1m"))
        'the time when up is 0 or missing'
        """
        missing = " or missing" if self.when_missing == "bad" else ""
        return f"the time when {self.gauge} is 0{missing}"

    def good_in_words(self, window: Duration) -> str:  # noqa: ARG002 (a gauge has no window)
        """Return what counts as good.

        >>> from slogen.units import Duration
        >>> Up(gauge="up").good_in_words(Duration("1m"))
        'the time when up is 1'
        """
        return f"the time when {self.gauge} is 1"

    def bad_share(self, share: str) -> str:
        """Return the clause that says how much is bad.

        >>> Up(gauge="up").bad_share("9%")
        'targets are down for 9% of their time'
        """
        return f"targets are down for {share} of their time"
