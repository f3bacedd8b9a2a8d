"""Pyrra's files: what they become, what is said about them, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen import Events, Latency, Objective, Up, Window, build, load
from slogen.errors import InputError, InvalidValue
from slogen.formats.imported.notes import PYRRA_LABEL
from slogen.formats.loading import load_paths
from slogen.formats.pyrra.tiers import absent_after, preset_in_words, spelled, tiers_of
from slogen.formats.pyrra.values import target
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen import SLO
    from slogen.formats import Loaded

TOTAL = 'requests_total{job="shop"}'
RATIO = (
    '    ratio:\n      errors: {metric: \'requests_total{job="shop",code=~"5.."}\'}\n'
    f"      total: {{metric: '{TOTAL}'}}\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def text(  # noqa: PLR0913 (a part of the file each)
    indicator: str = RATIO,
    more: str = "",
    *,
    name: str = "errors",
    metadata: str = "  namespace: shop\n",
    window: str = "4w",
    objective: str = "99",
) -> str:
    """Return a file with one SLO."""
    return (
        "apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata:\n"
        f"  name: {name}\n{metadata}spec:\n  target: '{objective}'\n  window: {window}\n"
        f"  indicator:\n{indicator}{more}"
    )


def loaded(*texts: str) -> Loaded:
    """Return what files hold."""
    paths = [Path(f"pyrra-{number}.yaml") for number in range(len(texts))]
    for path, content in zip(paths, texts, strict=True):
        path.write_text(content, "utf-8")
    return load_paths(paths)


def slo(indicator: str = RATIO, more: str = "", *, metadata: str = "  namespace: shop\n") -> SLO:
    """Return the SLO of a file that nothing is wrong with."""
    found = loaded(text(indicator, more, metadata=metadata))
    assert found.faults == ()
    return found.slos[0]


def alerting(lines: str) -> str:
    """Return the part of a file about alerts."""
    return f"  alerting:\n    {lines}\n"


def severities(found: SLO) -> list[tuple[str, str, str]]:
    """Return severity, burn rate and long window of each tier that is built."""
    (resolved,) = build([found]).slos
    return [(t.alert.severity, str(t.threshold), str(t.long)) for t in resolved.tiers]


def test_a_ratio_of_one_metric_is_a_part_of_its_total() -> None:
    """What errors asks for besides the total is what makes an event bad."""
    sli = slo().sli

    assert isinstance(sli, Events)
    assert (str(sli.total), str(sli.bad)) == (
        TOTAL,
        'requests_total{job="shop",code=~"5.."}',
    )
    assert sli.is_part


def test_an_id_is_made_of_the_namespace_and_the_name() -> None:
    """Two namespaces may have an SLO of the same name."""
    texts = (text(metadata=f"  namespace: {name}\n") for name in ("shop", "shop-staging"))

    assert [found.id for found in loaded(*texts).slos] == ["shop-errors", "shop-staging-errors"]


def test_a_label_says_the_service() -> None:
    """Where it does, nothing is said about the namespace."""
    metadata = "  namespace: monitoring\n  labels: {pyrra.dev/service: shop, pyrra.dev/team: a}\n"
    found = loaded(text(metadata=metadata))

    assert (found.slos[0].service.name, found.slos[0].owner) == ("shop", "a")
    assert dict(found.slos[0].alerts.labels) == {"team": "a"}
    assert not any("namespace" in note.found for note in found.differences)


def test_slos_of_one_service_share_it_over_files() -> None:
    """Owner and words that all of them have are the service's own; others are theirs."""
    same = loaded(text(name="a"), text(name="b")).slos
    odd = loaded(text(name="a"), text(RATIO, alerting("severities: {fastBurn: p1}"), name="b")).slos

    assert same[0].service == same[1].service
    assert dict(same[0].service.settings.severities) == {"page": "critical", "ticket": "warning"}
    assert odd[0].service == odd[1].service
    assert not odd[0].service.settings.severities
    assert dict(odd[0].settings.severities) == {"page": "critical", "ticket": "warning"}


