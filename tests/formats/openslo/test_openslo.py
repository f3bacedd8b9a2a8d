"""OpenSLO's files: what they become, what is said about them, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen import AlertPolicy, Events, Latency, Up, build, load
from slogen.errors import InputError, InvalidValue
from slogen.formats.loading import load_paths
from slogen.formats.openslo.values import duration, target, target_percent
from slogen.model import ErrorRatio, TimeSlices
from slogen.promql.counter_rates import rated, rated_ratio
from slogen.promql.query import Query

if TYPE_CHECKING:
    from slogen import SLO
    from slogen.formats import Loaded

BAD, TOTAL = 'sum(errors_total{job="shop"})', 'sum(requests_total{job="shop"})'
PROMETHEUS = "type: Prometheus"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def metric(query: str, source: str = PROMETHEUS) -> str:
    """Return a metric of one query, on one line."""
    return f"{{metricSource: {{{source}, spec: {{query: {query!r}}}}}}}"


def ratio(part: str = BAD, total: str = TOTAL, *, side: str = "bad", more: str = "") -> str:
    """Return a ratio metric of two queries, on one line."""
    first = more or "counter: true"
    return f"ratioMetric: {{{first}, {side}: {metric(part)}, total: {metric(total)}}}"


def raw(query: str, kind: str = "failure") -> str:
    """Return a ratio metric of one query, on one line."""
    return f"ratioMetric: {{rawType: {kind}, raw: {metric(query)}}}"


def text(  # noqa: PLR0913 (a document's parts)
    indicator: str,
    *,
    name: str = "a",
    objectives: str = "[{target: 0.99}]",
    method: str = "Occurrences",
    window: str = "[{duration: 30d, isRolling: true}]",
    more: str = "",
) -> str:
    """Return a document with one SLO."""
    return (
        f"apiVersion: openslo/v1\nkind: SLO\nmetadata: {{name: {name}}}\nspec:\n  service: shop\n"
        f"  indicator: {{metadata: {{name: i}}, spec: {{{indicator}}}}}\n  timeWindow: {window}\n"
        f"  budgetingMethod: {method}\n  objectives: {objectives}\n{more}"
    )


def loaded(*documents: str) -> Loaded:
    """Return what a file of documents holds."""
    Path("a.yaml").write_text("---\n".join(documents), "utf-8")
    return load_paths([Path("a.yaml")])


def slo(document: str) -> SLO:
    """Return the SLO of a file that has one."""
    found = loaded(document)
    assert not found.faults
    (only,) = found.slos
    return only


def faults(*documents: str) -> list[str]:
    """Return what is wrong with a file."""
    with pytest.raises(InputError, match=r".") as caught:
        load_all(*documents)
    return [fault.found for fault in caught.value.diagnostics]


def load_all(*documents: str) -> None:
    """Load a file of documents."""
    Path("a.yaml").write_text("---\n".join(documents), "utf-8")
    load("a.yaml")


@pytest.mark.parametrize(
    ("part", "total"),
    [
        (BAD, TOTAL),
        ('errors_total{job="shop"}', 'requests_total{job="shop"}'),
        ('sum(rate(errors_total{job="shop"}[5m]))', 'sum(rate(requests_total{job="shop"}[5m]))'),
        (
            'sum(increase(errors_total{job="shop"}[{{ .window }}])) or vector(0)',
            'sum(increase(requests_total{job="shop"}[$window]))',
        ),
        (
            'sum(irate(errors_total{job="shop"}[$__rate_interval])) or on() vector(0)',
            'sum(irate(requests_total{job="shop"}[${__range}])) > 0',
        ),
    ],
)
def test_counters_are_counted_however_they_are_written(part: str, total: str) -> None:
    """Bare counters, rates and increases over whatever range become selectors."""
    sli = slo(text(ratio(part, total))).sli

    assert isinstance(sli, Events)
    assert str(sli.bad) == 'errors_total{job="shop"}'
    assert str(sli.total) == 'requests_total{job="shop"}'


def test_slices_read_rates_whatever_their_queries_read() -> None:
    """An increase over a rate would be as many times too much as a slice has seconds."""
    found = slo(
        text(
            ratio("sum(increase(e_total[$window]))", "sum(rate(r_total[5m]))"),
            method="Timeslices",
            objectives="[{target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 2m}]",
        )
    ).sli

    assert isinstance(found, TimeSlices)
    assert "increase" not in found.query.text
    assert found.query.text.count("rate(") == 3


@pytest.mark.parametrize(
    "part",
    [
        "max(e_total)",
        "2 * sum(e_total)",
        "sum(e_total / 2)",
        "sum(e_total offset 5m)",
        "sum(rate(e_total[5m])) * 300",
        "delta(e_total[5m])",
    ],
)
@pytest.mark.parametrize("method", ["Occurrences", "Timeslices"])
def test_what_counters_have_counted_since_ever_is_no_ratio(part: str, method: str) -> None:
    """A counter that has no rate is an error: its ratio would be that of all time."""
    (fault,) = faults(text(ratio(part, "sum(r_total)"), method=method))

    assert fault == f"query is {part}, which is no sum of counters"


def test_a_limit_belongs_to_the_range_that_stands_there() -> None:
    """What is compared with anything but 0 is read as it stands."""
    found = slo(text(ratio("sum(increase(e[5m])) > 100", "sum(increase(r[5m])) > 0"))).sli

    assert isinstance(found, ErrorRatio)
    assert "increase(e[5m])) > 100" in found.query.text


@pytest.mark.parametrize(
    ("method", "keys"),
    [
        ("Occurrences", ["timeSliceTarget", "timeSliceWindow"]),
        ("RatioTimeslices", ["timeSliceTarget"]),
        ("Timeslices", []),
    ],
)
def test_what_a_method_does_not_read_of_slices_is_said(method: str, keys: list[str]) -> None:
    """A key without effect is a warning."""
    objectives = "[{target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 2m}]"
    found = loaded(text(ratio(), method=method, objectives=objectives))

    said = [note.found for note in found.findings if "budgetingMethod is" in note.found]
    assert [text.partition(" ")[0] for text in said] == keys


def test_a_bare_counter_beside_a_sum_is_summed() -> None:
    """The specification's own example mixes both; that they are made alike is said."""
    found = loaded(text(ratio('sum(requests_total{code="500"})', "requests_total")))
    sli = found.slos[0].sli

    assert isinstance(sli, Events)
    assert sli.is_part
    assert any("both sum them" in note.found for note in found.differences)


