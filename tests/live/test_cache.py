"""Answers that are kept in a folder."""

from __future__ import annotations

import gzip
import json
import math
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidValue, OutputError
from slogen.live import CachedPrometheus, Connection, Prometheus
from slogen.live.cache import TAG, AnswerCache, Asked
from slogen.live.client import Curve
from slogen.live.pace import Pace
from slogen.promql.expr import Series
from slogen.units import Duration
from tests.live.stub import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.live.stub import Handler, Request, Stub

OVER = datetime(2025, 11, 27, tzinfo=UTC)
EXPR = Series("up", ()).over(Duration("1d"))
ASKED = Asked(server="http://a", tenant="", query="up[1d]", start=None, end=1, step=None)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
CURVES = st.lists(
    st.builds(
        Curve,
        st.dictionaries(st.text(), st.text(), max_size=3),
        st.lists(st.tuples(FINITE, FINITE), max_size=5).map(tuple),
    ),
    max_size=3,
).map(tuple)
SERIES = {"metric": {"job": "shop"}, "values": [[1.5, "0.1"], [2, "3"]]}


def _answer(handler: Handler, request: Request) -> None:
    """Answer with a series; what is asked of ``none`` has none, ``odd`` a warning."""
    series = [] if "none" in request.query else [SERIES]
    said = {"warnings": ["a store did not answer"]} if "odd" in request.query else {}
    data = {"resultType": "matrix", "result": series}
    handler.answer(json.dumps({"status": "success", "data": data, **said}))


@pytest.fixture
def server() -> Iterator[Stub]:
    """Serve one series."""
    with serving(_answer) as stub:
        yield stub


def test_an_answer_is_asked_for_once(server: Stub, tmp_path: Path) -> None:
    """Another run has the same curves from the folder, and sends nothing."""
    first, second = (CachedPrometheus(server.url, tmp_path / "cache") for _ in range(2))
    curves = first.samples(EXPR, OVER)
    start = OVER - timedelta(hours=1)
    ranges = first.query_range(Series("up", ()), start, OVER, Duration("30s"))
    sent = len(server.seen)

    assert second.samples(EXPR, OVER) == curves == (Curve({"job": "shop"}, ((1.5, 0.1), (2, 3))),)
    assert second.query_range(Series("up", ()), start, OVER, Duration("30s")) == ranges
    assert len(server.seen) == sent == 2
    assert (first.cache.found, first.cache.kept) == (0, 2)
    assert (second.cache.found, second.cache.kept) == (2, 0)


def test_each_part_of_a_question_has_its_answer(server: Stub, tmp_path: Path) -> None:
    """Another tenant, query, time or step is another question."""
    expr, start = Series("up", ()), OVER - timedelta(hours=1)
    others = [
        ("", expr, start, OVER, "30s"),
        ("shop", expr, start, OVER, "30s"),
        ("", Series("down", ()), start, OVER, "30s"),
        ("", expr, start - timedelta(hours=1), OVER, "30s"),
        ("", expr, start, OVER - timedelta(seconds=30), "30s"),
        ("", expr, start, OVER, "1m"),
    ]
    for tenant, asked, since, until, step in others:
        prometheus = CachedPrometheus(Connection.of(server.url, tenant=tenant), tmp_path)
        prometheus.query_range(asked, since, until, Duration(step))

    assert len(server.seen) == len(others)


@pytest.mark.parametrize(
    ("metric", "ago"),
    [("up", timedelta(minutes=59)), ("none", timedelta(days=1)), ("odd", timedelta(days=1))],
)
def test_what_may_change_is_not_kept(
    metric: str, ago: timedelta, server: Stub, tmp_path: Path
) -> None:
    """A time that is hardly over, an answer without samples, and a doubtful one stay out."""
    at = datetime.now(UTC) - ago
    prometheus = CachedPrometheus(server.url, tmp_path)
    for _ in range(2):
        prometheus.samples(Series(metric, ()).over(Duration("1d")), at)

    assert len(server.seen) == 2
    assert [file.name for file in tmp_path.iterdir()] == [TAG]


@given(CURVES)
def test_curves_are_read_as_they_were_written(curves: tuple[Curve, ...]) -> None:
    """Labels of any text and every finite number come back."""
    with TemporaryDirectory() as folder:
        cache = AnswerCache(Path(folder))
        cache.keep(ASKED, curves)

        assert cache.answer(ASKED) == curves


