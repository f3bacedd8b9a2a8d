"""``slogen backtest``: from a server's base series to what is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen import naming
from slogen.cli.exits import Exit
from slogen.live.replay import extra
from tests.cli.running import run, write
from tests.live.stub import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

    from tests.live.stub import Handler, Request, Stub

END = 1_764_201_600  # 2025-11-27 00:00 UTC
OUTAGE = range(END - 4 * 3_600, END - 3 * 3_600)


def _respond(handler: Handler, request: Request) -> None:
    """Answer as a Prometheus that recorded an outage of an hour, four hours before the end."""
    result: list[object] = []
    kind, query = "vector", request.query
    for metric in (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE):
        if query.startswith(metric):
            kind, until = "matrix", int(float(request.fields["time"]))
            times = range(until - 86_400, until, 30)
            bad = metric == naming.ERRORS_INCREASE
            values = [[t, "0" if bad and t not in OUTAGE else "60"] for t in times]
            result = [{"metric": {"slo_id": "shop-availability"}, "values": values}]
    if "min_over_time" in query:
        result = [{"metric": {}, "value": [END, str(END - 90 * 86_400)]}]
    data = {"resultType": kind, "result": result}
    handler.answer(json.dumps({"status": "success", "data": data}))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """Serve the base series of an SLO that is defined in the current folder."""
    monkeypatch.chdir(tmp_path)
    write("shop.py")
    with serving(_respond) as stub:
        yield stub


def backtest(stub: Stub, *arguments: str) -> Result:
    """Replay two days."""
    options = ("--prometheus", stub.url, "--at", "2025-11-27", "--days", "2")
    return run("backtest", "shop.py", *options, *arguments)


def test_an_outage_would_have_paged(server: Stub) -> None:
    """The page over 1h fires a minute after the outage began, until ten minutes after it burns."""
    result = backtest(server, "--format", "json")
    (group,) = json.loads(result.stdout)["groups"]
    page, *_ = group["tiers"]

    assert result.exit_code == Exit.FINE
    assert (page["window"], len(page["fired"])) == ("1h", 1)
    assert 0 <= page["fired"][0]["start"] - OUTAGE.start <= 120
    assert OUTAGE.stop + 600 <= page["fired"][0]["end"] <= OUTAGE.stop + 1_000
    assert group["errors"] == 60 * 120
    assert group["false_pages"] is None


def test_incidents_judge_pages(server: Stub) -> None:
    """The outage is caught, another incident is missed, and no page is false."""
    Path("incidents.csv").write_text(
        "start,end,name\n"
        "2025-11-26T20:00,2025-11-26T21:00,outage\n"
        "2025-11-25T20:00,2025-11-25T21:00,unseen\n",
        "utf-8",
    )
    lines = backtest(server, "--incidents", "incidents.csv").stdout.splitlines()

    assert "  incidents: 1 of 2 caught; 0 false pages, 0.0 in 30 days" in lines
    assert "  2025-11-25 20:00 UTC  unseen: missed" in lines
    assert any("outage: paged after " in line for line in lines)


def test_a_wrong_file_of_incidents_is_refused(server: Stub) -> None:
    """The message names the column, the line, what was found and what is allowed."""
    Path("incidents.csv").write_text("start,end\nyesterday,2025-11-26\n", "utf-8")
    result = backtest(server, "--incidents", "incidents.csv")

    assert result.exit_code == Exit.USAGE
    assert "start in line 2 of incidents.csv is 'yesterday'; allowed: a moment" in result.stderr


def test_pages_at_night_are_those_of_the_reader(server: Stub) -> None:
    """Eight in the evening in London is five in the morning in Tokyo."""
    nights = [
        json.loads(backtest(server, "--format", "json", "--timezone", zone).stdout)["groups"][0][
            "tiers"
        ][0]["fired"][0]["is_at_night"]
        for zone in ("Europe/London", "Asia/Tokyo")
    ]

    assert nights == [False, True]


def test_a_kind_that_is_not_replayed_is_refused(server: Stub) -> None:
    """A kind that counts time is an error that names the SLO."""
    text = Path("shop.py").read_text("utf-8")
    sli = "Events(total=requests, bad=requests.where('code=~\"5..\"'))"
    Path("shop.py").write_text(
        text.replace(sli, 'Up(gauge="up")').replace("Events, ", "Up, "), "utf-8"
    )
    result = backtest(server)

    assert result.exit_code == Exit.INPUT
    assert "of shop-availability" in result.stderr


def test_numpy_is_asked_for(server: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without numpy the message names the extra."""
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    result = backtest(server)

    assert result.exit_code == Exit.UNDECIDED
    assert "pip install 'slogen[history]'" in result.stderr
