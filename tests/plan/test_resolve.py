"""Resolving: ids, windows, and all faults at once."""

from __future__ import annotations

import pytest

from slogen.errors import DuplicateID, Faults, InvalidValue
from slogen.model import (
    SLI,
    SLO,
    Alert,
    AlertPolicy,
    Events,
    Service,
    Settings,
    Severity,
    Tier,
    Up,
)
from slogen.naming import Naming
from slogen.plan import ResolvedSLO, Timing, resolve

EVENTS = Events(total="requests", bad="errors")
BAD = Up(gauge="up", when_missing="bad")
SETTINGS = Settings()
HIGH = Tier("page", long="1h", burn_rate=20)


def slo(name: str, *tiers: Tier, objective: str = "99.9%", window: str = "30d") -> SLO:
    """Return an SLO without alerts, or with tiers of one's own."""
    return SLO(
        service="s",
        name=name,
        objective=objective,
        window=window,
        sli=EVENTS,
        alerts=AlertPolicy(preset="none", tiers=tiers),
    )


def only(made: SLO, settings: Settings = SETTINGS) -> ResolvedSLO:
    """Return one SLO resolved."""
    (resolved,) = resolve([made], settings)
    return resolved


def windows(made: SLO) -> list[str]:
    """Return the windows that an SLO needs."""
    return [str(window) for window in only(made).windows]


def test_keeps_the_order() -> None:
    """SLOs come out in the order in which they went in."""
    resolved = resolve((slo(name) for name in "cab"), SETTINGS)

    assert [one.definition.name for one in resolved] == ["c", "a", "b"]


def test_of_nothing_is_nothing() -> None:
    """No SLO is no fault here: whoever builds decides."""
    assert resolve([], SETTINGS) == ()


def test_applies_the_settings() -> None:
    """Names and timing are those of the settings."""
    settings = Settings(scrape_interval="15s", naming=Naming.sloth())

    made = only(slo("a"), settings)

    assert made.naming == Naming.sloth()
    assert made.timing == Timing.of(settings)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("30d", ["5m", "1h", "6h", "30d"]),
        ("7d", ["5m", "1h", "6h", "7d"]),
        ("6h", ["5m", "1h", "6h"]),
        ("3h", ["5m", "1h", "3h"]),
        ("1h", ["5m", "1h"]),
    ],
)
def test_windows_without_alerts(window: str, expected: list[str]) -> None:
    """An SLO needs the current window, an hour, that of the exhaustion and its own, each once."""
    assert windows(slo("a", window=window)) == expected


def test_windows_of_tiers() -> None:
    """Every window of a tier is recorded, the shortest first."""
    tiers = (Tier("page", long="2h", burn_rate=2), Tier("ticket", long="3d", burn_rate=2))

    assert windows(slo("a", *tiers)) == ["5m", "10m", "1h", "2h", "6h", "3d", "30d"]


def test_windows_of_the_standard_policy() -> None:
    """The standard policy over 30 days needs eight windows and the period."""
    made = SLO(service="s", name="n", objective="99.9%", window="30d", sli=EVENTS)

    assert windows(made) == ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"]


@pytest.mark.parametrize(
    ("window", "expected"),
    [("30d", ["1h", "6h"]), ("6h", ["1h", "6h"]), ("3h", ["1h", "3h"]), ("1h", ["1h"])],
)
def test_the_exhaustion_windows_fit(window: str, expected: list[str]) -> None:
    """The windows that foretell the end of the budget are 1h and 6h, or the period if shorter."""
    made = only(slo("a", window=window))

    assert list(map(str, made.exhaustion_windows)) == expected
    assert str(made.current_window) == "5m"
    assert str(made.period) == window
    assert str(made.budget) == "0.001"


def test_refuses_duplicate_ids() -> None:
    """Two SLOs of one id are reported at the second, with the first one's place."""
    first, second = slo("a"), slo("a")

    with pytest.raises(DuplicateID, match='two SLOs have the id "s-a"') as caught:
        resolve([first, second], SETTINGS)

    assert (caught.value.first, caught.value.second) == (first.origin, second.origin)