@pytest.mark.parametrize("metric", ["rpc_seconds", "rpc"])
def test_a_native_histogram_is_a_native_latency(metric: str) -> None:
    """Pyrra measures in seconds, whatever the name of the metric says."""
    sli = slo(f"    latencyNative: {{latency: 250ms, total: {{metric: {metric}}}}}\n").sli

    assert isinstance(sli, Latency)
    assert sli.native
    assert sli.bound == Decimal("0.25")


def test_a_bool_gauge_is_up_for_each_group() -> None:
    """The labels of grouping are group_by."""
    found = slo("    bool_gauge: {metric: probe_success, grouping: [instance]}\n")

    assert isinstance(found.sli, Up)
    assert found.group_by == ("instance",)


def test_a_bucket_with_its_count_is_a_latency() -> None:
    """The total may be the bucket without a limit, too."""
    for total in ("rpc_seconds_count", 'rpc_seconds_bucket{le="+Inf"}'):
        sli = slo(
            "    latency:\n      success: {metric: 'rpc_seconds_bucket{le=\"0.5\"}'}\n"
            f"      total: {{metric: '{total}'}}\n"
        ).sli

        assert isinstance(sli, Latency)
        assert sli.bound == Decimal("0.5")


@pytest.mark.parametrize("grouping", ["", "      grouping: [tenant]\n"])
def test_events_that_two_counters_count_are_their_sum(grouping: str) -> None:
    """A counter that does not exist yet hides nothing of the other one."""
    found = slo(
        "    ratio:\n      errors: {metric: bad_total}\n      success: {metric: ok_total}\n"
        f"{grouping}"
    )

    groups = " by (tenant) " if grouping else ""
    bad, good = (f"sum{groups}(rate({name}_total[$window]))" for name in ("bad", "ok"))
    assert isinstance(found.sli, Events)
    assert str(found.sli.bad) == "bad_total"
    assert str(found.sli.total) == f"({bad} or 0 * {good}) + ({good} or 0 * {bad})"


def test_one_of_two_counters_that_became_one_is_a_part_of_it() -> None:
    """Errors and success of one metric are its events; the errors are those with a label."""
    sli = slo(
        '    ratio:\n      errors: {metric: \'a_total{job="a",result="failed"}\'}\n'
        '      success: {metric: \'a_total{job="a",result="ok"}\'}\n'
    ).sli

    assert isinstance(sli, Events)
    assert sli.is_part
    assert str(sli.bad) == 'a_total{job="a",result=~"failed|ok",result="failed"}'


def test_alerts_are_those_of_the_preset_with_pyrras_words() -> None:
    """Routes on critical and warning go on."""
    assert severities(slo()) == [
        ("critical", "14.4", "1h"),
        ("critical", "6", "6h"),
        ("warning", "3", "1d"),
        ("warning", "1", "3d"),
    ]


def test_words_that_fit_no_preset_keep_pyrras_tiers() -> None:
    """Each alert tells whom it told before."""
    found = slo(RATIO, alerting("severities: {mediumBurn: warning, longTermBurn: info}"))

    assert severities(found) == [
        ("critical", "14", "1h"),
        ("warning", "7", "6h"),
        ("warning", "2", "1d"),
        ("info", "1", "4d"),
    ]


@pytest.mark.parametrize(
    ("lines", "tiers", "stale"),
    [
        ("disabled: true", 0, "critical"),
        ("burnrates: false", 0, "critical"),
        ("absent: false", 4, None),
        ("{disabled: true, absent: false}", 0, None),
        ("severities: {absent: warning}", 4, "warning"),
        ("severities: {fastBurn: p1, mediumBurn: p1}", 4, "p1"),
    ],
)
def test_switches_of_alerts(lines: str, tiers: int, stale: str | None) -> None:
    """What Pyrra does not tell, slogen does not tell; exhausted comes with the tiers alone."""
    (resolved,) = build([slo(RATIO, alerting(lines))]).slos
    others = {name: alert.severity for name, alert in resolved.others.items()}

    assert len(resolved.tiers) == tiers
    assert others.get("stale") == stale
    assert ("exhausted" in others) is bool(tiers)


def test_names_of_alerts_are_kept() -> None:
    """Burn-rate alerts have the one name, the alert on absence the other."""
    found = slo(RATIO, alerting("{name: Burns, absentName: Gone}"))
    (resolved,) = build([found]).slos

    assert {tier.alert.name for tier in resolved.tiers} == {"Burns"}
    assert resolved.others["stale"].name == "Gone"


