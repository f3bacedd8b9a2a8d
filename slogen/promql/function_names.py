"""The names of PromQL's functions and aggregations: what a misspelt one could mean.

promql-parser knows them, and does not list them. Those that Prometheus 2.42 lacks are left out.
Sources: https://prometheus.io/docs/prometheus/latest/querying/functions/ and ../operators/
"""

from __future__ import annotations

import re

from slogen.spelling import did_you_mean

_NAMES = """
    avg bottomk count count_values group max min quantile stddev stdvar sum topk

    abs absent absent_over_time acos acosh asin asinh atan atanh avg_over_time ceil changes clamp
    clamp_max clamp_min cos cosh count_over_time day_of_month day_of_week day_of_year days_in_month
    deg delta deriv exp floor histogram_count histogram_fraction histogram_quantile histogram_sum
    hour idelta increase irate label_join label_replace last_over_time ln log10 log2 max_over_time
    min_over_time minute month pi predict_linear present_over_time quantile_over_time rad rate
    resets round scalar sgn sin sinh sort sort_desc sqrt stddev_over_time stdvar_over_time
    sum_over_time tan tanh time timestamp vector year
"""
FUNCTIONS = tuple(_NAMES.split())
"""Aggregations first."""
_UNKNOWN = re.compile(r"unknown function with name '(\w+)'")


def function_remedy(reason: str) -> str:
    """Return which function could be meant, where a parser's reason is that it knows none.

    >>> function_remedy("not PromQL: unknown function with name 'raet'")
    'did you mean "rate"?'
    """
    match = _UNKNOWN.search(reason)
    return did_you_mean(match[1].lower(), FUNCTIONS) if match else ""
