"""From what a server has recorded to a report, with few questions for many SLOs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from slogen import SLO, Events, Service, Settings, Up
from slogen.errors import InvalidValue
from slogen.live import Prometheus, report
from slogen.live.errors import WrongServer
from slogen.live.forms.text import remarks
from slogen.live.readings import Fleet
from slogen.live.reporting import reported
from slogen.plan import resolve
from tests.live.world import AT, Recorded, World, troubled_erp

if TYPE_CHECKING:
    from slogen.live.reports import Report, SLOReport

REQUESTS = Events(total="requests_total", bad='requests_total{code="500"}')


def slo(name: str = "availability", window: str = "30d", group_by: tuple[str, ...] = ()) -> SLO:
    """Return an SLO of a shop."""
    return SLO(
        service=Service("shop", owner="team-shop"),
        name=name,
        objective="99.9%",
        window=window,
        group_by=group_by,
        sli=REQUESTS,
    )


def world_of(*slos: SLO, settings: Settings | None = None) -> World:
    """Return a server that evaluates the rules of SLOs."""
    return World.of(resolve(slos, settings or Settings()))


def asked(world: World, at: datetime = AT) -> Report:
    """Return the report of a world."""
    with world.serving() as stub:
        return reported(Fleet(prometheus=Prometheus(stub.url), slos=world.slos, at=at))


def only(world: World) -> SLOReport:
    """Return the report on the one SLO of a world."""
    (found,) = asked(world).slos
    return found


def test_reports_what_is_recorded() -> None:
    """Every number of the ERP's manager is there, with how much of it was measured."""
    world = world_of(slo())
    world.record(
        "shop-availability",
        Recorded(
            errors=600.0,
            events=1_000_000.0,
            ratios={"1h": 0.002, "6h": 0.001, "1d": 0.0005},
            lasts=7_200.0,
            hours=684.0,
        ),
    )
    found = only(world)
    (group,) = found.groups

    assert (found.objective, found.window, found.unit) == (0.999, "30d", "events")
    assert (group.events, group.errors, group.sli) == (1_000_000.0, 600.0, 1 - 0.0006)
    assert group.budget is not None
    assert group.budget.total == pytest.approx(1_000)
    assert group.budget.consumed == 600.0
    assert group.budget.share_left == pytest.approx(0.4)
    assert group.burn_rates == pytest.approx({"1h": 2.0, "6h": 1.0, "24h": 0.5})
    assert (group.exhausted_in, group.coverage, group.data) == (7_200.0, 1.0, 1.0)
    assert group.measured == pytest.approx(0.95)
    assert (found.state, found.verdict) == ("healthy", "met")


def test_the_public_function_takes_slos_as_they_are_built() -> None:
    """From Python: a Prometheus, SLOs and settings, and a typed report comes back."""
    world = world_of(slo())
    world.record("shop-availability", Recorded())
    with world.serving() as stub:
        found = report(Prometheus(stub.url), slo(), at=AT)

    assert found.at == AT
    assert found.health_score == 100
    assert found.server == stub.url


def test_counts_health_as_the_erp_does() -> None:
    """Healthy SLOs of all, and how many are in each state; what is unknown is not healthy."""
    found = asked(troubled_erp())

    assert found.tally.counts == {
        "exhausted": 1,
        "critical": 1,
        "not recorded": 1,
        "no data": 1,
        "warning": 1,
        "young": 1,
        "healthy": 8,
    }
    assert found.health_score == pytest.approx(100 * 8 / 14)
    assert {owner: tally.total for owner, tally in found.by_owner.items()} == {
        "team-backend": 7,
        "team-data": 4,
        "team-frontend": 3,
    }


def test_the_worst_stands_first_and_what_pages_before_it() -> None:
    """Who looks at the first lines sees what matters."""
    ids = [each.id for each in asked(troubled_erp()).slos]

    assert ids[:5] == [
        "database-availability",
        "backend-api-availability",
        "frontend-interaction",
        "user-data-freshness",
        "user-registration-success",
    ]


def test_says_how_far_the_objectives_reach() -> None:
    """The ERP's success metrics: services, data, owners, and runbooks of the alerts."""
    coverage = asked(troubled_erp()).coverage

    assert (coverage.services, coverage.services_with_data) == (3, 3)
    assert (coverage.slos, coverage.slos_measured) == (14, 12)
    assert (coverage.slos_with_owner, coverage.slos_with_runbook) == (14, 14)
    assert coverage.measured == pytest.approx(12 / 14)


