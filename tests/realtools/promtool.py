"""Prometheus' own word on rule files and on their tests.

Import the module, not `test_rules`: pytest would take that name in a test module for a test.
"""

from collections.abc import Iterable
from pathlib import Path

from tests.realtools.packages import find
from tests.realtools.processes import run

SECONDS = 300
"""Plenty: promtool checks 17,000 rules in 2 s."""


class PromtoolError(AssertionError):
    """promtool found a fault; the message is its exit code and all that it printed."""


def check_rules(line: str, paths: Iterable[Path]) -> str:
    """Return what `promtool check rules` prints about rule files that pass, every lint included.

    Raises:
        PromtoolError: A file has a syntax error or a duplicate rule.
    """
    return _promtool(line, ("check", "rules", "--lint=all", "--lint-fatal"), paths)


def test_rules(line: str, paths: Iterable[Path]) -> str:
    """Return what `promtool test rules` prints about test files that pass.

    Raises:
        PromtoolError: A test fails, or cannot run.
    """
    return _promtool(line, ("test", "rules"), paths)


def _promtool(line: str, arguments: tuple[str, ...], paths: Iterable[Path]) -> str:
    files = tuple(paths)
    if not files:
        raise ValueError("promtool without files reads stdin, and finds nothing wrong with it")
    outcome = run(find("promtool", line), *arguments, *files, seconds=SECONDS)
    if outcome.code:
        command = " ".join(("promtool", *arguments, *map(str, files)))
        raise PromtoolError(f"{command}\nended with {outcome.code}:\n{outcome.output}")
    return outcome.output
