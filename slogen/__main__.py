"""``python -m slogen`` and ``slogen`` are the command line."""

from __future__ import annotations

import sys

from slogen import __version__


def main() -> None:
    """Run the command line; say the version without it, whose import takes longer than all else."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"slogen {__version__}\n")
        return
    from slogen.cli import main as command_line  # noqa: PLC0415 (start-up)

    command_line()


if __name__ == "__main__":
    main()