def test_asks_few_questions_for_many_slos() -> None:
    """A hundred SLOs are asked about in as many queries as one."""
    few, many = world_of(slo()), world_of(*(slo(f"n{number}") for number in range(100)))
    seen = []
    for world in (few, many):
        for each in world.slos:
            world.record(each.definition.id, Recorded())
        with world.serving() as stub:
            found = reported(Fleet(prometheus=Prometheus(stub.url), slos=world.slos, at=AT))
        assert found.health_score == 100
        seen.append(len(stub.seen))

    assert seen[0] == seen[1] <= 16


def test_asks_about_more_slos_in_parts() -> None:
    """A query is about a hundred SLOs at most, so that its answer is bounded."""
    world = world_of(*(slo(f"n{number}") for number in range(101)))
    for each in world.slos:
        world.record(each.definition.id, Recorded())
    with world.serving() as stub:
        found = reported(Fleet(prometheus=Prometheus(stub.url), slos=world.slos, at=AT))

    assert found.tally.counts["healthy"] == 101
    assert max(request.query.count("|") for request in stub.seen) == 99


def test_every_question_is_about_one_moment() -> None:
    """Numbers of one report belong together."""
    world = world_of(slo())
    world.record("shop-availability", Recorded())
    with world.serving() as stub:
        reported(Fleet(prometheus=Prometheus(stub.url), slos=world.slos, at=AT))

    assert {request.fields["time"] for request in stub.seen} == {f"{AT.timestamp():.3f}"}


def test_the_first_answer_shows_that_a_server_records_others() -> None:
    """One error, with what the server records instead, and not a missing series for each SLO."""
    world = world_of(slo())
    world.answers["slo:objective:ratio"] = []
    with world.serving() as stub, pytest.raises(WrongServer) as caught:
        reported(Fleet(prometheus=Prometheus(stub.url), slos=world.slos, at=AT))

    assert str(caught.value) == (
        f"{stub.url} does not record the SLO that you ask about at 2026-11-26 16:30 UTC, and no "
        "other\n"
        "  remedy: name the server and the tenant that evaluate the rules,\n"
        "    or load there what slogen build writes, and wait for two minutes"
    )
    assert len(stub.seen) <= 3


def test_an_error_names_what_another_server_records() -> None:
    """Who sees the names of other SLOs knows which server or tenant that is."""
    world = world_of(slo())
    world.answers["slo:objective:ratio"] = [({"slo_id": f"mail-{n}"}, 0.99) for n in "dcba"]

    with pytest.raises(WrongServer, match="it records 4 others, such as mail-b, mail-c, mail-d"):
        asked(world)


def test_an_slo_that_the_server_never_saw() -> None:
    """It is not recorded, which is a state of its own, and says so."""
    world = world_of(slo("a"), slo("b"))
    world.record("shop-a", Recorded())
    world.forget("shop-b")
    found = {each.id: each for each in asked(world).slos}

    assert found["shop-b"].state == "not recorded"
    assert found["shop-b"].groups == ()
    assert found["shop-b"].remarks == ("the server does not evaluate its rules",)


def test_a_server_with_rules_for_another_window_says_nothing_about_this_one() -> None:
    """Counts of a week are not read as those of 30 days."""
    world = world_of(slo())
    world.record("shop-availability", Recorded())
    world.answers["slo:time_period:days"] = [({"slo_id": "shop-availability"}, 7.0)]
    found = only(world)

    assert found.state == "not recorded"
    assert found.remarks == (
        "the server judges it over 7d, the definition over 30d: load its rules",
    )


def test_a_server_with_another_objective_is_said() -> None:
    """The counts are the same, so the budget is that of the definition; the alerts are not."""
    world = world_of(slo())
    world.record("shop-availability", Recorded(errors=600.0))
    world.answers["slo:objective:ratio"] = [({"slo_id": "shop-availability"}, 0.995)]
    found = only(world)

    assert found.remarks == (
        "the server judges it by 99.5%, the definition by 99.9%: load its rules",
    )
    assert found.groups[0].share_left == pytest.approx(0.4)


def test_groups_are_judged_one_by_one() -> None:
    """Each has its labels, its budget and its alerts; the SLO is as the worst with data."""
    world = world_of(slo(group_by=("tenant",)))
    world.record(
        "shop-availability",
        Recorded(labels={"tenant": "a"}),
        Recorded(errors=1_200.0, labels={"tenant": "b"}),
        Recorded(labels={"tenant": "gone"}, is_there=False, ratios={}, day=None),
    )
    world.fire("shop-availability", "SLOBurnRatePage", "page", tenant="b", slo_window="1h")
    world.fire("shop-availability", "SLODataStale", "ticket")
    found = only(world)

    assert [dict(group.labels) for group in found.groups] == [
        {"tenant": "b"},
        {"tenant": "a"},
        {"tenant": "gone"},
    ]
    assert [group.state for group in found.groups] == ["exhausted", "healthy", "no data"]
    assert found.state == "exhausted"
    assert [alert.name for alert in found.groups[0].alerts] == ["SLOBurnRatePage"]
    assert [alert.name for alert in found.alerts] == ["SLODataStale"]
    assert [alert.window for alert in found.pages] == ["1h"]


