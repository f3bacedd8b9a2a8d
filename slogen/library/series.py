"""Selectors of known metrics, made of labels' values and of what a user adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.promql.selector import Matcher, Selector, braced

if TYPE_CHECKING:
    from collections.abc import Mapping


def series(
    metric: str, labels: Mapping[str, str | None], where: str = "", fixed: str = ""
) -> Selector:
    """Return the selector of a metric.

    >>> print(series("requests_total", {"job": "shop", "pod": None}, 'code!="404"', 'le="1"'))
    requests_total{job="shop",code!="404",le="1"}

    Args:
        metric: Its name.
        labels: Values of labels; None leaves a label open.
        where: Matchers that the user adds.
        fixed: Matchers without which the metric would say something else.
    """
    given = tuple(Matcher(label, "=", value) for label, value in labels.items() if value)
    selected = Selector(f"{metric}{braced(given)}")
    for conditions in filter(None, (where, fixed)):
        selected = selected.where(conditions)
    return selected
