"""What docs/ci.md shows: the files, by the names in their first lines, and the transcripts."""

from __future__ import annotations

import re

from tests.golden_cases import ROOT

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BLOCKS = _BLOCK.findall((ROOT / "docs" / "ci.md").read_text("utf-8"))
FILES = {
    text.partition("\n")[0].removeprefix("# "): text for kind, text in _BLOCKS if kind == "yaml"
}
"""Files of YAML."""
PROJECT_FILE = next(text for kind, text in _BLOCKS if kind == "toml")
TRANSCRIPTS = [text for kind, text in _BLOCKS if kind == "console"]
"""Commands and what they print."""

HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/slos.yaml"
JOB = ".gitlab-ci.yml"
