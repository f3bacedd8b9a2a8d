"""Labels satisfy the matchers that they are made for, or fail just the one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.promql.selector import Matcher, Operator, Selector
from slogen.proof.sampling import CannotSample, distinct, further, near_misses, satisfying

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS = ("", "500", "503", "GET", "other", "api", "a b", " a", "a\nb", "é", '"\\', "\ufffd")
REGEXES = (
    *("", "|a", ".*", ".+", "5..", "50[03]", "GET|POST", "(?i)get", "[0-9a-f]{8}-[0-9a-f]{4}"),
    *("[^a-z]+", "a b|api", r"\d+", r"x\.y", "(shop|cart)-.*", " +", "é+", ".{201}", "x-a|other"),
)
LABELS = st.sampled_from(["code", "method", "x"])
OF_TEXT = st.builds(
    Matcher, LABELS, st.sampled_from(("=", "!=")), st.sampled_from(TEXTS) | st.text(max_size=5)
)
OF_REGEX = st.builds(Matcher, LABELS, st.sampled_from(("=~", "!~")), st.sampled_from(REGEXES))
MATCHERS = st.lists(OF_TEXT | OF_REGEX, max_size=5).map(tuple)
BESIDE = st.dictionaries(LABELS, st.sampled_from(("500", "GET", "other", "")), max_size=2)


def _matchers(conditions: str) -> tuple[Matcher, ...]:
    return Selector(f"m{{{conditions}}}").matchers


def _holds(matcher: Matcher, labels: Mapping[str, str]) -> bool:
    """Decide with Python's regexes, which mean the same where they are used here."""
    value = labels.get(matcher.label, "")
    if matcher.operator in {"=", "!="}:
        is_equal = value == matcher.value
    else:
        is_equal = re.fullmatch(matcher.value, value, re.DOTALL | re.ASCII) is not None
    return is_equal is (matcher.operator in {"=", "=~"})


def _reads_well(value: str) -> bool:
    return 0 < len(value) <= 200 and value.isprintable() and value == value.strip()


@given(MATCHERS, BESIDE)
def test_what_is_found_satisfies(matchers: tuple[Matcher, ...], beside: Mapping[str, str]) -> None:
    """Either all matchers hold, beside what was there already, or nothing is returned."""
    try:
        labels = satisfying(matchers, beside=beside)
    except CannotSample as error:
        assert any(str(matcher) in str(error) for matcher in matchers)  # noqa: PT017
        return

    assert all(_holds(matcher, labels) for matcher in matchers)
    assert all(map(_reads_well, labels.values()))
    assert all(labels.get(label, "") == value for label, value in beside.items())
    assert set(labels) <= {matcher.label for matcher in matchers} | set(beside)


@given(MATCHERS, MATCHERS.filter(bool), BESIDE)
def test_what_is_found_fails_the_others(
    matchers: tuple[Matcher, ...], but: tuple[Matcher, ...], beside: Mapping[str, str]
) -> None:
    """Labels of the rest satisfy the whole and are no part of the part."""
    try:
        labels = satisfying(matchers, but=but, beside=beside)
    except CannotSample:
        return

    assert all(_holds(matcher, labels) for matcher in matchers)
    assert not all(_holds(matcher, labels) for matcher in but)


@given(MATCHERS, BESIDE)
def test_a_near_miss_fails_one_matcher(
    matchers: tuple[Matcher, ...], beside: Mapping[str, str]
) -> None:
    """Of all matchers just the one that is named does not hold."""
    for missed, labels in near_misses(matchers, beside=beside):
        assert [matcher for matcher in matchers if not _holds(matcher, labels)] == [missed]
        assert all(labels.get(label, "") == value for label, value in beside.items())


@given(MATCHERS, LABELS, st.integers(1, 40))
def test_distinct_values_all_satisfy(matchers: tuple[Matcher, ...], label: str, count: int) -> None:
    """Values differ, are no more than were asked for, and each satisfies what is said of it."""
    try:
        values = distinct(label, matchers, count)
    except CannotSample:
        return

    assert 1 <= len(set(values)) == len(values) <= count
    for value in values:
        assert _reads_well(value)
        assert all(_holds(m, {label: value}) for m in matchers if m.label == label)


@given(MATCHERS, LABELS)
def test_further_values_all_satisfy(matchers: tuple[Matcher, ...], label: str) -> None:
    """Values differ, and each satisfies what is said of it."""
    values = further(label, matchers)

    assert len(set(values)) == len(values) <= 5
    for value in values:
        assert _reads_well(value)
        assert all(_holds(m, {label: value}) for m in matchers if m.label == label)


