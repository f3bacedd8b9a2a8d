"""What a check of a running server is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from slogen.diagnostics import Code, Diagnostic
from slogen.live.checks.view import ServerView, Subject


@attrs.frozen(kw_only=True)
class LiveCheck:
    """Something that a running server is asked about each SLO.

    Attributes:
        code: What its diagnostics are about.
        find: The function from an SLO with its rules, and the server, to diagnostics.
    """

    code: Code
    find: Callable[[Subject, ServerView], Iterator[Diagnostic]]
