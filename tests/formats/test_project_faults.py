"""What is wrong with a project file, and where: all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen.errors import Faults, InputError
from slogen.formats import load_project

if TYPE_CHECKING:
    from pathlib import Path

NO_KEY = "is no key that slogen knows"
WORDS = (
    "alert_annotations, alert_labels, alert_names, base_range, defaults, fast_interval, grafana, "
    "identity, layout, lint, longest_gap, naming, offset, out, paths, prometheus, promtool, "
    "query_offset, scrape_interval, severities, severity_labels, slow_interval, target, targets"
)
VALUES = [
    "out = «5»",
    "\n\n  out   =   «5»  \n",
    "out=«5»",
    "out = «5» # why",
    'out = «""» # why #',
    '"out" = «5»',
    "'out' = «5»",
    "\r\n\r\nout = «5»\r\n",
    '# out = "x"\nout = «5»',
    "# é\u2028é\x85\nout = «5»",
    'alert_annotations = {a = """\nout = 1\n"""}\nout = «5»',
    'alert_annotations = {a = """\n[x]\n"""}\nout = «5»',
    'paths = "out = 1"\nout = «5»',
    "paths = [«5»]",
    "paths = «[]»",
    "identity = {a = «5»}",
    'naming = «"é"» # é',
    "defaults = «5»",
    "[defaults]\nowner = «5»",
    "[ defaults ] # ]\nowner = «5»",
    '["defaults"]\nowner = «5»',
    "['defaults']\nowner = «5»",
    "defaults.owner = «5»",
    'defaults . "owner" = «5»',
    "defaults = {owner = «5»}",
    'defaults = { runbook = "https://owner=1", owner = «5» }',
    'identity = {owners = "x"}\n[alert_labels]\nout = "x"\n[defaults]\nowner = «5»',
]
PYPROJECT = [
    "[tool.slogen]\nout = «5»",
    "[project]\nout = 1\n[tool.slogen]\nout = «5»\n[tool.other]\nout = 2",
    "[tool.slogen.defaults]\nowner = «5»",
    "[tool.slogen]\ndefaults.owner = «5»",
    "[tool.slogen]\ndefaults = {owner = «5»}",
    "[tool]\nslogen.out = «5»",
    "tool.slogen.out = «5»",
    "[tool]\nslogen = {out = «5»}",
    '[tool."slogen"]\nout = «5»',
    "[ tool . 'slogen' ]\nout = «5»",
]
UNKNOWN = [
    "«pathz» = 1",
    '  «"pathz"» = 1',
    "«'pathz'» = 1",
    "«a-b» = 1",
    "[defaults]\n«onwer» = 1",
    "defaults = {«onwer» = 1}",
    "defaults.«onwer» = 1",
    "[«extra»]\na = 1",
    "[«extra».more]\na = 1",
    "[[«extra»]]\na = 1",
    "«extra».more = 1",
    '«"out "» = 1',
    '«"é"» = 1',
]
TABLES = [
    "{prefix}[{inner}severities]\npage = 5",
    "{prefix}[{inner}severities]\nticket = 'x'\npage = 5 # why",
    "{prefix}[ {inner}severities ]\n'page' = 5",
    "{table}severities.page = 5",
    "{table}severities = {{page = 5}}",
]


def fault(folder: Path, text: str, name: str = "slogen.toml") -> InputError:
    """Return what is wrong with a project file."""
    (folder / name).write_bytes(text.encode())
    with pytest.raises(InputError, match=r".") as caught:
        load_project(folder / name)
    return caught.value


def marked(text: str) -> tuple[int, int, int]:
    """Return the line, the column and the end column of what stands between « and »."""
    before, _, rest = text.partition("«")
    within, _, _ = rest.partition("»")
    column = len(before) - before.rfind("\n")
    return before.count("\n") + 1, column, column + len(within)


def underlined(folder: Path, text: str, name: str = "slogen.toml") -> tuple[int, int, int | None]:
    """Return the place that a fault names in a text, whose marks are left out."""
    position = fault(folder, text.replace("«", "").replace("»", ""), name).position
    assert position is not None
    return position.line, position.column, position.end_column


@pytest.mark.parametrize("text", VALUES)
def test_a_wrong_value_is_underlined(tmp_path: Path, text: str) -> None:
    """The value and nothing else, however TOML lets one write it."""
    assert underlined(tmp_path, text) == marked(text)


@pytest.mark.parametrize("text", PYPROJECT)
def test_a_wrong_value_of_pyproject_is_underlined(tmp_path: Path, text: str) -> None:
    """The value in slogen's table, and not one that is called alike in another."""
    assert underlined(tmp_path, text, "pyproject.toml") == marked(text)


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_key_is_underlined(tmp_path: Path, text: str) -> None:
    """The key and not its value."""
    assert underlined(tmp_path, text) == marked(text)


