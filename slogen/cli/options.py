"""Options that several commands have. What they need is imported when they are used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


def more(pages: str) -> str:
    """Return the last line of a command's help: which pages say more."""
    return f"More, in slogen's repository: {pages}."


def read_option(option: click.Parameter, context: click.Context, read: Callable[[], _T]) -> _T:
    """Return what is read, and refuse what cannot be as a mistake of the command line."""
    from slogen.errors import InvalidValue  # noqa: PLC0415 (start-up)

    try:
        return read()
    except InvalidValue as fault:
        said = (fault.found, f"allowed: {fault.allowed}", fault.remedy)
        raise click.BadParameter("; ".join(filter(None, said)), context, option) from None


PATHS = click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
PROJECT = click.option(
    "--project",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The project file.  [default: the nearest slogen.toml, or pyproject.toml with a table "
    "[tool.slogen], in this folder or above]",
)
NO_SCRIPTS = click.option(
    "--no-scripts",
    is_flag=True,
    help="Refuse to run Python, for definitions that somebody else wrote.",
)


def _duration(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no duration as a mistake of the command line."""
    from slogen.errors import InvalidValue  # noqa: PLC0415 (start-up)
    from slogen.model import Settings  # noqa: PLC0415 (start-up)
    from slogen.plan import Timing  # noqa: PLC0415 (start-up)

    try:
        Timing.of(Settings(scrape_interval=value))
    except InvalidValue as fault:
        raise click.BadParameter(
            f"{fault.found}; allowed: {fault.allowed}", context, option
        ) from None
    return value


SCRAPE_INTERVAL = click.option(
    "--scrape-interval",
    metavar="DURATION",
    callback=_duration,
    help="How often Prometheus scrapes, where the definitions do not say it.  [default: 30s]",
)
