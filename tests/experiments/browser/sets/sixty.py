"""Sixty SLOs: twelve services of three teams, some with the long names that real ones have."""

from slogen import SLO, Events, Selector, Service

TEAMS = ("team-platform", "team-customer-experience", "team-data")
NAMES = ("availability", "latency-p99", "quality", "throughput-of-batch-imports", "freshness")
OBJECTIVES = ("99.9%", "99%", "99.5%", "95%", "99.95%")
WINDOWS = ("7d", "3d")
SERVICES = (
    "accounts",
    "cart",
    "catalogue",
    "checkout",
    "customer-notification-gateway",
    "inventory",
    "orders",
    "payments",
    "pricing",
    "recommendations",
    "search",
    "shipping-label-printing",
)


def _slo(number: int) -> SLO:
    name, service = SERVICES[number // len(NAMES)], NAMES[number % len(NAMES)]
    requests = Selector(f'http_requests_total{{service="{name}",slo="{service}"}}')
    return SLO(
        service=Service(name, owner=TEAMS[number // len(NAMES) % len(TEAMS)]),
        name=service,
        objective=OBJECTIVES[number % len(OBJECTIVES)],
        window=WINDOWS[number % len(WINDOWS)],
        sli=Events(total=requests, bad=requests.where('code=~"5.."')),
        runbook=f"https://runbooks.example.com/{name}",
    )


slos = tuple(_slo(number) for number in range(len(SERVICES) * len(NAMES)))
