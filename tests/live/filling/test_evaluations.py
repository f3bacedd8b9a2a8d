"""When rules are evaluated, and up to when a backfill computes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from slogen.live.filling.evaluations import HOUR_MS, Evaluations


@given(
    fast=st.sampled_from([5_000, 30_000, 60_000, 300_000]),
    phase=st.integers(0, 299_999),
    began=st.integers(10 * HOUR_MS, 11 * HOUR_MS) | st.just(10 * HOUR_MS),
)
def test_no_evaluation_is_missing_before_what_is_recorded(
    fast: int, phase: int, began: int
) -> None:
    """The end is the last evaluation before, also where hours are known that began with an hour."""
    when = Evaluations(fast=fast, slow=fast, fast_at=20 * HOUR_MS + phase, start=0, started=began)

    assert when.end < began <= when.end + fast
    assert (when.end - when.fast_at) % fast == 0
