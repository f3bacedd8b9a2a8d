"""What holds for the rules of every SLO, whatever its kind, policy and settings."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

import attrs
import promql_parser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slogen import naming
from slogen.api import build
from slogen.model import (
    SLI,
    SLO,
    Alert,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Service,
    Settings,
    Tier,
    TimeSlices,
    Up,
)
from slogen.naming import Naming
from slogen.promql.selector import Selector
from slogen.rules import AlertingRule, RecordingRule
from slogen.source import Position
from slogen.templates import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.rules import Rule

REQUESTS = Selector('requests_total{job="api"}')
SLIS: dict[str, SLI] = {
    "bad": Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
    "good": Events(total=REQUESTS, good=REQUESTS.where('code!~"5.."')),
    "queries": Events(
        total="rate(hits_total[$window]) + rate(misses_total[$window])",
        bad="rate(misses_total[$window])",
    ),
    "latency": Latency(histogram='rpc_seconds{job="api"}', under="200ms"),
    "latency of a second": Latency(histogram="rpc_milliseconds", under="1s"),
    "latency, native": Latency(histogram="rpc_seconds", under="2.5ms", native=True),
    "error ratio": ErrorRatio(
        query="avg by (tenant, zone) (a) > avg by (tenant, zone) (b) or avg by (tenant, zone) (b)"
    ),
    "time slices": TimeSlices(
        query="time() - max by (tenant, zone) (updated_seconds)", good_when="<= 300"
    ),
    "time slices above": TimeSlices(query="-free_bytes", good_when="> -0.5"),
    "up": Up(gauge='up{job="api"}'),
}
TEXTS = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=":"), min_size=1)
NAMES = TEXTS.map(lambda text: text[:20]).filter(
    lambda text: text.isprintable() and "\ufffd" not in text
)
DELAYS = st.none() | st.sampled_from(["0s", "2m", "1h"])
ALERTS = st.builds(
    Alert,
    st.none() | st.sampled_from(["page", "ticket", "info"]),
    for_=DELAYS,
    keep_firing_for=DELAYS,
    labels=st.sampled_from([{}, {"team": "{{ $externalLabels.team }}"}]),
)
SWITCHES = st.booleans() | ALERTS
ALL_SETTINGS = st.builds(
    Settings,
    scrape_interval=st.none() | st.sampled_from(["500ms", "5s", "15s", "40s", "1m"]),
    slow_interval=st.none() | st.sampled_from(["2m", "4m"]),
    offset=st.none() | st.just("45s"),
    naming=st.none() | st.just(Naming.sloth()),
    identity=st.sampled_from([{}, {"env": "prod"}, {"env": "a{b}", "region": "x"}]),
    severities=st.sampled_from([{}, {"page": "critical"}]),
    alert_labels=st.sampled_from([{}, {"category": "slo"}]),
)

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


@st.composite
def policies(draw: st.DrawFn, sli: SLI, objective: Decimal, hours: int) -> AlertPolicy:
    """Draw a policy whose own tiers can fire for an objective and fit into a window."""
    highest = (Decimal("0.99") / (1 - objective)).quantize(Decimal("0.1"), rounding=ROUND_FLOOR)
    tier = st.builds(
        Tier,
        st.sampled_from(["page", "ticket"]),
        long=st.integers(4, min(hours, 72) * 60).map(lambda minutes: f"{minutes}m"),
        burn_rate=st.decimals(1, max(highest, Decimal(1)), places=1),
        min_bad_events=st.none() | st.integers(1, 9) if sli.counts_events else st.none(),
        keep_firing_for=DELAYS,
    )
    return draw(
        st.builds(
            AlertPolicy,
            preset=st.sampled_from(["standard", "tickets_only", "none"]),
            tiers=st.lists(tier, max_size=3).map(_named),
            exhausted=SWITCHES,
            low=SWITCHES,
            violated=SWITCHES,
            stale=SWITCHES,
        )
    )


def _named(tiers: list[Tier]) -> list[Tier]:
    """Name each tier, since two that cannot be told apart are refused."""
    return [attrs.evolve(tier, name=f"Own{number}") for number, tier in enumerate(tiers)]


@st.composite
def slos(draw: st.DrawFn) -> SLO:
    """Draw an SLO of any kind, with any window, objective and policy."""
    sli = draw(st.sampled_from(list(SLIS.values())))
    objective = draw(st.decimals("0.1", "0.99999", places=5))
    hours = draw(st.sampled_from([1, 3, 6, 24, 168, 720]) | st.integers(1, 90 * 24))
    return SLO(
        service=Service(draw(NAMES), owner=draw(st.just("") | NAMES)),
        name=draw(NAMES),
        objective=objective,
        window=f"{hours}h",
        sli=sli,
        group_by=draw(st.sampled_from([(), ("tenant",), ("tenant", "zone")])),
        alerts=draw(policies(sli, objective, hours)),
        description=draw(st.just("") | NAMES),
    )


def rules(slo: SLO, chosen: Settings) -> list[Rule]:
    """Return all rules of an SLO in the order in which they are evaluated."""
    return [rule for group in build(slo, chosen).rules[0].groups for rule in group.rules]


def nodes(node: promql_parser.Expr) -> Iterator[promql_parser.Expr]:
    """Return a node of an expression and all below it."""
    yield node
    match node:
        case promql_parser.BinaryExpr():
            below = [node.lhs, node.rhs]
        case promql_parser.Call():
            below = list(node.args)
        case promql_parser.MatrixSelector():
            below = [node.vector_selector]
        case (
            promql_parser.AggregateExpr()
            | promql_parser.ParenExpr()
            | promql_parser.UnaryExpr()
            | promql_parser.SubqueryExpr()
        ):
            below = [node.expr]
        case _:
            below = []
    for child in below:
        yield from nodes(child)


def read(rule: Rule) -> list[promql_parser.VectorSelector]:
    """Return the selectors of slogen's own series in a rule."""
    return [
        node
        for node in nodes(promql_parser.parse(rule.expr))
        if isinstance(node, promql_parser.VectorSelector) and str(node.name).startswith("slo")
    ]