def test_a_gauge_is_divided_at_each_moment() -> None:
    """Without a counter nothing is counted: the ratio of gauges is averaged, and that is said."""
    found = loaded(text(ratio("sum(late)", "sum(jobs)", more="counter: false")))

    assert isinstance(found.slos[0].sli, ErrorRatio)
    assert found.slos[0].sli.query.text == "(sum(late) or 0 * sum(jobs)) / sum(jobs)"
    assert any("count with no counter" in note.found for note in found.differences)


@pytest.mark.parametrize(
    ("names", "kind"), [(("a_total", "b_total"), Events), (("a", "b"), ErrorRatio)]
)
def test_a_counter_is_known_by_its_name_where_the_file_is_silent(
    names: tuple[str, str], kind: type
) -> None:
    """Without ``counter`` the names decide, which is a warning where they make counters."""
    found = loaded(text(ratio(f"sum({names[0]})", f"sum({names[1]})", more="description: ''")))

    assert [fault.diagnostic.found for fault in found.faults] == [
        "description is no key that slogen knows here"
    ]
    silent = text(ratio(f"sum({names[0]})", f"sum({names[1]})")).replace("counter: true, ", "")
    found = loaded(silent)
    assert isinstance(found.slos[0].sli, kind)
    assert any("counter is not given" in note.found for note in found.findings) == (kind is Events)


def test_a_bucket_beside_its_count_is_a_latency() -> None:
    """Good events that are a bucket have a threshold."""
    sli = slo(text(ratio('rpc_seconds_bucket{le="0.5"}', "rpc_seconds_count", side="good"))).sli

    assert isinstance(sli, Latency)
    assert sli.bound == sli.under


