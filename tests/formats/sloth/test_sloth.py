"""Sloth's files: what they become, what is said about them, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen import AlertPolicy, Events, Latency, Up, build, load
from slogen.errors import InputError
from slogen.formats.loading import load_paths
from slogen.formats.sloth.plugins import PLUGINS, of_plugin
from slogen.model import ErrorRatio

if TYPE_CHECKING:
    from slogen import SLO
    from slogen.formats import Loaded

HEAD = "version: prometheus/v1\nservice: shop\nslos:\n"
TOTAL = 'sum(rate(http_requests_total{job="shop"}[{{.window}}]))'
BAD = 'sum(rate(http_requests_total{job="shop",code=~"5.."}[{{.window}}]))'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def loaded(
    error: str = BAD, total: str = TOTAL, *, more: str = "", objective: str = "99.9"
) -> Loaded:
    """Return what a file with one SLO of two queries holds."""
    text = (
        f"{HEAD}  - name: availability\n    objective: {objective}\n    sli:\n      events:\n"
        f"        error_query: {error!r}\n        total_query: {total!r}\n{more}"
    )
    Path("sloth.yml").write_text(text, "utf-8")
    return load_paths([Path("sloth.yml")])


def slo(error: str = BAD, total: str = TOTAL, *, more: str = "") -> SLO:
    """Return the SLO of such a file."""
    (found,) = loaded(error, total, more=more).slos
    return found


def raw(query: str) -> SLO:
    """Return the SLO of a file with a ratio."""
    text = (
        f"{HEAD}  - name: a\n    objective: 99\n    sli:\n      raw:\n"
        f"        error_ratio_query: {query!r}\n"
    )
    Path("sloth.yml").write_text(text, "utf-8")
    (found,) = load("sloth.yml")
    return found


def test_bad_events_are_a_part_of_the_total_wherever_that_is_the_same() -> None:
    """The order of matchers does not matter, nor does what both queries have besides."""
    error = 'sum(rate(http_requests_total{code=~"5..",job="shop"}[{{ .window }}])) or vector(0)'

    sli = slo(error).sli

    assert isinstance(sli, Events)
    assert str(sli.bad) == 'http_requests_total{job="shop",code=~"5.."}'
    assert sli.is_part


@pytest.mark.parametrize("unit", ["", "_seconds", "_milliseconds"])
def test_a_bucket_beside_its_count_is_a_latency(unit: str) -> None:
    """The limit is the bucket's own bound, in the unit of the histogram."""
    count, bucket = f"rpc{unit}_count", f'rpc{unit}_bucket{{le="250"}}'
    error = f"sum(rate({count}[{{{{.window}}}}])) - sum(rate({bucket}[{{{{.window}}}}]))"

    sli = slo(error, f"sum(rate({count}[{{{{.window}}}}]))").sli

    assert isinstance(sli, Latency)
    assert sli.bound == 250


def test_a_bucket_of_other_series_is_no_latency() -> None:
    """Matchers that the count does not have make the bucket a part of something else."""
    error = (
        "sum(rate(rpc_seconds_count[{{.window}}])) - "
        'sum(rate(rpc_seconds_bucket{le="1",code="200"}[{{.window}}]))'
    )

    assert isinstance(slo(error, "sum(rate(rpc_seconds_count[{{.window}}]))").sli, Events)


def test_ratios_of_counters_count_and_others_stay() -> None:
    """A raw query becomes events, a gauge or stays a ratio, whichever it says."""
    counted = raw("1 - sum(rate(a{ok='1'}[{{.window}}])) / sum(rate(a[{{.window}}]))").sli
    gauge = raw("1 - avg(avg_over_time(up[{{.window}}]))").sli
    free = raw("max_over_time(score[{{.window}}])").sli

    assert isinstance(counted, Events)
    assert str(counted.good) == 'a{ok="1"}'
    assert isinstance(gauge, Up)
    assert isinstance(free, ErrorRatio)


def test_words_for_severities_are_settings() -> None:
    """The label severity is one that slogen sets, so that Sloth's values are its words."""
    more = (
        "    alerting:\n      page_alert: {labels: {severity: critical}}\n"
        "      ticket_alert: {labels: {severity: warning}}\n"
    )

    found = slo(more=more)

    assert found.alerts == AlertPolicy.standard()
    assert dict(found.service.settings.severities) == {"page": "critical", "ticket": "warning"}


