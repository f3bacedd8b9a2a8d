"""promtool: how it is found, how it is run, and how its words are read."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from slogen.errors import ToolMissing
from slogen.trial import promtool
from slogen.trial.promtool import Mismatch, Outcome, Runs, Unreadable, find, mismatches
from tests.realtools import packages
from tests.realtools.waiting import until
from tests.trial.faking import fake_promtool, program

RULES = """\
groups:
  - name: g
    rules:
      - record: x:sum
        expr: sum(up)
"""
TESTS = r"""rule_files: [rules.yaml]
evaluation_interval: 30s
tests:
  - name: first "one"
    interval: 1m
    input_series:
      - series: 'up{a="x"}'
        values: '0+1x10'
    promql_expr_test:
      - expr: x:sum
        eval_time: 5m
        exp_samples:
          - labels: '{}'
            value: 3
      - expr: x:sum
        eval_time: 5m
        exp_samples:
          - labels: 'x:sum{}'
            value: 5
      - expr: "(x:sum{} > 1)\nor\nvector(-1)\n# é"
        eval_time: 5m30s
        exp_samples: []
      - expr: 'label_replace(vector(123456789.125), "x", "é\"\n🎉", "", "") or vector(5.5)'
        eval_time: 100ms
        exp_samples:
          - labels: 'foo{a="b"}'
            value: 3
      - expr: absent(x:sum)
        eval_time: 1d
        exp_samples:
          - labels: '{}'
            value: 0.25
  - interval: 1m
    input_series:
      - series: 'up{a="x"}'
        values: '0+1x10'
    promql_expr_test:
      - expr: sum_over_time(
        eval_time: 5m
        exp_samples: []
"""
RECORDED = r"""  FAILED:
    expr: "x:sum", time: 5m,
        exp: {} 3E+00
        got: {__name__="x:sum"} 5E+00
    expr: "(x:sum{} > 1)\nor\nvector(-1)\n# é", time: 5m30s,
        exp: nil
        got: {__name__="x:sum"} 5E+00
    expr: "label_replace(vector(123456789.125), \"x\", \"é\\\"\\n🎉\", \"\", \"\") or vector(5.5)", time: 100ms,
        exp: {__name__="foo", a="b"} 3E+00
        got: {} 5.5E+00, {x="é\"\n🎉"} 1.23456789125E+08
    expr: "absent(x:sum)", time: 1d,
        exp: {} 2.5E-01
        got: {} 1E+00
    expr: "sum_over_time(", time: 5m, err: 1:15: parse error: unclosed left parenthesis
"""  # noqa: E501 (as it was printed)
RECORDED_STDOUT = {"2": "Unit Testing:  tests.yaml\n" + "\n" * 6, "3": "\n" * 6}
READ = (
    Mismatch('"x:sum"', "{} 3E+00", '{__name__="x:sum"} 5E+00'),
    Mismatch(r'"(x:sum{} > 1)\nor\nvector(-1)\n# é"', "nil", '{__name__="x:sum"} 5E+00'),
    Mismatch(
        r'"label_replace(vector(123456789.125), \"x\", \"é\\\"\\n🎉\", \"\", \"\") or vector(5.5)"',
        '{__name__="foo", a="b"} 3E+00',
        r'{} 5.5E+00, {x="é\"\n🎉"} 1.23456789125E+08',
    ),
    Mismatch('"absent(x:sum)"', "{} 2.5E-01", "{} 1E+00"),
    Mismatch('"sum_over_time("', error="1:15: parse error: unclosed left parenthesis"),
)
ONE = '    expr: "x", time: 5m,\n        exp: nil\n        got: {} 1E+00\n'

LINES = ["2", "3"]


def write_tests(folder: Path, text: str = TESTS) -> Path:
    """Write rules and tests of them."""
    folder.mkdir(exist_ok=True)
    (folder / "rules.yaml").write_text(RULES)
    (folder / "tests.yaml").write_text(text)
    return folder / "tests.yaml"


@pytest.mark.parametrize("line", LINES)
def test_reads_what_was_recorded(line: str) -> None:
    """Expressions are kept as Go quotes them, samples as promtool prints them."""
    assert mismatches(Outcome(1, RECORDED_STDOUT[line], RECORDED)) == READ


@pytest.mark.parametrize("line", LINES)
def test_what_was_recorded_is_what_is_printed(line: str, folder: Path) -> None:
    """The real promtool prints to the letter what the record says."""
    tool = find(str(packages.find("promtool", line)))

    outcome = Runs().test(tool, write_tests(folder / "tests"))

    assert outcome == Outcome(1, RECORDED_STDOUT[line], RECORDED)


@pytest.mark.parametrize("line", LINES)
def test_a_success_has_no_mismatches(line: str, folder: Path) -> None:
    """Where nothing failed there is nothing to read."""
    tool = find(str(packages.find("promtool", line)))
    file = write_tests(folder / "tests", "rule_files: [rules.yaml]\ntests: []\n")

    outcome = Runs().test(tool, file)

    assert outcome.ending == 0
    assert mismatches(outcome) == ()


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rules.yaml", "sum(up)", "sum("),
        ("rules.yaml", "sum(up)", 'up * on () (up or label_replace(up, "b", "x", "", ""))'),
        ("tests.yaml", "rules.yaml", "none.yaml"),
        ("tests.yaml", "tests:", "test:"),
        ("tests.yaml", "interval: 1m", "interval: 1x"),
        ("tests.yaml", "0+1x10", "0+1x"),
    ],
)
def test_real_troubles_are_no_verdict(
    line: str, file: str, old: str, new: str, folder: Path
) -> None:
    """What promtool says about a file that is wrong, or a rule that fails, is no verdict."""
    tool = find(str(packages.find("promtool", line)))
    tests = write_tests(folder / "tests")
    tests.with_name(file).write_text(tests.with_name(file).read_text().replace(old, new))

    outcome = Runs().test(tool, tests)

    with pytest.raises(Unreadable, match=r"^it "):
        mismatches(outcome)


@pytest.mark.parametrize(
    ("ending", "stdout", "stderr"),
    [
        ("it was stopped after 1s", "", ""),
        (2, "", "panic: no more memory\n"),
        (2, "", RECORDED),
        (127, "  SUCCESS\n", ""),
        (0, "", ""),
        (0, "  SUCCESS\n", "  FAILED:\n"),
        (0, "  SUCCESS\n", "warning\n"),
        (0, "  SUCCESS\n  SUCCESS\n", ""),
        (0, "no SUCCESS\n", ""),
        (1, "", ""),
        (1, "", "\n"),
        (1, "", ONE),
        (1, "  SUCCESS\n", f"  FAILED:\n{ONE}"),
        (1, "what?\n", f"  FAILED:\n{ONE}"),
        (1, "", f"  WARNING: no file match pattern rules.yaml\n  FAILED:\n{ONE}"),
        (1, "", f"  FAILED:\n{ONE}\n"),
        (1, "", f"  FAILED:\n{ONE}panic: no more memory\n"),
        (1, "", f"  FAILED:\n{ONE}    rule: x:sum, time: 0s, err: found duplicate series\n"),
        (1, "", f"  FAILED:\n{ONE}    alertname: A, time: 6m, \n        exp:[], \n"),
        (1, "", f"  FAILED:\n{ONE.replace('exp', 'expected')}"),
        (1, "", f"  FAILED:\n{ONE.replace('time: 5m', 'time: 5 m')}"),
        (1, "", f"  FAILED:\n{ONE.partition('        got')[0]}"),
        (1, "", f"  FAILED:\n{ONE.partition('        exp')[0]}"),
        (1, "", f"  FAILED:\n{ONE.partition('        exp')[0]}{ONE}"),
        (1, "", f"  FAILED:\n{ONE.partition(' {} 1E+00')[0]}\n"),
        (1, "", '  FAILED:\n    expr: "x"y", time: 5m, err: z\n'),
        (1, "", '  FAILED:\n    expr: "x", time: 5m, err: two\nlines\n'),
        (1, "", "  FAILED:\n" + "\ufffd" * 3),
    ],
)
def test_what_is_not_known_is_not_passed_over(ending: int | str, stdout: str, stderr: str) -> None:
    """A run whose words are others than promtool's on failed expressions has no verdict."""
    with pytest.raises(Unreadable, match=r"^it "):
        mismatches(Outcome(ending, stdout, stderr))


def test_names_of_tests_are_passed_over() -> None:
    """Prometheus 3 names a test in front of some failures."""
    outcome = Outcome(1, "", f"  FAILED:\n    name: one: two,\n{ONE}")

    assert mismatches(outcome) == (Mismatch('"x"', "nil", "{} 1E+00"),)


@pytest.mark.parametrize("line", LINES)
def test_a_real_promtool_tells_its_version(line: str) -> None:
    """Debian's addition to the version is kept."""
    binary = packages.find("promtool", line)

    tool = find(str(binary))

    assert tool.path == binary
    assert tool.version.startswith(f"{line}.")


def test_finds_promtool_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name it is ``promtool`` that PATH is searched for."""
    path = fake_promtool()
    monkeypatch.setenv("PATH", f"/no/such/folder{os.pathsep}{path.parent}")

    assert find(None) == promtool.Tool(path, "9.8.7")


def test_finds_another_name_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare name is looked for on PATH and not in this folder."""
    fake_promtool(before="sys.exit(3)", name="promtool-9")
    path = fake_promtool(name="fake/promtool-9")
    monkeypatch.setenv("PATH", str(path.parent))

    assert find("promtool-9").path == path


def test_finds_a_path_from_here() -> None:
    """A path is relative to this folder, and is kept absolute since promtool runs elsewhere."""
    path = fake_promtool()

    assert find("./fake/promtool").path == path


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (None, "no 'promtool' on PATH"),
        ("promtool-9", "no 'promtool-9' on PATH"),
        ("./promtool", "no program at './promtool'"),
        ("./fake", "no program at './fake'"),
        ("./slos.py", "no program at './slos.py'"),
        ("./pro\0mtool", "no program at './pro\\x00mtool'"),
    ],
)
def test_what_is_not_there_is_missing(
    name: str | None, reason: str, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """What does not exist, is a folder or cannot be executed is told with what helps."""
    (folder / "fake").mkdir()
    monkeypatch.setenv("PATH", str(folder / "empty"))

    with pytest.raises(ToolMissing) as caught:
        find(name)

    assert str(caught.value) == (
        f"promtool was not found\n  found: {reason}\n"
        "  remedy: install it: apt install prometheus, from Debian trixie on "
        "apt install promtool,\n"
        "    or download it from https://prometheus.io/download/;\n"
        '    or name it with --promtool FILE, or with promtool = "..." in slogen.toml'
    )


@pytest.mark.parametrize(
    "text",
    [
        "#!/bin/sh\necho hello\n",
        "#!/bin/sh\necho prometheus, version 3.5.3\n",
        "#!/bin/sh\necho promtool, version unknown\n",
        "#!/bin/sh\necho promtool, version 3.5.3; exit 1\n",
        "#!/bin/sh\necho promtool, version 3.5.3; kill -9 $$\n",
        "#!/bin/sh\necho promtool, version 3.5.3; sleep 60\n",
        "#!/no/such/shell\n",
        "neither a binary nor a script",
        "",
    ],
)
def test_what_tells_no_version_is_no_promtool(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program, one that does not start, and one that hangs are told by their path."""
    monkeypatch.setattr(promtool, "_VERSION_SECONDS", 0.5)
    path = program(text)

    with pytest.raises(ToolMissing, match=f"found: {path}, which does not tell the version of a"):
        find(str(path))


def test_a_version_may_be_told_on_stderr() -> None:
    """Some builds tell it there."""
    path = program("#!/bin/sh\necho promtool, version 3.5.3 >&2\n")

    assert find(str(path)).version == "3.5.3"


def test_a_run_that_hangs_is_stopped(folder: Path) -> None:
    """The bound counts for the programs of a program as well, and what was printed is kept."""
    path = program("#!/bin/sh\necho started\nsleep 60 &\necho $! > child\nwait\n")

    outcome = Runs(seconds=0.5).run(path, folder=folder)

    assert outcome == Outcome("it was stopped after 0.5s", "started\n", "")
    until(lambda: not is_running(int(Path("child").read_text())), seconds=10)


def is_running(process: int) -> bool:
    """Tell whether there is a process that has not ended."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("#!/bin/sh\nexit 3\n", 3),
        ("#!/bin/sh\nkill -9 $$\n", "it was ended by SIGKILL"),
        ("#!/bin/sh\nkill -40 $$\n", "it was ended by signal 40"),
        ("#!/no/such/shell\n", "it cannot be run: No such file or directory"),
        ("neither a binary nor a script", "it cannot be run: Exec format error"),
    ],
)
def test_a_run_tells_how_it_ended(text: str, ending: int | str) -> None:
    """By its exit code, or in words."""
    assert Runs().run(program(text)).ending == ending


