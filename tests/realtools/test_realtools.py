"""The real tools are found, and say what they should."""

from pathlib import Path

import pytest

from tests.realtools import __main__ as command_line
from tests.realtools import promtool
from tests.realtools.packages import find
from tests.realtools.server import RequestRefusedError, ServerStartError, running_prometheus
from tests.realtools.tools import TOOLS, version_of
from tests.realtools.waiting import until

LINES = ("2", "3")

RULES = """
groups:
  - name: answers
    interval: 1s
    rules:
      - record: answer:constant
        expr: vector(42)
        labels: {asked_by: everyone}
"""

RULE_TEST = """
rule_files: [rules.yml]
tests:
  - promql_expr_test:
      - expr: answer:constant
        eval_time: 1m
        exp_samples:
          - labels: 'answer:constant{asked_by="everyone"}'
            value: VALUE
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Write a good rule file."""
    file = tmp_path / "rules.yml"
    file.write_text(RULES)
    return file


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("tool", ["promtool", "prometheus"])
def test_finds_tools_of_both_lines(tool: str, line: str) -> None:
    """Both lines have promtool and prometheus, each in a version of its line."""
    version = version_of(find(tool, line))

    assert TOOLS[tool].editions[line].accepts(version)


def test_command_prints_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints line, tool, version and path, by default of promtool and prometheus."""
    code = command_line.main([])

    rows = [row.split() for row in capsys.readouterr().out.splitlines()]
    expected = [(line, tool) for line in LINES for tool in ("prometheus", "promtool")]
    assert code == 0
    assert [(line, tool) for line, tool, _, _ in rows] == expected
    assert [Path(path) for *_, path in rows] == [find(tool, line) for line, tool in expected]


def test_command_refuses_unknown_tools(capsys: pytest.CaptureFixture[str]) -> None:
    """The command ends with an error that lists the known tools."""
    with pytest.raises(SystemExit, match="2"):
        command_line.main(["promtol"])

    assert "unknown: promtol; known: prometheus, promtool," in capsys.readouterr().err


@pytest.mark.parametrize("line", LINES)
def test_check_passes_good_rules(line: str, rules: Path) -> None:
    """A good rule file passes, and promtool's count of rules is returned."""
    output = promtool.check_rules(line, [rules])

    assert "SUCCESS: 1 rules found" in output


@pytest.mark.parametrize("line", LINES)
def test_check_fails_with_the_words_of_promtool(line: str, rules: Path) -> None:
    """A syntax error fails with all that promtool says about it."""
    rules.write_text(RULES.replace("vector(42)", "vector("))

    with pytest.raises(promtool.PromtoolError, match=r"(?s)check rules .* parse error"):
        promtool.check_rules(line, [rules])


@pytest.mark.parametrize("line", LINES)
def test_check_is_fatal_on_lint(line: str, rules: Path) -> None:
    """A duplicate rule, which promtool by default only mentions, fails."""
    group = RULES.partition("groups:")[2]
    rules.write_text(RULES + group.replace("answers", "again"))

    with pytest.raises(promtool.PromtoolError, match=r"(?s)ended with 3.*duplicate rule"):
        promtool.check_rules(line, [rules])


def test_check_wants_files() -> None:
    """No files are an error, for promtool would check its empty stdin and be content."""
    with pytest.raises(ValueError, match="promtool without files reads stdin"):
        promtool.check_rules("2", [])


@pytest.mark.parametrize("line", LINES)
def test_rule_tests_pass(line: str, rules: Path) -> None:
    """A test that expects the recorded value passes."""
    file = rules.with_name("test.yml")
    file.write_text(RULE_TEST.replace("VALUE", "42"))

    output = promtool.test_rules(line, [file])

    assert "SUCCESS" in output


@pytest.mark.parametrize("line", LINES)
def test_rule_tests_fail_with_expected_and_got(line: str, rules: Path) -> None:
    """A test that expects another value fails with both values."""
    file = rules.with_name("test.yml")
    file.write_text(RULE_TEST.replace("VALUE", "41"))

    with pytest.raises(promtool.PromtoolError, match=r"(?si)exp:.*4\.1E\+01.*got:.*4\.2E\+01"):
        promtool.test_rules(line, [file])


@pytest.mark.parametrize("line", LINES)
def test_server_evaluates_rules(line: str, rules: Path, tmp_path: Path) -> None:
    """A server loads a group, evaluates it, and returns what it recorded."""
    with running_prometheus(line, [rules], folder=tmp_path) as server:
        recorded = until(lambda: server.query("answer:constant"), seconds=30)
        [group] = server.rule_groups()

    labels = {"__name__": "answer:constant", "asked_by": "everyone"}
    assert recorded == [(labels, 42.0)]
    assert group["interval"] == 1
    assert [rule["health"] for rule in group["rules"]] == ["ok"]


def test_server_reloads_and_refuses(rules: Path, tmp_path: Path) -> None:
    """A changed file counts after a reload; a broken one is refused, as is a broken query."""
    with running_prometheus("3", [rules], folder=tmp_path) as server:
        rules.write_text(RULES.replace("answers", "renamed"))
        server.reload()
        names = [group["name"] for group in server.rule_groups()]
        rules.write_text("groups: 1")
        with pytest.raises(RequestRefusedError, match=r"(?s)POST /-/reload: 500 .*reload config"):
            server.reload()
        with pytest.raises(RequestRefusedError, match=r"400 .*parse error"):
            server.query("vector(")
        scalar = server.query("time()", time=1_000)

    assert names == ["renamed"]
    assert scalar == [({}, 1_000.0)]
    with pytest.raises(OSError, match="refused"):
        server.query("1")


def test_server_that_cannot_start_shows_its_log(rules: Path, tmp_path: Path) -> None:
    """A server that ends at once raises with the tail of its log."""
    arguments = ["--no-such-flag"]

    with (
        pytest.raises(ServerStartError, match=r"(?s)ended with \d.*unknown long flag"),
        running_prometheus("3", [rules], folder=tmp_path, arguments=arguments),
    ):
        pytest.fail("the server started")


def test_server_wants_rule_files_that_exist(tmp_path: Path) -> None:
    """A rule file that is missing is an error, for Prometheus would run without it."""
    with (
        pytest.raises(FileNotFoundError, match=r"missing\.yml"),
        running_prometheus("3", [tmp_path / "missing.yml"], folder=tmp_path),
    ):
        pytest.fail("the server started")
