"""Fixes: a text is replaced at its place, every other byte stays, and twice is once."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slogen.diagnostics import Diagnostic, Fix
from slogen.errors import OutputError
from slogen.formats.yaml.reading import read
from slogen.lint.fixes import Edit, edited, edits_of, fix_files, without_overlaps
from slogen.source import CallSite, Position
from tests.lint.findings import CHANGED, WRONG, finding

if TYPE_CHECKING:
    from types import CodeType

MARK = b"\xef\xbb\xbf"
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])
COMMENTS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=8)
WORDS = st.sampled_from(["on", "no", "1:30", "x", "é\U0001f389", '"off"', "12", "a#b"])


@st.composite
def yaml_files(draw: st.DrawFn) -> bytes:
    """Return a list in YAML with comments, with any line ends, and perhaps with a mark."""
    lines = draw(st.lists(st.tuples(WORDS, COMMENTS, BREAKS), min_size=1, max_size=8))
    text = "".join(f"- {word}  # {comment}{end}" for word, comment, end in lines)
    return draw(st.sampled_from([b"", MARK])) + text.removesuffix(draw(BREAKS)).encode()


@st.composite
def texts_and_edits(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    """Return a text with edits of it, many of which overlap."""
    text = draw(st.text("ab\r\n\ufeffé", min_size=1, max_size=20))
    spans = st.tuples(*[st.integers(0, len(text))] * 2).filter(lambda span: span[0] < span[1])
    edits = draw(st.lists(st.tuples(spans, st.text("xyz", max_size=3)), max_size=6))
    return text, tuple(Edit(begin, end, new) for (begin, end), new in edits)


@given(yaml_files())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_other_bytes_stay(tmp_path: Path, content: bytes) -> None:
    """Line ends, a mark, comments and letters stay; what is left has nothing more to be fixed."""
    file = tmp_path / "slos.yaml"
    file.write_bytes(content)
    findings = [found for found in read(content, str(file)).findings if found.fix]
    expected = content
    for word in (b"on", b"no", b"1:30"):
        expected = expected.replace(b"- %s  #" % word, b'- "%s"  #' % word)

    assert fix_files(findings) == len(findings)
    assert file.read_bytes() == expected
    again = read(expected, str(file)).findings
    assert [found for found in again if found.fix] == []
    assert fix_files(findings) == 0
    assert file.read_bytes() == expected


@given(texts_and_edits())
def test_of_edits_that_overlap_one_is_made(given_: tuple[str, tuple[Edit, ...]]) -> None:
    """What no edit covers stays, in its order, and each edit is made whole or not at all."""
    text, edits = given_
    kept = without_overlaps(edits)
    covered = {index for edit in kept for index in range(edit.begin, edit.end)}

    assert all(first.end <= second.begin for first, second in itertools.pairwise(kept))
    assert all(covered & set(range(edit.begin, edit.end)) for edit in edits)
    pieces: list[str] = []
    for index in range(len(text)):
        pieces += [edit.new for edit in kept if edit.begin == index]
        pieces += [] if index in covered else [text[index]]
    assert edited(text, kept) == "".join(pieces)


def test_two_fixes_that_overlap_are_not_both_made(tmp_path: Path) -> None:
    """The first one is made; the later one has to be found anew."""
    file = tmp_path / "slos.yaml"
    file.write_text("abcdef")
    findings = [
        finding(file=str(file), column=1, fix=Fix("abc", "1")),
        finding(file=str(file), column=3, fix=Fix("cde", "2")),
    ]

    assert fix_files(findings) == 1
    assert file.read_text() == "1def"


def test_the_fix_of_an_error_is_the_first(tmp_path: Path) -> None:
    """Quotes around a yes that has to be true would leave the error without a fix."""
    file = tmp_path / "slos.yaml"
    file.write_text("yes")
    note = finding(entry=CHANGED, file=str(file), fix=Fix("yes", '"yes"'))
    error = finding(entry=WRONG, file=str(file), fix=Fix("yes", "true"))

    assert fix_files([note, error]) == 1
    assert file.read_text() == "true"


def test_the_same_fix_twice_is_made_once(tmp_path: Path) -> None:
    """Two SLOs may inherit what is wrong from one place."""
    file = tmp_path / "slos.yaml"
    file.write_text("abc")
    findings = [finding(file=str(file), slo_id=name, fix=Fix("abc", "abcabc")) for name in "xy"]

    assert fix_files(findings) == 1
    assert file.read_text() == "abcabc"


@pytest.mark.parametrize(
    ("line", "column", "old"), [(1, 2, "abc"), (2, 1, "abc"), (1, 1, "abd"), (9, 9, "abc")]
)
def test_what_does_not_stand_there_is_not_replaced(line: int, column: int, old: str) -> None:
    """A place that is not exact, or a file that changed meanwhile, is left alone."""
    place = Position("slos.yaml", line, column)

    assert edits_of("abc\nx", [(place, Fix(old, "new"))]) == ()


def test_a_fix_that_changes_nothing_is_none() -> None:
    """What is written already is no edit, so that a second run finds nothing to do."""
    assert edits_of("abc", [(Position("f", 1, 1), Fix("abc", "abc"))]) == ()


def test_a_fix_stays_on_its_line() -> None:
    """Line ends are not a fix's to change."""
    with pytest.raises(ValueError, match="old"):
        Fix("a\nb", "c")


