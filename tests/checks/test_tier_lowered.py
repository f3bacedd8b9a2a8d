"""A tier that was lowered is noted, with both burn rates."""

from __future__ import annotations

from slogen.checks.tier_lowered import CHECK
from slogen.model import SLO, AlertPolicy, Events, Tier
from tests.checks.checking import found, place_of

EVENTS = Events(total="requests", bad="errors")


def slo(objective: str, alerts: AlertPolicy | None = None) -> SLO:
    """Return an SLO of 30 days."""
    policy = alerts or AlertPolicy.standard()
    return SLO(service="s", name="n", objective=objective, window="30d", sli=EVENTS, alerts=policy)


def test_notes_what_was_lowered() -> None:
    """A burn rate that would need an error ratio above 1 is lowered, at the objective."""
    made = SLO(service="s", name="n", objective="90%", window="30d", sli=EVENTS)

    (note,) = found(CHECK, made)

    assert note.message == (
        "s-n: the page at 14.4x over 1h is lowered to 9x: with an objective of 90% it would need "
        "an error ratio of 144%"
    )
    assert (note.code, note.severity, note.argument) == ("tier-lowered", "note", "objective")
    assert place_of(note) == '"90%"'


def test_is_silent_where_the_preset_fits() -> None:
    """Nothing is noted where every tier has the burn rate of the book."""
    assert found(CHECK, slo("99.9%")) == []


def test_the_highest_reachable_burn_rate_is_not_lowered() -> None:
    """At 93.75 % the burn rate of 14.4 needs an error ratio of 0.9, which is still reachable."""
    assert found(CHECK, slo("93.75%")) == []
    assert len(found(CHECK, slo("93.74%"))) == 1


def test_a_tier_of_ones_own_is_not_lowered() -> None:
    """Only presets are fitted: what the user wrote is refused or kept."""
    policy = AlertPolicy(tiers=[Tier("page", long="1h", burn_rate="9.5")])

    assert found(CHECK, slo("90%", policy)) == []
