"""A tier that was left out is noted, with the reason."""

from __future__ import annotations

import pytest

from slogen.checks.tier_left_out import CHECK
from slogen.model import SLO, AlertPolicy, Events
from tests.checks.checking import found, place_of

EVENTS = Events(total="requests", bad="errors")


def test_notes_a_tier_that_another_one_covers() -> None:
    """Of two tiers that are lowered to one burn rate the longer is noted, at the objective."""
    made = SLO(service="s", name="n", objective="80%", window="30d", sli=EVENTS)

    (note,) = found(CHECK, made)

    assert note.message == (
        "s-n: the page at 6x over 6h is left out: with an objective of 80% it could be at most "
        "4.5x, and the tier over 1h fires sooner"
    )
    assert (note.code, note.severity, note.argument) == ("tier-left-out", "note", "objective")
    assert place_of(note) == '"80%"'


@pytest.mark.parametrize("window", ["1h", "3h", "6h", "12h", "13h", "1d", "30d"])
def test_no_tier_is_too_long_for_the_window(window: str) -> None:
    """The tiers of a preset become shorter with the window, so that none has to be left out."""
    made = SLO(service="s", name="n", objective="99.9%", window=window, sli=EVENTS)

    assert found(CHECK, made) == []


def test_notes_a_ticket_that_a_page_covers() -> None:
    """Of a short window, too, a tier that another one covers is noted, with both lengths."""
    made = SLO(service="s", name="n", objective="50%", window="6h", sli=EVENTS)

    (note,) = found(CHECK, made)

    assert note.message == (
        "s-n: the ticket at 2x over 90m is left out: with an objective of 50% it could be at most "
        "1.8x, and the tier over 15m fires sooner"
    )


def test_is_silent_where_there_is_no_preset() -> None:
    """Without a preset there is nothing to leave out."""
    none = AlertPolicy.none()
    made = SLO(service="s", name="n", objective="50%", window="6h", sli=EVENTS, alerts=none)

    assert found(CHECK, made) == []
