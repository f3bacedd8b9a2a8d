"""What files of slogen YAML are told that are wrong in usual ways: the remedy is taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen.api import load
from slogen.errors import InputError

if TYPE_CHECKING:
    from slogen.diagnostics import Diagnostic

INHERITED = {
    "a file of Sloth": "version: prometheus/v1\nservice: shop\nslos: []\n",
    "a Kubernetes object of Sloth": "apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\n",
    "a file of OpenSLO": "apiVersion: openslo/v1\nkind: SLO\n",
    "a Kubernetes object of Pyrra": "apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\n",
}
FOREIGN = {
    "a file of Nobl9": "apiVersion: n9/v1alpha\nkind: SLO\n",
    "rules of the Prometheus Operator": "apiVersion: monitoring.coreos.com/v1\nkind: X\n",
    "a rule file of Prometheus": "groups:\n  - name: x\n    rules: []\n",
    "an object of Kubernetes": "apiVersion: v1\nkind: ConfigMap\n",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def faults(text: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a file."""
    Path("a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r".") as caught:
        load("a.yaml")
    return caught.value.diagnostics


def slo(sli: str = "up: {gauge: up}", more: str = "", top: str = "") -> str:
    """Return a file with one SLO."""
    return (
        f"apiVersion: slogen/v1\n{top}services:\n  - name: shop\n    slos:\n      - name: a\n"
        f"        objective: 99%\n        window: 30d\n        sli:\n          {sli}\n{more}"
    )


@pytest.mark.parametrize("name", FOREIGN)
def test_files_of_other_tools_are_named(name: str) -> None:
    """A file of another tool is one fault, which says what the file is and what to do."""
    (fault,) = faults(FOREIGN[name])

    assert fault.found.endswith(name)
    assert fault.remedy
    assert fault.position is not None
    assert fault.position.line == 1


@pytest.mark.parametrize("name", INHERITED)
def test_a_file_of_a_tool_that_is_read_cannot_be_inherited(name: str) -> None:
    """What slogen reads for itself has no settings or policies to hand on: convert it first."""
    Path("_base.yaml").write_text(INHERITED[name], encoding="utf-8")

    (fault,) = faults(slo(top="inherits: _base.yaml\n"))

    assert fault.found.endswith(name)
    assert "slogen convert" in fault.remedy


@pytest.mark.parametrize("version", ["slogen/v2", "Slogen/v1", "slogen"])
def test_another_version_of_slogens_own_format_is_no_foreign_file(version: str) -> None:
    """A version that is mistyped, or newer, is told which one is read."""
    (fault,) = faults(f"apiVersion: {version}\nservices: []\n")

    assert fault.remedy == "write slogen/v1, the version that this slogen reads"


@pytest.mark.parametrize("key", ["apiversion", "apiVersions", "version"])
def test_a_mistyped_version_is_one_fault(key: str) -> None:
    """A key that almost is `apiVersion` is not told to be missing as well."""
    (fault,) = faults(f"{key}: slogen/v1\nservices: []\n")

    assert fault.remedy == 'did you mean "apiVersion"?'


@pytest.mark.parametrize(
    ("alerts", "word"),
    [("false", "none"), ("true", "standard"), ("off", "none"), ("no", "none"), ("on", "standard")],
)
def test_a_switch_for_alerts_is_told_its_preset(alerts: str, word: str) -> None:
    """Whoever switches alerts off, or on, reads the preset that does it; no quotes help."""
    (fault,) = faults(slo(more=f"        alerts: {alerts}\n"))
    Path("a.yaml").write_text(slo(more=f"        alerts: {word}\n"), encoding="utf-8")

    assert fault.remedy == f"write {word}"
    assert load("a.yaml")


@pytest.mark.parametrize(("value", "word"), [("false", "none"), ("true", "standard")])
def test_a_switch_for_a_preset_is_told_its_word(value: str, word: str) -> None:
    """A preset is one of a few words, which are what is allowed."""
    (fault,) = faults(slo(more=f"        alerts: {{preset: {value}}}\n"))

    assert fault.allowed == "standard, pages_only, tickets_only, none"
    assert fault.remedy == f"write {word}"


@pytest.mark.parametrize(
    ("sli", "remedy"),
    [
        ("error_ratio: {query: 0.5}", ""),
        ("up: {gauge: 5}", ""),
        ("time_slices: {query: x, good_when: 300}", 'write the operator, too, such as "<= 300"'),
        ("latency: {histogram: x_seconds, under: 100}", "write its unit, such as 100ms or 100s"),
        ("latency: {histogram: x, under: 1s, unit: 5}", ""),
    ],
)
def test_quotes_are_no_remedy_where_the_text_is_refused_as_well(sli: str, remedy: str) -> None:
    """A number where PromQL, a comparison, a threshold or a word has to stand is not quoted."""
    (fault,) = faults(slo(sli))

    assert fault.remedy == remedy


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ('{__name__="x",job="a"}', """'{__name__="x",job="a"}'"""),
        ('{"http.server.requests"}  # of all', """'{"http.server.requests"}'"""),
    ],
)
def test_promql_that_begins_with_a_brace_is_quoted(value: str, quoted: str) -> None:
    """What YAML reads as a mapping, and nobody wrote as one, is shown with the quotes it lacks."""
    (fault,) = faults(slo(f"up:\n            gauge: {value}"))

    assert fault.remedy == (
        f"quote it, since a text that begins with {{ is a mapping to YAML: {quoted}"
    )


