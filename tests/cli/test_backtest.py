"""``slogen backtest``: from a server's base series to what is printed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen import naming
from slogen.cli.exits import Exit
from slogen.live.replay import extra, reading
from tests.cli.running import run, write
from tests.live.stub import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

    from tests.live.stub import Handler, Request, Stub

END = 1_764_201_600  # 2025-11-27 00:00 UTC
BASE_SERIES = (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)
OUTAGE = range(END - 4 * 3_600, END - 3 * 3_600)


def recorded(handler: Handler, request: Request) -> None:
    """Answer as a Prometheus whose rules recorded an outage, four hours before the end."""
    if "min_over_time" in request.query:
        series = {"metric": {}, "value": [END, str(END - 90 * 86_400)]}
        answer(handler, "vector", series)
    elif request.query.startswith(BASE_SERIES):
        until = int(float(request.fields["time"]))
        has_errors = request.query.startswith(naming.ERRORS_INCREASE)
        answer(handler, "matrix", _counts(range(until - 86_370, until + 1, 30), has_errors))
    else:
        answer(handler, "matrix" if "query_range" in request.path else "vector")


def _raw(handler: Handler, request: Request) -> None:
    """Answer as a Prometheus of which no rule recorded anything, and which had the same outage."""
    if "ALERTS" in request.query:
        answer(handler, "matrix")
    elif "query_range" in request.path:
        start, end = (int(float(request.fields[name])) for name in ("start", "end"))
        answer(handler, "matrix", _counts(range(start, end + 1, 30), "code=" in request.query))
    else:
        answer(handler, "matrix" if request.query.startswith(BASE_SERIES) else "vector")


def _counts(times: range, has_errors: bool) -> object:  # noqa: FBT001 (what is counted)
    values = [[t, "0" if has_errors and t not in OUTAGE else "60"] for t in times]
    return {"metric": {"slo_id": "shop-availability"}, "values": values}


def answer(handler: Handler, kind: str, *series: object) -> None:
    """Answer a query."""
    data = {"resultType": kind, "result": series}
    handler.answer(json.dumps({"status": "success", "data": data}))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """Serve the base series of an SLO that is defined in the current folder."""
    monkeypatch.chdir(tmp_path)
    write("shop.py")
    with serving(recorded) as stub:
        yield stub


def backtest(stub: Stub, *arguments: str) -> Result:
    """Replay two days."""
    options = ("--prometheus", stub.url, "--at", "2025-11-27", "--days", "2")
    return run("backtest", "shop.py", *options, *arguments)


def test_an_outage_would_have_paged(server: Stub) -> None:
    """The page over 1h fires a minute after the outage began, until ten minutes after it burns."""
    result = backtest(server, "--format", "json")
    (group,) = json.loads(result.stdout)["groups"]
    page, *_ = group["now"]["tiers"]

    assert result.exit_code == Exit.FINE
    assert (page["window"], len(page["fired"])) == ("1h", 1)
    assert 0 <= page["fired"][0]["start"] - OUTAGE.start <= 120
    assert OUTAGE.stop + 600 <= page["fired"][0]["end"] <= OUTAGE.stop + 1_000
    assert group["errors"] == 60 * 120
    assert group["now"]["false_pages"] is None


def test_raw_series_stand_in_for_what_was_not_recorded(server: Stub) -> None:
    """The same counts of raw series make the same alerts, and the output says what was read."""
    recorded = json.loads(backtest(server, "--format", "json").stdout)
    with serving(_raw) as stub:
        raw = json.loads(backtest(stub, "--format", "json").stdout)
        text = backtest(stub).stdout
    (group,) = raw["groups"]

    assert group.pop("is_raw")
    assert not recorded["groups"][0].pop("is_raw")
    assert raw["groups"] == recorded["groups"]
    assert "7,200 of 345,600 events were bad, as counted from raw series\n" in text
    assert f"{raw['samples']:,} samples read" in text


def test_alerts_that_are_not_replayed_are_named(server: Stub) -> None:
    """Nobody takes silence about an alert for an alert that would have been silent."""
    said = "not replayed: SLOErrorBudgetExhausted, "
    text = backtest(server).stdout
    (line,) = (line for line in text.splitlines() if line.startswith("not replayed: "))

    assert line.startswith(said)
    assert "SLODataStale" in line
    assert "SLOBurnRate" not in line
    assert said in backtest(server, "--format", "markdown").stdout


def test_raw_series_are_read_where_they_are_asked_for(server: Stub) -> None:
    """With --raw nothing that was recorded is read, and all queries are over a time."""
    result = backtest(server, "--raw")

    assert result.exit_code == Exit.UNDECIDED
    assert "shop-availability: neither base series nor raw ones in this time" in result.stdout
    assert not any(request.query.startswith(BASE_SERIES) for request in server.seen)


def _write_lax() -> None:
    """Write the same SLO with an objective that an outage of an hour does not threaten."""
    write("other/shop.py", objective="50%")


def test_two_policies_are_replayed_over_the_same_counts(server: Stub) -> None:
    """A lax objective pages once and late; the base series are read once for both."""
    _write_lax()
    result = backtest(server, "--against", "other", "--format", "json")
    (group,) = json.loads(result.stdout)["groups"]
    asked = [(r.query, r.fields["time"]) for r in server.seen if r.query.startswith(BASE_SERIES)]
    pages = [group[side]["tiers"][0]["fired"] for side in ("before", "now")]

    assert (group["before"]["objective"], group["now"]["objective"]) == ("50%", "99.9%")
    assert [len(fired) for fired in pages] == [1, 1]
    assert pages[0][0]["start"] > pages[1][0]["start"] + 2_400
    assert len(asked) == len({*asked})


def test_what_differs_is_said(server: Stub) -> None:
    """Both columns stand beside each other, and what fires by one of them alone has a line."""
    _write_lax()
    lines = backtest(server, "--against", "other").stdout.splitlines()
    (pages,) = (line.split() for line in lines if line.startswith("pages  "))
    alone = [line.strip() for line in lines if " alone: " in line]

    assert pages == ["pages", "1", "2"]
    assert alone
    assert all(line.startswith("now alone: 2025-11-2") for line in alone)
    assert "other:" in lines
    assert "now:" in lines


def test_a_comment_on_a_pull_request_has_both_tables(server: Stub) -> None:
    """The Markdown has a table of what differs and one of each policy's tiers."""
    _write_lax()
    lines = backtest(server, "--against", "other", "--format", "markdown").stdout.splitlines()

    assert "|  | other | now |" in lines
    assert "| objective | 50% | 99.9% |" in lines
    assert "**other**, 50%" in lines
    assert "**now**, 99.9%" in lines
    assert sum(line.startswith("| ALERT |") for line in lines) == 2


