"""``slogen status`` and ``slogen report``: streams, options, and what is refused."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen.cli.asking import Progress
from slogen.cli.exits import Exit
from slogen.live import http
from tests.cli.running import process, project, run
from tests.live.stub import always, serving, vector
from tests.live.world import AT, ERP, troubled_erp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

    from tests.live.stub import Stub

MOMENT = f"{AT:%Y-%m-%dT%H:%M}"


@pytest.fixture(autouse=True)
def _nothing_of_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask nobody whom the environment names, and wait for nobody."""
    for key in ("URL", "TENANT", "TOKEN", "TOKEN_FILE", "CA_FILE", "TIMEOUT"):
        monkeypatch.delenv(f"SLOGEN_LIVE_{key}", raising=False)
    monkeypatch.setattr(http, "PAUSES", (0.01,))


@pytest.fixture
def erp() -> Iterator[Stub]:
    """Serve what the ERP's rules recorded on a bad day."""
    with troubled_erp().serving() as stub:
        yield stub


def status(stub: Stub, *arguments: str) -> Result:
    """Run ``slogen status`` for the ERP."""
    return run("status", str(ERP), "--prometheus", stub.url, "--at", MOMENT, *arguments)


def report(stub: Stub, *arguments: str) -> Result:
    """Run ``slogen report`` for the ERP."""
    return run("report", str(ERP), "--prometheus", stub.url, "--at", MOMENT, *arguments)


def test_status_is_one_screen_on_stdout(erp: Stub) -> None:
    """The worst first, without colours where there is no terminal, and nothing on stderr."""
    result = status(erp)
    lines = result.stdout.splitlines()

    assert (result.exit_code, result.stderr) == (Exit.FINE, "")
    assert lines[0] == f"{erp.url} at 2026-11-26 16:30 UTC"
    assert lines[4].startswith("exhausted     database-availability")
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (
            ("--slo", "database-*"),
            {"database-availability", "database-latency", "database-saturation"},
        ),
        (("--service", "frontend-app", "--slo", "*-availability"), {"frontend-availability"}),
        (("--owner", "team-data", "--slo", "user-*"), {"user-data-freshness"}),
    ],
)
def test_shows_the_slos_that_are_asked_for(
    erp: Stub, arguments: tuple[str, ...], ids: set[str]
) -> None:
    """By id, service and owner, all of which have to hold."""
    found = json.loads(report(erp, "--format", "json", *arguments).stdout)

    assert {slo["id"] for slo in found["slos"]} == ids


def test_chooses_by_labels() -> None:
    """A label of the SLO or of its service, with its value."""
    Path("slos.py").write_text(
        "from slogen import SLO, Service, Up\n"
        "edge = Service('edge', labels={'rank': 'gold'})\n"
        "slos = [SLO(service=edge, name=n, objective='99%', window='30d', sli=Up(gauge='up'),\n"
        "            labels={'part': n}) for n in ('a', 'b')]\n"
    )
    with serving(always(vector(({"slo_id": "edge-a"}, 0.99)))) as stub:
        chosen = run(
            "status",
            "slos.py",
            "--prometheus",
            stub.url,
            "--label",
            "part=a",
            "--label",
            "rank=gold",
        )
        nobody = run("status", "slos.py", "--prometheus", stub.url, "--label", "part=c")

    assert "edge-a" in chosen.stdout
    assert "edge-b" not in chosen.stdout
    assert nobody.exit_code == Exit.USAGE
    assert "--label is 'part=c', which no SLO has" in nobody.stderr
    assert "There are: part=a, part=b, rank=gold" in nobody.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--slo", "databse-*"), '--slo is "databse-*", which no id matches'),
        (("--service", "databse"), "--service is 'databse', which no SLO has"),
        (("--owner", "nobody"), "--owner is 'nobody', which no SLO has"),
        (("--service", "database", "--owner", "team-backend"), "matches all options together"),
        (("--label", "rank"), "allowed: NAME=VALUE"),
        (("--at", "yesterday"), "allowed: a moment such as 2026-11-26T16:00 (UTC)"),
        (("--at", "2999-01-01"), "allowed: a moment that has come"),
        (("--prometheus", "prometheus:9090"), "begin it with https:// or http://"),
        (("--watch",), "--watch looks at now, and --at at the past"),
    ],
)
def test_refuses_what_means_nothing(erp: Stub, arguments: tuple[str, ...], says: str) -> None:
    """A misspelled name is a mistake of the command line, and not an answer about nothing."""
    result = status(erp, *arguments)

    assert result.exit_code == Exit.USAGE
    assert says in result.stderr
    assert erp.seen == []


def test_takes_no_credentials_on_the_command_line(erp: Stub) -> None:
    """Others see a command line; the password is not even in the error."""
    result = status(erp, "--prometheus", "https://bot:secret@prometheus.example.com")

    assert result.exit_code == Exit.USAGE
    assert "credentials, which are not shown" in result.stderr
    assert "secret" not in result.stderr


