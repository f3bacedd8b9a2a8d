"""What can go wrong on the way to a real tool."""

from collections.abc import Iterable


class NotHereError(LookupError):
    """One place where a tool could be does not have it; the message says why."""


class ToolMissing(Exception):
    """No place has the tool; the message lists the places and the way to help."""

    def __init__(self, tool: str, line: str, tried: Iterable[str]) -> None:
        """Name the tool, its line, and one reason a place."""
        self.tool = tool
        self.line = line
        self.tried = tuple(tried)
        super().__init__(tool, line, self.tried)

    def __str__(self) -> str:
        """Return the reasons as a list under one sentence."""
        return "\n".join(
            [
                f"{self.tool} of line {self.line} is not to be had. Tried:",
                *(f"  - {reason}" for reason in self.tried),
                f"To help, let {variable(self.line)} name a folder that holds the binary.",
            ]
        )


def variable(line: str) -> str:
    """Return the environment variable that names the folder with a line's binaries."""
    return f"SLOGEN_TOOLS_{line}"