@pytest.mark.parametrize(
    ("query", "kind", "expected"),
    [
        ("avg(avg_over_time(up[$window]))", "success", Up),
        ("1 - avg(avg_over_time(up[$window]))", "failure", Up),
        ("sum(rate(a[5m])) / sum(rate(b[5m]))", "failure", Events),
        ("sum(rate(a[5m])) / sum(rate(b[5m]))", "success", Events),
        ("error_ratio", "failure", ErrorRatio),
    ],
)
def test_a_stored_ratio_is_read_for_what_it_says(query: str, kind: str, expected: type) -> None:
    """A raw query becomes a gauge, events or stays a ratio."""
    sli = slo(text(raw(query, kind))).sli

    assert isinstance(sli, expected)
    if isinstance(sli, Events):
        assert (sli.good is None) == (kind == "failure")


SLICES = "[{target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 5m}]"


@pytest.mark.parametrize(
    ("indicator", "query", "good_when"),
    [
        (
            ratio("sum(bad_total)", "sum(all_total)"),
            "(sum(rate(bad_total[5m])) or 0 * sum(rate(all_total[5m]))) / sum(rate(all_total[5m]))",
            "<= 0.1",
        ),
        (
            ratio("ok_total", "all_total", side="good"),
            "(sum(rate(ok_total[5m])) or 0 * sum(rate(all_total[5m]))) / sum(rate(all_total[5m]))",
            ">= 0.9",
        ),
        (raw("error_ratio"), "avg_over_time((error_ratio)[5m:])", "<= 0.1"),
        (raw("health", "success"), "avg_over_time((health)[5m:])", ">= 0.9"),
    ],
)
def test_a_slice_is_good_by_its_ratio(indicator: str, query: str, good_when: str) -> None:
    """Each slice is judged by the part of it that is good."""
    sli = slo(text(indicator, method="Timeslices", objectives=SLICES)).sli

    assert isinstance(sli, TimeSlices)
    assert sli.query.text == query
    assert str(sli.good_when) == good_when


@pytest.mark.parametrize(
    ("side", "query"),
    [
        ("bad", "(sum(rate(p_total[1m])) or 0 * sum(rate(t_total[1m]))) / sum(rate(t_total[1m]))"),
        (
            "good",
            "1 - ((sum(rate(p_total[1m])) or 0 * sum(rate(t_total[1m]))) / sum(rate(t_total[1m])))",
        ),
    ],
)
def test_a_ratio_of_slices_counts_what_is_bad_of_each(side: str, query: str) -> None:
    """A number alone is a slice of minutes."""
    sli = slo(
        text(
            ratio("sum(p_total)", "sum(t_total)", side=side),
            method="RatioTimeslices",
            objectives="[{target: 0.99, timeSliceWindow: 1}]",
        )
    ).sli

    assert isinstance(sli, ErrorRatio)
    assert sli.query.text == query


@pytest.mark.parametrize(("op", "sign"), [("lte", "<="), ("lt", "<"), ("gte", ">="), ("gt", ">")])
def test_a_threshold_judges_values(op: str, sign: str) -> None:
    """The words for comparisons become signs."""
    objectives = f"[{{target: 0.99, op: {op}, value: 200}}]"
    sli = slo(text(f"thresholdMetric: {metric('max(queue)')}", objectives=objectives)).sli

    assert isinstance(sli, TimeSlices)
    assert str(sli.good_when) == f"{sign} 200"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("90m", "90m"),
        ("24h", "1d"),
        ("1d", "1d"),
        ("2w", "14d"),
        ("1M", "30d"),
        ("1Q", "90d"),
        ("1Y", "365d"),
    ],
)
def test_every_unit_of_durations_is_read(written: str, read: str) -> None:
    """Months, quarters and years have one length."""
    assert str(duration(written)) == read


@given(st.integers(1, 5_000), st.sampled_from("mhdw"))
def test_durations_grow_with_their_number(amount: int, unit: str) -> None:
    """A duration is its number times its unit, exactly."""
    assert duration(f"{amount}{unit}") == duration(f"1{unit}") * amount