def test_what_is_no_text_is_kept_as_far_as_it_goes() -> None:
    """Bytes that are no UTF-8 do not stop slogen from showing the rest."""
    path = program("#!/bin/sh\nprintf 'a\\377b'\n")

    assert Runs().run(path).stdout == "a\ufffdb"


def test_a_run_reads_nothing_and_leaves_cores_to_others() -> None:
    """No input is left to read, and Go is told how much of the machine to take."""
    path = program("#!/bin/sh\ncat\necho $GOGC $GOMAXPROCS $HOME\n")

    assert Runs().run(path).stdout == f"400 2 {os.environ['HOME']}\n"


@pytest.mark.parametrize("name", ["a b", "[a]", "*", "ü", "{a,b}", "-x", "a'b"])
@pytest.mark.parametrize("line", LINES)
def test_a_folder_may_have_any_name(line: str, name: str, folder: Path) -> None:
    """The names of rule files are patterns to promtool, but the folder that they are in is not."""
    tool = find(str(packages.find("promtool", line)))

    outcome = Runs().test(tool, write_tests(folder / name))

    assert mismatches(outcome) == READ


def test_all_runs_are_stopped_at_once(folder: Path) -> None:
    """Those that are running end, and none begins any more."""
    runs = Runs()
    path = program("#!/bin/sh\ntouch begun\nsleep 60\n")
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.append(runs.run(path, folder=folder)))
    thread.start()
    until(Path("begun").exists, seconds=30)

    runs.stop()
    thread.join(timeout=30)

    assert outcomes == [Outcome("it was ended by SIGKILL", "", "")]
    assert runs.run(path) == Outcome("it was stopped", "", "")


