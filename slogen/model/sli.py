"""Service level indicators: what counts as an event, and which events are bad."""

from __future__ import annotations

import attrs

from slogen.errors import InvalidValue
from slogen.model.arguments import blamed
from slogen.promql.selector import Selector
from slogen.source import Origin, caller


@attrs.frozen(kw_only=True, field_transformer=blamed)
class Events:
    """Counters of events: all of them, and either the bad or the good ones.

    Compiles to ``sum by (G) (rate(total[b]))`` as events and, for ``bad``, to
    ``sum by (G) (rate(bad[b]))`` as errors; for ``good``, errors are the difference.

    >>> requests = Selector('http_requests_total{job="api"}')
    >>> print(Events(total=requests, bad=requests.where('code=~"5.."')).bad)
    http_requests_total{job="api",code=~"5.."}

    Attributes:
        total: The counter of all events.
        bad: The counter of bad events; best made with ``total.where(...)``.
        good: The counter of good events, where bad ones are not counted.
        origin: Where it was written down.

    Raises:
        InvalidValue: If not exactly one of ``bad`` and ``good`` is given, or it is the total.
    """

    kind = "events"

    total: Selector = attrs.field(converter=Selector)
    bad: Selector | None = attrs.field(default=None, converter=attrs.converters.optional(Selector))
    good: Selector | None = attrs.field(default=None, converter=attrs.converters.optional(Selector))
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that one side, and one side only, is given."""
        if (self.bad is None) == (self.good is None):
            found = "given without bad or good" if self.bad is None else "given both bad and good"
            raise InvalidValue("Events", found, "exactly one of bad and good", origin=self.origin)
        if self.total in (self.bad, self.good):
            side = "bad" if self.bad else "good"
            raise InvalidValue(
                f"Events.{side}",
                "the same selector as total",
                "a part of the total, such as total.where('code=~\"5..\"')",
                origin=self.origin,
                argument=side,
            )


SLI = Events
"""Every kind of SLI: a closed union, on which `slogen.compiler.sli` alone branches."""
