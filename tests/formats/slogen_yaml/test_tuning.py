"""Policies that tune a preset, labels by severity and missing moments, as a file says them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from slogen import Alert, AlertPolicy, Settings, Tier, load
from slogen.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

SERVICES = """\
services:
  - name: shop
    slos:
      - name: a
        objective: 99%
        window: 30d
        sli: {up: {gauge: up}}
"""
LINES = [
    ("min_bad_events: 10", AlertPolicy(min_bad_events=10)),
    ("min_bad_events: 1", AlertPolicy(min_bad_events=1)),
    ("page: {labels: {route: shop}}", AlertPolicy(page=Alert(labels={"route": "shop"}))),
    ("page: {keep_firing_for: 30m}", AlertPolicy(page=Alert(keep_firing_for="30m"))),
    ("page: {}", AlertPolicy()),
    ("ticket: {severity: info, name: Read}", AlertPolicy(ticket=Alert("info", name="Read"))),
    ("preset: pages_only", AlertPolicy.pages_only()),
    ("stale_groups: true", AlertPolicy(stale_groups=True)),
    (
        "stale_groups: {severity: page, for: 1h}",
        AlertPolicy(stale_groups=Alert("page", for_="1h")),
    ),
    ("labels: {channel: shop}", AlertPolicy(preset="standard", labels={"channel": "shop"})),
    (
        "tiers: [{severity: info, long: 1h, burn_rate: 2}]",
        AlertPolicy(preset="none", tiers=[Tier("info", long="1h", burn_rate=2)]),
    ),
]


def written(folder: Path, text: str) -> Path:
    """Return a file of definitions with some lines before or in its services."""
    path = folder / "a.yaml"
    path.write_text(f"apiVersion: slogen/v1\n{text}")
    return path


def faults(folder: Path, text: str) -> list[str]:
    """Return what is wrong with a file: places and messages without the quoted lines."""
    with pytest.raises(InputError, match=r".") as caught:
        load(written(folder, text))
    messages = [str(fault.diagnostic) for fault in caught.value.each()]
    shown = [re.sub(r"\n +(\d+)? +\|.*|\n  path: .*", "", message) for message in messages]
    return [message.partition("a.yaml:")[2] for message in shown]


@pytest.mark.parametrize(("line", "policy"), LINES, ids=[line for line, _ in LINES])
def test_a_policy_says_what_python_says(line: str, policy: AlertPolicy, tmp_path: Path) -> None:
    """Each argument is a key; a policy without tiers has the standard ones."""
    (slo,) = load(written(tmp_path, f"defaults:\n  alerts:\n    {line}\n{SERVICES}"))

    assert slo.alerts == policy


def test_labels_by_severity_are_merged(tmp_path: Path) -> None:
    """A service has the labels of its file, but for those that it gives another value."""
    labels = "settings: {severity_labels: {page: {a: file, b: file}, ticket: {c: file}}}\n"
    own = "    settings: {severity_labels: {page: {b: service}, info: {d: service}}}\n"
    service = SERVICES.replace("    slos:\n", f"{own}    slos:\n")

    (slo,) = load(written(tmp_path, labels + service))

    assert slo.service.settings == Settings(
        severity_labels={
            "page": {"a": "file", "b": "service"},
            "ticket": {"c": "file"},
            "info": {"d": "service"},
        }
    )


def test_every_wrong_label_of_a_severity_has_its_place(tmp_path: Path) -> None:
    """One run shows a severity that is none, a label that is taken, and what is no mapping."""
    text = """\
settings:
  severity_labels:
    critical: {team: a}
    page: {slo_id: x, team: "{{ end }}", on: "yes"}
    ticket: x
    self: {team: a}
    info: {team: 5}
"""

    assert faults(tmp_path, text + SERVICES) == [
        (
            "4:5: error: a key of severity_labels is 'critical'\n"
            '  allowed: labels for "page", "ticket" or "info"'
        ),
        (
            '5:12: error: a key of page is "slo_id"\n'
            "  allowed: a label that neither slogen nor an alert sets\n"
            "  remedy: choose another name"
        ),
        (
            "5:29: error: team is '{{ end }}'\n"
            "  allowed: {{ else }} and {{ end }} after the {{ if }}, or such, that is open\n"
            "  remedy: remove it"
        ),
        '6:13: error: ticket is the text "x"\n  allowed: names with a text each',
        (
            "7:5: error: a key of severity_labels is 'self'\n"
            '  allowed: labels for "page", "ticket" or "info"'
        ),
        '8:18: error: team is the number 5\n  allowed: a text\n  remedy: quote it: "5"',
    ]


@pytest.mark.parametrize("key", ["page", "ticket"])
@pytest.mark.parametrize("value", ["true", "false"])
def test_a_severity_of_a_preset_is_no_switch(key: str, value: str, tmp_path: Path) -> None:
    """Who wants no pages, or no tickets, reads which preset has none."""
    text = f"policies:\n  p:\n    {key}: {value}\n"
    column = len(key) + 7

    assert faults(tmp_path, text + SERVICES) == [
        (
            f"4:{column}: error: {key} is the truth value {value}\n"
            "  allowed: a mapping with severity, name, for, keep_firing_for, runbook, labels, "
            "annotations\n"
            '  remedy: leave it out; "preset: pages_only" has no tickets, "preset: tickets_only" '
            "has no pages"
        )
    ]


def test_a_bound_of_bad_events_is_a_count(tmp_path: Path) -> None:
    """Of no bad event, or of some that are no number, there is no alert."""
    text = 'policies:\n  p: {min_bad_events: 0}\n  q: {min_bad_events: "3"}\n'

    assert faults(tmp_path, text + SERVICES) == [
        (
            "3:23: error: min_bad_events is 0\n  allowed: a whole number of at least 1\n"
            "  remedy: write 1 for no bound"
        ),
        (
            '4:23: error: min_bad_events is the text "3"\n'
            "  allowed: a whole number of at least 1, such as 3"
        ),
    ]


@pytest.mark.parametrize(
    "sli", ["events: {total: a, bad: b,", "latency: {histogram: a_seconds, under: 1s,"]
)
def test_missing_moments_of_events_are_never_bad(sli: str, tmp_path: Path) -> None:
    """The refusal stands at the word, and says why and what to do instead."""
    text = SERVICES.replace("sli: {up: {gauge: up}}", f"sli: {{{sli} when_missing: bad}}}}")
    column = len(f"        sli: {{{sli} when_missing: ") + 1

    assert faults(tmp_path, text) == [
        (
            f'8:{column}: error: when_missing is "bad"\n'
            '  allowed: "unknown": without its counters nobody knows how many events there were, '
            "and a counter that is not there may only have nothing to count\n"
            "  remedy: add an SLO of kind up for the same targets, whose when_missing is bad"
        )
    ]


@pytest.mark.parametrize(
    ("word", "more"),
    [("Bad", '\n  remedy: did you mean "bad"?'), ("good", "")],
)
def test_missing_moments_of_time_are_unknown_or_bad(word: str, more: str, tmp_path: Path) -> None:
    """Another word is refused where it stands, with the nearest that is one."""
    text = SERVICES.replace("gauge: up", f"gauge: up, when_missing: {word}")

    assert faults(tmp_path, text) == [
        f'8:45: error: when_missing is \'{word}\'\n  allowed: "unknown" or "bad"{more}'
    ]
