"""Every reader of YAML, of version 1.1 and of 1.2, reads the same strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from slogen.targets.yaml_text import block, expression, scalar

if TYPE_CHECKING:
    from collections.abc import Callable

NASTY = (
    *(
        "",
        " ",
        "a ",
        " a",
        "a\n",
        "\na",
        "\n",
        "\n\n",
        "a\n\nb",
        "a\n b",
        " a\nb",
        "a \nb",
        "a\n \nb",
    ),
    *("y", "n", "Y", "yes", "NO", "On", "off", "true", "False", "null", "Null", "~", "none"),
    *("nan", ".nan", ".NaN", "inf", ".inf", "-.inf", "+.inf", "Infinity", "1e3", "1E3", "e3"),
    *(
        "0",
        "-1",
        "+1",
        "1.0",
        ".5",
        "5.",
        "012",
        "0o17",
        "0x1F",
        "0b1",
        "1_000",
        "1,000",
        "190:20:30",
    ),
    *("1:30", "12:30:45", "2001-01-01", "2001-12-14t21:59:43.10-05:00", "2026-11-23 16:00:00"),
    *("-", "--", "---", "- a", "...", "?", "? a", ":", "a:", "a: b", ":a", "a :b", "a:b", "a: "),
    *(
        "#",
        "a #b",
        "a#b",
        "# a",
        "!",
        "!a",
        "!!str a",
        "&a",
        "*a",
        "@a",
        "`a`",
        "%a",
        "|",
        ">",
        "|-",
    ),
    *(
        "'",
        '"',
        "'a'",
        '"a"',
        "it's",
        'say "hi"',
        "\\",
        "\\n",
        "a\\",
        "{",
        "}",
        "{a}",
        "[a]",
        "a, b",
    ),
    *(
        "<<",
        "=",
        "<",
        "\t",
        "a\tb",
        "\ta",
        "a\t",
        "a\r\nb",
        "a\rb",
        "\r",
        "\x00",
        "\x07",
        "\x1b[0m",
    ),
    *(
        "\x7f",
        "\x80",
        "\x85",
        "a\x85b",
        "\xa0",
        "\xad",
        "\u2028",
        "a\u2029b",
        "\u200b",
        "\ufeff",
        "\ufeffa",
    ),
    *(
        "\ufffd",
        "\ufffe",
        "\uffff",
        "é",
        "日本語",
        "😀",
        "\U0010ffff",
        "\U000e0001",
        "a" * 300,
        "a " * 200,
    ),
    *(
        "{{ $value }}",
        '{{ with query `up{job="a"}` }}\nx\n{{ end }}',
        "a: b\n# c\n- d",
        "key: |\n  a",
    ),
)
PROMQL = (
    *("up", "sum(up)", 'up{a="b"}', 'up{a="b: c"} > (0)', 'up{a="b #c"} > (0)', "a / (b > 0)"),
    *(
        "0 * (a <= 0)",
        "2 * sum(a)",
        "a: b (c)",
        "a #(c)",
        "- (a)",
        "? (a)",
        "a:(b)",
        "a :(b)",
        "a: (b)",
    ),
    *(
        'up{a="é"}',
        'up{a="\u2028"}',
        "sum(up)\n",
        "sum(\n  up\n)\n/ 2",
        "1 (",
        "1e3",
        "1(2):",
        "a{b} ",
    ),
    *(
        "sum by (a) (b) and\non (c) d",
        "null",
        "true(x)",
        "nan(x)",
        "a{\ufeff",
        "a{\x85",
        "a(b)\x00",
    ),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
YAMLISH = st.lists(
    st.sampled_from(
        ["a", "B", "0", "1", ".", ":", " ", "-", "#", "\n", '"', "'", "{", "(", ")", "e"]
    )
).map("".join)


def readers() -> list[Callable[[str], object]]:
    """Return a reader of YAML 1.1 and one of YAML 1.2."""
    return [yaml.safe_load, YAML(typ="safe", pure=True).load]


def read(written: str) -> list[object]:
    """Return what the readers see in a value that stands as deep as one in a rule file."""
    document = f"groups:\n  - rules:\n      - expr: {written}\n        next: 1\n"
    found = []
    for reader in readers():
        rule = reader(document)["groups"][0]["rules"][0]  # type: ignore[index]
        assert rule["next"] == 1
        found.append(rule["expr"])
    return found


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_nasty_scalars_read_back(text: str) -> None:
    """What one reader or another takes for something else is quoted."""
    assert read(scalar(text)) == [text, text]
    assert "\n" not in scalar(text)


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_nasty_blocks_read_back(text: str) -> None:
    """A literal block is used only where it keeps every character."""
    assert read(block(text, 10)) == [text, text]


@pytest.mark.parametrize("text", [*PROMQL, *NASTY], ids=ascii)
def test_nasty_expressions_read_back(text: str) -> None:
    """An expression is plain only where every reader sees a string."""
    assert read(expression(text, 10)) == [text, text]


@given(TEXTS | YAMLISH)
def test_any_scalar_reads_back(text: str) -> None:
    """Whatever the text, both versions of YAML read it back."""
    assert read(scalar(text)) == [text, text]


@given(TEXTS | YAMLISH)
def test_any_block_reads_back(text: str) -> None:
    """Whatever the lines, both versions of YAML read them back."""
    assert read(block(text, 10)) == [text, text]


@given(TEXTS | YAMLISH)
def test_any_expression_reads_back(text: str) -> None:
    """Whatever the expression, both versions of YAML read it back."""
    assert read(expression(text, 10)) == [text, text]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("page", "page"),
        ("shop-availability", "shop-availability"),
        ("slogen:a:fast", "slogen:a:fast"),
        ("https://runbooks.example.com/a", "https://runbooks.example.com/a"),
        ("1h", '"1h"'),
        ("14.4", '"14.4"'),
        ("on", '"on"'),
        ("a b", '"a b"'),
        ("é", '"é"'),
        ('"', r'"\""'),
        ("\u2028", r'"\u2028"'),
    ],
)
def test_known_scalars(text: str, written: str) -> None:
    """Words are plain, all else is quoted."""
    assert scalar(text) == written


def test_lines_are_a_literal_block() -> None:
    """A text of several lines stands as it is, blank lines without spaces."""
    assert block("a\n\n  b: c", 4) == "|-\n    a\n\n      b: c"


def test_a_plain_expression_stays_on_its_line() -> None:
    """PromQL is plain wherever that is safe, for it is what people read."""
    assert expression('sum by (a) (rate(b{c="d"}[5m])) > 0', 4) == (
        'sum by (a) (rate(b{c="d"}[5m])) > 0'
    )


def test_the_readers_differ() -> None:
    """The two readers stand for both versions of YAML: they disagree where those do."""
    documents = ["on", "1:30", "0o17"]

    assert [[reader(text) for text in documents] for reader in readers()] == [
        [True, 90, "0o17"],
        ["on", "1:30", 15],
    ]