def test_says_how_to_name_a_server() -> None:
    """Without an address the three ways to give one are said."""
    result = run("status", str(ERP))

    assert result.exit_code == Exit.USAGE
    assert "no Prometheus given: use --prometheus, set SLOGEN_LIVE_URL" in result.stderr


def test_reads_the_server_from_the_project_file(erp: Stub) -> None:
    """Address, tenant and token stand in the project file; paths are relative to it."""
    Path("token").write_text("hush\n")
    project(
        f'paths = ["{ERP.as_posix()}"]\n'
        f'[live]\nurl = "{erp.url}"\ntenant = "shop"\ntoken_file = "token"\n'
    )
    result = run("status", "--at", MOMENT)

    assert result.exit_code == Exit.FINE
    assert erp.seen[0].headers["x-scope-orgid"] == "shop"
    assert erp.seen[0].headers["authorization"] == "Bearer hush"
    assert "hush" not in result.output
    assert "the server warns: credentials go to http://127.0.0.1" in result.stdout


def test_reads_the_server_from_the_environment(erp: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline sets a variable, which may hold user and password, and they are not shown."""
    monkeypatch.setenv("SLOGEN_LIVE_URL", erp.url.replace("//", "//bot:secret@"))
    result = run("status", str(ERP), "--at", MOMENT)

    assert result.exit_code == Exit.FINE
    assert erp.seen[0].headers["authorization"].startswith("Basic ")
    assert "secret" not in result.output


def test_shows_no_secret_of_a_project_file_that_is_wrong() -> None:
    """The line of the source is left out: it may hold a password."""
    project('paths = ["slos.py"]\n[live]\nurl = "https://bot:secret@example.com"\ntoken = "hush"\n')
    result = run("status")

    assert result.exit_code == Exit.INPUT
    assert "slogen.toml:3:7: error: url is an address with credentials" in result.stderr
    assert "slogen.toml:4:1: error: token is no key that slogen knows" in result.stderr
    assert "remedy: write a token into a file of its own" in result.stderr
    assert "secret" not in result.output
    assert "hush" not in result.output


def test_a_server_that_is_down_ends_with_4() -> None:
    """No answer is no status."""
    with serving(always("")) as stub:
        gone = stub.url
    result = run("status", str(ERP), "--prometheus", gone)

    assert result.exit_code == Exit.UNDECIDED
    assert result.stdout == ""
    assert result.stderr == (
        f"error: {gone} takes no connection: Connection refused\n"
        "  remedy: start it, or correct the address\n"
    )


def test_report_has_four_forms(erp: Stub) -> None:
    """Text for people, Markdown for a wiki, JSON for programs, a page, each on stdout."""
    text, markdown, document, page = (
        report(erp, "--format", form) for form in ("text", "markdown", "json", "html")
    )

    assert text.stdout.splitlines()[3] == "Error budgets"
    assert markdown.stdout.startswith("# Service level objectives\n")
    assert json.loads(document.stdout)["version"] == 1
    assert page.stdout.startswith("<!DOCTYPE html>\n")
    assert {each.exit_code for each in (text, markdown, document, page)} == {Exit.FINE}


def test_report_refuses_what_is_no_month(erp: Stub) -> None:
    """A month is a mistake of the command line where it is none, or has not begun."""
    none, future = report(erp, "--month", "October"), report(erp, "--month", "2026-12")

    assert (none.exit_code, future.exit_code) == (Exit.USAGE, Exit.USAGE)
    assert '--month is "October"; allowed: a month such as "2026-10"' in none.stderr
    assert "allowed: a month that began before 2026-11-26" in future.stderr


def test_watch_goes_on_through_faults(erp: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each screen is new, one without an answer says so, and Ctrl-C ends it."""
    pauses: list[float] = []
    steps: list[int] = []
    progress: list[Progress] = []

    def step(each: Progress) -> None:
        progress.append(each)

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        steps.append(len(progress))
        if len(pauses) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(Progress, "step", step)
    result = run("status", str(ERP), "--prometheus", erp.url, "--watch", "5")

    assert result.exit_code == Exit.INTERRUPTED
    assert pauses == [5, 5]
    assert result.stdout.count("health 57%") == 2
    # A line that says how far it is stands before the first screen, and in none.
    assert steps == [steps[0]] * 2
    assert steps[0] > 0


@pytest.mark.parametrize("command", ["build", "lint", "list"])
def test_other_commands_do_without_the_extra(command: str) -> None:
    """Neither urllib3 nor a module of slogen.live that needs it is imported by others."""
    out = ("--out", "out") if command == "build" else ()
    done = process("-X", "importtime", "-m", "slogen", command, "slos.py", *out)

    assert b"urllib3" not in done.stderr
    assert b"slogen.live.client" not in done.stderr