@pytest.mark.parametrize(
    ("conditions", "values"),
    [
        ("", ()),
        ('x="a"', ()),
        ('x!="a"', ("a-other",)),
        ('x=~"a|b|c|d|e"', ("a", "b", "c", "d", "e")),
        ('x=~"[ab]{9}"', ("ababbaabb",)),
        ('x!~"a|b.*"', ("a-other",)),
        ('x=~"a|a-other",x!="a"', ("a-other",)),
    ],
)
def test_further(conditions: str, values: tuple[str, ...]) -> None:
    """Values are those that a regex names, and what only begins like those that it excludes."""
    assert further("x", _matchers(conditions)) == values


@pytest.mark.parametrize(
    ("conditions", "labels"),
    [
        ("", {}),
        ('job="shop",code=~"5.."', {"job": "shop", "code": "500"}),
        ('code=~"5..",code!="500"', {"code": "503"}),
        ('code=~"5..",code!~"50[0-9]"', {"code": "513"}),
        ('code!~"5.."', {"code": "200"}),
        ('status!="200"', {"status": "404"}),
        ('method=~"GET|POST"', {"method": "GET"}),
        ('method!="OPTIONS"', {"method": "GET"}),
        ('job!="shop"', {"job": "other"}),
        ('x=~"cart|shop",x!="cart"', {"x": "shop"}),
        ('x=~"(?i)get"', {"x": "GET"}),
        ('handler=~".+"', {"handler": "handler-a"}),
        ('handler=~".*"', {"handler": "handler-a"}),
        ('handler=~"/.*"', {"handler": "/"}),
        ("x=~`\\pL+`", {"x": "other"}),
        ('x="",job="a"', {"job": "a"}),
        ('x=""', {}),
        ('x!=""', {"x": "x-a"}),
        ('x=~""', {}),
        ('x=~"|a"', {"x": "a"}),
        ('x!~".+"', {}),
        ("path=~`/users/{id}`", {"path": "/users/{id}"}),
    ],
)
def test_values_are_readable(conditions: str, labels: dict[str, str]) -> None:
    """The values are those that a person would have taken."""
    assert satisfying(_matchers(conditions)) == labels


@pytest.mark.parametrize("regex", ["[0-9a-f]{8}-[0-9a-f]{4}", "api-v[0-9]+", "/api/[^/]+/items"])
def test_other_values_are_drawn(regex: str) -> None:
    """A value that nobody knows beforehand is drawn from the regex."""
    labels = satisfying((Matcher("x", "=~", regex),))

    assert re.fullmatch(regex, labels["x"])


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        ('job="a",x!~".*"', 'no value was found for x!~".*"'),
        ('x="a",x="b"', 'no value was found for x="a",x="b"'),
        ('x=~"a",job="a",x!~"a"', 'no value was found for x=~"a",x!~"a"'),
        ('x=~"[[:alpha:]]{3}-"', 'no value was found for x=~"[[:alpha:]]{3}-"'),
        ('x=~".{100}.{101}"', 'no value was found for x=~".{100}.{101}"'),
        ('x="a\\nb"', 'the value of x="a\\nb" is not one short line that prints'),
        ('x=" a"', 'the value of x=" a" is not one short line that prints'),
    ],
)
def test_says_what_has_no_value(conditions: str, message: str) -> None:
    """Where nothing is found, the matchers are named for which there is nothing."""
    with pytest.raises(CannotSample) as raised:
        satisfying(_matchers(conditions))

    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("conditions", "but", "labels"),
    [
        ('job="a"', 'job="a",code=~"5.."', {"job": "a", "code": "200"}),
        ('job="a"', 'code!~"5.."', {"job": "a", "code": "500"}),
        ('job="a"', 'tenant!=""', {"job": "a"}),
        ('job="a"', 'job=~".+",job!="",code="200"', {"job": "a", "code": "404"}),
        ('code=~"5.."', 'code!="503"', {"code": "503"}),
    ],
)
def test_good_events(conditions: str, but: str, labels: dict[str, str]) -> None:
    """The first matcher that can fail does, and the other labels stay what they have to be."""
    assert satisfying(_matchers(conditions), but=_matchers(but)) == labels


@pytest.mark.parametrize(
    ("conditions", "but", "message"),
    [
        ('x="a"', 'x=~"a|b"', 'no labels were found that satisfy {x="a"} but not {x=~"a|b"}'),
        ("", 'x=~".*"', 'no labels were found that satisfy {} but not {x=~".*"}'),
        ('x!~".*"', 'y="a"', 'no value was found for x!~".*"'),
    ],
)
def test_says_that_all_is_part(conditions: str, but: str, message: str) -> None:
    """Where nothing is outside of the part, both are named; else what the whole fails on."""
    with pytest.raises(CannotSample) as raised:
        satisfying(_matchers(conditions), but=_matchers(but))

    assert str(raised.value) == message


