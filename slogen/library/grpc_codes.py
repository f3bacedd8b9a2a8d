"""The status codes of gRPC, the four ways in which metrics spell them, and whose fault they are."""

from __future__ import annotations

from typing import Literal

Spelling = Literal["camel", "upper", "number"]
Fault = Literal["opentelemetry", "linkerd", "client_deadlines", "not_ok"]
"""By whose word a code is the server's fault; `BAD` says what each means."""

CODES = (
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
)
"""The codes by their numbers, as gRPC's core defines them (doc/statuscodes.md)."""
_OPENTELEMETRY = (
    "UNKNOWN",
    "DEADLINE_EXCEEDED",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
)
BAD: dict[str, tuple[str, ...]] = {
    "opentelemetry": _OPENTELEMETRY,
    "linkerd": tuple(code for code in _OPENTELEMETRY if code != "UNIMPLEMENTED"),
    "client_deadlines": tuple(code for code in _OPENTELEMETRY if code != "DEADLINE_EXCEEDED"),
    "not_ok": CODES[1:],
}
"""The codes that count as bad: by OpenTelemetry's conventions for servers, by Linkerd, without
those of deadlines that clients choose too short, and all but OK."""
_DISPUTED = ("DEADLINE_EXCEEDED", "UNIMPLEMENTED", "RESOURCE_EXHAUSTED")
"""The codes about which those who have a list disagree, and the one that limits give."""


def spelled(code: str, spelling: str) -> str:
    """Return a code in the spelling of a metric.

    Go's middleware writes the names of Go's constants, of which one lacks an L.

    >>> [spelled("DEADLINE_EXCEEDED", way) for way in ("camel", "upper", "number")]
    ['DeadlineExceeded', 'DEADLINE_EXCEEDED', '4']
    >>> spelled("CANCELLED", "camel"), spelled("OK", "camel")
    ('Canceled', 'OK')
    """
    if spelling == "number":
        return str(CODES.index(code))
    if spelling == "upper" or code == "OK":
        return code
    return "Canceled" if code == "CANCELLED" else code.replace("_", " ").title().replace(" ", "")


def bad_codes(fault: str, limited: str) -> tuple[str, ...]:
    """Return the codes that count as bad, with RESOURCE_EXHAUSTED where limits do."""
    codes = BAD[fault]
    more = () if limited != "bad" or "RESOURCE_EXHAUSTED" in codes else ("RESOURCE_EXHAUSTED",)
    return tuple(code for code in CODES if code in (*codes, *more))


def in_words(fault: str, limited: str) -> str:
    """Return what was chosen, for the text of alerts.

    >>> print(in_words("linkerd", "good"))
    fault by linkerd: DEADLINE_EXCEEDED is bad, UNIMPLEMENTED is good, RESOURCE_EXHAUSTED is good
    """
    bad = bad_codes(fault, limited)
    said = (f"{code} is {'bad' if code in bad else 'good'}" for code in _DISPUTED)
    return f"fault by {fault}: {', '.join(said)}"