def test_a_word_for_a_severity_is_that_of_the_slos_that_say_it() -> None:
    """An SLO without a word keeps slogen's own, which is said: no alert goes to another's team."""
    query = "sum(rate(errors_total[{{.window}}])) / sum(rate(all_total[{{.window}}]))"
    items = (
        f"  - name: {name}\n    objective: 99\n    sli: {{raw: {{error_ratio_query: '{query}'}}}}\n"
        f"    alerting: {{page_alert: {{{page}}}, ticket_alert: {{disable: true}}}}\n"
        for name, page in [("loud", "labels: {severity: night}"), ("plain", "")]
    )
    Path("sloth.yml").write_text(HEAD + "".join(items), "utf-8")
    found = load_paths([Path("sloth.yml")])
    severities = [slo.tiers[0].alert.severity for slo in build(found.slos).slos]
    said = [note.slo_id for note in found.differences if 'severity="page"' in note.found]

    assert severities == ["night", "page"]
    assert said == ["shop-plain"]


@pytest.mark.parametrize(("name", "times"), [("runbook", 1), ("runbook_url", 0)])
def test_another_name_of_a_runbook_is_said(name: str, times: int) -> None:
    """A template of Alertmanager's that reads the old annotation would find nothing."""
    more = f"    alerting:\n      annotations: {{{name}: 'https://runbooks.example'}}\n"

    found = loaded(more=more)
    said = [note for note in found.differences if "annotation" in note.found]

    assert found.slos[0].runbook == "https://runbooks.example"
    assert len(said) == times
    assert all(note.position for note in said)


@pytest.mark.parametrize(
    ("page", "ticket", "severities"),
    [
        ("false", "false", {"page", "ticket"}),
        ("true", "false", {"ticket"}),
        ("false", "true", {"page"}),
        ("true", "true", set()),
    ],
)
def test_what_is_disabled_tells_nobody(page: str, ticket: str, severities: set[str]) -> None:
    """No alert of a severity is left where Sloth has none."""
    more = (
        f"    alerting:\n      page_alert: {{disable: {page}}}\n"
        f"      ticket_alert: {{disable: {ticket}}}\n"
    )
    (resolved,) = build([slo(more=more)]).slos
    alerts = [tier.alert for tier in resolved.tiers] + list(resolved.others.values())

    assert {alert.severity for alert in alerts} == severities


def test_every_difference_names_its_slo_or_its_file() -> None:
    """What is listed can be found: it has a place, or an id."""
    found = loaded(f"{BAD} or vector(0)", more="    plugins: {chain: []}\n")

    assert found.faults == ()
    assert all(note.slo_id or note.position for note in (*found.findings, *found.differences))
    assert {note.code for note in found.findings} == {
        "import-simplified",
        "import-left-out",
        "import-differs",
    }


@pytest.mark.parametrize("limit", ["1e400", "0", "-1", "+Inf", "NaN", "fast", "1e-30"])
def test_a_bucket_without_a_length_is_no_latency(limit: str) -> None:
    """What cannot be a threshold stays the part of the total that the file selects."""
    error = (
        "sum(rate(rpc_seconds_count[{{.window}}])) - "
        f'sum(rate(rpc_seconds_bucket{{le="{limit}"}}[{{{{.window}}}}]))'
    )

    assert isinstance(slo(error, "sum(rate(rpc_seconds_count[{{.window}}]))").sli, Events)


def test_a_template_is_no_word_for_a_severity() -> None:
    """The label of an alert can be a template, the words of the settings cannot: it is said."""
    more = "    alerting:\n      page_alert: {labels: {severity: '{{ $labels.team }}'}}\n"

    found = loaded(more=more)

    assert not found.slos[0].service.settings.severities
    assert any("severity" in note.found and note.severity == "warning" for note in found.findings)


def test_a_fault_of_an_alert_stands_at_its_label() -> None:
    """What the model refuses of alerts has the place of the key that says it."""
    common = loaded(more="    alerting:\n      annotations: {title: '{{ if }}'}\n").faults
    page = loaded(more="    alerting:\n      page_alert: {labels: {a: '{{ $value }}'}}\n").faults

    assert [(str(fault.position), fault.code) for fault in common] == [
        ("sloth.yml:11:28", "invalid-value")
    ]
    assert [str(fault.position) for fault in page] == ["sloth.yml:11:32"]


@pytest.mark.parametrize("name", PLUGINS)
def test_each_plugin_is_documented(name: str) -> None:
    """The page lists every plugin that is read."""
    page = Path(__file__).parents[3] / "docs" / "formats" / "sloth.md"

    assert f"`{name}`" in page.read_text("utf-8")


