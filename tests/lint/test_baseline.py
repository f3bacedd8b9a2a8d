"""Baselines: known findings stay known when lines move, and new ones are new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InputError
from slogen.lint.baseline import dumped, loaded, new
from tests.lint.findings import CHANGED, ODD, WRONG, finding

if TYPE_CHECKING:
    from collections import Counter

    from slogen.diagnostics import Diagnostic

HERE = Path()
FINDINGS = st.lists(
    st.builds(
        lambda entry, found, slo, argument, file, line: finding(
            entry=entry, found=found, slo_id=slo, argument=argument, file=file, line=line
        ),
        st.sampled_from([ODD, CHANGED]),
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=5),
        st.sampled_from(["", "shop-a", "shop-b"]),
        st.sampled_from([None, "sli"]),
        st.sampled_from(["a.yaml", "b.yaml"]),
        st.integers(1, 9),
    ),
    max_size=8,
)


def known(text: str, folder: Path) -> Counter[str]:
    """Return what is read of a baseline with a text."""
    file = folder / "known.jsonl"
    file.write_bytes(text.encode())
    return loaded(file)


def test_a_line_a_finding() -> None:
    """Lines are sorted and bear no place but a file where no SLO says what is meant."""
    text = dumped(
        [
            finding(found="é\n", line=7),
            finding(entry=CHANGED, slo_id="", argument=None, file="slos/b.yaml"),
        ],
        Path("known"),
    )

    assert text == (
        '{"code": "changed", "file": "../slos/b.yaml", "text": "it is odd"}\n'
        '{"code": "odd", "slo": "shop-a", "argument": "objective", "text": "é\\n"}\n'
    )


def _moved(diagnostic: Diagnostic) -> Diagnostic:
    place = diagnostic.position
    assert place is not None
    return attrs.evolve(diagnostic, origin=attrs.evolve(place, line=99))


@given(found=FINDINGS, more=FINDINGS)
def test_what_was_written_is_known(
    tmp_path_factory: pytest.TempPathFactory, found: list[Diagnostic], more: list[Diagnostic]
) -> None:
    """Of more findings as many are new as there were added, in whatever order, at any line."""
    lines = known(dumped(found, HERE), tmp_path_factory.getbasetemp())
    moved = [_moved(each) for each in found]

    assert dumped(found[::-1], HERE) == dumped(found, HERE)
    assert new(moved, lines, HERE) == ((), 0)
    fresh, gone = new([*more, *moved], lines, HERE)
    assert len(fresh) == len(more)
    assert gone == 0


def test_one_more_of_the_same_is_new(tmp_path: Path) -> None:
    """What was known twice is new the third time, and gone the first time that it is missing."""
    lines = known(dumped([finding(), finding()], HERE), tmp_path)

    assert len(new([finding()] * 3, lines, HERE)[0]) == 1
    assert new([finding()], lines, HERE) == ((), 1)


def test_an_error_in_a_definition_is_never_known(tmp_path: Path) -> None:
    """It has to be corrected: it is neither written nor hidden."""
    lines = known('{"code": "wrong", "slo": "shop-a", "text": "it is odd"}', tmp_path)

    assert dumped([finding(entry=WRONG)], HERE) == ""
    assert len(new([finding(entry=WRONG, argument=None)], lines, HERE)[0]) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nfoo\n", "known.jsonl:2:1: error: a line of the baseline is not JSON"),
        ("[1]", "known.jsonl:1:1: error: a line of the baseline is no finding"),
        ("[" * 100_000, "known.jsonl:1:1: error: a line of the baseline is not JSON"),
        ('{"code": "odd"}', "known.jsonl:1:1: error: a line of the baseline is no finding"),
        ('{"code": "odd", "text": 5}', "known.jsonl:1:1: error: a line of the baseline is no f"),
        ('{"code": "odd", "text": "", "line": "5"}', "error: a line of the baseline is no finding"),
    ],
)
def test_a_line_that_is_no_finding_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """The message has the place, and the way to a baseline that can be read."""
    with pytest.raises(InputError) as fault:
        known(text, tmp_path)

    assert said in str(fault.value.diagnostic)
    assert "remedy: write it anew with --write-baseline" in str(fault.value.diagnostic)


def test_a_baseline_that_is_missing_says_how_to_write_one(tmp_path: Path) -> None:
    """A typing error in the name must not make every finding new."""
    with pytest.raises(InputError, match="remedy: write it: slogen lint --write-baseline"):
        loaded(tmp_path / "none.jsonl")


def test_a_baseline_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A file that is not UTF-8 is none that slogen wrote."""
    (tmp_path / "known.jsonl").write_bytes(b"\xff")

    with pytest.raises(InputError, match="is not UTF-8"):
        loaded(tmp_path / "known.jsonl")
