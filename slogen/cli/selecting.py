"""Which SLOs a command is about: by id, service, owner and label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from slogen.errors import InvalidValue
from slogen.model.selection import matching
from slogen.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.plan import ResolvedSLO


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


@attrs.frozen(kw_only=True)
class Selection:
    """What the command line says about SLOs; what it does not speak of does not matter.

    Attributes:
        ids: Patterns of ids.
        services: Names of services.
        owners: Names of owners.
        labels: Names and values of labels, which all have to hold.
    """

    ids: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()

    def of(self, slos: tuple[ResolvedSLO, ...]) -> tuple[ResolvedSLO, ...]:
        """Return the SLOs that are meant.

        Raises:
            click.UsageError: If an option matches none, or all together do: nothing that is
                misspelled is taken for an answer about nothing.
        """
        ids = chosen_ids((slo.definition.id for slo in slos), self.ids)
        _check("--service", self.services, (slo.definition.service.name for slo in slos))
        _check("--owner", self.owners, (slo.definition.owner for slo in slos))
        pairs = (pair for slo in slos for pair in _labels(slo).items())
        _check("--label", map("=".join, self.labels), map("=".join, pairs))
        chosen = tuple(slo for slo in slos if slo.definition.id in ids and self._holds(slo))
        if not chosen:
            raise click.UsageError("no SLO matches all options together")
        return chosen

    def _holds(self, slo: ResolvedSLO) -> bool:
        definition, labels = slo.definition, _labels(slo)
        return (
            (not self.services or definition.service.name in self.services)
            and (not self.owners or definition.owner in self.owners)
            and all(labels.get(name) == value for name, value in self.labels)
        )


def _labels(slo: ResolvedSLO) -> dict[str, str]:
    return {**slo.definition.service.labels, **slo.definition.labels}


def _check(option: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse what nothing is called by."""
    names = sorted({*known} - {""})
    for name in given:
        if name not in names:
            there = ", ".join(names) or "none"
            raise click.UsageError(f"{option} is {name!r}, which no SLO has\nThere are: {there}")
