"""Options of the commands that ask a Prometheus. What they need is imported when they are used."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from slogen.cli.options import read_option

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

_DAY = len("2026-11-26")
_FEWEST_QUERIES, _MOST_QUERIES = 0.01, 1_000.0


def public_url(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no address, or holds credentials: others can read a command line."""
    from slogen.live.address import public_address  # noqa: PLC0415 (start-up)

    return None if value is None else read_option(option, context, lambda: public_address(value))


def _moment(context: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    """Return a moment; one without a time zone is in UTC."""
    if value is None:
        return None
    try:
        if len(value) == _DAY:
            day = date.fromisoformat(value)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        found = datetime.fromisoformat(value)
    except ValueError:
        allowed = "a moment such as 2026-11-26T16:00 (UTC) or 2026-11-26T16:00+01:00"
        raise click.BadParameter(f"{value!r}; allowed: {allowed}", context, option) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _labels(
    context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Return labels that were given as NAME=VALUE."""
    pairs = tuple(value.partition("=") for value in values)
    for (name, sign, _), value in zip(pairs, values, strict=True):
        if not name or not sign:
            raise click.BadParameter(f"{value!r}; allowed: NAME=VALUE", context, option)
    return tuple((name, value) for name, _, value in pairs)


PROMETHEUS = click.option(
    "--prometheus",
    metavar="URL",
    callback=public_url,
    help="The address of the Prometheus, up to /api/v1; credentials belong into a token_file or "
    "the environment.  [default: SLOGEN_LIVE_URL, or url in [live] of the project file]",
)
CACHE = click.option(
    "--cache",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep answers about days that are over in this folder, and read them from there the next "
    "time: after an interruption, or with other definitions.",
)
QUERIES_PER_SECOND = click.option(
    "--queries-per-second",
    "queries_per_second",
    metavar="NUMBER",
    type=click.FloatRange(_FEWEST_QUERIES, _MOST_QUERIES),
    default=10.0,
    show_default=True,
    help="How many queries the server gets in a second at most; one is sent after the other.",
)
AT = click.option(
    "--at",
    metavar="TIME",
    callback=_moment,
    help="A moment of the past, such as 2026-11-26T16:00, in UTC unless it says otherwise.",
)
_SLO = click.option(
    "--slo",
    "ids",
    metavar="ID",
    multiple=True,
    help="These SLOs alone; * stands for any text, and it can be given several times.",
)
_SERVICE = click.option(
    "--service", "services", metavar="NAME", multiple=True, help="The SLOs of this service alone."
)
_OWNER = click.option(
    "--owner", "owners", metavar="NAME", multiple=True, help="The SLOs of this owner alone."
)
_LABEL = click.option(
    "--label",
    "labels",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_labels,
    help="The SLOs with this label alone: their own, or their service's.",
)


def selection(command: F) -> F:
    """Add the options that choose SLOs; what several of them ask for has to hold together."""
    for option in (_LABEL, _OWNER, _SERVICE, _SLO):
        command = option(command)
    return command
