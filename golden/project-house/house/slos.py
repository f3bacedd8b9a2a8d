"""Two objectives: one says who answers for it, the other leaves it to the project."""

from slogen import SLO, Events, Selector

requests = Selector('http_requests_total{job="shop"}')
answers = Selector('http_requests_total{job="api"}')

shop = SLO(
    service="shop",
    name="availability",
    objective="99.9%",
    window="30d",
    sli=Events(total=requests, bad=requests.where('code=~"5.."')),
    owner="team-shop",
    runbook="https://runbooks.example.com/shop",
)
api = SLO(
    service="api",
    name="availability",
    objective="99%",
    window="30d",
    sli=Events(total=answers, bad=answers.where('code=~"5.."')),
)
