"""Models: everything that Python can say, odd texts above all."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from slogen import (
    SLO,
    Alert,
    AlertPolicy,
    Duration,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Service,
    Settings,
    Tier,
    TimeSlices,
    Up,
)
from slogen.errors import InvalidValue
from slogen.naming import ALERTS, Naming

if TYPE_CHECKING:
    from slogen.model import SLI, Severity
    from slogen.model.sli.latency import Unit
    from slogen.model.sli.missing import WhenMissing

ODD = (
    *(
        "on",
        "no",
        "y",
        "null",
        "~",
        "true",
        "NO",
        "1:30",
        "012",
        "1e3",
        "99.9",
        "3.5",
        "0x1F",
        "-0",
    ),
    *(
        "2026-01-01",
        "=",
        "<<",
        "- a",
        "-a",
        "a: b",
        "a :b",
        "a:b",
        "a #b",
        "#a",
        "a:",
        "a,b",
        "? a",
    ),
    *(
        "'",
        '"',
        'it\'s "so"',
        "\\",
        "C:\\x",
        '"a"',
        "'a'",
        "{a}",
        "[a]",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
    ),
    *(
        "%a",
        "@a",
        "`a`",
        ": a",
        " a",
        "a ",
        "  ",
        "é ü",
        "日本",
        "🦆",
        "---",
        "...",
        ".",
        "$window",
        "x" * 300,
    ),
)
PRINTABLE = st.characters(exclude_categories=("C", "Z"), include_characters=" ").filter(
    str.isprintable
)
LINES = st.sampled_from(ODD) | st.text(PRINTABLE, max_size=12).filter(
    lambda text: "\ufffd" not in text
)
NAMES = LINES.map(str.strip).filter(lambda text: 0 < len(text) <= 120)
PROSE = LINES | st.lists(LINES, max_size=4).map("\n".join)
LINKS = st.sampled_from(["", "https://example.com/a#b", "http://x/'\"{}", "https://x/日本: "]).map(
    str.strip
)
TEMPLATES = st.sampled_from(
    ["{{ $labels.job }}", 'a: {{ index $labels "pod" | toUpper }} # b', "{{/* on */}}", "{{ `'` }}"]
) | LINES.filter(lambda text: "{{" not in text)
KEYS = st.sampled_from(["team", "on", "y", "null", "a_b", "_", "x1", "No"])
LABELS = st.dictionaries(KEYS, LINES, max_size=3)
LABEL_TEMPLATES = st.dictionaries(KEYS, TEMPLATES, max_size=3)
ANNOTATIONS = st.dictionaries(
    KEYS, st.lists(TEMPLATES, min_size=1, max_size=3).map("\n".join), max_size=3
)
DURATIONS = st.integers(1, 400 * 86_400_000).map(Duration.of_milliseconds) | st.sampled_from(
    ["90s", "5m", "36h", "7d", "1ms"]
).map(Duration)
DELAYS = DURATIONS | st.just("0s")
SEVERITIES: st.SearchStrategy[Severity] = st.sampled_from(["page", "ticket", "info"])
COUNTS = st.integers(1, 10**6)
MISSING: st.SearchStrategy[WhenMissing] = st.sampled_from(["unknown", "bad"])
SHARES = st.decimals("0.0000001", "0.9999999", places=7) | st.sampled_from(
    [Decimal("0.02"), Decimal(f"0.{'123' * 12}"), Decimal("1e-15")]
)


def _some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def alerts(draw: st.DrawFn) -> Alert:
    """Return what is said about an alert."""
    return Alert(draw(st.none() | SEVERITIES), **draw(_sending()))


def _sending() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "name": NAMES,
            "for_": DELAYS,
            "keep_firing_for": DELAYS,
            "runbook": LINKS,
            "labels": LABEL_TEMPLATES,
            "annotations": ANNOTATIONS,
        },
    )


@st.composite
def tiers(draw: st.DrawFn) -> Tier:
    """Return a tier by its burn rate or by what it spends."""
    minutes = draw(st.integers(4, 5000))
    speed = st.fixed_dictionaries({"burn_rate": st.decimals(1, 1000, places=4)}) | (
        st.fixed_dictionaries({"spends": SHARES | st.just(Decimal(1))})
    )
    more = (
        {"short": Duration(f"{draw(st.integers(2, minutes - 1))}m")} if draw(st.booleans()) else {}
    )
    count = {"min_bad_events": draw(COUNTS)} if draw(st.booleans()) else {}
    severity: Severity = draw(SEVERITIES)
    said: dict[str, Any] = {**draw(_sending()), **draw(speed), **more, **count}
    return Tier(severity, long=Duration(f"{minutes}m"), **said)


def policies() -> st.SearchStrategy[AlertPolicy]:
    """Return presets, and policies of all kinds."""
    presets = (
        AlertPolicy.standard(),
        AlertPolicy.pages_only(),
        AlertPolicy.tickets_only(),
        AlertPolicy.none(),
        AlertPolicy(preset="none"),
    )
    switch = st.booleans() | alerts()
    preset = st.sampled_from(["standard", "pages_only", "tickets_only", "none"])
    always: dict[str, st.SearchStrategy[Any]] = {
        "tiers": st.lists(tiers(), max_size=2),
        "page": _some(alerts()),
        "ticket": _some(alerts()),
        "min_bad_events": COUNTS,
        "exhausted": switch,
        "low": switch,
        "low_below": SHARES,
        "violated": switch,
        "stale": switch,
        "stale_groups": switch,
        "incomplete": switch,
        "labels": LABEL_TEMPLATES,
        "annotations": ANNOTATIONS,
    }
    # What a preset is where it is not given depends on the tiers.
    own = st.builds(_policy, **always) | st.builds(_policy, preset=preset, **always)
    return st.sampled_from(presets) | own


def _policy(**said: Any) -> AlertPolicy:  # noqa: ANN401 (whatever the class takes)
    """Return a policy, without ``page`` and ``ticket`` where all tiers are the policy's own."""
    try:
        return AlertPolicy(**said)
    except InvalidValue:
        return AlertPolicy(**{**said, "page": None, "ticket": None})


