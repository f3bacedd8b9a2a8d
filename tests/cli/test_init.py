"""`slogen init` writes a project that works at once, and nothing over somebody's files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import yaml
from click.testing import CliRunner

from slogen.cli import main, starting
from slogen.cli.exits import Exit
from slogen.library import entries
from slogen.targets import output
from tests.cli.running import files, run, without_notes
from tests.hooks.test_config import validated
from tests.realtools.packages import find

if TYPE_CHECKING:
    from click.testing import Result


@pytest.fixture(autouse=True)
def project(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder that holds nothing, with a slogen of a checkout."""
    installed_from(monkeypatch, '{"url": "file:///checkout", "dir_info": {}}')
    Path("project").mkdir()
    monkeypatch.chdir("project")


def installed_from(monkeypatch: pytest.MonkeyPatch, direct_url: str | None) -> None:
    """Let the package say where it was installed from."""
    monkeypatch.setattr("slogen.cli.answers._direct_url", lambda: direct_url)


def answered(answers: str, *arguments: str) -> Result:
    """Return what `slogen init` does with what somebody types."""
    return CliRunner().invoke(main, ["init", *arguments], input=answers, prog_name="slogen")


def test_asks_nothing_and_says_what_it_wrote() -> None:
    """With --yes the defaults hold."""
    result = run("init", "--yes")

    assert result.exit_code == Exit.FINE
    assert result.stdout == ""
    assert result.stderr == (
        "slogen: 4 files written\n"
        "  slogen.toml\n"
        "  slos/shop.yaml\n"
        "  .pre-commit-config.yaml\n"
        "  .github/workflows/slos.yaml\n"
        "Write in .github/workflows/slos.yaml where slogen is installed from: "
        "https://git.example.com/sre/slogen is an example\n"
        "Next:\n"
        "  slogen build    write the rules\n"
        "  slogen test     prove them with promtool\n"
        "  slogen lint     say what is worth knowing about the definitions\n"
    )


@pytest.mark.parametrize("form", ["yaml", "python"])
@pytest.mark.parametrize("entry", ["", *entries()])
def test_builds_and_lints_clean_at_once(entry: str, form: str) -> None:
    """Whatever it begins with, there is neither an error nor a warning, and no edit is stale."""
    chosen = ("--from", entry) if entry else ()

    assert run("init", "--yes", "--format", form, *chosen).exit_code == Exit.FINE
    built = run("build")
    assert built.exit_code == Exit.FINE
    assert ": warning: " not in built.stderr
    linted = run("lint")
    assert linted.exit_code == Exit.FINE
    codes = set(re.findall(r"\[([a-z-]+)\]$", linted.stdout, re.MULTILINE))
    assert codes <= {"source-retired", "bad-from-another-metric"}
    assert run("build", "--check").exit_code == Exit.FINE


def test_lint_finds_nothing_in_the_first_project() -> None:
    """Not even a note: the one about traffic has its exception, with a reason."""
    run("init", "--yes")

    assert run("lint").stdout == ""


@pytest.mark.parametrize("arguments", [(), ("--format", "python", "--from", "envoy_latency")])
def test_is_proven_at_once(arguments: tuple[str, ...]) -> None:
    """`slogen test` passes what it wrote."""
    promtool = find("promtool", "3")
    run("init", "--yes", *arguments)

    result = run("test", "--promtool", str(promtool))

    assert result.exit_code == Exit.FINE
    assert " 0 failed" in result.stderr


def test_yaml_and_python_give_the_same_rules() -> None:
    """The forms differ, what is built does not."""
    for form in ("yaml", "python"):
        run("init", form, "--yes", "--format", form, "--from", "istio_requests")
        run("build", "--project", f"{form}/slogen.toml")

    assert files("yaml/build") == files("python/build")


def test_asks_for_what_is_not_given() -> None:
    """Answers and options come into the definitions; questions are on stderr."""
    answers = "edge\n\n\nnone\ninternal.\n"
    result = answered(answers, "--from", "coredns_requests", "--format", "yaml")

    assert result.exit_code == Exit.FINE
    assert result.stdout == ""
    (service,) = yaml.safe_load(Path("slos/edge.yaml").read_text())["services"]
    assert service["owner"] == "team-edge"
    assert service["slos"][0]["sli"] == {"library": {"coredns_requests": {"zone": "internal."}}}
    assert not Path(".github").exists()


def test_an_entry_is_about_the_service() -> None:
    """Whoever names a service gets an SLO of it, not of the example's."""
    run("init", "--yes", "--service", "edge", "--from", "istio_requests")

    (service,) = yaml.safe_load(Path("slos/edge.yaml").read_text())["services"]
    given = service["slos"][0]["sli"]["library"]["istio_requests"]
    assert given == {"service": "edge", "namespace": "web"}


