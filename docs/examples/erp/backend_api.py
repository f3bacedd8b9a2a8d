"""The backend API: its requests, and the business processes that run on it."""

from _erp import backend_api

from slogen import SLO, Events, Selector

requests = Selector('http_requests_total{service="backend-api"}')

availability = SLO(
    service=backend_api,
    name="availability",
    objective="99.9%",
    window="30d",
    sli=Events(total=requests, bad=requests.where('code=~"5.."')),
    description="Backend API should be available 99.9% of the time",
)

quality = SLO(
    service=backend_api,
    name="quality",
    objective="99%",
    window="30d",
    sli=Events(total=requests, bad=requests.where('code=~"[45].."')),
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
