"""The patterns and bounds of single values refuse nothing that the loader accepts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from slogen.errors import InputError
from slogen.formats.slogen_yaml.keys import keys_of
from slogen.formats.slogen_yaml.library import entry_keys
from slogen.formats.slogen_yaml.values import (
    AMOUNT,
    COMPARISON,
    DELAY,
    DURATION,
    FACTOR,
    SCALARS,
    SHARE,
    THRESHOLD,
    VERSION,
)
from slogen.library import entries, kafka_lag
from slogen.model import AlertPolicy, Latency, Objective, Settings, Tier, TimeSlices, Window
from slogen.model.sli import Comparison
from slogen.units import Duration
from tests.formats.slogen_yaml.documents import SCALARS as RIGHT

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from slogen.formats.yaml.shapes import Plain

READERS: tuple[tuple[Plain, Callable[[str], object]], ...] = (
    (DURATION, Duration),
    (DURATION, Window),
    (DELAY, lambda text: Tier("page", long="1h", burn_rate=2, for_=text)),
    (THRESHOLD, lambda text: Latency(histogram="a_seconds", under=text)),
    (SHARE, Objective),
    (SHARE, lambda text: AlertPolicy(low_below=text)),
    (SHARE, lambda text: Tier("page", long="1h", spends=text)),
    (FACTOR, lambda text: Tier("page", long="1h", burn_rate=text)),
    (AMOUNT, lambda text: kafka_lag(group="a", topic="b", at_most=text)),
    (COMPARISON, Comparison),
    (VERSION, lambda text: Settings(prometheus=text)),
)
IDS = [f"{shape.title}-{number}" for number, (shape, _) in enumerate(READERS)]
NUMBERS = [name for name, (shape, _) in zip(IDS, READERS, strict=True) if "int" in shape.kinds]
PIECES = (
    *("0", "00", "1", "12", "99", "366", ".", ".5", "2.42", "e", "E-1", "+", "-", "%", " ", "\t"),
    *("\n", "\N{NO-BREAK SPACE}", "ns", "us", "ms", "s", "m", "h", "d", "w", "y", "<", "=", "!"),
    *(">", "_", "inf", "nan", "\N{ARABIC-INDIC DIGIT ONE}"),
)


def _near(shape: Plain) -> st.SearchStrategy[str]:
    """Return texts that are right, or a piece or two away from that."""
    right = st.sampled_from([str(value) for value in RIGHT[shape]])
    pieces = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(PIECES)), max_size=2)
    return st.builds(_with, right, pieces) | st.lists(st.sampled_from(PIECES)).map("".join)


def _with(text: str, pieces: list[tuple[int, str]]) -> str:
    for place, piece in pieces:
        text = text[:place] + piece + text[place:]
    return text


def _is_accepted(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except InputError:
        return False
    return True


@pytest.mark.parametrize(("shape", "read"), READERS, ids=IDS)
@given(data=st.data())
def test_a_pattern_matches_every_text_that_is_accepted(
    shape: Plain, read: Callable[[str], object], data: st.DataObject
) -> None:
    """No editor marks a text that slogen takes."""
    text = data.draw(_near(shape))
    is_valid = Draft202012Validator(shape.definition()).is_valid(text)

    assert is_valid or not _is_accepted(read, text)


@pytest.mark.parametrize(
    ("shape", "read"), [one for one in READERS if "int" in one[0].kinds], ids=NUMBERS
)
@given(number=st.decimals(0, 1000) | st.decimals("0.99999999999999999999", 1))
def test_bounds_hold_every_number_that_is_accepted(
    shape: Plain, read: Callable[[str], object], number: Decimal
) -> None:
    """No editor marks a number that slogen takes, though it may have fewer digits for that."""
    text = f"{number:f}"
    is_valid = Draft202012Validator(shape.definition()).is_valid(json.loads(text))

    assert is_valid or not _is_accepted(read, text)


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (DURATION, "30"),
        (DURATION, "1.5h"),
        (DELAY, "5 m"),
        (THRESHOLD, "fast"),
        (SHARE, "99.9 percent"),
        (FACTOR, "2%"),
        (COMPARISON, "300"),
        (VERSION, "latest"),
    ],
)
def test_a_pattern_refuses_what_is_plainly_wrong(shape: Plain, text: str) -> None:
    """A slip is marked while it is typed."""
    assert not Draft202012Validator(shape.definition()).is_valid(text)


@pytest.mark.parametrize("shape", SCALARS, ids=lambda shape: shape.title)
def test_a_pattern_means_the_same_everywhere(shape: Plain) -> None:
    """RE2, which knows less than Python and JavaScript, reads every pattern."""
    right = [value for value in RIGHT[shape] if isinstance(value, str)]
    pattern = re2.compile(shape.pattern)

    assert all(pattern.search(value) for value in right)


def test_every_scalar_has_a_reader_here() -> None:
    """None is left out above, and every one of them is behind some key."""
    classes = (Settings, AlertPolicy, Tier, Latency, TimeSlices)
    behind = {word.shape for cls in classes for word in keys_of(cls)}
    behind |= {word.shape for entry in entries().values() for word in entry_keys(entry)}

    assert {shape for shape, _ in READERS} == set(SCALARS)
    assert behind >= set(SCALARS)