def test_a_file_in_another_encoding_stays(tmp_path: Path) -> None:
    """What is not UTF-8 is not touched."""
    file = tmp_path / "slos.py"
    file.write_bytes(b"# coding: latin-1\n# \xe9\nx = on\n")

    assert fix_files([finding(file=str(file), line=3, column=5, fix=Fix("on", "'on'"))]) == 0
    assert file.read_bytes() == b"# coding: latin-1\n# \xe9\nx = on\n"


def test_a_link_and_permissions_stay(tmp_path: Path) -> None:
    """The file behind a link is written, and is as private as it was."""
    file, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    file.write_text("abc")
    file.chmod(0o640)
    link.symlink_to(file)

    fix_files([finding(file=str(link), fix=Fix("abc", "x"))])

    assert link.is_symlink()
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("x", 0o640)


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last step fails the old file stands, and nothing is left beside it."""
    file = tmp_path / "slos.yaml"
    file.write_text("abc")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)

    with pytest.raises(OutputError, match="No space left on device"):
        fix_files([finding(file=str(file), fix=Fix("abc", "x"))])
    assert [path.name for path in tmp_path.iterdir()] == ["slos.yaml"]
    assert file.read_text() == "abc"


def _call(code: CodeType) -> CallSite:
    """Return the place of the call in a code object that is one expression."""
    positions = list(code.co_positions())
    widest = max(range(len(positions)), key=lambda index: positions[index][3] or 0)
    return CallSite(code, widest * 2)


@given(before=COMMENTS, end=BREAKS, mark=st.sampled_from([b"", MARK]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_argument_in_python_is_replaced_at_its_place(
    tmp_path: Path, before: str, end: str, mark: bytes
) -> None:
    """The place of a keyword's value is exact behind letters of several bytes, too."""
    file = tmp_path / "slos.py"
    line = f"f({before!a}, {before!r}, word='on') # {before}"
    content = mark + f"# {before}{end}{line}{end}".encode()
    file.write_bytes(content)
    code = compile(f"\n{line}", str(file), "eval")
    odd = Diagnostic(
        entry=finding().entry,
        found="odd",
        argument="word",
        origin=_call(code),
        fix=Fix("'on'", "'off'"),
    )

    assert fix_files([odd]) == 1
    assert file.read_bytes() == content.replace(b"word='on') #", b"word='off') #")
