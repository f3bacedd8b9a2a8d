"""``slogen backtest --cache``: no day is read twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen.cli.exits import Exit
from slogen.live.cache import AnswerCache
from tests.cli.running import run, write
from tests.cli.test_backtest import BASE_SERIES, END, backtest, recorded
from tests.live.stub import serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.live.cache import Asked
    from slogen.live.client import Curve
    from tests.live.stub import Stub

DAY = 86_400


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """Serve the base series of an SLO that is defined in the current folder."""
    monkeypatch.chdir(tmp_path)
    write("shop.py")
    with serving(recorded) as stub:
        yield stub


def _days(stub: Stub) -> list[tuple[str, str]]:
    """Return which base series were asked for, and until when."""
    return [
        (request.query.partition("{")[0], request.fields["time"])
        for request in stub.seen
        if request.query.startswith(BASE_SERIES)
    ]


def test_no_day_is_read_twice(server: Stub) -> None:
    """A second run, and one with another objective and its own windows, read the folder alone."""
    first = backtest(server, "--cache", "cache", "--format", "json")
    days = _days(server)
    second = backtest(server, "--cache", "cache", "--format", "json")
    write("shop.py", objective="99.5%")
    third = backtest(server, "--cache", "cache")

    assert second.stdout == first.stdout
    assert third.exit_code == Exit.FINE
    assert _days(server) == days
    assert len({*days}) == len(days) > 0
    kept = len(days)
    assert f"0 answers read from cache, {kept} added to it\n" in first.stderr
    assert f"{kept} answers read from cache, 0 added to it\n" in second.stderr


def test_more_days_are_added(server: Stub) -> None:
    """Only what is missing is read, as days are whole whatever the beginning is."""
    backtest(server, "--cache", "cache")
    before = {*_days(server)}
    run(
        *("backtest", "shop.py", "--prometheus", server.url, "--cache", "cache"),
        *("--at", "2025-11-27T06:30", "--days", "4"),
    )
    after = _days(server)[len(before) :]

    assert not before & {*after}
    assert {float(until) for _, until in after} > {END + 6.5 * 3_600}
    assert all(float(until) % DAY == 0 for _, until in after if float(until) < END)


def test_without_and_with_a_cache_the_output_is_the_same(server: Stub) -> None:
    """Numbers of a run from the folder are those of the server, to the last digit."""
    arguments = ("--format", "json", "--days", "1")
    backtest(server, "--cache", "cache")

    assert backtest(server, "--cache", "cache", *arguments).stdout == (
        backtest(server, *arguments).stdout
    )


def test_an_interruption_keeps_what_was_read(server: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last lines say where it is, and the next run reads the rest."""
    keep = AnswerCache.keep

    def interrupted(cache: AnswerCache, asked: Asked, curves: Sequence[Curve]) -> None:
        keep(cache, asked, curves)
        if cache.kept == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(AnswerCache, "keep", interrupted)
        result = backtest(server, "--cache", "cache")
    days = _days(server)
    again = backtest(server, "--cache", "cache")

    assert result.exit_code == Exit.INTERRUPTED
    assert not result.stdout
    assert result.stderr.endswith(
        "0 answers read from cache, 3 added to it; the same command goes on from there\n"
        "interrupted\n"
    )
    assert again.exit_code == Exit.FINE
    assert len(days) == 3
    assert not {*days} & {*_days(server)[3:]}
    assert "3 answers read from cache, " in again.stderr


def test_a_folder_of_somebody_else_is_refused(server: Stub) -> None:
    """Nothing is asked, and the message says what is allowed."""
    result = backtest(server, "--cache", ".")

    assert result.exit_code == Exit.UNDECIDED
    assert ". holds what slogen did not keep there" in result.stderr
    assert "allowed: a new or empty folder" in result.stderr
    assert not server.seen


def test_a_damaged_file_is_a_warning(server: Stub) -> None:
    """The day is read from the server, the output is the same, and the file stays."""
    first = backtest(server, "--cache", "cache", "--format", "json")
    damaged = min(Path("cache").glob("*.gz"))
    damaged.write_bytes(b"torn")
    second = backtest(server, "--cache", "cache", "--format", "json")

    assert json.loads(second.stdout) == json.loads(first.stdout)
    assert f"warning: {damaged} is left alone, as it is damaged" in second.stderr
    assert damaged.read_bytes() == b"torn"
