"""Files that are almost right, tokens in any order, bytes of any kind: each has an answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from slogen.formats.slogen_yaml.keys import (
    FILE_KEYS,
    KINDS,
    PRESETS,
    SERVICE_KEYS,
    key_names,
)
from slogen.model import SLO, Alert, AlertPolicy, Service, Settings, Tier
from tests.experiments.fuzz.invariant import Answer, answer
from tests.experiments.fuzz.mutations import NASTY, mutated

if TYPE_CHECKING:
    from random import Random

GOOD = tuple(
    path.read_bytes().decode() for path in sorted((Path(__file__).parent / "corpus").glob("good-*"))
)
_MANY = settings(max_examples=250)
_CLASSES = (SLO, Alert, AlertPolicy, Service, Settings, Tier, *KINDS.values())
_KEYS = sorted(
    {*FILE_KEYS, *SERVICE_KEYS, *KINDS, *(key for cls in _CLASSES for key in key_names(cls))}
)
_TOKENS = (
    *_KEYS,
    *NASTY,
    ":",
    ": ",
    "- ",
    "? ",
    ",",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
)

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from((*PRESETS, *NASTY))
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(_KEYS) | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=20,
)
"""What JSON can say, with the words of slogen in unlikely places."""


@st.composite
def near_valid(draw: st.DrawFn) -> str:
    """Return a good file in which people, merges or editors have been at work."""
    text = draw(st.sampled_from(GOOD))
    random: Random = draw(st.randoms())
    for _ in range(draw(st.integers(1, 5))):
        text = mutated(text, random)
    return text


def told(found: Answer) -> list[str]:
    """Return what a user is told."""
    return [str(fault.diagnostic) for fault in found.faults]


@_MANY
@given(near_valid())
def test_a_file_that_is_almost_right_has_an_answer(text: str) -> None:
    """Lines that are dropped, doubled, moved, nested, cut: the same answer each time."""
    content = text.encode(errors="surrogatepass")

    assert told(answer(content)) == told(answer(content))


@_MANY
@given(st.lists(st.sampled_from(_TOKENS), max_size=60))
def test_tokens_in_any_order_have_an_answer(tokens: list[str]) -> None:
    """Words of slogen and signs of YAML make no sense, and are told so."""
    answer("".join(tokens).encode())
    answer(f"apiVersion: slogen/v1\n{''.join(tokens)}".encode())


@_MANY
@given(st.dictionaries(st.sampled_from(sorted(FILE_KEYS.keys() - {"apiVersion"})), values))
def test_any_tree_has_an_answer(tree: dict[str, Any]) -> None:
    """Every kind of value behind every key is read, or told to be wrong."""
    answer(json.dumps({"apiVersion": "slogen/v1", **tree}).encode())


@_MANY
@given(st.lists(values), st.lists(values))
def test_any_tree_of_a_service_has_an_answer(slos: list[Any], slis: list[Any]) -> None:
    """The same below a service, where most of a file stands."""
    named = {f"{number}": one for number, one in enumerate(slis)}
    service = {"name": "shop", "slis": named, "slos": slos}

    found = answer(json.dumps({"apiVersion": "slogen/v1", "services": [service]}).encode())
    assert len(found.slos) <= len(slos)


@_MANY
@given(st.binary(max_size=200))
def test_any_bytes_have_an_answer(content: bytes) -> None:
    """No file is too broken to say what is wrong with it."""
    found = answer(content)

    assert found.faults
    assert not found.slos


@_MANY
@given(st.sampled_from(GOOD), st.binary(min_size=1, max_size=8), st.data())
def test_a_good_file_with_odd_bytes_has_an_answer(
    text: str, odd: bytes, data: st.DataObject
) -> None:
    """A disk, a network or an editor may leave anything in the middle of a file."""
    content = text.encode()
    at = data.draw(st.integers(0, len(content)))

    answer(content[:at] + odd + content[at:])
    answer(content[:at] + odd + content[at + len(odd) :])


@_MANY
@given(near_valid())
def test_line_ends_make_no_difference(text: str) -> None:
    """A file from Windows has the same faults at the same places."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    windows = unix.replace("\n", "\r\n")

    assert told(answer(windows.encode())) == told(answer(unix.encode()))


@_MANY
@given(near_valid())
def test_a_byte_order_mark_makes_no_difference(text: str) -> None:
    """What Windows' Notepad writes in front moves nothing."""
    content = text.removeprefix("\ufeff").encode()

    assert told(answer(b"\xef\xbb\xbf" + content)) == told(answer(content))
