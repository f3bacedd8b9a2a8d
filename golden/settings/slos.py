"""Every setting, on a service and on one of its SLOs."""

from slogen import SLO, Events, Selector, Service, Settings
from slogen.naming import Naming

requests = Selector("http_requests_total")
sli = Events(total=requests, bad=requests.where('code=~"5.."'))
shop = Service(
    "shop",
    owner="team-shop",
    settings=Settings(
        scrape_interval="15s",
        prometheus="3.5",
        naming=Naming.sloth(),
        identity={"environment": "prod"},
        severities={"page": "critical", "ticket": "warning"},
        alert_names={"SLOBurnRatePage": "ErrorBudgetBurnFast"},
        alert_labels={"category": "slo"},
        alert_annotations={"dashboard_url": "https://grafana.example.com/d/slo"},
    ),
)
fast = SLO(
    service=shop,
    name="fast",
    objective="99%",
    window="30d",
    sli=sli,
    settings=Settings(offset="1m"),
)
late = SLO(
    service=shop,
    name="late",
    objective="99%",
    window="30d",
    sli=sli,
    settings=Settings(
        scrape_interval="1m",
        base_range="5m",
        fast_interval="30s",
        slow_interval="1m",
        query_offset="2m",
    ),
)