def test_a_wrong_answer_is_asked_for_again() -> None:
    """It says what is allowed, and nothing that was answered before is lost."""
    answers = "\n \nweb\nwiki\nhttps://wiki\nyml\nyaml\n\n\nsoon\n100ms\n"
    result = answered(answers, "--from", "otel_http_latency")

    assert result.exit_code == Exit.FINE
    assert "Error: Service.owner is " in result.stderr
    assert "Error: Service.runbook is 'wiki'\n  allowed: an address that begins" in result.stderr
    assert "Error: 'yml' is not one of 'yaml', 'python'." in result.stderr
    assert 'Error: otel_http_latency.under is "soon"\n  allowed: ' in result.stderr
    (service,) = yaml.safe_load(Path("slos/shop.yaml").read_text())["services"]
    assert service["owner"] == "web"
    assert service["slos"][0]["sli"]["library"]["otel_http_latency"]["under"] == "100ms"


def test_an_argument_is_explained_before_it_is_asked_for() -> None:
    """Nobody has to read the page of the library beside it."""
    said = answered("\n" * 9, "--from", "coredns_requests").stderr

    assert (
        "\nzone: The label `zone`, such as `cluster.local.`; all of them unless given.\nzone ["
        in (said.replace(": zone: The", ":\nzone: The"))
    )


def test_an_interrupted_question_is_an_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not taken for an answer that did not come."""

    def interrupted(*_: object, **__: object) -> str:
        abort = click.Abort()
        abort.__context__ = KeyboardInterrupt()
        raise abort

    monkeypatch.setattr("click.prompt", interrupted)
    result = run("init")

    assert result.exit_code == Exit.INTERRUPTED
    assert result.stderr == "interrupted\n"
    assert files(".") == {}


def test_no_answer_is_no_project() -> None:
    """Where nobody is there to answer, it says how to go on."""
    result = answered("")

    assert result.exit_code == Exit.USAGE
    assert "no answer came: --yes takes the defaults" in result.stderr
    assert files(".") == {}


@pytest.mark.parametrize("taken", ["slogen.toml", "slos/shop.yaml"])
def test_a_project_that_is_there_stays(taken: str) -> None:
    """Nothing is written beside it either."""
    Path(taken).parent.mkdir(exist_ok=True)
    Path(taken).write_text("mine")

    result = run("init", "--yes")

    assert result.exit_code == Exit.USAGE
    assert f"{taken} is there already" in result.stderr
    assert files(".") == {taken: b"mine"}


def test_a_link_to_nowhere_stays() -> None:
    """A file is not written through a link."""
    Path("slos").mkdir()
    Path("slos/shop.yaml").symlink_to("elsewhere.yaml")

    assert run("init", "--yes").exit_code == Exit.USAGE
    assert not Path("slos/elsewhere.yaml").exists()
    assert not Path("slogen.toml").exists()


def test_the_table_in_a_pyproject_is_a_project() -> None:
    """A slogen.toml beside it would hide it."""
    Path("pyproject.toml").write_text('[tool.slogen]\npaths = ["a"]\n')

    assert "pyproject.toml is there already" in run("init", "--yes").stderr
    assert list(files(".")) == ["pyproject.toml"]


@pytest.mark.parametrize("taken", [".pre-commit-config.yaml", ".github/workflows/slos.yaml"])
def test_hooks_and_workflows_of_others_stay(taken: str) -> None:
    """They are not touched, and what to add to them is printed."""
    Path(taken).parent.mkdir(parents=True, exist_ok=True)
    Path(taken).write_text("mine")

    result = run("init", "--yes")

    assert result.exit_code == Exit.FINE
    assert Path(taken).read_text() == "mine"
    assert result.stdout.startswith(f"# {taken} is there and stays; add this to it:\n")
    assert "slogen lint" in result.stdout
    assert result.stderr.startswith("slogen: 3 files written\n")


def test_a_file_where_a_folder_has_to_be_is_said() -> None:
    """It is found before anything is written."""
    Path("slos").touch()

    result = run("init", "--yes")

    assert result.exit_code == Exit.USAGE
    assert "slos is no folder: nothing was written; move it away" in result.stderr
    assert list(files(".")) == ["slos"]


def entries_of(folder: str) -> list[str]:
    """Return all that is in a folder, links and empty folders included."""
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*"))


@pytest.mark.parametrize("path", ["slos", ".github", ".github/workflows"])
def test_a_file_in_the_way_of_a_folder_leaves_no_half_project(path: str) -> None:
    """Whichever folder it is, it is found first."""
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).touch()
    before = entries_of(".")

    result = run("init", "--yes")

    assert result.exit_code == Exit.USAGE
    assert f"Error: {path} is no folder: nothing was written; move it away" in result.stderr
    assert entries_of(".") == before


@pytest.mark.parametrize("path", ["slogen.toml", ".pre-commit-config.yaml", "slos/shop.yaml"])
@pytest.mark.parametrize("kind", ["folder", "link"])
def test_what_is_no_file_is_in_the_way_of_a_file(path: str, kind: str) -> None:
    """A folder or a link to nowhere cannot be added to."""
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).mkdir() if kind == "folder" else Path(path).symlink_to("nowhere")
    before = entries_of(".")

    result = run("init", "--yes")

    assert result.exit_code == Exit.USAGE
    said = {"folder": "is no file", "link": "is a link to nowhere"}[kind]
    assert f"{path} {said}: nothing was written; move it away" in result.stderr
    assert entries_of(".") == before


@pytest.mark.parametrize("chosen", ["file", "file/below", "nowhere", "nowhere/below"])
def test_a_folder_that_cannot_be_is_said(chosen: str) -> None:
    """The message names what is in the way, not the file that would be below it."""
    Path("file").touch()
    Path("nowhere").symlink_to("elsewhere")
    before = entries_of(".")

    result = run("init", chosen, "--yes")

    assert result.exit_code == Exit.USAGE
    assert f"{chosen.removesuffix('/below')}" in result.stderr
    assert entries_of(".") == before


def test_a_folder_without_permission_is_said_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not begin what it cannot end."""
    Path("slos").mkdir()
    monkeypatch.setattr("os.access", lambda path, _: Path(path).name != "slos")

    result = run("init", "--yes")

    assert result.exit_code == Exit.USAGE
    assert "slos cannot be written to: nothing was written" in result.stderr
    assert entries_of(".") == ["slos"]