def names_in(rule: Rule) -> set[str]:
    """Return the names of slogen's series that a rule reads, in its annotations as well."""
    templates = list(rule.annotations.values()) if isinstance(rule, AlertingRule) else []
    quoted = {name for text in templates for name in re.findall(r"slo:[\w:]+", text)}
    return quoted | {str(selector.name) for selector in read(rule)}


def numbers_in(rule: Rule) -> list[str]:
    """Return the numbers and durations of a rule's expression, as they stand."""
    text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', rule.expr)
    return re.findall(r"(?<![\w:.])[0-9.][\w.]*", text)


@given(slos(), ALL_SETTINGS)
def test_every_expression_is_promql(slo: SLO, chosen: Settings) -> None:
    """What is emitted can be parsed, and no NaN is written anywhere."""
    made = rules(slo, chosen)

    assert all(promql_parser.parse(rule.expr) for rule in made)
    assert not any(re.search(r"(?i)\bnan\b", _STRING.sub("", rule.expr)) for rule in made)


@given(slos(), ALL_SETTINGS)
def test_every_series_that_is_read_is_recorded(slo: SLO, chosen: Settings) -> None:
    """Neither a rule nor an annotation reads a series that no rule records."""
    made = rules(slo, chosen)

    recorded = {rule.record for rule in made if isinstance(rule, RecordingRule)}
    assert {name for rule in made for name in names_in(rule)} <= recorded


