"""Settings: what is given, what is left open, and what wins over what."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidValue
from slogen.model import SLO, Events, Service, Settings
from slogen.naming import Naming
from slogen.source import Position
from slogen.units import Duration

DURATIONS = (
    "scrape_interval",
    "base_range",
    "fast_interval",
    "slow_interval",
    "offset",
    "query_offset",
)
MAPPINGS = (
    "identity",
    "severities",
    "severity_labels",
    "alert_names",
    "alert_labels",
    "alert_annotations",
)
ALERTS = (
    "SLOBurnRateInfo, SLOBurnRatePage, SLOBurnRateTicket, SLODataIncomplete, SLODataStale, "
    "SLOErrorBudgetExhausted, SLOErrorBudgetLow, SLOGroupDataStale, SLOObjectiveViolated"
)
SEVERITIES = 'for "page", "ticket" or "info"'
LABELS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["x", "y", "z"]))
LENGTHS = st.none() | st.sampled_from(["10s", "15s", "30s"])
SETTINGS = st.builds(
    Settings,
    scrape_interval=LENGTHS,
    offset=LENGTHS,
    prometheus=st.none() | st.sampled_from(["2.42", "3.5"]),
    naming=st.none() | st.sampled_from([Naming(), Naming.sloth()]),
    identity=LABELS,
    alert_labels=LABELS,
    severity_labels=st.dictionaries(st.sampled_from(["page", "ticket", "info"]), LABELS),
)


def settings(**arguments: object) -> Settings:
    """Return settings of arguments that are put together by a test."""
    return Settings(**arguments)  # type: ignore[arg-type]


def test_leaves_all_open() -> None:
    """What is not given is None or empty, so that others may say it."""
    made = Settings()

    assert [getattr(made, name) for name in (*DURATIONS, "prometheus", "naming")] == [None] * 8
    assert [dict(getattr(made, name)) for name in MAPPINGS] == [{}] * 6


@pytest.mark.parametrize("argument", DURATIONS)
def test_reads_durations(argument: str) -> None:
    """A text becomes a duration; whether it fits the others is not asked here."""
    assert getattr(settings(**{argument: "7s"}), argument) == Duration("7s")


@pytest.mark.parametrize("argument", DURATIONS)
@pytest.mark.parametrize("value", ["", "x", "0s", 30, True])
def test_refuses_what_is_no_duration(argument: str, value: object) -> None:
    """An interval, a range or an offset is a duration."""
    with pytest.raises(InvalidValue, match=rf"Settings\.{argument} is .*\n  allowed: a duration"):
        settings(**{argument: value})


@pytest.mark.parametrize(
    ("text", "version"),
    [("2.42", (2, 42)), ("2.53.1", (2, 53)), ("3.5", (3, 5)), (None, (2, 42))],
)
def test_reads_versions(text: str | None, version: tuple[int, int]) -> None:
    """A version is compared by its numbers; without a word it is the oldest that is supported."""
    assert Settings(prometheus=text).version == version


@pytest.mark.parametrize(
    "value", ["", "3", "v3.5", "3.5.0-rc.1", "3.5 ", "\u0663.\u0665", 3.5, ["3.5"]]
)
def test_refuses_what_is_no_version(value: object) -> None:
    """A version is a text of two numbers or three."""
    with pytest.raises(InvalidValue, match=r"Settings\.prometheus is") as caught:
        settings(prometheus=value)

    first, allowed, *_ = str(caught.value).split("\n")
    assert first == f"Settings.prometheus is {value!r}"
    assert allowed == '  allowed: a version such as "2.42" or "3.5"'


@pytest.mark.parametrize(
    ("value", "remedy"),
    [(3.5, 'write "3.5"'), ("v3.5", 'write "3.5"'), ("3", 'write "3.0"'), ("latest", "")],
)
def test_a_version_in_another_form_has_a_remedy(value: object, remedy: str) -> None:
    """A number, a leading v and a version of one number are spelled out as they are taken."""
    with pytest.raises(InvalidValue, match=r"Settings\.prometheus is") as caught:
        settings(prometheus=value)

    assert caught.value.remedy == remedy


@pytest.mark.parametrize("value", ["sloth", 5, Naming, Naming(id="id")])
def test_refuses_what_is_no_naming(value: object) -> None:
    """Names are slogen's own or those of Sloth, which YAML and the project file can say, too."""
    with pytest.raises(InvalidValue, match=r"Settings\.naming is") as caught:
        settings(naming=value)

    assert str(caught.value) == (
        f"Settings.naming is {value!r}\n  allowed: Naming() or Naming.sloth()"
    )