def test_an_id_may_be_made_in_two_ways() -> None:
    """Ids are compared as they are written, however they came about."""
    other = SLO(service="s-a", name="b", objective="99%", window="1d", sli=EVENTS)

    with pytest.raises(DuplicateID, match='two SLOs have the id "s-a-b"'):
        resolve([slo("a-b"), other], SETTINGS)


def test_one_object_twice_is_one_slo() -> None:
    """The same object, given twice, is no clash of ids."""
    made = slo("a")

    resolved = resolve([made, made], SETTINGS)

    assert len(resolved) == 1


def test_reports_every_fault() -> None:
    """Duplicates and tiers that cannot fire are reported together."""
    slos = [slo("a"), slo("a"), slo("b", HIGH, objective="95%"), slo("c", HIGH, objective="95%")]

    with pytest.raises(Faults, match="two SLOs have the id") as caught:
        resolve(slos, SETTINGS)

    assert [type(fault) for fault in caught.value.faults] == [
        DuplicateID,
        InvalidValue,
        InvalidValue,
    ]


def labelled(**changes: object) -> SLO:
    """Return an SLO with a budget for each tenant, and some arguments of one's own."""
    arguments: dict[str, object] = {
        "service": "s",
        "name": "n",
        "objective": "99.9%",
        "window": "30d",
        "sli": EVENTS,
        "group_by": "tenant",
        **changes,
    }
    return SLO(**arguments)  # type: ignore[arg-type]


def test_refuses_groups_that_the_identity_names() -> None:
    """A label cannot be one value for all series and another for each group."""
    made = labelled()

    with pytest.raises(InvalidValue, match=r"^SLO\.group_by is") as caught:
        resolve([made], Settings(identity={"tenant": "all"}))

    assert str(caught.value) == (
        'SLO.group_by is "tenant", which the identity of every SLO has\n'
        "  allowed: labels that Settings.identity does not set"
    )
    assert (caught.value.origin, caught.value.argument) == (made.origin, "group_by")


TENANT = {"tenant": "all"}
TENANT_ALERTS = [
    AlertPolicy(preset="standard", labels=TENANT),
    AlertPolicy(tiers=[Tier("page", long="1h", burn_rate=2, labels=TENANT)]),
    AlertPolicy(exhausted=Alert(labels=TENANT)),
    AlertPolicy(stale=Alert(labels=TENANT)),
    AlertPolicy(stale_groups=Alert(labels=TENANT)),
    AlertPolicy(page=Alert(labels=TENANT)),
    AlertPolicy(ticket=Alert(labels=TENANT)),
]
TENANT_IDS = ["policy", "tier", "exhausted", "stale", "stale_groups", "page", "ticket"]


@pytest.mark.parametrize("policy", TENANT_ALERTS, ids=TENANT_IDS)
def test_refuses_alert_labels_that_hide_the_group(policy: AlertPolicy) -> None:
    """Alerts of two tenants with the same labels fail the rule: then nobody is told at all."""
    with pytest.raises(InvalidValue, match=r"tenant"):
        resolve([labelled(alerts=policy)], SETTINGS)


@pytest.mark.parametrize("policy", TENANT_ALERTS, ids=TENANT_IDS)
def test_refuses_alert_labels_that_hide_the_identity(policy: AlertPolicy) -> None:
    """An alert that says it comes from elsewhere is sent to the wrong people."""
    made = labelled(alerts=policy, group_by=())

    with pytest.raises(InvalidValue, match=r"tenant"):
        resolve([made], Settings(identity={"tenant": "one"}))


def test_refuses_alert_labels_of_settings_that_hide_the_group() -> None:
    """What holds for an SLO's alert labels holds for those of the settings."""
    with pytest.raises(InvalidValue, match=r"tenant"):
        resolve([labelled()], Settings(alert_labels=TENANT))


@pytest.mark.parametrize("severity", ["page", "ticket", "info"])
def test_refuses_labels_of_a_severity_that_hide_the_group(severity: Severity) -> None:
    """Neither can labels by severity be those that tell an SLO's groups apart."""
    settings = Settings(severity_labels={severity: TENANT})

    with pytest.raises(InvalidValue, match=r"^Settings\.severity_labels is") as caught:
        resolve([labelled()], settings)

    assert str(caught.value) == (
        'Settings.severity_labels is "tenant", which tells s-n apart\n'
        "  allowed: labels that neither group_by nor Settings.identity has"
    )
    assert caught.value.argument == "severity_labels"


