"""A bank: twelve SLOs, three of them with a budget for each of 25 tenants, and long names.

What happened to them stands in `tests.experiments.browser.cases`: one SLO is silent, one was never
measured, one is forty minutes old, one has spent its budget.
"""

from typing import Any

from slogen import SLO, Events, Latency, Selector, Service

TENANTS = (
    *(f"tenant-{number:02}" for number in range(1, 25)),
    "international-private-banking-clients-of-the-second-branch-a",
)
"""The last one has a name of sixty characters."""


def _requests(job: str) -> Events:
    every = Selector(f'http_requests_total{{job="{job}"}}')
    return Events(total=every, bad=every.where('code=~"5.."'))


def _slo(service: Service, name: str, **more: Any) -> SLO:  # noqa: ANN401 (of an SLO)
    requests = _requests(f"{service.name}-{name}"[:30])
    given: dict[str, Any] = {"objective": "99.9%", "window": "7d", "sli": requests} | more
    return SLO(service=service, name=name, **given)


payments = Service("payments", owner="team-payments", runbook="https://runbooks.example.com/pay")
accounts = Service("accounts", owner="team-accounts")
cards = Service("cards", owner="team-cards-issuing-and-acquiring")
reporting = Service("regulatory-reporting-and-statement-generation-for-all-branch")

slos = (
    _slo(payments, "availability", group_by=["tenant"]),
    _slo(payments, "settlement", objective="99.5%", group_by=["tenant"]),
    _slo(
        payments,
        "latency",
        objective="95%",
        sli=Latency(histogram='http_request_duration_seconds{job="payments"}', under="200ms"),
    ),
    _slo(accounts, "availability", group_by=["tenant"]),
    _slo(accounts, "opening", objective="99%"),
    _slo(
        accounts,
        "statements-of-accounts-are-sent-before-the-working-day-begins",
        id="accounts-statements",
    ),
    _slo(cards, "authorisation", objective="99.95%"),
    _slo(cards, "issuing"),
    _slo(cards, "disputes", objective="99%"),
    _slo(reporting, "availability", id="reporting-availability"),
    _slo(
        reporting,
        "nightly-reports-reach-the-supervisor-before-eight-on-all-days",
        id="reporting-nightly",
    ),
    _slo(reporting, "freshness", id="reporting-freshness", objective="98%"),
)
