"""The series in which Prometheus itself records alerts."""

from __future__ import annotations

from slogen import naming
from slogen.promql.expr import Aggregation, Series
from slogen.promql.selector import Matcher


def any_alert() -> Aggregation:
    """Return 1 if there is an alert of any kind, whether it fires or waits.

    >>> from slogen.promql.printer import text
    >>> text(any_alert())
    'group(ALERTS)'
    """
    return Aggregation("group", (), Series(naming.ALERT_SERIES, ()))


def firing(*matchers: Matcher) -> Series:
    """Return the alerts that fire and that satisfy matchers; those that wait are left out.

    >>> from slogen.promql.printer import text
    >>> text(firing(Matcher("severity", "=", "page")))
    'ALERTS{alertstate="firing",severity="page"}'
    """
    return Series(
        naming.ALERT_SERIES, (Matcher(naming.ALERT_STATE_LABEL, "=", naming.FIRING), *matchers)
    )
