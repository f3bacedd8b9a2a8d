"""Every kind of SLI once."""

from slogen import SLO, ErrorRatio, Events, Latency, Selector, Service, TimeSlices, Up

shop = Service("shop")
requests = Selector('http_requests_total{job="shop"}')
indicators = {
    "bad": Events(total=requests, bad=requests.where('code=~"5.."')),
    "good": Events(total=requests, good=requests.where('code!~"5.."')),
    "query": Events(
        total="rate(cache_hits_total[$window]) + rate(cache_misses_total[$window])",
        bad="rate(cache_misses_total[$window])",
    ),
    "latency": Latency(histogram='http_request_duration_seconds{job="shop"}', under="250ms"),
    "latency-whole": Latency(histogram="rpc_duration_milliseconds", under="1s"),
    "latency-native": Latency(histogram="rpc_seconds", under="2.5ms", native=True),
    "error-ratio": ErrorRatio(query="probe_failure_ratio{job='blackbox'} # of all probes"),
    "time-slices": TimeSlices(
        query="time() - max(backup_last_success_timestamp_seconds)", good_when="<= 86400"
    ),
    "up": Up(gauge='up{job="shop"}'),
}
slos = [
    SLO(service=shop, name=name, objective="99%", window="30d", sli=sli)
    for name, sli in indicators.items()
]
