"""Comments, white space and strings are read as Prometheus reads them, and written in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidPromQL
from slogen.promql.lexing import durations, nesting, operators, tidy, tokens
from slogen.promql.parsing import MOST_OPERATORS, parse
from slogen.promql.quoting import quote
from slogen.promql.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Callable

VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
GAPS = st.sampled_from(
    [" ", "\n", "\t \r\n", "\f", " # it's \"half` (\n", "#\r", "\n# a\n  # b\n "]
)
SNIPPETS = [
    *("foo", "5m", "1e400", "Inf", "$window", "#", "\n", " ", "\\", '"', "'", "`", '"a"', "'b'"),
    *("(", ")", "{", "}", "[", "]", ":", ",", "=", "=~", "-", "or", "offset ", "a=", "`\\d`"),
    *("[1e30]", '"\\x41"', "{a=`b`}", " or ", "foo{", '{a="b" or c="d"}', "99999999999", "1e3"),
]
TEXTS = st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=3), max_size=12).map("".join)


class Spelled(NamedTuple):
    """An expression as a user might spell it, and in its plain spelling."""

    messy: str
    plain: str


def in_single_quotes(value: str) -> str:
    """Return a text as a single-quoted string."""
    body = quote(value)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{body}'"


def in_backticks(value: str) -> str:
    """Return a text as a raw string where promql-parser can read that."""
    return quote(value) if "`" in value or "\\" in value else f"`{value}`"


SPELLINGS: list[Callable[[str], str]] = [quote, in_single_quotes, in_backticks]
QUOTES = st.sampled_from(SPELLINGS)


@st.composite
def selections(draw: st.DrawFn) -> Spelled:
    """Draw a selector with one matcher."""
    value, gap, operator = draw(VALUES), draw(GAPS), draw(st.sampled_from(["=", "!="]))
    literal = draw(QUOTES)(value)
    messy = f"foo{gap}{{{gap}a{gap}{operator}{draw(GAPS)}{literal}{gap}}}"
    plain = f"foo{{a{operator}{quote(value)}}}"
    form = draw(
        st.sampled_from(["{}", "{} offset 5m", "rate({}[5m])", "rate({}[ 5m ] offset -1h)"])
    )
    return Spelled(form.format(messy), form.format(plain))


@st.composite
def operations(draw: st.DrawFn, operands: st.SearchStrategy[Spelled]) -> Spelled:
    """Draw an operation on other expressions."""
    one, two, gap = draw(operands), draw(operands), draw(GAPS)
    operator = draw(st.sampled_from(["+", ">= bool", "or", "unless on(a)", "*"]))
    chosen: Spelled = draw(
        st.sampled_from(
            [
                Spelled(f"({gap}{one.messy}{draw(GAPS)})", f"({one.plain})"),
                Spelled(
                    f"sum{gap}({one.messy}{gap}) by(a{gap},{gap}b)", f"sum({one.plain}) by(a,b)"
                ),
                Spelled(
                    f"({one.messy}){gap}{operator}{gap}({two.messy})",
                    f"({one.plain}) {operator} ({two.plain})",
                ),
            ]
        )
    )
    return chosen


EXPRESSIONS = st.recursive(selections(), operations, max_leaves=6)


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("up", "up"),
        ("", ""),
        (" \n up\t\r\n", "up"),
        ("# only a comment", ""),
        ("up # a comment", "up"),
        ("up # one\r  # two\n  + down", "up + down"),
        ("up#\ndown", "up down"),
        ("sum(\n  rate(\n    x[5m]\n  )\n)\n/ 2", "sum(rate(x[5m])) / 2"),
        ("sum by ( a , b ) ( x )", "sum by (a, b) (x)"),
        ("x [ 5m ]", "x [5m]"),
        ('x{a="  # not a comment  "}', 'x{a="  # not a comment  "}'),
        ("x{a='b'}", 'x{a="b"}'),
        ("x{a='it\\'s \"b\"'}", 'x{a="it\'s \\"b\\""}'),
        (r"x{a=~`\d+\.\Q`}", r'x{a=~"\\d+\\.\\Q"}'),
        ('x{a=`"`}', 'x{a="\\""}'),
        ("x{a=`b\nc`}", 'x{a="b\\nc"}'),
        ("x{a='`'}", 'x{a="`"}'),
        (r'{a="\x41\101\u00e9\U0001F600\xc3\xa9"}', '{a="AAé😀é"}'),
        (r'"\a\b\f\n\r\t\v\\\""', r'"\u0007\u0008\u000c\n\r\t\u000b\\\""'),
        ("$window", "$window"),
    ],
)
def test_tidies(text: str, tidied: str) -> None:
    """Comments and idle white space go, and each string gets its one spelling."""
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    "literal",
    [
        *(r'"\q"', r'"\8"', r'"\1"', r'"\12"', r'"\400"', r'"\x4"', r'"\xg0"', r'"\u12"'),
        *(r'"\U0001"', r'"\ud800"', r'"\U00110000"', r'"\xff"', r'"\303"', r'"\é"', r'"\ "'),
        *(r'"\'"', r"'\"'", r"'\`'"),
    ],
)
def test_refuses_escapes_that_go_does_not_know(literal: str) -> None:
    """What strconv.Unquote refuses, or reads as bytes that are no text, is refused."""
    with pytest.raises(InvalidPromQL, match="query is not PromQL: invalid escape sequence in the"):
        tidy(f"x{{a={literal}}}")


@pytest.mark.parametrize(
    "text",
    ['"', "'", "`", 'x{a="b', "x{a='b\"", "x{a=`b\"'", '"a\nb"', '"a\\', '"a\\"', '"a\\\nb"'],
)
def test_refuses_strings_that_do_not_end(text: str) -> None:
    """A quotation mark needs its fellow, on the same line unless it is a backtick."""
    with pytest.raises(InvalidPromQL, match=r"SLO is not PromQL: unterminated string ."):
        tidy(text, "SLO")


def test_a_fault_shows_the_beginning() -> None:
    """A long text is not repeated in full, and a lone surrogate can be printed."""
    with pytest.raises(InvalidPromQL, match="lone surrogate") as caught:
        tidy("\ud800" + "x" * 1_000)

    assert str(caught.value) == (
        "query is not PromQL: it holds half a character (a lone surrogate)\n"
        "  allowed: a PromQL expression\n"
        f"  remedy: look at: \\ud800{'x' * 199}..."
    )


@given(EXPRESSIONS)
def test_tidying_keeps_the_meaning(spelled: Spelled) -> None:
    """Whatever comments, white space and quotes do to a text, the tree stays the same."""
    tree = promql_parser.parse(tidy(spelled.messy)).prettify()

    assert tree == promql_parser.parse(spelled.messy).prettify()
    assert tree == promql_parser.parse(spelled.plain).prettify()


@given(VALUES.filter(lambda value: "`" not in value))
def test_raw_strings_are_read_as_they_stand(value: str) -> None:
    """Backtick strings hold backslashes, which promql-parser alone would refuse."""
    assert Selector(f"up{{a=`{value}`}}") == Selector(f"up{{a={quote(value)}}}")


@given(TEXTS)
def test_tidy_is_idempotent(text: str) -> None:
    """What has been tidied is tidy; what has not is refused."""
    try:
        tidied = tidy(text)
    except InvalidPromQL as fault:
        assert str(fault)  # noqa: PT017 (either outcome is fine)
    else:
        assert tidy(tidied) == tidied
        assert "\n" not in tidied


@pytest.mark.parametrize(
    "text",
    [
        *(
            "x" * 200_000,
            '"' * 200_000,
            "{{" * 100_000,
            "\\" * 200_000,
            "# " * 100_000,
            " " * 200_000,
        ),
        *(
            '"' + "\\n" * 100_000,
            "`" * 200_001,
            "$" * 200_000,
            "1e" * 100_000,
            "9" * 200_000,
            "\x00",
        ),
    ],
    ids=lambda text: text[:4].encode().hex(),
)
def test_reads_long_texts_to_their_end(text: str) -> None:
    """A long text is read or refused; time that grew faster than its length would never end."""
    try:
        outcome = tidy(text)
    except InvalidPromQL as fault:
        outcome = fault.found

    assert outcome == "" or "unterminated string" in outcome or len(outcome) <= len(text)


def test_brackets_and_operators_in_strings_do_not_count() -> None:
    """A regex may have as many groups and signs as it likes."""
    lexed = tokens('(x{a=~"((((+-*/",b=`[[[`} + y[5m]) # (((')

    assert nesting(lexed) == 2
    assert operators(lexed) == 3


def test_operators_may_be_words() -> None:
    """Set operators count as those of arithmetic do, in any case."""
    assert operators(tokens("a or b AND c unless d atan2 e + bool_or")) == 5


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x[5m]", ["5m"]),
        ("x[ $window : 30s ]", ["$window", "30s"]),
        ("x[5m:] offset 1d", ["5m", "1d"]),
        ("x OFFSET - 1e30 + 5", ["1e30"]),
        ("x offset +Inf", ["Inf"]),
        ('x{a="[5m] offset 1d"}', []),
        ("x:5m + 5m", []),
        ("(:$window)", []),
    ],
)
def test_durations_stand_in_brackets_and_behind_offset(text: str, found: list[str]) -> None:
    """A duration is known by its place, whatever stands there."""
    lexed = tokens(text)

    assert [lexed[index].text for index in durations(lexed)] == found


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (r"up{a=~`\d+`}", r'up{a=~"\\d+"}'),
        (r'up{a="\xc3\xa9"}', 'up{a="é"}'),
        ("rate(up[5m # five\n])", "rate(up[5m])"),
        (f'up{{a=~"{"(a|b)" * 1_500}"}}', f'up{{a=~"{"(a|b)" * 1_500}"}}'),
        (f'up{{a="{"+" * (MOST_OPERATORS + 1)}"}}', f'up{{a="{"+" * (MOST_OPERATORS + 1)}"}}'),
        ('up{or="a"} or down', 'up{or="a"} or down'),
        ("up > Inf", "up > Inf"),
        ("up > 1e20", f"up > 1{'0' * 20}"),
        ("foo_or", "foo_or"),
    ],
)
def test_parse_reads_what_prometheus_reads(text: str, tree: str) -> None:
    """What the parser below would refuse, misread or count wrongly is read."""
    assert parse(text).prettify() == tree


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("up > 1e400", "the number 1e400 is out of range"),
        ("up > -1E+400", r"the number 1E\+400 is out of range"),
        (f"up > {'9' * 400}", f"the number {'9' * 40} is out of range"),
        ("up[1e10]", "the duration 1e10 is out of range"),
        ("up[5m:1e30]", "the duration 1e30 is out of range"),
        ("up offset -Inf", "the duration Inf is out of range"),
        ("up offset 9999999999", "the duration 9999999999 is out of range"),
        ("up offset 0x7fffffffffffffff", "parameter 'signed duration seconds' is not in"),
        ('up{a="b" or c="d"}', 'no "or" between matchers in PromQL: use a regex'),
        ('sum(rate(up{a="b"\nOR c="d"}[5m]))', 'no "or" between matchers in PromQL: use a regex'),
        ("up{a='b' or c='d'}", 'no "or" between matchers in PromQL: use a regex'),
    ],
)
def test_parse_refuses_what_prometheus_refuses(
    text: str, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """What the parser below would take, or die of, is refused; nothing is printed."""
    with pytest.raises(InvalidPromQL, match=f"query is not PromQL: {reason}"):
        parse(text)

    assert capfd.readouterr() == ("", "")


def outcome(text: str) -> str:
    """Return the tree of a text, or that it has none."""
    try:
        return parse(text).prettify()
    except InvalidPromQL:
        return "refused"


@given(TEXTS | EXPRESSIONS.map(lambda spelled: spelled.plain))
def test_the_short_way_leads_to_the_same_tree(text: str) -> None:
    """Plain texts are parsed unlexed, others lexed, as a comment forces: the tree is the same."""
    assert outcome(text) == outcome(f"#\n{text}")


def test_a_panic_becomes_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A panic of the Rust parser, which no `except Exception` stops, is one more refusal."""
    panic = type("PanicException", (BaseException,), {})

    def panicking(_: str) -> None:
        raise panic("called `Option::unwrap()` on a `None` value")

    monkeypatch.setattr(promql_parser, "parse", panicking)

    with pytest.raises(InvalidPromQL, match="query is not PromQL: the parser cannot read it"):
        parse("up")
