"""Every block of code on every page does what the page says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import promql_parser
import pytest
import yaml
from jsonschema import Draft202012Validator

import slogen
from slogen import Settings, build, load
from slogen.cli.exits import Exit
from slogen.formats.slogen_yaml.schema import schema
from tests.cli.running import run
from tests.golden_cases import ROOT
from tests.live.world import troubled_erp
from tests.pages.blocks import PAGES, Block, Command, blocks_of
from tests.pages.register import EDITS, OTHERS, UNRUN
from tests.realtools.packages import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLOCKS = [block for page in PAGES for block in blocks_of(page)]
_FILE = re.compile(r"(?:# yaml-language-server.*\n)?# (\S+\.ya?ml)\n")
_SERVER = "https://prometheus.example.com"
_NEEDS_PROMTOOL = ("promtool ", "slogen test")


def _is_left_out(block: Block) -> bool:
    """Tell whether another test runs a block, or nobody does."""
    return any(entry.covers(block) for entry in (*OTHERS, *UNRUN))


def _is_unrun(block: Block, command: Command) -> bool:
    """Tell whether nobody runs a command."""
    return any(entry.covers(block, command) for entry in UNRUN)


WITH_PROMTOOL = [
    page
    for page in PAGES
    if any(
        command.line.startswith(_NEEDS_PROMTOOL) and not _is_unrun(block, command)
        for block in blocks_of(page)
        if block.kind == "console" and not _is_left_out(block)
        for command in block.commands()
    )
]


def _first(page: str, kind: str, containing: str) -> str:
    """Return the first block of a page that holds a text."""
    return next(
        block.text for block in blocks_of(page) if block.kind == kind and containing in block.text
    )


SMALLEST = _first("docs/yaml.md", "yaml", "# slos/shop.yaml")
"""What pages of reference compile, unless they say something else."""
SCRIPT = _first("README.md", "python", "SLO(")


class Reader:
    """Somebody who does what a page says, block by block, in a folder of their own.

    Attributes:
        server: Where the Prometheus is that a page calls https://prometheus.example.com.
        promtool: Whether there is a promtool on PATH; without it, what needs it is left out.
        names: What the scripts of the page have defined so far.
    """

    def __init__(self, page: str, server: str, *, promtool: bool) -> None:
        """Begin with what the page takes for granted."""
        self.server, self.promtool = server, promtool
        Path("docs").symlink_to(ROOT / "docs")
        Path("slos").mkdir()
        Path("slogen.toml").write_text('paths = ["slos"]\nout = "build"\n')
        if page == "README.md":
            Path("slos/shop.py").write_text(SCRIPT)
        else:
            Path("slos/shop.yaml").write_text(SMALLEST)
        slos = load("docs/examples/erp" if page == "docs/reference/live.md" else "slos")
        self.names: dict[str, Any] = {name: getattr(slogen, name) for name in slogen.__all__}
        self.names |= {"slos": tuple(slos), "settings": Settings(), "rules": build(slos)}

    def follow(self, block: Block) -> None:
        """Do what a block says.

        Raises:
            AssertionError: It does not work, or something else happens than the page shows.
        """
        kinds = {
            "python": self._run,
            "yaml": self._read_yaml,
            "toml": self._read_toml,
            "console": self._type,
            "promql": self._parse,
            "": self._parse,
        }
        edits = [edit for edit in EDITS if edit.page == block.page and edit.shown in block.text]
        before = {file: file.read_text() for file in Path("slos").iterdir()}
        for file, text in before.items():
            for edit in edits:
                file.write_text(text.replace(edit.old, edit.new))
        kinds[block.kind](block)
        for file, text in before.items():
            file.write_text(text)

    def _run(self, block: Block) -> None:
        text = block.text.replace(_SERVER, self.server)
        exec(compile(text, str(block), "exec"), self.names)  # noqa: S102 (our own page)

    def _read_yaml(self, block: Block) -> None:
        """Read definitions, parts of them, or rules that the page's definitions become."""
        text = block.text
        if text.startswith("- alert:"):
            (file,) = self.names["rules"].render("prometheus")
            assert textwrap.indent(text, "      ") in file.text
            return
        if text.startswith("sli:"):
            text = SMALLEST.partition("        sli:")[0] + textwrap.indent(text, "        ")
        assert "apiVersion: slogen/v1" in text, "nobody reads this YAML: name its test in OTHERS"
        Draft202012Validator(schema()).validate(yaml.safe_load(text))
        named = _FILE.match(block.text)
        file = Path(named[1] if named else "one.yaml")
        file.write_text(text)
        assert file.name.startswith("_") or tuple(load(file, scripts=False))

    def _read_toml(self, block: Block) -> None:
        Path("page.toml").write_text(block.text)
        result = run("build", "slos", "--out", "out", "--project", "page.toml")

        assert result.exit_code == Exit.FINE, result.output

    def _parse(self, block: Block) -> None:
        for query in re.split(r"\n\n|\n(?=slo:)", block.text.strip()):
            promql_parser.parse(query)

    def _type(self, block: Block) -> None:
        for command in block.commands():
            if _is_unrun(block, command):
                continue
            if command.line.startswith(_NEEDS_PROMTOOL) and not self.promtool:
                continue
            printed = _printed(command)
            assert command.is_shown(printed), f"$ {command.line}\nprints\n{printed}"


