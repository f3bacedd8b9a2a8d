"""A tier that was left out is noted, with the reason."""

from __future__ import annotations

from slogen.checks.tier_left_out import CHECK
from slogen.model import SLO, AlertPolicy, Events
from tests.checks.checking import found, place_of

EVENTS = Events(total="requests", bad="errors")


def test_notes_a_tier_that_another_one_covers() -> None:
    """Of two tiers that are lowered to one burn rate the longer is noted, at the objective."""
    made = SLO(service="s", name="n", objective="80%", window="30d", sli=EVENTS)

    (note,) = found(CHECK, made)

    assert note.message == (
        "s-n: the page at 6x over 6h is left out: with an objective of 80% it could not exceed "
        "4.5x, which the tier over 1h tells sooner"
    )
    assert (note.code, note.severity, note.argument) == ("tier-left-out", "note", "objective")
    assert place_of(note) == '"80%"'


def test_notes_a_tier_that_is_longer_than_the_window() -> None:
    """A tier that looks back further than the SLO's window is noted, at the window."""
    made = SLO(service="s", name="n", objective="99.9%", window="3h", sli=EVENTS)

    (note,) = found(CHECK, made)

    assert note.message == "s-n: the ticket at 2x over 6h is left out: the SLO's window is 3h"
    assert place_of(note) == '"3h"'


def test_a_tier_as_long_as_the_window_stays() -> None:
    """A long window that is the SLO's own is not too long."""
    made = SLO(service="s", name="n", objective="99.9%", window="6h", sli=EVENTS)

    assert found(CHECK, made) == []


def test_is_silent_where_there_is_no_preset() -> None:
    """Without a preset there is nothing to leave out."""
    none = AlertPolicy.none()
    made = SLO(service="s", name="n", objective="80%", window="3h", sli=EVENTS, alerts=none)

    assert found(CHECK, made) == []