ALERTS = """    name: what alerts say,
    alertname: A, time: 9m, 
        exp:[
            0:
              Labels:{alertname="A", job="a"}
              Annotations:{d="3\\n4"},
            1:
              Labels:{alertname="A", job="b"}
              Annotations:{}
            ], 
        got:[
            0:
              Labels:{alertname="A", job="a"}
              Annotations:{d="5\\n4"},
            1:
              Labels:{alertname="A", job="b"}
              Annotations:{}
            ]
"""  # noqa: W291 (as promtool prints it)
NO_ALERTS = "    name: t,\n    alertname: A, time: 9m, \n        exp:[], \n        got:[]\n"


def test_alerts_that_differ_are_kept() -> None:
    """Those that are as expected are left out; an expression may follow."""
    found = mismatches(Outcome(1, "\n", f"  FAILED:\n{ALERTS}{ONE}"))

    assert found == (
        Mismatch(
            "",
            expected=r'Labels:{alertname="A", job="a"} Annotations:{d="3\n4"}',
            got=r'Labels:{alertname="A", job="a"} Annotations:{d="5\n4"}',
            alert="A",
            test="what alerts say",
        ),
        Mismatch('"x"', "nil", "{} 1E+00"),
    )


def test_alerts_may_be_none() -> None:
    """Of what was expected, or of what fires."""
    (found,) = mismatches(Outcome(1, "\n", f"  FAILED:\n{NO_ALERTS}"))

    assert (found.expected, found.got, found.alert, found.test) == ("nil", "nil", "A", "t")