def test_the_same_answer_has_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the time or the machine stands in a file."""
    curves = (Curve({"job": "shop"}, ((1.0, 2.0),)),)
    for name in ("a", "b"):
        AnswerCache(tmp_path / name).keep(ASKED, curves)
    first, second = (tmp_path / name / ASKED.file_name for name in ("a", "b"))

    assert first.read_bytes() == second.read_bytes()


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    """The folder and the files in it are closed to all others."""
    cache = AnswerCache(tmp_path / "cache")
    cache.keep(ASKED, (Curve({}, ((1.0, 2.0),)),))

    assert cache.folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in cache.folder.iterdir()} == {0o600}


@pytest.mark.parametrize("harm", ["cut", "text", "other", "shape", "large", "folder"])
def test_a_damaged_or_foreign_file_is_said_and_left_alone(harm: str, tmp_path: Path) -> None:
    """The warning names the file, and nothing is written over it."""
    curves = (Curve({}, ((1.0, 2.0),)),)
    cache = AnswerCache(tmp_path)
    cache.keep(ASKED, curves)
    path = tmp_path / ASKED.file_name
    whole = path.read_bytes()
    document = json.loads(gzip.decompress(whole))
    path.unlink()
    if harm == "folder":
        path.mkdir()
    else:
        large = {**document, "series": [{"labels": {}, "times": [10**400], "values": [1]}]}
        other = {**document, "asked": {**document["asked"], "server": "http://b"}}
        content = {
            "cut": whole[:-9],
            "text": b"notes of somebody",
            "other": gzip.compress(json.dumps(other).encode()),
            "large": gzip.compress(json.dumps(large).encode()),
            "shape": gzip.compress(b"[]"),
        }[harm]
        path.write_bytes(content)
    before = None if harm == "folder" else path.read_bytes()

    assert cache.answer(ASKED) is None
    cache.keep(ASKED, curves)
    assert before is None or path.read_bytes() == before
    (warning,) = cache.warnings
    assert warning.startswith(f"{path} is left alone, as ")
    assert cache.found == 0


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    """The error says what is allowed, and the folder stays as it was."""
    (tmp_path / "slos.yaml").write_text("slos: []\n", "utf-8")
    with pytest.raises(OutputError, match="holds what slogen did not keep there") as caught:
        AnswerCache(tmp_path)

    assert "a new or empty folder" in caught.value.diagnostic.allowed
    assert [file.name for file in tmp_path.iterdir()] == ["slos.yaml"]


def test_a_tag_of_another_program_does_not_count(tmp_path: Path) -> None:
    """A cache of another program is no place for answers."""
    (tmp_path / TAG).write_text("Signature: 8a477f597d28d172789f06886806bc55\n# pip\n", "utf-8")
    with pytest.raises(OutputError, match="holds what slogen did not keep there"):
        AnswerCache(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """The error has the system's reason."""
    (tmp_path / "cache").write_text("", "utf-8")
    with pytest.raises(OutputError, match="cache cannot keep answers: File exists"):
        AnswerCache(tmp_path / "cache")


def test_a_full_disk_costs_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be kept is a warning, and no half of a file stays."""
    cache = AnswerCache(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cache.keep(ASKED, (Curve({}, ((1.0, 2.0),)),))

    assert cache.warnings == (f"{tmp_path} cannot keep answers: No space left on device",)
    assert [file.name for file in tmp_path.iterdir()] == [TAG]
    assert cache.kept == 0


class _Clock:
    """A clock that only sleeping moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        monkeypatch.setattr(time, "monotonic", lambda: self.now)
        monkeypatch.setattr(time, "sleep", self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.now += seconds


def test_queries_are_so_far_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is sent at once; who took longer than the pace does not wait."""
    clock, pace, sent = _Clock(monkeypatch), Pace(4), []
    for pause in (0.0, 0.0, 1.0, 0.0):
        clock.now += pause
        pace.wait()
        sent.append(clock.now - 1_000)

    assert sent == [0.0, 0.25, 1.25, 1.5]


def test_each_query_waits_for_its_turn(server: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    """A range that takes two queries counts as two."""
    waits: list[int] = []
    monkeypatch.setattr(Pace, "wait", lambda _: waits.append(1))
    Prometheus(server.url, queries_per_second=5).query_range(
        Series("up", ()), OVER - timedelta(hours=6), OVER, Duration("1s")
    )

    assert len(waits) == len(server.seen) == 2


@pytest.mark.parametrize("number", [0, -1, math.nan])
def test_a_pace_is_above_zero(number: float) -> None:
    """Anything else is refused."""
    with pytest.raises(InvalidValue, match="queries_per_second is "):
        Pace(number)


def test_without_a_pace_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit is the default of the API."""
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waits"))
    pace = Pace()
    for _ in range(3):
        pace.wait()