def test_labels_beside() -> None:
    """Labels that are there already decide their matchers, and come back without empty ones."""
    beside = {"tenant": "acme", "code": "404", "zone": ""}

    assert satisfying(_matchers('a="b",code=~"4..",zone=""'), beside=beside) == {
        "a": "b",
        "code": "404",
        "tenant": "acme",
    }
    with pytest.raises(CannotSample) as raised:
        satisfying(_matchers('a="b",code=~"5.."'), beside=beside)
    assert str(raised.value) == 'code=~"5.." cannot hold beside code="404"'


def test_near_misses() -> None:
    """Each matcher has its miss, several on one label too; one that cannot fail has none."""
    matchers = _matchers('job="a",code=~"5..",code!="503",x=~".*",tenant!="",zone="z"')
    always = {"job": "a", "x": "x-a", "tenant": "tenant-a", "zone": "z"}

    assert [(str(m), labels) for m, labels in near_misses(matchers, beside={"zone": "z"})] == [
        ('job="a"', always | {"job": "other", "code": "500"}),
        ('code=~"5.."', always | {"code": "200"}),
        ('code!="503"', always | {"code": "503"}),
        ('tenant!=""', {"job": "a", "code": "500", "x": "x-a", "zone": "z"}),
    ]


@pytest.mark.parametrize("conditions", ['x=~".*"', 'x="a",x="a"', 'x=~"a",x=~"a|b",x=~"a"'])
def test_no_near_misses(conditions: str) -> None:
    """What cannot fail, or not without another that says the same, is left out."""
    assert near_misses(_matchers(conditions)) == ()


@pytest.mark.parametrize(
    ("conditions", "values"),
    [
        ("", ("tenant-a", "tenant-b", "tenant-c")),
        ('job="a"', ("tenant-a", "tenant-b", "tenant-c")),
        ('tenant!="tenant-a"', ("tenant-b", "tenant-c", "tenant-d")),
        ('tenant=~"[a-z]+"', ("a", "b", "c")),
        ('tenant="acme"', ("acme",)),
        ('tenant=~"acme|umbrella"', ("acme", "umbrella")),
        ('tenant=~"|acme"', ("acme",)),
    ],
)
def test_distinct(conditions: str, values: tuple[str, ...]) -> None:
    """Values are those that the matchers name, or the label's name with a letter."""
    assert distinct("tenant", _matchers(conditions), 3) == values


def test_many_distinct() -> None:
    """There are more values than letters, and as many as are drawn where a regex asks for it."""
    assert len(distinct("tenant", (), 100)) == 100
    assert len(distinct("pod", _matchers('pod=~"shop-[0-9]{4}"'), 20)) == 20


@pytest.mark.parametrize("conditions", ['tenant=""', 'tenant!~".+"', 'tenant="a",tenant="b"'])
def test_no_distinct(conditions: str) -> None:
    """A label that must be empty, or cannot be anything, has no values."""
    with pytest.raises(CannotSample, match="no value was found for tenant"):
        distinct("tenant", _matchers(conditions), 2)


SAMPLES = r"""
from slogen.promql.selector import Matcher
from slogen.proof.sampling import distinct, near_misses, satisfying
regexes = (r"[^/]{3}-\W[^a-z0-9]", "(a|b|c)-[^x]+", r"\D\S-q.+", "[a-zA-Z_]{9}")
for regex in regexes:
    matchers = (Matcher("x", "=~", regex),)
    print(satisfying(matchers), near_misses(matchers), distinct("x", matchers, 150))
"""


def test_the_same_in_every_process() -> None:
    """No hash decides what is taken."""
    printed = {_run(SAMPLES, PYTHONHASHSEED=seed) for seed in "123"}

    assert len(printed) == 1
    assert len(printed.pop()) > 1000


def test_without_regexes_no_library_is_needed() -> None:
    """Matchers that only compare are sampled without the extra; with a regex it is asked for."""
    operators: tuple[Operator, ...] = ("!=", "=~")
    plain, regex = (Matcher("code", operator, "500") for operator in operators)
    program = (
        "import sys; sys.modules.update(re2=None, rstr=None)\n"
        "from slogen.promql.selector import Matcher\n"
        "from slogen.proof.sampling import near_misses, satisfying\n"
        f"print(satisfying(({plain!r},)), len(near_misses(({plain!r},))))\n"
        f"try: satisfying(({regex!r},))\n"
        "except ModuleNotFoundError: print('asked for')\n"
    )

    assert _run(program).splitlines() == ["{'code': '200'} 1", "asked for"]


def _run(program: str, **environment: str) -> str:
    done = subprocess.run(  # noqa: S603 (this very Python)
        [sys.executable, "-c", program],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout
