"""An offset for late data cannot reach into a free query."""

from slogen import SLO, Service, Settings, TimeSlices

slo = SLO(
    service=Service("shop", settings=Settings(offset="1m")),
    name="backup",
    objective="99%",
    window="7d",
    sli=TimeSlices(query="time() - max(backup_timestamp_seconds)", good_when="< 86400"),
)
