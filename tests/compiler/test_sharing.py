"""Rules that SLOs of one shape share are what each would have by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, settings
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
    TimeSlices,
    Up,
)
from slogen.compiler import compile_slo
from slogen.compiler.sharing import Compiled, Sharing
from slogen.compiler.stand_ins import stand_ins
from slogen.plan import ResolvedSLO, resolve
from slogen.promql.quoting import quote
from slogen.targets.built import Built
from slogen.targets.prometheus import Prometheus
from slogen.targets.yaml_text import scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from slogen.model import SLI

ODD = (
    "a-_",
    "b-_--",
    "o-_",
    "_x",
    "on",
    "yes",
    "null",
    "1.5",
    "a.b",
    "x",
    'q"uote',
    "back\\slash",
    "tick`s",
    "per%cent",
    "{{ $value }}",
    "ends in {",
    "team a",
    "Ärger: #1",
    "slo:sli_events:increase",
    "requests_total",
    "slo_id",
    ".*|x+",
)
"""Texts that are written in several ways, that look like stand-ins, or that rules have anyway."""

PLAIN = st.from_regex(r"[a-z][a-z0-9.-]{0,24}[a-z0-9]", fullmatch=True)
TEXTS = PLAIN | st.sampled_from(ODD)


def _requests(job: str) -> Selector:
    return Selector(f"requests_total{{job={quote(job)},zone={quote(job)}}}")


SLIS: dict[str, Callable[[str, str], SLI]] = {
    "part": lambda a, b: Events(
        total=_requests(a), bad=_requests(a).where(f'code=~"5..",x={quote(b)}')
    ),
    "without": lambda a, b: Events(
        total=_requests(a), good=_requests(a).where(f'code!~"5..",x={quote(b)}')
    ),
    "difference": lambda a, b: Events(
        total=_requests(a), good=Selector(f"answers_total{{job={quote(b)}}}")
    ),
    "queries": lambda a, b: Events(
        total=f"sum(rate(requests_total{{job={quote(a)}}}[$window]))",
        bad=f"sum(rate(errors_total{{job={quote(b)}}}[$window]))",
    ),
    "latency": lambda a, b: Latency(
        histogram=f"latency_seconds{{job={quote(a)},x={quote(b)}}}", under="200ms"
    ),
    "ratio": lambda a, b: ErrorRatio(
        query=f"avg by (tenant) (failed{{job={quote(a)}}}) "
        f"+ avg by (tenant) ({{__name__={quote('lost')},x={quote(b)}}})"
    ),
    "slices": lambda a, _: TimeSlices(
        query=f"time() - max by (tenant) (done{{job = {quote(a)}}})",
        good_when="<= 300",
        when_missing="bad",
    ),
    "up": lambda a, b: Up(gauge=f"up{{job={quote(a)},instance={quote(b)}}}"),
}


@st.composite
def resolved(draw: st.DrawFn) -> ResolvedSLO:
    """Return an SLO whose own texts are anything."""
    texts = st.shared(st.lists(TEXTS, min_size=1, max_size=4), key=draw(st.integers(0, 1)))
    some = texts.flatmap(st.sampled_from) | TEXTS
    runbook = draw(st.sampled_from(["", "https://r.example.com/shop", "http://r/x?y=1#z"]))
    kind = SLIS[draw(st.sampled_from(sorted(SLIS)))]
    slo = SLO(
        service=Service(draw(some), owner=draw(some), runbook=runbook),
        name=draw(some),
        id=draw(some),
        objective="99.9%",
        window=draw(st.sampled_from(["30d", "6h"])),
        sli=kind(draw(some), draw(some)),
        group_by=draw(st.sampled_from([(), ("tenant",)])),
        description=draw(some | st.sampled_from(["What users expect.", "Two\n\nlines {{"])),
        alerts=AlertPolicy(preset="standard", violated=True, labels={"channel": draw(PLAIN)}),
    )
    grafana = draw(st.sampled_from([None, "https://grafana.example.com"]))
    (one,) = resolve(slo, Settings(grafana=grafana, identity={"cluster": draw(some)}))
    return one


def rule_file(slo: ResolvedSLO, compiled: Compiled) -> str:
    """Return the rule file of an SLO."""
    (file,) = Prometheus().render((Built(slo, compiled),), "single")
    return file.text


def by_itself(slo: ResolvedSLO) -> str:
    """Return the rule file of an SLO that shares nothing."""
    return rule_file(slo, Compiled.alone(compile_slo(slo)))


@settings(max_examples=60, deadline=None)
@given(st.lists(resolved(), min_size=1, max_size=3))
def test_what_is_shared_is_what_each_has_by_itself(slos: list[ResolvedSLO]) -> None:
    """Whatever ids, names, owners and values hold, each byte of the rule file is the same."""
    sharing = Sharing()

    for slo in slos:
        assert rule_file(slo, sharing.compiled(slo)) == by_itself(slo)


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(sorted(SLIS)))
def test_slos_of_one_shape_are_compiled_once(data: st.DataObject, kind: str) -> None:
    """Of two SLOs whose plain texts are as long as each other's, the second compiles nothing."""
    sharing = Sharing()
    names = st.from_regex(r"[a-z][a-z.]{6}[a-z]", fullmatch=True)
    one, other = (_slo(kind, data.draw(names), data.draw(names)) for _ in range(2))

    first, second = sharing.compiled(one), sharing.compiled(other)

    assert first.shared is second.shared
    assert rule_file(other, second) == by_itself(other)


