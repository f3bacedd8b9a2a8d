"""What scripts are told that are wrong in usual ways: their encoding, and names of slogen's."""

from __future__ import annotations

import linecache
from pathlib import Path

import pytest

from slogen.api import load
from slogen.errors import InputError
from slogen.model import AlertPolicy

MADE = "SLO(service='s', name='n', objective='99%', window='30d', sli=Up(gauge='up')"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, where no other test's file is remembered."""
    linecache.clearcache()
    monkeypatch.chdir(tmp_path)


def said(text: str | bytes) -> list[str]:
    """Return the lines of what is said about a script, without its source."""
    Path("a.py").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError, match=r".") as caught:
        load("a.py")
    (fault,) = caught.value.diagnostics
    return [line for line in str(fault).split("\n") if " | " not in line]


def test_a_script_that_is_not_utf8_is_told_so() -> None:
    """The place is the byte, and the remedy has both ways that Python knows."""
    assert said("x = 1\ny = 'grüß'\n".encode("latin-1")) == [
        "a.py:2:8: error: not UTF-8: byte 0xfc, invalid start byte",
        (
            "  remedy: save it as UTF-8, or say its encoding in its first line, such as "
            "# coding: latin-1"
        ),
    ]


def test_a_script_in_utf16_is_told_so() -> None:
    """What Windows calls Unicode has bytes of zero, which Python takes for a mistake in them."""
    assert said("x = 1\n".encode("utf-16")) == [
        "error: a.py is UTF-16",
        "  remedy: save it as UTF-8",
    ]


def test_a_script_that_names_its_encoding_is_not_blamed_for_it() -> None:
    """With a line that says the encoding, another mistake is what it is."""
    script = "# coding: latin-1\nx = 'grüß'\ny = (\n".encode("latin-1")

    assert said(script)[0].endswith("SyntaxError: '(' was never closed")


def test_an_imported_script_that_is_not_utf8_is_told_so() -> None:
    """The fault stands in the file that has it."""
    Path("_lib.py").write_bytes("x = 'ü'\n".encode("latin-1"))

    assert (
        said("import _lib\n")[0] == "_lib.py:1:6: error: not UTF-8: byte 0xfc, invalid start byte"
    )


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("from slogen import *\nEvent()", 'did you mean "Events"?'),
        ("from slogen import Slo", 'did you mean "SLO"?'),
        ("from slogen import *\nselector('x')", 'did you mean "Selector"?'),
        ("SLO(1)", ""),
        (
            "from slogen import *\nSLO('a', 'b')",
            "give each argument by its name, such as SLO(name=...)",
        ),
        ("'x'.where('a=\"b\"')", "make a selector of the text: Selector(...).where(...)"),
        (
            "from slogen import *\nSelector('x').where(code='500')",
            "write the conditions as one text: where('code=\"500\"')",
        ),
        ("zebra()", ""),
        ("from slogen.library import envoy_request", 'did you mean "envoy_requests"?'),
        (
            "from slogen.library import nginx",
            'did you mean "nginx_ingress_latency" or "nginx_ingress_requests"?',
        ),
        (
            "from slogen import library\nlibrary.haproxy(job='a')",
            "docs/reference/library.md lists the entries",
        ),
        (
            "from slogen.library import envoy_requests\nenvoy_requests('shop')",
            "give each argument by its name, such as envoy_requests(name=...)",
        ),
    ],
)
def test_names_of_slogen_are_guessed(text: str, remedy: str) -> None:
    """A name that almost is a class of slogen's, and a call in another form, have a remedy."""
    lines = said(text)

    assert (f"  remedy: {remedy}" in lines) if remedy else len(lines) == 1


def test_an_argument_that_an_entry_lacks_is_said_with_those_that_it_has() -> None:
    """It reads like that of a class of the model."""
    lines = said("from slogen.library import envoy_requests\nenvoy_requests(clustr='shop')")

    assert lines[0].endswith('error: envoy_requests has no argument "clustr"')
    assert lines[-2:] == ["  allowed: cluster, where", '  remedy: did you mean "cluster"?']


@pytest.mark.parametrize(
    ("call", "reason", "remedy"),
    [
        (
            "envoy_latency(cluster='a')",
            "envoy_latency.under is missing",
            "give it: envoy_latency(under=...)",
        ),
        (
            "envoy_latency()",
            "envoy_latency.cluster, envoy_latency.under are missing",
            "give it: envoy_latency(cluster=..., under=...)",
        ),
        (
            "SLO(service='a', name='b', objective='99%', sli=Up(gauge='up'))",
            "SLO.window is missing",
            "give it: SLO(window=...)",
        ),
    ],
)
def test_an_argument_that_is_missing_is_named(call: str, reason: str, remedy: str) -> None:
    """Python's own words speak of an __init__ that nobody wrote."""
    lines = said(f"from slogen import *\nfrom slogen.library import envoy_latency\n{call}")

    assert lines[0].endswith(f"error: {reason}")
    assert lines[-1] == f"  remedy: {remedy}"


@pytest.mark.parametrize(
    ("alerts", "remedy"),
    [
        ("False", "write AlertPolicy.none() for no alerts"),
        ("None", "write AlertPolicy.none() for no alerts"),
        ("'none'", "write AlertPolicy.none() for no alerts"),
        ("'pages_only'", "write AlertPolicy.pages_only()"),
        ("[Tier('page', long='1h', burn_rate=14.4)]", "write AlertPolicy(tiers=[...])"),
        ("5", ""),
    ],
)
def test_what_is_no_policy_is_told_which_one_it_means(alerts: str, remedy: str) -> None:
    """A switch, the word of YAML or tiers alone have a policy that means the same."""
    lines = said(f"from slogen import *\n{MADE}, alerts={alerts})")

    assert lines[1:] == [
        "  allowed: an AlertPolicy, such as AlertPolicy.standard()",
        *([f"  remedy: {remedy}"] if remedy else []),
    ]


@pytest.mark.parametrize(
    ("call", "remedy"),
    [
        ("standard(page=Alert())", "AlertPolicy(page=...)"),
        ("pages_only(pag=Alert())", 'AlertPolicy(preset="pages_only", page=...)'),
        ("tickets_only(low=True)", 'AlertPolicy(preset="tickets_only", low=...)'),
        ("none(stale=True)", 'AlertPolicy(preset="none", exhausted=False, stale=...)'),
        ("standard(zebra=1)", "AlertPolicy(...)"),
    ],
)
def test_a_preset_with_an_argument_is_told_the_call_that_takes_it(call: str, remedy: str) -> None:
    """The class makes the same policy, and takes what its method does not."""
    head, allowed, last = said(f"from slogen import *\nx = AlertPolicy.{call}")

    method, _, argument = call.partition("(")
    name = argument.partition("=")[0]
    assert (
        head == f'a.py:2:5: error: AlertPolicy.{method}() takes no argument, and is given "{name}"'
    )
    assert allowed.startswith("  allowed: AlertPolicy(...) with annotations, exhausted, ")
    assert last == f"  remedy: write {remedy}"


@pytest.mark.parametrize("preset", ["standard", "pages_only", "tickets_only", "none"])
def test_the_call_for_a_preset_makes_the_same_policy(preset: str) -> None:
    """Whoever follows the remedy has the policy that was meant, and the argument besides."""
    *_, last = said(f"from slogen import *\nx = AlertPolicy.{preset}(labels={{}})")
    call = last.removeprefix("  remedy: write ").replace("...", "{}")

    made = eval(call, {"AlertPolicy": AlertPolicy})  # noqa: S307 (slogen's own words)
    assert made == getattr(AlertPolicy, preset)()
