"""When a deployment is held up: the table ``[budget_policy]`` of a project file."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from slogen.errors import InvalidValue
from slogen.source import Origin
from slogen.units import percentage, quoted, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ALLOWED = 'a share of the error budget, such as "10%"; at least 0 and less than 1'


def share(value: object) -> Decimal:
    """Return a share of an error budget.

    Raises:
        InvalidValue: If it is none of 0 % and more, and less than 100 %.
    """
    try:
        found = ratio(value)  # type: ignore[arg-type]  # what is none of these is refused there
    except InvalidValue as fault:
        raise attrs.evolve(fault, subject="share", allowed=_ALLOWED) from fault.__cause__
    if not 0 <= found < 1:
        raise InvalidValue("share", repr(value), _ALLOWED)
    return found


@attrs.frozen(kw_only=True)
class BudgetPolicy:
    """How much of an error budget has to be left for a deployment.

    >>> BudgetPolicy(freeze_below="10%", approve_below="25%").approve_below
    Decimal('0.25')

    Attributes:
        freeze_below: With less than this share of the budget left nothing is deployed; a spent
            budget freezes deployments always.
        approve_below: With less than this share left somebody has to approve.
        origin: Where it was written down.

    Raises:
        InvalidValue: If it is no share, or nothing lies between the two.
    """

    freeze_below: Decimal = attrs.field(default=Decimal(0), converter=share)
    approve_below: Decimal = attrs.field(default=Decimal(0), converter=share)
    origin: Origin | None = attrs.field(default=None, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse limits of which one is never reached."""
        if 0 < self.approve_below <= self.freeze_below:
            raise InvalidValue(
                "approve_below",
                quoted(percentage(self.approve_below)),
                f"more than freeze_below, which is {quoted(percentage(self.freeze_below))}",
                origin=self.origin,
                argument="approve_below",
            )


POLICY_READERS: Mapping[str, Callable[[Any], Decimal]] = {
    "freeze_below": share,
    "approve_below": share,
}
"""The functions that read the keys of the table ``[budget_policy]``."""