@pytest.mark.parametrize("text", ["0d", "1 d", "1s", "1y", "-1d", "1.5d", "", "999999Y", "101Y"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    """A duration is a whole number with one unit, of at most a hundred years."""
    with pytest.raises(InvalidValue, match="duration is"):
        duration(text)


@given(st.integers(10_000, 999_999))
def test_both_spellings_of_a_target_are_the_same(parts: int) -> None:
    """A ratio and its percentage are one objective."""
    digits = f"{parts:06d}"

    assert target(f"0.{digits}") == target_percent(f"{int(digits[:2])}.{digits[2:]}")


def test_each_objective_is_an_slo_with_a_name_of_its_own() -> None:
    """Names come from display names, else from targets, and are told apart."""
    objectives = (
        "[{displayName: Most of it, target: 0.9}, {displayName: most-of-it, target: 0.95}, "
        "{targetPercent: 99.9}, {target: 0.999}]"
    )
    found = loaded(text(raw("error_ratio"), objectives=objectives))

    assert [each.name for each in found.slos] == [
        "a-most-of-it",
        "a-most-of-it-2",
        "a-99.9",
        "a-99.9-2",
    ]
    assert len(build(found.slos).slos) == 4


def policy(severity: str, threshold: str, lookback: str, more: str = "") -> str:
    """Return an alert policy that stands in its SLO."""
    return (
        f"{{kind: AlertPolicy, metadata: {{name: p}}, spec: {{alertWhenBreaching: true{more}, "
        "conditions: [{kind: AlertCondition, metadata: {name: c}, "
        f"spec: {{severity: {severity}, condition: {{kind: burnrate, threshold: {threshold}, "
        f"lookbackWindow: {lookback}, alertAfter: 2m}}}}}}], notificationTargets: []}}}}"
    )


def test_alert_policies_become_tiers() -> None:
    """Threshold, window, delay and severity are those of the condition."""
    found = slo(text(raw("e"), more=f"  alertPolicies: [{policy('critical', '14.4', '1h')}]\n"))
    (tier,) = found.alerts.tiers

    assert (tier.severity, str(tier.long), str(tier.burn_rate), str(tier.for_)) == (
        "page",
        "1h",
        "14.4",
        "2m",
    )
    assert found.alerts.stale is None
    assert dict(found.settings.severities) == {"page": "critical"}


def test_no_alert_policy_is_no_alert() -> None:
    """Nothing sends an alert that the file does not ask for."""
    assert slo(text(raw("e"))).alerts == AlertPolicy.none()


@pytest.mark.parametrize("threshold", ["0", "-1", "0.0"])
def test_a_burn_rate_that_is_always_reached_is_refused(threshold: str) -> None:
    """No tier is made of a threshold that says nothing."""
    more = f"  alertPolicies: [{policy('page', threshold, '1h')}]\n"

    assert faults(text(raw("e"), more=more)) == [f"threshold is {threshold}"]


def test_no_data_is_told_where_a_policy_asks_for_it() -> None:
    """The key alertWhenNoData is the alert about data that is missing."""
    more = f"  alertPolicies: [{policy('page', '2', '1h', ', alertWhenNoData: true')}]\n"

    assert slo(text(raw("e"), more=more)).alerts.stale is not None


def test_a_tier_that_could_never_fire_is_left_out() -> None:
    """An error ratio of 1 does not reach it, which is said."""
    found = loaded(
        text(
            raw("e"),
            objectives="[{target: 0.9}]",
            more=f"  alertPolicies: [{policy('page', '14.4', '1h')}]\n",
        )
    )

    assert not found.slos[0].alerts.tiers
    assert any("never reached" in note.found for note in found.findings)


def test_objects_find_each_other_over_files() -> None:
    """References lead to whatever file has the object."""
    sli = f"apiVersion: openslo/v1\nkind: SLI\nmetadata: {{name: i}}\nspec: {{{raw('e')}}}\n"
    own = text("x: y").replace("indicator: {metadata: {name: i}, spec: {x: y}}", "indicatorRef: i")
    Path("sli.yaml").write_text(sli, "utf-8")
    Path("slo.yaml").write_text(own, "utf-8")

    found = load_paths([Path("slo.yaml"), Path("sli.yaml")])

    assert not found.faults
    assert len(found.slos) == 1


def test_what_no_slo_leads_to_is_said() -> None:
    """An SLI that nothing uses may be one that was forgotten."""
    sli = f"apiVersion: openslo/v1\nkind: SLI\nmetadata: {{name: lost}}\nspec: {{{raw('e')}}}\n"

    found = loaded(text(raw("e")), sli)

    assert [note.found for note in found.findings if "used by no SLO" in note.found] == [
        "the SLI lost is used by no SLO of the files"
    ]


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (text(raw("e"), window="[{duration: 1M, calendar: {timeZone: UTC}}]"), "calendar is given"),
        (text(raw("e"), window="[{duration: 1M, isRolling: false}]"), "isRolling is false"),
        (text(raw("e"), objectives="[]"), "objectives is an empty list"),
        (text(raw("e"), objectives="[{displayName: x}]"), "objectives[0] is given with neither"),
        (text(raw("e"), objectives="[{target: 1}]"), "target is 1"),
        (text(raw("e"), objectives="[{target: 99%}]"), 'target is "99%"'),
        (text(raw("e"), objectives="[{targetPercent: 0.999}]"), "targetPercent is 0.999"),
        (text(raw("e"), method="Timeslices"), "timeSliceWindow is missing"),
        (
            text(raw("e"), method="Timeslices", objectives="[{target: 0.9, timeSliceWindow: 5m}]"),
            "timeSliceTarget is missing",
        ),
        (text(f"thresholdMetric: {metric('up')}"), "op is missing"),
        (text(raw("e{{.x}}")), "query is given with the template {{.x}}"),
        (text(raw('e{env="$env"}')), "query is given with the template $env"),
        (text(raw("e").replace("Prometheus", "Datadog")), "type is Datadog, which does not"),
        (text(ratio(side="worse")), "worse is no key that slogen knows here"),
        (text("description: x"), "spec is given without any"),
        (text(raw("e"), name="''"), "name is empty"),
        (text(raw("e")).replace("openslo/v1", "openslo/v7"), 'apiVersion is the text "openslo/v7"'),
        (text(raw("e"), more="  alertPolicies: [{alertPolicyRef: x}]\n"), "alertPolicyRef is x"),
    ],
)
def test_what_is_wrong_is_told_once(document: str, found: str) -> None:
    """Each mistake is one fault."""
    (fault,) = faults(document)

    assert fault.startswith(found)


