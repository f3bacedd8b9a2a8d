"""Which series of hours belong to which base series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming

if TYPE_CHECKING:
    from collections.abc import Mapping

SUM_OF_HOUR: Mapping[str, str] = {
    naming.ERRORS_INCREASE: naming.ERRORS_SUM,
    naming.EVENTS_INCREASE: naming.EVENTS_SUM,
}
"""What an hour counted, recorded once; by base series."""
OPEN: Mapping[str, str] = {
    naming.ERRORS_INCREASE: naming.ERRORS_OPEN,
    naming.EVENTS_INCREASE: naming.EVENTS_OPEN,
}
"""What no hour holds yet, likewise."""