def test_annotations_of_pyrra_are_those_of_alerts() -> None:
    """A runbook has a place of its own; what kubectl writes is nobody's annotation."""
    metadata = (
        "  annotations:\n    pyrra.dev/runbook_url: https://runbooks.example.com\n"
        "    pyrra.dev/channel: shop\n    kubectl.kubernetes.io/last-applied-configuration: x\n"
    )
    found = slo(metadata=metadata)

    assert found.runbook == "https://runbooks.example.com"
    assert dict(found.alerts.annotations) == {"channel": "shop"}
    assert found.service.name == "default"


@given(st.integers(min_value=1, max_value=8784))
def test_the_numbers_of_presets_are_those_that_are_said(hours: int) -> None:
    """The sentence about a window names the tiers that are built for it."""
    window = Window(f"{hours}h")
    sli = Events(total="requests_total", bad="failures_total")
    made = Window("12h") < window
    found = build([_slo_of(window, sli)]).slos[0].tiers
    said = ", ".join(f"{tier.threshold}x over {tier.long}/{tier.short}" for tier in found)

    assert preset_in_words(window) == said or not made


def _slo_of(window: Window, sli: Events) -> SLO:
    from slogen import SLO  # noqa: PLC0415 (the name of a type above)

    return SLO(service="shop", name="errors", objective="99.9%", window=window, sli=sli)