def test_a_tenant_that_left_does_not_hide_the_numbers_of_the_others() -> None:
    """The line of an SLO has the numbers of the group that its state comes from."""
    world = world_of(slo(group_by=("tenant",)))
    gone = Recorded(labels={"tenant": "gone"}, is_there=False, ratios={}, day=None)
    world.record("shop-availability", gone, Recorded(errors=400.0, labels={"tenant": "a"}))
    found = only(world)

    assert found.state == "healthy"
    assert found.worst is not None
    assert (found.worst.labels, found.worst.state) == ({"tenant": "a"}, "healthy")


def test_a_tenant_whose_budget_nobody_knows_is_not_healthy() -> None:
    """It has data now, and no budget is recorded for it: the SLO says so, and is not met."""
    world = world_of(slo(group_by=("tenant",)))
    world.record(
        "shop-availability",
        Recorded(labels={"tenant": "a"}),
        Recorded(labels={"tenant": "b"}, coverage=None),
    )
    found = only(world)

    assert (found.state, found.verdict) == ("no data", "not enough data")
    assert found.worst is not None
    assert found.worst.labels == {"tenant": "b"}


def test_says_why_nobody_knows_the_budgets_of_groups() -> None:
    """A few are named, and the others counted, in each form that people read."""
    world = world_of(slo(group_by=("tenant",)))
    odd = [Recorded(labels={"tenant": f"t{n}"}, coverage=None) for n in range(5)]
    world.record("shop-availability", Recorded(labels={"tenant": "a"}), *odd)
    found = list(remarks(asked(world)))

    assert found == [
        *(
            f"shop-availability (tenant=t{n}): no budget is recorded: the rules of its slow group "
            "do not run"
            for n in range(3)
        ),
        "shop-availability: so it is with 2 more of 6 groups",
    ]


def test_a_group_without_its_label_is_not_healthy() -> None:
    """Its numbers mix what was to be told apart, and the gate refuses it for the same reason."""
    world = world_of(slo(group_by=("tenant",)))
    world.record("shop-availability", Recorded())
    found = asked(world)

    assert (found.slos[0].state, found.slos[0].verdict) == ("no data", "not enough data")
    (remark,) = remarks(found)
    assert remark == (
        "shop-availability (tenant=): series are recorded without the label tenant: load its "
        "rules, or correct it"
    )


def test_severities_are_read_in_the_words_of_the_house() -> None:
    """A page that the house calls critical is a page, and an alert that nobody knows too."""
    world = world_of(slo(), settings=Settings(severities={"page": "critical"}))
    world.record("shop-availability", Recorded())
    world.fire("shop-availability", "SLOBurnRatePage", "critical", slo_window="1h")
    world.fire("shop-availability", "OfAnOldDefinition", "critical")
    world.fire("shop-availability", "SLOBurnRateTicket", "ticket", slo_window="1d")
    world.fire("shop-availability", "OfAnOldDefinition", "other")
    urgencies = {(alert.name, alert.severity): alert.urgency for alert in only(world).all_alerts}

    assert urgencies == {
        ("SLOBurnRatePage", "critical"): "page",
        ("OfAnOldDefinition", "critical"): "page",
        ("SLOBurnRateTicket", "ticket"): "ticket",
        ("OfAnOldDefinition", "other"): None,
    }


def test_reads_the_series_of_its_own_prometheus_alone() -> None:
    """Where servers differ in a label of the identity, another cluster's numbers are not ours."""
    world = world_of(slo(), settings=Settings(identity={"cluster": "eu"}))
    world.answers["slo:objective:ratio"] = [
        ({"slo_id": "shop-availability", "cluster": "eu"}, 0.999),
    ]
    world.answers["slo:time_period:days"] = [
        ({"slo_id": "shop-availability", "cluster": "eu"}, 30.0),
    ]
    world.record(
        "shop-availability",
        Recorded(errors=100.0, labels={"cluster": "eu"}),
        Recorded(errors=900.0, labels={"cluster": "us"}),
    )
    (group,) = only(world).groups

    assert group.errors == 100.0


