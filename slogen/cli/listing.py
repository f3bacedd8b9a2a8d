"""``slogen list``: the SLOs at a glance, and which alerts each has."""

from __future__ import annotations

import json
from decimal import Context
from typing import TYPE_CHECKING

import click

from slogen import api
from slogen.cli.projects import chosen_project
from slogen.cli.running import read
from slogen.columns import aligned
from slogen.units import number, percentage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.cli.running import CommandLine
    from slogen.model import SLO
    from slogen.plan import ResolvedAlert, ResolvedSLO, ResolvedTier

_COLUMNS = ("id", "service", "name", "objective", "window", "kind", "group_by", "owner")
_GUARDED = ("exhausted", "low", "violated")
"""The alerts besides tiers that wait for bad events, of an SLI that counts them."""
_ROUNDED = Context(prec=3)
"""As many digits as people read of a part of a budget."""

Row = dict[str, "str | int | None"]


def run_list(command_line: CommandLine, form: str, *, brief: bool) -> None:
    """Print the SLOs on stdout: as a table, as JSON, or as definitions in YAML.

    Args:
        command_line: What was typed.
        form: ``table``, ``json`` or ``yaml``.
        brief: Whether the tiers and alerts are left out, which definitions never are.

    Raises:
        InputError: If a definition is wrong, or there is no SLO.
    """
    project = chosen_project(command_line)
    loaded = read(project, command_line)
    resolved, _ = api.resolved(loaded, project.settings)
    if form == "yaml":
        from slogen.formats import dump  # noqa: PLC0415 (start-up)

        # As they were written: what the project file says it will go on to say.
        click.echo(dump(loaded.slos), nl=False)
    elif form == "json":
        rows = [_row(slo.definition) | ({} if brief else _alerts(slo)) for slo in resolved]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_table(resolved, brief=brief)))


def _row(slo: SLO) -> dict[str, object]:
    values = (
        slo.id,
        slo.service.name,
        slo.name,
        str(slo.objective),
        str(slo.window),
        slo.sli.kind,
        ",".join(slo.group_by),
        slo.owner,
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _alerts(slo: ResolvedSLO) -> dict[str, object]:
    """Return the tiers and the other alerts as JSON has them."""
    return {
        "tiers": [
            {
                "severity": tier.alert.severity,
                "burn_rate": float(tier.threshold),
                "long": str(tier.long),
                "short": str(tier.short),
                "spends": percentage(tier.spends(slo.period)),
                "name": tier.alert.name,
                **_options(tier.alert, tier.min_bad_events),
            }
            for tier in slo.tiers
        ],
        "alerts": [
            {
                "kind": kind,
                "severity": alert.severity,
                "name": alert.name,
                **_options(alert, _guard(slo, kind)),
            }
            for kind, alert in slo.others.items()
        ],
    }


def _guard(slo: ResolvedSLO, kind: str) -> int | None:
    """Return how many bad events an alert besides tiers waits for, if that matters."""
    return slo.min_bad_events if kind in _GUARDED else None


def _options(alert: ResolvedAlert, min_bad_events: int | None) -> Row:
    """Return what alerts may have, by the keys of YAML; None for what this one has not."""
    return {
        "for": str(alert.for_) if alert.for_ else None,
        "keep_firing_for": str(alert.keep_firing_for) if alert.keep_firing_for else None,
        "min_bad_events": min_bad_events,
    }


def _table(slos: Iterable[ResolvedSLO], *, brief: bool) -> Iterator[str]:
    """Yield the lines of the table, each SLO's with those of its alerts below."""
    slos = tuple(slos)
    rows = [tuple(map(str, _row(slo.definition).values())) for slo in slos]
    head, *lines = aligned([tuple(name.upper() for name in _COLUMNS), *rows])
    below = [[] if brief else list(_alert_cells(slo)) for slo in slos]
    alerts = iter(aligned([cells for each in below for cells in each]))
    yield head
    for line, each in zip(lines, below, strict=True):
        yield line
        for _ in each:
            yield f"  {next(alerts)}"


def _alert_cells(slo: ResolvedSLO) -> Iterator[tuple[str, ...]]:
    """Yield the columns of each tier, and of each other alert."""
    for tier in slo.tiers:
        yield (*_tier_cells(slo, tier), _said(_options(tier.alert, tier.min_bad_events)))
    for kind, alert in slo.others.items():
        options = _said(_options(alert, _guard(slo, kind)))
        yield alert.severity, kind, "", alert.name, options


def _tier_cells(slo: ResolvedSLO, tier: ResolvedTier) -> tuple[str, ...]:
    spent = percentage(_ROUNDED.plus(tier.spends(slo.period)))
    return (
        tier.alert.severity,
        f"{number(tier.threshold)}x over {tier.long}/{tier.short}",
        f"spends {spent}",
        tier.alert.name,
    )


def _said(options: Row) -> str:
    return ", ".join(f"{name} {value}" for name, value in options.items() if value)
