"""A policy as teams bring it from Sloth: labels, delays and bounds on the usual four tiers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from slogen import build, load
from slogen.rules import AlertingRule
from slogen.units import Duration
from tests.realtools import promtool

FILE = Path(__file__).parent / "presets-tuned" / "slos.yaml"
PAGES, TICKETS = ("1h", "6h"), ("1d", "3d")
BOUND = re.compile(r"slo:sli_errors:\w+.*?>= (\d+)", re.DOTALL)


def tiers(slo_id: str) -> dict[str, AlertingRule]:
    """Return the burn-rate alerts of an SLO by their long windows."""
    (rules,) = (each for each in build(load(FILE)).rules if each.slo_id == slo_id)
    alerts = [r for group in rules.groups for r in group.rules if isinstance(r, AlertingRule)]
    return {r.labels["slo_window"]: r for r in alerts if r.alert.startswith("SLOBurnRate")}


def test_a_tuned_preset_has_the_usual_tiers() -> None:
    """Names, severities and burn rates are those of the preset as it is."""
    said = {
        window: (rule.alert, rule.labels["severity"], rule.labels["slo_burn_rate"])
        for window, rule in tiers("shop-av").items()
    }

    assert said == {
        "1h": ("SLOBurnRatePage", "page", "14.4"),
        "6h": ("SLOBurnRatePage", "page", "6"),
        "1d": ("SLOBurnRateTicket", "ticket", "3"),
        "3d": ("SLOBurnRateTicket", "ticket", "1"),
    }


@pytest.mark.parametrize(
    ("windows", "label", "value", "keep"),
    [
        (PAGES, "routing_key", "team-shop", Duration("30m")),
        (TICKETS, "slack_channel", "#shop", None),
    ],
    ids=["page", "ticket"],
)
def test_labels_and_delays_reach_the_tiers_of_their_severity(
    windows: tuple[str, ...], label: str, value: str, keep: Duration | None
) -> None:
    """Pages have the label and the delay that are said of pages, tickets those of tickets."""
    found = tiers("shop-av")

    assert {window for window, rule in found.items() if label in rule.labels} == set(windows)
    assert {found[window].labels[label] for window in windows} == {value}
    assert {found[window].keep_firing_for for window in windows} == {keep}


def test_the_bound_reaches_every_tier() -> None:
    """Each of the four asks for ten bad events, where the usual ones ask for three."""
    bounds = {window: BOUND.findall(rule.expr) for window, rule in tiers("shop-av").items()}

    assert bounds == {key: ["10"] for key in (*PAGES, *TICKETS)}


def test_pages_only_has_two_pages() -> None:
    """Without a ticket the pages are those of the standard policy, as they are."""
    found = tiers("shop-pages-only")

    assert {window: rule.alert for window, rule in found.items()} == dict.fromkeys(
        PAGES, "SLOBurnRatePage"
    )
    assert {rule.keep_firing_for for rule in found.values()} == {Duration("10m")}
    assert {window: BOUND.findall(rule.expr) for window, rule in found.items()} == {
        key: ["3"] for key in PAGES
    }


@pytest.mark.parametrize("line", ["2", "3"])
def test_prometheus_takes_the_rules(line: str, tmp_path: Path) -> None:
    """Its SLOs measure the same and wait for bad events: no more is said; promtool takes them."""
    built = build(load(FILE))
    built.write(tmp_path)

    promtool.check_rules(line, sorted(tmp_path.rglob("*.yaml")))

    assert {finding.code for finding in built.findings} == {"low-traffic", "same-indicator"}
