"""A short window far from a twelfth of the long one is a warning."""

from __future__ import annotations

from slogen.checks.short_window_unusual import CHECK
from slogen.model import SLO, AlertPolicy, Tier, Up
from tests.checks.checking import found, place_of


def slo(tier: Tier) -> SLO:
    """Return an SLO with a tier."""
    policy, sli = AlertPolicy(tiers=(tier,)), Up(gauge="up")
    return SLO(service="s", name="n", objective="99%", window="30d", alerts=policy, sli=sli)


def test_warns_of_a_short_window_that_is_long() -> None:
    """The warning points at the window, and says what is usual."""
    tier = Tier("page", long="1h", short="30m", burn_rate=14.4)

    (warning,) = found(CHECK, slo(tier))

    assert warning.message == "s-n: the short window of 30m is far from a twelfth of 1h"
    assert warning.remedy == "leave short out, or take about a twelfth of long"
    assert (warning.code, warning.severity) == ("short-window-unusual", "warning")
    assert (warning.argument, place_of(warning)) == ("short", '"30m"')


def test_warns_of_one_that_is_very_short() -> None:
    """A minute of a day is 1440 times shorter."""
    assert len(found(CHECK, slo(Tier("ticket", long="1d", short="2m", burn_rate=3)))) == 1


def test_is_silent_near_a_twelfth_and_of_presets() -> None:
    """A quarter is near enough, and presets know what they do."""
    preset = SLO(service="s", name="n", objective="99%", window="12h", sli=Up(gauge="up"))

    assert found(CHECK, slo(Tier("page", long="1h", short="15m", burn_rate=14.4))) == []
    assert found(CHECK, slo(Tier("page", long="1h", burn_rate=14.4))) == []
    assert found(CHECK, preset) == []
