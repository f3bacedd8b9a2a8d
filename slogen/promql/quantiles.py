"""Queries for a quantile of a histogram."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs
import promql_parser

from slogen.promql.counted_sums import counted_sum_of
from slogen.promql.selector import Selector, braced
from slogen.promql.trees import bare, tree_of

if TYPE_CHECKING:
    from slogen.promql.query import Query

_BUCKET, _FUNCTION = "_bucket", "histogram_quantile"


@attrs.frozen
class Quantile:
    """A quantile of a histogram.

    Attributes:
        part: The part of the observations that lies below it.
        histogram: The histogram, without ``_bucket``.
    """

    part: Decimal
    histogram: Selector


def quantile(query: Query) -> Quantile | None:
    """Return the quantile that a query asks for; None where it asks for something else.

    >>> from slogen.promql.query import Query
    >>> found = quantile(Query("histogram_quantile(0.95, rate(rpc_seconds_bucket[$window]))"))
    >>> str(found.histogram), found.part
    ('rpc_seconds', Decimal('0.95'))
    """
    node = bare(tree_of(query))
    if not isinstance(node, promql_parser.Call) or node.func.name != _FUNCTION:
        return None
    part, buckets = bare(node.args[0]), counted_sum_of(node.args[1])
    if not isinstance(part, promql_parser.NumberLiteral) or buckets is None:
        return None
    selector = buckets.terms[0].selector
    if len(buckets.terms) > 1 or not selector.metric.endswith(_BUCKET):
        return None
    name = selector.metric.removesuffix(_BUCKET)
    return Quantile(Decimal(repr(part.val)), Selector(f"{name}{braced(selector.matchers)}"))
