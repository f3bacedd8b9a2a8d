"""The states that an error budget is in, by the part of it that is left."""

from __future__ import annotations

from decimal import Decimal

HEALTHY_ABOVE = Decimal("0.25")
"""A budget of which more is left is healthy; low is what is left at most."""
CRITICAL_FROM = Decimal("0.1")
"""A budget of which no more is left is critical, and exhausted from 0 on."""
