"""An SLO of every kind but counters with selectors, with a budget for each tenant."""

from slogen import SLO, AlertPolicy, ErrorRatio, Events, Latency, Service, TimeSlices, Up
from slogen.model import SLI

shop = Service("shop")


def slo(name: str, sli: SLI) -> SLO:
    """Return an SLO that differs from the others only in its indicator."""
    return SLO(
        id=name,
        service=shop,
        name=name,
        objective="99%",
        window="30d",
        group_by="tenant",
        sli=sli,
        alerts=AlertPolicy.none(),
    )


slos = [
    slo("fine", Latency(histogram='duration_seconds{job="shop"}', under="200ms")),
    slo("whole", Latency(histogram='duration_seconds{job="shop"}', under="1s")),
    slo("native", Latency(histogram='native_seconds{job="shop"}', under="1s", native=True)),
    slo("ratio", ErrorRatio(query='error_ratio{job="shop"}')),
    slo("up", Up(gauge='up{job="shop"}')),
    slo(
        "query",
        Events(
            total="rate(hits_total[$window]) + rate(misses_total[$window])",
            bad="rate(misses_total[$window])",
        ),
    ),
    *(
        slo(f"value {operator} 3", TimeSlices(query="value", good_when=f"{operator} 3"))
        for operator in ("<", "<=", ">", ">=", "==", "!=")
    ),
]
