"""What happens to an SLI in a scenario: times of constant traffic, one after the other."""

from __future__ import annotations

from decimal import Context, Decimal

import attrs

from slogen.units import Duration

ZERO = Decimal(0)
_FLOAT = Context(prec=15)
"""As many digits as a float has."""


@attrs.frozen
class Phase:
    """A time of constant traffic.

    Attributes:
        length: How long it lasts.
        events: Events per second, or 1 where time is what counts; None for no series at all.
        errors: Bad events per second, or the part of the time that is bad; None for no series of
            bad events.
        is_missed: Whether nothing is scraped meanwhile.
        restarts: Whether counters begin at 0 again.
    """

    length: Duration
    events: Decimal | None
    errors: Decimal | None = ZERO
    is_missed: bool = attrs.field(default=False, kw_only=True)
    restarts: bool = attrs.field(default=False, kw_only=True)

    def samples(self, step: Duration) -> int:
        """Return how many samples it has."""
        return self.length.milliseconds // step.milliseconds


def in_step(per_second: Decimal | None, step: Duration) -> Decimal | None:
    """Return how much there is in a step; None for None.

    >>> in_step(Decimal(1) / 30, Duration("30s"))
    Decimal('1')
    """
    if per_second is None:
        return None
    return _FLOAT.multiply(per_second, step.seconds).normalize()