@pytest.mark.parametrize(
    "text",
    [
        ALERTS.replace("        exp:[\n", "        exp:\n"),
        ALERTS.replace("              Annotations:{}\n            ]\n", ""),
        ALERTS + "more\n",
        ALERTS.replace("Labels", "Names"),
    ],
)
def test_alerts_of_another_form_are_no_verdict(text: str) -> None:
    """What cannot be read does not pass."""
    with pytest.raises(Unreadable, match="it printed"):
        mismatches(Outcome(1, "\n", f"  FAILED:\n{text}"))


@pytest.mark.parametrize("line", LINES)
def test_alerts_are_read_as_promtool_prints_them(line: str, tmp_path: Path) -> None:
    """Both lines print them alike, whatever follows them."""
    (tmp_path / "rules.yaml").write_text(
        "groups:\n  - name: g\n    rules:\n      - {alert: A, expr: up}\n"
        "      - {alert: B, expr: up}\n"
    )
    (tmp_path / "tests.yaml").write_text(
        "rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n  - name: t\n"
        "    interval: 1m\n    input_series: [{series: up, values: 1x9}]\n    alert_rule_test:\n"
        "      - {alertname: A, eval_time: 5m, exp_alerts: [{exp_annotations: {d: x}}]}\n"
        "      - {alertname: B, eval_time: 5m}\n"
        "    promql_expr_test:\n      - {expr: up, eval_time: 5m}\n"
    )
    tool = find(str(packages.find("promtool", line)))

    found = mismatches(Runs().test(tool, tmp_path / "tests.yaml"))

    assert [(one.alert or one.expr, one.expected, one.got) for one in found] == [
        (
            "A",
            'Labels:{alertname="A"} Annotations:{d="x"}',
            'Labels:{alertname="A"} Annotations:{}',
        ),
        ("B", "nil", 'Labels:{alertname="B"} Annotations:{}'),
        ('"up"', "nil", '{__name__="up"} 1E+00'),
    ]