def _slo(kind: str, name: str, value: str) -> ResolvedSLO:
    slo = SLO(
        service=Service(f"service-{name}", owner=f"team-{name}"),
        name=f"the-{value}",
        objective="99.9%",
        window="30d",
        sli=SLIS[kind](f"job-{name}", f"value-{value}"),
    )
    return resolve(slo, Settings())[0]


@pytest.mark.parametrize("kind", sorted(SLIS))
def test_the_address_of_a_dashboard_is_that_of_its_service(kind: str) -> None:
    """A name with a dot is no address: the address ends with a hash, which no other name has."""
    sharing = Sharing()
    grafana = "https://grafana.example.com"

    for name in ("shop.eu", "shop.us"):
        (slo,) = resolve(_slo(kind, name, "checkout").definition, Settings(grafana=grafana))

        assert rule_file(slo, sharing.compiled(slo)) == by_itself(slo)


def test_what_differs_besides_is_not_shared() -> None:
    """Another objective, window, label or order of labels gives rules of its own."""
    base = _slo("part", "shop", "api")
    alert = attrs.evolve(base.tiers[0].alert, labels={"a": "1", "b": "2"})
    turned = attrs.evolve(alert, labels={"b": "2", "a": "1"})
    variants = (
        base,
        attrs.evolve(base, definition=attrs.evolve(base.definition, objective="99%")),
        attrs.evolve(base, definition=attrs.evolve(base.definition, window="28d")),
        attrs.evolve(base, definition=attrs.evolve(base.definition, labels={"a": "1"})),
        *(
            attrs.evolve(base, tiers=(attrs.evolve(base.tiers[0], alert=each),))
            for each in (alert, turned)
        ),
    )
    sharing = Sharing()

    assert len({id(sharing.compiled(slo).shared) for slo in variants}) == len(variants)


@pytest.mark.parametrize("text", ["a-_", "x", "1.5", "on", "yes", "team a", "{{x}}", "ä-ö-ü"])
def test_what_is_not_plain_has_no_stand_in(text: str) -> None:
    """What is written in several ways, or is too short, has no stand-in."""
    slo = resolve(
        SLO(
            service=text,
            name=text,
            id=text,
            objective="99%",
            window="7d",
            sli=Up(gauge=f"up{{job={quote(text)}}}"),
        ),
        Settings(),
    )[0]

    assert not stand_ins(slo)


@given(PLAIN | st.sampled_from(ODD))
def test_what_has_a_stand_in_is_a_plain_scalar(text: str) -> None:
    """A text with a stand-in, and the stand-in, are written in YAML and PromQL as they are."""
    slo = _slo("up", "shop", "api")
    named = attrs.evolve(slo, definition=attrs.evolve(slo.definition, id=text))

    for (form, own), stand_in in stand_ins(named).items():
        if form == "plain":
            assert (scalar(own), scalar(stand_in)) == (own, stand_in)
            assert (quote(own), quote(stand_in)) == (f'"{own}"', f'"{stand_in}"')
