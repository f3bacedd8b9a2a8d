"""The texts of alerts: templates that every server renders, whatever stands in names and labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen import (
    SLO,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Service,
    Settings,
    Up,
    build,
    naming,
)
from slogen.compiler.annotations import stale_groups_annotations
from slogen.rules import AlertingRule
from slogen.templates import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.model.sli import SLI

REQUESTS = Selector('http_requests_total{job="shop",path="/{{id}}"}')
SLIS: dict[str, SLI] = {
    "events": Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
    "latency": Latency(histogram="http_request_duration_seconds", under="300ms"),
    "ratio": ErrorRatio(query="sum by (tenant, zone) (rate(errors_total[$window]))"),
    "up": Up(gauge='probe_success{job="web",instance="a",pop="b"}'),
}
EVERY_ALERT = AlertPolicy(preset="standard", low=True, violated=True, incomplete=True)
_QUERY = re.compile(r'(?:query|printf) (?:`([^`]*)`|"((?:[^"\\]|\\.)*)")')


def slo(**more: object) -> SLO:
    """Return an SLO with every alert."""
    arguments: dict[str, object] = {
        "service": Service("shop", owner="team", runbook="https://runbooks.example.com"),
        "name": "availability",
        "objective": "99%",
        "window": "30d",
        "sli": SLIS["events"],
        "alerts": EVERY_ALERT,
        **more,
    }
    return SLO(**arguments)  # type: ignore[arg-type]


def alerts(made: SLO, settings: Settings | None = None) -> Iterator[AlertingRule]:
    """Yield the alerts of an SLO."""
    (rules,) = build(made, settings or Settings()).rules
    for group in rules.groups:
        yield from (rule for rule in group.rules if isinstance(rule, AlertingRule))


def page(made: SLO) -> AlertingRule:
    """Return the first page of an SLO."""
    return next(rule for rule in alerts(made) if rule.alert == naming.ALERT_PAGE)


def stale(made: SLO) -> str:
    """Return the description of the stale alert."""
    rule = next(rule for rule in alerts(made) if rule.alert == naming.ALERT_STALE)
    return rule.annotations["description"]


def texts(made: SLO) -> Iterator[str]:
    """Yield every annotation of an SLO's alerts, and those of the alert about one group."""
    for rule in alerts(made):
        yield from rule.annotations.values()
    (built,) = build(made).built
    yield from stale_groups_annotations(built.slo).values()


def asked(template: str) -> Iterator[str]:
    """Yield each query of a template, as if a group and a value were put in."""
    for raw, quoted in _QUERY.findall(template):
        query = raw or re.sub(r"\\(.)", r"\1", quoted)
        if query == "%q" or query.startswith("%."):
            continue
        for verb in (r"%(?:\[\d\])?q", r"%(?:\[\d\])?g"):
            query = re.sub(verb, '"a"' if verb.endswith("q") else "0.5", query)
        yield query.replace("%%", "%")


NAMES = st.text(
    st.sampled_from('ab"`\\{}%$.:-') | st.characters(categories=["L", "N", "S"]), min_size=1
).map(lambda text: text[:30])


@given(
    name=NAMES.filter(lambda text: "\ufffd" not in text),
    kind=st.sampled_from(sorted(SLIS)),
    groups=st.sampled_from([(), ("tenant",), ("tenant", "zone")]),
    description=NAMES,
)
def test_every_text_is_a_template_of_queries(
    name: str, kind: str, groups: tuple[str, ...], description: str
) -> None:
    """Whatever stands in names, each text is a template, and its queries are PromQL."""
    made = slo(name=name, sli=SLIS[kind], group_by=groups, description=description)

    for text in texts(made):
        check(text)
        for query in asked(text):
            promql_parser.parse(query)


def test_links_stand_above_the_texts() -> None:
    """Whoever reads the rules sees the links first; the user's own annotation wins in its place."""
    policy = AlertPolicy(preset="standard", annotations={"runbook_url": "https://b", "note": "c"})
    rule = page(slo(alerts=policy, settings=Settings(grafana="https://g.example.com")))

    assert list(rule.annotations) == [
        "runbook_url",
        "dashboard_url",
        "summary",
        "description",
        "note",
    ]
    assert rule.annotations["runbook_url"] == "https://b"


def test_each_tier_asks_since_when_it_is_active_itself() -> None:
    """What the server records about alerts is selected by name, id, window and burn rate."""
    text = page(slo(settings=Settings(identity={"env": "a"}))).annotations["description"]

    assert next(asked(text)) == (
        'min(ALERTS_FOR_STATE{alertname="SLOBurnRatePage",slo_id="shop-availability",env="a",'
        'slo_window="1h",slo_burn_rate="14.4"})'
    )


def test_the_user_s_words_stand_apart_from_the_definition() -> None:
    """An empty line separates them, and lines stay lines."""
    sli = Events(total="up_total", bad='up_total{code=~"5.."}')
    text = page(slo(sli=sli, description="One.\n\nTwo.")).annotations["description"]

    assert text.endswith('code=~"5.."}, of all up_total\n\nOne.\n\nTwo.')


@pytest.mark.parametrize(
    ("owner", "lines"), [("", []), ("team {{", ['Owner: team {{"{"}}{{"{"}}'])]
)
def test_the_owner_is_named_where_there_is_one(owner: str, lines: list[str]) -> None:
    """Nobody reads a line without a name."""
    text = page(slo(service=Service("shop", owner=owner))).annotations["description"]

    assert [line for line in text.split("\n") if line.startswith("Owner")] == lines


@pytest.mark.parametrize(
    ("kind", "query", "targets"),
    [
        ("latency", "http_request_duration_seconds_count", "up"),
        ("ratio", "sum by (tenant, zone) (rate(errors_total[90s]))", "up"),
        (
            "up",
            'probe_success{job="web",instance="a",pop="b"}',
            'up{job="web",instance="a"}',
        ),
    ],
)
def test_stale_says_what_to_query(kind: str, query: str, targets: str) -> None:
    """The query can be pasted, and its targets are known by the labels that ``up`` has as well."""
    lines = stale(slo(sli=SLIS[kind])).split("\n")

    assert f"Query: {query}" in lines
    assert any(f"see {targets};" in line for line in lines)


def test_a_group_that_is_gone_narrows_the_query() -> None:
    """Its labels are matchers of the selector, quoted by the template."""
    (built,) = build(slo(sli=SLIS["latency"], group_by=("tenant", "zone"))).built
    text = stale_groups_annotations(built.slo)["description"]

    assert (
        'Query: http_request_duration_seconds_count{tenant={{ printf "%q" $labels.tenant }},'
        'zone={{ printf "%q" $labels.zone }}}\n'
    ) in text
