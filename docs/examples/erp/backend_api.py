"""The backend API: its requests, and the business processes that run on it."""

from _erp import alerts, backend_api

from slogen import SLO, Events, Latency, Selector, TimeSlices

requests = Selector('http_requests_total{service="backend-api"}')

availability = SLO(
    service=backend_api,
    name="availability",
    objective="99.9%",
    window="30d",
    sli=Events(total=requests, bad=requests.where('code=~"5.."')),
    alerts=alerts("AvailabilitySLOViolation"),
    description="Backend API should be available 99.9% of the time",
)

latency = SLO(
    service=backend_api,
    name="latency",
    objective="95%",
    window="30d",
    sli=Latency(
        histogram='http_request_duration_seconds{service="backend-api"}',
        under="200ms",
    ),
    alerts=alerts("LatencySLOViolation"),
    description="95% of backend API requests should complete within 200ms",
)

quality = SLO(
    service=backend_api,
    name="quality",
    objective="99%",
    window="30d",
    sli=Events(total=requests, bad=requests.where('code=~"[45].."')),
    alerts=alerts("ErrorRateSLOViolation"),
    description="Backend API error rate should be less than 1%",
)


def business_process(process: str, name: str, objective: str, description: str) -> SLO:
    """Return the SLO of a business process: how many of its runs succeed."""
    runs = Selector(f'business_process_total{{process="{process}",service="backend-api"}}')
    return SLO(
        id=name,
        service=backend_api,
        name=name,
        objective=objective,
        window="7d",
        sli=Events(total=runs, good=runs.where('result="success"')),
        alerts=alerts("ErrorRateSLOViolation"),
        description=description,
    )


processes = (
    business_process(
        "user_registration",
        "user-registration-success",
        "99%",
        "User registration should succeed 99% of the time",
    ),
    business_process(
        "task_creation",
        "task-creation-success",
        "99.5%",
        "Task creation should succeed 99.5% of the time",
    ),
)

# The ERP has the two indicators below, but no objectives for them: the numbers are examples.
throughput = SLO(
    service=backend_api,
    name="throughput",
    objective="99%",
    window="30d",
    sli=TimeSlices(
        query='sum(rate(http_requests_total{service="backend-api",code!~"5.."}[$window]))',
        good_when=">= 1",
    ),
    alerts=alerts(),
    description="Backend API should serve a request per second 99% of the time",
)

saturation = SLO(
    service=backend_api,
    name="saturation",
    objective="99%",
    window="30d",
    sli=TimeSlices(
        query="""
            avg(cpu_usage_percent{service="backend-api"})
            > avg(memory_usage_percent{service="backend-api"})
            or avg(memory_usage_percent{service="backend-api"})
        """,
        good_when="<= 80",
    ),
    alerts=alerts(),
    description="CPU and memory should be at most 80% used for 99% of the time",
)
