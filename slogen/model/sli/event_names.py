"""What a metric counts, as people call it, where its name says so."""

from __future__ import annotations

import re

_NAMES = {
    "call": "calls",
    "check": "checks",
    "connection": "connections",
    "delivery": "deliveries",
    "job": "jobs",
    "login": "logins",
    "message": "messages",
    "order": "orders",
    "payment": "payments",
    "query": "queries",
    "request": "requests",
    "transaction": "transactions",
}
_UNKNOWN = "events"


def event_name(metric: str) -> str:
    """Return the plural of what a metric counts; ``events`` where its name does not say.

    The last word that names something counts: jobs make requests, and not the other way round.

    >>> event_name("http_requests_total"), event_name("http_request_duration_seconds")
    ('requests', 'requests')
    >>> event_name("job:http_queries:sum"), event_name("cache_hits_total")
    ('queries', 'events')
    """
    plurals = {**_NAMES, **dict(zip(_NAMES.values(), _NAMES.values(), strict=True))}
    words = re.split("[_:]", metric.lower())
    return next((plurals[word] for word in reversed(words) if word in plurals), _UNKNOWN)