def test_slices_of_a_stored_ratio_have_its_groups() -> None:
    """Each region has a budget, as with two queries and with occurrences."""
    query = "sum by (region) (rate(g_total[5m])) / sum by (region) (rate(r_total[5m]))"
    objectives = "[{target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 2m}]"
    found = slo(text(raw(query, "success"), method="Timeslices", objectives=objectives))

    assert isinstance(found.sli, TimeSlices)
    assert found.group_by == ("region",)


@pytest.mark.parametrize(
    ("query", "is_said"),
    [
        ("sum(e_total) / sum(r_total)", True),
        ("sum(rate(e_total[5m])) / sum(rate(r_total[5m]))", False),
        ("shop:errors:ratio", False),
        ("sum(late_total)", False),
    ],
)
def test_a_stored_ratio_of_counters_without_rates_is_said(query: str, is_said: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    """Two counters that are divided as they stand give the ratio of all time."""
    found = loaded(text(raw(query))).findings

    assert any("is that of all time" in note.found for note in found) is is_said


@pytest.mark.parametrize(
    ("part", "total", "is_said"),
    [
        ("sum without (pod) (e_total)", "sum without (pod) (r_total)", True),
        ("sum(e_total) - sum(f_total)", "sum(r_total)", False),
    ],
)
def test_series_that_are_summed_are_said(part: str, total: str, is_said: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    """Labels that the queries keep are lost unless somebody names them."""
    found = loaded(text(ratio(part, total))).differences

    assert any("slogen sums all series" in note.found for note in found) is is_said


def test_a_threshold_of_several_series_says_how_they_are_judged() -> None:
    """One bad region makes a moment bad, since nothing says that each has a budget."""
    indicator = f"thresholdMetric: {metric('max by (region) (lag)')}"
    found = loaded(text(indicator, objectives="[{op: lt, value: 5, target: 0.9}]"))

    assert any("where the value of one region is" in note.found for note in found.differences)


def test_a_sign_is_shown_as_the_word_for_it() -> None:
    """Whoever writes a comparison as PromQL does is told its word."""
    Path("a.yaml").write_text(
        text(f"thresholdMetric: {metric('a')}", objectives="[{op: <=, value: 5, target: 0.9}]"),
        "utf-8",
    )
    (fault,) = load_paths([Path("a.yaml")]).faults

    assert fault.diagnostics[0].remedy == "write lte"


def test_two_objects_of_a_name_are_told_once() -> None:
    """The second SLO of a name is one fault, and not one of its id, too."""
    (fault,) = faults(text(raw("e")), text(raw("e")))

    assert fault.startswith("name is a, as that of the SLO at a.yaml:3:")


def test_a_kind_in_other_letters_is_shown_as_it_is_written() -> None:
    """The remedy is the kind."""
    Path("a.yaml").write_text(text(raw("e")).replace("kind: SLO", "kind: slo"), "utf-8")
    (fault,) = load_paths([Path("a.yaml")]).faults

    assert fault.diagnostics[0].remedy == "write SLO"


def test_a_source_that_contradicts_its_data_source_is_said() -> None:
    """Whoever says Prometheus of what is Datadog's hears of it."""
    data_source = (
        "apiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: d}\n"
        "spec: {type: Datadog, connectionDetails: {}}\n"
    )
    document = text(raw("e").replace(PROMETHEUS, f"{PROMETHEUS}, metricSourceRef: d"))
    found = loaded(document, data_source)

    assert any("that of the data source d is Datadog" in note.found for note in found.findings)


@pytest.mark.parametrize(
    ("annotations", "said"),
    [
        ("{runbook: see the wiki}", ["the annotation runbook is left out: it is no link"]),
        (
            "{runbook_url: 'https://a.example', runbook: 'https://b.example'}",
            ["the annotation runbook is left out: there is another one"],
        ),
        ("{runbook: 'https://a.example'}", []),
    ],
)
def test_a_runbook_is_a_link_or_said(annotations: str, said: list[str]) -> None:
    """An annotation that becomes nothing is a warning."""
    document = text(raw("e")).replace("{name: a}", f"{{name: a, annotations: {annotations}}}")
    found = [note.found for note in loaded(document).findings if "annotation" in note.found]

    assert len(found) == len(said)
    assert all(text.startswith(start) for text, start in zip(found, said, strict=True))


def test_faults_of_an_object_do_not_hide_those_of_its_parts() -> None:
    """Metadata, window, objective and both queries are told together."""
    document = text(
        ratio("sum(a{{.x}})", "sum(b{{.y}})"), window="[{duration: 1M, isRolling: false}]"
    ).replace("{name: a}", "{nam: a}")

    assert len(faults(document)) == 3


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("sum(a)", "sum(rate(a[$window]))"),
        ("sum(a) > 0", "sum(rate(a[$window])) > 0"),
        ("sum(a) > 5", None),
        ("sum(a) or 0 * sum(b)", "sum(rate(a[$window])) or 0 * sum(rate(b[$window]))"),
        ("sum(a) or 2 * sum(b)", None),
        ("sum(a) or sum(b)", None),
        ("sum by (x) (a{b='c'}) - sum by (x) (d)", None),
        ("max(a)", None),
        ("a offset 5m", None),
        ("sum(a) / sum(b)", None),
    ],
)
def test_only_sums_of_counters_are_rated(query: str, read: str | None) -> None:
    """What does anything else with counters is none."""
    found = rated(Query(query), is_counter=True)

    if "by" in query:
        assert found is not None
        assert found.text.count("rate(") == 2
    else:
        assert (found and found.text) == read


def test_what_is_taken_from_one_twice_stays_what_it_is() -> None:
    """Brackets around a difference are kept: without them it would be another number."""
    found = rated_ratio(Query("1 - (1 - sum(rate(a[5m])) / sum(rate(b[5m])))"))

    assert found is not None
    assert found.text == "1 - (1 - sum(rate(a[$window])) / sum(rate(b[$window])))"


@pytest.mark.parametrize("query", ["sum(a) / sum(b)", "2 * sum(rate(a[5m]))", "a"])
def test_only_ratios_of_rates_are_ratios(query: str) -> None:
    """A ratio of gauges is none of counters."""
    assert rated_ratio(Query(query)) is None