@given(slos(), ALL_SETTINGS)
def test_rules_read_what_stands_before_them(slo: SLO, chosen: Settings) -> None:
    """A rule reads fresh samples: those of rules before it.

    But for the age of a group, which grows slowly, and for hours that look whether they are there.
    """
    recorded = {naming.COVERAGE}

    late = set()
    for rule in rules(slo, chosen):
        own = {rule.record} if isinstance(rule, RecordingRule) else set()
        hours = {naming.ERRORS_SUM, naming.EVENTS_SUM, naming.EVENTS_HOUR} & own
        late |= {str(selector.name) for selector in read(rule)} - recorded - hours
        recorded |= {rule.record} if isinstance(rule, RecordingRule) else set()

    assert late == set()


@given(slos(), ALL_SETTINGS)
def test_every_rule_bears_the_identity(slo: SLO, chosen: Settings) -> None:
    """Each series and alert says which SLO it is of, and which Prometheus wrote it."""
    names = chosen.naming or Naming()
    identity = {
        names.id: slo.id,
        names.service: slo.service.name,
        names.name: slo.name,
        **chosen.identity,
    }

    for rule in rules(slo, chosen):
        texts = rule.labels if isinstance(rule, RecordingRule) else plain(rule)
        assert identity.items() <= texts.items()


def plain(rule: AlertingRule) -> dict[str, str]:
    """Return an alert's labels as Prometheus shows them, where they are literal text."""
    string = re.compile(r'\{\{ *("(?:[^"\\]|\\.)*"|`[^`]*`) *\}\}')

    def unquoted(match: re.Match[str]) -> str:
        text = match[1][1:-1]
        return text if match[1][0] == "`" else text.replace('\\"', '"').replace("\\\\", "\\")

    return {name: string.sub(unquoted, text) for name, text in rule.labels.items()}


@given(slos(), ALL_SETTINGS)
def test_recorded_series_are_selected_by_what_never_changes(slo: SLO, chosen: Settings) -> None:
    """Only the id and the labels of the settings select: a renamed service keeps its history."""
    wanted = {(chosen.naming or Naming()).id: slo.id, **chosen.identity}

    for rule in rules(slo, chosen):
        for selector in read(rule):
            matchers = selector.matchers.matchers
            assert {matcher.name: matcher.value for matcher in matchers} == wanted
            assert {str(matcher.op) for matcher in matchers} == {"MatchOp.Equal"}


@given(slos(), ALL_SETTINGS)
def test_numbers_are_exact_and_short(slo: SLO, chosen: Settings) -> None:
    """No number has an exponent, or the digits that a float leaves behind."""
    for rule in rules(slo, chosen):
        for text in numbers_in(rule):
            assert re.fullmatch(r"[0-9]+(?:ms|[smhd])|[0-9]+(?:\.[0-9]+)?", text)
            assert len(text.replace(".", "").strip("0")) <= 10


@given(slos(), ALL_SETTINGS)
def test_nothing_reads_what_people_edit(slo: SLO, chosen: Settings) -> None:
    """The info series is duplicated for minutes after an edit: no rule joins it."""
    info = (chosen.naming or Naming()).info

    assert not any(info in rule.expr for rule in rules(slo, chosen))


@given(slos(), ALL_SETTINGS)
def test_no_series_is_recorded_twice(slo: SLO, chosen: Settings) -> None:
    """Two rules of one name and the same labels would write over each other."""
    made = [rule for rule in rules(slo, chosen) if isinstance(rule, RecordingRule)]

    assert len({(rule.record, *sorted(rule.labels.items())) for rule in made}) == len(made)


@given(slos(), ALL_SETTINGS)
def test_every_template_is_one(slo: SLO, chosen: Settings) -> None:
    """Whatever names and descriptions hold, labels and annotations are sound templates."""
    alerts = [rule for rule in rules(slo, chosen) if isinstance(rule, AlertingRule)]

    for alert in alerts:
        for text in (*alert.labels.values(), *alert.annotations.values()):
            check(text)