def _printed(command: Command) -> str:
    """Return what a command of slogen or promtool prints, after its pipe, if any."""
    line, pipe, rest = command.line.partition(" | ")
    if line.startswith("promtool "):
        return _shell(command.line)
    words = shlex.split(line, comments=True)
    assert words[0] == "slogen", f"nobody runs {command.line!r}: name the reason in UNRUN"
    result = run(*words[1:])
    assert command.shown is not None or result.exit_code == Exit.FINE, result.output
    return _shell(rest, result.stdout) if pipe else result.output


def _shell(line: str, stdin: str = "") -> str:
    return subprocess.run(  # noqa: S603 - a command of a page
        ["/bin/bash", "-c", line], input=stdin, capture_output=True, check=True, text=True
    ).stdout


def faults(page: str, blocks: Iterable[Block], *, promtool: bool) -> Iterator[str]:
    """Follow the blocks of a page to the end, and yield what is wrong with them."""
    with troubled_erp().serving() as stub:
        reader = Reader(page, stub.url, promtool=promtool)
        for block in blocks:
            if not _is_left_out(block):
                try:
                    reader.follow(block)
                except Exception as error:  # noqa: BLE001 (all of a page's faults are told)
                    yield f"{block}: {type(error).__name__}: {error}"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_does_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scripts run, definitions are read, commands print what is shown, queries are PromQL."""
    monkeypatch.chdir(tmp_path)
    wrong = list(faults(page, blocks_of(page), promtool=False))

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("page", WITH_PROMTOOL)
def test_promtool_prints_what_is_shown(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same, with the real promtool."""
    folder = str(find("promtool", "3").parent)
    monkeypatch.setenv("PATH", os.pathsep.join((folder, os.environ["PATH"])))
    monkeypatch.chdir(tmp_path)
    wrong = list(faults(page, blocks_of(page), promtool=True))

    assert not wrong, "\n".join(wrong)


def test_everybody_knows_who_runs_a_block() -> None:
    """Each entry of the register is about a block that there is, and each named test exists."""
    for other in OTHERS:
        file, _, name = other.test.partition("::")
        assert any(other.covers(block) for block in BLOCKS), other
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), other
    for unrun in UNRUN:
        commands = (unrun.covers(block, part) for block in BLOCKS for part in block.commands())
        assert any(unrun.covers(block) for block in BLOCKS) or any(commands), unrun
    for edit in EDITS:
        assert any(edit.page == block.page and edit.shown in block.text for block in BLOCKS), edit


def test_few_blocks_are_run_by_nobody() -> None:
    """What nobody runs says why; there is no need for more of it."""
    reasons = "\n".join(f"{entry.page}: {entry.begins}: {entry.reason}" for entry in UNRUN)

    assert len(UNRUN) <= 20, reasons
    assert sum(not _is_left_out(block) for block in BLOCKS) >= 100


def test_all_faults_of_a_page_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk does not end at the first wrong block, and names the line of each."""
    monkeypatch.chdir(tmp_path)
    texts = ("1 / 0\n", "pass\n", "build([])\n")
    blocks = [Block("docs/a.md", line, "python", text) for line, text in enumerate(texts, start=1)]

    told = list(faults("docs/a.md", blocks, promtool=False))

    assert told == [
        "docs/a.md:1: ZeroDivisionError: division by zero",
        "docs/a.md:3: NothingToBuild: there is no SLO to build",
    ]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("console", "$ slogen build slos\nslogen: 2 SLOs\n", "prints"),
        ("console", "$ rm -r /\n", "nobody runs 'rm -r /'"),
        ("console", "$ slogen build --of\n", "No such option"),
        ("python", "build(slos).right()\n", "no attribute 'right'"),
        ("yaml", "apiVersion: slogen/v1\nservice: []\n", "'service' was unexpected"),
        ("yaml", "route: {}\n", "nobody reads this YAML"),
        ("yaml", "- alert: SLOBurnRatePage\n  expr: 1\n", "- alert"),
        ("yaml", "sli: {events: {total: a}}\n", "bad"),
        ("toml", 'targets = ["grafena"]\n', "grafena"),
        ("promql", "sum(a\n", "unclosed"),
        ("rust", "fn\n", "rust"),
    ],
)
def test_a_wrong_block_is_found(
    kind: str, text: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of block can fail."""
    monkeypatch.chdir(tmp_path)
    reader = Reader("docs/wrong.md", "", promtool=False)

    with pytest.raises(Exception, match=re.escape(expected)):
        reader.follow(Block("docs/wrong.md", 1, kind, text))