@pytest.mark.parametrize(
    ("failure", "code"),
    [(OSError(28, "No space left on device"), Exit.UNDECIDED), (KeyboardInterrupt(), 130)],
)
@pytest.mark.parametrize("last", ["slogen.toml", "shop.yaml", "slos.yaml"])
def test_what_cannot_be_ended_is_taken_back(
    failure: BaseException, code: int, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk or an interruption leaves what was there before, and no more."""
    Path(".github").mkdir()
    Path("README").write_text("mine")

    def torn(path: Path, text: str) -> None:
        if path.name == last:
            raise failure
        output.replace(path, text)

    monkeypatch.setattr(starting, "replace", torn)
    result = run("init", "--yes")

    assert result.exit_code == code
    assert result.stdout == ""
    assert "written\n" not in result.stderr
    assert entries_of(".") == [".github", "README"]


def test_a_file_that_appears_meanwhile_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the write somebody else may write."""

    def slow(path: Path, text: str) -> None:
        Path(".pre-commit-config.yaml").write_text("mine")
        output.replace(path, text)

    monkeypatch.setattr(starting, "replace", slow)
    result = run("init", "--yes")

    assert result.exit_code == Exit.UNDECIDED
    assert "cannot write .pre-commit-config.yaml: File exists" in result.stderr
    assert files(".") == {".pre-commit-config.yaml": b"mine"}


@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_ci_installs_what_is_installed(ci: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to edit the workflow where slogen came from a repository or an index."""
    origin = '{"url": "https://git.acme.io/slogen", "vcs_info": {"requested_revision": "v0.1.0"}}'
    installed_from(monkeypatch, origin)

    said = run("init", "--yes", "--ci", ci).stderr

    file = {"github": ".github/workflows/slos.yaml", "gitlab": ".gitlab-ci.yml"}[ci]
    installs = 'pip install "slogen[proof] @ git+https://git.acme.io/slogen@v0.1.0"\n'
    assert installs in Path(file).read_text()
    assert "is an example" not in said


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("folder_name", ["monitoring", "ops/my slos", "a #b: c"])
def test_hooks_and_workflows_stand_at_the_top_of_a_repository(
    folder_name: str, *, inside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither git nor GitHub reads those of a folder, and from the top they find the project."""
    top = Path.cwd()
    Path(".git").mkdir()
    Path(folder_name).mkdir(parents=True)
    if inside:
        monkeypatch.chdir(folder_name)

    result = run("init", *(() if inside else (folder_name,)), "--yes")

    assert result.exit_code == Exit.FINE
    monkeypatch.chdir(top)
    assert set(files(".")) == {
        f"{folder_name}/slogen.toml",
        f"{folder_name}/slos/shop.yaml",
        ".pre-commit-config.yaml",
        ".github/workflows/slos.yaml",
    }
    (repository,) = yaml.safe_load(Path(".pre-commit-config.yaml").read_text())["repos"]
    run("build", "--project", f"{folder_name}/slogen.toml")
    for hook in repository["hooks"]:
        assert run(*shlex.split(hook["entry"])[1:]).exit_code == Exit.FINE
        assert re.search(hook["files"], f"{folder_name}/slos/shop.yaml")
        assert not re.search(hook["files"], "slos/shop.yaml")
    steps = yaml.safe_load(Path(".github/workflows/slos.yaml").read_text())["jobs"]["slos"]["steps"]
    commands = [step["run"] for step in steps if step.get("run", "").startswith("slogen ")]
    assert len(commands) == 3
    for command in commands[:2]:
        assert run(*shlex.split(command)[1:]).exit_code == Exit.FINE


def test_hooks_of_a_repository_stay_when_a_folder_of_it_begins() -> None:
    """What is to be added to them is meant for the top."""
    Path(".git").mkdir()
    Path(".pre-commit-config.yaml").write_text("mine")

    result = run("init", "monitoring", "--yes")

    assert Path(".pre-commit-config.yaml").read_text() == "mine"
    assert result.stdout.startswith("# .pre-commit-config.yaml is there and stays; add this to it:")
    assert "slogen lint --project monitoring/slogen.toml" in result.stdout
    assert not Path("monitoring/.pre-commit-config.yaml").exists()


def test_the_way_into_a_folder_is_said() -> None:
    """The next commands work as they are printed, whatever the folder is called."""
    said = run("init", "my slos", "--yes").stderr

    assert "Next:\n  cd 'my slos'\n  slogen build " in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "envoy_request"), 'did you mean "envoy_requests"?'),
        (("--from", "nginx"), 'did you mean "nginx_ingress_latency" or "nginx_ingress_requests"?'),
        (("--from", "haproxy"), "entries: apiserver_latency, "),
        (("",), "FOLDER is empty\nwrite . for this folder"),
        (("--service", ""), "Service.name is ''"),
        (("--service", "a\nb"), "Service.name is 'a\\nb'"),
        (("--runbook", "wiki"), "Service.runbook is 'wiki'"),
        (("--owner", "\u0007"), "Service.owner is "),
        (("--owner", ""), 'Service.owner is ""\n  allowed: a team, such as "team-shop"'),
        (("--runbook", " "), 'Service.runbook is " "\n  allowed: an address that begins'),
    ],
)
def test_an_answer_that_cannot_be_is_refused(arguments: tuple[str, ...], said: str) -> None:
    """The message says what is allowed, and nothing is written."""
    result = run("init", "--yes", *arguments)

    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert files(".") == {}


