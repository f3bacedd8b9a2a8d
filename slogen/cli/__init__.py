"""The command line: thin, and the owner of stdout, stderr, exit codes and files."""

from slogen.cli.commands import main
from slogen.cli.lint_command import lint
from slogen.cli.live_commands import gate, report, status

for _command in (lint, status, report, gate):
    main.add_command(_command)

__all__ = ["main"]
