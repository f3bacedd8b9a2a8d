"""What the README and the guide to YAML show is what slogen does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from slogen import load
from slogen.cli import main
from slogen.formats.slogen_yaml.schema import schema
from tests.golden_cases import ROOT

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^# (\S+\.yaml)$", re.MULTILINE)
GUIDE = (ROOT / "docs" / "yaml.md").read_text()
BLOCKS = [text for kind, text in _BLOCK.findall(GUIDE) if kind == "yaml"]
BUILT, MISTAKEN, MOVED = (text for kind, text in _BLOCK.findall(GUIDE) if kind == "console")
FILES = {match[1]: text for text in BLOCKS if (match := _FILE.search(text))}
DEFINITIONS = sorted(FILES)
PAGES = sorted(
    str(path.relative_to(ROOT)) for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
)
SMALLEST = "slos/shop.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder that holds the files of the guide."""
    monkeypatch.chdir(tmp_path)
    Path("slos").mkdir()
    for name, text in FILES.items():
        Path(name).write_text(text)


def blocks_of(file: str, kind: str) -> list[str]:
    """Return the blocks of a kind in a page."""
    return [text for found, text in _BLOCK.findall((ROOT / file).read_text()) if found == kind]


def stderr(*command: str) -> str:
    """Return what a command prints for people."""
    return CliRunner().invoke(main, command, prog_name="slogen").stderr


def transcript(*command: str) -> str:
    """Return a command as it is typed, and what it prints."""
    return f"$ slogen {' '.join(command)}\n{stderr(*command)}"


def test_every_block_is_a_file() -> None:
    """Nothing in the guide is left untested: each block says where it stands."""
    assert len(FILES) == len(BLOCKS) == GUIDE.count("```yaml")
    assert len(DEFINITIONS) >= 7


@pytest.mark.parametrize("name", [name for name in DEFINITIONS if "/_" not in name])
def test_a_file_of_the_guide_is_right(name: str) -> None:
    """It holds SLOs, and there is nothing to say about it."""
    loaded = load(name, scripts=False)

    assert loaded
    assert loaded.findings == ()


@pytest.mark.parametrize("name", DEFINITIONS)
def test_the_schema_accepts_a_file_of_the_guide(name: str) -> None:
    """An editor marks nothing in it."""
    Draft202012Validator(schema()).validate(yaml.safe_load(FILES[name]))


def test_the_files_of_the_guide_are_built_together() -> None:
    """They are the files of one folder."""
    result = CliRunner().invoke(main, ["build", "slos", "--out", "build"])

    assert result.exit_code == 0
    said = [line for line in result.stderr.splitlines() if not line.endswith(" [low-traffic]")]
    assert len(said) == 1
    assert said[0].startswith("slogen: ")


def test_the_smallest_file_is_built_as_shown() -> None:
    """The transcript is what the command prints."""
    for path in Path("slos").iterdir():
        if path != Path(SMALLEST):
            path.unlink()

    assert transcript("build", "slos", "--out", "build") == BUILT


def test_mistakes_are_told_as_shown() -> None:
    """Each of three mistakes in the smallest file, at its place."""
    wrong = FILES[SMALLEST].replace("30d", "30").replace('"shop"}', '"shop"')
    Path(SMALLEST).write_text(wrong.replace("bad_where", "bad_were"))

    assert transcript("build", "slos", "--out", "build") == MISTAKEN


def test_the_way_from_python_is_as_shown() -> None:
    """The rules stay as they are when a script gives way to what `slogen list` writes."""
    (script,) = (text for text in blocks_of("README.md", "python") if "SLO(" in text)
    Path("py").mkdir()
    Path("py", "shop.py").write_text(script)
    stderr("build", "py", "--out", "build")
    listed = CliRunner().invoke(main, ["list", "py/shop.py", "--format", "yaml"]).stdout
    Path("py", "shop.yaml").write_text(listed)
    Path("py", "shop.py").unlink()

    said = stderr("build", "py", "--out", "build", "--check").replace("py/", "slos/")
    assert MOVED.endswith(f"--check\n{said}")


def test_the_smallest_file_is_listed_as_shown() -> None:
    """The page about the command line shows the tiers and alerts of the smallest file."""
    listed = CliRunner().invoke(main, ["list", SMALLEST]).stdout

    assert f"$ slogen list slos\n{listed}" in blocks_of("docs/reference/project.md", "console")


def test_the_smallest_file_is_explained_as_shown() -> None:
    """The page about explain shows its text and its picture."""
    said = CliRunner().invoke(main, ["explain", SMALLEST]).stdout
    drawn = CliRunner().invoke(main, ["explain", SMALLEST, "--format", "svg"]).stdout

    assert f"$ slogen explain slos\n{said}" in blocks_of("docs/reference/explain.md", "console")
    assert drawn == (ROOT / "docs" / "pictures" / "explain.svg").read_text()


def test_the_readme_says_the_same_in_python_and_yaml() -> None:
    """Its two examples are twins."""
    (script,) = (text for text in blocks_of("README.md", "python") if "SLO(" in text)
    (data,) = (text for text in blocks_of("README.md", "yaml") if "apiVersion" in text)
    Path("twin.py").write_text(script)
    Path("twin.yaml").write_text(data)

    assert tuple(load("twin.py")) == tuple(load("twin.yaml"))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """What a page links to is there, heading included."""
    place = ROOT / page
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", place.read_text()):
        file, _, heading = link.partition("#")
        target = (place.parent / file).resolve() if file else place

        assert target.exists(), link
        if heading:
            titles = re.findall(r"^#+ (.*)$", target.read_text(), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
            assert heading in slugs, link
