"""A code of gRPC is spelled as other metrics spell it, so that nothing has it.

There are several spellings: `DeadlineExceeded` of Go's middleware (`grpc_code`),
`DEADLINE_EXCEEDED` of gRPC's own metrics and of OpenTelemetry (`grpc_status`,
`rpc_response_status_code`), and `4` of older instrumentations (`rpc_grpc_status_code`). A matcher
in another spelling selects nothing, and the service reads as perfect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, read_by, selectors_of
from slogen.diagnostics import Code
from slogen.promql.regex_sets import values_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO
    from slogen.promql.selector import Matcher

_SPELLINGS = {
    "grpc_code": "camel",
    "grpc_status": "upper",
    "rpc_response_status_code": "upper",
    "rpc_grpc_status_code": "number",
}
"""How each label spells codes."""


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    for argument, source in read_by(slo.definition.sli):
        for selector in selectors_of(source):
            for matcher in selector.matchers:
                for written, right in _misspelled(matcher):
                    yield diagnostic_of(
                        slo,
                        argument,
                        source,
                        entry=CHECK.code,
                        found=f'no series has {matcher.label}="{written}"',
                        remedy=f'write "{right}", as {matcher.label} spells it',
                        part=str(matcher),
                    )


def _misspelled(matcher: Matcher) -> Iterator[tuple[str, str]]:
    """Yield codes that are not spelled as their label does it, with how it does."""
    if matcher.label not in _SPELLINGS:
        return
    from slogen.library.grpc_codes import CODES, spelled  # noqa: PLC0415 (start-up)

    right = {code: spelled(code, _SPELLINGS[matcher.label]) for code in CODES}
    meant = {code: code for code in CODES} | {spelled(code, "camel"): code for code in CODES}
    meant |= {str(number): code for number, code in enumerate(CODES)}
    meant |= {"CANCELED": "CANCELLED", "Cancelled": "CANCELLED"}
    is_regex = matcher.operator in {"=~", "!~"}
    for value in values_of(matcher.value) if is_regex else (matcher.value,):
        if value in meant and value != right[meant[value]]:
            yield value, right[meant[value]]


CHECK = Check(
    code=Code.warning(
        "grpc-code-spelling", "a code of gRPC is spelled as another metric does", doc=__doc__
    ),
    find=_find,
)
