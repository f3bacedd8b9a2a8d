"""Samples as OpenMetrics text, which ``promtool tsdb create-blocks-from openmetrics`` reads."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from slogen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import IO

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
_END = "# EOF\n"


def series(metric: str, labels: Mapping[str, str]) -> str:
    r"""Return a series with its labels, sorted by name; empty ones are left out.

    >>> print(series("x", {"b": 'a "c"', "a": "\\", "none": ""}))
    x{a="\\",b="a \"c\""}
    """
    pairs = ",".join(
        f'{name}="{text.translate(_ESCAPES)}"' for name, text in sorted(labels.items()) if text
    )
    return f"{metric}{{{pairs}}}"


def sample(name: str, at: int, value: float) -> str:
    r"""Return the line of a sample.

    promtool multiplies seconds by 1000 and cuts off what is behind the point: 0.4 ms more keep
    rounding from making a millisecond less of it.

    >>> sample("x", 60_000, 3.0), sample("x", 60_123, 0.5)
    ('x 3 60\n', 'x 0.5 60.1234\n')

    Args:
        name: The series, as `series` returns it.
        at: The time, in milliseconds since the epoch.
        value: The value.
    """
    seconds, rest = divmod(at, 1_000)
    fraction = f".{rest:03d}4" if rest else ""
    text = str(int(value)) if value.is_integer() else repr(value)
    return f"{name} {text} {seconds}{fraction}\n"


def check_free(path: Path) -> None:
    """Refuse a path at which there is something, or that has no folder.

    Raises:
        OutputError: If so.
    """
    try:
        is_there, has_folder = path.exists() or path.is_symlink(), path.parent.is_dir()
    except OSError as fault:
        raise _unwritable(path, fault) from fault
    if is_there:
        raise _in_the_way(path)
    if not has_folder:
        raise OutputError(f"{path.parent} is no folder", remedy="make it, or choose another --out")


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[NewFile]:
    """Write a file that is there when the with block ends, whole; or else nothing is.

    Nor is it if nothing was written.

    Raises:
        OutputError: If there is something at the path, or the file system refuses.
    """
    check_free(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        stream = temporary.open("x", encoding="utf-8", newline="\n")
        try:
            with stream:
                file = NewFile(stream)
                yield file
                stream.write(_END)
            if file.samples:
                path.hardlink_to(temporary)  # Unlike a rename it replaces nothing.
        finally:
            temporary.unlink(missing_ok=True)
    except FileExistsError as fault:
        raise _in_the_way(path) from fault
    except OSError as fault:
        raise _unwritable(path, fault) from fault


class NewFile:
    """A file in the making.

    Attributes:
        samples: How many samples were written.
    """

    def __init__(self, stream: IO[str]) -> None:
        """Write to a stream."""
        self._stream = stream
        self.samples = 0

    def write(self, name: str, at: int, value: float) -> None:
        """Write a sample, see `sample`."""
        self._stream.write(sample(name, at, value))
        self.samples += 1


def _unwritable(path: Path, fault: OSError) -> OutputError:
    remedy = "choose another file with --out"
    return OutputError(f"{path} cannot be written: {fault.strerror or fault}", remedy=remedy)


def _in_the_way(path: Path) -> OutputError:
    remedy = "move it away, or choose another file with --out"
    return OutputError(f"{path} is there already, and is not replaced", remedy=remedy)
