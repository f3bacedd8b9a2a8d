"""SLOs, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slogen import SLO, Events, Selector, Service, build

if TYPE_CHECKING:
    from slogen.review.explanation.meaning import Explanation

REQUESTS = Selector('http_requests_total{job="shop"}')
EVENTS = Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."'))


def explained(traffic: int | None = None, **said: Any) -> Explanation:  # noqa: ANN401 (of an SLO)
    """Return what an SLO of 99.9 % in 30 days means, unless something else is said."""
    usual = {
        "service": Service("shop"),
        "name": "availability",
        "objective": "99.9%",
        "window": "30d",
        "sli": EVENTS,
    }
    slo = SLO(**{**usual, **said})
    return build(slo).explain(slo.id, traffic)
