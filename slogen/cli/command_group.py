"""The group of all commands: what happens around each of them, whichever it is."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import click

from slogen.cli.exits import Exit


class CommandGroup(click.Group):
    """Commands whose mistakes show no credentials, and that end well where nobody can read them."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (as click has it)
        """Run a command.

        Raises:
            click.UsageError: If the command line is wrong; addresses in it name nobody.
        """
        if sys.stdout is None:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (it stays)
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            from slogen.source import without_credentials  # noqa: PLC0415 (start-up)

            # click calls it final, and makes no other from it.
            error.message = without_credentials(error.message)  # type: ignore[misc]
            raise
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            _leave_stdout()
            named = f": {error.filename}" if error.filename else ""
            click.echo(f"error: the system refuses: {error.strerror or error}{named}", err=True)
            sys.exit(Exit.UNDECIDED)


def _leave_stdout() -> None:
    """Let what could not be written go nowhere, so that the end of Python does not try again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
