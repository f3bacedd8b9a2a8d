"""Alerts lead to the dashboard of their service, with the SLO and the group that are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from slogen import SLO, AlertPolicy, Events, Selector, Settings, build
from slogen.naming import Naming
from slogen.rules import AlertingRule

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUESTS = Selector("http_requests_total")
GRAFANA = Settings(grafana="https://grafana.example.com/")


def slo(**more: object) -> SLO:
    """Return an SLO with every alert."""
    arguments: dict[str, object] = {
        "service": "shop",
        "name": "availability",
        "objective": "99%",
        "window": "7d",
        "sli": Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
        "alerts": AlertPolicy(preset="standard", low=True, violated=True),
        **more,
    }
    return SLO(**arguments)  # type: ignore[arg-type]


def addresses(made: SLO, settings: Settings = GRAFANA) -> Iterator[str | None]:
    """Yield the dashboard address of each alert."""
    (rules,) = build(made, settings).rules
    for group in rules.groups:
        for rule in group.rules:
            if isinstance(rule, AlertingRule):
                yield rule.annotations.get("dashboard_url")


def test_every_alert_has_the_address_of_its_dashboard() -> None:
    """It opens the service's dashboard at the SLO, over the last hours."""
    assert set(addresses(slo())) == {
        "https://grafana.example.com/d/slo-shop?var-slo=shop-availability&from=now-6h&to=now"
    }


def test_no_address_of_grafana_means_no_link() -> None:
    """Without the setting alerts are as they were."""
    assert set(addresses(slo(), Settings())) == {None}


def test_a_group_is_chosen_where_the_alert_has_one() -> None:
    """Labels of the alert become variables of the dashboard, escaped for an address."""
    (address,) = set(addresses(slo(group_by=("tenant",))))

    assert address == (
        "https://grafana.example.com/d/slo-shop?var-slo=shop-availability"
        "{{ with $labels.tenant }}&var-by_tenant={{ . | urlquery }}{{ end }}&from=now-6h&to=now"
    )


def test_the_identity_is_chosen_too() -> None:
    """Behind one Thanos the link says which Prometheus is meant."""
    settings = Settings(grafana="https://g", identity={"env": "a&b"}, naming=Naming.sloth())

    assert set(addresses(slo(), settings)) == {
        "https://g/d/sloth-shop?var-slo=shop-availability&var-by_env=a%26b&from=now-6h&to=now"
    }


def test_an_address_of_ones_own_wins() -> None:
    """The annotation that a user writes is kept."""
    own = AlertPolicy(preset="standard", annotations={"dashboard_url": "https://mine"})

    assert set(addresses(slo(alerts=own))) == {"https://mine"}


@pytest.mark.parametrize("name", ["shop", "a{{b}}", "Ärger & Co", "x" * 60])
def test_the_address_is_that_of_a_dashboard_which_is_made(name: str) -> None:
    """The uid in an alert is the uid of a dashboard, and what it sets are its variables."""
    made = slo(service=name, id="id &=" + name)
    boards = build(made, GRAFANA).dashboards()
    (address,) = set(addresses(made))

    split = urlsplit((address or "").replace("{{ `{{` }}", "{{"))
    (uid,) = (key.rpartition("/")[2] for key in boards if key.endswith(split.path[3:]))
    query = parse_qs(split.query)
    variables = {one.name for one in boards[f"SLO/{uid}"].templating.list}
    assert {key.removeprefix("var-") for key in query if key.startswith("var-")} <= variables
    assert query["var-slo"] == ["id &=" + name]


def test_braces_of_an_address_are_no_template() -> None:
    """Prometheus gives them as they are, and runs nothing."""
    address = next(addresses(slo(), Settings(grafana="https://grafana.example.com/{{x}}")))

    assert address is not None
    assert '/{{"{"}}{{"{"}}x}}/d/' in address
