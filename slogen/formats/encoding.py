"""From the bytes of a file to its text, which has to be UTF-8 in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.errors import UnreadableFile
from slogen.source import Position

if TYPE_CHECKING:
    from slogen.errors import InvalidTOML, InvalidYAML, ScriptFailed

_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"\x00\x00\xfe\xff", "UTF-32"))
_SAVE = "save it as UTF-8"


def decoded(
    content: bytes,
    file: str,
    error: type[InvalidTOML | InvalidYAML | ScriptFailed],
    reason: str = "",
    more: str = "",
) -> str:
    """Return what bytes say in UTF-8, without a byte order mark.

    Args:
        content: What the file holds.
        file: How it is called in messages.
        error: The error of its format.
        reason: What the format says first.
        more: What helps besides saving the file as UTF-8.

    Raises:
        InputError: If it is no UTF-8, at the first byte that is none.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            raise UnreadableFile(file, f"is {encoding}", _SAVE)
    body = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode()
    except UnicodeDecodeError as fault:
        # In bytes: not every character that ends a line of a text ends one of a file.
        before = body[: fault.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines = before.decode().split("\n")
        column = len(lines[-1]) + 1
        shown = f"{lines[-1]}\N{REPLACEMENT CHARACTER}"
        place = Position(file, len(lines), column, column + 1, source=shown)
        found = f"{reason}not UTF-8: byte 0x{body[fault.start]:02x}, {fault.reason}"
        raise error(found, place, f"{_SAVE}{more}") from fault