def settings() -> st.SearchStrategy[Settings]:
    """Return settings, those with Sloth's labels too."""
    return st.builds(
        Settings,
        scrape_interval=_some(DURATIONS),
        base_range=_some(DURATIONS),
        fast_interval=_some(DURATIONS),
        slow_interval=_some(DURATIONS),
        offset=_some(DURATIONS),
        query_offset=_some(DURATIONS),
        prometheus=_some(st.sampled_from(["2.42", "3.5", "3.5.1"])),
        naming=st.sampled_from([None, Naming(), Naming.sloth()]),
        identity=LABELS,
        severities=st.dictionaries(SEVERITIES, NAMES),
        severity_labels=st.dictionaries(SEVERITIES, LABEL_TEMPLATES),
        owner=_some(LINES),
        runbook=_some(LINKS),
        grafana=_some(LINKS),
        alert_names=st.dictionaries(st.sampled_from(sorted(ALERTS)), NAMES, max_size=2),
        alert_labels=LABEL_TEMPLATES,
        alert_annotations=ANNOTATIONS,
    )


def services() -> st.SearchStrategy[Service]:
    """Return services, several of them with the same name."""
    return st.builds(
        Service,
        st.sampled_from(["shop", "on"]) | NAMES,
        owner=LINES,
        tier=LINES,
        description=PROSE,
        runbook=LINKS,
        labels=LABELS,
        settings=st.none() | settings(),
    )


@st.composite
def selectors(draw: st.DrawFn, suffix: str = "") -> Selector:
    """Return a metric with matchers of any value."""
    metric = draw(st.from_regex(r"[a-z:][a-z_]{0,5}", fullmatch=True)) + "_x" + suffix
    conditions = [
        f"{draw(KEYS)}{draw(st.sampled_from(['=', '!=', '=~', '!~']))}{value}"
        for value in draw(st.lists(st.sampled_from(VALUES), max_size=3))
    ]
    return Selector(f"{metric}{{{','.join(conditions)}}}")


