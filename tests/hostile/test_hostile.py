"""Whatever a user's words hold, they arrive as they are, or slogen says why they cannot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from slogen import Selector, build, naming
from slogen.errors import InvalidPromQL, InvalidValue, OutputError
from slogen.targets.files import file_name
from tests.hostile.expressions import form, matched, said, strings
from tests.hostile.places import TAME, refusal, slo
from tests.hostile.rules import HOSTILE, built, document, essence, info_labels, page, recording
from tests.hostile.strings import CHARACTERS, DEVICES, STRINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen import RuleSet
    from slogen.rules import AlertingRule
    from slogen.targets.built import Built

READERS: dict[str, Callable[[str], Any]] = {
    "1.1": yaml.safe_load,
    "1.2": YAML(typ="safe", pure=True).load,
}
"""Readers of the two versions of YAML."""

TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from([*"\"'`\\{}$#:-|>%*&!? \nan01.", "{{", "}}", *"".join(CHARACTERS.values())]),
    max_size=12,
).map("".join)


def _fault(place: str, text: str) -> str:
    """Return the words with which a text is refused at a place; nothing if it is taken."""
    try:
        slo({place: text})
    except InvalidValue as fault:
        return str(fault)
    return ""


def _file_name(service: str) -> str:
    """Return the name of a service's file; nothing if it would be too long."""
    try:
        return file_name(service)
    except OutputError:
        return ""


def _unread(version: str, rules: RuleSet) -> list[object]:
    """Return the groups that a reader does not find as they were meant, and what it finds."""
    (file,) = rules.render("prometheus", layout="single")
    read = READERS[version](file.text)["groups"]
    meant = (document(group) for one in rules.built for group in one.rules.groups)
    return [pair for pair in zip(meant, read, strict=True) if pair[0] != pair[1]]


def _selected(words: Mapping[str, str]) -> dict[str, str]:
    """Return the values that the matchers of the SLI's expressions have to have."""
    return {"path": words["matcher"], "page": re.escape(words["regex"])}


def _labels(one: Built) -> dict[str, str]:
    """Return the labels of an SLO's info series; empty ones are none to Prometheus."""
    labels = recording(one.rules.groups, "slo_info").labels
    return {name: value for name, value in labels.items() if value}


def _asked(alert: AlertingRule) -> list[list[str]]:
    """Return the strings of each query about the budget, which stand above anybody's own words."""
    text = alert.annotations["description"]
    above = text[text.index("Burn rate:") : text.index("Objective:")]
    queries = re.findall(r'query (`[^`]*`|"(?:[^"\\]|\\.)*") }}', above)
    raw = (q[1:-1] if q[0] == "`" else re.sub(r"\\(.)", r"\1", q[1:-1]) for q in queries)
    return [strings(query) for query in raw]


def _identity(words: Mapping[str, str]) -> list[str]:
    return sorted([f"slo_id={words['id']}", f"environment={words['identity label']}"])


def test_there_are_enough_strings() -> None:
    """More than 1,500 strings are taken wherever they stand, but for links without spaces."""
    taken = {place: sum(not refusal(place, text) for text in STRINGS) for place in TAME}
    print(f"{len(STRINGS)} hostile strings; taken as {taken}")  # noqa: T201 (-rA shows it)

    assert min(count for place, count in taken.items() if place != "runbook") > 1_500


@pytest.mark.parametrize("place", TAME)
def test_what_is_refused_is_refused_for_the_documented_reason(place: str) -> None:
    """The error speaks of the character, the spaces or the length that cannot be."""
    refused = [text for text in STRINGS if refusal(place, text)]
    wrong = [text for text in refused if refusal(place, text) not in _fault(place, text)]

    assert wrong == []


@pytest.mark.parametrize("place", ["matcher", "regex", "query"])
def test_a_text_that_no_parser_should_see_is_refused(place: str) -> None:
    """PromQL beyond 20,000 characters is refused before anything reads it."""
    assert "longer than 20000 characters" in _fault(place, "a" * 20_000)


@pytest.mark.parametrize(
    "spelling", [r"\ufffd", r"\U0000fffd", r"\xef\xbf\xbd", r"\357\277\275", "\ufffd"], ids=ascii
)
def test_no_spelling_of_what_prometheus_cannot_read_is_taken(spelling: str) -> None:
    """Prometheus prints expressions and reads them again, so that escapes do not help."""
    with pytest.raises(InvalidPromQL, match="U\\+FFFD"):
        Selector(f'up{{a="{spelling}"}}')


