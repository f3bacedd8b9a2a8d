"""What the walk over the pages does not run, and who does, or why nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from tests.pages.blocks import Block, Command


@attrs.frozen
class Other:
    """Blocks that another test runs.

    Attributes:
        page: The page.
        begins: How the text of the block begins; empty for all blocks of the page.
        test: The file and the name of the test.
    """

    page: str
    begins: str
    test: str

    def covers(self, block: Block) -> bool:
        """Tell whether a block is one of these."""
        return block.page == self.page and block.text.startswith(self.begins)


@attrs.frozen
class Unrun:
    """Commands of a transcript, or lines of another block, that no test runs.

    Attributes:
        page: The page, or the empty text for all of them.
        begins: How the command, or the block, begins.
        reason: Why nobody runs it.
    """

    page: str
    begins: str
    reason: str

    def covers(self, block: Block, command: Command | None = None) -> bool:
        """Tell whether a block, or a command of it, is one of these."""
        text = command.line if command else block.text
        return self.page in {"", block.page} and text.startswith(self.begins)


@attrs.frozen
class Edit:
    """What a reader changes in a file before a block, because the page says so in words.

    Attributes:
        page: The page.
        shown: What the block shows that is so only after the change.
        old: What stands in the files of definitions.
        new: What stands there then.
    """

    page: str
    shown: str
    old: str
    new: str


_HOOKS = "tests/hooks/test_pre_commit.py"
_LIVE = "tests/live/test_page.py"
_DIFF = "tests/review/comparison/test_page.py"
_LINT = "tests/lint/test_page.py"
_GUIDE = "tests/test_guide.py"
_CI = "tests/hooks/test_config.py"
_TESTING = "tests/cli/test_testing.py"
_AMTOOL = "tests/targets/test_alertmanager.py"
OTHERS = (
    Other(
        "README.md", "# .pre-commit", f"{_CI}::test_pre_commit_takes_the_configuration_of_the_docs"
    ),
    Other("docs/ci.md", "paths", f"{_HOOKS}::test_the_first_commit_waits_for_its_rules"),
    Other("docs/ci.md", "# .", f"{_CI}::test_the_schema_takes_a_file_of_the_docs"),
    Other("docs/ci.md", "$ git", f"{_HOOKS}::test_an_edit_is_committed_with_its_rules"),
    Other("docs/reference/diff.md", "", f"{_DIFF}::test_the_transcript_is_what_is_printed"),
    Other(
        "docs/reference/lint.md",
        "$ slogen lint slos",
        f"{_LINT}::test_the_transcript_is_what_is_printed",
    ),
    Other(
        "docs/reference/live.md", "$ slogen status", f"{_LIVE}::test_the_screen_is_what_is_printed"
    ),
    Other(
        "docs/reference/live.md", "$ slogen gate", f"{_LIVE}::test_the_decision_is_what_is_printed"
    ),
    Other(
        "docs/reference/proof.md",
        "$ slogen build",
        f"{_TESTING}::test_proves_with_the_real_promtool",
    ),
    Other("docs/targets/alertmanager.md", "$ amtool", f"{_AMTOOL}::test_amtool_accepts_it_merged"),
    Other("docs/tutorial.md", "", "tests/tutorial/test_tutorial.py::test_the_tutorial_is_followed"),
    Other("docs/yaml.md", "$", f"{_GUIDE}::test_mistakes_are_told_as_shown"),
)
_INSTALLS = "it installs from the network; `nox -s package` installs slogen from a folder"
_MONTHS = "it needs a Prometheus with months of data"
_NOT_OURS = "it is configuration of another program, shown in part"
_PICTURE = "it is a picture made of text"
UNRUN = (
    Unrun("", "pip install", _INSTALLS),
    Unrun("", "python3 -m venv", _INSTALLS),
    Unrun("docs/install.md", "docker", "it needs Docker and the network"),
    Unrun("docs/reference/backtest.md", "slogen backtest", _MONTHS),
    Unrun("docs/reference/backtest.md", "      ", _MONTHS),
    Unrun("docs/reference/backtest.md", "from", _MONTHS),
    Unrun("docs/reference/live.md", "slogen forecast", _MONTHS),
    Unrun("docs/reference/project.md", "slogen test", "one of its two SLOs is broken on purpose"),
    Unrun("docs/formats/erp.md", "slogen convert", "the files are the ERP's, and not here"),
    Unrun("docs/targets/mimir.md", "mimirtool", "it needs a Mimir"),
    Unrun("docs/targets/prometheus-operator.md", "git diff", "it needs a cluster"),
    Unrun("docs/architecture.md", "Python script", _PICTURE),
    Unrun("docs/dashboards.md", "sidecar:", _NOT_OURS),
    Unrun("docs/migration.md", "route:", _NOT_OURS),
    Unrun("docs/reference/rules.md", "route:", _NOT_OURS),
    Unrun(
        "docs/reference/rules.md",
        "shop availability",
        "it is a notification, which Alertmanager writes",
    ),
    Unrun("docs/reference/lint.md", "- run:", _NOT_OURS),
)
EDITS = (Edit("README.md", 'SLO.objective is "100%"', '"99.9%"', '"100%"'),)