@pytest.mark.parametrize("text", TABLES)
def test_a_wrong_entry_is_told_in_its_table(tmp_path: Path, text: str) -> None:
    """A fault inside of a table of words is told on its line, or on that of the table's head."""
    text = "\n\n" + text.format(prefix="", inner="", table="")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip()]

    line, _, _ = underlined(tmp_path, text)

    assert line in lines


@pytest.mark.parametrize("text", TABLES)
def test_a_wrong_entry_of_pyproject_is_told_in_its_table(tmp_path: Path, text: str) -> None:
    """The same below ``tool.slogen``."""
    head = "[tool.slogen]\n"
    text = text.format(prefix=head, inner="tool.slogen.", table=head)
    text = f"[project]\nname = 'x'\n{text}"
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if "page" in line]

    line, _, _ = underlined(tmp_path, text, "pyproject.toml")

    assert line in (*lines, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("promtool = 5", "promtool is 5\n  allowed: a text"),
        ('promtool = ""', "promtool is ''\n  allowed: a text"),
        ('promtool = ["promtool"]', "promtool is ['promtool']\n  allowed: a text"),
        ("paths = 5", "paths is 5\n  allowed: a text or a list of texts, such as"),
        ("paths = []", "paths is []\n  allowed: a text or a list"),
        ('paths = ["a", ""]', "paths[1] is ''\n  allowed: a text that is not empty"),
        ("paths = [1]", "paths[0] is 1\n  allowed: a text"),
        ("out = ['x']", "out is ['x']\n  allowed: a text"),
        ('out = ""', "out is ''\n  allowed: a text"),
        ("targets = 1", "targets is 1\n  allowed: a text or a list"),
        ("layout = true", "layout is "),
        ("scrape_interval = 30", "scrape_interval is 30\n  allowed: a duration such as"),
        ('scrape_interval = "x"', 'scrape_interval is "x"\n  allowed: a duration such as'),
        ("offset = 2020-01-01", "offset is "),
        ("prometheus = 2.53", 'prometheus is 2.53\n  allowed: a version such as "2.42"'),
        ('naming = "x"', 'naming is \'x\'\n  allowed: "slogen" or "sloth"'),
        ("naming = []", 'naming is []\n  allowed: "slogen" or "sloth"'),
        ("identity = 5", "identity is 5\n  allowed: a mapping such as"),
        ('identity = {slo_id = "x"}', 'identity is "slo_id"\n  allowed: a label that neither'),
        ('severities = {high = "x"}', "severities is 'high'\n  allowed: words for"),
        (
            'severity_labels.high.a = "x"',
            "a key of severity_labels is 'high'\n  allowed: labels for",
        ),
        ("severity_labels.page.a = 5", "a is 5\n  allowed: a text"),
        ("severity_labels.page = 5", "page is 5\n  allowed: a mapping such as"),
        ('severity_labels.page.slo_id = "x"', 'a key of page is "slo_id"\n  allowed: a label'),
        ('alert_names = {X = "x"}', "alert_names is 'X'\n  allowed: SLO"),
        ('alert_labels = {a = "{{"}', "a is '{{'"),
        ('alert_annotations = {"a-b" = "x"}', "alert_annotations is 'a-b'\n  allowed: letters"),
        ("defaults = []", "defaults is []\n  allowed: a table"),
        ("[[defaults]]", "defaults is [{}]\n  allowed: a table"),
        ("target = 5", 'target is 5\n  allowed: a table\n  remedy: did you mean "targets"?'),
        ("defaults.owner = 5", "owner is 5\n  allowed: a text"),
        ('defaults.runbook = "x"', "runbook is 'x'\n  allowed: an address"),
    ],
)
def test_a_wrong_value_is_told(tmp_path: Path, text: str, expected: str) -> None:
    """The key, what was found and what is allowed, as far as a file can know it."""
    assert expected in str(fault(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("path = 1", 'did you mean "paths"?'),
        ("targts = 1", 'did you mean "targets"?'),
        ("scrape-interval = 1", 'did you mean "scrape_interval"?'),
        ("[severity]", 'did you mean "severities"?'),
        ("[default]", 'did you mean "defaults"?'),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest(tmp_path: Path, text: str, remedy: str) -> None:
    """A slip of the fingers is answered with what was meant."""
    key = text.strip("[]").partition(" ")[0]

    assert str(fault(tmp_path, text)) == f"{key} {NO_KEY}\n  allowed: {WORDS}\n  remedy: {remedy}"


def test_an_unknown_key_that_is_like_none_is_told_without_a_guess(tmp_path: Path) -> None:
    """A guess that is none helps nobody."""
    assert str(fault(tmp_path, "xyz = 1")) == f"xyz {NO_KEY}\n  allowed: {WORDS}"


def test_an_unknown_key_of_the_defaults_is_told_with_theirs(tmp_path: Path) -> None:
    """What a table knows is what is allowed in it."""
    assert str(fault(tmp_path, "[defaults]\nownr = 1")) == (
        f'ownr {NO_KEY}\n  allowed: owner, runbook\n  remedy: did you mean "owner"?'
    )


def test_a_diagnostic_looks_like_this(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File, line and column, the message, the line with a caret, and what is allowed."""
    monkeypatch.chdir(tmp_path)

    text = str(fault(tmp_path, '# mine\nout = "build"\nscrape_interval = "fast"\n').diagnostic)

    assert text == (
        'slogen.toml:3:19: error: scrape_interval is "fast"\n'
        '    3 | scrape_interval = "fast"\n'
        "      |                   ^^^^^^\n"
        '  allowed: a duration such as "30s", "5m", "1h30m" or "30d"'
    )


def test_all_faults_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run shows all that is wrong, each at its own place, in reading order."""
    monkeypatch.chdir(tmp_path)
    lines = [
        "paths = 5",
        "scrape_interval = 7",
        "pathz = 1",
        "[defaults]",
        "onwer = 2",
        "owner = 1",
    ]

    faults = fault(tmp_path, "\n".join(lines))

    assert isinstance(faults, Faults)
    assert [str(one.position) for one in faults.faults] == [
        "slogen.toml:1:9",
        "slogen.toml:2:19",
        "slogen.toml:3:1",
        "slogen.toml:5:1",
        "slogen.toml:6:9",
    ]


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("out = ", "1:7", "Invalid value"),
        ('\n\nout = "x" y', "3:11", "Expected newline or end of document after a statement"),
        ("out = 1\nout = 2", "2:8", "a key is given twice"),
        ("é = 1", "1:1", "Invalid statement"),
        ('"é" = é', "1:7", "Invalid value"),
        ("\r\n=", "2:1", "Invalid statement"),
        ('\n\nout = "x', "3:9", "Unterminated string"),
        ("\n\npaths = [\n'a',\n", "5:1", "Invalid value"),
        ("\n[defaults", "2:10", "at the end of a table declaration"),
    ],
)  # fmt: skip
def test_what_is_no_toml_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str, reason: str
) -> None:
    """Where reading stopped, and why; at the end of the file where it ended too early."""
    monkeypatch.chdir(tmp_path)

    caught = fault(tmp_path, text)

    assert str(caught).startswith("not TOML: ")
    assert reason in str(caught)
    assert str(caught.position) == f"slogen.toml:{place}"


@pytest.mark.parametrize("name", ["slogen.toml", "pyproject.toml"])
@pytest.mark.parametrize(
    ("content", "place"),
    [(b"caf\xe9 = 1", "1:4"), (b'a = 1\nb = "\xff"', "2:6")],
)
def test_what_is_no_utf_8_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, place: str
) -> None:
    """TOML is UTF-8, and the first byte that is not is where the fault is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(content)

    with pytest.raises(InputError, match=r"not TOML: ") as caught:
        load_project(tmp_path / name)

    assert str(caught.value.position) == f"{name}:{place}"


def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is slogen's, with the file and the reason."""

    def refused(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / "slogen.toml").touch()
    monkeypatch.setattr("pathlib.Path.read_bytes", refused)

    with pytest.raises(InputError, match=r"slogen\.toml.*Permission denied"):
        load_project(tmp_path / "slogen.toml")


@pytest.mark.parametrize("text", [f"out = {'[' * 3000}", f"out = {'9' * 5000}"])
def test_a_hostile_file_is_told(tmp_path: Path, text: str) -> None:
    """What Python's own reader gives up on is an error of slogen's."""
    assert "TOML" in str(fault(tmp_path, text))
