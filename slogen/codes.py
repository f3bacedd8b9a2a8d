"""The registry of codes: every diagnostic that slogen can give is about one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import checks, errors
from slogen.formats import codes as formats
from slogen.lint import codes as lint
from slogen.live import checks as live_checks
from slogen.live import errors as live
from slogen.review.comparison import codes as review
from slogen.targets import codes as targets
from slogen.trial import codes as trial

if TYPE_CHECKING:
    from slogen.diagnostics import Code

CODES: tuple[Code, ...] = (
    *errors.CODES,
    *formats.CODES,
    *checks.CODES,
    *lint.CODES,
    *review.CODES,
    *targets.CODES,
    *trial.CODES,
    *live.CODES,
    *live_checks.CODES,
)
"""All codes, errors first."""
