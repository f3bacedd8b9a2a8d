"""``slogen lint``: streams, exit codes, baselines, fixes and explanations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from slogen.cli.exits import Exit
from slogen.codes import CODES
from tests.cli.running import build, files, process, project, run
from tests.live.stub import always, serving, vector

YAML = """\
apiVersion: slogen/v1
services:
  - name: shop
    owner: on  # duty
    runbook: https://runbooks.example.com/shop
    slos:
      - name: orders
        description: Orders are taken.
        objective: 80%
        window: 30d
        sli:
          up: {gauge: up}
"""
SCRIPT = """\
from slogen import SLO, Service, Up

print("hello")
edge = Service("edge", owner="team-edge", runbook="https://runbooks.example.com/edge")
slo = SLO(
    service=edge,
    name="reached",
    description="The edge is reached.",
    objective="99.9%",
    window="30d",
    sli=Up(gauge="edge_up"),
)
"""
NOTES = ["yaml-dialect", "tier-lowered", "tier-left-out"]
WRONG = YAML.replace("80%", "100%")


@pytest.fixture(autouse=True)
def script(folder: Path) -> None:
    """Write a script in which nothing is found."""
    (folder / "slos.py").write_text(SCRIPT)


def write_yaml(text: str = YAML, *, name: str = "slos.yaml") -> None:
    """Write a file of slogen YAML as it is."""
    Path(name).write_bytes(text.encode())


def codes(*arguments: str) -> list[str]:
    """Return the codes of what is found."""
    result = run("lint", *arguments, "--format", "json")
    return [each["code"] for each in json.loads(result.stdout)["diagnostics"]]


def test_what_is_fine_prints_nothing() -> None:
    """Stdout is empty, stderr says so, and nothing is written."""
    before = files(".")

    result = run("lint", "slos.py")

    assert (result.exit_code, result.stdout) == (Exit.FINE, "")
    assert result.stderr == "hello\nslogen: nothing found\n"
    assert files(".") == before


def test_notes_are_fine_and_warnings_are_not() -> None:
    """Findings are on stdout, where a script's output does not reach; the count on stderr."""
    write_yaml()

    notes = run("lint", "slos.yaml", "slos.py")
    project('[lint.severity]\ntier-lowered = "warning"')
    warnings = run("lint", "slos.yaml", "slos.py")

    assert notes.exit_code == Exit.FINE
    assert notes.stdout.startswith("slos.yaml:4:12: note: on is a text")
    assert notes.stderr == "hello\nslogen: 3 notes, 1 to be fixed by --fix\n"
    assert warnings.exit_code == Exit.FINDINGS
    assert warnings.stderr == "hello\nslogen: 1 warning, 2 notes, 1 to be fixed by --fix\n"


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_a_wrong_definition_is_code_3(form: str) -> None:
    """It is a finding as others are, in each form, beside what is worth knowing of the files."""
    write_yaml(WRONG)

    result = run("lint", "slos.yaml", "--format", form)

    assert result.exit_code == Exit.INPUT
    assert "invalid-value" in result.stdout
    assert "yaml-dialect" in result.stdout
    assert result.stderr.startswith("slogen: 1 error, 1 note")


def test_a_refused_value_has_one_remedy() -> None:
    """Of a yes that has to be true nothing says that it belongs between quotes."""
    write_yaml(f"{YAML}        alerts: {{exhausted: yes}}\n")

    before = codes("slos.yaml")
    run("lint", "slos.yaml", "--fix")

    assert "wrong-type" in before
    assert before.count("yaml-dialect") == 1
    assert "exhausted: true" in Path("slos.yaml").read_text(encoding="utf-8")


def test_what_a_check_refuses_hides_nothing() -> None:
    """It is one finding of several, of its SLO and of others, and code 3."""
    wrong = "      - name: queue\n        objective: 99%\n        window: 30d\n        sli:\n"
    wrong += "          time_slices: {query: sum(queue) < 9, good_when: < 9}\n"
    write_yaml(YAML + wrong)

    result = run("lint", "slos.yaml")

    assert result.exit_code == Exit.INPUT
    assert result.stderr == "slogen: 1 error, 4 notes, 1 to be fixed by --fix\n"
    assert sorted(codes("slos.yaml")) == sorted(
        [*NOTES, "missing-description", "verdict-never-changes"]
    )