def test_of_two_recorders_the_larger_number_counts() -> None:
    """A second ruler with labels of its own makes no second group."""
    world = world_of(slo())
    world.record(
        "shop-availability",
        Recorded(errors=100.0, labels={"replica": "a"}),
        Recorded(errors=130.0, labels={"replica": "b"}),
    )
    (group,) = only(world).groups

    assert group.errors == 130.0


def test_burn_rates_that_are_not_recorded_come_from_hours() -> None:
    """An SLO without a tier over a day has 24h from its hours, one of 1h its 6h as well."""
    world = world_of(slo(window="1h"))
    world.record("shop-availability", Recorded(ratios={"1h": 0.001}, day=(50.0, 10_000.0)))
    (group,) = only(world).groups

    assert group.burn_rates == pytest.approx({"1h": 1.0, "6h": 5.0, "24h": 5.0})


def test_time_that_is_not_seen_counts_as_good_for_kinds_that_count_time() -> None:
    """A day of which six hours were seen is divided by what is usually seen, if that is more."""
    up = SLO(service="shop", name="up", objective="99%", window="7d", sli=Up(gauge="up"))
    world = world_of(up)
    half = Recorded(
        errors=0.0, events=302_400.0, ratios={"1h": 0.0, "6h": 0.0}, day=(864.0, 21_600.0)
    )
    world.record("shop-up", half)
    world.answers["slo:sli_error:ratio_rate1d"] = []
    found = only(world)

    assert found.unit == "seconds"
    assert found.groups[0].measured == pytest.approx(0.5)


def test_an_idle_slo_has_no_budget() -> None:
    """Without events there is no ratio, and no hundred percent."""
    world = world_of(slo())
    world.record("shop-availability", Recorded(errors=0.0, events=0.0, ratios={}))
    found = only(world)

    assert found.state == "no data"
    assert found.groups[0].sli is None
    assert found.groups[0].budget is None


def test_asks_about_a_past_moment() -> None:
    """The question bears the moment, and the report says which it is."""
    world = world_of(slo())
    world.record("shop-availability", Recorded())
    past = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)

    assert asked(world, past).at == past


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        (datetime(2026, 11, 1), "a moment with a time zone"),  # noqa: DTZ001 (what is refused)
        (datetime.now(UTC) + timedelta(days=1), "a moment that has come"),
    ],
)
def test_refuses_a_moment_that_is_none(at: datetime, allowed: str) -> None:
    """Neither a moment of no time zone nor one of the future has numbers."""
    with pytest.raises(InvalidValue, match=allowed):
        report(Prometheus("http://127.0.0.1:1"), slo(), at=at)


def test_a_ruler_that_judges_otherwise_is_not_hidden_by_another() -> None:
    """Of two rulers one has old rules: by an objective that is lower, or over a shorter window."""
    world = world_of(slo())
    world.record("shop-availability", Recorded(labels={"replica": "a"}))
    world.answers["slo:objective:ratio"].append(
        ({"slo_id": "shop-availability", "replica": "b"}, 0.99)
    )
    found = only(world)
    world.answers["slo:time_period:days"].append(
        ({"slo_id": "shop-availability", "replica": "b"}, 7.0)
    )
    other = only(world)

    assert found.remarks == (
        "the server judges it by 99%, the definition by 99.9%: load its rules",
    )
    assert other.state == "not recorded"
    assert other.remarks == (
        "the server judges it over 7d, the definition over 30d: load its rules",
    )


def test_the_history_of_two_rulers_is_that_of_the_worse_one() -> None:
    """At each time the least counts, so that a chart ends where the numbers beside it are."""
    world = world_of(slo())
    world.record(
        "shop-availability",
        Recorded(errors=100.0, labels={"replica": "a"}),
        Recorded(errors=600.0, labels={"replica": "b"}),
    )
    world.curves["slo:period_error_budget_remaining:ratio"] = [
        ({"slo_id": "shop-availability", "replica": "a"}, [(1.0, 1.0), (2.0, 0.9)]),
        ({"slo_id": "shop-availability", "replica": "b"}, [(1.0, 0.8), (2.0, 0.4), (3.0, 0.3)]),
    ]
    with world.serving() as stub:
        fleet = Fleet(prometheus=Prometheus(stub.url), slos=world.slos, at=AT)
        (found,) = reported(fleet, history=True).slos

    assert found.groups[0].history == ((1.0, 0.8), (2.0, 0.4), (3.0, 0.3))
    assert found.groups[0].ruler == {("replica", "b")}
