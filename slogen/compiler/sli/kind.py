"""What the compiler knows of a kind of SLI."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from slogen.plan import ResolvedSLO
from slogen.promql.expr import Binary, Expr, call
from slogen.units import Duration


def no_conditions(_slo: ResolvedSLO, _sli: Any, _by: tuple[str, ...]) -> tuple[Expr, ...]:  # noqa: ANN401 (any kind)
    """Return no condition: the SLI has one source, which is seen or not as a whole."""
    return ()


def share_of_events(_sli: Any, errors: Expr, events: Expr, _window: Duration) -> Expr:  # noqa: ANN401 (any kind)
    """Return the part of the events of a window that is bad.

    ``clamp(E / (N > 0), 0, 1)``
    """
    return call("clamp", share_of_seen(errors, events), 0, 1)


def share_of_time(_sli: Any, errors: Expr, events: Expr, window: Duration) -> Expr:  # noqa: ANN401 (any kind)
    """Return the part of a window's time that is bad: what was not seen of it counts as good.

    ``E / clamp_min(N, 3600)``: in Prometheus 2 a window sees one evaluation more than it is long.
    """
    return errors / call("clamp_min", events, window.seconds)


def share_of_seen(errors: Expr, events: Expr) -> Binary:
    """Return the part of what was seen of a window that is bad.

    ``E / (N > 0)``
    """
    return errors / (events > 0)


@attrs.frozen(kw_only=True)
class Kind:
    """How a kind of SLI is compiled.

    Attributes:
        series: From an SLO and its SLI to the expressions of events and errors, each as many as
            there were since the evaluation before.
        share: From an SLI, the sums of errors and events of a window of at most 6h, and the
            window's length to the error ratio.
        conditions: What has to hold besides before a burn-rate alert may fire, from an SLO, its
            SLI and the labels by which the alert's sides are joined.
    """

    series: Callable[[ResolvedSLO, Any], tuple[Expr, Expr]]
    share: Callable[[Any, Expr, Expr, Duration], Expr] = share_of_events
    conditions: Callable[[ResolvedSLO, Any, tuple[str, ...]], tuple[Expr, ...]] = no_conditions
