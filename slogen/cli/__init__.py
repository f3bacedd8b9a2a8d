"""The command line: thin, and the owner of stdout, stderr, exit codes and files."""

from slogen.cli.commands import main
from slogen.cli.diff_command import diff
from slogen.cli.explain_command import explain
from slogen.cli.lint_command import lint

main.add_command(diff)
main.add_command(explain)
main.add_command(lint)

__all__ = ["main"]