VALUES = (
    *(
        '"a"',
        "'it\\'s'",
        r'"5..|\\d+"',
        '"\\n\\t\\u2028"',
        '"日本 # a: b"',
        '""',
        r"`\d+`",
        '"a,b{}"',
    ),
    *('" "', '"$window"', r'"\\Qa.b\\E"'),
)
_OPERANDS = (
    'sum by (a) (rate(errors_total{job="shop",path=~"/a.+"}[$window]))',
    "max(time() - updated_timestamp_seconds offset -5m)",
    "sum(rate(x[5m])) ",
    "(a - -1)",
    "max_over_time(up[1h:$window])",
    'label_replace(up, "x", "$1", "y", "(a) or (b)")',
)
QUERIES = st.tuples(
    st.lists(st.sampled_from(_OPERANDS), min_size=1, max_size=4),
    st.sampled_from([" or ", " / ", "\n- on (a) group_left (b) ", ">= bool ", " and on () "]),
).map(lambda parts: parts[1].join(parts[0]))
_RATES = st.sampled_from(["rate(a[$window])", "sum(rate(b_total[$window]))\n + rate(c[$window])"])


@st.composite
def _events(draw: st.DrawFn) -> Events:
    total, side = draw(selectors("_total")), draw(st.sampled_from(["bad", "good"]))
    more = total.where(draw(st.sampled_from(['zone="x"', 'zone=~"5..",shard!="a, b"'])))
    turned = Selector(f"{more.metric}{{{','.join(map(str, reversed(more.matchers)))}}}")
    part = draw(st.sampled_from([more, turned]) | selectors("_bad") | _RATES)
    said: dict[str, Any] = {side: part}
    return Events(total=draw(st.just(total) | _RATES.filter(lambda t: t != part)), **said)


_UNITS: tuple[tuple[str, Unit | None], ...] = (
    *(("_seconds", None), ("_ms", None), ("_ms", "ms"), ("", "us")),
)
UNDER = st.sampled_from(["200ms", "2.5ms", "250us", "7ns", "0.5ns", "2s", "90s", "5m", "1.5s"]) | (
    st.decimals("1e-14", 10**6, places=14)
)


@st.composite
def _latencies(draw: st.DrawFn) -> Latency:
    named, unit = draw(st.sampled_from(_UNITS))
    histogram = draw(selectors(named))
    return Latency(histogram=histogram, under=draw(UNDER), unit=unit, native=draw(st.booleans()))


def indicators() -> st.SearchStrategy[SLI]:
    """Return indicators of every kind."""
    comparison = st.tuples(st.sampled_from(["<=", "<", ">", ">=", "==", "!="]), st.integers(-9, 9))
    return st.one_of(
        _events(),
        _latencies(),
        st.builds(ErrorRatio, query=QUERIES, when_missing=MISSING),
        st.builds(
            TimeSlices,
            query=QUERIES,
            good_when=comparison.map(lambda c: f"{c[0]} {c[1]}"),
            when_missing=MISSING,
        ),
        st.builds(Up, gauge=selectors(), when_missing=MISSING),
    )


_MORE: dict[str, st.SearchStrategy[Any]] = {
    "id": NAMES,
    "group_by": st.lists(KEYS, unique=True, max_size=3),
    "owner": LINES,
    "description": PROSE,
    "runbook": LINKS,
    "labels": LABELS,
    "settings": settings(),
}
SERVICES, INDICATORS, POLICIES = services(), indicators(), policies()


def _slos_of(
    own: list[Service], slis: list[SLI], chosen: list[AlertPolicy]
) -> st.SearchStrategy[SLO]:
    said: dict[str, st.SearchStrategy[Any]] = {
        "service": st.sampled_from(own).map(attrs.evolve),
        "name": st.sampled_from(["latency", "none", "on"]) | NAMES,
        "objective": st.decimals("0.0001", "0.9999", places=4),
        "window": st.integers(1, 366 * 24).map("{}h".format),
        "sli": st.sampled_from(slis).map(attrs.evolve),
        "alerts": st.sampled_from(chosen).map(attrs.evolve),
    }
    return st.fixed_dictionaries(said, optional=_MORE).map(lambda arguments: SLO(**arguments))


@st.composite
def slos(draw: st.DrawFn) -> tuple[SLO, ...]:
    """Return SLOs that share services, indicators and policies, as equal copies."""
    own = draw(st.lists(SERVICES, min_size=1, max_size=3))
    slis = draw(st.lists(INDICATORS, min_size=1, max_size=3))
    chosen = draw(st.lists(POLICIES, min_size=1, max_size=2))
    chosen += [attrs.evolve(one, violated=Alert("page", name="Own")) for one in chosen]
    return tuple(draw(st.lists(_slos_of(own, slis, chosen), min_size=1, max_size=6)))
