"""Regexes are refused when Prometheus refuses them, and only then."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
import re2
from hypothesis import assume, given
from hypothesis import strategies as st

from slogen.errors import InvalidPromQL
from slogen.promql.parsing import LONGEST_QUERY
from slogen.promql.query import Query
from slogen.promql.quoting import quote
from slogen.promql.re2_grammar import NotRE2, regex_tokens
from slogen.promql.regexes import complaints_of_re2, regex_fault
from slogen.promql.selector import Selector
from tests.promql.verdicts import refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TAKEN = (
    *("", "5..", "a|b|c", "api-.*", ".+", "(GET|POST)", "(?:a|b)+", "10\\.0\\.0\\.[0-9]+:9100"),
    *("(?i:prod|stage)", "(?i)prod", "(?s).*error.*", "(?-i)a", "(?i-s:a)", "(?U)a", "(?P<n>a)"),
    *("/users/{id}", "/users/{id}/.*", "/a/{b}/{c:[0-9]+}", "{id}", "x{,3}", "x{2", "x{a}", "x}"),
    *("[A-Z]{2,4}", "x{1000}", "x{2,3}?", "x*?", "(x*){1000}", "(x{100}){10}", "x{1000}y{1000}"),
    *("a{01}", "((x{10}){10}){10}", "^a$", "^*", "\\b+", "()", "|", "a||b", "#a", "a #b", "$1"),
    *("[]a]", "[^]a]", "[a-]", "[-a]", "[a-b-c]", "[(*]", "[\\]]", "[[:alpha:]]", "[[:^word:]]"),
    *(
        "[^[]+",
        "[[]",
        "[a[]",
        "[[:]",
        "[\\w-.]+",
        "[\\d-z]",
        "[\\w.-]",
        "[a&&b]",
        "[\\pN]",
        "[]-a]",
    ),
    *(
        "\\d\\D\\w\\W\\s\\S",
        "\\a\\f\\n\\r\\t\\v",
        "\\A\\z\\b\\B",
        "\\-\\_\\/\\:\\ ",
        "\\x41",
        "\\x{41}",
    ),
    *(
        "\\pN",
        "\\p{L}",
        "\\p{Greek}",
        "\\p{Any}",
        "\\012",
        "[\\012-\\015]",
        "é",
        "日本",
        "a\nb",
        "\x00",
    ),
    *("\\Qa.b\\E", "\\Q\\E", "a\\Q+\\E+", "\\Q[\\E{2}]"),
)
REFUSED = {
    "x*+": '"+" repeats what "*" repeats already',
    "x{2}+": '"+" repeats what "{2}" repeats already',
    "x**": '"*" repeats what "*" repeats already',
    "x{2}{3}": '"{3}" repeats what "{2}" repeats already',
    "x{1001}": '"{1001}" makes something repeat more than 1000 times',
    "x{1001,}": '"{1001,}" makes something repeat more than 1000 times',
    "x{0,1001}": '"{0,1001}" makes something repeat more than 1000 times',
    "(x{100}){11}": '"{11}" makes something repeat more than 1000 times',
    "((a|b{2}){500}|c){2}": '"{2}" makes something repeat more than 1000 times',
    "(x{2,}){501}": '"{501}" makes something repeat more than 1000 times',
    f"x{{{'9' * 5000}}}": f'"{{{"9" * 5000}}}" makes something repeat more than 1000 times',
    "x{2,1}": 'the range of "{2,1}" is empty',
    "*": 'there is nothing that "*" could repeat',
    "a|+": 'there is nothing that "+" could repeat',
    "(?i)?": 'there is nothing that "?" could repeat',
    "{2}": 'there is nothing that "{2}" could repeat',
    "(?=a)": 'it cannot look around, as "(?=" does',
    "(?!a)": 'it cannot look around, as "(?!" does',
    "(?<=a)": 'it cannot look around, as "(?<=" does',
    "(?<!a)": 'it cannot look around, as "(?<!" does',
    "(?x)a": 'no group begins with "(?x"',
    "(?u:a)": 'no group begins with "(?u"',
    "(?R)a": 'no group begins with "(?R"',
    "(?i-)a": 'no group begins with "(?i"',
    "(?>a)": 'no group begins with "(?>"',
    "(?#a)": 'no group begins with "(?#"',
    "(?(1)a)": 'no group begins with "(?("',
    "(?P=n)": 'no group begins with "(?P"',
    "(?P<é>a)": 'no group begins with "(?P<é>"',
    "(a": "a parenthesis does not close",
    "a)": "a parenthesis closes that was not opened",
    "a)(b": "a parenthesis closes that was not opened",
    "[a": "a bracket does not close, or is no class of characters",
    "[]": "a bracket does not close, or is no class of characters",
    "[[:foo:]]": "a bracket does not close, or is no class of characters",
    "[a-\\d]": "a bracket does not close, or is no class of characters",
    "[\\b]": "a bracket does not close, or is no class of characters",
    "[z-a]": 'the range "z-a" is empty',
    "[a--b]": 'the range "a--" is empty',
    "[\\n-\\t]": 'the range "\\n-\\t" is empty',
    "(a)\\1": 'it has no back-references, such as "\\1"',
    "\\8": 'it has no back-references, such as "\\8"',
    "\\k<n>": 'there is no escape sequence "\\k"',
    "\\u0041": 'there is no escape sequence "\\u"',
    "\\Z": 'there is no escape sequence "\\Z"',
    "\\C": 'there is no escape sequence "\\C"',
    "\\E": 'there is no escape sequence "\\E"',
    "\\é": 'there is no escape sequence "\\é"',
    "\\x1": 'there is no escape sequence "\\x1"',
    "\\x{110000}": 'there is no character "\\x{110000}"',
    "\\pX": 'there is no escape sequence "\\pX"',
    "\\p{greek}": 'there is no escape sequence "\\p{greek}"',
    "\\p{sc=Greek}": 'there is no escape sequence "\\p{sc=Greek}"',
    "a\\": 'there is no escape sequence "\\"',
}
REFUSED_BY_RE2_ALONE = ("\\p{Letter}", "\\p{Foo}", "[[:a]b:]")
REFUSED_BY_PROMETHEUS_2 = {
    "(?<n>a)": 'no group begins with "(?<"',
    "\\Qa.b": 'there is no escape sequence "\\Q"',
    "\\p{Cn}": 'there is no escape sequence "\\p{Cn}"',
}
RESPELLED = {
    "[^[]+": "[^\\[]+",
    "[A-[]": "[A-\\[]",
    "[\\w-.]": "[\\w\\-.]",
    "[\\d--z]": "[\\d\\--z]",
    "[\\w-]": "[\\w-]",
    "[-\\w]": "[-\\w]",
    "[[:alpha:]-_]": "[[:alpha:]\\-_]",
    "a\\Q.+\\E+": "a\\.\\++",
    "\\012\\0": "\\x0a\\x00",
    "[\\101-\\132]": "[\\x41-\\x5a]",
    "\\777": "\u01ff",
    "/users/{id}/[0-9]{2}": "/users/{id}/[0-9]{2}",
}
SNIPPETS = st.sampled_from(
    (
        *("a", "b", "-", "[", "[^", "]", "(", "(?:", "(?i)", "(?P<n>", ")", "*", "+", "?", "{2}"),
        *("{40}", "{1000}", "{1,3}", "{,2}", "{a}", "{", "}", "|", "\\d", "\\Q", "\\E", "\\x41"),
        *("\\12", "\\b", "\\1", "\\pZ", "[:alpha:]", "[:", "^", "$", ".", "\\\\"),
        *("\\-", "\\[", "é", ",", "0", "\\_", "/"),
    )
)
REGEXES = st.lists(SNIPPETS, max_size=10).map("".join)


@pytest.fixture(params=["with RE2", "without RE2"], autouse=True)
def _checker(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run each test with google-re2 and as if it were not installed."""
    if request.param == "without RE2":
        monkeypatch.setitem(sys.modules, "re2", None)
    complaints_of_re2.cache_clear()
    yield
    complaints_of_re2.cache_clear()


