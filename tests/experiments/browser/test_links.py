"""Links of dashboards lead to where a reader wants to go, or are found out."""

from __future__ import annotations

import pytest

from tests.experiments.browser.links import Links

RANGE = "from=now-6h&to=now"
LINKS = Links({"slo-shop": {"templating": {"list": [{"name": "slo"}, {"name": "datasource"}]}}})


@pytest.mark.parametrize(
    "href",
    [
        f"/d/slo-shop?var-slo=shop-availability&{RANGE}",
        f"/d/slo-shop/slos-of-shop?{RANGE}&timezone=utc",
        f"/d/slo-shop?var-slo=$__all&{RANGE}",
        "/explore?panes=%7B%22a%22%3A%7B%7D%7D&schemaVersion=1",
        "https://runbooks.example.com/shop",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(href: str) -> None:
    """A dashboard of the build with its variables and the time range, or a page on the web."""
    fault = LINKS.fault(href)

    assert not fault


@pytest.mark.parametrize(
    ("href", "fault"),
    [
        (f"/d/slo-cart?{RANGE}", "there is no dashboard slo-cart"),
        ("/d/slo-shop?var-slo=a", "does not keep the time range: no from and no to"),
        ("/d/slo-shop?from=now-6h&to=", "does not keep the time range: no to"),
        (f"/d/slo-shop?var-team=a&{RANGE}", "the dashboard has no variable for var-team"),
        (f"/d/slo-shop?slo=a&{RANGE}", "the dashboard has no variable for slo"),
        (f"/d/slo-shop?var-slo=&{RANGE}", "var-slo is empty"),
        (f"/d/slo-shop?var-slo=${{__data.fields.SLO}}&{RANGE}", "a variable was not replaced"),
        (f"/d/slo-shop?var-slo=%24slo&{RANGE}", "a variable was not replaced"),
        (f"/explore?{RANGE}", "no query to explore"),
        (f"/explore/metrics?{RANGE}", "neither a dashboard nor a page on the web"),
        ("runbooks.example.com/shop", "neither a dashboard nor a page on the web"),
        ("javascript:alert(1)", "neither a dashboard nor a page on the web"),
        ("https:///shop", "no host"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(href: str, fault: str) -> None:
    """Each way in which a link can fail its reader has its words."""
    found = LINKS.fault(href)

    assert found == fault


def test_a_menu_may_hand_on_variables_that_another_dashboard_lacks() -> None:
    """Grafana's menus of dashboards add all variables, and dashboards ignore unknown ones."""
    fault = LINKS.fault(f"/d/slo-shop?var-team=a&{RANGE}", in_menu=True)

    assert not fault