def test_what_lacks_an_owner_a_runbook_or_a_description_is_found() -> None:
    """A build is silent about these."""
    write_yaml(YAML.replace("    owner: on  # duty\n", "").replace("80%", "99%"))
    lacks_an_owner = codes("slos.yaml")
    write_yaml(YAML.replace("    runbook:", "    # runbook:").replace("on  # duty", "team"))
    lacks_a_runbook = codes("slos.yaml", "--ignore", "tier-lowered,tier-left-out")
    built = build("slos.yaml")

    assert lacks_an_owner == ["missing-owner"]
    assert lacks_a_runbook == ["missing-runbook"]
    assert "missing" not in built.stderr


def test_a_wrong_project_file_is_code_3() -> None:
    """It is a finding, too, so that every form of report has it."""
    project("out = 5")

    result = run("lint", "slos.py", "--format", "sarif")

    (found,) = json.loads(result.stdout)["runs"][0]["results"]
    assert result.exit_code == Exit.INPUT
    assert found["message"]["text"].startswith("out is 5")


def test_a_wrong_table_stops_a_build_too() -> None:
    """A typing error is seen by whichever command comes first."""
    project('[lint.severity]\nx = "note"')

    result = build("slos.py")

    assert result.exit_code == Exit.INPUT
    assert 'slogen.toml:2:1: error: code is "x"' in result.stderr


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], NOTES),
        (["--select", "tier-lowered"], ["tier-lowered"]),
        (["--select", "tier-lowered, yaml-dialect"], ["yaml-dialect", "tier-lowered"]),
        (["--select", "tier-lowered", "--select", "tier-left-out"], NOTES[1:]),
        (["--ignore", "tier-lowered,tier-left-out"], ["yaml-dialect"]),
    ],
)
def test_codes_are_chosen(options: list[str], expected: list[str]) -> None:
    """Codes are given with commas between them, or one by one."""
    write_yaml()

    assert sorted(codes("slos.yaml", *options)) == sorted(expected)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("tier-lowerd", 'did you mean "tier-lowered"?'),
        ("invalid-value", '"invalid-value", which is an error'),
        ("x", "allowed: absent-in-query, bad-from-another-metric"),
    ],
)
@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_code_that_cannot_be_chosen_is_code_2(option: str, code: str, said: str) -> None:
    """A typing error does not hide everything in silence."""
    result = run("lint", "slos.py", option, code)

    assert result.exit_code == Exit.USAGE
    assert said in result.stderr


def test_a_baseline_hides_what_was_there_before() -> None:
    """What was written is known wherever it stands; one more is new."""
    write_yaml()
    written = run("lint", "slos.yaml", "--write-baseline", "known.jsonl")
    write_yaml("# moved\n\n" + YAML)

    known = run("lint", "slos.yaml", "--baseline", "known.jsonl")
    write_yaml(YAML.replace("name: shop", "name: off"))
    new = codes("slos.yaml", "--baseline", "known.jsonl")

    assert (written.exit_code, written.stdout) == (Exit.FINE, "")
    assert written.stderr == "slogen: 3 findings written to known.jsonl\n"
    assert (known.exit_code, known.stdout) == (Exit.FINE, "")
    assert known.stderr == "slogen: nothing found, 3 in the baseline\n"
    assert sorted(new) == sorted(NOTES)


def test_a_baseline_that_is_written_anew_keeps_what_is_known() -> None:
    """It holds all that there is but idle exceptions, also where the old one is given."""
    write_yaml()
    project('[[lint.exceptions]]\ncode = "tier-lowered"\nslo = "x"\nreason = "r"\n')
    write = ("lint", "slos.yaml", "--write-baseline", "known.jsonl")
    run(*write)
    before = Path("known.jsonl").read_bytes()

    result = run(*write, "--baseline", "known.jsonl")

    assert result.stderr == "slogen: 3 findings written to known.jsonl\n"
    assert Path("known.jsonl").read_bytes() == before
    assert before.count(b"\n") == 3


def test_a_baseline_is_not_written_of_a_wrong_definition() -> None:
    """The error is shown instead: what else there is was not looked for."""
    write_yaml(WRONG)

    result = run("lint", "slos.yaml", "--write-baseline", "known.jsonl")

    assert result.exit_code == Exit.INPUT
    assert "invalid-value" in result.stdout
    assert not Path("known.jsonl").exists()


def test_a_baseline_that_is_missing_is_code_3() -> None:
    """The way to write one is said."""
    result = run("lint", "slos.py", "--baseline", "none.jsonl")

    assert result.exit_code == Exit.INPUT
    assert "remedy: write it: slogen lint --write-baseline none.jsonl" in result.stdout


def test_a_baseline_that_cannot_be_written_is_code_4() -> None:
    """The file system's reason is said."""
    Path("folder").write_text("no folder")

    result = run("lint", "slos.py", "--write-baseline", "folder/known.jsonl")

    assert result.exit_code == Exit.UNDECIDED
    assert "cannot write folder" in result.stderr


