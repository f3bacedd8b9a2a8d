"""The database: the queries that all other services wait for, and how fresh its data are."""

from _erp import alerts, database

from slogen import SLO, Events, Latency, Selector, TimeSlices

queries = Selector("database_queries_total")

availability = SLO(
    service=database,
    name="availability",
    objective="99.95%",
    window="30d",
    sli=Events(total=queries, good=queries.where('result="success"')),
    alerts=alerts("AvailabilitySLOViolation"),
    description="Database should be available 99.95% of the time",
)

latency = SLO(
    service=database,
    name="latency",
    objective="95%",
    window="30d",
    sli=Latency(histogram="database_query_duration_seconds", under="100ms"),
    alerts=alerts("LatencySLOViolation"),
    description="95% of database queries should complete within 100ms",
)

user_data_freshness = SLO(
    id="user-data-freshness",
    service=database,
    name="user-data-freshness",
    objective="80%",
    window="24h",
    sli=TimeSlices(
        query='time() - max(data_last_updated_timestamp{source="user_data",service="database"})',
        good_when="<= 300",
    ),
    # 2 % of a day's budget in an hour would be less than it may spend all the time.
    alerts=alerts(in_an_hour="15%", in_six_hours="50%"),
    description="User data should be refreshed within 5 minutes",
)

# The ERP has this indicator, but no objective for it: the numbers are an example.
saturation = SLO(
    service=database,
    name="saturation",
    objective="99%",
    window="30d",
    sli=TimeSlices(
        query="avg(database_connection_pool_used / (database_connection_pool_max > 0))",
        good_when="<= 0.8",
    ),
    alerts=alerts(),
    description="At most 80% of the database connections should be in use for 99% of the time",
)
