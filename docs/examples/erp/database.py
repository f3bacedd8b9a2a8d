"""The database: the queries that all other services wait for."""

from _erp import database

from slogen import SLO, Events, Selector

queries = Selector("database_queries_total")

availability = SLO(
    service=database,
    name="availability",
    objective="99.95%",
    window="30d",
    sli=Events(total=queries, good=queries.where('result="success"')),
    description="Database should be available 99.95% of the time",
)
