"""The fuzzer's own machinery; the fuzzer itself runs in `nox -s fuzz`."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.experiments.fuzz import __main__ as session
from tests.experiments.fuzz.__main__ import Figures, Folders, main
from tests.experiments.fuzz.mutations import mutated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LOG = """\
INFO: Running with entropic power schedule (0xFF, 100).
#2\tINITED cov: 3 ft: 4 corp: 1/5b exec/s: 0 rss: 60Mb
#512\tpulse  cov: 1898 ft: 6134 corp: 143/34Kb lim: 4096 exec/s: 341 rss: 61Mb
#{}\tDONE   cov: 1912 ft: 6645 corp: 236/57Kb lim: 4096 exec/s: 832 rss: 64Mb
Done {} runs in 11 second(s)
"""


class Fake:
    """What stands for libFuzzer: each process ends as it is told to."""

    def __init__(self, *ends: tuple[int, int]) -> None:
        """Take an exit code and executions for each process."""
        self.ends = list(ends)
        self.options: list[tuple[str, ...]] = []

    def __call__(self, options: Iterable[str], folders: Folders) -> tuple[int, str]:
        """Run a process; one that does not end well leaves an input behind."""
        self.options.append(tuple(options))
        code, executions = self.ends.pop(0)
        if code:
            (folders.crashes / f"oom-{len(self.ends)}").write_text("input")
        return code, _LOG.format(executions, executions)


def test_figures_are_the_last_that_are_printed() -> None:
    """A run that ends early has its figures, too."""
    assert Figures.of(_LOG.format(9158, 9158)) == Figures(9158, 1912, 6645, 236)
    assert Figures.of("Traceback") == Figures()


def test_what_ends_a_process_does_not_end_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Executions are counted over all processes, and an input without an answer is exit code 1."""
    fake = Fake((71, 400), (0, 600))
    monkeypatch.setattr(session, "_process", fake)

    assert main(["--runs", "1000", "--keep", str(tmp_path)]) == 1
    assert fake.options == [
        ("-max_total_time=0", "-runs=1000"),
        ("-max_total_time=0", "-runs=600"),
    ]
    out = capsys.readouterr().out
    assert "| executions | 1,000 |" in out
    assert "| inputs that slogen does not answer | 1 |" in out
    assert f"{tmp_path}/crashes/oom-1" in out


def test_what_had_no_answer_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is mended since is told no more, and stays among what the search begins with."""
    monkeypatch.setattr(session, "_process", Fake((71, 1), (0, 9), (0, 10)))
    main(["--runs", "10", "--keep", str(tmp_path)])

    assert main(["--runs", "10", "--keep", str(tmp_path)]) == 0
    assert [path.name for path in (tmp_path / "corpus").iterdir()] == ["oom-2"]


def test_a_fuzzer_that_does_not_start_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without executions there are no figures."""
    monkeypatch.setattr(session, "_process", lambda *_: (1, "no module named atheris"))

    with pytest.raises(SystemExit, match="no module named atheris"):
        main(["--keep", str(tmp_path)])


def test_the_fuzzer_knows_every_key(tmp_path: Path) -> None:
    """Its dictionary is made from the model, in the form of libFuzzer."""
    lines = Folders.below(tmp_path).words.read_text().splitlines()

    assert {'"bad_where: "', '"burn_rate: "', '"based_on: "', '"services:"'} <= set(lines)
    assert all(line[0] == line[-1] == '"' and '"' not in line[1:-1] for line in lines)


@given(st.text(max_size=200), st.integers())
def test_any_text_can_be_changed_and_the_same_way_again(text: str, seed: int) -> None:
    """A seed stands for a change, whatever the text is."""
    first, again = (mutated(text, Random(seed)) for _ in range(2))  # noqa: S311 (no secret)

    assert first == again
