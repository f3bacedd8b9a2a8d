"""``slogen backfill``: from a server's raw series to a file, or to nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen import naming
from slogen.cli.exits import Exit
from tests.cli.running import run, write
from tests.live.stub import serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    from tests.live.stub import Handler, Request, Stub

END = 1_764_201_600  # 2025-11-27 00:00 UTC
PACE = 30
OFF = 7.123
"""Seconds that the rules are evaluated after each multiple of their interval."""


def _server(began: float | None, *, has_raw: bool = True) -> Callable[[Handler, Request], None]:
    """Answer as a Prometheus whose rules began at a moment, with ten events at each evaluation."""

    def respond(handler: Handler, request: Request) -> None:
        fields = request.fields
        if "query_range" in request.path:
            start, end = float(fields["start"]), float(fields["end"])
            count = int((end - start) // PACE) + 1
            times = [round(start + PACE * n, 3) for n in range(count)]
            value = "1" if "code=" in request.query else "10"
            _answer(handler, [[at, value] for at in times] if has_raw else [])
        elif began is not None and request.query.startswith(naming.EVENTS_INCREASE):
            until = float(fields["time"])
            _answer(handler, [[began, "10"]] if until - 86_400 < began <= until else [])
        else:
            _answer(handler, [])

    return respond


def _answer(handler: Handler, values: list[list[object]]) -> None:
    series = [{"metric": {}, "values": values}] if values else []
    data = {"resultType": "matrix", "result": series}
    handler.answer(json.dumps({"status": "success", "data": data}))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("shop.py")


def _backfill(
    began: float | None, *arguments: str, has_raw: bool = True, script: str = "shop.py"
) -> Result:
    with serving(_server(began, has_raw=has_raw)) as stub:
        options = ("--prometheus", stub.url, "--at", "2025-11-27", "--days", "2")
        return run("backfill", script, *options, *arguments)


def test_the_past_ends_one_evaluation_before_the_rules() -> None:
    """Hours, the rest of the hour in which the rules began, and the commands are there."""
    began = END - 10 * 3_600 + 900 + OFF
    result = _backfill(began)
    lines = Path("backfill.om").read_text().splitlines()
    base = [each for each in lines if each.startswith(naming.EVENTS_INCREASE)]
    hours = [each for each in lines if each.startswith(naming.ERRORS_SUM)]
    _, value, at = hours[-1].rsplit(" ", 2)

    assert result.exit_code == Exit.FINE, result.stderr
    assert float(base[-1].rsplit(" ", 1)[1]) == pytest.approx(began - PACE, abs=0.001)
    assert len(base) == 6 * 120
    assert len(hours) == 39
    assert hours[0].rsplit(" ", 2)[1] == "120"
    assert value == "30"
    assert float(at) == pytest.approx(began - PACE, abs=0.001)
    assert lines[-1] == "# EOF"
    assert "promtool tsdb create-blocks-from openmetrics backfill.om backfill.om.blocks\n" in (
        result.stdout
    )
    assert "--storage.tsdb.retention.time=40d" in result.stdout


def test_all_samples_are_written_where_they_are_wanted() -> None:
    """With --all-samples base series are there from the first hour on."""
    began = END - 10 * 3_600
    _backfill(began, "--all-samples", "--out", "all.om")
    lines = Path("all.om").read_text().splitlines()

    assert sum(each.startswith(naming.EVENTS_INCREASE) for each in lines) == 38 * 120


@pytest.mark.parametrize(
    ("began", "has_raw", "reason"),
    [
        (None, True, "its rules record nothing yet"),
        (END - 3 * 3_600, True, "Come back after 2025-11-27 01:00 UTC"),
        (END - 10 * 3_600, False, "there are no raw series in this time"),
    ],
)
def test_nothing_is_written_where_nothing_can_be(
    began: float | None, reason: str, *, has_raw: bool
) -> None:
    """There is a note with the reason, exit code 4, and no file."""
    result = _backfill(began, has_raw=has_raw)

    assert result.exit_code == Exit.UNDECIDED
    assert "shop-availability was not filled: " in result.stderr
    assert reason in result.stderr
    assert not [path for path in Path().iterdir() if "backfill" in path.name]


def test_a_file_that_is_there_stays() -> None:
    """Nobody's file is replaced, and nothing else is left."""
    Path("backfill.om").write_text("mine")
    result = _backfill(END - 10 * 3_600)

    assert result.exit_code == Exit.UNDECIDED
    assert "backfill.om is there already, and is not replaced" in result.stderr
    assert Path("backfill.om").read_text() == "mine"
    assert not [path for path in Path().iterdir() if path.name.endswith(".tmp")]


def test_an_slo_with_bad_missing_moments_is_refused() -> None:
    """Such a moment is bad only while the rules run; the message says what to do."""
    Path("probe.py").write_text(
        "from slogen import SLO, Selector, Up\n"
        "sli = Up(gauge=Selector('probe_success'), when_missing='bad')\n"
        "slo = SLO(service='shop', name='probe', objective='99%', window='30d', sli=sli)\n"
    )
    result = _backfill(END - 10 * 3_600, script="probe.py")

    assert result.exit_code == Exit.INPUT
    assert "when_missing is 'bad' in shop-probe" in result.stderr
    assert "choosing the others with --slo" in result.stderr
    assert not Path("backfill.om").exists()


def test_answers_that_lack_something_are_not_written() -> None:
    """A server's warning is an error: what loaded blocks lack, they lack for good."""
    respond = _server(END - 10 * 3_600)

    def doubtful(handler: Handler, request: Request) -> None:
        if "query_range" in request.path:
            data = {"resultType": "matrix", "result": []}
            warning = "storage b did not answer"
            answer = {"status": "success", "data": data, "warnings": [warning]}
            handler.answer(json.dumps(answer))
        else:
            respond(handler, request)

    with serving(doubtful) as stub:
        result = run("backfill", "shop.py", "--prometheus", stub.url, "--at", "2025-11-27")

    assert result.exit_code == Exit.UNDECIDED
    assert "warns that its answers may not be whole: storage b did not answer" in result.stderr
    assert "remedy: nothing was written: ask again" in result.stderr
    assert not Path("backfill.om").exists()


def test_a_run_goes_on_from_what_was_read_before() -> None:
    """With --cache the second run asks for no day again, and writes the same bytes."""
    with serving(_server(END - 10 * 3_600 + OFF)) as stub:
        options = ("--prometheus", stub.url, "--at", "2025-11-27", "--days", "4", "--cache", "kept")
        first = run("backfill", "shop.py", *options, "--out", "first.om")
        asked = _ranges(stub)
        second = run("backfill", "shop.py", *options, "--out", "second.om")
        again = _ranges(stub)[len(asked) :]

    assert (first.exit_code, second.exit_code) == (Exit.FINE, Exit.FINE)
    assert Path("second.om").read_bytes() == Path("first.om").read_bytes()
    assert len(asked) >= 8
    assert not {*again} & {*asked}
    assert " answers read from kept, 0 added to it\n" in second.stderr


def _ranges(stub: Stub) -> list[tuple[str, str]]:
    """Return what was evaluated over which time, by its end."""
    seen = (request for request in stub.seen if "query_range" in request.path)
    return [(request.query, request.fields["end"]) for request in seen]