def test_conditions_in_braces_are_shown_without_them() -> None:
    """Quotes would not help there: conditions stand in braces already."""
    (fault,) = faults(slo('events:\n            total: x\n            bad_where: {code=~"5.."}'))

    assert fault.remedy == 'leave out the braces: code=~"5.."'


@pytest.mark.parametrize("value", ["{a: b}", "{a: {b}}", "{}"])
def test_a_mapping_that_was_meant_as_one_is_not_quoted(value: str) -> None:
    """Where a mapping stands that was written as one, quotes are no remedy."""
    (fault,) = faults(slo(f"up:\n            gauge: {value}"))

    assert not fault.remedy


@pytest.mark.parametrize(
    ("text", "found", "remedy"),
    [
        ("        owner: {{ team }}\n", "a text that begins with {{", 'quote it: "{{ team }}"'),
        ('        owner: "a"b""\n', "not YAML", "put the whole text between single quotes"),
        ("        owner:\xa0a\n", "not YAML: a no-break space (U+00A0)", "write a plain space"),
        ("{{- range .Values.slos }}\n", "not YAML: a template begins here", "slogen reads no"),
        ("{% endfor %}\n", "not YAML: a template begins here", "slogen reads no templates"),
        ("       owner: a\n", "not YAML", "begin every item of a list at the same column, and"),
    ],
)
def test_what_is_no_yaml_is_told_what_to_change(text: str, found: str, remedy: str) -> None:
    """Templates, quotes within quotes, odd spaces and indentation each have their own remedy."""
    (fault,) = faults(slo(more=text))

    assert fault.found.startswith(found)
    assert fault.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("slos: []\n", "slos is a key of a service"),
        ("window: 30d\n", "window is a key of an SLO"),
        ("events: {}\n", "events is a key of sli"),
        ("bad_where: x\n", "bad_where is a key of events"),
        ("nonsense: x\n", ""),
    ],
)
def test_a_key_that_stands_elsewhere_is_told_where(text: str, remedy: str) -> None:
    """A key of slogen at the wrong level is told whose it is."""
    (fault,) = faults(f"apiVersion: slogen/v1\n{text}")

    assert fault.remedy == remedy


def test_the_words_of_other_tools_are_told_slogens() -> None:
    """Keys of Sloth and Pyrra are answered with the key that means the same."""
    found = faults(slo("events:\n            error_query: a\n            total_query: b"))

    assert {fault.remedy for fault in found} >= {"the key is bad", "the key is total"}


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("services: {shop: {}}\n", "write a list: each item begins with a dash"),
        (slo(more="        labels: [a]\n")[22:], "write `key: value` instead of a list"),
        (slo(more="        group_by: a, b\n")[22:], 'write a list: ["a", "b"]'),
        (slo(more="        labels: {cost-centre: a}\n")[22:], 'write "cost_centre"'),
        (
            slo(more="        labels:\n")[22:],
            "write a value after it: a key without a value means nothing",
        ),
    ],
)
def test_lists_and_mappings_are_told_apart(text: str, remedy: str) -> None:
    """What stands as a list, a mapping or nothing has a remedy in the form that is needed."""
    (fault,) = faults(f"apiVersion: slogen/v1\n{text}")

    assert fault.remedy == remedy


def test_a_label_with_a_dot_is_told_how_it_is_stored() -> None:
    """Groups by a UTF-8 label work by `label_replace`; mostly the label has underscores."""
    (fault,) = faults(slo(more="        group_by: service.name\n"))

    assert fault.remedy.startswith('write "service_name", as Prometheus stores it')
    assert 'label_replace(..., "service_name", "$1", "service.name", "(.*)")' in fault.remedy