def test_a_revision_is_the_other_side(server: Stub) -> None:
    """What was committed is compared with what stands in the folder."""
    for command in (("init", "-q"), ("add", "shop.py"), ("commit", "-qm", "first")):
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        subprocess.run(["git", *identity, *command], check=True)  # noqa: S603, S607
    write("shop.py", objective="50%")
    lines = backtest(server, "--against", "HEAD", "--format", "markdown").stdout.splitlines()

    assert "| objective | 99.9% | 50% |" in lines
    assert any(line.startswith("- HEAD alone: 2025-11-26") for line in lines)


def test_what_is_neither_a_file_nor_a_revision_is_refused(server: Stub) -> None:
    """The message says that both were looked for, and nothing is asked."""
    result = backtest(server, "--against", "mian")

    assert result.exit_code == Exit.UNDECIDED
    assert "the revision 'mian'" in result.stderr
    assert "nor is there a file or folder of this name" in result.stderr
    assert not server.seen


def test_what_counts_other_events_is_not_compared(server: Stub) -> None:
    """A changed SLI has other counts: the output says so and replays the definitions alone."""
    write("other/shop.py", old="5..", new="500")
    text = backtest(server, "--against", "other").stdout

    assert "shop-availability: not compared, its SLI counts other events\n" in text
    assert "objective" not in text


def test_what_was_built_has_no_policy(server: Stub) -> None:
    """A folder of rules cannot be replayed: the message says what can."""
    run("build", "shop.py", "--out", "out")
    result = backtest(server, "--against", "out")

    assert result.exit_code == Exit.INPUT
    assert "a revision of the repository" in result.stderr


def test_too_many_samples_are_refused(server: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than memory is meant to hold is an error that says what was found and what helps."""
    monkeypatch.setattr(reading, "MOST_SAMPLES", 10_000)
    result = backtest(server)

    assert result.exit_code == Exit.UNDECIDED
    assert "has more than 10,000 samples of shop-availability in this time" in result.stderr
    assert "--days" in result.stderr


def test_a_picture_has_the_page(server: Stub) -> None:
    """The picture shows the outage at its burn rate; JSON has nothing that only a picture needs."""
    result = backtest(server, "--format", "svg")

    assert result.exit_code == Exit.FINE
    assert result.stdout.startswith("<svg xmlns=")
    assert "<title>page over 1h, 14.4x: 2025-11-26 20:0" in result.stdout
    assert '<path class="burn"' in result.stdout
    assert '"parts"' not in backtest(server, "--format", "json").stdout


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
            "now"
        ]["tiers"][0]["fired"][0]["is_at_night"]
        for zone in ("Europe/London", "Asia/Tokyo")
    ]

    assert nights == [False, True]


def test_a_kind_that_counts_time_says_so(server: Stub) -> None:
    """Of an SLI that counts time seconds are bad, not events."""
    text = Path("shop.py").read_text("utf-8")
    sli = "Events(total=requests, bad=requests.where('code=~\"5..\"'))"
    Path("shop.py").write_text(
        text.replace(sli, 'Up(gauge="up")').replace("Events, ", "Up, "), "utf-8"
    )
    result = backtest(server)
    (group,) = json.loads(backtest(server, "--format", "json").stdout)["groups"]

    assert result.exit_code == Exit.FINE
    assert "7,200 of 345,600 seconds were bad, as the rules recorded\n" in result.stdout
    assert group["unit"] == "seconds"
    assert [len(tier["fired"]) for tier in group["now"]["tiers"][:2]] == [1, 1]


def test_numpy_is_asked_for(server: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without numpy the message names the extra."""
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    result = backtest(server)

    assert result.exit_code == Exit.UNDECIDED
    assert "pip install 'slogen[history]'" in result.stderr