@pytest.mark.parametrize("argument", MAPPINGS)
@pytest.mark.parametrize("value", [5, "x", ["x"], None, True])
def test_refuses_what_is_no_mapping(argument: str, value: object) -> None:
    """What is no mapping is told as the user's fault, with its argument."""
    with pytest.raises(InvalidValue, match=rf"Settings\.{argument} is") as caught:
        settings(**{argument: value})

    assert caught.value.argument == argument


@pytest.mark.parametrize(
    ("argument", "value", "text"),
    [
        (
            "severities",
            {"critical": "page"},
            f"a key of ARG is 'critical'\n  allowed: words {SEVERITIES}",
        ),
        (
            "severities",
            {"page": ""},
            "ARG[\"page\"] is ''\n  allowed: 1 to 120 characters, no space at",
        ),
        ("severities", {"page": 1}, 'ARG["page"] is 1\n  allowed: a text'),
        (
            "severity_labels",
            {"critical": {}},
            f"a key of ARG is 'critical'\n  allowed: labels {SEVERITIES}",
        ),
        (
            "severity_labels",
            {"page": {"severity": "x"}},
            'a key of ARG["page"] is "severity"\n  allowed: a label that',
        ),
        (
            "severity_labels",
            {"page": {"a": "{{ $value }}"}},
            'ARG["page"]["a"] is \'{{ $value }}\'\n  allowed: a tem',
        ),
        ("severity_labels", {"page": {"a": "{{ end }}"}}, 'ARG["page"]["a"] is '),
        ("severity_labels", {"page": "x"}, "ARG[\"page\"] is 'x'\n  allowed: a mapping such as"),
        (
            "severity_labels",
            {"team": "x"},
            f"a key of ARG is 'team'\n  allowed: labels {SEVERITIES}",
        ),
        ("severity_labels", 5, 'ARG is 5\n  allowed: a mapping such as {"page": {"team": "core"}}'),
        ("alert_names", {"Page": "x"}, f"a key of ARG is 'Page'\n  allowed: {ALERTS}"),
        (
            "alert_names",
            {"SLODataStale": ""},
            "ARG[\"SLODataStale\"] is ''\n  allowed: 1 to 120 characters",
        ),
        (
            "identity",
            {"slo_id": "x"},
            'a key of ARG is "slo_id"\n  allowed: a label that neither slogen',
        ),
        ("identity", {"le": "x"}, 'a key of ARG is "le"\n  allowed: a label that neither slogen'),
        (
            "identity",
            {"a-b": "x"},
            "a key of ARG is 'a-b'\n  allowed: letters, digits and _, not a digit first",
        ),
        ("identity", {"env": 5}, 'ARG["env"] is 5\n  allowed: a text'),
        (
            "alert_labels",
            {"severity": "x"},
            'a key of ARG is "severity"\n  allowed: a label that neither',
        ),
        ("alert_labels", {"a": "{{ end }}"}, 'ARG["a"] is '),
        ("alert_annotations", {"a": "{{ if }}"}, 'ARG["a"] is '),
        (
            "alert_annotations",
            {"1": "x"},
            "a key of ARG is '1'\n  allowed: letters, digits and _, not a digit",
        ),
    ],
)
def test_refusals_name_the_argument(argument: str, value: object, text: str) -> None:
    """What is refused is blamed on the argument of the settings."""
    with pytest.raises(InvalidValue, match=r" is ") as caught:
        settings(**{argument: value})

    assert str(caught.value).startswith(text.replace("ARG", f"Settings.{argument}"))
    assert caught.value.argument == argument


@pytest.mark.parametrize("label", ["tier", "objective", "window", "kind", "runbook_url"])
def test_refuses_an_identity_that_describes(label: str) -> None:
    """A label that slogen writes on the info series would lose its value there."""
    with pytest.raises(InvalidValue, match=r"Settings\.identity is"):
        Settings(identity={label: "x"})


def test_the_nearest_word_wins() -> None:
    """What these settings say is kept, what they leave open is the others'."""
    near = Settings(scrape_interval="15s", naming=Naming.sloth())
    far = Settings(scrape_interval="30s", offset="1m", prometheus="3.5", naming=Naming())

    merged = near.over(far)

    assert merged == Settings(
        scrape_interval="15s", offset="1m", prometheus="3.5", naming=Naming.sloth()
    )