@given(slos(), ALL_SETTINGS)
def test_two_compilations_are_equal(slo: SLO, chosen: Settings) -> None:
    """The same words give the same rules, wherever they were written."""
    moved = attrs.evolve(slo, origin=Position("elsewhere.py", 1, 1))

    assert build(slo, chosen).rules == build(slo, chosen).rules == build(moved, chosen).rules


@given(slos(), ALL_SETTINGS)
def test_an_slo_does_not_depend_on_its_neighbours(slo: SLO, chosen: Settings) -> None:
    """The rules of an SLO are the same, whatever is built with it."""
    other = attrs.evolve(slo, id="another")

    both = build([other, slo], chosen)

    assert both.rules[1] == build(slo, chosen).rules[0]


@settings(max_examples=20)
@given(slos())
def test_alerts_can_be_left_out(slo: SLO) -> None:
    """Without alerts the same base series are recorded."""
    silent = attrs.evolve(slo, alerts=AlertPolicy.none())

    with_alerts, without = rules(slo, Settings()), rules(silent, Settings())

    assert not any(isinstance(rule, AlertingRule) for rule in without)
    assert [rule for rule in without if rule in with_alerts] == without


@pytest.mark.parametrize("name", [name for name, sli in SLIS.items() if not sli.queries])
def test_an_offset_is_put_on_all_that_is_scraped(name: str) -> None:
    """Counters, histograms and gauges are read so far back; free queries say it themselves."""
    slo = SLO(service=Service("shop"), name="a", objective="99%", window="30d", sli=SLIS[name])
    selectors = [
        node
        for rule in rules(slo, Settings(offset="45s"))[:2]
        for node in nodes(promql_parser.parse(rule.expr))
        if isinstance(node, promql_parser.VectorSelector) and not str(node.name).startswith("slo:")
    ]

    offsets = {timedelta(seconds=45)}
    if SLIS[name].counts_whole_events:
        # Of a counter the newest sample of one evaluation before is read as well.
        offsets.add(timedelta(seconds=45 + 30))
    assert len(selectors) >= 2
    assert {node.offset for node in selectors} == offsets


@pytest.mark.parametrize("sli", SLIS.values(), ids=SLIS)
@pytest.mark.parametrize("group_by", [(), ("tenant",)])
def test_every_kind_records_events_and_errors(sli: SLI, group_by: tuple[str, ...]) -> None:
    """Whatever the kind, its first two rules are the two series that all others are made of."""
    made = SLO(service="s", name="n", objective="99%", window="30d", sli=sli, group_by=group_by)

    first, second, *others = rules(made, Settings())

    assert isinstance(first, RecordingRule)
    assert isinstance(second, RecordingRule)
    assert (first.record, second.record) == (
        "slo:sli_events:increase",
        "slo:sli_errors:increase",
    )
    assert not any(
        isinstance(rule, RecordingRule) and rule.record == first.record for rule in others
    )


@pytest.mark.parametrize("sli", SLIS.values(), ids=SLIS)
def test_what_reads_no_counts_knows_no_kind(sli: SLI) -> None:
    """Rules that read neither the SLI nor counts of it are the same for all kinds."""
    made = SLO(id="x", service="s", name="n", objective="99%", window="30d", sli=sli)
    known = attrs.evolve(made, sli=SLIS["bad"])

    of_kind, of_events = (
        [
            rule.expr
            for rule in rules(slo, Settings())
            if isinstance(rule, RecordingRule) and names_in(rule) and ":increase" not in rule.expr
        ]
        for slo in (made, known)
    )

    assert len(of_kind) > 10
    counts = re.compile(":(sum1h|open|period|hour){")
    shared = [expr for expr in of_kind if not counts.search(expr)]
    assert shared == [expr for expr in of_events if not counts.search(expr)]


def pages_of(slo: SLO) -> list[str]:
    """Return the expressions of an SLO's pages."""
    alerts = (rule for rule in rules(slo, Settings()) if isinstance(rule, AlertingRule))
    return [alert.expr for alert in alerts if alert.alert == naming.ALERT_PAGE]


