"""Check the dashboards below folders: ``python -m tests.dashboards build/grafana``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.dashboards.checker import faults


def main() -> None:
    """Print what is wrong, and exit with 1 if anything is."""
    files = [file for folder in sys.argv[1:] for file in sorted(Path(folder).rglob("*.json"))]
    found = faults(json.loads(file.read_text()) for file in files)
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    sys.stdout.write(f"{len(files)} dashboards, {len(found)} findings\n")
    sys.exit(bool(found) or not files)


if __name__ == "__main__":
    main()
