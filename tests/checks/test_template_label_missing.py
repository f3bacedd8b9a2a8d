"""A template that prints a label that no alert has stops the build."""

from __future__ import annotations

import pytest

from slogen.checks.template_label_elsewhere import CHECK as ELSEWHERE
from slogen.checks.template_label_missing import CHECK
from slogen.model import SLO, Alert, AlertPolicy, Settings, Up
from tests.checks.checking import found_in_build, place_of


def slo(name: str, policy: AlertPolicy | None = None, *labels: str) -> SLO:
    """Return an SLO with a policy, grouped by labels."""
    chosen = policy or AlertPolicy.standard()
    return SLO(
        service="s",
        name=name,
        objective="99%",
        window="30d",
        group_by=labels,
        alerts=chosen,
        sli=Up(gauge="up"),
    )


def test_refuses_a_label_that_was_summed_up() -> None:
    """The error points at the label in the template, and says what would bring it."""
    policy = AlertPolicy(annotations={"where": "on {{ $labels.pod }}"})

    (error,) = found_in_build(CHECK, slo("n", policy))

    assert error.message == 'template of "where" prints $labels.pod, which no alert has'
    assert error.remedy == "add pod to group_by, or leave it out of the template"
    assert (error.code, error.severity) == ("template-label-missing", "error")
    assert (error.argument, place_of(error)) == ("annotations.where", "$labels.pod")
    assert found_in_build(ELSEWHERE, slo("n", policy)) == []


def test_refuses_it_in_a_label_and_in_settings() -> None:
    """Labels have templates, too; those of settings are found where settings were written."""
    settings = Settings(alert_labels={"route": "{{ $labels.zone }}"})

    (error,) = found_in_build(CHECK, slo("n"), settings=settings)

    assert (error.argument, place_of(error)) == ("alert_labels.route", "$labels.zone")


def test_refuses_a_group_in_the_alert_about_the_whole() -> None:
    """When the data of an SLI has ended there are no groups any more to name."""
    policy = AlertPolicy(stale=Alert(annotations={"who": "{{ $labels.tenant }}"}))

    (error,) = found_in_build(CHECK, slo("n", policy, "tenant"))

    assert (
        error.remedy
        == "leave it out: this alert is about the SLI as a whole, and not about a group"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ .Labels.pod }}",
        "{{ $.Labels.pod | toUpper }}",
        '{{ index $labels "pod" }}',
        "{{ print ($labels.pod) }}",
        "{{ $job := $labels.job }}{{ $labels.pod }}",
    ],
)
def test_refuses_it_however_it_is_read(text: str) -> None:
    """Labels are a variable, a field of the dot and of ``$``, and have an index."""
    assert len(found_in_build(CHECK, slo("n", AlertPolicy(annotations={"where": text})))) == 1


def test_refuses_it_beside_a_policy_with_the_same_words() -> None:
    """A template stands in one policy, and it is the alerts of that one that lack the label."""
    text = {"where": "{{ $labels.region }}"}
    grouped, whole = AlertPolicy(annotations=text), AlertPolicy(annotations=text)

    assert len(found_in_build(CHECK, slo("a", grouped, "region"), slo("b", whole))) == 1


def test_refuses_what_stands_behind_a_condition() -> None:
    """What a condition encloses ends with it."""
    policy = AlertPolicy(annotations={"where": "{{ if true }}on {{ end }}{{ $labels.pod }}"})

    assert len(found_in_build(CHECK, slo("n", policy))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{{ if gt $value 1.0 }}on {{ $labels.pod }}{{ end }}",
        "{{ if $value }}high{{ else }}{{ $labels.pod }}{{ end }}",
        "{{ if and (gt $value 1.0) (lt $value 2.0) }}{{ .Labels.pod }}{{ end }}",
        "{{ if $labels.pod }}on{{ end }} {{ if gt $value 1.0 }}{{ $labels.node }}{{ end }}",
    ],
)
def test_refuses_what_a_condition_about_the_value_encloses(text: str) -> None:
    """Such a condition knows nothing of labels."""
    policy = AlertPolicy(annotations={"where": text})

    assert len(found_in_build(CHECK, slo("n", policy))) == 1


def test_is_silent_where_one_of_several_alerts_has_it() -> None:
    """A template that is shared may name a label that some of the SLOs have."""
    policy = AlertPolicy(annotations={"where": "{{ $labels.tenant }}"})

    assert found_in_build(CHECK, slo("a", policy), slo("b", policy, "tenant")) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ $labels.slo_id }}",
        "{{ $labels.severity }}",
        "{{ if $labels.pod }}on {{ $labels.pod }}{{ end }}",
        '{{ or $labels.pod "none" }}',
        '{{ if index $labels "pod" }}on {{ $labels.pod }}{{ end }}',
        "{{ if . }}on {{ $labels.pod }}{{ end }}",
        "{{ if gt $value 1.0 }}high{{ else if $labels.pod }}{{ $labels.pod }}{{ end }}",
        "{{ with .Labels.pod }}on {{ $labels.pod }}{{ end }}",
        "{{ if $.Labels.pod }}{{ if true }}on {{ end }}{{ $labels.pod }}{{ end }}",
        '{{ reReplaceAll "(.+)" "on $1" $labels.pod }}',
        '{{ range query "up" }}{{ .Labels.pod }}{{ end }}',
        '{{ (query "up" | first).Labels.pod }}',
        '{{ $one := query "up" | first }}{{ $one.Labels.pod }}',
        "{{ $pod := $labels.pod }}{{ $pod }} on {{ $labels.pod }}",
        "{{ $all := $labels }}{{ $all.pod }}",
        "{{ with $labels }}{{ .pod }}{{ end }}",
        "{{ index $labels }}",
        "{{ `$labels.pod` }} and $labels.pod",
    ],
)
def test_is_silent_of_what_there_is_and_of_what_is_asked_for(text: str) -> None:
    """Labels of the alert, of other series, and those that the template knows to be missing."""
    policy = AlertPolicy(annotations={"where": text})

    assert found_in_build(CHECK, slo("n", policy)) == []
