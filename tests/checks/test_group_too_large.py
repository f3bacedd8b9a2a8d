"""A rule group that rulers other than Prometheus refuse is a warning."""

from __future__ import annotations

import pytest

from slogen import api
from slogen.checks.group_too_large import CHECK, MOST_RULES
from slogen.model import SLO, Alert, AlertPolicy, Events, Settings, Tier, Up
from slogen.plan import resolve
from tests.checks.checking import place_of

ALL_ALERTS = AlertPolicy(preset="standard", low=True, violated=Alert("page"))


def slo(*tiers: Tier, window: str = "30d") -> SLO:
    """Return an SLO with tiers of one's own."""
    return SLO(
        service="s",
        name="n",
        objective="99.9%",
        window=window,
        sli=Events(total="requests", bad="errors"),
        group_by="tenant",
        alerts=AlertPolicy(tiers=tiers) if tiers else ALL_ALERTS,
    )


def test_tells_of_groups_that_are_too_large() -> None:
    """A group beyond Mimir's limit is told, with its size and the limit."""
    made = slo()
    (resolved,) = resolve(made, Settings())

    findings = list(CHECK.find(resolved, (MOST_RULES, MOST_RULES + 1, 0)))

    message = "group slogen:s-n:slow has 21 rules; Mimir refuses more than 20 unless told otherwise"
    assert [(f.code, f.slo_id, f.message) for f in findings] == [
        ("group-too-large", "s-n", f"s-n: {message}")
    ]
    assert (findings[0].severity, findings[0].argument) == ("warning", "alerts")
    assert place_of(findings[0]) == "AlertPolicy(tiers=tiers) if tiers else ALL_ALERTS"


def test_a_build_tells_of_many_tiers() -> None:
    """Tiers of many windows fill a group, and whoever builds is told."""
    tiers = [Tier("ticket", long=f"{hours}h", burn_rate=2) for hours in (1, 2, 3, 4, 5, 6)]

    built = api.build(slo(*tiers, *(Tier("page", long=f"{m}m", burn_rate=5) for m in (20, 40))))

    (warning,) = [finding for finding in built.findings if finding.code == "group-too-large"]
    assert warning.message.startswith("s-n: group slogen:s-n:fast has ")


@pytest.mark.parametrize("window", ["1h", "6h", "1d", "3d", "7d", "14d", "30d", "90d", "366d"])
def test_the_standard_policy_fits(window: str) -> None:
    """With every alert that there is, and groups, no standard policy is too large."""
    built = api.build(slo(window=window))

    assert "group-too-large" not in {finding.code for finding in built.findings}


def test_time_fits_as_well() -> None:
    """An SLI that counts time has no more rules than one that counts events."""
    made = SLO(
        service="s",
        name="n",
        objective="99%",
        window="30d",
        sli=Up(gauge="up"),
        group_by="job",
        alerts=ALL_ALERTS,
    )

    assert all(len(group.rules) <= MOST_RULES for group in api.build(made).rules[0].groups)
