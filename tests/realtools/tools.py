"""Which tools there are, in which lines, and which versions belong to a line."""

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import attrs

from tests.realtools.processes import run

_VERSION = re.compile(r"(\d+)\.(\d+)\.\d+")


@attrs.frozen(kw_only=True)
class Edition:
    """One tool in one line: Debian's package, and the versions from `lowest` up to `below`."""

    package: str
    lowest: tuple[int, int]
    below: tuple[int, int]

    def accepts(self, version: str) -> bool:
        """Whether a text that starts with a version number names one of this line."""
        found = _VERSION.match(version)
        return found is not None and self.lowest <= (int(found[1]), int(found[2])) < self.below


def _read_only(editions: Mapping[str, Edition]) -> Mapping[str, Edition]:
    return MappingProxyType(dict(editions))


@attrs.frozen(kw_only=True)
class Tool:
    """A tool: the names of its binary (Debian's first, then upstream's) and its lines."""

    binaries: tuple[str, ...]
    editions: Mapping[str, Edition] = attrs.field(converter=_read_only)


_PROMETHEUS_2 = Edition(package="prometheus", lowest=(2, 42), below=(3, 0))
# The matchers' syntax changed, and the first API went, with Alertmanager 0.27.
_ALERTMANAGER = {
    "2": Edition(package="prometheus-alertmanager", lowest=(0, 25), below=(0, 27)),
    "3": Edition(package="prometheus-alertmanager", lowest=(0, 27), below=(2, 0)),
}
_VICTORIA = {"3": Edition(package="victoria-metrics", lowest=(1, 112), below=(2, 0))}

TOOLS: Mapping[str, Tool] = MappingProxyType(
    {
        "prometheus": Tool(
            binaries=("prometheus",),
            editions={
                "2": _PROMETHEUS_2,
                "3": Edition(package="prometheus", lowest=(3, 0), below=(4, 0)),
            },
        ),
        "promtool": Tool(
            binaries=("promtool",),
            editions={
                "2": _PROMETHEUS_2,
                "3": Edition(package="promtool", lowest=(3, 0), below=(4, 0)),
            },
        ),
        "alertmanager": Tool(
            binaries=("prometheus-alertmanager", "alertmanager"), editions=_ALERTMANAGER
        ),
        "amtool": Tool(binaries=("amtool",), editions=_ALERTMANAGER),
        "vmalert": Tool(binaries=("vmalert", "vmalert-prod"), editions=_VICTORIA),
        "vmalert-tool": Tool(binaries=("vmalert-tool", "vmalert-tool-prod"), editions=_VICTORIA),
        "victoria-metrics": Tool(
            binaries=("victoria-metrics", "victoria-metrics-prod"), editions=_VICTORIA
        ),
    }
)


@functools.cache
def version_of(binary: Path) -> str:
    """Return the version that a binary prints, else the one in its path, else nothing.

    Debian's builds of VictoriaMetrics print none, but the cache's folders are named for it.
    """
    outcome = run(binary, "--version", seconds=30)
    printed = _VERSION.search(outcome.output) if outcome.code == 0 else None
    found = printed or _VERSION.search(str(binary))
    return found[0] if found else ""
