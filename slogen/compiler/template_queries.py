"""Pieces of templates that ask the server for values, while it renders an alert.

A template cannot calculate, but PromQL can: each piece is a query whose result is printed, or
nothing at all where there is no result. The values of the group's labels are put in as quoted
strings, so that they may hold anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.promql.expr import Aggregation, Expr, Series, Text, call
from slogen.promql.printer import text
from slogen.promql.quoting import quote
from slogen.promql.selector import Matcher
from slogen.recorded.series import recorded
from slogen.templates import string
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.plan import ResolvedSLO
    from slogen.units import Duration

_STANDS_FOR = "\0"
"""Begins what stands for a value that is put in: no string that is quoted can hold it."""

VALUE = Text(f"{_STANDS_FOR}value", is_atomic=True)
"""The alert's own value."""

PERCENTAGE = '{{ . | first | value | printf "%.3g" }}%'
WHOLE_PERCENTAGE = '{{ . | first | value | printf "%.0f" }}%'
MOMENT = '{{ (. | first | value | toTime).Format "2006-01-02 15:04" }} UTC'
"""How the first sample of a result is printed. Moments are in UTC, to the minute."""


def where(pipeline: str, shown: str) -> str:
    """Return what is shown where a query gives a result; nothing is shown elsewhere."""
    return f"{{{{ with {pipeline} }}}}{shown}{{{{ end }}}}"


def asked(slo: ResolvedSLO, expr: Expr) -> str:
    """Return the pipeline that asks for an expression of the alert's value and group.

    printf `100 * max(slo:sli_error:ratio_period{slo_id="x",tenant=%q})` $labels.tenant | query
    """
    query = _on_one_line(expr)
    labels = slo.definition.group_by
    verbs = [(VALUE.text, "g", "$value")]
    verbs += [(quote(_STANDS_FOR + label), "q", f"$labels.{label}") for label in labels]
    used = [verb for verb in verbs if verb[0] in query]
    if not used:
        return f"query {string(query)}"
    is_single = len(used) == 1 and query.count(used[0][0]) == 1
    pattern = query.replace("%", "%%")
    for position, (placeholder, letter, _) in enumerate(used, 1):
        verb = f"%{letter}" if is_single else f"%[{position}]{letter}"
        pattern = pattern.replace(placeholder, verb)
    arguments = " ".join(argument for *_, argument in used)
    return f"printf {string(pattern)} {arguments} | query"


def calculated(slo: ResolvedSLO, expr: Expr) -> str:
    """Return the pipeline that calculates with the alert's value: it always has a result.

    printf `vector(0.1 * %g)` $value | query
    """
    return asked(slo, call("vector", expr))


def of_group(slo: ResolvedSLO, metric: str) -> Aggregation:
    """Return the newest sample of a recorded series of the alert's own group.

    max(slo:period_coverage:ratio{slo_id="x",tenant="a"})
    """
    series = recorded(slo, metric)
    matchers = (*series.matchers, *_group(slo))
    return Aggregation("max", (), Series(metric, matchers))


def active_since(slo: ResolvedSLO, alert: str, labels: Mapping[str, str]) -> Aggregation:
    """Return when an alert became active, by what Prometheus itself records; of two, the earlier.

    min(ALERTS_FOR_STATE{alertname="SLOBurnRatePage",slo_id="x",slo_window="1h",tenant="a"})

    Prometheus records it of every alert, with and without a delay, from its second evaluation on.
    """
    own = recorded(slo, naming.ACTIVE_SINCE).matchers
    of_alert = (Matcher(label, "=", value) for label, value in labels.items())
    named = Matcher(naming.ALERT_LABEL, "=", alert)
    matchers = (named, *own, *of_alert, *_group(slo))
    return Aggregation("min", (), Series(naming.ACTIVE_SINCE, matchers))


def age(slo: ResolvedSLO) -> Expr:
    """Return for how many seconds the group has existed; the SLO's window is the most."""
    return of_group(slo, naming.COVERAGE) * slo.period.seconds


def over(slo: ResolvedSLO, window: Duration) -> str:
    """Return over how long something was seen: the window, or the life of a younger group.

    Nothing is said where the age is not recorded.
    """
    seconds = number(window.seconds)
    limit = seconds if "." in seconds else f"{seconds}.0"  # Go does not compare with an integer.
    young = " over its first {{ humanizeDuration $age }}"
    return where(
        asked(slo, call("round", age(slo))),
        "{{ $age := . | first | value }}"
        f"{{{{ if lt $age {limit} }}}}{young}{{{{ else }}}} over {window}{{{{ end }}}}",
    )


def _group(slo: ResolvedSLO) -> tuple[Matcher, ...]:
    return tuple(Matcher(label, "=", _STANDS_FOR + label) for label in slo.definition.group_by)


def _on_one_line(expr: Expr) -> str:
    """Return an expression without the line breaks of the printer, which break no string."""
    query, *lines = (line.strip() for line in text(expr).split("\n"))
    for line in lines:
        query += line if query.endswith("(") or line.startswith(")") else f" {line}"
    return query
