"""The hostile strings: what readers of YAML, PromQL, templates and paths are known to trip over.

Odd characters are written as escapes, so that no editor can hide or mend them.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def _listed(table: str) -> tuple[str, ...]:
    """Return the cells of a table; it is raw, so that backslashes are what they seem."""
    return tuple(cell.strip() for line in table.strip().splitlines() for cell in line.split(" ¦ "))


# https://yaml.org/type/ (1.1), chapter 10 of YAML 1.2, and resolve.go of Go's yaml.v3.
_TRUTHS = _listed("y ¦ n ¦ yes ¦ no ¦ on ¦ off ¦ true ¦ false ¦ null ¦ nan ¦ inf ¦ infinity ¦ none")
_NUMBERS = _listed(r"""
    0 ¦ -0 ¦ +0 ¦ 00 ¦ 1 ¦ -1 ¦ +1 ¦ 007 ¦ 012 ¦ 0o14 ¦ 0O14 ¦ 0x1F ¦ 0X1f ¦ -0x1 ¦ 0b1 ¦ 0B1 ¦ 08
    1_000 ¦ 1_0.5 ¦ 1,000 ¦ _1 ¦ 1_ ¦ 1. ¦ .5 ¦ +.5 ¦ -.5 ¦ 1.0 ¦ 1.5e3 ¦ 1e3 ¦ 1E3 ¦ 1e+3 ¦ 1e-3
    e3 ¦ 1e ¦ 1.e1 ¦ .1e1 ¦ 1e400 ¦ -1e400 ¦ 0.1e-999 ¦ .inf ¦ -.inf ¦ +.inf ¦ .Inf ¦ .INF ¦ +Inf
    .nan ¦ .NaN ¦ .NAN ¦ -.nan ¦ -inf ¦ . ¦ .. ¦ ... ¦ - ¦ -- ¦ --- ¦ + ¦ +- ¦ 0x ¦ 0b ¦ 0o ¦ 0x_1
    1:30 ¦ 12:30:45 ¦ 190:20:30 ¦ 190:20:30.15 ¦ -1:30 ¦ 0:0 ¦ 99.9% ¦ 30d ¦ 1h30m ¦ 5m ¦ 14.4x
    2001-01-01 ¦ 2001-1-1 ¦ 2001-12-14t21:59:43.10-05:00 ¦ 2001-12-14T21:59:43Z ¦ 20010101
    2001-12-14 21:59:43 ¦ 2001-12-14 21:59:43.10 -5 ¦ 2026-13-45 ¦ 2001-02-30
""")
_STRUCTURES = _listed(r"""
    ~ ¦ = ¦ << ¦ <<: *a ¦ !!x ¦ !!str 1 ¦ !!int a ¦ !!binary x ¦ !x y ¦ !<tag:x> y ¦ &a ¦ &a b ¦ *a
    - x ¦ - - x ¦ ? x ¦ ? x : y ¦ : x ¦ x: ¦ x: y ¦ x : y ¦ x :y ¦ x:y ¦ # x ¦ x # y ¦ x #y ¦ x# y
    | x ¦ |- x ¦ >- x ¦ |2 ¦ %YAML 1.2 ¦ %TAG ! x ¦ @x ¦ `x` ¦ {x: y} ¦ {x ¦ x} ¦ [x, y] ¦ [x ¦ x]
    x, y ¦ {} ¦ [] ¦ '' ¦ "" ¦ 'x' ¦ "x" ¦ it's ¦ --- x ¦ ... x ¦ x --- y ¦ key: | ¦ expr: up
    groups: ¦ record: x ¦ a: b: c ¦ null: x
