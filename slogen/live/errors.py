"""What can go wrong between slogen and a Prometheus; each ends with exit code 4.

    SlogenError
    └── ServerError            the server gave no answer that can be used
        ├── ServerUnreachable  no connection, no answer in time, or a connection that broke
        ├── ServerRefused      the credentials are wrong, or not enough
        ├── ServerBusy         it refused every try for now
        ├── WrongServer        something answers that is no Prometheus, or another one
        ├── AnswerTooLarge     the answer is larger than slogen reads
        └── QueryFailed        Prometheus refused a query

No message holds a password or a token: addresses are shown without what stands before ``@``.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.diagnostics import Code, Diagnostic
from slogen.errors import SlogenError
from slogen.exits import Exit


@attrs.define(eq=False, str=False)
class ServerError(SlogenError):
    """The server gave no answer that can be used.

    Attributes:
        server: Its address, without credentials.
        reason: What was found.
        remedy: What to do, a line each.
        allowed: What would be an answer.
    """

    entry: ClassVar[Code] = Code.error(
        "server", "anything else is wrong with a Prometheus", Exit.UNDECIDED
    )

    server: str
    reason: str
    remedy: str = ""
    allowed: str = attrs.field(default="", kw_only=True)

    @property
    def diagnostic(self) -> Diagnostic:
        """Which server it is, and why it is of no use."""
        return Diagnostic(
            entry=self.entry,
            found=f"{self.server} {self.reason}",
            allowed=self.allowed,
            remedy=self.remedy,
        )


class ServerUnreachable(ServerError):
    """There is no connection, it broke, or the answer did not come in time."""

    entry: ClassVar[Code] = Code.error(
        "server-unreachable", "a Prometheus does not answer", Exit.UNDECIDED
    )


class ServerRefused(ServerError):
    """The server asks for other credentials."""

    entry: ClassVar[Code] = Code.error(
        "server-refused", "a Prometheus asks for other credentials", Exit.UNDECIDED
    )


class ServerBusy(ServerError):
    """The server refused every try, and says that it would not do so for ever."""

    entry: ClassVar[Code] = Code.error(
        "server-busy", "a Prometheus has no time, or fails for now", Exit.UNDECIDED
    )


class WrongServer(ServerError):
    """What answers is no Prometheus, or one that knows nothing of the SLOs."""

    entry: ClassVar[Code] = Code.error(
        "wrong-server", "the server is no Prometheus, or records none of the SLOs", Exit.UNDECIDED
    )


class AnswerTooLarge(ServerError):
    """The answer is larger than slogen reads."""

    entry: ClassVar[Code] = Code.error(
        "answer-too-large", "an answer is larger than slogen reads", Exit.UNDECIDED
    )


class QueryFailed(ServerError):
    """Prometheus refused a query, in its own words."""

    entry: ClassVar[Code] = Code.error(
        "query-failed", "a Prometheus refused a query", Exit.UNDECIDED
    )


CODES: tuple[Code, ...] = tuple(
    error.entry
    for error in (
        ServerUnreachable,
        ServerRefused,
        ServerBusy,
        WrongServer,
        AnswerTooLarge,
        QueryFailed,
        ServerError,
    )
)
"""What these errors are about."""
