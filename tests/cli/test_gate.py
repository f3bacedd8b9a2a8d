"""``slogen gate``: exit codes and what is printed, in each case of a pipeline."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from slogen.cli import gating
from slogen.cli.exits import Exit
from slogen.errors import InvalidValue
from slogen.live import http
from tests.cli.running import project, run
from tests.live.stub import always, serving
from tests.live.world import ERP, Recorded, World, erp

if TYPE_CHECKING:
    from click.testing import Result

SCHEMA = Path(__file__).parent.parent.parent / "docs" / "reference" / "gate.schema.json"
ALLOWED = 0.0005 * 40_000_000
"""How many bad events the database may have."""


@pytest.fixture(autouse=True)
def _nothing_of_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask nobody whom the environment names, and wait for nobody."""
    for key in ("URL", "TENANT", "TOKEN", "TOKEN_FILE"):
        monkeypatch.delenv(f"SLOGEN_LIVE_{key}", raising=False)
    monkeypatch.setattr(http, "PAUSES", (0.01,))


def database(left: float = 0.8, **changes: Any) -> World:  # noqa: ANN401 (attributes of Recorded)
    """Return the ERP whose database has so much of its budget left."""
    world = World.of(slo for slo in erp() if slo.definition.id == "database-availability")
    recorded = {"errors": (1 - left) * ALLOWED, "events": 40_000_000.0, **changes}
    world.record("database-availability", Recorded(**recorded))
    return world


def gate(world: World, *arguments: str) -> Result:
    """Run ``slogen gate`` for the database of the ERP."""
    project(
        f'paths = ["{ERP.as_posix()}"]\n[budget_policy]\nfreeze_below = "10%"\n'
        'approve_below = "25%"\n'
    )
    with world.serving() as stub:
        chosen = ("--slo", "database-availability", "--prometheus", stub.url)
        return run("gate", *chosen, *arguments)


def document(result: Result) -> dict[str, Any]:
    """Return the JSON that was printed, which is what its schema says."""
    found: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(found, json.loads(SCHEMA.read_text("utf-8")))
    assert found["exit_code"] == result.exit_code
    return found


def test_healthy() -> None:
    """Enough is left, and nobody is paged: exit code 0."""
    result = gate(database())

    assert (result.exit_code, result.stderr) == (Exit.FINE, "")
    assert result.stdout == "go: 1 SLO, no page, and enough error budget is left\n"


def test_low() -> None:
    """Below the limit somebody has to approve: exit code 1, why, and until when."""
    result = gate(database(left=0.2))

    assert result.exit_code == Exit.FINDINGS
    head, reason = result.stdout.splitlines()
    assert head == "approval needed: 1 SLO of 1"
    assert reason.startswith(
        "  database-availability: 20.0% of the budget is left, less than 25%; until 20"
    )
    assert reason.endswith(" UTC if nothing more fails")


def test_exhausted() -> None:
    """A spent budget freezes deployments: exit code 1."""
    result = gate(database(left=-0.38))

    assert result.exit_code == Exit.FINDINGS
    assert result.stdout.startswith(
        "freeze: 1 SLO of 1\n"
        "  database-availability: exhausted: -38.0% of the budget is left; until 20"
    )


def test_paging() -> None:
    """While a page fires nothing is deployed: exit code 1."""
    world = database()
    world.fire("database-availability", "ErrorBudgetBurnRateTooHigh", "critical", slo_window="1h")
    result = gate(world)

    assert result.exit_code == Exit.FINDINGS
    assert result.stdout == (
        "freeze: 1 SLO of 1\n  database-availability: ErrorBudgetBurnRateTooHigh over 1h pages\n"
    )


def test_no_data() -> None:
    """Nobody knows: exit code 4."""
    result = gate(database(is_there=False, ratios={}, day=None))

    assert result.exit_code == Exit.UNDECIDED
    assert result.stdout == (
        "unknown, which is not yes: 1 SLO of 1\n"
        "  database-availability: no data: its series are gone, or not scraped\n"
    )


def test_an_slo_that_the_server_never_saw() -> None:
    """The server records others: exit code 4, and what it records instead."""
    world = database()
    world.forget("database-availability")
    world.answers["slo:objective:ratio"] = [({"slo_id": "other"}, 0.99)]
    result = gate(world)

    assert result.exit_code == Exit.UNDECIDED
    assert result.stdout.startswith("unknown, which is not yes: http://127.0.0.1:")
    assert result.stdout.endswith("; it records 1 other, such as other\n")
    assert "does not record the SLO that you ask about" in result.stderr


def test_server_down() -> None:
    """No answer is no yes: exit code 4."""
    with serving(always("")) as stub:
        gone = stub.url
    result = run("gate", str(ERP), "--prometheus", gone)

    assert result.exit_code == Exit.UNDECIDED
    assert result.stdout == (
        f"unknown, which is not yes: {gone} takes no connection: Connection refused\n"
    )
    assert "remedy: start it, or correct the address" in result.stderr


def test_wrong_credentials() -> None:
    """A server that refuses is no yes: exit code 4, and how to give others."""
    with serving(always("no", 401)) as stub:
        result = run("gate", str(ERP), "--prometheus", stub.url, "--format", "json")

    assert result.exit_code == Exit.UNDECIDED
    assert "refuses the credentials with code 401" in document(result)["fault"]
    assert "name a file with a token by token_file in [live]" in result.stderr


def test_json_says_why_and_until_when() -> None:
    """A pipeline reads the reasons as it reads the exit code."""
    found = document(gate(database(left=-0.38), "--format", "json"))
    (reason,) = found["reasons"]

    assert (found["outcome"], found["slos"], found["fault"]) == ("freeze", 1, None)
    assert (reason["kind"], reason["slo"]) == ("exhausted", "database-availability")
    assert reason["until"].endswith("Z")