@pytest.mark.parametrize("place", TAME)
def test_what_is_refused_is_shown_safely(place: str) -> None:
    """A terminal is handed no control codes, no lone surrogates and no turned-round text."""
    faults = (_fault(place, text) for text in STRINGS if refusal(place, text))
    wrong = [fault for fault in faults if not fault.replace("\n", "").isprintable()]

    assert wrong == []


def test_every_string_stands_at_its_place() -> None:
    """The info series has the very words that the definition had."""
    wrong = [
        words["id"]
        for words, one in zip(HOSTILE, built().built, strict=True)
        if _labels(one) != info_labels(words)
    ]

    assert wrong == []


@pytest.mark.parametrize("version", READERS)
def test_rule_files_read_back_equal(version: str) -> None:
    """A reader of either version of YAML sees the strings of the rules, and nothing but strings."""
    assert _unread(version, essence(built())) == []


def test_matchers_parse_back_equal() -> None:
    """A parser of PromQL finds the values that the definition's matchers had."""
    wrong = [
        words["id"]
        for words, one in zip(HOSTILE, built().built, strict=True)
        if matched(recording(one.rules.groups, naming.EVENTS_INCREASE).expr) != _selected(words)
    ]

    assert wrong == []


def test_strings_in_queries_parse_back_equal() -> None:
    """A parser of PromQL finds the text that the definition's query had in a string."""
    wrong = [
        words["id"]
        for words, one in zip(HOSTILE, built().built, strict=True)
        if said(recording(one.rules.groups, naming.ERRORS_INCREASE).expr)[1] != words["query"]
    ]

    assert wrong == []


def test_expressions_print() -> None:
    """What does not print stands escaped in PromQL, so that nothing on the way can lose it."""
    wrong = [
        words["id"]
        for words, one in zip(HOSTILE, built().built, strict=True)
        for group in one.rules.groups
        for rule in group.rules
        if not rule.expr.replace("\n", "").isprintable()
    ]

    assert wrong == []


def test_no_string_breaks_out_of_an_expression() -> None:
    """With its strings blanked, each expression is that of a tame SLO.

    A query whose text is too long to stand several times in one expression is read as a rate.
    """
    forms = [
        [form(rule.expr) for group in one.rules.groups for rule in group.rules]
        for one in (*built().built, *build(slo({"matcher": "g" * 2_000})).built)
    ]
    tame = (forms[0], forms.pop())
    wrong = [words["id"] for words, own in zip(HOSTILE, forms, strict=True) if own not in tame]

    assert wrong == []


def test_templates_ask_for_the_series_of_their_slo() -> None:
    """The queries in an alert's description select by the very id and identity label."""
    wrong = [
        words["id"]
        for words, one in zip(HOSTILE, built().built, strict=True)
        if _asked(page(one.rules.groups)) != [_identity(words), sorted(_identity(words) * 2)]
    ]

    assert wrong == []


def test_no_service_leads_out_of_the_folder() -> None:
    """The name of a file is one part of a path, in plain ASCII, whatever the service's name."""
    names = [_file_name(text) for text in STRINGS if not refusal("service", text)]
    named = list(filter(None, names))
    wrong = [name for name in named if not re.fullmatch(r"[A-Za-z0-9_~%-][A-Za-z0-9_.~%-]*", name)]

    assert len(named) > 1_500
    assert wrong == []


def test_services_share_no_file() -> None:
    """Two names of services are two names of files."""
    names = [_file_name(text) for text in STRINGS if not refusal("service", text)]
    names = list(filter(None, names))

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("device", DEVICES)
def test_no_service_names_a_device(device: str) -> None:
    """Windows opens a device for these names, whatever the case and the extension."""
    names = [f"{_file_name(text)}.yaml" for text in (device, device.upper(), f"{device}.x")]
    wrong = [name for name in names if name.split(".")[0].casefold() == device]

    assert wrong == []


@pytest.mark.parametrize("place", TAME)
@settings(max_examples=40, deadline=None)
@given(text=TEXTS)
def test_any_string_arrives_or_is_refused(place: str, text: str) -> None:
    """What holds for the known strings holds for those that hypothesis finds."""
    fault, reason = _fault(place, text), refusal(place, text)

    assert bool(fault) == bool(reason)
    assert reason in fault
    if not fault:
        rules = essence(build(slo({place: text})))
        words, (one,) = {**TAME, place: text}, rules.built
        events, errors = (
            recording(one.rules.groups, metric).expr
            for metric in (naming.EVENTS_INCREASE, naming.ERRORS_INCREASE)
        )
        assert [_unread(version, rules) for version in READERS] == [[], []]
        assert _labels(one) == info_labels(words)
        assert (matched(events), said(errors)[1]) == (_selected(words), words["query"])