def test_the_newest_sample_of_one_evaluation_before_is_the_newest_of_that_evaluation() -> None:
    """The offsets differ by the fast interval: so the sums telescope, whatever is missed."""
    slo = SLO(service="s", name="n", objective="99%", window="30d", sli=SLIS["bad"])

    events, _, *_ = rules(slo, Settings(fast_interval="20s", scrape_interval="20s"))

    assert "[1m] offset 15s" in events.expr
    assert "[10m] offset 35s" in events.expr


def test_the_good_part_is_taken_from_the_total_by_its_opposite() -> None:
    """Where one matcher tells good from bad, bad events are selected, and not subtracted."""
    total = Selector('requests_total{job="api"}')
    sli = Events(total=total, good=total.where('code!~"5.."'))

    _, errors, *_ = rules(
        SLO(service="s", name="n", objective="99%", window="30d", sli=sli), Settings()
    )

    assert 'requests_total{job="api",code=~"5.."}' in errors.expr
    assert "unless" not in errors.expr


def test_the_good_part_by_several_matchers_leaves_the_rest() -> None:
    """Where several matchers tell good from bad, the total is counted without good series."""
    total = Selector('requests_total{job="api"}')
    sli = Events(total=total, good=total.where('code!~"5..",method="GET"'))

    _, errors, *_ = rules(
        SLO(service="s", name="n", objective="99%", window="30d", sli=sli), Settings()
    )

    good = 'last_over_time(requests_total{job="api",code!~"5..",method="GET"}'
    assert f"unless {good}" in " ".join(errors.expr.split())


def test_pages_of_a_difference_need_both_sides() -> None:
    """Where good events are counted by another metric, a page needs both to be seen now."""
    sli = Events(total="requests_total", good="responses_total")
    slo = SLO(service="s", name="n", objective="99%", window="30d", sli=sli, group_by="tenant")

    pages = pages_of(slo)

    assert pages
    for metric in ("responses_total", "requests_total"):
        seen = f"group by (tenant) (last_over_time({metric}[90s] offset 15s))"
        assert all(f"and on (tenant)\n{seen}" in page for page in pages)


@pytest.mark.parametrize(
    ("sli", "least"),
    [
        (SLIS["bad"], "3"),
        (SLIS["latency"], "3"),
        (
            Events(
                total="sum by (tenant) (rate(a[$window]))",
                bad="sum by (tenant) (rate(b[$window]))",
            ),
            "3",
        ),
        (
            Events(
                total="sum by (tenant) (rate(a[$window]))",
                bad="max by (tenant) (rate(b[$window]))",
            ),
            "2.5",
        ),
        (SLIS["latency, native"], "2.5"),
    ],
)
def test_three_bad_events_are_three_where_each_is_counted(sli: SLI, least: str) -> None:
    """Half an event less is enough only where a rate estimates how many there were."""
    slo = SLO(service="s", name="n", objective="99%", window="30d", sli=sli, group_by="tenant")

    pages = pages_of(slo)

    assert all(f"[1h])) >= {least}" in page or f"[6h])) >= {least}" in page for page in pages)
    assert pages


@pytest.mark.parametrize("name", ["slo", "metric", "expr", "labels", "record", "self", "name"])
def test_labels_may_have_any_name(name: str) -> None:
    """A label of the user's is one, whatever the compiler itself calls its arguments."""
    slo = SLO(
        service=Service("shop"),
        name="a",
        objective="99%",
        window="30d",
        sli=SLIS["bad"],
        labels={name: "x"},
        alerts=AlertPolicy(labels={name: "y"}),
    )
    rules = [rule for group in build([slo]).rules[0].groups for rule in group.rules]

    (info,) = (rule for rule in rules if isinstance(rule, RecordingRule) if "info" in rule.record)
    assert info.labels[name] == "x"
    assert all(rule.labels[name] == "y" for rule in rules if isinstance(rule, AlertingRule))
