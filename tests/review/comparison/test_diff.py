"""What a diff says of edits, and what it says nothing of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slogen import (
    SLO,
    Alert,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Tier,
    TimeSlices,
    Up,
)
from slogen.naming import Naming
from slogen.promql.canonical import canonical
from slogen.review import diff
from slogen.rules import AlertingRule, RecordingRule
from tests.review.comparison.samples import (
    EVENTS,
    REQUESTS,
    SLIS,
    built,
    said,
    said_of_alerts,
    slo,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.model import SLI
    from slogen.review.comparison.changes import Diff, SLOChange
    from slogen.rule_set import RuleSet

KINDS = pytest.mark.parametrize("sli", SLIS.values(), ids=SLIS)


def edited(before: Mapping[str, Any], after: Mapping[str, Any]) -> SLOChange:
    """Return what one edit of one SLO means."""
    (change,) = diff(built(**before), built(**after)).slos
    return change


@KINDS
def test_nothing_changed(sli: SLI) -> None:
    """An SLO differs neither from itself nor from the files that a build of it wrote."""
    rules = built(sli=sli, description="Users buy.", alerts=AlertPolicy(low=True, violated=True))
    sides = (rules, written(rules), written(rules, "json"))

    assert [str(diff(old, new)) for old in sides for new in sides] == [""] * 9


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            Events(total=REQUESTS, bad=REQUESTS.where('code=~"5..",path="/"')),
            Events(
                total='http_requests_total{job="shop"}',
                bad='http_requests_total{path="/",code=~"5..",job="shop"}',
            ),
        ),
        (
            Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
            Events(total=REQUESTS, good=REQUESTS.where('code!~"5.."')),
        ),
        (
            Events(total=REQUESTS, bad=REQUESTS.where('code=~"500|503"')),
            Events(total=REQUESTS, bad=REQUESTS.where('code=~"503|500"')),
        ),
        (
            Events(total="rate(a[$window]) + rate(b[$window])", bad="rate(c[$window])"),
            Events(total="(rate(b[$window]))+rate(a[ $window ])", bad="rate( c[$window] )"),
        ),
        (
            TimeSlices(query="2 * max(lag{a='1',b='2'})", good_when="<= 300"),
            TimeSlices(query='max(lag{b="2", a="1"}) * 2.0  # of all', good_when="<=300.0"),
        ),
        (
            Latency(histogram='x_seconds{a="1",b="2"}', under="1s"),
            Latency(histogram='x_seconds{b="2",a="1"}', under="1000ms", unit="s"),
        ),
    ],
    ids=["matchers", "good-for-bad", "regexes", "sums", "numbers", "units"],
)
def test_other_words_for_the_same_are_no_change(before: SLI, after: SLI) -> None:
    """What is counted is compared as PromQL, and neither as text nor as definitions."""
    old, new = built(sli=before), built(sli=after)

    assert str(diff(old, new)) == ""
    assert str(diff(written(old), new)) == ""


def test_an_objective_changes_thresholds_and_times() -> None:
    """The budget is halved: each tier fires at half the error ratio, and sooner."""
    change = edited({}, {"objective": "99.95%"})

    assert said(change) == {"objective": ("99.9%", "99.95%")}
    assert [(found.above, found.pace) for found in change.alerts] == [
        (("1.44%", "0.72%"), "sooner"),
        (("0.6%", "0.3%"), "sooner"),
        (("0.3%", "0.15%"), "sooner"),
        (("0.1%", "0.05%"), "sooner"),
    ]
    assert [
        (found.ratio, str(found.before), str(found.after)) for found in change.alerts[0].detections
    ] == [
        ("100%", "66s to 128s", "40s to 102s"),
        ("2.88%", "1815s to 1890s", "915s to 983s"),
    ]
    assert change.history == ()
    assert change.other_rules == ()


def test_an_easier_objective_pages_later() -> None:
    """The same edit turned around: what fired does so later, or at the old ratio never."""
    change = edited({"objective": "99.95%"}, {})

    assert {found.pace for found in change.alerts} == {"later"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"service_owner": "team-b"}, {"owner": ("team-shop", "team-b")}),
        ({"service_tier": "gold"}, {"tier of the service": ("", "gold")}),
        ({"labels": {"region": "eu"}}, {"label region": ("", "eu")}),
        ({"description": "Users buy."}, {"description": ("", "Users buy.")}),
        ({"runbook": "https://r.example.com"}, {"runbook": ("", "https://r.example.com")}),
        ({"group_by": ("tenant",)}, {"group_by": ("", "tenant")}),
        ({"service_name": "store", "id": "shop-availability"}, {"service": ("shop", "store")}),
        ({"name": "up", "id": "shop-availability"}, {"name": ("availability", "up")}),
        ({"identity": {"env": "prod"}}, {"identity env": ("", "prod")}),
        ({"slow_interval": "2m"}, {"setting slow_interval": ("1m", "2m")}),
        (
            {"scrape_interval": "1m"},
            {
                "setting scrape_interval": ("30s", "1m"),
                "setting base_range": ("90s", "3m"),
                "setting fast_interval": ("30s", "1m"),
            },
        ),
        (
            {"query_offset": "1m", "offset": "15s", "prometheus": "3.0"},
            {"setting query_offset": ("", "1m")},
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_an_slo_says_differently(
    changes: dict[str, Any], expected: dict[str, tuple[str, str]]
) -> None:
    """Each edit is said by its name, and none of what merely follows from it."""
    change = edited({}, changes)

    assert said(change) == expected
    assert change.other_rules == ()
    assert not any(found.changes for found in change.alerts)


def test_a_window_changes_the_budget_and_the_tiers() -> None:
    """A preset has other tiers for other windows: these are alerts that are new and gone."""
    change = edited({}, {"window": "7d"})

    assert said(change) == {"window": ("30d", "7d")}
    assert [(found.status, found.alert.tier) for found in change.alerts] == [
        ("changed", "2x over 1d/2h"),
        ("removed", "1x over 3d/6h"),
    ]
    assert change.other_rules == ()


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (AlertPolicy(page=Alert(keep_firing_for="0s")), {"keep_firing_for": ("10m", "")}),
        (AlertPolicy(page=Alert(for_="2m")), {"for": ("", "2m")}),
        (AlertPolicy(page=Alert(labels={"q": "a"})), {"label q": ("", "a")}),
        (AlertPolicy(page=Alert(name="Burns")), {"name": ("SLOBurnRatePage", "Burns")}),
        (
            AlertPolicy(page=Alert(runbook="https://r.example.com")),
            {"annotation runbook_url": ("", "https://r.example.com")},
        ),
        (AlertPolicy(page=Alert(annotations={"team": "a"})), {"annotation team": ("", "a")}),
    ],
    ids=["keep", "for", "label", "name", "runbook", "annotation"],
)
def test_what_pages_say_differently(
    policy: AlertPolicy, expected: dict[str, tuple[str, str]]
) -> None:
    """Both tiers that page are changed, and nothing else is."""
    change = edited({}, {"alerts": policy})

    pages = [found for found in change.alerts if found.alert.severity == "page"]
    assert len(change.alerts) == len(pages) == 2
    for page in pages:
        assert {field.field: (field.before, field.after) for field in page.changes} == expected
    assert change.changes == ()
    assert change.other_rules == ()


def test_for_delays_an_alert() -> None:
    """How long a condition has to hold is added to when an alert fires."""
    change = edited({}, {"alerts": AlertPolicy(page=Alert(for_="5m"))})

    assert {found.pace for found in change.alerts} == {"later"}


def test_severities_in_the_words_of_the_house() -> None:
    """Another word on all alerts of a severity moves their routes."""
    change = edited({}, {"severities": {"page": "critical"}})

    assert said_of_alerts(change) == {"SLOBurnRatePage severity": ("page", "critical")}


def test_alerts_are_added_and_removed() -> None:
    """Switches of the policy add alerts and take them away."""
    change = edited({}, {"alerts": AlertPolicy(low=True, exhausted=False)})

    assert [(found.status, found.alert.name) for found in change.alerts] == [
        ("added", "SLOErrorBudgetLow"),
        ("removed", "SLOErrorBudgetExhausted"),
    ]
    assert change.other_rules == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"burn_rate": 14}, {"burn_rate": 10}, [("changed", {"burn rate": ("14", "10")})]),
        (
            {"long": "1h"},
            {"long": "2h", "short": "5m"},
            [("changed", {"long window": ("1h", "2h")})],
        ),
        ({"short": "5m"}, {"short": "10m"}, [("changed", {"short window": ("5m", "10m")})]),
        (
            {"min_bad_events": 3},
            {"min_bad_events": 9},
            [("changed", {"min_bad_events": ("3", "9")})],
        ),
    ],
    ids=["burn-rate", "long", "short", "min-bad-events"],
)
def test_a_tier_is_found_again(
    old: dict[str, Any], new: dict[str, Any], expected: list[tuple[str, dict[str, Any]]]
) -> None:
    """A tier with another number is the same tier, and not another one."""
    usual = {"long": "1h", "burn_rate": 14}
    policies = [
        AlertPolicy(
            tiers=[Tier("page", **{**usual, **changes}), Tier("ticket", long="6h", burn_rate=6)]
        )
        for changes in (old, new)
    ]

    change = edited({"alerts": policies[0]}, {"alerts": policies[1]})

    assert [
        (found.status, {field.field: (field.before, field.after) for field in found.changes})
        for found in change.alerts
    ] == expected
    assert change.other_rules == ()


def test_another_quantity_breaks_the_history() -> None:
    """The rules go on under the id with something else: it says so, and that a new id is due."""
    change = edited({}, {"sli": Events(total=REQUESTS, bad=REQUESTS.where('code=~"5..|429"'))})

    (found,) = change.history
    total = 'http_requests_total{job="shop"}'
    before, after = (total.replace("}", f',code=~"{code}"}}') for code in ("5..", "5..|429"))
    assert said(change) == {"sli": (f"{before}, of all {total}", f"{after}, of all {total}")}
    assert (found.verdict, found.argument) == ("mixed", "sli")
    assert found.remedy.startswith("give the SLO a new id")


def test_another_kind_breaks_the_history_once() -> None:
    """Seconds after events are told by their units, and not as another quantity as well."""
    change = edited({}, {"sli": Up(gauge="up")})

    (found,) = change.history
    assert found.found.startswith("events were recorded, and seconds will be")


def test_other_groups_break_the_history() -> None:
    """A build warns of the same in the same words."""
    old, new = built(), built(group_by=("tenant",))
    (change,) = diff(old, new).slos

    (found,) = change.history
    assert (found.verdict, found.argument) == ("lost", "group_by")


def test_other_intervals_are_no_other_quantity() -> None:
    """The ranges and offsets in what is read are settings: what is counted stays."""
    for sli in SLIS.values():
        change = edited({"sli": sli}, {"sli": sli, "scrape_interval": "1m", "offset": "40s"})

        assert "sli" not in said(change)
        assert "setting scrape_interval" in said(change)
        assert change.history == ()


def test_a_new_id_is_a_new_history() -> None:
    """What counts the same under another id is the same SLO, renamed."""
    change = edited({}, {"id": "shop-up"})

    assert (change.id, change.previous_id, change.status) == (
        "shop-up",
        "shop-availability",
        "changed",
    )
    assert (change.changes, change.history, change.other_rules) == ((), (), ())


def test_of_several_that_count_the_same_the_names_decide() -> None:
    """Two SLOs of one SLI are told apart by their names; without these nothing is guessed."""
    old = built(slo(id="a"), slo(name="strict", objective="99.99%", id="b"))
    new = built(slo(id="x"), slo(name="strict", objective="99.99%", id="y"))
    other = built(slo(name="one", id="x"), slo(name="two", id="y"))

    renamed = {change.previous_id: change.id for change in diff(old, new).slos}
    assert renamed == {"a": "x", "b": "y"}
    assert {change.status for change in diff(old, other).slos} == {"added", "removed"}


@pytest.mark.parametrize("is_written", [False, True])
def test_other_groups_and_another_quantity_are_both_said(is_written: bool) -> None:  # noqa: FBT001
    """One hides the other on neither side."""
    sli = Events(total=REQUESTS, bad=REQUESTS.where('code="500"'))
    old, new = built(), built(sli=sli, group_by=("tenant",))

    (change,) = diff(written(old) if is_written else old, new).slos

    assert set(said(change)) == {"group_by", "sli"}


@pytest.mark.parametrize("name", ["part", "difference", "latency"])
@pytest.mark.parametrize("is_written", [False, True])
def test_the_order_of_group_labels_says_nothing(name: str, is_written: bool) -> None:  # noqa: FBT001
    """The same labels make the same groups, however they are written."""
    old = built(sli=SLIS[name], group_by=("tenant", "region"))
    new = built(sli=SLIS[name], group_by=("region", "tenant"))

    assert not diff(written(old) if is_written else old, new).slos
    assert not diff(old, written(new) if is_written else new).slos


def test_what_counts_something_else_under_another_id_is_another_slo() -> None:
    """Nothing is said to be renamed for its name alone."""
    found = diff(built(), built(id="x", sli=Up(gauge="up"))).slos

    assert [(change.id, change.status) for change in found] == [
        ("shop-availability", "removed"),
        ("x", "added"),
    ]


def test_rules_that_somebody_edited_are_named() -> None:
    """A difference that no change explains is not passed over."""
    rules = built()
    (one,) = written(rules).built
    edited_text = one.text.replace("* 30 / 3600", "* 60 / 3600").replace(
        "/ 0.001 > 14.4\n          and\n          sum", "/ 0.001 > 15\n          and\n          sum"
    )
    assert edited_text.count("> 15\n") == 1
    old = attrs.evolve(written(rules), built=(attrs.evolve(one, text=edited_text),))

    (change,) = diff(old, rules).slos

    assert change.other_rules == ("slo:sli_data:ratio", "SLOBurnRatePage")
    assert (change.changes, change.alerts, change.history) == ((), (), ())


def test_a_counter_that_somebody_edited_is_another_quantity() -> None:
    """Where the words are the same the expressions are shown."""
    rules = built()
    (one,) = written(rules).built
    text = one.text.replace('code=~"5.."}[', 'code=~"4.."}[')
    old = attrs.evolve(written(rules), built=(attrs.evolve(one, text=text),))

    (change,) = diff(old, rules).slos

    before, after = said(change)["sli"]
    assert before.replace('"4.."', '"5.."') == after
    assert "last_over_time(" in after


def test_an_alert_that_somebody_added_is_named() -> None:
    """A rule of which nothing is known but its name is gone with the next build."""
    rules = built()
    (one,) = written(rules).built
    mine = "      - alert: Mine\n        expr: up == 0\n        labels:\n          severity: page\n"
    old = attrs.evolve(written(rules), built=(attrs.evolve(one, text=one.text + mine),))

    (change,) = diff(old, rules).slos

    (found,) = change.alerts
    assert (found.status, found.alert.name, found.alert.title) == ("removed", "Mine", "page")


def test_a_tier_that_could_never_fire_fires_sooner() -> None:
    """A burn rate beyond what is possible is read as it stands: the alert never fired."""
    rules = built()
    (one,) = written(rules).built
    text = one.text.replace('"14.4"', '"2000"').replace("> 14.4", "> 2000")
    old = attrs.evolve(written(rules), built=(attrs.evolve(one, text=text),))

    (change,) = diff(old, rules).slos

    (found,) = change.alerts
    (detection,) = found.detections
    assert (detection.ratio, detection.before, found.pace) == ("100%", None, "sooner")
    assert "never -> 1m6s to 2m8s" in str(diff(old, rules))
    assert '"before": null,' in diff(old, rules).json()


def test_what_another_version_did_not_write_is_not_compared() -> None:
    """Of rules that another version wrote as much is compared as there is."""
    rules = built(objective="99%")
    (one,) = written(rules).built
    text = one.text.replace("slo:sli_errors:increase", "slo:sli_errors:rate").replace(
        "vector(0.99)", "vector(99 / 100)"
    )
    old = attrs.evolve(written(rules), built=(attrs.evolve(one, text=text),))

    (change,) = diff(old, built(service_owner="b")).slos

    assert change.not_compared == ("the objective", "what is counted")
    assert said(change) == {"owner": ("team-shop", "b")}
    assert "\n  not compared: the objective and what is counted: the rules of" in str(
        diff(old, built(service_owner="b"))
    )


VARIANTS: dict[str, list[Any]] = {
    "objective": ["99.9%", "99%"],
    "window": ["30d", "6h"],
    "sli": [EVENTS, SLIS["difference"], SLIS["ratio"], SLIS["up"]],
    "group_by": [(), ("tenant",)],
    "service_owner": ["team-shop", "", "14"],
    "description": ["", "Two\n\nlines {{"],
    "labels": [{}, {"region": "eu"}],
    "alerts": [
        AlertPolicy(),
        AlertPolicy(low=True, violated=True, labels={"q": "a"}),
        AlertPolicy(tiers=[Tier("page", long="1h", burn_rate=2)], stale=False),
        AlertPolicy(page=Alert(name="A", keep_firing_for="1m"), incomplete=True),
        AlertPolicy.none(),
    ],
    "service_tier": ["", "gold"],
    "runbook": ["", "https://r.example.com/shop"],
    "identity": [{}, {"env": "prod"}],
    "naming": [Naming(), Naming.sloth()],
    "severities": [{}, {"page": "critical"}],
    "query_offset": [None, "1m"],
    "scrape_interval": ["30s", "1m"],
    "grafana": ["https://g.example.com", "https://h.example.com"],
}


@attrs.frozen
class Variant:
    """Which of the variants an SLO is, by the names of arguments."""

    chosen: dict[str, int]

    @property
    def rules(self) -> RuleSet:
        """Its rules."""
        chosen = {name: VARIANTS[name][index] for name, index in self.chosen.items()}
        return built(**chosen, prometheus="3.0")


@st.composite
def variants(draw: st.DrawFn) -> Variant:
    """Return an SLO, of which another one may differ in anything."""
    return Variant({name: draw(st.integers(0, len(of) - 1)) for name, of in VARIANTS.items()})


def meaning(rules: RuleSet) -> dict[object, object]:
    """Return all that Prometheus does differently if it differs."""
    (one,) = rules.rules
    found: dict[object, object] = {}
    for group in one.groups:
        found[group.name] = (group.interval, group.query_offset)
        for rule in group.rules:
            asked = attrs.asdict(rule, recurse=False) | {"expr": canonical(rule.expr)}
            labels = tuple(sorted(rule.labels.items()))
            found[getattr(rule, "record", ""), getattr(rule, "alert", ""), labels] = asked
    return found


@settings(max_examples=60, deadline=None)
@given(variants(), variants())
def test_a_diff_is_empty_where_prometheus_does_the_same(one: Variant, other: Variant) -> None:
    """Nothing that the rules do differently is passed over, and nothing else is said."""
    old, new = one.rules, other.rules

    assert diff(old, new).is_empty is (meaning(old) == meaning(new))


@settings(max_examples=40, deadline=None)
@given(variants(), variants())
def test_a_diff_turned_around_is_its_mirror_image(one: Variant, other: Variant) -> None:
    """What is added one way is removed the other way, with the same values."""
    old, new = one.rules, other.rules

    assert _shape(diff(old, new)) == _shape(diff(new, old), is_turned=True)


@settings(max_examples=25, deadline=None)
@given(variants(), variants(), st.sampled_from(["prometheus", "json"]))
def test_files_of_a_build_are_compared_as_definitions_are(
    one: Variant, other: Variant, target: str
) -> None:
    """What changed is the same, whichever side has been written and read."""
    old, new = one.rules, other.rules
    expected = [_without_settings(change) for change in diff(old, new).slos]

    for sides in ((written(old, target), new), (old, written(new, target))):
        assert [_without_settings(change) for change in diff(*sides).slos] == expected


def _shape(found: Diff, *, is_turned: bool = False) -> list[object]:
    """Return which fields differ and how, turned around if asked for."""
    step = -1 if is_turned else 1
    mirrored = {"added": "removed", "removed": "added"} if is_turned else {}
    return [
        [
            sorted((f.field, (f.before, f.after)[::step]) for f in change.changes),
            sorted(
                (
                    mirrored.get(alert.status, alert.status),
                    alert.above[::step],
                    sorted((f.field, (f.before, f.after)[::step]) for f in alert.changes),
                )
                for alert in change.alerts
            ),
            change.other_rules,
        ]
        for change in found.slos
    ]


def _without_settings(change: SLOChange) -> object:
    """Return what changed, but for what no rule holds: the scrape interval and some words.

    Of another quantity in other groups only texts of alerts know.
    """
    unknown = {"setting scrape_interval"} | ({"sli"} if "group_by" in said(change) else set())
    fields = [
        field.field if field.field == "sli" else field
        for field in change.changes
        if field.field not in unknown
    ]
    alerts = [
        (alert.status, alert.alert.name, alert.changes, alert.above) for alert in change.alerts
    ]
    return change.id, fields, alerts, change.history, change.other_rules


def test_slos_are_sorted_by_id_wherever_they_stand() -> None:
    """The order of definitions is text."""
    names = ["c", "a", "b"]
    old = built(*(slo(name=name, id=name) for name in names))
    new = built(*(slo(name=name, id=name, objective="99%") for name in reversed(names)))

    assert [change.id for change in diff(old, new).slos] == ["a", "b", "c"]


def test_what_cannot_be_read_is_neither_new_nor_gone() -> None:
    """An SLO whose rules are torn is named as such, and the other one compared."""
    rules = built(slo(), slo(name="up", id="up", sli=Up(gauge="up")))
    files = written(rules)
    torn = tuple(
        attrs.evolve(one, text=one.text.replace("expr:", "expr: [")) if one.slo_id == "up" else one
        for one in files.built
    )
    old = attrs.evolve(files, built=torn).narrowed({})

    found = diff(old, rules)

    assert found.slos == ()
    (unread,) = found.unread
    assert unread.slo_id == "up"


def test_typed_arguments_are_what_build_returns() -> None:
    """SLOs from anywhere are compared by what `build` made of them."""
    old, new = built(slo()), built(slo(), slo(name="b", sli=Up(gauge=Selector("up"))))
    assert isinstance(new.slos[0].definition, SLO)

    found = diff(old, new)

    assert (found.before, found.after) == (1, 2)
    assert [change.status for change in found.slos] == ["added"]


def test_rules_are_of_two_sorts() -> None:
    """The samples have both recording and alerting rules, so that the laws above mean something."""
    (one,) = built().rules
    sorts = {type(rule) for group in one.groups for rule in group.rules}

    assert sorts == {RecordingRule, AlertingRule}
    assert isinstance(SLIS["ratio"], ErrorRatio)