""")
_PROMQL = _listed(r"""
    "} or vector(1) # ¦ "}) or vector(1) # ¦ "}[5m])) or vector(1) # ¦ "} ¦ "}} ¦ '} or vector(1) #
    `} or vector(1) # ¦ \"} or vector(1) # ¦ \\"} or vector(1) # ¦ ",a="b ¦ ",__name__=~".+
    "} or {a="b ¦ "} unless on () vector(1) or up{a=" ¦ "}[5m:1m] ¦ "} @ end() # ¦ # comment
    x[5m] ¦ x[$window] ¦ $window ¦ [$window] ¦ $__rate_interval ¦ ${window} ¦ {__name__=~'.'}
    .* ¦ .+ ¦ ^$ ¦ a|b ¦ (a ¦ a) ¦ [a ¦ a{2} ¦ a{1001} ¦ \d+ ¦ \Qa\E ¦ (?i)a ¦ $1 ¦ ${1} ¦ $0 ¦ \1
    x offset 5m ¦ x @ end() ¦ 1 > bool 2 ¦ sum by (a) (b) ¦ {a="b" or c="d"} ¦ and on () group_left
    \x41 ¦ \u0041 ¦ \U0001f600 ¦ \101 ¦ \z ¦ \ ¦ \\ ¦ \\\ ¦ a\"b ¦ a\'b ¦ \n ¦ \r\n ¦ \t ¦ \u2028
""")
_TEMPLATES = _listed(r"""
    {{ ¦ }} ¦ {{}} ¦ { ¦ } ¦ { { ¦ {{{ ¦ }}} ¦ {{{{ ¦ a{ ¦ {a ¦ a} ¦ {% ¦ {# ¦ ${ ¦ {{-
    {{ $value }} ¦ {{$value}} ¦ {{- $value -}} ¦ {{ $labels.job }} ¦ {{ . }} ¦ {{ end }}
    {{ "{{" }} ¦ {{"{"}} ¦ {{ `x` }} ¦ {{/* x */}} ¦ {{ /* x */ }} ¦ {{ template `x` }} ¦ {{ $value
    {{ define `x` }} ¦ {{ if true }} ¦ {{ range query `up` }} ¦ {{ query `up` | first }} ¦ $value }}
    {{ nope }} ¦ {{ externalURL }} ¦ {{ .x }} ¦ {{ printf `%s` $labels }} ¦ {{ reReplaceAll `a` }}
    %s ¦ %d ¦ %!s(x) ¦ %% ¦ %q ¦ {0} ¦ {x!r} ¦ %(x)s ¦ $(id) ¦ `id` ¦ $HOME ¦ ${HOME} ¦ <b> ¦ &amp;
""")
_PATHS = _listed(r"""
    ../x ¦ ../../etc/passwd ¦ ./x ¦ /etc/passwd ¦ / ¦ // ¦ a/b ¦ a/../b ¦ a/ ¦ ..\x ¦ C:\x ¦ C:x
    \\host\x ¦ ~/x ¦ ~root ¦ -rf ¦ --help ¦ a;b ¦ a*b ¦ a?b ¦ [ab] ¦ {a,b} ¦ a&b ¦ a>b ¦ a%2Fb
    %2e%2e%2fx ¦ %00 ¦ % ¦ %zz ¦ .x ¦ .git ¦ .yaml ¦ x.yaml ¦ x. ¦ x.. ¦ slogen.manifest ¦ ^x ¦ !x
""")
DEVICES = _listed("con ¦ prn ¦ aux ¦ nul ¦ com1 ¦ com9 ¦ lpt1 ¦ lpt9 ¦ conin$ ¦ conout$")
"""What Windows takes for a device, whatever the case and the extension."""

CHARACTERS = {
    "controls": "\x00\x01\x07\x08\t\n\x0b\x0c\r\x1b\x1f\x7f\x80\x85\x9b\x9f",
    "spaces": " \xa0\u1680\u2000\u2003\u2009\u202f\u205f\u3000",
    "line ends": "\u2028\u2029",
    "invisible": "\xad\u061c\u180e\u200b\u200c\u200d\u2060\u2061\ufeff\ufff9\U000e0001\U000e0041",
    "directions": "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "combining": "\u0300\u0301\u0338\u034f\u0903\u20dd\u20e3\u3099\ufe0e\ufe0f\U0001d165\U000e0100",
    "right to left": "\u05d0\u05ea\u0627\u064a\u06cc\u07c1\U00010900\U0001e900",
    "astral": "\U00010000\U0001f600\U0001f1e9\U0001f3fb\U00020000\U0002fa1d",
    "no meaning": "\u0378\ufdd0\ufffe\uffff\U0001fffe\U0010ffff\ue000\uf8ff\U000f0000\ufffd",
    "look-alikes": "\u037e\u0391\u0410\u2018\u201c\u201d\u2024\u2044\u2215\u2236\uff02\uff03\uff1a",
    "folding": "\xdf\u0130\u0131\u017f\u1e9e\u212a\ufb01\u01c5\u0345\u03c2",
    "scripts": "\xe9\u0e01\u0e33\u0915\u094d\u4e2d\u3042\uac00\u1100\u1161\uff21\u2460\xb2\u0661",
    "surrogates": "\ud800\udbff\udc00\udfff",
}
"""One odd character each, by what is odd about it."""

_SEQUENCES = (
    "e\u0301\u0302\u0303" * 10,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1e9\U0001f1ea",
    "1\ufe0f\u20e3",
    "abc\u202edef\u202c",
    "\u05e9\u05dc\u05d5\u05dd: on # \u05e2\u05d5\u05dc\u05dd",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "na\u00efve nai\u0308ve",
    "\u00c5 A\u030a \u212b",
    "\ud83d\ude00",
    "\xc3\xa9",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
)
_LINES = (
    *("a\nb", "a\n\nb", "a\n b", " a\nb", "\ta\nb", "a\nb ", "a \nb", "\na", "\n\n\n", "a\r\nb"),
    *("a: b\n# c\n- d", "---\na", "a\n---\nb", "a\n...\nb", "a\n\tb", "#\n#", "|\n  a", "a\n\x85b"),
    *("{{\nx\n}}", "{\n{ x }}", " \n a", "a\n \nb", "a\n\ufeffb", "a\n\n\n b", '"}\n or vector(1)'),
    "\n".join(f"line {number}: # {{{{ x }}}}" for number in range(50)),
)
_LONG = (
    *("a" * length for length in (119, 120, 121, 200, 255, 3_000)),
    *(character * 120 for character in '"\\{\u00e9\u4e2d\U0001f600%.-#: '),
    *("ab " * 40, "ab " * 39 + "ab", "{{" * 60, '"}' * 60, "a\n" * 60, "\u4e2d" * 22),
    *("x" * 99 + " # y", "x" * 79 + ": y", "word " * 400 + "end", '\\"' * 500, "{" * 1_000),
)
_OPENINGS = ('"', "'", "`", "{{ ", "- ", "? ", "x: ", "\\", '"} ', "!", "%", " ")
_MIDDLES = _listed(
    "on ¦ ~ ¦ 012 ¦ 1:30 ¦ 1e3 ¦ .inf ¦ 2001-01-01 ¦ << ¦ null ¦ {{ ¦ \\n ¦ # ¦ \u00e9 ¦ \U0001f600"
)
_CLOSINGS = ("", '"', " #x", "{")


def _words() -> Iterator[str]:
    for word in (*_TRUTHS, *DEVICES):
        yield from (
            word,
            word.upper(),
            word.title(),
            f"{word} ",
            f" {word}",
            f"{word}:",
            f"-{word}",
        )
    for word in DEVICES:
        yield from (f"{word}.yaml", f"{word}.x")
    yield from (*_NUMBERS, *_STRUCTURES, *_PROMQL, *_TEMPLATES, *_PATHS)


def _signs() -> Iterator[str]:
    for sign in "-?:,[]{}#&*!|>'\"%@`~=<^$\\/;()+.":
        yield from (sign, f"{sign}x", f"{sign} x", f"x{sign}", f"x {sign}", f"x {sign} y", sign * 2)


def _characters() -> Iterator[str]:
    for character in "".join(CHARACTERS.values()):
        yield from (character, f"a{character}b", f"{character}a", f"a{character}")


def _products() -> Iterator[str]:
    marks = ('"', "'", "`", "\\", '\\"', "\\`", "\\\\", "''", "#", "{", "}", ":")
    yield from map("".join, product(marks, marks))
    yield from map("".join, product(_OPENINGS, _MIDDLES, _CLOSINGS))


def _all() -> Iterator[str]:
    yield from ("", " ", "  ", "\t", "\t ", "a\tb", "a  b")
    yield from _words()
    yield from _signs()
    yield from _characters()
    yield from (*_SEQUENCES, *_LINES, *_LONG)
    yield from _products()


STRINGS = tuple(dict.fromkeys(_all()))
"""All of them, each once, in the same order on every machine."""
