"""Whether a deployment may go on: unknown is never yes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen import SLO, Events, Service, Settings
from slogen.errors import InvalidValue
from slogen.exits import Exit
from slogen.live import BudgetPolicy, Decision, Prometheus, gate
from slogen.live.readings import Fleet
from slogen.live.recovery import dated, recovered_at
from slogen.live.reporting import reported
from slogen.live.reports import Report
from slogen.plan import resolve
from tests.live.world import AT, Recorded, World

POLICY = BudgetPolicy(freeze_below="10%", approve_below="25%")
LABELS = {"slo_id": "shop-a"}
HOUR = 3_600


def world(*groups: Recorded, group_by: tuple[str, ...] = ()) -> World:
    """Return a server that has recorded the groups of one SLO, of 1,000 bad events a window."""
    sli = Events(total="requests_total", bad='requests_total{code="500"}')
    slo = SLO(
        service=Service("shop"),
        name="a",
        objective="99.9%",
        window="30d",
        group_by=group_by,
        sli=sli,
    )
    found = World.of(resolve(slo, Settings()))
    found.record("shop-a", *groups)
    return found


def decided(found: World, policy: BudgetPolicy | None = POLICY, override: str = "") -> Decision:
    """Return what is decided about a world."""
    with found.serving() as stub:
        fleet = Fleet(prometheus=Prometheus(stub.url), slos=found.slos, at=AT)
        report = reported(fleet)
        decision = gate(report, policy, override=override)
        return dated(decision, report, policy or BudgetPolicy(), fleet)


@pytest.mark.parametrize(
    ("errors", "kind", "outcome", "code"),
    [
        (700.0, None, "go", 0),
        (750.0, None, "go", 0),
        (760.0, "below-approval", "approve", 1),
        (900.0, "below-approval", "approve", 1),
        (910.0, "below-freeze", "freeze", 1),
        (1_000.0, "exhausted", "freeze", 1),
        (1_400.0, "exhausted", "freeze", 1),
    ],
)
def test_budgets_by_the_limits_of_the_policy(
    errors: float, kind: str | None, outcome: str, code: int
) -> None:
    """Healthy goes on, low asks somebody, lower and spent do not go on."""
    decision = decided(world(Recorded(errors=errors)))

    assert [reason.kind for reason in decision.reasons] == ([kind] if kind else [])
    assert (decision.outcome, decision.exit) == (outcome, code)


def test_without_a_policy_a_spent_budget_alone_stops() -> None:
    """Who sets no limits has one: more than nothing."""
    assert decided(world(Recorded(errors=999.0)), None).outcome == "go"
    assert decided(world(Recorded(errors=1_000.0)), None).outcome == "freeze"


def test_a_page_stops() -> None:
    """While somebody is paged nothing is deployed, however much is left; a ticket does not."""
    found = world(Recorded())
    found.fire("shop-a", "SLOBurnRateTicket", "ticket", slo_window="1d")
    calm = decided(found)
    found.fire("shop-a", "SLOBurnRatePage", "page", slo_window="1h")
    decision = decided(found)
    (reason,) = decision.reasons

    assert calm.outcome == "go"
    assert (decision.outcome, decision.exit) == ("freeze", Exit.FINDINGS)
    assert (reason.kind, reason.text) == ("page", "SLOBurnRatePage over 1h pages")


@pytest.mark.parametrize(
    ("recorded", "text"),
    [
        (Recorded(is_there=False, ratios={}, day=None), "no data: its series are gone"),
        (Recorded(coverage=None), "no budget is recorded"),
        (Recorded(events=None), "no budget is recorded"),
        (Recorded(errors=None), "no budget is recorded"),
        (Recorded(events=0.0, errors=0.0, ratios={}), "no events in 30d: nobody knows"),
    ],
)
def test_missing_data_is_not_yes(recorded: Recorded, text: str) -> None:
    """Whatever is missing, the exit code is 4."""
    decision = decided(world(recorded))

    assert (decision.outcome, decision.exit) == ("unknown", Exit.UNDECIDED)
    assert text in decision.reasons[0].text


def test_an_slo_that_the_server_never_saw_is_not_yes() -> None:
    """Nobody knows about it, though the server knows about others."""
    sli = Events(total="requests_total", bad='requests_total{code="500"}')
    slos = [
        SLO(service=Service("shop"), name=name, objective="99.9%", window="30d", sli=sli)
        for name in ("a", "b")
    ]
    found = World.of(resolve(slos, Settings()))
    found.record("shop-a", Recorded())
    found.forget("shop-b")
    decision = decided(found)

    assert (decision.outcome, decision.exit) == ("unknown", Exit.UNDECIDED)
    assert [(reason.kind, reason.slo_id) for reason in decision.reasons] == [
        ("not-recorded", "shop-b")
    ]


def test_what_is_wrong_goes_before_what_is_not_known() -> None:
    """A spent budget is exit code 1, also where another SLO has no data."""
    sli = Events(total="requests_total", bad='requests_total{code="500"}')
    slos = [
        SLO(service=Service("shop"), name=name, objective="99.9%", window="30d", sli=sli)
        for name in ("a", "b")
    ]
    found = World.of(resolve(slos, Settings()))
    found.record("shop-a", Recorded(errors=2_000.0))
    found.forget("shop-b")
    decision = decided(found)

    assert (decision.outcome, decision.exit) == ("freeze", Exit.FINDINGS)
    assert [reason.kind for reason in decision.reasons] == ["exhausted", "not-recorded"]


def test_a_tenant_that_left_stops_nobody() -> None:
    """A group without data for a day is gone; one that was there today still counts."""
    gone = Recorded(errors=5_000.0, labels={"tenant": "gone"}, is_there=False, ratios={}, day=None)
    today = Recorded(
        errors=5_000.0,
        labels={"tenant": "today"},
        is_there=False,
        ratios={"1d": 0.1},
    )
    fine = Recorded(labels={"tenant": "fine"})
    calm = decided(world(fine, gone, group_by=("tenant",)))
    stopped = decided(world(fine, today, group_by=("tenant",)))

    assert calm.outcome == "go"
    assert [dict(reason.group) for reason in stopped.reasons] == [{"tenant": "today"}]


def test_a_young_slo_goes_on_and_is_named() -> None:
    """New SLOs do not stop a pipeline for days, and nobody takes them for old ones."""
    decision = decided(world(Recorded(coverage=0.01, hours=6.0)))

    assert (decision.outcome, decision.young) == ("go", ("shop-a",))


def test_an_override_is_somebody_s_yes() -> None:
    """It needs words, changes the exit code alone, and leaves the reasons."""
    decision = decided(world(Recorded(errors=2_000.0)), override=" fixes INC-4711 ")

    assert (decision.outcome, decision.exit) == ("freeze", Exit.FINE)
    assert decision.override == "fixes INC-4711"
    assert [reason.kind for reason in decision.reasons] == ["exhausted"]


@pytest.mark.parametrize("override", [" ", "...", "\0", "\u200b"])
def test_refuses_an_override_without_words(override: str) -> None:
    """It says nothing that somebody could read later."""
    with pytest.raises(InvalidValue, match="allowed: a reason, in words"):
        decided(world(Recorded()), override=override)


def test_refuses_a_report_without_slos() -> None:
    """Nothing was judged, which is no yes."""
    empty = Report(server="http://a", at=AT, slos=())

    with pytest.raises(InvalidValue, match="allowed: one SLO at least"):
        gate(empty)


def test_says_until_when_a_budget_stays_spent() -> None:
    """Its oldest bad hours leave the window one by one, if nothing more fails."""
    found = world(Recorded(errors=1_400.0))
    first = AT.timestamp() - 20 * 86_400
    hours = [(first, 300.0), (first + HOUR, 250.0), (first + 2 * HOUR, 850.0)]
    found.curves["slo:sli_errors:sum1h"] = [(LABELS, hours)]
    (spent,) = decided(found).reasons

    # 850 bad events are left of the 900 that a freeze below 10 % allows.
    assert spent.until == AT + timedelta(days=10, hours=1)


def test_what_no_hour_explains_lasts_for_a_window() -> None:
    """Bad events of this hour leave the window last."""
    (spent,) = decided(world(Recorded(errors=1_400.0))).reasons

    assert spent.until == AT + timedelta(days=30)


@given(
    errors=st.lists(st.integers(min_value=0, max_value=100), min_size=1, max_size=50),
    share=st.floats(min_value=0, max_value=1),
)
def test_a_budget_has_recovered_then_and_not_before(errors: list[int], share: float) -> None:
    """At the moment that is named few enough are left, and an hour before too many."""
    hours = [(number * HOUR, float(count)) for number, count in enumerate(errors)]
    most = share * sum(errors)
    found = recovered_at(sum(errors), most, hours, 30 * HOUR)
    assert found is not None
    left = sum(count for at, count in hours if at + 30 * HOUR > found)
    before = sum(count for at, count in hours if at + 30 * HOUR > found - HOUR)

    assert left <= most + 1e-9
    assert before > most or found == 30 * HOUR


def test_a_policy_reads_shares() -> None:
    """As percentages or as ratios; nothing is asked for unless said."""
    assert BudgetPolicy(freeze_below="10%", approve_below=0.25).approve_below == Decimal("0.25")
    assert BudgetPolicy() == BudgetPolicy(freeze_below=0, approve_below="0%")


@pytest.mark.parametrize("value", ["100%", "-1%", "a lot", 1, None, True])
def test_refuses_what_is_no_share(value: object) -> None:
    """A limit of the whole budget would never let anything go on."""
    with pytest.raises(InvalidValue, match="a share of the error budget"):
        BudgetPolicy(freeze_below=value)


def test_refuses_limits_of_which_one_is_never_reached() -> None:
    """Below the freeze nobody is asked any more."""
    with pytest.raises(InvalidValue, match='more than freeze_below, which is "25%"'):
        BudgetPolicy(freeze_below="25%", approve_below="10%")


def test_moments_are_in_utc() -> None:
    """Whoever reads the decision in another country reads the same."""
    found = world(Recorded(errors=1_400.0))
    (reason,) = decided(found).reasons

    assert reason.until is not None
    assert reason.until.tzinfo == UTC
    assert reason.until > datetime(2026, 11, 26, tzinfo=UTC)


def test_a_partial_answer_is_not_yes() -> None:
    """A warning that comes with an answer makes everything unknown, and is said once."""
    found = world(Recorded())
    found.warnings = ("PARTIAL RESPONSE: store ruler-0 is down",)
    decision = decided(found)
    (reason,) = decision.reasons

    assert (decision.outcome, decision.exit) == ("unknown", Exit.UNDECIDED)
    assert (reason.kind, reason.slo_id) == ("doubt", "")
    assert reason.text.endswith("PARTIAL RESPONSE: store ruler-0 is down")
    assert decision.warnings == ("PARTIAL RESPONSE: store ruler-0 is down",)


def test_an_earlier_warning_is_no_doubt_about_later_answers() -> None:
    """A client that is used again judges each report by its own answers."""
    found = world(Recorded())
    found.warnings = ("PARTIAL RESPONSE",)
    with found.serving() as stub:
        fleet = Fleet(prometheus=Prometheus(stub.url), slos=found.slos, at=AT)
        before = gate(reported(fleet))
        found.warnings = ()
        after = gate(reported(fleet))

    assert (before.outcome, after.outcome) == ("unknown", "go")


@pytest.mark.parametrize(
    "unknown",
    [
        {"coverage": None},
        {"errors": None},
        {"events": None},
        {"coverage": -0.5},
        {"coverage": 1e-308, "events": 1e308},
    ],
)
def test_a_group_with_data_but_without_a_budget_is_not_yes(unknown: dict[str, Any]) -> None:
    """One tenant whose budget nobody knows is no yes, however well the others are."""
    fine = Recorded(labels={"tenant": "fine"})
    found = world(fine, Recorded(labels={"tenant": "odd"}, **unknown), group_by=("tenant",))
    decision = decided(found)

    assert (decision.outcome, decision.exit) == ("unknown", Exit.UNDECIDED)
    assert [(reason.kind, dict(reason.group)) for reason in decision.reasons] == [
        ("no-data", {"tenant": "odd"})
    ]


def test_a_group_without_a_budget_hides_no_limit_that_another_is_below() -> None:
    """What is known to be wrong goes before what is not known, in one SLO too."""
    low = Recorded(errors=600.0, labels={"tenant": "low"})
    odd = Recorded(labels={"tenant": "odd"}, coverage=None)
    policy = BudgetPolicy(freeze_below="50%")
    decision = decided(world(low, odd, group_by=("tenant",)), policy)

    assert (decision.outcome, decision.exit) == ("freeze", Exit.FINDINGS)
    assert [reason.kind for reason in decision.reasons] == ["below-freeze", "no-data"]


@pytest.mark.parametrize("coverage", [-1.0, -0.0001])
def test_a_negative_age_is_not_yes(coverage: float) -> None:
    """Less than nothing of a window is no age, and so no budget."""
    assert decided(world(Recorded(coverage=coverage))).outcome == "unknown"


def test_groups_that_say_nothing_are_named_in_a_note() -> None:
    """A group that is gone stops nobody, nor does one without events, and both are counted."""
    gone: dict[str, Any] = {"is_there": False, "ratios": {}, "day": None}
    groups = [
        Recorded(labels={"tenant": "a"}),
        Recorded(labels={"tenant": "b"}, **gone),
        Recorded(labels={"tenant": "c"}, **gone),
        Recorded(labels={"tenant": "d"}, events=0.0),
    ]
    decision = decided(world(*groups, group_by=("tenant",)))

    assert decision.outcome == "go"
    assert decision.notes == (
        "shop-a: 2 of 4 groups have no data",
        "shop-a: 1 of 4 groups has no events in 30d",
    )


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        # The first ruler knows that all is spent, the second counted more events.
        ((100.0, 1_000.0, 1.0), (10.0, 1e6, 1.0), -99.0),
        ((1_100.0, 1e6, 1.0), (900.0, 1.2e6, 1.0), -0.1),
        ((900.0, 1e6, 1.0), (100.0, 1e6, 0.1), 0.1),
    ],
)
def test_of_two_rulers_the_worse_one_counts(
    first: tuple[float, float, float], second: tuple[float, float, float], left: float
) -> None:
    """The events of one ruler never dilute the errors of the other."""
    groups = [
        Recorded(errors=errors, events=events, coverage=coverage, labels={"ruler": name})
        for name, (errors, events, coverage) in (("a", first), ("b", second))
    ]
    found = world(*groups)
    with found.serving() as stub:
        report = reported(Fleet(prometheus=Prometheus(stub.url), slos=found.slos, at=AT))
    share = report.slos[0].groups[0].share_left

    assert len(report.slos[0].groups) == 1
    assert share == pytest.approx(left)


def test_a_ruler_that_knows_half_makes_the_group_unknown() -> None:
    """Errors of one ruler say nothing about the events that another counted."""
    known = Recorded(labels={"ruler": "a"})

    assert decided(world(known, Recorded(errors=None, labels={"ruler": "b"}))).outcome == "unknown"
    assert (
        decided(world(known, Recorded(coverage=None, labels={"ruler": "b"}))).outcome == "unknown"
    )


def test_a_server_with_another_objective_is_a_note() -> None:
    """Budgets are judged by the definition, and whoever reads it learns that alerts are not."""
    found = world(Recorded())
    found.answers["slo:objective:ratio"] = [(LABELS, 0.5)]
    decision = decided(found)

    assert decision.outcome == "go"
    assert decision.notes == (
        "shop-a: the server judges it by 50%, the definition by 99.9%: load its rules",
    )


def test_a_page_by_its_name_is_a_page_whatever_its_severity() -> None:
    """Rules that were edited on the server page all the same, and a note says what differs."""
    found = world(Recorded())
    found.fire("shop-a", "SLOBurnRatePage", "warning", slo_window="1h")
    decision = decided(found)

    assert [reason.kind for reason in decision.reasons] == ["page"]
    (note,) = decision.notes
    assert note.startswith('shop-a: SLOBurnRatePage fires with the severity "warning", ')
    assert note.endswith('the definition says "page": load its rules')


def test_a_window_that_is_not_recorded_is_not_yes() -> None:
    """Over which window the server judges is not known then."""
    found = world(Recorded())
    del found.answers["slo:time_period:days"]
    decision = decided(found)

    assert decision.outcome == "unknown"
    assert "does not record slo:time_period:days" in decision.reasons[0].text


def test_series_without_a_label_of_the_groups_are_not_yes() -> None:
    """A budget that mixes groups is none of theirs."""
    decision = decided(world(Recorded(), group_by=("tenant",)))

    assert decision.outcome == "unknown"
    assert "without the label tenant" in decision.reasons[0].text


BURNING = {"5m": 0.5, "30m": 0.5, "1h": 0.5, "6h": 0.5, "1d": 0.5}


def test_an_outage_without_any_alerts_is_not_yes() -> None:
    """Where a server has no ALERTS, burn rates above those of a page are no yes."""
    found = world(Recorded(ratios=BURNING))
    found.has_alerts = False
    decision = decided(found)

    assert (decision.outcome, decision.exit) == ("unknown", Exit.UNDECIDED)
    assert {reason.kind for reason in decision.reasons} == {"no-alerts"}
    assert decision.reasons[0].text == (
        "SLOBurnRatePage over 1h should fire by the burn rates, and no ALERTS were found"
    )


@pytest.mark.parametrize(
    "ratios",
    [{**BURNING, "5m": 0.0, "30m": 0.0}, {**BURNING, "1h": 0.0, "6h": 0.0}, {"1h": 0.0}],
)
def test_a_calm_server_without_alerts_is_a_note(ratios: dict[str, float]) -> None:
    """Both windows of a page have to burn; nothing claims that no page fires."""
    found = world(Recorded(ratios=ratios))
    found.has_alerts = False
    decision = decided(found)

    assert decision.outcome == "go"
    assert decision.notes == (
        "no ALERTS were found: no alert is active, or this server does not have them",
    )


def test_burn_rates_do_not_stop_where_alerts_are_recorded() -> None:
    """A page that asks for more than burn rates does not fire, and the server says so."""
    assert decided(world(Recorded(ratios=BURNING))).outcome == "go"


def test_until_counts_the_hours_of_one_ruler_alone() -> None:
    """Two rulers record each hour, at moments of their own: it is not spent twice."""
    labels = [{"replica": name} for name in "ab"]
    found = world(*(Recorded(errors=1_400.0, labels=each) for each in labels))
    start = AT.timestamp() - 20 * 24 * HOUR
    found.curves["slo:sli_errors:sum1h"] = [
        ({**LABELS, **each, "slo_hour": "1"}, [(start + late, 300.0), (start + HOUR + late, 300.0)])
        for each, late in zip(labels, (0, 7), strict=True)
    ]
    (spent,) = decided(found).reasons

    # 500 have to leave until a tenth of 1,000 is left.
    assert spent.until is not None
    assert spent.until.timestamp() - 30 * 24 * HOUR in {start + HOUR, start + HOUR + 7}


def test_until_counts_all_hours_that_were_recorded_at_one_moment() -> None:
    """After a ruler was down it records two hours at once, each with a label of its own."""
    found = world(Recorded(errors=1_400.0))
    start = AT.timestamp() - 20 * 24 * HOUR
    found.curves["slo:sli_errors:sum1h"] = [
        ({**LABELS, "slo_hour": hour}, [(start, 250.0)]) for hour in "12"
    ]
    (spent,) = decided(found).reasons

    assert spent.until is not None
    assert spent.until.timestamp() - 30 * 24 * HOUR == start
