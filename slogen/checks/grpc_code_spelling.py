"""A code of gRPC is spelled as other metrics spell it, so that nothing has it.

gRPC's codes have several spellings. Go's middleware writes `DeadlineExceeded`; Java's writes
`DEADLINE_EXCEEDED` (`grpc_code`), as do gRPC's own metrics and OpenTelemetry (`grpc_status`,
`rpc_response_status_code`). Linkerd (`grpc_status`), Istio (`grpc_response_status`) and older
instrumentations (`rpc_grpc_status_code`) write `4`. A matcher with another spelling selects
nothing, so the service looks perfect. slogen says nothing about a list that also has a right
spelling, because it may be meant for several metrics.
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
    "grpc_code": ("camel", "upper"),
    "grpc_response_status": ("number",),
    "grpc_status": ("upper", "number"),
    "rpc_response_status_code": ("upper",),
    "rpc_grpc_status_code": ("number",),
}
"""How each label spells codes, in one metric or another; the most usual way first."""


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
                        found=f'{matcher.label}="{written}" is the spelling of another label',
                        remedy=f"write {right}, as {matcher.label} has it",
                        part=str(matcher),
                    )


def _misspelled(matcher: Matcher) -> Iterator[tuple[str, str]]:
    """Yield codes that are not spelled as their label does it, with how it does."""
    if matcher.label not in _SPELLINGS:
        return
    from slogen.library.grpc_codes import CODES, spelled  # noqa: PLC0415 (start-up)

    meant = {code: code for code in CODES} | {spelled(code, "camel"): code for code in CODES}
    meant |= {str(number): code for number, code in enumerate(CODES)}
    meant |= {"CANCELED": "CANCELLED", "Cancelled": "CANCELLED"}
    is_regex = matcher.operator in {"=~", "!~"}
    values = values_of(matcher.value) if is_regex else (matcher.value,)
    written = {value: meant[value] for value in values if value in meant}
    right = {
        code: [spelled(code, way) for way in _SPELLINGS[matcher.label]] for code in written.values()
    }
    served = {code for value, code in written.items() if value in right[code]}
    for value, code in written.items():
        if value not in right[code] and code not in served:
            yield value, " or ".join(f'"{way}"' for way in right[code])


CHECK = Check(
    code=Code.warning(
        "grpc-code-spelling", "a code of gRPC is spelled as another metric does", doc=__doc__
    ),
    find=_find,
)
