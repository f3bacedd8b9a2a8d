"""What happens around every command: no credentials in its messages, and an end without a fault."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import slogen
from slogen.cli.exits import Exit
from tests.cli.running import run, write
from tests.live.world import ERP

ADDRESS = "https://bot:se/cret@mimir.example.com/prometheus"


@pytest.mark.parametrize("command", ["status", "report", "gate", "lint", "explain", "list"])
@pytest.mark.parametrize("address", [ADDRESS, "http://x/?token=se/cret"])
def test_an_address_in_the_place_of_a_path_is_not_shown(command: str, address: str) -> None:
    """Whoever forgets --prometheus learns that, and a log does not learn the password."""
    result = run(command, address)

    assert result.exit_code == Exit.INPUT
    assert "cret" not in result.output
    assert "a path is an address, which is not shown" in result.output
    assert "--prometheus" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "--project", ADDRESS),
        ("status", "--slo", ADDRESS),
        ("status", "--watch", ADDRESS),
        ("status", "--label", ADDRESS),
        ("report", "--at", ADDRESS),
        ("report", "--format", ADDRESS),
        ("gate", "--prometheus", ADDRESS),
        ("gate", "--owner", ADDRESS),
        ("build", "--scrape-interval", ADDRESS),
        (ADDRESS,),
    ],
)
def test_a_mistake_of_the_command_line_shows_no_credentials(arguments: tuple[str, ...]) -> None:
    """An address may stand behind any option by mistake."""
    result = run(*arguments, *([str(ERP)] if arguments[0] in {"status", "gate"} else []))

    assert result.exit_code == Exit.USAGE
    assert "cret" not in result.output


@pytest.mark.parametrize(("stdout", "code"), [(">&-", Exit.FINE), (">/dev/full", Exit.UNDECIDED)])
def test_a_stdout_that_takes_nothing_is_no_traceback(stdout: str, code: Exit) -> None:
    """What is closed is nobody's, and a disk that is full is said."""
    write("slos.py")
    root = Path(slogen.__path__[0]).parent
    result = subprocess.run(  # noqa: S603 (slogen itself)
        [
            "/bin/sh",
            "-c",
            f'"$0" -m slogen explain slos.py {stdout}',
            sys.executable,
        ],
        capture_output=True,
        check=False,
        text=True,
        env={"PYTHONPATH": str(root)},
    )

    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    assert ("error: the system refuses: No space left on device" in result.stderr) == bool(code)
