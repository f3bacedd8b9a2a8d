"""What nobody maintains any more, by what the names of its metrics begin with."""

from __future__ import annotations

INGRESS_NGINX = "nginx_ingress_controller_"
RETIRED = {INGRESS_NGINX: "ingress-nginx is retired since March 2026: no release follows"}


def retired(metric: str) -> str:
    """Return why nobody should begin to use what a metric comes from; empty if that is not so.

    >>> retired("nginx_ingress_controller_requests"), retired("requests_total")
    ('ingress-nginx is retired since March 2026: no release follows', '')
    """
    return next((why for begin, why in RETIRED.items() if metric.startswith(begin)), "")
