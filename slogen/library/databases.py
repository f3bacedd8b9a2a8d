"""Entries for Postgres, by postgres_exporter."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import attrs

from slogen.library.arguments import Age, LabelValue, Matchers, Share
from slogen.library.entry import Exporter, entry
from slogen.library.series import series
from slogen.model import Events, TimeSlices, Up
from slogen.units import Duration, number

Measured = Literal["lag", "last_replay"]

_POSTGRES = Exporter(
    of="postgres_exporter",
    source=("https://github.com/prometheus-community/postgres_exporter/tree/master/collector",),
    versions="postgres_exporter 0.11 on",
)
_REPLICATION = attrs.evolve(_POSTGRES, versions="postgres_exporter 0.14 on")


@entry(_POSTGRES, job="postgres")
def postgres_up(*, job: LabelValue, instance: LabelValue | None = None, where: Matchers = "") -> Up:
    """The time in which Postgres answers the exporter.

    ``up`` says that the exporter was scraped, also while the database is away: this reads
    ``pg_up``. Time without data is bad: an exporter that waits for the database may not answer in
    time.

    Args:
        job: The label ``job``.
        instance: The label ``instance``; all of them unless given.
        where: More matchers.
    """
    gauge = series("pg_up", {"job": job, "instance": instance}, where)
    return Up(gauge=gauge, when_missing="bad")


@entry(_POSTGRES, job="postgres", datname="shop")
def postgres_transactions(*, job: LabelValue, datname: LabelValue, where: Matchers = "") -> Events:
    """Transactions of a database; those that were rolled back are bad.

    A rollback is not always a failure: some applications roll back what they only read, and
    ``pg_dump`` does. Look at how many there are on a good day before you choose an objective. The
    exporter's own queries are among the transactions. No name here has ``_total``.

    Args:
        job: The label ``job``.
        datname: The name of the database.
        where: More matchers.
    """
    labels = {"job": job, "datname": datname}
    committed = series("pg_stat_database_xact_commit", labels, where)
    rolled_back = series("pg_stat_database_xact_rollback", labels, where)
    return Events(
        total=f"sum(rate({committed}[$window])) + sum(rate({rolled_back}[$window]))",
        bad=rolled_back,
        note="a rollback counts as bad, whoever asked for it",
    )


@entry(_POSTGRES, job="postgres", instance="db:9187", at_most="80%")
def postgres_connections(
    *, job: LabelValue, instance: LabelValue, at_most: Share, where: Matchers = ""
) -> TimeSlices:
    """The time in which Postgres has connections left.

    Postgres keeps some connections for superusers (``superuser_reserved_connections``, 3 by
    default): others are refused a little earlier.

    Args:
        job: The label ``job``.
        instance: The label ``instance``: each server has a limit of its own.
        at_most: Which part of ``max_connections`` may be in use, such as ``80%``.
        where: More matchers.
    """
    labels = {"job": job, "instance": instance}
    used = series("pg_stat_activity_count", labels, where)
    limit = series("pg_settings_max_connections", labels, where)
    return TimeSlices(
        query=f"sum({used}) / max({limit})", good_when=f"<= {number(Decimal(at_most))}"
    )


@entry(_REPLICATION, job="postgres", at_most="1m")
def postgres_replication_lag(
    *, job: LabelValue, at_most: Age, measured: Measured = "lag", where: Matchers = ""
) -> TimeSlices:
    """The time in which the slowest replica is not too far behind.

    The lag is 0 as soon as a replica has replayed all that it received: one that is cut off from
    its primary receives nothing, and reads as perfect. The age of the last replayed transaction
    shows that, but grows, too, while nobody writes. A primary reports 0 of both. Before 0.13 the
    lag was ``pg_replication_lag``, and 0.13 has it grow while nobody writes.

    Args:
        job: The label ``job``.
        at_most: How far behind a replica may be.
        measured: What is read: ``lag``, or ``last_replay``, from 0.17 on, for a primary that is
            written to all the time.
        where: More matchers.
    """
    lag = series(f"pg_replication_{measured}_seconds", {"job": job}, where)
    return TimeSlices(query=f"max({lag})", good_when=f"<= {number(Duration(at_most).seconds)}")