def selecting(regex: str) -> str:
    """Return a selector with a regex."""
    return f"x{{a=~{quote(regex)}}}"


@pytest.mark.parametrize("regex", TAKEN)
def test_takes_regexes_of_prometheus(regex: str) -> None:
    """What Prometheus takes is taken, by promql-parser as well."""
    assert regex_fault(regex) == ""
    assert Selector(selecting(regex)).matchers[0].label == "a"


@pytest.mark.parametrize(("regex", "reason"), {**REFUSED, **REFUSED_BY_PROMETHEUS_2}.items())
def test_refuses_other_regexes(regex: str, reason: str) -> None:
    """What Prometheus refuses is refused with the reason."""
    shown = regex if len(regex) < 80 else f"{regex[:80]}..."

    assert regex_fault(regex) == f'the regex "{shown}" is not RE2: {reason}'


@pytest.mark.parametrize("regex", REFUSED_BY_RE2_ALONE)
def test_re2_knows_more(regex: str) -> None:
    """Names of scripts, and odd classes, are known to RE2 alone."""
    is_installed = sys.modules["re2"] is not None

    assert bool(regex_fault(regex)) is is_installed


@pytest.mark.parametrize("line", ["2", "3"])
def test_promtool_takes_what_is_taken(line: str, tmp_path: Path) -> None:
    """Both lines of Prometheus take the good half of the table, respelled or not."""
    respelled = [str(Selector(selecting(regex))) for regex in TAKEN]

    assert refused(line, [*map(selecting, TAKEN), *respelled], tmp_path) == []


