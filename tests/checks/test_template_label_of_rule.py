"""A template that prints a label of its rule, which Prometheus does not show it, is a warning."""

from __future__ import annotations

from slogen.checks.template_label_of_rule import CHECK
from slogen.model import SLO, AlertPolicy, Up
from tests.checks.checking import found_in_build, place_of


def slo(text: str, *labels: str) -> SLO:
    """Return an SLO whose alerts have an annotation, grouped by labels."""
    return SLO(
        service="s",
        name="n",
        objective="99%",
        window="30d",
        group_by=labels,
        alerts=AlertPolicy(annotations={"where": text}, labels={"team": "a"}),
        sli=Up(gauge="up"),
    )


def test_warns_of_a_label_that_the_rule_sets() -> None:
    """The warning says what Prometheus prints, and what to write."""
    policy = AlertPolicy(annotations={"where": "in {{ $labels.slo_service }}"})
    sli = Up(gauge="up")

    (warning,) = found_in_build(
        CHECK, SLO(service="s", name="n", objective="99%", window="30d", alerts=policy, sli=sli)
    )

    assert warning.message == (
        'the template of "where" prints $labels.slo_service, which the rule sets: '
        "Prometheus prints nothing there"
    )
    assert warning.remedy == "write the text itself in place of the label"
    assert (warning.code, warning.severity) == ("template-label-of-rule", "warning")
    assert place_of(warning) == "$labels.slo_service"


def test_warns_of_labels_of_the_user() -> None:
    """A label that a policy adds is one of the rule."""
    assert len(found_in_build(CHECK, slo("{{ $labels.team }}"))) == 1


def test_is_silent_of_the_id_and_of_groups() -> None:
    """The result of each alert's expression has these."""
    text = "{{ $labels.slo_id }} {{ $labels.tenant }}"

    assert found_in_build(CHECK, slo(text, "tenant")) == []


def test_is_silent_of_what_no_alert_has() -> None:
    """That is an error of its own."""
    assert found_in_build(CHECK, slo("{{ $labels.pod }}")) == []