@given(st.integers(min_value=1, max_value=52))
def test_tiers_grow_with_the_window(weeks: int) -> None:
    """Those of 28 days are an hour, six hours, a day and four days; others are in proportion."""
    usual = [Duration(text) for text in ("1h", "6h", "1d", "4d")]
    found = [tier.long for tier in tiers_of(Window(f"{7 * weeks}d"))]

    assert found == [Duration.of_milliseconds(long.milliseconds * weeks // 4) for long in usual]


def test_windows_are_rounded_to_minutes() -> None:
    """Half a minute is rounded up, as Go does."""
    found = [(str(tier.short), str(tier.waits)) for tier in tiers_of(Window("14d"))]

    assert found == [("3m", "1m"), ("15m", "8m"), ("1h", "30m"), ("3h", "90m")]


def test_two_slos_of_one_id_are_a_fault_at_the_name() -> None:
    """The name is what has to change."""
    with pytest.raises(InputError, match='two SLOs have the id "shop-errors"') as caught:
        build(loaded(text(), text()).slos)

    assert str(caught.value.position) == "pyrra-1.yaml:4:9"


@pytest.mark.parametrize(
    ("window", "objective", "after"), [("28d", "99.9%", "3m"), ("14d", "95%", "22m")]
)
def test_absence_is_told_when_an_outage_would_be(window: str, objective: str, after: str) -> None:
    """Pyrra waits for as long as a total outage takes to fire its fastest alert."""
    fastest = tiers_of(Window(window))[0]

    assert absent_after(Objective(objective), fastest) == Duration(after)


@pytest.mark.parametrize(("window", "name"), [("7d", "1w"), ("365d", "1y"), ("36h", "1d12h")])
def test_windows_in_the_names_of_series(window: str, name: str) -> None:
    """They are spelled as Prometheus' own code spells durations."""
    assert spelled(Window(window)) == name


@given(st.decimals(min_value=1, max_value="99.999", places=3))
def test_a_target_is_in_percent(percent: Decimal) -> None:
    """The objective is a hundredth of it, to the last digit."""
    assert target(str(percent)).ratio == percent / 100


@pytest.mark.parametrize("wrong", ["0", "100", "0.999", "-1", "101", "nan", "inf", "99.9%", ""])
def test_other_targets_are_refused(wrong: str) -> None:
    """Nothing, everything and ratios are no targets."""
    with pytest.raises(InvalidValue, match="target"):
        target(wrong)


def test_every_difference_names_its_slo() -> None:
    """What is listed can be found, and nothing is said that is no difference."""
    more = "  performanceOverAccuracy: true\n  ruleOutput: {shortRulesLabels: {a: b}}\n"
    found = loaded(text(RATIO, more))

    assert found.faults == ()
    assert all(note.slo_id == "shop-errors" for note in found.differences)
    assert {note.code for note in found.findings} == {
        "import-simplified",
        "import-left-out",
        "import-differs",
    }


def test_a_broken_file_is_no_traceback() -> None:
    """Whatever stands where Pyrra wants something, a fault with a place comes back."""
    head = "apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\n"
    texts = (
        head,
        f"{head}metadata: 1\nspec: []\n",
        f"{head}metadata: {{name: [a]}}\nspec: {{target: .nan, window: 1, indicator: 1}}\n",
        f"{head}metadata: {{name: a b}}\nspec: null\n",
        f"{head}metadata: {{name: a}}\nspec: {{indicator: {{ratio: {{errors: 5, total: []}}}}}}\n",
        "kind: List\nitems: [{apiVersion: pyrra.dev/v1alpha1}, [], null, {}]\n",
        "apiVersion: pyrra.dev/v1alpha1\nitems: 5\n",
        "apiVersion: pyrra.dev/v1alpha1\n--- !!x\n",
        text(alerting("{severities: [a]}")),
        text(RATIO, "  alerting: {name: [a]}\n"),
        text(window="1000y"),
        text(metadata="  labels: {pyrra.dev/team: [a]}\n"),
    )
    for content in texts:
        Path("pyrra.yaml").write_text(content, "utf-8")

        with pytest.raises(InputError, match=r".") as caught:
            load("pyrra.yaml")

        assert all(fault.position for fault in caught.value.each())


def test_a_histogram_of_bytes_is_no_latency() -> None:
    """What measures no time has no limit in seconds: its bucket counts what is good."""
    latency = (
        "    latency:\n      success: {metric: 'size_bytes_bucket{le=\"1024\"}'}\n"
        "      total: {metric: size_bytes_count}\n"
    )
    found = slo(latency).sli

    assert isinstance(found, Events)
    assert str(found.good) == 'size_bytes_bucket{le="1024"}'


@pytest.mark.parametrize(
    ("indicator", "found"),
    [
        (
            "    ratio: {errors: {metric: a}, success: {metric: a}}\n",
            "errors is a, the same as success",
        ),
        (
            "    latency: {success: {metric: 'a_bucket{le=\"+Inf\"}'}, total: {metric: a_count}}\n",
            'metric is le="+Inf", which is that of all events',
        ),
    ],
)
def test_events_that_are_never_or_always_bad_are_refused(indicator: str, found: str) -> None:
    """A part that is everything says nothing."""
    (fault,) = loaded(text(indicator)).faults

    assert str(fault.diagnostics[0].found) == found


def test_labels_without_a_value_or_a_name_say_nothing() -> None:
    """Prometheus knows no empty label, and so no owner of that name."""
    metadata = "  labels: {pyrra.dev/team: '', pyrra.dev/service: '', pyrra.dev/: x}\n"
    found = slo(metadata=metadata)

    assert not found.owner
    assert not found.labels
    assert not found.alerts.labels


@pytest.mark.parametrize(
    ("label", "remedy"),
    [
        ("slo", "write $labels.slo_name"),
        ("long", "write $labels.slo_window"),
        ("short", "leave it out"),
        ("exhaustion", "leave it out: descriptions say until when the budget lasts"),
    ],
)
def test_a_template_of_a_label_of_pyrras_own_is_said_at_its_annotation(
    label: str, remedy: str
) -> None:
    """The remedy names slogen's label, and not `group_by`."""
    annotation = f"  annotations:\n    pyrra.dev/summary: 'it {{{{ $labels.{label} }}}} burns'\n"
    (said,) = (d for d in loaded(text(metadata=annotation)).findings if d.entry is PYRRA_LABEL)

    assert said.remedy == f"in what slogen convert writes, {remedy}"
    assert said.position is not None
    assert said.position.line == 6


def test_a_template_of_a_label_that_is_missing_is_a_fault_at_its_annotation() -> None:
    """Pyrra's alerts have labels of total's matchers, slogen's do not; the annotation is shown."""
    annotation = "  annotations:\n    pyrra.dev/summary: '{{ $labels.job }} burns'\n"
    with pytest.raises(InputError, match="which no alert has") as caught:
        build(loaded(text(metadata=annotation)).slos)

    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.position is not None
    assert diagnostic.position.line == 6