@pytest.mark.parametrize("service", ["../up", "a/b", 'q"uote', "on", "ä ö", "{x: y}", "5"])
@pytest.mark.parametrize("form", ["yaml", "python"])
def test_odd_names_are_right_in_what_is_written(service: str, form: str) -> None:
    """A name is quoted where it has to be, and no file is outside of the folder."""
    run("init", "in", "--yes", "--service", service, "--format", form)
    result = run("list", "in/slos", "--format", "json")

    assert result.exit_code == Exit.FINE
    assert yaml.safe_load(result.stdout)[0]["service"] == service
    assert [path for path in files(".") if not path.startswith("in/")] == []


def test_what_is_legacy_is_said() -> None:
    """Nobody begins with it unawares."""
    said = run("init", "--yes", "--from", "nginx_ingress_requests").stderr

    assert said.startswith("slogen: nginx_ingress_requests is legacy: ingress-nginx is retired")


@pytest.mark.parametrize(
    ("ci", "schema"), [("github", "github-workflows"), ("gitlab", "gitlab-ci")]
)
def test_a_workflow_is_right_by_its_schema(ci: str, schema: str, tmp_path: Path) -> None:
    """GitHub and GitLab take it."""
    run("init", "--yes", "--ci", ci)
    file = {"github": ".github/workflows/slos.yaml", "gitlab": ".gitlab-ci.yml"}[ci]

    assert validated(tmp_path, f"vendor.{schema}", Path(file).read_text())[0] == 0


def test_the_hooks_run_commands_that_exist() -> None:
    """Each entry is a command of slogen with its options."""
    run("init", "--yes")
    (repository,) = yaml.safe_load(Path(".pre-commit-config.yaml").read_text())["repos"]

    run("build")
    for hook in repository["hooks"]:
        program, *command = hook["entry"].split()
        assert program == "slogen"
        assert run(*command).exit_code == Exit.FINE


def test_what_it_builds_has_nothing_else_to_say() -> None:
    """A build has the note about traffic alone."""
    run("init", "--yes")

    assert without_notes(run("build").stderr) == (
        "slogen: 1 SLO, 39 rules in build, 2 files written\n"
    )