@pytest.mark.parametrize("name", PLUGINS)
def test_each_plugin_makes_an_indicator_of_its_options(name: str) -> None:
    """With every option that it has, a plugin gives an indicator that asks for the filter."""
    options = dict.fromkeys(PLUGINS[name].options, "x")
    options |= {"filter": 'job="shop"'} | ({"bucket": "0.5"} if "bucket" in options else {})

    sli = of_plugin(f"sloth-common/{name}", options).sli

    assert 'job="shop"' in str(sli) or all('job="shop"' in str(s) for s in sli.selectors)


def test_a_broken_file_is_no_traceback() -> None:
    """Whatever stands where Sloth wants something, a fault with a place comes back."""
    texts = (
        "version: prometheus/v1\n",
        "version: prometheus/v1\nservice: []\nslos: {}\n",
        "version: prometheus/v1\nservice: a\nslos: [null, 1, [], {}]\n",
        "version: prometheus/v1\nservice: a\nslos:\n- {name: a, objective: .nan, sli: 1}\n",
        "apiVersion: sloth.slok.dev/v1\nkind: [a]\nspec: 1\n",
        "apiVersion: sloth.slok.dev/v1\nkind: AlertWindows\nspec: {sloPeriod: 0d}\n",
        "version: prometheus/v1\n---\n- 1\n---\nversion: prometheus/v1\nservice: 'a\\nb'\n",
        "version: prometheus/v1\nservice: a\nslos: []\n--- !!x\n",
    )
    for text in texts:
        Path("sloth.yml").write_text(text, "utf-8")

        with pytest.raises(InputError, match=r"."):
            load("sloth.yml")


def test_what_merge_keys_share_is_read() -> None:
    """Sloth reads merge keys; a key of one's own wins, and ``x-`` holds what has an anchor."""
    query = "sum(rate(errors_total[{{.window}}])) / sum(rate(all_total[{{.window}}]))"
    text = (
        "version: prometheus/v1\nservice: shop\n"
        "x-alerting: &alerting\n  name: ShopErrors\n  annotations: {title: shared}\n"
        "x-quiet: &quiet {name: Quiet, ticket_alert: {disable: true}}\nslos:\n"
        f"  - name: orders\n    objective: 99\n    sli: {{raw: {{error_ratio_query: '{query}'}}}}\n"
        "    alerting:\n      <<: [*alerting, *quiet]\n      annotations: {title: own}\n"
        f"  - name: carts\n    objective: 99\n    sli: {{raw: {{error_ratio_query: '{query}'}}}}\n"
        "    alerting: {<<: *alerting}\n"
    )
    Path("sloth.yml").write_text(text, "utf-8")

    orders, carts = build(load("sloth.yml")).slos

    assert {tier.alert.name for tier in (*orders.tiers, *carts.tiers)} == {"ShopErrors"}
    assert {tier.alert.urgency for tier in orders.tiers} == {"page"}
    assert {tier.alert.urgency for tier in carts.tiers} == {"page", "ticket"}
    assert dict(orders.definition.alerts.annotations) == {"title": "own"}
    assert dict(carts.definition.alerts.annotations) == {"title": "shared"}


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        ("<<: 5", "sloth.yml:4:5: << is no mapping"),
        ("<<: [5, {b: c}]", "sloth.yml:4:6: << is no mapping"),
        ("<<: *nobody", "sloth.yml:4:5: there is no anchor &nobody above"),
        ("labels: &own {<<: *own}", "sloth.yml:4:19: the alias *own holds itself"),
    ],
)
def test_a_merge_key_without_a_mapping_is_refused(shared: str, said: str) -> None:
    """The fault stands at what cannot be shared."""
    Path("sloth.yml").write_text(
        f"version: prometheus/v1\nservice: a\nslos: []\n{shared}\n", "utf-8"
    )

    faults = load_paths([Path("sloth.yml")]).faults
    found = [f"{fault.position}: {str(fault).splitlines()[0]}" for fault in faults]

    assert said in found


def test_a_file_may_have_many_merge_keys() -> None:
    """Every SLO of a long file may share its alerts: it is Sloth's file, however many do."""
    query = "sum(rate(errors_total[{{.window}}])) / sum(rate(all_total[{{.window}}]))"
    slos = "".join(
        f"  - {{<<: *all, name: slo{number}, sli: {{raw: {{error_ratio_query: '{query}'}}}}}}\n"
        for number in range(120)
    )
    text = f"version: prometheus/v1\nservice: shop\nx-all: &all {{objective: 99}}\nslos:\n{slos}"
    Path("sloth.yml").write_text(text, "utf-8")

    assert len(load("sloth.yml")) == 120
