"""The command line: thin, and the owner of stdout, stderr, exit codes and files."""

from slogen.cli.commands import main

__all__ = ["main"]
