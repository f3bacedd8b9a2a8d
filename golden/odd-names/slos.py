"""Names, labels and descriptions that try to break out of their place."""

from slogen import SLO, Events, Selector, Service

requests = Selector(r'http_requests_total{path=~"/a\\.b/\"quoted\"|\\d+",note="%d {{ 1 }}"}')

slos = [
    SLO(
        service=Service(
            '../Zahlungen & "Ärger": {{ $labels.x }} #1',
            owner="on",
            tier="012",
            runbook="https://runbooks.example.com/{{$value}}",
            labels={"cost_center": "1e3", "note": "a: b # c", "empty": ""},
        ),
        name="`availability` 'n\" %q \\ 日本",
        objective="99.99%",
        window="28d",
        group_by="tenant",
        sli=Events(total=requests, bad=requests.where(r'code=~"5\\d{2}"')),
        description='Ends with a brace {\n\n- "list": {{ query "up" }}\nü 😀 \\n | tail',
    ),
]
