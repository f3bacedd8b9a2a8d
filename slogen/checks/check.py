"""What a check is, and what it raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs

from slogen.checks.given import Given
from slogen.diagnostics import Code, Diagnostic
from slogen.errors import InputError
from slogen.plan import ResolvedSLO


@attrs.frozen(kw_only=True)
class Check:
    """Something that is looked for in every SLO that compiles.

    Attributes:
        code: What its diagnostics are about.
        find: The function from an SLO with every choice made, and how many rules each of its groups
            has, to diagnostics.
    """

    code: Code
    find: Callable[[ResolvedSLO, tuple[int, ...]], Iterator[Diagnostic]]


@attrs.frozen(kw_only=True)
class BuildCheck:
    """Something that is looked for in all SLOs of a build together.

    Attributes:
        code: What its diagnostics are about.
        find: The function from the SLOs, with every choice made, to diagnostics.
        is_of_house: Whether it is about the order of a house, such as owners: a build is silent
            about that.
        sum_up: What a build says in place of all that is found, where that is too much.
    """

    code: Code
    find: Callable[[Sequence[ResolvedSLO]], Iterator[Diagnostic]]
    is_of_house: bool = False
    sum_up: Callable[[Sequence[ResolvedSLO]], Iterator[Diagnostic]] | None = None


@attrs.frozen(kw_only=True)
class GivenCheck:
    """Something that is looked for where a user gives facts about traffic and servers.

    Attributes:
        code: What its diagnostics are about.
        find: The function from an SLO with every choice made, and the facts, to diagnostics.
    """

    code: Code
    find: Callable[[ResolvedSLO, Given], Iterator[Diagnostic]]


@attrs.define(eq=False, str=False)
class RefusedByCheck(InputError):
    """A check found what cannot work, though each part of it is right by itself.

    Attributes:
        finding: What the check found, with the code of the check.
    """

    finding: Diagnostic

    @property
    def code(self) -> str:
        """The name of the check's code."""
        return self.finding.code

    @property
    def diagnostic(self) -> Diagnostic:
        """What the check found."""
        return self.finding
