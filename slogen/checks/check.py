"""What a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from slogen.diagnostics import Code, Diagnostic
from slogen.plan import ResolvedSLO
from slogen.rules import SLORules


@attrs.frozen(kw_only=True)
class Check:
    """Something that is looked for in every SLO that compiles.

    Attributes:
        code: What its diagnostics are about.
        find: The function from an SLO with every choice made, and its rules, to diagnostics.
    """

    code: Code
    find: Callable[[ResolvedSLO, SLORules], Iterator[Diagnostic]]
