"""Which SLOs the option ``--slo`` means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from slogen.errors import InvalidValue
from slogen.model.selection import matching
from slogen.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable


def chosen_ids(ids: Iterable[str], patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids that are meant by patterns, in their order; all if there is no pattern.

    Raises:
        click.UsageError: If a pattern matches none.
    """
    known = tuple(ids)
    for pattern in patterns:
        try:
            matching(known, pattern)
        except InvalidValue as fault:
            words = (f"--slo is {fault.found}", did_you_mean(pattern, known))
            said = "\n".join((*filter(None, words), f"There are: {fault.allowed}"))
            raise click.UsageError(said) from None
    return matching(known, patterns)
