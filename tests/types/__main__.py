"""Tell whether mypy finds each mistake of ``wrong.py``, and nothing else there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from mypy import api

SCRIPT = Path(__file__).parent / "wrong.py"
_ERROR = re.compile(r":(\d+): error: .*\[(.+)\]$", re.MULTILINE)


def main() -> int:
    """Return 0 if the errors are those that the script's comments announce."""
    expected = {
        (number, line.partition("# wrong: ")[2])
        for number, line in enumerate(SCRIPT.read_text().splitlines(), start=1)
        if "# wrong: " in line
    }
    output, _, _ = api.run(["--strict", str(SCRIPT)])
    found = {(int(number), code) for number, code in _ERROR.findall(output)}
    if found == expected:
        print(f"mypy found all {len(expected)} mistakes of {SCRIPT.name}")  # noqa: T201 (a command)
        return 0
    print(output, f"missing: {expected - found}", f"unexpected: {found - expected}", sep="\n")  # noqa: T201
    return 1


if __name__ == "__main__":
    sys.exit(main())