@pytest.mark.parametrize("argument", ["identity", "alert_labels", "alert_annotations"])
def test_mappings_merge(argument: str) -> None:
    """Keys of both are kept; of a key that both have the nearer value."""
    near = settings(**{argument: {"a": "near", "b": "near"}})
    far = settings(**{argument: {"b": "far", "c": "far"}})

    merged = getattr(near.over(far), argument)

    assert dict(merged) == {"a": "near", "b": "near", "c": "far"}


def test_words_of_the_house_merge() -> None:
    """A service may have another word for one severity or one alert, and inherits the others."""
    near = Settings(severities={"page": "p1"}, alert_names={"SLODataStale": "Stale"})
    far = Settings(
        severities={"page": "critical", "ticket": "warning"},
        alert_names={"SLODataStale": "Old", "SLOErrorBudgetLow": "Low"},
    )

    merged = near.over(far)

    assert dict(merged.severities) == {"page": "p1", "ticket": "warning"}
    assert dict(merged.alert_names) == {"SLODataStale": "Stale", "SLOErrorBudgetLow": "Low"}


def test_labels_by_severity_merge() -> None:
    """The nearer label wins, severity by severity; what only one of both has is kept."""
    near = Settings(severity_labels={"page": {"a": "near", "b": "near"}, "info": {"d": "near"}})
    far = Settings(severity_labels={"page": {"b": "far", "c": "far"}, "ticket": {"a": "far"}})

    merged = near.over(far).severity_labels

    assert {severity: dict(labels) for severity, labels in merged.items()} == {
        "page": {"a": "near", "b": "near", "c": "far"},
        "ticket": {"a": "far"},
        "info": {"d": "near"},
    }


def test_labels_by_severity_can_only_be_read() -> None:
    """Severities and labels have one order, none is empty, and neither can be changed."""
    labels = Settings(
        severity_labels={"info": {"a": "1"}, "ticket": {}, "page": {"b": "2", "a": "1"}}
    ).severity_labels

    assert list(labels) == ["page", "info"]
    assert list(labels["page"]) == ["a", "b"]
    with pytest.raises(TypeError, match=r"does not support item assignment"):
        labels["ticket"] = {}  # type: ignore[index]
    with pytest.raises(TypeError, match=r"does not support item assignment"):
        labels["page"]["a"] = "3"  # type: ignore[index]


@given(SETTINGS)
def test_nothing_changes_nothing(made: Settings) -> None:
    """Settings that leave all open change nothing, over others and below them."""
    assert made.over(Settings()) == made
    assert Settings().over(made) == made
    assert made.over(made) == made


@given(SETTINGS, SETTINGS, SETTINGS)
def test_the_order_of_merging_does_not_matter(
    one: Settings, two: Settings, three: Settings
) -> None:
    """SLO over service over build is the same from either end."""
    assert one.over(two).over(three) == one.over(two.over(three))


def test_merging_leaves_both_as_they_are() -> None:
    """Merged settings are new ones."""
    near, far = Settings(identity={"a": "1"}), Settings(identity={"b": "2"})

    near.over(far)

    assert (dict(near.identity), dict(far.identity)) == ({"a": "1"}, {"b": "2"})


@pytest.mark.parametrize("value", ["30s", 5, {"scrape_interval": "15s"}])
def test_services_and_slos_take_settings_alone(value: object) -> None:
    """What is no Settings is refused where it is handed over."""
    message = r"settings is .*\n  allowed: Settings\(\.\.\.\)"

    with pytest.raises(InvalidValue, match=rf"Service\.{message}"):
        Service("s", settings=value)  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match=rf"SLO\.{message}"):
        SLO(
            service="s",
            name="n",
            objective="99%",
            window="30d",
            sli=Events(total="a", bad="b"),
            settings=value,  # type: ignore[arg-type]
        )


def test_services_leave_all_open() -> None:
    """A service without settings inherits everything."""
    assert Service("s").settings == Settings()


def test_settings_are_values() -> None:
    """Settings are equal wherever they were written, hashable and frozen."""
    made = Settings(scrape_interval="15s", identity={"env": "x"})

    assert made == Settings(scrape_interval=Duration("15s"), identity={"env": "x"})
    assert made == attrs.evolve(made, origin=Position("elsewhere.py", 1, 1))
    assert hash(made) == hash(Settings(scrape_interval="15s", identity={"env": "x"}))
    with pytest.raises(AttributeError, match=r"can't set attribute"):
        made.scrape_interval = Duration("1s")  # type: ignore[misc]