@pytest.mark.parametrize(("mark", "end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_fixes_are_written_and_rules_stay(mark: str, end: str) -> None:
    """One text changes, the rules do not, and a second run changes nothing."""
    write_yaml(mark + YAML.replace("\n", end))
    build("slos.yaml")
    before = files()

    first = run("lint", "slos.yaml", "--fix")
    fixed = Path("slos.yaml").read_bytes()
    second = run("lint", "slos.yaml", "--fix")
    build("slos.yaml")

    assert fixed == (mark + YAML.replace("owner: on", 'owner: "on"').replace("\n", end)).encode()
    assert Path("slos.yaml").read_bytes() == fixed
    assert files() == before
    assert first.stderr == "slogen: 2 notes, 1 fixed\n"
    assert second.stderr == "slogen: 2 notes\n"


def test_a_fix_can_correct_an_error() -> None:
    """What could not be compiled and has one meaning is written so, and then checked."""
    write_yaml(YAML.replace("        sli:", "        alerts: {stale: yes}\n        sli:"))

    result = run("lint", "slos.yaml", "--fix")

    assert result.exit_code == Exit.FINE
    assert "alerts: {stale: true}" in Path("slos.yaml").read_text()
    assert sorted(codes("slos.yaml")) == sorted(NOTES[1:])


def test_what_is_hidden_is_not_fixed() -> None:
    """Neither an exception's findings nor those that were not asked for are written."""
    write_yaml()

    result = run("lint", "slos.yaml", "--fix", "--ignore", "yaml-dialect")

    assert Path("slos.yaml").read_text() == YAML
    assert "fixed" not in result.stderr


def test_exceptions_are_of_the_project_file() -> None:
    """What they hide is counted; those that hide nothing are said, or forbidden."""
    write_yaml()
    exception = (
        '[[lint.exceptions]]\ncode = "{}"\nslo = "shop-*"\nreason = "r"\nuntil = 2027-03-31\n'
    )
    names = ("tier-lowered", "tier-left-out", "offset-not-applied")
    project('paths = ["slos.yaml"]\n' + "".join(exception.format(name) for name in names))

    result = run("lint", "--today", "2027-03-31")
    strict = run("lint", "--today", "2027-03-31", "--strict-exceptions")
    after = codes("--today", "2027-04-01")
    part = codes("slos.yaml", "--today", "2027-03-31")

    assert result.exit_code == Exit.FINE
    assert result.stderr.endswith("2 notes, 1 to be fixed by --fix, 2 hidden by exceptions\n")
    assert "[unused-exception]" in result.stdout
    assert strict.exit_code == Exit.FINDINGS
    assert sorted(after) == sorted([*NOTES, *["expired-exception"] * 3])
    assert part == ["yaml-dialect"]


def test_an_exception_is_unused_where_the_command_line_names_all_there_is() -> None:
    """A project file without paths has no other files than those that are given."""
    project('[[lint.exceptions]]\ncode = "tier-lowered"\nslo = "x"\nreason = "r"\n')

    assert codes("slos.py") == ["unused-exception"]


@pytest.mark.parametrize("code", [code.name for code in CODES])
def test_every_code_is_explained(code: str) -> None:
    """The first line has the code and how bad it is; nothing is read."""
    Path("slos.py").unlink()

    result = run("lint", "--explain", code)

    assert result.exit_code == Exit.FINE
    assert result.stdout.startswith(f"{code}: ")


def test_a_code_is_explained_to_programs() -> None:
    """The same texts as JSON, and null for what is not said."""
    shape = json.loads(run("lint", "--explain", "tier-lowered", "--format", "json").stdout)

    assert {key: shape[key] for key in ("version", "code", "severity", "exit_code")} == {
        "version": 1,
        "code": "tier-lowered",
        "severity": "note",
        "exit_code": None,
    }
    assert shape["why"].startswith("The error ratio at which a tier fires is its burn rate times")
    assert json.loads(run("lint", "--explain", "duplicate-id", "--format", "json").stdout) | {
        "why": None
    } == {
        "version": 1,
        "code": "duplicate-id",
        "severity": "error",
        "meaning": "two SLOs have the same id",
        "why": None,
        "remedy": None,
        "exit_code": 3,
    }


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_a_code_is_explained_in_two_forms(form: str) -> None:
    """Others have no place for it, and are refused instead of left aside."""
    result = run("lint", "--explain", "tier-lowered", "--format", form)

    assert result.exit_code == Exit.USAGE
    assert f"--explain has the forms text and json, not {form}" in result.stderr
    assert result.stdout == ""


def test_a_baseline_that_cannot_be_written_is_told_to_programs() -> None:
    """Whoever asks for JSON finds errors on stderr in JSON, too."""
    result = run("lint", "slos.py", "--write-baseline", "slos.py/x", "--format", "json")

    (error,) = json.loads(result.stderr.removeprefix("hello\n"))["diagnostics"]
    assert (result.exit_code, error["code"]) == (Exit.UNDECIDED, "output")


def test_an_unknown_code_is_not_explained() -> None:
    """The nearest one is named, or all."""
    near, far = run("lint", "--explain", "tier-lowerd"), run("lint", "--explain", "x")

    assert near.exit_code == far.exit_code == Exit.USAGE
    assert 'did you mean "tier-lowered"?' in near.stderr
    assert "allowed: absent-in-query, answer-too-large, bad-from-another-metric" in far.stderr


def test_another_process_prints_the_same_bytes() -> None:
    """Another hash seed, locale and time zone do not change a byte."""
    write_yaml(YAML.replace("# duty", "# Größe"))
    options = ("-m", "slogen", "lint", "slos.yaml", "--format", "sarif", "--today", "2027-01-01")

    first = process(*options, PYTHONHASHSEED="1", PYTHONIOENCODING="utf-8")
    second = process(
        *options, PYTHONHASHSEED="2", LC_ALL="C", PYTHONIOENCODING="ascii", TZ="Asia/Tokyo"
    )

    assert first.stdout == second.stdout != b""


def test_other_commands_do_not_import_what_lint_needs() -> None:
    """``--version`` imports none of it, and neither does a build."""
    write_yaml()
    seen = (
        "import sys; from slogen.cli import main\ntry:\n    main({})\nfinally:\n"
        "    print([name for name in sys.modules if name.startswith('slogen.lint')])"
    )

    version = process("-c", seen.format(["--version"]))
    built = process("-c", seen.format(["build", "slos.yaml", "--out", "out"]))

    assert version.stdout.splitlines()[-1] == b"[]"
    assert built.stdout.splitlines()[-1] == b"[]"


def test_facts_are_given_on_the_command_line_or_in_the_project_file() -> None:
    """The command line goes before the project file; what is no such fact is a wrong option."""
    Path("slogen.toml").write_text('[lint]\nretention = "15d"\nexternal_labels = ["cluster"]\n')

    first = run("lint", "slos.py")
    second = run("lint", "slos.py", "--retention", "40d", "--traffic", "5")

    assert first.exit_code == second.exit_code == 1
    assert "[retention-too-short]" in first.stdout
    assert "[identity-shared]" in first.stdout
    assert "[retention-too-short]" not in second.stdout
    for option, wrong in (("retention", "40"), ("external-labels", "a-b"), ("traffic", "0")):
        assert run("lint", "slos.py", f"--{option}", wrong).exit_code == 2


def test_asks_a_server_where_one_is_named() -> None:
    """What a server says is a finding like all others, at its place, and can be chosen."""
    with serving(always(vector(), 200)) as stub:
        found = run("lint", "slos.py", "--prometheus", stub.url)
        ignored = run("lint", "slos.py", "--prometheus", stub.url, "--ignore", "series-missing")

    assert found.exit_code == Exit.FINDINGS
    assert "warning: edge-reached: the server has no series of edge_up" in found.stdout
    assert "[series-missing]" in found.stdout
    assert 'sli=Up(gauge="edge_up"),' in found.stdout
    assert ignored.exit_code == Exit.FINE


def test_what_a_server_warns_of_is_said() -> None:
    """A finding may come from an answer that is not whole."""
    with serving(always(vector(warnings=["a store is down"]))) as stub:
        found = run("lint", "slos.py", "--prometheus", stub.url, "--format", "json")

    assert "slogen: the server warns: a store is down\n" in found.stderr
    assert "a store is down" not in found.stdout


def test_a_server_without_an_answer_ends_with_4() -> None:
    """What was not asked is not fine; a server is asked only about what can be built."""
    with serving(always("no", 401)) as stub:
        refused = run("lint", "slos.py", "--prometheus", stub.url)
        write_yaml(WRONG)
        wrong = run("lint", "slos.yaml", "--prometheus", stub.url)

    assert refused.exit_code == Exit.UNDECIDED
    assert "refuses the credentials with code 401" in refused.stderr
    assert wrong.exit_code == Exit.INPUT
    assert len(stub.seen) == 1