def test_refuses_labels_of_a_severity_that_hide_the_identity() -> None:
    """A label that tells Prometheus servers apart is the same for every severity."""
    made = labelled(group_by=(), settings=Settings(severity_labels={"page": TENANT}))

    with pytest.raises(InvalidValue, match=r"^Settings\.severity_labels is"):
        resolve([made], Settings(identity={"tenant": "one"}))


@pytest.mark.parametrize(
    "made",
    [
        labelled(group_by=(), labels=TENANT),
        labelled(group_by=(), service=Service("s", labels=TENANT)),
    ],
    ids=["slo", "service"],
)
def test_refuses_labels_that_hide_the_identity(made: SLO) -> None:
    """A label of the info series would replace the one that tells Prometheus servers apart."""
    with pytest.raises(InvalidValue, match=r"tenant"):
        resolve([made], Settings(identity={"tenant": "one"}))


def test_reports_timing_and_tiers_together() -> None:
    """Settings that do not fit one SLO do not hide what is wrong with another."""
    first = labelled(settings=Settings(scrape_interval="7s"))
    second = slo("b", HIGH, objective="95%")

    with pytest.raises(Faults, match=r"Settings\.scrape_interval") as caught:
        resolve([first, second], SETTINGS)

    assert len(caught.value.faults) == 2


def test_an_slo_alone_is_one() -> None:
    """One SLO needs no brackets."""
    made = slo("a")

    assert resolve(made, SETTINGS) == resolve([made], SETTINGS)


def test_switches_become_alerts() -> None:
    """Alerts that are wanted are resolved, the others are not there."""
    made = only(labelled(alerts=AlertPolicy(low=True, violated=False, stale=False)))

    assert (made.exhausted is None, made.low is None) == (False, False)
    assert (made.violated, made.stale) == (None, None)


def switched_on(sli: SLI, group_by: str | tuple[str, ...]) -> list[str]:
    """Return the alerts beside tiers that an SLO has, of a policy that switches all of them on."""
    policy = AlertPolicy(low=True, violated=True, stale_groups=True, incomplete=True)
    made = only(labelled(alerts=policy, sli=sli, group_by=group_by))
    return [name for name in policy.switched if getattr(made, name)]


@pytest.mark.parametrize(
    ("sli", "group_by", "missing"),
    [
        (EVENTS, "tenant", set()),
        (EVENTS, (), {"stale_groups"}),
        (Up(gauge="up"), "tenant", set()),
        (Up(gauge="up", when_missing="bad"), "tenant", {"stale_groups"}),
        (Up(gauge="up", when_missing="bad"), (), {"stale", "stale_groups"}),
    ],
)
def test_alerts_that_cannot_fire_are_not_there(
    sli: SLI, group_by: str | tuple[str, ...], missing: set[str]
) -> None:
    """Without groups none can be gone, and where a moment without data is bad there is data."""
    names = {"exhausted", "low", "violated", "stale", "stale_groups", "incomplete"}

    assert set(switched_on(sli, group_by)) == names - missing


@pytest.mark.parametrize(("sli", "counts"), [(EVENTS, False), (Up(gauge="up"), False), (BAD, True)])
def test_knows_what_a_moment_without_data_is(sli: SLI, counts: bool) -> None:  # noqa: FBT001
    """Such a moment counts where the SLI says that it is bad, and nowhere else."""
    assert only(labelled(sli=sli)).counts_missing is counts


def test_the_identity_has_the_labels_of_the_settings() -> None:
    """What tells one Prometheus from another is a part of every SLO's identity."""
    made = only(labelled(), Settings(identity={"env": "prod"}, naming=Naming.sloth()))

    assert dict(made.identity) == {
        "sloth_id": "s-n",
        "sloth_service": "s",
        "sloth_slo": "n",
        "env": "prod",
    }
