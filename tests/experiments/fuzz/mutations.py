"""What happens to a file in the hands of people, merges and editors: lines go, come twice, move."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

NASTY = (
    *("", "~", "null", "true", "no", "on", "1", "-1", "0", "012", "0x1F", "1e400", ".inf", ".nan"),
    *("1:30", "2001-01-01", "1_000", "99.9%", "99.9", "100%", "30d", "0s", "1h30m", "5 m", "-5m"),
    *("[]", "{}", "[x]", "{x: y}", "[[[[]]]]", "- x", "? x", "x: y", '""', "''", '"\\n"', "'x"),
    *('"\\0"', '"\\e[2J"', '"\\u202e"', "|", ">-", "|\n  x", "&a x", "*a", "<<", "!!str x", "!x"),
    *("# x", "---", "...", "%x", "@x", "`x`", "\t", "\ufeff", "\x00", "\r", "\u2028", "\U0001f600"),
    *("up", "up[5m]", "sum(", 'a{b=~"("}', "rate(a[$window])", "<= 300", "{{ $value }}", "{{"),
    *(
        "standard",
        "none",
        "house",
        "names.yml",
        "house.yaml",
        "main.yaml",
        "wrong.yaml",
        "../x.yml",
    ),
    *("{events: {total: a, bad: b}}", "{up: {gauge: up}}", "{based_on: house}", "[*a, *a]"),
)
"""What stands where something else should."""


def mutated(text: str, random: Random) -> str:
    """Return a text with one change, such as people and tools make."""
    lines = text.splitlines(keepends=True) or [""]
    change = random.choice(_CHANGES)
    return "".join(change(lines, random))


def _dropped(lines: list[str], random: Random) -> list[str]:
    at = random.randrange(len(lines))
    return lines[:at] + lines[at + 1 :]


def _doubled(lines: list[str], random: Random) -> list[str]:
    at = random.randrange(len(lines))
    return lines[: at + 1] + lines[at:]


def _swapped(lines: list[str], random: Random) -> list[str]:
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    chosen = list(lines)
    chosen[one], chosen[two] = lines[two], lines[one]
    return chosen


def _nested(lines: list[str], random: Random) -> list[str]:
    """Indent some lines, or move them to the left."""
    begin = random.randrange(len(lines))
    end = begin + random.randint(1, 5)
    step = random.choice((-4, -2, -1, 1, 2, 4))
    moved = [line[-step:] if step < 0 else " " * step + line for line in lines[begin:end]]
    return lines[:begin] + moved + lines[end:]


def _cut(lines: list[str], random: Random) -> list[str]:
    at = random.randrange(len(lines))
    return [*lines[:at], lines[at][: random.randint(0, len(lines[at]))]]


def _replaced(lines: list[str], random: Random) -> list[str]:
    """Put something nasty behind a key."""
    at = random.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    return [*lines[:at], f"{key}{colon or ':'} {random.choice(NASTY)}\n", *lines[at + 1 :]]


def _inserted(lines: list[str], random: Random) -> list[str]:
    at = random.randrange(len(lines))
    column = random.randint(0, len(lines[at]))
    line = lines[at][:column] + random.choice(NASTY) + lines[at][column:]
    return [*lines[:at], line, *lines[at + 1 :]]


def _lost(lines: list[str], random: Random) -> list[str]:
    """Leave out a character."""
    at = random.randrange(len(lines))
    column = random.randint(0, len(lines[at]))
    return [*lines[:at], lines[at][:column] + lines[at][column + 1 :], *lines[at + 1 :]]


def _moved(lines: list[str], random: Random) -> list[str]:
    """Paste the value of one key behind another one."""
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    key, colon, _ = lines[one].partition(":")
    pasted = f"{key}{colon or ':'}{lines[two].partition(':')[2] or lines[two]}"
    return [*lines[:one], pasted, *lines[one + 1 :]]


_CHANGES: tuple[Callable[[list[str], Random], list[str]], ...] = (
    _dropped,
    _doubled,
    _swapped,
    _nested,
    _cut,
    _replaced,
    _inserted,
    _lost,
    _moved,
)
