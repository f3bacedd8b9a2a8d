"""The process that atheris drives.

`python -m tests.experiments.fuzz.target CRASHES [LIBFUZZER'S OPTIONS]`

What slogen lets through is kept in a folder, once for each place that it comes from, and the search
goes on; only what ends the process itself, or takes too long, is left to libFuzzer.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random

import attrs

from tests.experiments.fuzz.mutations import mutated

# A fifth of the inputs is left to libFuzzer, which knows about bytes; the rest changes by lines.
_ALL, _LINES = 5, 4
_MOST_CHANGES = 4


@attrs.frozen
class _Crashes:
    """What went wrong, by where it did."""

    folder: Path
    answer: Callable[[bytes], object]
    seen: set[str] = attrs.field(factory=set)

    def run(self, content: bytes) -> None:
        """Let slogen answer, and keep the input if it does not."""
        try:
            self.answer(content)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 (a panic of promql-parser is no Exception)
            self._keep(content, error)

    def _keep(self, content: bytes, error: BaseException) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        place = "\n".join(f"{frame.name} {frame.line}" for frame in frames[-3:])
        name = hashlib.sha256(f"{type(error).__name__}\n{place}".encode()).hexdigest()[:12]
        if name not in self.seen:
            self.seen.add(name)
            text = "".join(traceback.format_exception(error))
            (self.folder / f"{name}.yaml").write_bytes(content)
            (self.folder / f"{name}.txt").write_text(text, errors="backslashreplace")
            sys.stderr.write(f"slogen: crash {name}: {type(error).__name__}\n")


def main() -> None:
    """Run until libFuzzer's options say that it is enough."""
    import atheris  # noqa: PLC0415 (the tests run without it)

    with atheris.instrument_imports(include=["slogen.formats", "slogen.model"]):
        from tests.experiments.fuzz.invariant import answer  # noqa: PLC0415 (atheris has to see it)

    def mutator(content: bytes, largest: int, seed: int) -> bytes:
        """Change lines as people do, or bytes as libFuzzer does."""
        random = Random(seed)  # noqa: S311 (no secret)
        if random.randrange(_ALL) >= _LINES:
            changed: bytes = atheris.Mutate(content, len(content))
            return changed
        text = content.decode(errors="surrogateescape")
        for _ in range(random.randint(1, _MOST_CHANGES)):
            text = mutated(text, random)
        return text.encode(errors="surrogateescape")[:largest]

    program, folder, *options = sys.argv
    crashes = _Crashes(Path(folder), answer)
    atheris.Setup([program, *options], crashes.run, custom_mutator=mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
