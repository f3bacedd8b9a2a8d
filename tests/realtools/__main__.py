"""Fetch real tools ahead of the tests: `python -m tests.realtools [tool ...]`."""

import argparse
import sys
from collections.abc import Sequence

from tests.realtools.errors import ToolMissing
from tests.realtools.packages import find
from tests.realtools.tools import TOOLS, version_of

DEFAULT = ("promtool", "prometheus")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the line, name, version and path of each tool; return 1 if one is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.realtools", description=__doc__)
    parser.add_argument("tool", nargs="*", help=f"of {', '.join(TOOLS)}; by default {DEFAULT}")
    tools: list[str] = parser.parse_args(arguments).tool or list(DEFAULT)
    if unknown := sorted(set(tools) - set(TOOLS)):
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(TOOLS)}")
    wanted = sorted((line, tool) for tool in tools for line in TOOLS[tool].editions)
    return max([_print_found(tool, line) for line, tool in wanted])


def _print_found(tool: str, line: str) -> int:
    try:
        binary = find(tool, line)
    except ToolMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    sys.stdout.write(f"{line}  {tool:16}  {version_of(binary) or 'unknown':8}  {binary}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