@pytest.mark.parametrize("line", ["2", "3"])
def test_promtool_refuses_what_is_refused(line: str, tmp_path: Path) -> None:
    """Both lines of Prometheus refuse the bad half of the table."""
    bad = [selecting(regex) for regex in (*REFUSED, *REFUSED_BY_RE2_ALONE)]

    assert refused(line, bad, tmp_path) == bad


def test_promtool_tells_the_lines_apart(tmp_path: Path) -> None:
    """Prometheus 2.42 refuses a few regexes that Prometheus 3 takes."""
    newer = [selecting(regex) for regex in REFUSED_BY_PROMETHEUS_2]

    assert refused("2", newer, tmp_path) == newer
    assert refused("3", newer, tmp_path) == []


def taken_by_grammar(regex: str) -> bool:
    """Return whether the grammar takes a regex."""
    try:
        return bool(regex_tokens(regex)) or not regex
    except NotRE2:
        return False


def taken_by_re2(regex: str) -> bool:
    """Return whether RE2 takes a regex, by itself and as Prometheus 2 puts it."""
    options = re2.Options()
    options.log_errors = False
    try:
        return all(re2.compile(text, options=options) for text in (regex, f"^(?:{regex})$"))
    except re2.error:
        return False


@given(REGEXES)
def test_the_grammar_is_that_of_re2(regex: str) -> None:
    """The grammar takes a regex when RE2 does."""
    assume("[:" not in regex.replace("[:alpha:]", ""))

    assert taken_by_grammar(regex) is taken_by_re2(regex)


@pytest.mark.parametrize(
    "text", ["[:", "[[:alpha:", "[a-", "(?P<", "\\Q", "\\p{", "x{1000}", "([a])"]
)
def test_long_regexes_are_judged(text: str) -> None:
    """A regex as long as a query is judged; one step back too many would never end."""
    assert isinstance(regex_fault(text * (LONGEST_QUERY // len(text))), str)


@given(REGEXES)
def test_pieces_are_the_whole(regex: str) -> None:
    """Nothing of a regex is lost when it is taken to regex_tokens."""
    try:
        found = regex_tokens(regex)
    except NotRE2:
        return

    assert "".join(token.text for token in found) == regex


@pytest.mark.parametrize(("regex", "respelled"), RESPELLED.items())
def test_respells_what_promql_parser_cannot_read(regex: str, respelled: str) -> None:
    """A regex that only Rust's engine refuses gets another spelling; others stay."""
    assert Selector(selecting(regex)).matchers[0].value == respelled


@given(st.sampled_from(tuple(RESPELLED)), st.text("a[].-_0AZ^\\\n\x00ǿ+ ", max_size=4))
def test_respelling_keeps_the_meaning(regex: str, text: str) -> None:
    """A respelled regex matches what the user's matches."""
    respelled = Selector(selecting(regex)).matchers[0].value

    assert bool(re2.fullmatch(respelled, text)) is bool(re2.fullmatch(regex, text))


@pytest.mark.parametrize("operator", ["=~", "!~"])
def test_a_selector_says_which_regex(operator: str) -> None:
    """A selector with a wrong regex is refused with the regex and the reason."""
    with pytest.raises(InvalidPromQL, match=r"Selector is .*: not PromQL: the regex \"a\*\+\" is"):
        Selector(f'x{{b="c",a{operator}"a*+"}}')


def test_conditions_say_which_regex() -> None:
    """Conditions with a wrong regex are refused with the regex and the reason."""
    with pytest.raises(InvalidPromQL, match=r"where is .*: not PromQL: the regex \"\(\?x\)\" is"):
        Selector("x").where('a=~"(?x)"')


def test_equality_is_no_regex() -> None:
    """What is compared as a text is not checked."""
    assert Selector('x{a="*+",b!="(?x)"}').matchers[0].value == "*+"


def test_a_query_says_which_regex() -> None:
    """A query with a wrong regex is refused with the regex and the reason."""
    with pytest.raises(InvalidPromQL, match=r"Query is .*: not PromQL: the regex \"x\{1001\}\" is"):
        Query('sum(x) / sum(rate(y{a =~ "x{1001}"}[$window]))')


def test_a_query_is_respelled() -> None:
    """A query's regexes are those that every reader reads."""
    assert Query("sum(x{a=~`[\\w-.]+`})").text == 'sum(x{a=~"[\\\\w\\\\-.]+"})'


def test_label_replace_has_a_regex() -> None:
    """A wrong regex of label_replace, which fails in the server only, is refused."""
    with pytest.raises(InvalidPromQL, match=r'not PromQL: the regex "\(\?=b\)" is not RE2'):
        Query('label_replace(x, "a", "$1", "c", "(?=b)")')


def test_label_replace_takes_regexes() -> None:
    """A good regex of label_replace stands as it was written."""
    text = 'label_replace(x, "a", "$1", "c", "(.*)[^[]")'

    assert Query(text).text == text