def test_an_override_is_printed_with_its_reason() -> None:
    """Somebody says yes: exit code 0, and whoever reads the log sees why."""
    text = gate(database(left=-0.38), "--override", "fixes INC-4711")
    found = document(gate(database(left=-0.38), "--override", "fixes INC-4711", "--format", "json"))

    assert text.exit_code == Exit.FINE
    assert text.stdout.startswith("freeze: 1 SLO of 1\n")
    assert text.stdout.endswith("overridden: fixes INC-4711\n")
    assert (found["outcome"], found["override"]) == ("freeze", "fixes INC-4711")


def test_an_override_holds_without_an_answer_too() -> None:
    """What has to be deployed while Prometheus is down is a person's decision, and is said."""
    with serving(always("")) as stub:
        gone = stub.url
    result = run("gate", str(ERP), "--prometheus", gone, "--override", "Prometheus itself is down")

    assert result.exit_code == Exit.FINE
    assert "takes no connection" in result.stderr
    assert result.stdout.endswith("overridden: Prometheus itself is down\n")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--override", " "), Exit.USAGE, "allowed: a reason, in words"),
        (("--override", "\u200b"), Exit.USAGE, "allowed: a reason, in words"),
        (("--slo", "databse"), Exit.USAGE, "which no id matches"),
        (("--service", "databse"), Exit.USAGE, "which no SLO has"),
    ],
)
def test_a_mistake_is_never_a_yes(arguments: tuple[str, ...], code: Exit, says: str) -> None:
    """A misspelled service is no service that is fine, with an override or without."""
    result = gate(database(), "--override", "urgent", *arguments)

    assert result.exit_code == code
    assert says in result.stderr


def test_a_policy_that_is_wrong_is_said_with_its_place() -> None:
    """The project file is checked before a server is asked."""
    project(
        f'paths = ["{ERP.as_posix()}"]\n[budget_policy]\nfreeze_below = "25%"\n'
        'approve_below = "10%"\nfreze = 1\n'
    )
    result = run("gate", "--prometheus", "http://127.0.0.1:1")

    assert result.exit_code == Exit.INPUT
    assert 'slogen.toml:4:17: error: approve_below is "10%"' in result.stderr
    assert "slogen.toml:5:1: error: freze is no key that slogen knows" in result.stderr


def test_warnings_of_the_server_are_printed() -> None:
    """A partial answer is exit code 4, and both forms say what the server warned of."""
    world = database()
    world.warnings = ("PARTIAL RESPONSE: store ruler-0 is down",)
    text = gate(world)
    found = document(gate(world, "--format", "json"))

    assert text.exit_code == Exit.UNDECIDED
    assert text.stdout.startswith("unknown, which is not yes: 1 SLO of 1\n")
    assert text.stdout.count("PARTIAL RESPONSE: store ruler-0 is down") == 1
    assert found["warnings"] == ["PARTIAL RESPONSE: store ruler-0 is down"]
    assert found["reasons"][0]["slo"] is None


def test_credentials_over_plain_http_are_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers hold all the same, so the deployment goes on."""
    monkeypatch.setenv("SLOGEN_LIVE_TOKEN", "hush-hush-hush")
    text = gate(database())

    assert text.exit_code == Exit.FINE
    assert "  warning: credentials go to http://127.0.0.1:" in text.stdout


@pytest.mark.parametrize("extra", [True, False])
def test_an_override_holds_without_an_extra_or_a_file(
    monkeypatch: pytest.MonkeyPatch, *, extra: bool
) -> None:
    """Whatever keeps slogen from asking is no answer, with JSON and an override as for any."""
    if extra:
        monkeypatch.setenv("SLOGEN_LIVE_CA_FILE", "nowhere.pem")
    else:
        monkeypatch.setitem(sys.modules, "urllib3", None)
    asked = ("gate", str(ERP), "--prometheus", "https://127.0.0.1:1", "--format", "json")
    plain, overridden = run(*asked), run(*asked, "--override", "fixes INC-4711")

    assert (plain.exit_code, overridden.exit_code) == (Exit.UNDECIDED, Exit.FINE)
    assert document(plain)["outcome"] == "unknown"
    fault = "nowhere.pem" if extra else "remedy: pip install 'urllib3>=2.6,<3'"
    assert fault in document(plain)["fault"]
    assert document(overridden)["override"] == "fixes INC-4711"


@pytest.mark.parametrize("fault", [RuntimeError("odd"), InvalidValue("x", "y", "z"), KeyError(7)])
def test_what_nobody_has_foreseen_is_no_yes(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """A fault of slogen itself is exit code 4 as well, with a document and without a traceback."""

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(gating, "reported", fail)
    text, found = gate(database()), document(gate(database(), "--format", "json"))

    assert text.exit_code == Exit.UNDECIDED
    assert text.stdout.startswith("unknown, which is not yes: slogen could not judge the answers")
    assert (found["outcome"], found["exit_code"]) == ("unknown", Exit.UNDECIDED)
    assert type(fault).__name__ in found["fault"]


def test_without_alerts_nothing_is_said_about_pages() -> None:
    """Whether a page fires is not known where the server has no ALERTS at all."""
    world = database()
    world.has_alerts = False
    result = gate(world)

    assert result.exit_code == Exit.FINE
    assert result.stdout == (
        "go: 1 SLO, and enough error budget is left\n"
        "  note: no ALERTS were found: no alert is active, or this server does not have them\n"
    )
