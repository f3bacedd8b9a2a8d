"""Matchers of Alertmanager, as every version since 0.22 reads them.

Source: https://prometheus.io/docs/alerting/latest/configuration/#matcher
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from slogen.promql.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Collection

_SPECIAL = re.compile(r"[.*+?^$|(){}\[\]\\]")


def matcher(label: str, values: Collection[str]) -> str:
    r"""Return the matcher that a label has one of some values; the empty text stands for none.

    >>> print(matcher("severity", ["page"]), matcher("alertname", ["Burns", "a.b"]))
    severity="page" alertname=~"Burns|a\\.b"
    """
    if len(values) == 1:
        return f"{label}={quote(next(iter(values)))}"
    return f"{label}=~{quote('|'.join(map(_literal, values)))}"


def exists(label: str) -> str:
    """Return the matcher that a label is there.

    >>> exists("slo_id")
    'slo_id=~".+"'
    """
    return f'{label}=~".+"'


def _literal(text: str) -> str:
    """Return the regex that fits a text alone."""
    return _SPECIAL.sub(r"\\\g<0>", text)
