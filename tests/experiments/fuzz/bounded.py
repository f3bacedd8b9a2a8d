"""What bombs cost: `python -m tests.experiments.fuzz.bounded`, with a limit on memory and on time.

Prints for each file how many faults and findings are told; the system ends the process where a
limit is passed.
"""

from __future__ import annotations

import resource
import sys

from tests.experiments.fuzz.bombs import BOMBS
from tests.experiments.fuzz.invariant import answer

MOST_MEMORY = 2**30
"""Of addresses, not only of what is used."""
MOST_SECONDS = 120
"""Of the processor, for all files together; twenty are enough."""


def main() -> None:
    """Answer every bomb."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    for name, text in BOMBS.items():
        found = answer(text.encode())
        sys.stdout.write(f"{name}\t{len(found.faults)}\t{len(found.findings)}\n")


if __name__ == "__main__":
    main()
