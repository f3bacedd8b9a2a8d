"""Programs that pretend to be promtool."""

from __future__ import annotations

import sys
from pathlib import Path

_FAKE = """\
#!{python}
import re, sys
from pathlib import Path

if sys.argv[1:] == ["--version"]:
    print("promtool, version 9.8.7 (branch: none)")
    sys.exit()
{before}
sys.stderr.write("  FAILED:\\n")
tests = Path(sys.argv[3]).read_text()
for mark in re.findall(r"# slogen: scenario \\d+, (?:end|first|last)", tests):
    sys.stderr.write(f'    expr: "x\\\\n{{mark}}", time: 1m,\\n')
    sys.stderr.write("        exp: nil\\n        got: {{}} -1E+00\\n")
{after}
sys.exit(1)
"""


def fake_promtool(before: str = "", after: str = "", name: str = "fake/promtool") -> Path:
    """Return a program that lets each scenario pass.

    Args:
        before: Python that it runs before it prints anything.
        after: Python that it runs then.
        name: Where it is to stand.
    """
    return program(_FAKE.format(python=sys.executable, before=before, after=after), name)


def program(text: str, name: str = "fake/promtool") -> Path:
    """Write a program."""
    path = Path(name).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path
