"""Whatever a file holds, reading it gives a tree or says what is wrong and where."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from slogen.errors import InputError, UnreadableFile
from slogen.formats.yaml import reading
from slogen.formats.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from slogen.formats.yaml.reading import DEEPEST, LARGEST_FILE, MOST_FAULTS, read, read_file


def faults(text: str | bytes) -> list[str]:
    """Return the first line of what is wrong with a file."""
    content = text if isinstance(text, bytes) else text.encode()
    return [str(fault.diagnostic).split("\n")[0] for fault in read(content, "a.yaml").faults]


def told(fault: InputError) -> str:
    """Return the last line of what is said about a fault."""
    return str(fault.diagnostic).split("\n")[-1].strip()


def test_reads_mappings_lists_and_scalars() -> None:
    """A file becomes a tree of nodes that hold what was written."""
    root = read(b"a: [x, '1', 2]\nb: {c: true, d: }\n", "a.yaml").root

    assert isinstance(root, MappingNode)
    items, inner = root["a"], root["b"]
    assert isinstance(items, SequenceNode)
    assert isinstance(inner, MappingNode)
    scalars = [*items, *(node for _, node in inner.items())]
    found = [(node.text, node.kind) for node in scalars if isinstance(node, ScalarNode)]
    assert found == [("x", "text"), ("1", "text"), ("2", "int"), ("true", "bool"), ("", "null")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", "a.yaml:2:1: error: a is given twice"),
        ("a: {b: 1, b: 2}\n", "a.yaml:1:11: error: b is given twice"),
        ("a: !!str x\n", "a.yaml:1:4: error: the tag !!str is not read"),
        ("a: !x {}\n", "a.yaml:1:4: error: the tag !x is not read"),
        ("a: !x []\n", "a.yaml:1:4: error: the tag !x is not read"),
        ("a: &x {}\nb:\n  <<: *x\n", "a.yaml:3:3: error: merge keys (<<) are not read"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1: error: a second document begins here"),
        ("a: 1\n...\nb: 2\n", "a.yaml:3:1: error: not YAML: did not find expected <document"),
        ("%YAML 1.1\n---\na: 1\n", "a.yaml:1:1: error: directives are not read"),
        ("%TAG ! x:\n---\na: 1\n", "a.yaml:1:1: error: directives are not read"),
        ("? [a]\n: b\n", "a.yaml:1:3: error: a key has to be a text"),
        ("a: *x\n", "a.yaml:1:4: error: there is no anchor &x above"),
        ("a: &x\n  b: *x\n", "a.yaml:2:6: error: the alias *x holds itself"),
        ("a: b: c\n", "a.yaml:1:5: error: not YAML: mapping values are not allowed"),
        ("a:\n\tb: 1\n", "a.yaml:2:1: error: not YAML: a tab stands here"),
        ("a: 'x\nb: 1\n", "a.yaml:1:4: error: not YAML: found unexpected end of stream"),
        ("a: [1, 2\nb: 1\n", "a.yaml:2:2: error: not YAML: did not find expected ',' or ']'"),
        ("a: \x00b\n", "a.yaml:1:4: error: not YAML: the character U+0000 cannot stand in a file"),
        ("a: x\ufeff\n", "a.yaml:1:5: error: not YAML: the character U+FEFF cannot stand"),
        (b"a: \xff\n", "a.yaml:1:4: error: not UTF-8: byte 0xff, invalid start byte"),
        (b"\xef\xbb\xbfa: \xe9t\xe9\n", "a.yaml:1:4: error: not UTF-8: byte 0xe9"),
        (b"\xff\xfea\x00", "error: a.yaml is UTF-16"),
        (b"\x00\x00\xfe\xff", "error: a.yaml is UTF-32"),
    ],
)
def test_what_is_not_read_is_placed(text: str | bytes, expected: str) -> None:
    """What slogen does not read of YAML is refused at its place."""
    (found,) = faults(text)

    assert found.startswith(expected)


def test_what_is_refused_has_a_remedy() -> None:
    """Whoever is refused learns what to do."""
    wrong = (
        "a: 1\na: 2",
        "a: !x b",
        "<<: {}",
        "a: 1\n---\nb: 2",
        "a: b: c",
        b"\xff\xfea",
        "\tx: 1",
    )
    found = [read(t if isinstance(t, bytes) else t.encode(), "a.yaml") for t in wrong]

    assert all(told(fault).startswith("remedy: ") for one in found for fault in one.faults)


def test_all_faults_of_a_file_are_told() -> None:
    """What is wrong with one value does not hide what is wrong with the next."""
    text = "a: 1\na: 2\nb: !x y\nc: *z\n"

    assert [line.split(": ")[0] for line in faults(text)] == [
        "a.yaml:2:1",
        "a.yaml:3:4",
        "a.yaml:4:4",
    ]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    """A mark in front of UTF-8 is passed over, and columns count from behind it."""
    reading = read(b"\xef\xbb\xbfa: 1\n", "a.yaml")

    assert reading.faults == ()
    assert isinstance(reading.root, MappingNode)
    assert str(reading.root.position()) == "a.yaml:1:1"


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_an_empty_file_has_no_tree_or_nothing_in_it(text: str) -> None:
    """A file without a value is not wrong by itself."""
    reading = read(text.encode(), "a.yaml")

    assert reading.faults == ()
    assert reading.root is None or isinstance(reading.root, ScalarNode)


def test_what_older_readers_take_for_something_else_is_a_finding() -> None:
    """A scalar that YAML 1.1 reads otherwise is noted, keys too; a quoted one is not."""
    findings = read(b"on: 'no'\na: 012\nb: 30d\n", "a.yaml").findings

    assert [str(one).split(" is ")[0] for one in findings] == [
        "a.yaml:1:1: note: on",
        "a.yaml:2:4: note: 012",
    ]


def test_aliases_cannot_make_a_file_large() -> None:
    """A few lines that stand for millions of values are refused before anything is made of them."""
    rows = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for one, two in itertools.pairwise("abcdefghijklmnop"):
        rows.append(f"{two}: &{two} [{', '.join([f'*{one}'] * 10)}]")

    (found,) = faults("\n".join(rows))
    assert "its aliases make the file more than 10 times as large" in found


def test_an_alias_may_repeat_what_many_share() -> None:
    """A policy that is repeated for every SLO does not count as an attack."""
    rows = ["a: &a {b: [x, x, x], c: {d: e}}", *(f"k{number}: *a" for number in range(1000))]

    assert faults("\n".join(rows)) == []


def test_nesting_is_limited() -> None:
    """What is nested too deeply is refused at the level that is one too many."""
    (found,) = faults("[" * (DEEPEST + 1))

    assert found.startswith(f"a.yaml:1:{DEEPEST + 1}: error: nested deeper than {DEEPEST} levels")
    assert faults("[" * DEEPEST + "]" * DEEPEST) == []


def test_faults_are_limited() -> None:
    """A file with thousands of faults does not fill the screen."""
    assert len(faults("a: 1\n" * 1000)) == MOST_FAULTS
    assert len(faults("a: *x\n" * 1)) == 1
    assert len(faults("\x01" * 1000)) == MOST_FAULTS


def test_values_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with more values than any project has is refused."""
    monkeypatch.setattr(reading, "MOST_NODES", 10)

    (found,) = faults("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]")
    assert "more than 10 values in one file" in found


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    """Of a file that is too large only so much is read as shows that it is."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(5 * LARGEST_FILE)

    (fault,) = read_file(path).faults
    assert isinstance(fault, UnreadableFile)
    assert "is larger than 10 MiB, the most that is read" in str(fault)


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    """A folder, and a file that is not there, are no tracebacks."""
    reasons = [str(read_file(tmp_path / name).faults[0]) for name in ("", "no.yaml")]

    assert "cannot be read: Is a directory" in reasons[0]
    assert "cannot be read: No such file or directory" in reasons[1]


def test_a_device_is_not_read_for_ever() -> None:
    """A file without an end is one that is too large."""
    (fault,) = read_file(Path("/dev/zero")).faults

    assert "is larger than" in str(fault)


def test_a_repeated_key_stands_where_it_is_repeated() -> None:
    """A key that is an alias is found in the mapping that has it, and so is its double."""
    root = read(b"a: &k b\nc: {*k : 1, b: 2}\n", "a.yaml")
    (fault,) = root.faults

    assert str(fault.position) == "a.yaml:2:13"
    assert "the other one: a.yaml:2:5" in str(fault)


def test_merge_keys_cannot_make_a_file_large() -> None:
    """Each mapping that shares keys has them all, so that they count as what aliases repeat."""
    keys = "".join(f"  key{number}: a\n" for number in range(1_000))
    text = f"all: &all\n{keys}many:\n" + "  - {<<: *all}\n" * 1_000

    (fault,) = read(text.encode(), "a.yaml", several=True).faults

    assert "more than 10 times as large" in str(fault)
